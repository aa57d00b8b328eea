/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-generator-file.h"
#include "numeral-model-c.h"
#include "numeral-model-file.h"

#define VERB "convert"

/* The options. */
typedef struct
{
  char **words;
  char *architecture;
  NumeralSaveFlags flags;
} Wanted;

/* A generator of digits. */
static gboolean
convert_generator (const Wanted *wanted, GFile *from, GFile *to, GError **error)
{
  g_autoptr (NumeralGenerator) generator = numeral_generator_load (from, NULL, error);

  return generator != NULL && numeral_generator_save (generator, to, wanted->flags, NULL, error);
}

static gboolean
run (const Wanted *wanted, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_commandline_arg (wanted->words[0]);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (wanted->words[1]);
  g_autoptr (NumeralModel) model = NULL;

  if (wanted->architecture == NULL && numeral_generator_is_file (from))
    return convert_generator (wanted, from, file, error);
  model = wanted->architecture != NULL ?
              numeral_model_load_as (from, wanted->architecture, NULL, error) :
              cli_load_model (wanted->words[0], error);
  return model != NULL && numeral_model_save (model, file, wanted->flags, NULL, error);
}

int
cli_convert (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *architecture = NULL;
  gboolean half = FALSE, centre = FALSE;
  const NumeralModelFormat *format;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = numeral_model_format_dup_names (FALSE);
  const GOptionEntry entries[] = {
    { "half", 0, 0, G_OPTION_ARG_NONE, &half, N_ ("Store the weights as float16"), NULL },
    { "centre", 0, 0, G_OPTION_ARG_NONE, &centre,
      N_ ("In C: also a function that places the digit of any picture as in MNIST"), NULL },
    { "architecture", 0, 0, G_OPTION_ARG_STRING, &architecture,
      N_ ("The network, such as 28x28-conv5x5x8-pool2-10, if MODEL has weights alone"),
      /* Translators: stands for the text form of a network in the help */
      N_ ("NETWORK") },
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
  if (run (&(Wanted){ words, architecture,
                      (half ? NUMERAL_SAVE_HALF : 0) | (centre ? NUMERAL_SAVE_CENTRE : 0) },
           &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
