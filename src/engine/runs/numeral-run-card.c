/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "numeral-run-card.h"

#include <math.h>

#include "numeral-model.h"

/* Whether the weights depend on a setting, given the others. Options for no balancing, no
 * augmentation, no privacy and no principal components are omitted. */
static gboolean
decides_weights (const NnSetting *setting, const NnTrainConfig *config)
{
  if (setting->flags & NN_SETTING_NO_RESULT || !nn_setting_matters (setting, config))
    return FALSE;
  if (g_str_equal (setting->name, "pca"))
    return config->pca > 0;
  if (g_str_equal (setting->name, "dp-noise"))
    return config->dp_noise > 0;
  if (g_str_equal (setting->name, "dp-epsilon"))
    return config->dp_noise > 0 && config->dp_epsilon > 0;
  if (g_str_equal (setting->name, "balance"))
    return config->balance != NN_BALANCE_NONE;
  return !g_str_equal (setting->name, "augment") || nn_augment_is_on (&config->augment);
}

char *
numeral_run_card_settings (const NnTrainConfig *config)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < NN_N_TRAIN_SETTINGS; i++)
    if (decides_weights (&nn_train_settings[i], config))
      {
        g_autofree char *value = nn_setting_get_text (&nn_train_settings[i], config);

        if (value != NULL)
          g_string_append_printf (text, "%s--%s %s", text->len > 0 ? " " : "",
                                  nn_train_settings[i].name, value);
      }
  return g_string_free (text, FALSE);
}

static double
accuracy_of (const NumeralRunCard *card, guint part)
{
  if (card->accuracies != NULL)
    return card->accuracies[part];
  return card->epoch != NULL && card->data->parts->len == 1 ? card->epoch->validation_accuracy :
                                                              (double) NAN;
}

static void
describe_part (const NumeralRunCard *card, guint i, GString *text)
{
  const NumeralRunPart *part = g_ptr_array_index (card->data->parts, i);
  g_autofree char *full = g_canonicalize_filename (part->name, NULL);
  g_autofree char *name = g_filename_display_basename (full);
  char accuracy[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s%s: %" G_GSIZE_FORMAT " samples", i > 0 ? "; " : "", name,
                          part->train->n);
  if (part->repeat > 1)
    g_string_append_printf (text, " %u times an epoch", part->repeat);
  if (part->validation != NULL)
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT " %s for validation", part->validation->n,
                            part->by_writer ? "of held-out writers" : "held out at random");
  if (part->validation != NULL && !isnan (accuracy_of (card, i)))
    g_string_append_printf (text, " with accuracy %s",
                            g_ascii_formatd (accuracy, sizeof accuracy, "%.4f",
                                             accuracy_of (card, i)));
  if (part->n_rejected > 0)
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT " left out", part->n_rejected);
}

static char *
describe_data (const NumeralRunCard *card)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < card->data->parts->len; i++)
    describe_part (card, i, text);
  return g_string_free (text, FALSE);
}

/* Takes ownership of @value (nullable). */
static void
add (GHashTable *metadata, const char *key, char *value)
{
  if (value != NULL)
    g_hash_table_insert (metadata, g_strdup (key), value);
}

static void
add_figure (GHashTable *metadata, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (value))
    add (metadata, key, g_strdup (g_ascii_formatd (text, sizeof text, "%.6f", value)));
}

char *
numeral_run_card_describe_data (const NumeralRunData *data)
{
  return describe_data (&(NumeralRunCard){ .data = data });
}

GHashTable *
numeral_run_card_format (const NumeralRunCard *card)
{
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *settings = numeral_run_card_settings (card->config);
  const NumeralEpochPoint *epoch = card->epoch;

  add (metadata, "generator", g_strdup ("Numeral " PACKAGE_VERSION));
  add (metadata, "name", g_strdup (card->name));
  add (metadata, "licence", g_strdup (card->licence));
  add (metadata, "data", describe_data (card));
  if (card->data->train->scale > 0)
    add (metadata, NUMERAL_CARD_SCALE, g_strdup_printf ("%d", (int) card->data->train->scale));
  add (metadata, NUMERAL_CARD_CLASSES, g_strdup (card->data->train->class_names));
  add (metadata, "settings",
       g_strconcat (settings, card->more_settings != NULL ? card->more_settings : "", NULL));
  add (metadata, "seed", g_strdup_printf ("%" G_GUINT64_FORMAT, card->config->seed));
  if (card->explained > 0)
    add_figure (metadata, "explained_variance", card->explained);
  if (card->epsilon > 0)
    add_figure (metadata, "privacy_epsilon", card->epsilon);
  add (metadata, "epochs", g_strdup_printf ("%u", card->n_epochs));
  add (metadata, "stopped", g_strdup (card->stopped));
  if (epoch != NULL)
    {
      add (metadata, "best_epoch", g_strdup_printf ("%u", epoch->epoch + 1));
      add_figure (metadata, "training_loss", epoch->train_loss);
      add_figure (metadata, "training_accuracy", epoch->train_accuracy);
      add_figure (metadata, "validation_loss", epoch->validation_loss);
      add_figure (metadata, "validation_accuracy", epoch->validation_accuracy);
    }
  return metadata;
}
