/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-item.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_HAND_TILE (numeral_hand_tile_get_type ())
G_DECLARE_FINAL_TYPE (NumeralHandTile, numeral_hand_tile, NUMERAL, HAND_TILE, GtkWidget)

/* A sample of one's own handwriting in a grid: its picture with its label below it. A corrected
 * label has a pencil, and the old one beside it, struck through. */
GtkWidget *numeral_hand_tile_new (void);

/* (nullable) (transfer none) */
NumeralHandItem *numeral_hand_tile_get_item (NumeralHandTile *self);
void numeral_hand_tile_set_item (NumeralHandTile *self, NumeralHandItem *item);

G_END_DECLS
