/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-result-list.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_RESULT_TILE (numeral_result_tile_get_type ())
G_DECLARE_FINAL_TYPE (NumeralResultTile, numeral_result_tile, NUMERAL, RESULT_TILE, GtkFlowBoxChild)

/* (transfer floating): the picture of a sample with what the results say of it. Its keys call
 * "results.label" and "results.menu". */
GtkWidget *numeral_result_tile_new (NumeralResultItem *item);

/* (transfer none) */
NumeralResultItem *numeral_result_tile_get_item (NumeralResultTile *self);

/* The label that the sample, of one's own, has got since it was measured; -1 for none. */
void numeral_result_tile_set_new_label (NumeralResultTile *self, int label);

G_END_DECLS
