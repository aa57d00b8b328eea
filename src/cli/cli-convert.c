/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-model-c.h"
#include "numeral-model-file.h"

#define VERB "convert"

static gboolean
run (char **words, NumeralSaveFlags flags, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (words[0], error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (words[1]);

  return model != NULL && numeral_model_save (model, file, flags, NULL, error);
}

int
cli_convert (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  gboolean half = FALSE, centre = FALSE;
  const NumeralModelFormat *format;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = numeral_model_format_dup_names (FALSE);
  const GOptionEntry entries[] = {
    { "half", 0, 0, G_OPTION_ARG_NONE, &half, N_ ("Store the weights as float16"), NULL },
    { "centre", 0, 0, G_OPTION_ARG_NONE, &centre,
      N_ ("In C: also a function that places the digit of any picture as in MNIST"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, N_ ("MODEL OUT") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB, _ ("Writes a model in another format, which the suffix of OUT names."), NULL, entries,
    NULL,
  };
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (words == NULL || g_strv_length (words) != 2)
    return cli_usage_error (VERB, _ ("a model and the file to write are expected"));
  format = numeral_model_format_for_name (words[1]);
  if (format == NULL)
    return cli_usage_error (VERB, _ ("%s: the suffix is not that of a format of models (%s)"),
                            words[1], names);
  if (centre && format != &numeral_model_c)
    return cli_usage_error (VERB, _ ("--centre is for a file of C (%s)"), "digit.c");
  if (run (words, (half ? NUMERAL_SAVE_HALF : 0) | (centre ? NUMERAL_SAVE_CENTRE : 0), &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
