/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "numeral-run-card.h"

#include <math.h>

static void
append_double (GString *text, const char *option, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_dtostr (digits, sizeof digits, value);
  g_string_append_printf (text, " --%s %s", option, digits);
}

char *
numeral_run_card_settings (const NnTrainConfig *c)
{
  g_autofree char *augment = nn_augment_to_string (&c->augment);
  GString *text = g_string_new ("--hidden ");

  if (c->n_hidden == 0)
    g_string_append (text, "none");
  for (guint i = 0; i < c->n_hidden; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", c->hidden[i]);
  g_string_append_printf (text, " --activation %s --init %s --loss %s --optimizer %s",
                          nn_activation_name (c->activation), nn_init_name (c->init),
                          nn_loss_name (c->loss), nn_optimizer_name (c->optimizer));
  append_double (text, "learning-rate", c->learning_rate);
  if (c->optimizer == NN_OPTIMIZER_MOMENTUM)
    append_double (text, "momentum", c->momentum);
  if (c->optimizer == NN_OPTIMIZER_ADAM || c->optimizer == NN_OPTIMIZER_ADAMW)
    append_double (text, "beta1", c->beta1);
  if (c->optimizer != NN_OPTIMIZER_SGD && c->optimizer != NN_OPTIMIZER_MOMENTUM)
    {
      append_double (text, "beta2", c->beta2);
      append_double (text, "epsilon", c->epsilon);
    }
  append_double (text, "weight-decay", c->weight_decay);
  append_double (text, "dropout", c->dropout);
  append_double (text, "label-smoothing", c->label_smoothing);
  g_string_append_printf (text, " --schedule %s", nn_schedule_name (c->schedule));
  if (c->schedule == NN_SCHEDULE_STEP)
    {
      g_string_append_printf (text, " --step-epochs %u", c->step_epochs);
      append_double (text, "step-factor", c->step_factor);
    }
  append_double (text, "warmup", c->warmup_epochs);
  if (c->balance != NN_BALANCE_NONE)
    g_string_append_printf (text, " --balance %s", nn_balance_name (c->balance));
  if (nn_augment_is_on (&c->augment))
    g_string_append_printf (text, " --augment %s", augment);
  g_string_append_printf (text, " --batch-size %u --epochs %u --seed %" G_GUINT64_FORMAT,
                          c->batch_size, c->epochs, c->seed);
  append_double (text, "validation", c->validation);
  g_string_append_printf (text, " --patience %u", c->patience);
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
  g_autofree char *name = g_path_get_basename (full);
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
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT " damaged left out", part->n_rejected);
}

static char *
describe_data (const NumeralRunCard *card)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < card->data->parts->len; i++)
    describe_part (card, i, text);
  return g_string_free (text, FALSE);
}

/* Takes over @value, which may be %NULL. */
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
  add (metadata, "settings",
       g_strconcat (settings, card->more_settings != NULL ? card->more_settings : "", NULL));
  add (metadata, "seed", g_strdup_printf ("%" G_GUINT64_FORMAT, card->config->seed));
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
