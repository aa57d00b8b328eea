/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/**
 * numeral_data_find_image_classes:
 *
 * Where the folders "0" to "9" are: in @path itself, or in its "train" or "training", "test" or
 * "testing". A class without a folder has no samples, but one of them must be there.
 *
 * Returns: (transfer full) (nullable): the folder that they are in
 */
char *numeral_data_find_image_classes (const char *path, NumeralSplit split);

/**
 * numeral_data_from_images:
 * @path: from numeral_data_find_image_classes()
 * @n_rejected: (out): files in those folders that no digit could be read from
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
