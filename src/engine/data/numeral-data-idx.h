/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-data.h"

G_BEGIN_DECLS

/* The names of IDX files: train-images-idx3-ubyte, with .idx for -idx, with t10k or test, with or
 * without .gz, as LeCun's MNIST, Fashion-MNIST and Kuzushiji-MNIST have them; and the same after
 * emnist-digits-, emnist-mnist-, qmnist- or another prefix, with any type and number of
 * dimensions. */

/* (transfer full) (nullable): the file of @what, "images" or "labels", in @directory. Of several
 * prefixes the first in the order above, of others the first of the alphabet. */
char *numeral_data_idx_find (const char *directory, NumeralSplit split, const char *what);

/* Whether @directory has MNIST's four files under their own names. */
gboolean numeral_data_idx_is_mnist (const char *directory);

/* (transfer full) (nullable): @path if it has IDX files of images; else its MNIST/raw or raw, or
 * the one folder in it, at most two below, that has them. */
char *numeral_data_idx_find_folder (const char *path);

G_END_DECLS
