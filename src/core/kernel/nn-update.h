/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-simd.h"

/* Private to core except for the enumeration: the update of one parameter by one gradient, a few
 * lines for each optimiser.
 *
 * nn_update() is inlined into the two loops that need it: nn_update_block(), flat over a block
 * whose gradient is in memory, and the first layer's kernel (nn-panel.c), which has each gradient
 * in registers and never stores it. */
typedef enum
{
  NN_OPTIMIZER_SGD,      /* w -= lr g */
  NN_OPTIMIZER_MOMENTUM, /* heavy ball, as PyTorch's SGD */
  NN_OPTIMIZER_RMSPROP,  /* Tieleman and Hinton 2012 */
  NN_OPTIMIZER_ADAM,     /* Kingma and Ba 2015 */
  NN_OPTIMIZER_ADAMW,    /* decoupled decay, Loshchilov and Hutter 2019 */
  NN_N_OPTIMIZERS,
} NnOptimizerKind;

/* The factors of one step's update, computed once a step. */
typedef struct
{
  float learning_rate; /* with Adam's bias correction of the first moment folded in */
  float momentum;
  float beta1, beta2;
  float rest1, rest2; /* 1 - beta, computed in double: 1 - 0.999f is 5e-5 off */
  float epsilon;
  float second_scale; /* 1 / sqrt (1 - beta2^t) */
  float decay;        /* added to the gradient: L2 */
  float shrink;       /* 1 - learning rate * decay: AdamW */
} NnUpdate;

/* One parameter. @optimizer must be a constant where this is inlined. */
NN_INLINE void
nn_update (NnOptimizerKind optimizer, const NnUpdate *u, float *w, float *m, float *v, float g)
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
