/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-run-data.h"

G_BEGIN_DECLS

/* The data that the page can show. */
typedef enum
{
  NUMERAL_BROWSE_NEXT_RUN, /* the training data of the next run */
  NUMERAL_BROWSE_MNIST_TRAIN,
  NUMERAL_BROWSE_MNIST_TEST,
  NUMERAL_BROWSE_GENERATED,
  NUMERAL_BROWSE_PATH,
  NUMERAL_BROWSE_TEST_PATH,   /* the test split of a file or folder that has one, or all of it */
  NUMERAL_BROWSE_VALIDATION,  /* the samples that a run with the settings holds out */
  NUMERAL_BROWSE_HANDWRITING, /* the digits of one's own handwriting */
} NumeralBrowse;

/* The data needs MNIST, and MNIST is not on this computer. */
#define NUMERAL_DATASET_ERROR (numeral_dataset_error_quark ())
typedef enum
{
  NUMERAL_DATASET_ERROR_NO_MNIST,
} NumeralDatasetError;
GQuark numeral_dataset_error_quark (void);

/**
 * numeral_dataset_load_async:
 * @config: of NUMERAL_BROWSE_NEXT_RUN and NUMERAL_BROWSE_VALIDATION; copied
 * @path: (nullable): of NUMERAL_BROWSE_PATH and NUMERAL_BROWSE_TEST_PATH
 *
 * Loads or generates data of 28x28 images in a thread.
 */
void numeral_dataset_load_async (NumeralBrowse what,
                                 const NumeralRunConfig *config,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* (transfer full): NUMERAL_DATASET_ERROR_NO_MNIST, NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*. @remarks:
 * (out) (transfer full) (nullable): what a person should know of the data, a sentence a line */
NnDataset *numeral_dataset_load_finish (GAsyncResult *result, char **remarks, GError **error);

G_END_DECLS
