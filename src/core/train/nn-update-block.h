/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-train-config.h"
#include "nn-update.h"

/* Private to core: converts the settings of a run to the factors of nn_update(), and updates blocks
 * of parameters. Other code uses nn_optimizer_apply(). */

/* @t: 1 for the first step */
void
nn_update_init (NnUpdate *update, const NnTrainConfig *config, double learning_rate, guint64 t);

/* Which moments an optimiser keeps. */
gboolean nn_optimizer_has_first (NnOptimizerKind optimizer);
gboolean nn_optimizer_has_second (NnOptimizerKind optimizer);
/* Whether a parameter does not change if its gradient is zero and has always been. */
gboolean nn_optimizer_rests_at_zero (const NnTrainConfig *config);
/* Whether a step with zero gradient changes nothing, with any moments. */
gboolean nn_optimizer_skips_zero (const NnTrainConfig *config);

/* Updates @w, @m, @v [n] by the gradient @g [n]. @m or @v may be %NULL if the optimiser does not
 * use it. @biases: no decay. */
void nn_update_block (NnOptimizerKind optimizer,
                      const NnUpdate *update,
                      gboolean biases,
                      float *w,
                      float *m,
                      float *v,
                      const float *g,
                      gsize n);

/* The parameters of a network, and the moments and the gradient in the same order. @first and
 * @second are %NULL if the optimiser has no such moment. */
typedef struct
{
  NnOptimizerKind kind;
  const NnUpdate *update;
  guint n_weights;
  const NnWeights *weights; /* only the sizes are used */
  float *params;
  float *first, *second;
  const float *gradient;
} NnUpdateNetwork;

/* Updates the parameters [first, last) of the block, so that several workers can share it. Biases
 * do not decay. */
void nn_update_network (const NnUpdateNetwork *network, gsize first, gsize last);
