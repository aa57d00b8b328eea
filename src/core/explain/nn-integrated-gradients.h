/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-probe.h"

G_BEGIN_DECLS

/**
 * NnPathConfig:
 * @tolerance: largest difference between the sum of the attributions and F (x) - F (baseline),
 *   relative to the latter
 * @n_intervals: intervals of the path at first
 * @max_nodes: largest number of points at which F is differentiated
 */
typedef struct
{
  double tolerance;
  guint n_intervals, max_nodes;
} NnPathConfig;

/* 1 %, 32 intervals, 1025 points. */
extern const NnPathConfig nn_path_config_default;

/**
 * NnPathNode:
 * @position: on the path, 0 at the baseline, 1 at the input
 * @weight: of the gradient there; the weights add up to 1
 */
typedef struct
{
  double position, weight;
} NnPathNode;

/**
 * NnPathIntegral:
 * @sum: of the attributions
 * @difference: F (x) - F (baseline)
 * @complete: whether they agree within the tolerance
 * @nodes: (element-type NnPathNode): the points in the order of their computation
 */
typedef struct
{
  double sum, difference;
  gboolean complete;
  GArray *nodes;
} NnPathIntegral;

void nn_path_integral_clear (NnPathIntegral *integral);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnPathIntegral, nn_path_integral_clear)

/**
 * nn_integrated_gradients:
 * @config: (nullable): the default where %NULL
 * @progress: (nullable)
 * @attribution: (out): [n_inputs]
 * @integral: (out): clear with nn_path_integral_clear()
 *
 * Integrated gradients (Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks",
 * 2017): (x - x') times the mean gradient of F on the straight line from the baseline x' to x, by
 * the trapezoidal rule. On each interval the integral of the directional derivative is known: it is
 * the difference of F at its ends. Where the sum is not complete within the tolerance, the weight
 * of an interval moves from one end to the other as far as needed, and if that is not enough, the
 * intervals with the largest errors are halved.
 *
 * Returns: %FALSE if @progress stopped it; then @integral is cleared
 */
gboolean nn_integrated_gradients (NnProbe *probe,
                                  const NnExplainInput *input,
                                  const NnPathConfig *config,
                                  const NnProgress *progress,
                                  float *attribution,
                                  NnPathIntegral *integral);

G_END_DECLS
