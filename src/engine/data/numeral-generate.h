/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-dataset.h"

G_BEGIN_DECLS

/* How far it is; @done never falls, and is @total once, at the end. */
typedef void (*NumeralGenerateProgress) (gsize done, gsize total, gpointer user_data);

/**
 * numeral_generate_digits:
 * @n: how many; sample i is a digit i % 10
 * @seed: the same one gives the same samples, and those of a smaller @n are the first of a larger
 * @n_threads: 0 for as many as there are processors; never changes the result
 * @progress: (nullable): called in the calling thread, now and then
 *
 * Makes handwritten digits out of nothing: ink_generator_digit(), drawn through
 * ink_tensor_from_drawing() with a pen as wide as that of the drawing. Blocks.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_CONFIG, NN_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED
 */
NnDataset *numeral_generate_digits (gsize n,
                                    guint64 seed,
                                    guint n_threads,
                                    GCancellable *cancellable,
                                    NumeralGenerateProgress progress,
                                    gpointer user_data,
                                    GError **error);

/**
 * numeral_generate_nondigits:
 * @unseen: the forms that are kept for measuring rather than those to train with
 *
 * The same of what is no digit: sample i is of the kind 1 + i % 7, and labelled with it
 * (InkNondigitKind), so that 0 is left for digits.
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
