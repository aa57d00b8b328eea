/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-card.h"

#include <glib/gi18n.h>

#include "cli-output.h"

/* nn_evaluate() of data that may not be there. */
static gboolean
measure (const NnNetwork *network,
         const NnDataset *dataset,
         NnEvaluation **evaluation,
         GError **error)
{
  *evaluation = NULL;
  if (dataset == NULL)
    return TRUE;
  *evaluation = nn_evaluate (network, dataset, error);
  return *evaluation != NULL;
}

static void
free_evaluation (gpointer evaluation)
{
  if (evaluation != NULL)
    nn_evaluation_free (evaluation);
}

gboolean
cli_card_init (CliCard *card,
               const CliTrainOptions *options,
               const CliTrainData *data,
               const CliTrainResult *result,
               GError **error)
{
  const NnNetwork *network = result->network;

  *card = (CliCard){ options, data, result, NULL, NULL, NULL };
  card->parts = g_ptr_array_new_with_free_func (free_evaluation);
  if (!measure (network, data->train, &card->training, error) ||
      !measure (network, data->validation, &card->validation, error))
    return FALSE;
  for (guint i = 0; i < data->parts->len; i++)
    {
      const CliPart *part = g_ptr_array_index (data->parts, i);
      NnEvaluation *evaluation;

      if (!measure (network, part->validation, &evaluation, error))
        return FALSE;
      g_ptr_array_add (card->parts, evaluation);
    }
  return TRUE;
}

void
cli_card_clear (CliCard *card)
{
  g_clear_pointer (&card->training, nn_evaluation_free);
  g_clear_pointer (&card->validation, nn_evaluation_free);
  g_clear_pointer (&card->parts, g_ptr_array_unref);
}

static gsize
n_validation (const CliPart *part)
{
  return part->validation != NULL ? part->validation->n : 0;
}

/* The card is data, not part of the user interface: never translated. */
static char *
describe_data (const CliCard *card)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < card->data->parts->len; i++)
    {
      const CliPart *part = g_ptr_array_index (card->data->parts, i);
      const NnEvaluation *evaluation = g_ptr_array_index (card->parts, i);
      g_autofree char *full = g_canonicalize_filename (part->path, NULL);
      g_autofree char *name = g_path_get_basename (full);
      char accuracy[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s: %" G_GSIZE_FORMAT " samples", i > 0 ? "; " : "", name,
                              part->train->n);
      if (part->repeat > 1)
        g_string_append_printf (text, " %u times an epoch", part->repeat);
      if (evaluation != NULL)
        g_string_append_printf (text, ", %" G_GSIZE_FORMAT " %s for validation with accuracy %s",
                                evaluation->count,
                                part->by_writer ? "of held-out writers" : "held out at random",
                                g_ascii_formatd (accuracy, sizeof accuracy, "%.4f",
                                                 evaluation->accuracy));
      if (part->n_rejected > 0)
        g_string_append_printf (text, ", %" G_GSIZE_FORMAT " damaged left out", part->n_rejected);
    }
  return g_string_free (text, FALSE);
}

static void
add (GHashTable *metadata, const char *key, char *value)
{
  g_hash_table_insert (metadata, g_strdup (key), value);
}

static void
add_figures (GHashTable *metadata, const char *kind, const NnEvaluation *evaluation)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (evaluation == NULL)
    return;
  g_ascii_formatd (number, sizeof number, "%.6f", evaluation->loss);
  g_hash_table_insert (metadata, g_strconcat (kind, "_loss", NULL), g_strdup (number));
  g_ascii_formatd (number, sizeof number, "%.6f", evaluation->accuracy);
  g_hash_table_insert (metadata, g_strconcat (kind, "_accuracy", NULL), g_strdup (number));
}

GHashTable *
cli_card_metadata (const CliCard *card)
{
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const CliTrainResult *result = card->result;

  add (metadata, "generator", g_strdup ("Numeral " PACKAGE_VERSION));
  if (card->options->name != NULL)
    add (metadata, "name", g_strdup (card->options->name));
  if (card->options->licence != NULL)
    add (metadata, "licence", g_strdup (card->options->licence));
  add (metadata, "data", describe_data (card));
  add (metadata, "settings", cli_train_options_to_string (card->options));
  add (metadata, "seed", g_strdup_printf ("%" G_GUINT64_FORMAT, card->options->config.seed));
  add (metadata, "epochs", g_strdup_printf ("%u", result->n_epochs));
  add (metadata, "best_epoch", g_strdup_printf ("%u", result->best_epoch));
  add (metadata, "stopped", g_strdup (cli_stop_name (result->stop)));
  add_figures (metadata, "training", card->training);
  add_figures (metadata, "validation", card->validation);
  return metadata;
}

static double
images_per_second (const CliTrainResult *result)
{
  return result->seconds > 0 ? (double) result->n_images / result->seconds : 0;
}

void
cli_card_print_text (const CliCard *card)
{
  const CliTrainResult *result = card->result;

  cli_print (_ ("%s: epoch %u of %u kept, trained for %.1f s at %.0f images/s\n"),
             card->options->out, result->best_epoch, result->n_epochs, result->seconds,
             images_per_second (result));
  cli_print (_ ("training: loss %.4f, accuracy %.2f %%\n"), card->training->loss,
             100 * card->training->accuracy);
  for (guint i = 0; i < card->parts->len; i++)
    {
      const CliPart *part = g_ptr_array_index (card->data->parts, i);
      const NnEvaluation *evaluation = g_ptr_array_index (card->parts, i);

      if (part->n_rejected > 0)
        cli_print (_ ("%s: %zu damaged records left out\n"), part->path, part->n_rejected);
      if (evaluation != NULL)
        cli_print (_ ("validation on %s: loss %.4f, accuracy %.2f %%\n"), part->path,
                   evaluation->loss, 100 * evaluation->accuracy);
    }
}

static void
json_figures (CliJson *json, const NnEvaluation *evaluation)
{
  if (evaluation == NULL)
    {
      cli_json_null (json);
      return;
    }
  cli_json_begin_object (json);
  cli_json_key (json, "count");
  cli_json_uint (json, evaluation->count);
  cli_json_key (json, "loss");
  cli_json_double (json, evaluation->loss);
  cli_json_key (json, "accuracy");
  cli_json_double (json, evaluation->accuracy);
  cli_json_end_object (json);
}

static void
json_part (CliJson *json, const CliPart *part, const NnEvaluation *evaluation)
{
  cli_json_begin_object (json);
  cli_json_key (json, "source");
  cli_json_string (json, part->path);
  cli_json_key (json, "samples");
  cli_json_uint (json, part->train->n + n_validation (part));
  cli_json_key (json, "training_samples");
  cli_json_uint (json, part->train->n);
  cli_json_key (json, "repeat");
  cli_json_uint (json, part->repeat);
  cli_json_key (json, "rejected");
  cli_json_uint (json, part->n_rejected);
  cli_json_key (json, "validation");
  json_figures (json, evaluation);
  cli_json_end_object (json);
}

void
cli_card_print_json (const CliCard *card)
{
  const CliTrainResult *result = card->result;
  g_autofree char *architecture = nn_architecture_to_string (&result->network->arch);
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "model");
  cli_json_string (&json, card->options->out);
  cli_json_key (&json, "architecture");
  cli_json_string (&json, architecture);
  cli_json_key (&json, "parameters");
  cli_json_uint (&json, result->network->n_params);
  cli_json_key (&json, "stopped");
  cli_json_string (&json, cli_stop_name (result->stop));
  cli_json_key (&json, "epochs");
  cli_json_uint (&json, result->n_epochs);
  cli_json_key (&json, "best_epoch");
  cli_json_uint (&json, result->best_epoch);
  cli_json_key (&json, "steps");
  cli_json_uint (&json, result->n_steps);
  cli_json_key (&json, "seconds");
  cli_json_double (&json, result->seconds);
  cli_json_key (&json, "images_per_second");
  cli_json_double (&json, images_per_second (result));
  cli_json_key (&json, "training");
  json_figures (&json, card->training);
  cli_json_key (&json, "validation");
  json_figures (&json, card->validation);
  cli_json_key (&json, "datasets");
  cli_json_begin_array (&json);
  for (guint i = 0; i < card->parts->len; i++)
    json_part (&json, g_ptr_array_index (card->data->parts, i), g_ptr_array_index (card->parts, i));
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}
