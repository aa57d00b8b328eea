/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-model-file.h"

#define VERB "average"

typedef struct
{
  char **words;
  char *out;
  gboolean half;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_free (o->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Figures of a training, which the mean has not. */
static const char *const figures[] = { "best_epoch", "training_accuracy",   "training_loss",
                                       "stopped",    "validation_accuracy", "validation_loss",
                                       "temperature" };

/* (transfer full): the card of the last model, which has learned the most, with the names of all.
 * @models: (element-type NumeralModel) */
static GHashTable *
make_card (const GPtrArray *models, char **paths)
{
  const NumeralModel *last = g_ptr_array_index (models, models->len - 1);
  GHashTable *card = numeral_model_copy_card (last);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_hash_table_remove (card, figures[i]);
  for (guint i = 0; i < models->len; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *shown = g_filename_display_name (name);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", shown);
    }
  g_hash_table_insert (card, g_strdup ("averaged"),
                       g_string_free (g_steal_pointer (&names), FALSE));
  return card;
}

/* (transfer full) (nullable) (element-type NumeralModel) */
static GPtrArray *
load_all (char **paths, GError **error)
{
  g_autoptr (GPtrArray) models =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_model_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      NumeralModel *model = cli_load_model (paths[i], error);
      const NumeralModel *first;

      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
      first = g_ptr_array_index (models, 0);
      if (g_strcmp0 (first->preprocessing, model->preprocessing) != 0 ||
          g_strcmp0 (numeral_model_get_metadata (first, NUMERAL_CARD_SCALE),
                     numeral_model_get_metadata (model, NUMERAL_CARD_SCALE)) != 0)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("%s: it takes its input in another way than %s"), paths[i], paths[0]);
          return NULL;
        }
    }
  return g_steal_pointer (&models);
}

static gboolean
run (const Options *o, GError **error)
{
  g_autoptr (GPtrArray) models = load_all (o->words, error);
  g_autofree NnNetwork **networks = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GHashTable) card = NULL;
  g_autoptr (NumeralModel) mean = NULL;
  g_autoptr (GFile) file = NULL;

  if (models == NULL)
    return FALSE;
  networks = g_new (NnNetwork *, models->len);
  for (guint i = 0; i < models->len; i++)
    networks[i] = ((NumeralModel *) g_ptr_array_index (models, i))->network;
  network = nn_network_mean (networks, models->len, error);
  if (network == NULL)
    return FALSE;
  card = make_card (models, o->words);
  mean = numeral_model_new (network, NULL, card);
  file = g_file_new_for_path (o->out);
  return numeral_model_save (mean, file, o->half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                             error);
}

int
cli_average (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, N_ ("Write the mean here (required)"),
      N_ ("FILE") },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o.half, N_ ("Store the weights as float16"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL, N_ ("MODEL...") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Writes the mean of the weights of several models, of which each was trained from another\n"
       "or all from the same one: it reads what each of them has learned."),
    NULL,
    entries,
    NULL,
  };
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (o.out == NULL)
    return cli_usage_error (VERB, _ ("--out is missing"));
  if (o.words == NULL || g_strv_length (o.words) < 2)
    return cli_usage_error (VERB, _ ("at least two models are expected"));
  if (run (&o, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
