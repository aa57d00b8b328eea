/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/**
 * numeral_data_find_image_classes:
 *
 * Finds the folders "0" to "9": in @path itself, or in its "train" or "training", "test" or
 * "testing". A class without a folder has no samples, but at least one folder must exist.
 *
 * Returns: (transfer full) (nullable): the folder that contains them
 */
char *numeral_data_find_image_classes (const char *path, NumeralSplit split);

/**
 * numeral_data_from_images:
 * @path: from numeral_data_find_image_classes()
 * @n_rejected: (out): number of files in those folders without a readable digit
 * @progress: (nullable): called in the calling thread
 *
 * Every file in a class's folder becomes 28x28 pixels as numeral_document_load() reads it, in the
 * order of classes and names, on as many threads as there are processors. Hidden files and folders
 * inside are left out. Blocks.
 *
 * Returns: (transfer full) (nullable): INK_ERROR_EMPTY, NN_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_data_from_images (const char *path,
                                     gsize *n_rejected,
                                     GCancellable *cancellable,
                                     NumeralDataProgress progress,
                                     gpointer user_data,
                                     GError **error);

G_END_DECLS
