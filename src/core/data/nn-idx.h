/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * nn_idx_parse_take:
 * @images: (transfer full): bytes of an IDX file of any type, already gunzipped: n x rows x
 * columns, the same with one channel, or n x pixels of a square; of 0 to 255, or 0 to 1 if not
 * bytes
 * @labels: bytes of an IDX file of any type: n, or n x columns with the class in the first, as
 *   QMNIST's
 * @n_classes: a record whose label is at or above it is left out; of many labels, if those are
 *   more than a tenth it is an error
 * @n_rejected: (out) (optional): number of records that were left out
 *
 * The format is that of Y. LeCun's MNIST page: two zero bytes, a type, the number of dimensions,
 * big-endian sizes, data. The input is untrusted. A file that ends early, or files whose counts
 * differ, are an error. If no record is left out and this is the only reference to @images, the
 * data set uses their memory and makes no copy.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_FORMAT, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE,
 *   NN_ERROR_SHAPE, NN_ERROR_VALUE if labels or pixels are out of range
 */
NnDataset *nn_idx_parse_take (
    GBytes *images, GBytes *labels, guint n_classes, gsize *n_rejected, GError **error);

/* Writes the same formats; the data set must have pixels. (transfer full) */
GBytes *nn_idx_format_images (const NnDataset *dataset);
GBytes *nn_idx_format_labels (const NnDataset *dataset);

G_END_DECLS
