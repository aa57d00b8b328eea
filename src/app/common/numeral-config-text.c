/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config-text.h"

#include <inttypes.h>
#include <glib/gi18n.h>

#include "numeral-run-settings.h"

/* The title of a setting's current choice. */
static const char *
choice (const NumeralRunConfig *config, const char *name)
{
  const NumeralRunSetting *setting = numeral_run_setting (name);

  return nn_setting_choice_title (setting->setting,
                                  (guint)
                                      nn_setting_get_number (setting->setting,
                                                             numeral_run_setting_object (setting,
                                                                                         config)));
}

static void
add (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, _ (", "));
  g_string_append (text, part);
  g_free (part);
}

char *
numeral_config_data_text (const NumeralRunConfig *config)
{
  GString *text = g_string_new (NULL);
  g_autoptr (NumeralSource) source = numeral_run_config_create_source (config);

  add (text, numeral_source_describe (source));
  if (config->train.validation > 0)
    add (text, g_strdup_printf (_ ("%.3g %% for validation"), 100 * config->train.validation));
  else
    add (text, g_strdup (_ ("no validation")));
  if (config->train.balance != NN_BALANCE_NONE)
    add (text, g_strdup (choice (config, "balance")));
  return g_string_free (text, FALSE);
}

char *
numeral_config_network_text (const NumeralRunConfig *config)
{
  GString *text = g_string_new (config->train.network);

  if (text->len == 0)
    {
      g_string_append (text, "784");
      for (guint l = 0; l < config->train.n_hidden; l++)
        g_string_append_printf (text, "–%u", config->train.hidden[l]);
      g_string_append (text, "–10");
    }
  if (nn_setting_matters (nn_train_setting ("activation"), &config->train))
    add (text, g_strdup (choice (config, "activation")));
  add (text, g_strdup (choice (config, "init")));
  if (config->train.pca > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u principal component",
                                             "%u principal components", config->train.pca),
                                config->train.pca));
  if (config->train.dropout > 0)
    add (text, g_strdup_printf (_ ("%.3g %% dropout"), 100 * config->train.dropout));
  return g_string_free (text, FALSE);
}

char *
numeral_config_optimizer_text (const NumeralRunConfig *config)
{
  GString *text = g_string_new (choice (config, "optimizer"));

  add (text, g_strdup_printf (_ ("learning rate %.4g"), config->train.learning_rate));
  if (config->train.schedule == NN_SCHEDULE_COSINE)
    add (text, g_strdup (_ ("cosine")));
  else if (config->train.schedule == NN_SCHEDULE_STEP)
    add (text, g_strdup (_ ("in steps")));
  if (config->train.weight_decay > 0)
    add (text, g_strdup_printf (_ ("decay %.3g"), config->train.weight_decay));
  return g_string_free (text, FALSE);
}

char *
numeral_config_privacy_text (const NumeralRunConfig *config)
{
  const NnTrainConfig *train = &config->train;
  GString *text;

  if (train->dp_noise <= 0)
    /* Translators: no differential privacy */
    return g_strdup (C_ ("privacy", "None"));
  text = g_string_new (NULL);
  add (text, g_strdup_printf (_ ("noise %.4g"), train->dp_noise));
  add (text, g_strdup_printf (_ ("clipped to %.4g"), train->dp_clip));
  if (train->dp_epsilon > 0)
    add (text, g_strdup_printf (_ ("epsilon at most %.4g"), train->dp_epsilon));
  add (text, g_strdup_printf (_ ("delta %.4g"), train->dp_delta));
  return g_string_free (text, FALSE);
}

char *
numeral_config_length_text (const NumeralRunConfig *config)
{
  GString *text = g_string_new (NULL);

  add (text, g_strdup_printf (_ ("Minibatches of %u"), config->train.batch_size));
  add (text, g_strdup_printf (g_dngettext (NULL, "%u epoch", "%u epochs", config->train.epochs),
                              config->train.epochs));
  add (text, g_strdup_printf (_ ("seed %" PRIu64), config->train.seed));
  return g_string_free (text, FALSE);
}

const char *
numeral_config_augment_title (guint preset)
{
  /* Translators: how much samples are distorted while they are trained on */
  static const char *const titles[] = { N_ ("None"), N_ ("Light"), N_ ("Strong"), N_ ("Custom") };

  return preset < G_N_ELEMENTS (titles) ? _ (titles[preset]) : NULL;
}

guint
numeral_config_augment_preset (const NumeralRunConfig *config)
{
  guint preset = 0;

  for (; preset < NN_N_AUGMENT_PRESETS; preset++)
    {
      NnAugment augment;

      nn_augment_preset (preset, &augment);
      if (nn_augment_equal (&augment, &config->train.augment))
        break;
    }
  return preset;
}

char *
numeral_config_augment_text (const NumeralRunConfig *config)
{
  return g_strdup (numeral_config_augment_title (numeral_config_augment_preset (config)));
}

const char *
numeral_config_preset_text (const NumeralRunConfig *config)
{
  guint n;
  const NumeralPreset *presets = numeral_run_config_presets (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NumeralRunConfig) preset = numeral_run_config_copy (config);

      numeral_run_config_apply_preset (preset, presets[i].name);
      if (nn_train_config_equal (&preset->train, &config->train))
        return presets[i].title;
    }
  return _ ("Settings of your own");
}
