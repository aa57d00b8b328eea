/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-adapt-case.h"
#include "cli-adapt-print.h"
#include "cli-data-report.h"
#include "cli-dataset.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-error.h"
#include "numeral-model-data.h"
#include "numeral-model-file.h"

#define VERB "adapt"

/* Samples of each class with --writers, unless --per-class says otherwise. */
#define PER_CLASS 3

typedef struct
{
  char **words;
  char *samples, *out, *seed_text;
  int writers, per_class;
  guint64 seed;
  gboolean half, json;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_free (o->samples);
  g_free (o->out);
  g_free (o->seed_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
model_path (const Options *o)
{
  return o->words != NULL ? o->words[0] : NULL;
}

static NnDataset *
load_samples (const Options *o, const NumeralModel *model, GError **error)
{
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  const NumeralDataRequest request = { .split = NUMERAL_SPLIT_TRAIN, .report = report };
  g_autoptr (NnDataset) dataset = cli_dataset_load (o->samples, &request, error);

  if (dataset == NULL)
    return NULL;
  cli_data_report_print (report, o->samples);
  if (numeral_model_adapt_data (model, dataset, error))
    return g_steal_pointer (&dataset);
  g_prefix_error (error, "%s: ", o->samples);
  return NULL;
}

/* MNIST's training split, where it is found. */
static gboolean
load_others (NnDataset **others, GError **error)
{
  g_autofree char *path = numeral_data_find_mnist ();

  if (path == NULL)
    return TRUE;
  *others = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, error);
  return *others != NULL;
}

static gboolean
save (const Options *o, const NumeralModel *model, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (o->out);

  return numeral_model_save (model, file, o->half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                             error);
}

static gboolean
adapt_one (const Options *o,
           const NumeralAdaptRequest *request,
           NnDataset *samples,
           const char *everybody,
           GError **error)
{
  g_autoptr (CliAdaptCase) self =
      cli_adapt_case_new (request, samples, (guint) MAX (o->per_class, 0), error);

  if (self == NULL)
    {
      g_prefix_error (error, "%s: ", o->samples);
      return FALSE;
    }
  if (self->adaptation->keep && !save (o, self->adaptation->model, error))
    return FALSE;
  cli_adapt_print (self, everybody, o->json);
  if (self->adaptation->keep)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
               _ ("the adapted model is not better than the one before; %s was not written"),
               o->out);
  return FALSE;
}

static gboolean
adapt_writers (const Options *o,
               const NumeralAdaptRequest *request,
               NnDataset *samples,
               const char *everybody,
               GError **error)
{
  g_autoptr (GPtrArray) cases =
      cli_adapt_cases_new (request, samples, o->samples, (guint) o->writers,
                           o->per_class >= 0 ? (guint) o->per_class : PER_CLASS, error);
  const NumeralAdaptation *last;

  if (cases == NULL)
    return FALSE;
  last = ((CliAdaptCase *) g_ptr_array_index (cases, cases->len - 1))->adaptation;
  if (o->out != NULL && !save (o, last->keep ? last->model : request->model, error))
    return FALSE;
  cli_adapt_print_writers (cases, everybody, o->json);
  return TRUE;
}

static gboolean
run (const Options *o, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_digit_model (model_path (o), error);
  g_autoptr (NnDataset) samples = NULL, others = NULL;
  g_autofree char *name = NULL;
  NumeralAdaptRequest request = { .seed = o->seed };
  const char *everybody;

  if (model == NULL)
    return FALSE;
  samples = load_samples (o, model, error);
  if (samples == NULL || !load_others (&others, error))
    return FALSE;
  everybody = others != NULL ? "mnist" : "generated";
  name = model_path (o) != NULL ? g_path_get_basename (model_path (o)) : NULL;
  request.model = model;
  request.name = name;
  request.others = others;
  return o->writers > 0 ? adapt_writers (o, &request, samples, everybody, error) :
                          adapt_one (o, &request, samples, everybody, error);
}

static int
check (Options *o)
{
  g_autoptr (GError) error = NULL;

  if (o->words != NULL && g_strv_length (o->words) != 1)
    return cli_usage_error (VERB, _ ("at most one model is expected"));
  if (o->samples == NULL)
    return cli_usage_error (VERB, _ ("--samples is missing"));
  if (o->writers != -1 && o->writers < 1)
    return cli_usage_error (VERB, _ ("--writers is at least 1"));
  if (o->per_class != -1 && o->per_class < 1)
    return cli_usage_error (VERB, _ ("--per-class is at least 1"));
  if (o->out == NULL && o->writers < 0)
    return cli_usage_error (VERB, _ ("--out is missing"));
  if (o->seed_text != NULL &&
      !g_ascii_string_to_unsigned (o->seed_text, 10, 0, G_MAXUINT64, &o->seed, &error))
    return cli_usage_error (VERB, "--seed: %s", error->message);
  return CLI_OK;
}

int
cli_adapt (int argc, char **argv)
{
  g_auto (Options) o = { .writers = -1, .per_class = -1, .seed = 1 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "samples", 0, 0, G_OPTION_ARG_FILENAME, &o.samples,
      N_ ("The data set of one's own digits (required)"), N_ ("DATASET") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &o.out,
      N_ ("Write the adapted model here (required without --writers)"), N_ ("FILE") },
    { "writers", 0, 0, G_OPTION_ARG_INT, &o.writers,
      N_ ("Adapt to N writers of the data set, each by itself, to measure"), N_ ("N") },
    { "per-class", 0, 0, G_OPTION_ARG_INT, &o.per_class,
      N_ ("Learn from K samples of each digit, test on the others (default with --writers 3)"),
      N_ ("K") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o.seed_text,
      N_ ("Seed of the random numbers (default 1)"), N_ ("N") },
    { "half", 0, 0, G_OPTION_ARG_NONE, &o.half, N_ ("Store the weights as float16"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL, N_ ("[MODEL]") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    VERB,
    _ ("Adapts a model to one person's handwriting, with a few samples and in seconds, and prints\n"
       "how well it reads that hand and everybody's digits before and after. A model that is not\n"
       "better is not written."),
    _ ("Without MODEL, the one that ships is adapted. Everybody's digits are MNIST's training\n"
       "images, where they are found, and generated ones."),
    entries,
    NULL,
  };
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  status = check (&o);
  if (status != CLI_OK)
    return status;
  if (run (&o, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
