/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"

G_BEGIN_DECLS

/**
 * numeral_stretch_dataset:
 * @dataset: images of 28x28 pixels
 * @n: number of samples to make
 *
 * Makes samples whose proportions were lost, as in data sets that scale each digit to a square (16
 * by 16 in Semeion). A random sample is scaled towards a square, in greys or in two levels, and
 * read as a picture (ink_image_new()). A stick is not made a block: nothing gets more than three
 * times as wide.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE
 */
NnDataset *
numeral_stretch_dataset (const NnDataset *dataset, gsize n, guint64 seed, GError **error);

G_END_DECLS
