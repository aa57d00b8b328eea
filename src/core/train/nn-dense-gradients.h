/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-tape.h"

G_BEGIN_DECLS

/**
 * NnDenseGradients:
 *
 * The gradients of the large dense layers of a network, each as one product over all rows of a
 * minibatch: dW = dy^T x. Tiles of the minibatch, which have tapes of their own, only note x and
 * dy. Otherwise each tile would write a whole gradient, and these would be added up: more traffic
 * than arithmetic.
 *
 * A product is cut into blocks whose number depends on the sizes alone, so that workers share
 * them and the result is the same for any number of workers.
 */
typedef struct _NnDenseGradients NnDenseGradients;

/* From this number of weights on it pays. */
#define NN_DENSE_GRADIENTS_LARGE ((gsize) 16384)

/* @network: gives the sizes; @max_rows: of a minibatch; @min_weights: of a layer that is taken */
NnDenseGradients *
nn_dense_gradients_new (const NnNetwork *network, gsize max_rows, gsize min_weights);
void nn_dense_gradients_free (NnDenseGradients *self);

/* Whether the weights number @w of the network are those of such a layer. */
gboolean nn_dense_gradients_has (const NnDenseGradients *self, guint w);

/* Lets the backward passes of @tape note the rows of the minibatch from @first on. */
void nn_dense_gradients_attach (NnDenseGradients *self, NnTape *tape, gsize first);

/**
 * nn_dense_gradients_clip:
 * @norm: above 0
 *
 * Scales what the rows [first, last) contribute, so that the gradient of each row, of all layers
 * here together, is not longer than @norm. The squared length is that of x and 1, times that of dy,
 * summed over the layers (Goodfellow 2015, "Efficient Per-Example Gradient Computations"), so that
 * no gradient of a single row is made.
 */
void nn_dense_gradients_clip (NnDenseGradients *self, gsize first, gsize last, double norm);

/* Number of blocks of all layers; 0 where there is no such layer. */
guint nn_dense_gradients_n_blocks (const NnDenseGradients *self);

/* Writes block @b of the gradients of @n_rows rows. @gradient: [n_params] */
void nn_dense_gradients_run (const NnDenseGradients *self, guint b, gsize n_rows, float *gradient);

G_END_DECLS
