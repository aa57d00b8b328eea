/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-tape.h"

G_BEGIN_DECLS

/**
 * nn_forward:
 * @network: of the tape's architecture, or of one that differs in its dropout alone
 * @x: [n, n_inputs]; must stay as it is until nn_backward()
 *
 * The forward pass of @n samples, at most as many as the tape has room for, layer
 * by layer on the calling thread. This defines what a network says; nn_predictor_run(),
 * nn_mlp_forward() and the trainer's fused plan calculate the same faster.
 *
 * Returns: logits [n, n_classes], in @tape
 */
float *nn_forward (const NnNetwork *network, NnTape *tape, const float *x, gsize n);

G_END_DECLS
