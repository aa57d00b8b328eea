/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-train-config.h"

#include <math.h>
#include <string.h>

#include "nn-names.h"

static const char *const optimizer_names[NN_N_OPTIMIZERS] = { "sgd", "momentum", "rmsprop", "adam",
                                                              "adamw" };
static const char *const schedule_names[NN_N_SCHEDULES] = { "constant", "cosine", "step" };

NN_DEFINE_NAMES (NnOptimizer, nn_optimizer, optimizer_names, "optimizer")
NN_DEFINE_NAMES (NnSchedule, nn_schedule, schedule_names, "schedule")

void
nn_train_config_init (NnTrainConfig *config)
{
  memset (config, 0, sizeof *config);
  nn_settings_reset (nn_train_settings, NN_N_TRAIN_SETTINGS, config);
}

const NnSetting *
nn_train_config_find_problem (const NnTrainConfig *config, GError **error)
{
  return nn_settings_find_problem (nn_train_settings, NN_N_TRAIN_SETTINGS, config, error);
}

gboolean
nn_train_config_equal (const NnTrainConfig *a, const NnTrainConfig *b)
{
  return nn_settings_equal (nn_train_settings, NN_N_TRAIN_SETTINGS, a, b);
}

gboolean
nn_train_config_validate (const NnTrainConfig *config, GError **error)
{
  return nn_train_config_find_problem (config, error) == NULL;
}

void
nn_train_config_architecture (const NnTrainConfig *config,
                              guint n_inputs,
                              guint n_classes,
                              NnArchitecture *arch)
{
  *arch = (NnArchitecture){
    .n_layers = config->n_hidden + 1,
    .activation = config->activation,
    .loss = config->loss,
  };
  arch->widths[0] = n_inputs;
  for (guint l = 0; l < config->n_hidden; l++)
    arch->widths[l + 1] = config->hidden[l];
  arch->widths[config->n_hidden + 1] = n_classes;
}

double
nn_train_config_learning_rate (const NnTrainConfig *config, guint64 step, guint64 steps_per_epoch)
{
  double warmup = config->warmup_epochs * (double) steps_per_epoch;
  double total = (double) config->epochs * (double) steps_per_epoch;
  double at = (double) step;

  if (at < warmup)
    return config->learning_rate * (at + 1) / (warmup + 1);

  switch (config->schedule)
    {
    case NN_SCHEDULE_COSINE:
      {
        double progress = total > warmup ? (at - warmup) / (total - warmup) : 1;

        return config->learning_rate * 0.5 * (1 + cos (G_PI * MIN (progress, 1)));
      }
    case NN_SCHEDULE_STEP:
      return config->learning_rate *
             pow (config->step_factor, floor (at / (double) steps_per_epoch / config->step_epochs));
    case NN_SCHEDULE_CONSTANT:
    case NN_N_SCHEDULES:
    default:
      return config->learning_rate;
    }
}
