/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-names.h"

G_BEGIN_DECLS

/* The output layer and its loss, fused because their gradient is simpler than
 * either's own. */
typedef enum
{
  NN_LOSS_CROSS_ENTROPY,        /* softmax outputs, -log p[label] */
  NN_LOSS_BINARY_CROSS_ENTROPY, /* sigmoid outputs, one-vs-rest, summed over classes */
  NN_LOSS_MSE,                  /* sigmoid outputs, 1/2 sum of (p - onehot)^2 (Nielsen's
                                   "quadratic cost") */
  NN_N_LOSSES,
} NnLoss;

/* "cross-entropy", "binary-cross-entropy", "mse" */
extern const NnNames nn_loss_names;
const char *nn_loss_name (NnLoss loss);
gboolean nn_loss_from_name (const char *name, NnLoss *out, GError **error);

/**
 * nn_loss_outputs:
 * @logits: [n, k]
 * @outputs: [n, k], may be @logits
 *
 * The output activation alone: softmax or sigmoid.
 */
void nn_loss_outputs (NnLoss loss, const float *logits, float *outputs, gsize n, guint k);

/**
 * nn_loss_probabilities:
 * @outputs: [n, k], what nn_loss_outputs() gave
 * @probabilities: [n, k], may be @outputs
 *
 * Outputs as a distribution over the classes, each row summing to 1. Softmax
 * outputs are one already; sigmoid outputs are divided by their sum.
 */
void
nn_loss_probabilities (NnLoss loss, const float *outputs, float *probabilities, gsize n, guint k);

/**
 * nn_loss_forward_backward:
 * @logits: [n, k]
 * @labels: [n], each < k
 * @sample_weights: (nullable): [n], 1 where %NULL
 * @smoothing: label smoothing in [0, 1): the target is (1 - s) onehot + s / k
 * @dlogits: (nullable): [n, k], gradient of the *mean* over @n of the weighted
 *   losses; may be @logits
 * @n_correct: (nullable): rows whose largest logit is the label's
 *
 * Returns: the sum over the rows of the weighted losses, in double so that its
 *   value does not depend on how rows are grouped beyond rounding.
 */
double nn_loss_forward_backward (NnLoss loss,
                                 const float *logits,
                                 const guint8 *labels,
                                 const float *sample_weights,
                                 float smoothing,
                                 float *dlogits,
                                 gsize n,
                                 guint k,
                                 gsize *n_correct);

G_END_DECLS
