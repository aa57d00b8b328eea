/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"
#include "numeral-data-report.h"

G_BEGIN_DECLS

typedef enum
{
  NUMERAL_SPLIT_TRAIN,
  NUMERAL_SPLIT_TEST,
} NumeralSplit;

/* @share: share of the work that is done, from 0 to 1 */
typedef void (*NumeralDataProgress) (double share, gpointer user_data);

/**
 * NumeralDataRequest:
 * @split: which samples; data without a test split has samples for training alone
 * @lazy: whether the data set may be lazy (nn-lazy.h); then a generator returns at once
 * @n_rejected: (out) (optional): number of damaged records, or of files, that were left out
 * @cancellable: (nullable)
 * @progress: (nullable): called repeatedly in the calling thread
 * @report: (nullable): gets what was left out of a folder, and other things to know
 */
typedef struct
{
  NumeralSplit split;
  gboolean lazy;
  gsize *n_rejected;
  GCancellable *cancellable;
  NumeralDataProgress progress;
  gpointer user_data;
  NumeralDataReport *report;
} NumeralDataRequest;

/**
 * numeral_data_load:
 * @path: a directory of IDX files (plain or .gz, named as in numeral-data-idx.h, or in a folder
 *   below such as MNIST/raw), one of pictures and ink (numeral_data_from_images()), a UNIPEN file
 *   (plain or .gz), a CSV or ARFF file, or an archive of NumPy (numeral_data_from_npz())
 * @split: which files of a directory, or arrays of an archive; other kinds of data have one split
 *   only
 * @n_rejected: (out) (optional): as in NumeralDataRequest
 *
 * Ink becomes 28x28 pixels through ink_tensor_from_drawing(); its writers become the groups.
 * Blocks.
 *
 * Returns: (transfer full): NN_ERROR_*, INK_ERROR_*, G_IO_ERROR_*; the message names the file
 */
NnDataset *numeral_data_load (const char *path,
                              NumeralSplit split,
                              gsize *n_rejected,
                              GCancellable *cancellable,
                              GError **error);

/* The same with all that can be asked for. */
NnDataset *
numeral_data_load_full (const char *path, const NumeralDataRequest *request, GError **error);

/* Whether the data at @path has a separate test split. */
gboolean numeral_data_has_test (const char *path);

/**
 * numeral_data_find_mnist:
 *
 * Looks for a directory with MNIST's four files: NUMERAL_DATA_DIR (itself or its mnist/), then
 * numeral/mnist in the user's and the system's data directories.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *numeral_data_find_mnist (void);

G_END_DECLS
