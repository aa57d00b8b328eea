/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * nn_idx_parse_take:
 * @images: (transfer full): bytes of an IDX file of unsigned bytes with 3 dimensions (n, rows,
 * columns), already gunzipped
 * @labels: bytes of an IDX file of unsigned bytes with 1 dimension
 * @n_classes: a record whose label is at or above it is left out
 * @n_rejected: (out) (optional): number of records that were left out
 *
 * The format is that of Y. LeCun's MNIST page: two zero bytes, a type, the number of dimensions,
 * big-endian sizes, data. The input is untrusted. A file that ends early, or files whose counts
 * differ, are an error. If no record is left out and this is the only reference to @images, the
 * data set uses their memory and makes no copy.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_FORMAT, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE,
 *   NN_ERROR_SHAPE, NN_ERROR_VALUE if no label is below @n_classes
 */
NnDataset *nn_idx_parse_take (
    GBytes *images, GBytes *labels, guint n_classes, gsize *n_rejected, GError **error);

/* Writes the same formats; the data set must have pixels. (transfer full) */
GBytes *nn_idx_format_images (const NnDataset *dataset);
GBytes *nn_idx_format_labels (const NnDataset *dataset);

G_END_DECLS
