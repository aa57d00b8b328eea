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

/* @network: gives the sizes; @max_rows: of a minibatch */
NnDenseGradients *nn_dense_gradients_new (const NnNetwork *network, gsize max_rows);
void nn_dense_gradients_free (NnDenseGradients *self);

/* Whether the weights number @w of the network are those of such a layer. */
gboolean nn_dense_gradients_has (const NnDenseGradients *self, guint w);

/* Lets the backward passes of @tape note the rows of the minibatch from @first on. */
void nn_dense_gradients_attach (NnDenseGradients *self, NnTape *tape, gsize first);

/* Number of blocks of all layers; 0 where there is no such layer. */
guint nn_dense_gradients_n_blocks (const NnDenseGradients *self);

/* Writes block @b of the gradients of @n_rows rows. @gradient: [n_params] */
void nn_dense_gradients_run (const NnDenseGradients *self, guint b, gsize n_rows, float *gradient);

G_END_DECLS
