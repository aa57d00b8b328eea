/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-held-out.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-output.h"
#include "cli-train-data.h"
#include "cli-verbs.h"
#include "nn-error.h"

#define N_ENTRIES 4

/* Sets the defaults of train. @entries: [N_ENTRIES] (out): the options, which write into @held_out;
 * the last is empty, as CliOptions has it. */
static void
init (CliHeldOut *held_out, GOptionEntry *entries)
{
  const GOptionEntry ours[N_ENTRIES] = {
    { "validation", 0, 0, G_OPTION_ARG_DOUBLE, &held_out->split.share,
      N_ ("Share of each data set that train held out for validation (default 0.1)"),
      N_ ("SHARE") },
    { "validation-writers", 0, 0, G_OPTION_ARG_STRING, &held_out->writers_text,
      N_ ("The writers of UNIPEN files that train held out for validation"), N_ ("N,N,...") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &held_out->seed_text, N_ ("The seed of train (default 1)"),
      N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };

  *held_out = (CliHeldOut){ .split = { .share = 0.1, .seed = 1 } };
  memcpy (entries, ours, sizeof ours);
}

/* Parses and checks the options, and reports an error. Returns CLI_OK or CLI_USAGE. */
static int
check (CliHeldOut *held_out, const char *verb)
{
  g_autoptr (GError) error = NULL;

  if (!(held_out->split.share >= 0 && held_out->split.share < 1))
    return cli_usage_error (verb, _ ("--validation is at least 0 and below 1"));
  if (held_out->seed_text != NULL &&
      !g_ascii_string_to_unsigned (held_out->seed_text, 10, 0, G_MAXUINT64, &held_out->split.seed,
                                   &error))
    return cli_usage_error (verb, "--seed: %s", error->message);
  if (held_out->writers_text != NULL)
    {
      held_out->writers = cli_parse_list (held_out->writers_text, G_MAXUINT32, &error);
      if (held_out->writers == NULL)
        return cli_usage_error (verb, "--validation-writers: %s", error->message);
      held_out->split.writers = held_out->writers;
    }
  return CLI_OK;
}

int
cli_held_out_main (const CliHeldOutVerb *verb, const CliOptions *options, int argc, char **argv)
{
  GOptionEntry entries[N_ENTRIES];
  CliOptions all = *options;
  g_autoptr (GError) error = NULL;
  int status;

  init (verb->held_out, entries);
  all.shared = entries;
  if (!cli_options_parse (&all, argc, argv, &status))
    return status;
  status = verb->check (verb->options);
  if (status == CLI_OK)
    status = check (verb->held_out, options->verb);
  if (status != CLI_OK)
    return status;
  if (verb->run (verb->options, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}

NumeralRunData *
cli_held_out_load (const CliHeldOut *held_out,
                   char *const *data_sets,
                   const NumeralModel *model,
                   GError **error)
{
  g_autoptr (NumeralRunData) data =
      cli_train_data_load ((const char *const *) data_sets, &held_out->split, model, error);

  if (data == NULL || data->validation != NULL)
    return g_steal_pointer (&data);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                       _ ("none of the data sets has validation samples"));
  return NULL;
}

void
cli_held_out_clear (CliHeldOut *held_out)
{
  g_clear_pointer (&held_out->writers, g_array_unref);
  g_clear_pointer (&held_out->seed_text, g_free);
  g_clear_pointer (&held_out->writers_text, g_free);
}
