/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-train-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-names.h"

static const char *const optimizer_names[NN_N_OPTIMIZERS] = { "sgd", "momentum", "rmsprop", "adam",
                                                              "adamw" };
static const char *const schedule_names[NN_N_SCHEDULES] = { "constant", "cosine", "step" };

NN_DEFINE_NAMES (NnOptimizerKind, nn_optimizer, optimizer_names, "optimizer")
NN_DEFINE_NAMES (NnSchedule, nn_schedule, schedule_names, "schedule")

void
nn_train_config_init (NnTrainConfig *config)
{
  memset (config, 0, sizeof *config);
  nn_settings_reset (nn_train_settings, NN_N_TRAIN_SETTINGS, config);
}

/* The setting that differential privacy excludes, or %NULL. */
static const NnSetting *
find_public (const NnTrainConfig *config, GError **error)
{
  if (config->dp_noise <= 0)
    return NULL;
  if (config->balance != NN_BALANCE_NONE)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("class balancing counts the classes, which differential privacy does "
                              "not allow: choose no balancing or a private noise of 0"));
      return nn_train_setting ("balance");
    }
  if (config->pca > 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("principal components are computed from the samples without noise, "
                              "which differential privacy does not allow: choose 0 principal "
                              "components or a private noise of 0"));
      return nn_train_setting ("pca");
    }
  return NULL;
}

const NnSetting *
nn_train_config_find_problem (const NnTrainConfig *config, GError **error)
{
  const NnSetting *problem =
      nn_settings_find_problem (nn_train_settings, NN_N_TRAIN_SETTINGS, config, error);

  if (problem == NULL)
    problem = find_public (config, error);
  if (problem != NULL || config->pca == 0 || !nn_augment_is_on (&config->augment))
    return problem;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("augmentation distorts images, and principal components are none: choose "
                          "no augmentation or 0 principal components"));
  return nn_train_setting ("pca");
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

/* Principal components are a vector in which neighbours have nothing in common. */
static gboolean
check_first_layer (const NnTrainConfig *config, const NnArchitecture *arch, GError **error)
{
  guint first = 0;

  while (first < arch->n_layers && arch->layers[first].kind == NN_LAYER_DROPOUT)
    first++;
  if (config->pca == 0 || (first < arch->n_layers && arch->layers[first].kind == NN_LAYER_DENSE))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
               _ ("the network %s cannot read principal components, for its first layer is not "
                  "dense: choose another network or 0 principal components"),
               config->network);
  return FALSE;
}

/* The network that the configuration names, for samples of @input. */
static gboolean
named_network (const NnTrainConfig *config,
               NnShape input,
               guint n_classes,
               NnArchitecture *arch,
               GError **error)
{
  const gsize n_inputs = nn_shape_size (&input);
  const gboolean reduced = config->pca > 0 && n_inputs == config->pca;

  if (!nn_architecture_from_string (config->network, config->activation, config->loss, arch, error))
    return FALSE;
  if ((!reduced && nn_architecture_n_inputs (arch) != n_inputs) ||
      nn_architecture_n_classes (arch) != n_classes)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the network %1$s reads %2$u values and gives %3$u classes, but the samples "
                      "have %4$u values and %5$u classes"),
                   config->network, nn_architecture_n_inputs (arch),
                   nn_architecture_n_classes (arch), (guint) n_inputs, n_classes);
      return FALSE;
    }
  /* An image that a dense layer reads first is a vector. */
  if (arch->layers[0].kind == NN_LAYER_FLATTEN)
    {
      arch->input = (NnShape){ (guint) n_inputs, 1, 1 };
      memmove (arch->layers, arch->layers + 1, --arch->n_layers * sizeof arch->layers[0]);
    }
  if (!check_first_layer (config, arch, error))
    return FALSE;
  if (reduced)
    arch->input = input;
  nn_architecture_add_dropout (arch, config->dropout);
  return nn_architecture_validate (arch, error);
}

gboolean
nn_train_config_architecture (const NnTrainConfig *config,
                              NnShape input,
                              guint n_classes,
                              NnArchitecture *arch,
                              GError **error)
{
  NnMlp mlp = { .n_layers = config->n_hidden + 1,
                .activation = config->activation,
                .dropout = config->dropout,
                .loss = config->loss };

  if (config->network[0] != '\0')
    return named_network (config, input, n_classes, arch, error);
  g_return_val_if_fail (config->n_hidden <= NN_MAX_HIDDEN, FALSE);
  mlp.widths[0] = (guint) MIN (nn_shape_size (&input), G_MAXUINT);
  for (guint l = 0; l < config->n_hidden; l++)
    mlp.widths[l + 1] = config->hidden[l];
  mlp.widths[config->n_hidden + 1] = n_classes;
  return nn_architecture_from_mlp (&mlp, arch, error);
}

void
nn_train_config_take_architecture (NnTrainConfig *config, const NnArchitecture *arch)
{
  g_autofree char *text = nn_architecture_to_string (arch);
  NnMlp mlp;

  config->loss = arch->loss;
  config->activation = nn_architecture_get_activation (arch);
  memset (config->network, 0, sizeof config->network);
  if (!nn_architecture_get_mlp (arch, &mlp))
    {
      g_strlcpy (config->network, text, sizeof config->network);
      return;
    }
  config->n_hidden = mlp.n_layers - 1;
  memset (config->hidden, 0, sizeof config->hidden);
  for (guint l = 0; l < config->n_hidden; l++)
    config->hidden[l] = mlp.widths[l + 1];
}

gboolean
nn_train_config_get_words (const NnTrainConfig *config,
                           NnShape input,
                           guint n_classes,
                           NnArchitectureWords *words,
                           GError **error)
{
  if (config->network[0] != '\0')
    return nn_architecture_words_from_string (config->network, words, error);
  *words = (NnArchitectureWords){ .input = input };
  for (guint l = 0; l < config->n_hidden; l++)
    words->words[words->n++] = (NnLayerSpec){ .kind = NN_LAYER_DENSE, .units = config->hidden[l] };
  words->words[words->n++] = (NnLayerSpec){ .kind = NN_LAYER_DENSE, .units = n_classes };
  return TRUE;
}

/* Whether the words are hidden layers and the classes. */
static gboolean
are_hidden_layers (const NnArchitectureWords *words)
{
  for (guint i = 0; i < words->n; i++)
    if (words->words[i].kind != NN_LAYER_DENSE)
      return FALSE;
  return words->n >= 1 && words->n <= NN_MAX_DENSE;
}

gboolean
nn_train_config_set_words (NnTrainConfig *config, const NnArchitectureWords *words, GError **error)
{
  g_autofree char *text = nn_architecture_words_to_string (words);

  if (!are_hidden_layers (words))
    return nn_setting_set_text (nn_train_setting ("network"), config, text, error);
  memset (config->network, 0, sizeof config->network);
  memset (config->hidden, 0, sizeof config->hidden);
  config->n_hidden = words->n - 1;
  for (guint l = 0; l < config->n_hidden; l++)
    config->hidden[l] = words->words[l].units;
  return TRUE;
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
