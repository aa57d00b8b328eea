/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-options.h"

#include <glib/gi18n.h>

#include "cli-options.h"
#include "cli-output.h"
#include "cli-setting-options.h"
#include "cli-train-config.h"
#include "cli-verbs.h"

#define VERB "train"
#define N_OPTIONS_MAX (NN_N_TRAIN_SETTINGS + 20)

/* Either of --hidden and --network takes the place of the other in a run of --config. */
static gboolean
take_one_network (NnTrainConfig *config, const CliSettingOptions *settings, GError **error)
{
  const char *hidden = cli_setting_options_text (settings, "hidden");
  const char *network = cli_setting_options_text (settings, "network");

  if (!cli_check_one_network (hidden, network, error))
    return FALSE;
  if (hidden != NULL)
    nn_setting_reset (nn_train_setting ("network"), config);
  return TRUE;
}

static gboolean
check (CliTrainOptions *o, const CliSettingOptions *settings, int *status)
{
  g_autoptr (GError) error = NULL;

  *status = 0;
  if (o->run != NULL && o->data != NULL)
    *status = cli_usage_error (VERB, _ ("--config says what to train on, so no data set is given"));
  else if (o->run != NULL && o->writers_text != NULL)
    *status = cli_usage_error (VERB, _ ("--config leaves no choice of --validation-writers"));
  else if (o->run == NULL && o->data == NULL)
    *status = cli_usage_error (VERB, _ ("no data set to train on was given"));
  else if (o->out == NULL || *o->out == '\0')
    *status = cli_usage_error (VERB, _ ("where should the model go? --out FILE is missing"));
  else if (!take_one_network (&o->config, settings, &error) ||
           !cli_setting_options_take (settings, &o->config, &error) ||
           !nn_train_config_validate (&o->config, &error))
    *status = cli_usage_error (VERB, "%s", error->message);
  else if (o->writers_text != NULL &&
           (o->writers = cli_parse_list (o->writers_text, G_MAXUINT32, &error)) == NULL)
    *status = cli_usage_error (VERB, "--validation-writers: %s", error->message);
  return *status == 0;
}

/* The preset "textbook", or the run of --config. */
static gboolean
take_defaults (CliTrainOptions *o, int argc, char **argv, int *status)
{
  g_autoptr (GError) error = NULL;

  o->run = cli_train_config_find (argc, argv, &error);
  if (error != NULL)
    {
      cli_error ("%s", error->message);
      *status = CLI_FAILED;
      return FALSE;
    }
  if (o->run != NULL)
    o->config = o->run->train;
  else
    nn_train_config_init (&o->config);
  return TRUE;
}

/* Appends @n entries; the last may be the empty entry. */
static void
append (GOptionEntry *all, guint *n_all, const GOptionEntry *entries, guint n)
{
  g_assert (*n_all + n <= N_OPTIONS_MAX);

  for (guint i = 0; i < n; i++)
    all[(*n_all)++] = entries[i];
}

static void
fill_entries (CliTrainOptions *o, CliSettingOptions *settings, GOptionEntry *all)
{
  const GOptionEntry first[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o->out, N_ ("Write the model here (required)"),
      N_ ("FILE") },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &o->config_path,
      N_ ("Train this run of the window; other options change it"), N_ ("RUN.json") },
  };
  const GOptionEntry others[] = {
    { "validation-writers", 0, 0, G_OPTION_ARG_STRING, &o->writers_text,
      N_ ("Keep these writers of UNIPEN files for validation"), N_ ("N,N,...") },
    { "left-out", 0, 0, G_OPTION_ARG_FILENAME, &o->left_out_path,
      N_ ("Leave out the samples that this file of evaluate --mislabelled --json lists"),
      N_ ("FILE") },
    { "keep-last", 0, 0, G_OPTION_ARG_NONE, &o->keep_last,
      N_ ("Write the last model, not the one with the best validation loss"), NULL },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o->half, N_ ("Store the weights as float16"), NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &o->name, N_ ("Name of the model, kept in its file"),
      N_ ("NAME") },
    { "licence", 0, 0, G_OPTION_ARG_STRING, &o->licence,
      N_ ("Licence of the model, kept in its file"), N_ ("TEXT") },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &o->log, N_ ("Record the run here as JSON lines"),
      N_ ("FILE") },
    { "checkpoint", 0, 0, G_OPTION_ARG_FILENAME, &o->checkpoint,
      N_ ("Save the run here, and resume it if it is already there"), N_ ("FILE") },
    { "initial", 0, 0, G_OPTION_ARG_FILENAME, &o->initial,
      N_ ("Start with the weights of this model instead of random ones"), N_ ("FILE") },
    { "generative", 0, 0, G_OPTION_ARG_STRING, &o->generative,
      N_ ("Train a generator of digits: gan; see --generative gan --help"), N_ ("KIND") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, N_ ("Show no progress and no summary"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, N_ ("Print the summary as one JSON object"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->data, NULL,
      N_ ("DATASET[:REPEAT]...") },
    G_OPTION_ENTRY_NULL,
  };
  guint n = 0;

  append (all, &n, first, G_N_ELEMENTS (first));
  g_assert (n + settings->n <= N_OPTIONS_MAX);
  cli_setting_options_fill (settings, all + n);
  n += settings->n;
  append (all, &n, others, G_N_ELEMENTS (others));
}

gboolean
cli_train_options_parse (CliTrainOptions *o, int argc, char **argv, int *status)
{
  g_auto (CliSettingOptions) settings = { NULL };
  GOptionEntry entries[N_OPTIONS_MAX];
  const CliOptions options = {
    VERB,
    _ ("Trains a model on directories of IDX files, UNIPEN, CSV, ARFF or NumPy files, and writes "
       "the\n"
       "one with the best validation loss. The data set generated:N is N digits written by the\n"
       "built-in generator of handwriting; gan:FILE:N is N digits of a trained generator, and\n"
       "gan:FILE:3=600,7=600 is 600 threes and 600 sevens."),
    _ ("DATASET:4 goes through a data set four times in each epoch. --augment names fields of\n"
       "rotation and shear (degrees), scale (share), shift, elastic and smoothness (pixels),\n"
       "stroke and ink (0 to 1, to 3): \"strong,rotation=10\". Ctrl+C stops and keeps the best\n"
       "model so far; a second one ends the program at once."),
    entries,
    NULL,
  };

  if (!take_defaults (o, argc, argv, status))
    return FALSE;
  cli_setting_options_init (&settings, nn_train_settings, NN_N_TRAIN_SETTINGS);
  fill_entries (o, &settings, entries);
  return cli_options_parse (&options, argc, argv, status) && check (o, &settings, status);
}

void
cli_train_options_clear (CliTrainOptions *options)
{
  g_clear_pointer (&options->run, numeral_run_config_free);
  g_strfreev (options->data);
  g_free (options->config_path);
  g_free (options->out);
  g_free (options->log);
  g_free (options->checkpoint);
  g_free (options->initial);
  g_free (options->name);
  g_free (options->licence);
  g_free (options->generative);
  g_free (options->writers_text);
  g_free (options->left_out_path);
  g_free (options->left_out);
  g_clear_pointer (&options->writers, g_array_unref);
}

char *
cli_train_options_more (const CliTrainOptions *options)
{
  GString *text = g_string_new (NULL);

  if (options->writers_text != NULL)
    g_string_append_printf (text, " --validation-writers %s", options->writers_text);
  if (options->initial != NULL)
    {
      g_autofree char *name = g_path_get_basename (options->initial);

      g_string_append_printf (text, " --initial %s", name);
    }
  if (options->left_out_path != NULL)
    {
      g_autofree char *name = g_path_get_basename (options->left_out_path);

      g_string_append_printf (text, " --left-out %s", name);
    }
  g_string_append_printf (text, "%s%s", options->keep_last ? " --keep-last" : "",
                          options->half ? " --half" : "");
  return g_string_free (text, FALSE);
}
