/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnTape:
 *
 * The record of one forward pass: the output of every layer, for nn_backward() and for
 * callers that look inside. It is used again and again without an allocation
 * after the first forward and the first backward pass. Owned by one thread.
 */
typedef struct _NnTape NnTape;

/* For passes of at most @max_n samples through networks of this architecture, which must be valid.
 */
NnTape *nn_tape_new (const NnArchitecture *arch, gsize max_n);

/**
 * nn_tape_new_fused:
 *
 * As nn_tape_new(), for callers that need the logits and gradients alone: each convolution runs as
 * one with the ReLU and the max pooling behind it, several times as fast. The results differ by
 * rounding.
 */
NnTape *nn_tape_new_fused (const NnArchitecture *arch, gsize max_n);

/**
 * nn_tape_set_network:
 *
 * Prepares for forward passes of @network, whose parameters do not change any more. Without this
 * each forward pass of a tape with fused layers takes over the parameters anew.
 */
void nn_tape_set_network (NnTape *tape, const NnNetwork *network);
void nn_tape_free (NnTape *tape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTape, nn_tape_free)

/**
 * nn_tape_set_training:
 * @seed: @step: @first_row: decide which units dropout drops: those of sample i are a
 *   function of @seed, @step and @first_row + i alone
 *
 * The next passes drop units. A new tape does not.
 */
void nn_tape_set_training (NnTape *tape, guint64 seed, guint64 step, gsize first_row);

/**
 * nn_tape_note_dense:
 * @layer: a dense layer
 * @x: [n, n_in] @dy: [n, n_out]: (nullable): where to write
 *
 * The next calls of nn_backward() write here what the layer read and the gradient at its output,
 * and leave out the gradient of its parameters, which the caller computes of them.
 */
void nn_tape_note_dense (NnTape *tape, guint layer, float *x, float *dy);

/* What layer @layer gave in the last forward pass: [n, size of its output]; valid until the next.
 * %NULL inside of fused layers. */
const float *nn_tape_get (const NnTape *tape, guint layer);

G_END_DECLS
