/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-optimizer.h"

#include <math.h>

#include "nn-update-block.h"

struct _NnOptimizer
{
  NnTrainConfig config;
  double learning_rate;
  guint64 step;  /* of the last nn_optimizer_apply(); 0 before the first */
  float *first;  /* [n_params] or %NULL, as the optimiser needs it */
  float *second; /* [n_params] or %NULL */
  gsize n_params;
  guint n_weights;
  NnWeights weights[NN_MAX_LAYERS]; /* sizes alone */
};

NnOptimizer *
nn_optimizer_new (const NnTrainConfig *config, const NnArchitecture *arch)
{
  NnOptimizer *optimizer = g_new0 (NnOptimizer, 1);

  optimizer->config = *config;
  optimizer->learning_rate = config->learning_rate;
  optimizer->n_params = nn_architecture_n_params (arch);
  optimizer->n_weights = nn_architecture_weights (arch, NULL, optimizer->weights);
  if (nn_optimizer_has_first (config->optimizer))
    optimizer->first = nn_aligned_new0 (optimizer->n_params);
  if (nn_optimizer_has_second (config->optimizer))
    optimizer->second = nn_aligned_new0 (optimizer->n_params);
  return optimizer;
}

void
nn_optimizer_free (NnOptimizer *optimizer)
{
  nn_aligned_free (optimizer->first);
  nn_aligned_free (optimizer->second);
  g_free (optimizer);
}

void
nn_optimizer_set_learning_rate (NnOptimizer *optimizer, double learning_rate)
{
  g_return_if_fail (isfinite (learning_rate) && learning_rate >= 0);

  optimizer->learning_rate = learning_rate;
}

void
nn_optimizer_apply (NnOptimizer *optimizer, float *params, const float *gradient)
{
  /* As the trainer's workers do: moments decay to subnormal numbers, which are slow. */
  const guint64 mode = nn_float_mode_flush ();
  NnUpdate update;
  const NnUpdateNetwork whole = { .kind = optimizer->config.optimizer,
                                  .update = &update,
                                  .n_weights = optimizer->n_weights,
                                  .weights = optimizer->weights,
                                  .params = params,
                                  .first = optimizer->first,
                                  .second = optimizer->second,
                                  .gradient = gradient };

  nn_update_init (&update, &optimizer->config, optimizer->learning_rate, ++optimizer->step);
  nn_update_network (&whole, 0, optimizer->n_params);
  nn_float_mode_restore (mode);
}
