/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "cli-output.h"
#include "cli-unlock.h"
#include "cli-verbs.h"

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} Verb;

static const Verb verbs[] = {
  { "recognize", N_ ("Read the digits in images and ink files"), cli_recognize },
  { "explain", N_ ("Explain why a digit is read as it is"), cli_explain },
  { "evaluate", N_ ("Measure a model on a data set"), cli_evaluate },
  { "train", N_ ("Train a model"), cli_train },
  { "adapt", N_ ("Adapt a model to one person's handwriting"), cli_adapt },
  { "convert", N_ ("Write a model in another format"), cli_convert },
  { "compress", N_ ("Make a model smaller and faster"), cli_compress },
  { "average", N_ ("Average the weights of models"), cli_average },
  { "calibrate", N_ ("Calibrate the probabilities of a model"), cli_calibrate },
  { "novelty", N_ ("Measure how well a model tells digits from non-digits"), cli_novelty },
  { "project", N_ ("Find the principal components of a data set"), cli_project },
  { "model", N_ ("Show what is in a model file"), cli_model },
  { "generate", N_ ("Generate handwritten digits or non-digits"), cli_generate },
  { "handwriting", N_ ("Show and change the samples of your own handwriting"), cli_handwriting },
  { "protect", N_ ("Encrypt your own handwriting"), cli_protect },
  { "privacy", N_ ("Tell what differential privacy a training gives"), cli_privacy },
  { "bench", N_ ("Measure how fast this machine reads and learns"), cli_bench },
};

static void
print_help (void)
{
  cli_print ("%s\n  numeral-cli %s\n  numeral-cli --help | --version\n\n%s\n\n%s\n", _ ("Usage:"),
             _ ("VERB [OPTION...] [ARGUMENT...]"), _ ("Recognises handwritten digits."),
             _ ("Verbs:"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    cli_print ("  %-11s  %s\n", verbs[i].name, _ (verbs[i].summary));
  cli_print ("\n%s\n\n%s\n%s\n", _ ("\"numeral-cli VERB --help\" explains a verb."),
             _ ("Exit status: 0 for success, 1 for an error, 2 for a wrong command line."),
             _ ("Each error is one line on the standard error output."));
}

static int
dispatch (int argc, char **argv)
{
  const char *verb = argc > 1 ? argv[1] : NULL;

  if (verb == NULL)
    {
      cli_error (_ ("no verb given; \"numeral-cli --help\" lists them"));
      return CLI_USAGE;
    }
  if (g_str_equal (verb, "--help") || g_str_equal (verb, "-h"))
    {
      print_help ();
      return CLI_OK;
    }
  if (g_str_equal (verb, "--version"))
    {
      cli_print ("numeral-cli %s\n", PACKAGE_VERSION);
      return CLI_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verb, verbs[i].name))
      return verbs[i].run (argc - 1, argv + 1);

  if (verb[0] == '-')
    cli_error (_ ("unknown option \"%s\"; \"numeral-cli --help\" lists the verbs"), verb);
  else
    cli_error (_ ("unknown verb \"%s\"; \"numeral-cli --help\" lists them"), verb);
  return CLI_USAGE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("numeral-cli");
  cli_output_init ();
  cli_unlock_init ();
  return cli_output_finish (dispatch (argc, argv));
}
