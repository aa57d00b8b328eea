/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ink-drawing.h"
#include "numeral-run-data.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_DATASET_ITEM (numeral_dataset_item_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDatasetItem, numeral_dataset_item, NUMERAL, DATASET_ITEM, GObject)

/**
 * NumeralDatasetItem:
 *
 * One sample of a data set of 28x28 images; it holds only its index.
 */
NumeralDatasetItem *numeral_dataset_item_new (NnDataset *dataset, gsize index);

gsize numeral_dataset_item_get_index (NumeralDatasetItem *self);
guint numeral_dataset_item_get_label (NumeralDatasetItem *self);
/* @tensor: [28, 28], 1 is ink and 0 is background */
void numeral_dataset_item_get_tensor (NumeralDatasetItem *self, float *tensor);
/* (nullable) (transfer none): the strokes that it was drawn from */
InkDrawing *numeral_dataset_item_get_drawing (NumeralDatasetItem *self);
/* The number that it has in one's own handwriting; 0 if it is not from there. */
gint64 numeral_dataset_item_get_number (NumeralDatasetItem *self);
/* (transfer full): the same picture of any tensor */
GdkTexture *numeral_dataset_texture_new (const float *tensor, guint cell);
/* (transfer full): white on black, each cell @cell x @cell pixels with sharp edges */
GdkTexture *numeral_dataset_item_create_texture (NumeralDatasetItem *self, guint cell);

G_END_DECLS
