/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-run-data.h"

G_BEGIN_DECLS

/* For numeral_dataset_list_set_class(). */
#define NUMERAL_DATASET_ALL_CLASSES (-1)

#define NUMERAL_TYPE_DATASET_LIST (numeral_dataset_list_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDatasetList, numeral_dataset_list, NUMERAL, DATASET_LIST, GObject)

/**
 * NumeralDatasetList:
 *
 * A data set as a list of NumeralDatasetItem. Items are made on demand, so that 60,000 samples
 * need little memory.
 */
NumeralDatasetList *numeral_dataset_list_new (void);

/* @dataset: (nullable): of 28x28 images; shows all classes */
void numeral_dataset_list_set_dataset (NumeralDatasetList *self, NnDataset *dataset);
/* Shows the samples of one class alone, or NUMERAL_DATASET_ALL_CLASSES. */
void numeral_dataset_list_set_class (NumeralDatasetList *self, int label);

G_END_DECLS
