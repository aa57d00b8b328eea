/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-probe.h"

G_BEGIN_DECLS

/* Steps of a curve. */
#define NN_FAITHFULNESS_STEPS 20
#define NN_FAITHFULNESS_POINTS (NN_FAITHFULNESS_STEPS + 1)

/**
 * NnFaithfulness:
 * @insertion: [points] the probability of the target, nn_contrast_probability(), when the share
 *   i / STEPS of the features that has the largest attributions is inserted into the baseline
 * @deletion: [points] the same when that share of the input becomes the baseline
 * @random: [points] the same as @insertion for random orders, on average; backwards it is the mean
 *   of the random deletions
 * @insertion_area: @deletion_area: @random_area: under the curves, 0 to 1
 * @figure: how much better than random orders the attributions order the features: 1 is the best
 *   that can be, 0 is random, -1 the worst
 *
 * Deletion and insertion curves (Petsiuk, Das and Saenko, "RISE: randomized input sampling for
 * explanation of black-box models", 2018). The figure is the mean of (I - R) / (1 - R) and
 * (R - D) / R, for the areas I, D and R: the share that was gained of what an order can gain on a
 * random one. Below 0 the denominators change places.
 */
typedef struct
{
  double insertion[NN_FAITHFULNESS_POINTS];
  double deletion[NN_FAITHFULNESS_POINTS];
  double random[NN_FAITHFULNESS_POINTS];
  double insertion_area, deletion_area, random_area;
  double figure;
} NnFaithfulness;

/**
 * nn_faithfulness_random:
 * @n_orders: number of random orders
 * @progress: (nullable)
 * @random: (out): [points] as in NnFaithfulness
 *
 * It depends on the input alone, and serves the attributions of all methods.
 *
 * Returns: %FALSE if @progress stopped it
 */
gboolean nn_faithfulness_random (NnProbe *probe,
                                 const NnExplainInput *input,
                                 guint n_orders,
                                 guint64 seed,
                                 const NnProgress *progress,
                                 double random[NN_FAITHFULNESS_POINTS]);

/**
 * nn_faithfulness:
 * @attribution: [n_inputs]; features with the same one are in the order of the input
 * @random: [points] from nn_faithfulness_random()
 *
 * Only features in which the input differs from the baseline are inserted and deleted.
 */
void nn_faithfulness (NnProbe *probe,
                      const NnExplainInput *input,
                      const float *attribution,
                      const double random[NN_FAITHFULNESS_POINTS],
                      NnFaithfulness *faithfulness);

/**
 * nn_faithfulness_coalitions:
 * @logits: [2^n, n_classes] of each coalition of parts; bit i of its number is part i
 * @values: [n] attributions of the parts
 *
 * The same for an attribution to the parts of an input, which are inserted and deleted as wholes;
 * the baseline has none of them. The mean over random orders is exact. Between the steps of the
 * parts the curves are straight.
 */
void nn_faithfulness_coalitions (const NnContrast *contrast,
                                 const float *logits,
                                 guint n_classes,
                                 const double *values,
                                 guint n,
                                 NnFaithfulness *faithfulness);

G_END_DECLS
