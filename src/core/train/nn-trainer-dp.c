/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "nn-trainer-private.h"

/* DP-SGD (Abadi et al. 2016, algorithm 1). A step takes each sample with the same probability; the
 * gradient of each sample is clipped, and noise is added to their sum. That is divided by the
 * number of samples that a step takes on average, which tells nothing, as their real number
 * would. */

static double
find_rate (const NnTrainer *trainer)
{
  return (double) trainer->config.batch_size / (double) trainer->train->n;
}

/* The last whole epoch that keeps the budget is the last of the run. */
static gboolean
keep_budget (NnTrainer *trainer, GError **error)
{
  NnTrainConfig *config = &trainer->config;
  guint64 n_epochs;

  if (config->dp_epsilon <= 0)
    return TRUE;
  n_epochs = nn_accountant_max_steps (trainer->dp_rate, config->dp_noise, config->dp_delta,
                                      config->dp_epsilon) /
             trainer->steps_per_epoch;
  config->epochs = (guint) MIN (config->epochs, n_epochs);
  if (config->epochs > 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("the first epoch already spends more than an epsilon of %g: take more noise, "
                  "smaller minibatches or a larger budget"),
               config->dp_epsilon);
  return FALSE;
}

gboolean
nn_trainer_dp_init (NnTrainer *trainer, GError **error)
{
  trainer->dp_rate = find_rate (trainer);
  trainer->max_rows = nn_dp_max_rows (trainer->train->n, trainer->dp_rate);
  trainer->taken = g_new (guint32, trainer->max_rows);
  trainer->keystream = trainer->options.keystream;
  trainer->key = trainer->options.key;
  if (trainer->keystream == NULL)
    {
      trainer->keystream = nn_dp_seeded_keystream;
      trainer->key = &trainer->config.seed;
    }
  return keep_budget (trainer, error);
}

void
nn_trainer_dp_sample (NnTrainer *trainer)
{
  trainer->indices = trainer->taken;
  trainer->n_rows = nn_dp_sample (trainer->keystream, trainer->key, trainer->step,
                                  trainer->train->n, trainer->dp_rate, trainer->taken);
}

double
nn_trainer_dp_clip (const NnTrainer *trainer)
{
  return trainer->config.dp_clip / trainer->config.batch_size;
}

double
nn_trainer_dp_deviation (const NnTrainer *trainer)
{
  return trainer->config.dp_noise * nn_trainer_dp_clip (trainer);
}

NnSpent
nn_trainer_get_spent (const NnTrainer *trainer, guint64 step, NnConversion conversion)
{
  if (trainer->taken == NULL)
    return (NnSpent){ 0, 0 };
  return nn_accountant_spent (trainer->dp_rate, trainer->config.dp_noise, (double) step,
                              trainer->config.dp_delta, conversion);
}
