/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-generator.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* Reports the progress; @done never decreases, and is @total once, at the end. */
typedef void (*NumeralGenerateProgress) (gsize done, gsize total, gpointer user_data);

/**
 * numeral_generate_digits:
 * @n: number of samples; sample i is the digit i % 10
 * @version: of the generator: 1 to INK_GENERATOR_VERSION
 * @seed: the same seed gives the same samples; those of a smaller @n are the first ones of a
 *   larger @n
 * @n_threads: 0 for the number of processors; does not change the result
 * @progress: (nullable): called repeatedly in the calling thread
 *
 * Generates handwritten digits: ink_generator_digit(), drawn through ink_tensor_from_drawing()
 * with a pen as wide as that of the drawing. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_generate_digits (gsize n,
                                    guint version,
                                    guint64 seed,
                                    guint n_threads,
                                    GCancellable *cancellable,
                                    NumeralGenerateProgress progress,
                                    gpointer user_data,
                                    GError **error);

/* The same digits in a lazy data set (nn-lazy.h): their pixels are computed when they are needed.
 * Returns at once. */
NnDataset *numeral_generate_digits_lazily (gsize n, guint version, guint64 seed, GError **error);

/**
 * numeral_generate_nondigits:
 * @unseen: whether to use the shapes for testing instead of those for training
 *
 * The same for non-digits: sample i has the kind 1 + i % 7 (InkNondigitKind) as its label; 0 is
 * for digits.
 *
 * Returns: (transfer full) (nullable): as numeral_generate_digits()
 */
NnDataset *numeral_generate_nondigits (gsize n,
                                       gboolean unseen,
                                       guint64 seed,
                                       guint n_threads,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
