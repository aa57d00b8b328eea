/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-evaluate-disturbed.h"
#include "cli-evaluate-mistakes.h"
#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "nn-evaluate.h"

static void
print_json (const NnEvaluation *evaluation, gsize n_rejected)
{
  g_auto (CliJson) json = { NULL, FALSE };
  guint k = evaluation->n_classes;

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, evaluation->count);
  cli_json_key (&json, "rejected");
  cli_json_uint (&json, n_rejected);
  cli_json_key (&json, "accuracy");
  cli_json_double (&json, evaluation->accuracy);
  cli_json_key (&json, "loss");
  cli_json_double (&json, evaluation->loss);
  cli_json_key (&json, "ece");
  cli_json_double (&json, evaluation->ece);
  cli_json_key (&json, "per_class");
  cli_json_begin_array (&json);
  for (guint i = 0; i < k; i++)
    {
      cli_json_begin_object (&json);
      cli_json_key (&json, "digit");
      cli_json_uint (&json, i);
      cli_json_key (&json, "precision");
      cli_json_double (&json, evaluation->precision[i]);
      cli_json_key (&json, "recall");
      cli_json_double (&json, evaluation->recall[i]);
      cli_json_key (&json, "f1");
      cli_json_double (&json, evaluation->f1[i]);
      cli_json_key (&json, "support");
      cli_json_uint (&json, evaluation->support[i]);
      cli_json_end_object (&json);
    }
  cli_json_end_array (&json);
  cli_json_key (&json, "confusion");
  cli_json_begin_array (&json);
  for (guint i = 0; i < k; i++)
    {
      cli_json_begin_array (&json);
      for (guint j = 0; j < k; j++)
        cli_json_uint (&json, evaluation->confusion[(gsize) i * k + j]);
      cli_json_end_array (&json);
    }
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const NnEvaluation *evaluation, gsize n_rejected)
{
  guint k = evaluation->n_classes;

  cli_print (_ ("samples   %" G_GSIZE_FORMAT "\n"), evaluation->count);
  if (n_rejected > 0)
    cli_print (_ ("rejected  %" G_GSIZE_FORMAT " damaged records\n"), n_rejected);
  cli_print (_ ("accuracy  %.2f %%\n"), 100.0 * evaluation->accuracy);
  cli_print (_ ("loss      %.5f\n"), evaluation->loss);
  cli_print (_ ("ECE       %.5f\n"), evaluation->ece);

  cli_print (_ ("\nclass  precision    recall        F1   samples\n"));
  for (guint i = 0; i < k; i++)
    cli_print ("%5u  %9.4f %9.4f %9.4f %9" G_GSIZE_FORMAT "\n", i, evaluation->precision[i],
               evaluation->recall[i], evaluation->f1[i], evaluation->support[i]);

  cli_print (_ ("\nconfusion (rows: labels, columns: answers)\n%5s"), "");
  for (guint j = 0; j < k; j++)
    cli_print (" %6u", j);
  cli_print ("\n");
  for (guint i = 0; i < k; i++)
    {
      cli_print ("%5u", i);
      for (guint j = 0; j < k; j++)
        cli_print (" %6" G_GSIZE_FORMAT, evaluation->confusion[(gsize) i * k + j]);
      cli_print ("\n");
    }
}

/* @writers: (nullable): whose samples alone are wanted */
static NnDataset *
load (
    const char *path, NumeralSplit split, const GArray *writers, gsize *n_rejected, GError **error)
{
  g_autoptr (NnDataset) dataset = numeral_data_load (path, split, n_rejected, NULL, error);

  if (dataset == NULL || writers == NULL)
    return g_steal_pointer (&dataset);
  return cli_split_writers (dataset, path, writers, NULL, error);
}

typedef struct
{
  char *model, *mistakes;
  gboolean disturbed, json;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->model);
  g_free (wanted->mistakes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static gboolean
evaluate (
    const Wanted *wanted, const char *path, NnDataset *dataset, gsize n_rejected, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (wanted->model, error);
  g_autoptr (NnEvaluation) evaluation = NULL;

  if (model == NULL)
    return FALSE;
  if (wanted->disturbed)
    return cli_evaluate_disturbed (model->network, dataset, wanted->json, error);
  evaluation = nn_evaluate (model->network, dataset, error);
  if (evaluation == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (wanted->mistakes != NULL &&
      !cli_evaluate_mistakes (model->network, dataset, wanted->mistakes, error))
    return FALSE;
  if (wanted->json)
    print_json (evaluation, n_rejected);
  else
    print_text (evaluation, n_rejected);
  return TRUE;
}

int
cli_evaluate (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *split_name = NULL, *writers_text = NULL;
  g_auto (Wanted) wanted = { NULL };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &wanted.model,
      N_ ("Measure this model rather than the one that ships"), N_ ("FILE") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &split_name,
      N_ ("Which part of a directory of IDX files: train or test (default test)"), N_ ("SPLIT") },
    { "writers", 0, 0, G_OPTION_ARG_STRING, &writers_text,
      N_ ("Only these writers of a UNIPEN file"), N_ ("N,N,...") },
    { "disturbed", 0, 0, G_OPTION_ARG_NONE, &wanted.disturbed,
      N_ ("Measure a UNIPEN file's digits drawn smaller, elsewhere, with other pens and turned"),
      NULL },
    { "mistakes", 0, 0, G_OPTION_ARG_FILENAME, &wanted.mistakes,
      N_ ("Draw the samples that are read wrongly into this PNG"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wanted.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("DATASET") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "evaluate",
    _ ("Measures a model on a data set: a directory of IDX files, a UNIPEN file or a CSV file."),
    NULL,
    entries,
  };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GArray) writers = NULL;
  g_autoptr (GError) error = NULL;
  NumeralSplit split = NUMERAL_SPLIT_TEST;
  gsize n_rejected = 0;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  if (paths == NULL || g_strv_length (paths) != 1)
    return cli_usage_error (options.verb, _ ("exactly one data set is expected"));
  if (g_strcmp0 (split_name, "train") == 0)
    split = NUMERAL_SPLIT_TRAIN;
  else if (split_name != NULL && !g_str_equal (split_name, "test"))
    return cli_usage_error (options.verb, _ ("--split is \"train\" or \"test\", not \"%s\""),
                            split_name);
  if (writers_text != NULL)
    {
      writers = cli_parse_list (writers_text, G_MAXUINT32, &error);
      if (writers == NULL)
        return cli_usage_error (options.verb, "--writers: %s", error->message);
    }

  dataset = load (paths[0], split, writers, &n_rejected, &error);
  if (dataset != NULL && evaluate (&wanted, paths[0], dataset, n_rejected, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
