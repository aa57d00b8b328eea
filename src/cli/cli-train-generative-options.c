/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-generative-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-options.h"
#include "cli-output.h"
#include "cli-setting-options.h"
#include "cli-verbs.h"
#include "nn-train-config.h"

#define VERB "train"
#define KIND "gan"
#define N_OPTIONS_MAX (NN_N_GAN_SETTINGS + 12)

/* Options of "train" that are not in a table and that a generator does not have. */
static const char *const others[] = { "config",    "validation-writers", "left-out",
                                      "keep-last", "checkpoint",         NULL };

/* An option of "train" that has no meaning here; %NULL if @argument is none. */
static const char *
find_foreign (const char *argument)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *name = NULL;

  if (!g_str_has_prefix (argument, "--"))
    return NULL;
  name = equals != NULL ? g_strndup (argument + 2, (gsize) (equals - argument - 2)) :
                          g_strdup (argument + 2);
  if (nn_settings_find (nn_gan_settings, NN_N_GAN_SETTINGS, name) != NULL)
    return NULL;
  for (guint i = 0; others[i] != NULL; i++)
    if (g_str_equal (others[i], name))
      return others[i];
  for (guint i = 0; i < NN_N_TRAIN_SETTINGS; i++)
    if (g_str_equal (nn_train_settings[i].name, name))
      return nn_train_settings[i].name;
  return NULL;
}

static gboolean
check_foreign (int argc, char **argv, int *status)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (find_foreign (argv[i]) != NULL)
      {
        *status = cli_usage_error (VERB,
                                   _ ("--%s is for networks that read digits, and not for "
                                      "--generative gan, which has --generator and "
                                      "--discriminator; \"train --generative gan --help\" lists "
                                      "its options"),
                                   find_foreign (argv[i]));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check (CliGenerativeOptions *o, const CliSettingOptions *settings, int *status)
{
  g_autoptr (GError) error = NULL;

  *status = 0;
  if (g_strcmp0 (o->kind, KIND) != 0)
    *status = cli_usage_error (VERB, _ ("--generative is \"gan\", not \"%s\""),
                               o->kind != NULL ? o->kind : "");
  else if (o->data == NULL)
    *status = cli_usage_error (VERB, _ ("no data set to train on was given"));
  else if (o->out == NULL || *o->out == '\0')
    *status = cli_usage_error (VERB, _ ("where should the model go? --out FILE is missing"));
  else if (!cli_setting_options_take (settings, &o->config, &error) ||
           !nn_gan_config_validate (&o->config, &error))
    *status = cli_usage_error (VERB, "%s", error->message);
  return *status == 0;
}

static void
fill_entries (CliGenerativeOptions *o, CliSettingOptions *settings, GOptionEntry *all)
{
  const GOptionEntry ours[] = {
    { "generative", 0, 0, G_OPTION_ARG_STRING, &o->kind, N_ ("Train a generator of digits: gan"),
      N_ ("KIND") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o->out, N_ ("Write the generator here (required)"),
      N_ ("FILE") },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o->half, N_ ("Store the weights as float16"), NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &o->name, N_ ("Name of the model, kept in its file"),
      N_ ("NAME") },
    { "licence", 0, 0, G_OPTION_ARG_STRING, &o->licence,
      N_ ("Licence of the model, kept in its file"), N_ ("TEXT") },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &o->log, N_ ("Record the run here as JSON lines"),
      N_ ("FILE") },
    { "initial", 0, 0, G_OPTION_ARG_FILENAME, &o->initial,
      N_ ("Go on with the two networks of this generator"), N_ ("FILE") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, N_ ("Show no progress and no summary"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, N_ ("Print the summary as one JSON object"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->data, NULL,
      N_ ("DATASET[:REPEAT]...") },
    G_OPTION_ENTRY_NULL,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (ours) + NN_N_GAN_SETTINGS <= N_OPTIONS_MAX);
  cli_setting_options_fill (settings, all);
  memcpy (all + settings->n, ours, sizeof ours);
}

gboolean
cli_generative_options_parse (CliGenerativeOptions *o, int argc, char **argv, int *status)
{
  g_auto (CliSettingOptions) settings = { NULL };
  GOptionEntry entries[N_OPTIONS_MAX];
  const CliOptions options = {
    VERB,
    _ ("Trains a generator of digits on a data set, and a discriminator that tells its digits "
       "from\n"
       "real ones (a conditional generative adversarial network), and writes both."),
    _ ("The data set gan:FILE:N is N digits that the generator in FILE makes, and\n"
       "gan:FILE:3=600,7=600 is 600 threes and 600 sevens. Ctrl+C stops and keeps the generator "
       "so\n"
       "far; a second one ends the program at once."),
    entries,
    NULL,
  };

  nn_gan_config_init (&o->config);
  cli_setting_options_init (&settings, nn_gan_settings, NN_N_GAN_SETTINGS);
  fill_entries (o, &settings, entries);
  return check_foreign (argc, argv, status) && cli_options_parse (&options, argc, argv, status) &&
         check (o, &settings, status);
}

void
cli_generative_options_clear (CliGenerativeOptions *options)
{
  g_strfreev (options->data);
  g_free (options->kind);
  g_free (options->out);
  g_free (options->log);
  g_free (options->initial);
  g_free (options->name);
  g_free (options->licence);
}
