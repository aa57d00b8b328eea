/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-update-block.h"

#include <math.h>

void
nn_update_init (NnUpdate *update, const NnTrainConfig *config, double learning_rate, guint64 t)
{
  gboolean adam = config->optimizer == NN_OPTIMIZER_ADAM || config->optimizer == NN_OPTIMIZER_ADAMW;
  gboolean decoupled = config->optimizer == NN_OPTIMIZER_ADAMW;
  double first = adam ? 1 - pow (config->beta1, (double) t) : 1;
  double second = adam ? 1 - pow (config->beta2, (double) t) : 1;

  *update = (NnUpdate){
    .learning_rate = (float) (learning_rate / first),
    .momentum = (float) config->momentum,
    .beta1 = (float) config->beta1,
    .beta2 = (float) config->beta2,
    .rest1 = (float) (1 - config->beta1),
    .rest2 = (float) (1 - config->beta2),
    .epsilon = (float) config->epsilon,
    .second_scale = (float) (1 / sqrt (second)),
    .decay = decoupled ? 0 : (float) config->weight_decay,
    .shrink = decoupled ? (float) (1 - learning_rate * config->weight_decay) : 1,
  };
}

gboolean
nn_optimizer_has_first (NnOptimizerKind optimizer)
{
  return optimizer == NN_OPTIMIZER_MOMENTUM || optimizer == NN_OPTIMIZER_ADAM ||
         optimizer == NN_OPTIMIZER_ADAMW;
}

gboolean
nn_optimizer_has_second (NnOptimizerKind optimizer)
{
  return optimizer == NN_OPTIMIZER_RMSPROP || optimizer == NN_OPTIMIZER_ADAM ||
         optimizer == NN_OPTIMIZER_ADAMW;
}

gboolean
nn_optimizer_rests_at_zero (const NnTrainConfig *config)
{
  return config->weight_decay == 0;
}

gboolean
nn_optimizer_skips_zero (const NnTrainConfig *config)
{
  return config->weight_decay == 0 && config->optimizer == NN_OPTIMIZER_SGD;
}

NN_CLONES static void
apply (NnOptimizerKind optimizer,
       const NnUpdate *update,
       float *restrict w,
       float *restrict m,
       float *restrict v,
       const float *restrict g,
       gsize n)
{
  /* A copy that the compiler knows nothing else points to. */
  NnUpdate u = *update;
  float none;

  switch (optimizer)
    {
    case NN_OPTIMIZER_SGD:
      for (gsize i = 0; i < n; i++)
        nn_update (NN_OPTIMIZER_SGD, &u, &w[i], &none, &none, g[i]);
      break;
    case NN_OPTIMIZER_MOMENTUM:
      for (gsize i = 0; i < n; i++)
        nn_update (NN_OPTIMIZER_MOMENTUM, &u, &w[i], &m[i], &none, g[i]);
      break;
    case NN_OPTIMIZER_RMSPROP:
      for (gsize i = 0; i < n; i++)
        nn_update (NN_OPTIMIZER_RMSPROP, &u, &w[i], &none, &v[i], g[i]);
      break;
    case NN_OPTIMIZER_ADAM:
      for (gsize i = 0; i < n; i++)
        nn_update (NN_OPTIMIZER_ADAM, &u, &w[i], &m[i], &v[i], g[i]);
      break;
    case NN_OPTIMIZER_ADAMW:
      for (gsize i = 0; i < n; i++)
        nn_update (NN_OPTIMIZER_ADAMW, &u, &w[i], &m[i], &v[i], g[i]);
      break;
    case NN_N_OPTIMIZERS:
    default:
      g_assert_not_reached ();
    }
}

void
nn_update_block (NnOptimizerKind optimizer,
                 const NnUpdate *update,
                 gboolean biases,
                 float *w,
                 float *m,
                 float *v,
                 const float *g,
                 gsize n)
{
  NnUpdate u = *update;

  if (biases)
    {
      u.decay = 0;
      u.shrink = 1;
    }
  apply (optimizer, &u, w, m, v, g, n);
}

void
nn_update_network (const NnUpdateNetwork *network, gsize first, gsize last)
{
  gsize start = 0;

  for (guint w = 0; w < network->n_weights; w++)
    for (guint part = 0; part < 2; part++)
      {
        const NnWeights *weights = &network->weights[w];
        const gsize size = (gsize) weights->n_out * (part == 0 ? weights->n_in : 1);
        const gsize a = MAX (first, start), b = MIN (last, start + size);

        if (a < b)
          nn_update_block (network->kind, network->update, part == 1, network->params + a,
                           network->first != NULL ? network->first + a : NULL,
                           network->second != NULL ? network->second + a : NULL,
                           network->gradient + a, b - a);
        start += size;
      }
}
