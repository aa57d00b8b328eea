/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/* Whether @bytes begin as an archive of arrays of NumPy, or as one array. */
gboolean numeral_data_is_npz (GBytes *bytes);

/**
 * numeral_data_from_npz:
 * @bytes: an archive ".npz": not trusted
 * @split: which arrays: "x_train" and "y_train", or "x_test" and "y_test", as in the mnist.npz of
 *   Keras; without these "x" and "y" and other usual names, which have one split
 * @n_rejected: (out): number of images without a label of a digit, which are left out
 *
 * Images are n x rows x columns, with one channel, or n x pixels of a square; of 0 to 255, or 0 to
 * 1 if they are not whole numbers of 8 bits. Labels are n, or n x 1, digits. Any type of numbers,
 * in either order.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_*
 */
NnDataset *
numeral_data_from_npz (GBytes *bytes, NumeralSplit split, gsize *n_rejected, GError **error);

/* Whether the file at @path is an archive with samples for testing. Blocks. */
gboolean numeral_data_npz_has_test (const char *path);

/* Writes an archive of NumPy with "x" [n, rows, columns] and "y" [n], bytes. @dataset: of images.
 * NN_ERROR_*, G_IO_ERROR_*; the message names the file. Blocks. */
gboolean numeral_data_write_npz (const NnDataset *dataset, GFile *file, GError **error);

G_END_DECLS
