/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * nn_idx_parse:
 * @images: bytes of an IDX file of unsigned bytes with 3 dimensions (n, rows, columns),
 *   already gunzipped
 * @labels: bytes of an IDX file of unsigned bytes with 1 dimension
 * @n_classes: labels at or above it are damage; the record is left out
 * @n_rejected: (out) (optional): how many records were left out
 *
 * The format is that of Y. LeCun's MNIST page: two zero bytes, a type, the
 * number of dimensions, big-endian sizes, data. The input is hostile until
 * checked. A file that ends early or whose counts differ is an error, not a
 * rejection.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_FORMAT, NN_ERROR_TRUNCATED,
 *   NN_ERROR_TOO_LARGE, NN_ERROR_SHAPE, NN_ERROR_VALUE where no label is below @n_classes
 */
NnDataset *
nn_idx_parse (GBytes *images, GBytes *labels, guint n_classes, gsize *n_rejected, GError **error);

/* The same with @images: (transfer full). Where nothing is left out the data set keeps them, if
 * they are nobody else's, and makes no copy. */
NnDataset *nn_idx_parse_take (
    GBytes *images, GBytes *labels, guint n_classes, gsize *n_rejected, GError **error);

/* Writes the same formats; the data set must have pixels. (transfer full) */
GBytes *nn_idx_format_images (const NnDataset *dataset);
GBytes *nn_idx_format_labels (const NnDataset *dataset);

G_END_DECLS
