/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-simd.h"
#include "nn-train-config.h"

/* Private to core: the optimisers' updates, a few lines each, in one place.
 *
 * nn_update() is inlined into the two loops that need it: nn_optimizer_apply(),
 * flat over a block whose gradient is in memory, and the first layer's kernel
 * (nn-panel.c), which has each gradient in registers and never stores it. */

/* What a step's update needs, worked out once a step. */
typedef struct
{
  float learning_rate; /* with Adam's bias correction of the first moment folded in */
  float momentum;
  float beta1, beta2;
  float rest1, rest2; /* 1 - beta, worked out in double: 1 - 0.999f is 5e-5 off */
  float epsilon;
  float second_scale; /* 1 / sqrt (1 - beta2^t) */
  float decay;        /* added to the gradient: L2 */
  float shrink;       /* 1 - learning rate * decay: AdamW */
} NnUpdate;

/* @t: 1 for the first step */
void
nn_update_init (NnUpdate *update, const NnTrainConfig *config, double learning_rate, guint64 t);

/* Which moments an optimiser keeps. */
gboolean nn_optimizer_has_first (NnOptimizer optimizer);
gboolean nn_optimizer_has_second (NnOptimizer optimizer);
/* Whether a parameter whose gradient is zero, as all before it were, stays as it is. */
gboolean nn_optimizer_rests_at_zero (const NnTrainConfig *config);
/* Whether a step with zero gradient changes nothing, whatever came before. */
gboolean nn_optimizer_skips_zero (const NnTrainConfig *config);

/* One parameter. @optimizer must be a constant where this is inlined. */
NN_INLINE void
nn_update (NnOptimizer optimizer, const NnUpdate *u, float *w, float *m, float *v, float g)
{
  switch (optimizer)
    {
    case NN_OPTIMIZER_SGD:
      *w -= u->learning_rate * (g + u->decay * *w);
      break;
    case NN_OPTIMIZER_MOMENTUM:
      *m = u->momentum * *m + (g + u->decay * *w);
      *w -= u->learning_rate * *m;
      break;
    case NN_OPTIMIZER_RMSPROP:
      g += u->decay * *w;
      *v = u->beta2 * *v + u->rest2 * g * g;
      *w -= u->learning_rate * g / (__builtin_sqrtf (*v) + u->epsilon);
      break;
    case NN_OPTIMIZER_ADAM:
      g += u->decay * *w;
      *m = u->beta1 * *m + u->rest1 * g;
      *v = u->beta2 * *v + u->rest2 * g * g;
      *w -= u->learning_rate * *m / (__builtin_sqrtf (*v) * u->second_scale + u->epsilon);
      break;
    case NN_OPTIMIZER_ADAMW:
      *m = u->beta1 * *m + u->rest1 * g;
      *v = u->beta2 * *v + u->rest2 * g * g;
      *w = *w * u->shrink -
           u->learning_rate * *m / (__builtin_sqrtf (*v) * u->second_scale + u->epsilon);
      break;
    case NN_N_OPTIMIZERS:
    default:
      break;
    }
}

/* Updates @w, @m, @v [n] by the gradient @g [n]. @m or @v may be %NULL where the optimiser has no
 * use for it. @biases: no decay. */
void nn_optimizer_apply (NnOptimizer optimizer,
                         const NnUpdate *update,
                         gboolean biases,
                         float *w,
                         float *m,
                         float *v,
                         const float *g,
                         gsize n);
