/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-run-data.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_DATASET_ITEM (numeral_dataset_item_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDatasetItem, numeral_dataset_item, NUMERAL, DATASET_ITEM, GObject)

/**
 * NumeralDatasetItem:
 *
 * One sample of a data set of 28x28 images: no more than which it is.
 */
NumeralDatasetItem *numeral_dataset_item_new (NnDataset *dataset, gsize index);

gsize numeral_dataset_item_get_index (NumeralDatasetItem *self);
guint numeral_dataset_item_get_label (NumeralDatasetItem *self);
/* @tensor: [28, 28], ink 1, ground 0 */
void numeral_dataset_item_get_tensor (NumeralDatasetItem *self, float *tensor);
/* (transfer full): white on black, each cell @cell x @cell pixels with sharp edges */
GdkTexture *numeral_dataset_item_create_texture (NumeralDatasetItem *self, guint cell);

G_END_DECLS
