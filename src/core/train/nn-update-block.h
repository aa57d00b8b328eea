/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-train-config.h"
#include "nn-update.h"

/* Private to core: from the settings of a run to the factors of nn_update(), and that update over
 * blocks of parameters. nn_optimizer_apply() is the same for everybody else. */

/* @t: 1 for the first step */
void
nn_update_init (NnUpdate *update, const NnTrainConfig *config, double learning_rate, guint64 t);

/* Which moments an optimiser keeps. */
gboolean nn_optimizer_has_first (NnOptimizerKind optimizer);
gboolean nn_optimizer_has_second (NnOptimizerKind optimizer);
/* Whether a parameter whose gradient is zero, as all before it were, stays as it is. */
gboolean nn_optimizer_rests_at_zero (const NnTrainConfig *config);
/* Whether a step with zero gradient changes nothing, whatever came before. */
gboolean nn_optimizer_skips_zero (const NnTrainConfig *config);

/* Updates @w, @m, @v [n] by the gradient @g [n]. @m or @v may be %NULL where the optimiser has no
 * use for it. @biases: no decay. */
void nn_update_block (NnOptimizerKind optimizer,
                      const NnUpdate *update,
                      gboolean biases,
                      float *w,
                      float *m,
                      float *v,
                      const float *g,
                      gsize n);

/* The parameters of a network, and what lies in the same order: moments and gradient. @first and
 * @second are %NULL where the optimiser has no such moment. */
typedef struct
{
  NnOptimizerKind kind;
  const NnUpdate *update;
  guint n_weights;
  const NnWeights *weights; /* only the sizes count */
  float *params;
  float *first, *second;
  const float *gradient;
} NnUpdateNetwork;

/* Updates the parameters [first, last) of the block, so that several workers can share it. Biases
 * do not decay. */
void nn_update_network (const NnUpdateNetwork *network, gsize first, gsize last);
