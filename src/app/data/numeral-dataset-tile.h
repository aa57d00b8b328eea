/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-dataset-item.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_DATASET_TILE (numeral_dataset_tile_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDatasetTile, numeral_dataset_tile, NUMERAL, DATASET_TILE, GtkWidget)

/* A sample in a grid: its picture with its label below it. */
NumeralDatasetTile *numeral_dataset_tile_new (void);

/* @item: (nullable): the tile makes the picture of the item and drops it with the item */
void numeral_dataset_tile_set_item (NumeralDatasetTile *self, NumeralDatasetItem *item);

G_END_DECLS
