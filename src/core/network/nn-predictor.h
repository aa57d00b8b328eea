/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * NnPredictor:
 *
 * A network made ready to read one image at a time, with its own memory for the
 * activations. The weights of a multilayer perceptron are transposed to [in, out],
 * so that only the rows of inputs that are not zero are read: 80 % of the pixels of
 * a digit are background. A network with a form in 8 bits runs in that. Other networks run as
 * they are. Owned by one thread.
 */
typedef struct _NnPredictor NnPredictor;

/* Copies or keeps what it needs; @network may be released afterwards. */
NnPredictor *nn_predictor_new (const NnNetwork *network);
void nn_predictor_free (NnPredictor *predictor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPredictor, nn_predictor_free)

guint nn_predictor_n_classes (const NnPredictor *predictor);

/**
 * nn_predictor_run:
 * @x: [n_inputs]
 * @probabilities: (out): [n_classes], summing to 1
 *
 * No allocation.
 */
void nn_predictor_run (NnPredictor *predictor, const float *x, float *probabilities);

/* The logits of the last run, [n_classes]; valid until the next. */
const float *nn_predictor_logits (const NnPredictor *predictor);

G_END_DECLS
