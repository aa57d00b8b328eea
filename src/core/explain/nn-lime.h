/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-probe.h"

G_BEGIN_DECLS

/* LIME (Ribeiro, Singh and Guestrin, ""Why should I trust you?"", 2016): a linear model of F close
 * to one input. Its features say which parts of the input are present, its samples are weighted by
 * their nearness to the whole input, and it is fitted by ridge regression. */

/**
 * NnLimeFit:
 * @intercept: of the linear model
 * @r2: R², the share of the weighted variance of F that the linear model explains
 */
typedef struct
{
  double intercept, r2;
} NnLimeFit;

/* The weight of a sample in which @present of @n parts are: exp (-d² / 0.25²), d being the cosine
 * distance to the whole, 1 - sqrt (present / n). */
double nn_lime_weight (guint present, guint n);

/**
 * nn_lime_coalitions:
 * @values: [2^n] F of each coalition of parts, as for nn_shapley()
 * @coefficients: (out): [n]
 *
 * Fits all coalitions, so that nothing is left to sampling.
 */
void nn_lime_coalitions (const double *values, guint n, double *coefficients, NnLimeFit *fit);

/**
 * NnLimeConfig:
 * @width: @height: of the image; the inputs are one or more channels of it
 * @cell: side of a square of the grid, in pixels
 * @n_samples: number of images with parts left out
 * @seed: the same seed gives the same samples
 */
typedef struct
{
  guint width, height;
  guint cell;
  guint n_samples;
  guint64 seed;
} NnLimeConfig;

/**
 * nn_lime_grid:
 * @progress: (nullable)
 * @attribution: (out): [n_inputs] the coefficient of a cell, spread over its inputs in proportion
 *   to their distance from the baseline
 *
 * Fits images in which a random half of the cells is the baseline. Cells that are the baseline
 * already are no features. The first sample is the whole image.
 *
 * Returns: %FALSE if @progress stopped it
 */
gboolean nn_lime_grid (NnProbe *probe,
                       const NnExplainInput *input,
                       const NnLimeConfig *config,
                       const NnProgress *progress,
                       float *attribution,
                       NnLimeFit *fit);

G_END_DECLS
