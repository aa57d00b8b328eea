/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-train-config.h"

#include <math.h>

#include "nn-names.h"

static const char *const optimizer_names[NN_N_OPTIMIZERS] = { "sgd", "momentum", "rmsprop", "adam",
                                                              "adamw" };
static const char *const schedule_names[NN_N_SCHEDULES] = { "constant", "cosine", "step" };

NN_DEFINE_NAMES (NnOptimizer, nn_optimizer, optimizer_names, "optimizer")
NN_DEFINE_NAMES (NnSchedule, nn_schedule, schedule_names, "schedule")

void
nn_train_config_init (NnTrainConfig *config)
{
  *config = (NnTrainConfig){
    .n_hidden = 1,
    .hidden = { 128 },
    .activation = NN_ACTIVATION_RELU,
    .init = NN_INIT_HE,
    .loss = NN_LOSS_CROSS_ENTROPY,
    .optimizer = NN_OPTIMIZER_ADAM,
    .learning_rate = 0.001,
    .momentum = 0.9,
    .beta1 = 0.9,
    .beta2 = 0.999,
    .epsilon = 1e-8,
    .schedule = NN_SCHEDULE_CONSTANT,
    .step_epochs = 10,
    .step_factor = 0.1,
    .batch_size = 32,
    .epochs = 5,
    .seed = 1,
    .validation = 0.1,
  };
  nn_augment_preset (0, &config->augment);
}

/* The checks are written so that NaN is out of every range. */
static gboolean
refuse (gsize at, const char *range, gsize *field, GError **error)
{
  *field = at;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, range);
  return FALSE;
}

#define CHECK(member, inside, range) \
  if (!(inside))                     \
  return refuse (G_STRUCT_OFFSET (NnTrainConfig, member), range, field, error)

gboolean
nn_train_config_find_problem (const NnTrainConfig *c, gsize *field, GError **error)
{
  CHECK (n_hidden, c->n_hidden <= NN_MAX_HIDDEN, "there may be 0 to 16 hidden layers");
  for (guint l = 0; l < c->n_hidden; l++)
    CHECK (hidden, c->hidden[l] >= 1 && c->hidden[l] <= NN_MAX_WIDTH,
           "a hidden layer must have 1 to 65536 units");
  CHECK (activation, (guint) c->activation < NN_N_ACTIVATIONS, "unknown activation");
  CHECK (init, (guint) c->init < NN_N_INITS, "unknown initialisation");
  CHECK (loss, (guint) c->loss < NN_N_LOSSES, "unknown loss");
  CHECK (optimizer, (guint) c->optimizer < NN_N_OPTIMIZERS, "unknown optimizer");
  CHECK (schedule, (guint) c->schedule < NN_N_SCHEDULES, "unknown schedule");
  CHECK (balance, (guint) c->balance < NN_N_BALANCES, "unknown class balancing");
  CHECK (learning_rate, c->learning_rate > 0 && c->learning_rate <= 1000,
         "the learning rate must be above 0 and at most 1000");
  CHECK (momentum, c->momentum >= 0 && c->momentum < 1, "momentum must be at least 0 and below 1");
  CHECK (beta1, c->beta1 >= 0 && c->beta1 < 1, "beta1 must be at least 0 and below 1");
  CHECK (beta2, c->beta2 >= 0 && c->beta2 < 1, "beta2 must be at least 0 and below 1");
  CHECK (epsilon, c->epsilon > 0 && c->epsilon <= 1, "epsilon must be above 0 and at most 1");
  CHECK (weight_decay, c->weight_decay >= 0 && c->weight_decay <= 100,
         "weight decay must be from 0 to 100");
  CHECK (dropout, c->dropout >= 0 && c->dropout < 1, "dropout must be at least 0 and below 1");
  CHECK (label_smoothing, c->label_smoothing >= 0 && c->label_smoothing < 1,
         "label smoothing must be at least 0 and below 1");
  CHECK (step_epochs, c->step_epochs >= 1, "a step of the schedule must last 1 epoch or more");
  CHECK (step_factor, c->step_factor > 0 && c->step_factor <= 1,
         "the factor of a step must be above 0 and at most 1");
  CHECK (warmup_epochs, c->warmup_epochs >= 0 && c->warmup_epochs <= 1e6,
         "the warm-up must be 0 epochs or more");
  CHECK (batch_size, c->batch_size >= 1 && c->batch_size <= 65535,
         "a minibatch must have 1 to 65535 samples");
  CHECK (epochs, c->epochs >= 1 && c->epochs <= 1000000, "there must be 1 to 1000000 epochs");
  CHECK (validation, c->validation >= 0 && c->validation < 1,
         "the share for validation must be at least 0 and below 1");
  CHECK (threads, c->threads <= 256, "there may be at most 256 threads");
  if (nn_augment_find_problem (&c->augment, field, error))
    return TRUE;
  *field += G_STRUCT_OFFSET (NnTrainConfig, augment);
  return FALSE;
}

gboolean
nn_train_config_validate (const NnTrainConfig *config, GError **error)
{
  gsize field;

  return nn_train_config_find_problem (config, &field, error);
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
