/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-probe.h"

G_BEGIN_DECLS

/**
 * NnExpectedConfig:
 * @background: [n, n_inputs] samples
 * @n_draws: points on the path from each sample
 * @seed: the same seed gives the same attributions
 */
typedef struct
{
  const float *background;
  gsize n;
  guint n_draws;
  guint64 seed;
} NnExpectedConfig;

/**
 * nn_expected_gradients:
 * @input: its baseline is not read
 * @progress: (nullable)
 * @attribution: (out): [n_inputs]
 * @difference: (out): F (x) - mean of F over the background; the attributions add up to it in
 *   expectation
 *
 * Expected gradients (Erion et al., "Improving performance of deep learning models with axiomatic
 * attribution priors and expected gradients", 2021): the expectation of (x - x') times the gradient
 * of F at x' + a (x - x'), for x' from the background and a uniform in [0, 1). Each x' is used
 * @n_draws times, with one a in each of as many equal parts of [0, 1), which reduces the variance.
 *
 * Returns: %FALSE if @progress stopped it
 */
gboolean nn_expected_gradients (NnProbe *probe,
                                const NnExplainInput *input,
                                const NnExpectedConfig *config,
                                const NnProgress *progress,
                                float *attribution,
                                double *difference);

G_END_DECLS
