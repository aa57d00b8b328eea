/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-data-report.h"
#include "cli-dataset.h"
#include "cli-evaluate-compare.h"
#include "cli-evaluate-disturbed.h"
#include "cli-evaluate-mistakes.h"
#include "cli-evaluate-numbers.h"
#include "cli-evaluate-suspects.h"
#include "cli-json.h"
#include "cli-load.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-verbs.h"
#include "numeral-data.h"
#include "numeral-evaluation-export.h"
#include "numeral-left-out.h"
#include "numeral-model-data.h"
#include "numeral-run-split.h"

/* The result. @data: what the data set left out. @other: @comparison: (nullable): of --compare;
 * @suspects: (nullable) (element-type NnSuspect); @identity: (nullable): of the samples, with
 * @suspects (numeral-left-out.h). @writers: (nullable) (element-type guint32): of the options. */
typedef struct
{
  NumeralEvaluation *evaluation;
  NumeralDataReport *data;
  gsize n_rejected;
  NumeralEvaluation *other;
  NnComparison *comparison;
  GArray *suspects;
  char *identity;
  const GArray *writers;
} Report;

static void
report_clear (Report *report)
{
  g_clear_pointer (&report->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&report->data, numeral_data_report_free);
  g_clear_pointer (&report->other, numeral_evaluation_unref);
  g_clear_pointer (&report->comparison, nn_comparison_free);
  g_clear_pointer (&report->suspects, g_array_unref);
  g_clear_pointer (&report->identity, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, report_clear)

static void
print_json (const Report *report)
{
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_take_members (&json, numeral_evaluation_to_json (report->evaluation));
  if (report->writers != NULL)
    {
      cli_json_key (&json, "writers");
      cli_json_begin_array (&json);
      for (guint i = 0; i < report->writers->len; i++)
        cli_json_uint (&json, g_array_index (report->writers, guint32, i));
      cli_json_end_array (&json);
    }
  cli_json_key (&json, "rejected");
  cli_json_uint (&json, report->n_rejected);
  cli_json_key (&json, "data");
  cli_data_report_json (report->data, &json);
  if (report->comparison != NULL)
    {
      cli_json_key (&json, "compare");
      cli_json_begin_object (&json);
      cli_json_take_members (&json, numeral_comparison_to_json (report->comparison, report->other));
      cli_json_end_object (&json);
    }
  if (report->suspects != NULL)
    {
      g_autoptr (JsonNode) suspects = json_node_new (JSON_NODE_ARRAY);

      cli_json_key (&json, "identity");
      cli_json_string (&json, report->identity);
      json_node_take_array (suspects, numeral_suspects_to_json (report->suspects));
      cli_json_key (&json, "mislabelled");
      cli_json_node (&json, suspects);
    }
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const Report *report)
{
  const NnEvaluation *evaluation = report->evaluation->figures;
  const gsize n_refused = report->evaluation->n_refused;
  guint k = evaluation->n_classes;

  cli_print (_ ("samples   %zu\n"), evaluation->count);
  if (report->n_rejected > 0)
    cli_print (_ ("rejected  %zu records or files\n"), report->n_rejected);
  cli_print (_ ("accuracy  %.2f %% (95 %% interval %.2f to %.2f %%)\n"), 100 * evaluation->accuracy,
             100 * evaluation->interval.low, 100 * evaluation->interval.high);
  cli_print (_ ("loss      %.5f\n"), evaluation->loss);
  cli_print (_ ("ECE       %.5f\n"), evaluation->ece);
  if (report->evaluation->novelty != NULL)
    cli_print (_ ("refused   %zu as no digits (%.2f %%), included in the accuracy\n"), n_refused,
               100.0 * (double) n_refused / (double) MAX (evaluation->count, 1));

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
  if (report->comparison != NULL)
    cli_comparison_print (report->comparison, report->other);
  if (report->suspects != NULL)
    cli_suspects_print (report->suspects);
}

/* @path: as cli_dataset_load() takes it
 * @writers: (nullable): measure the samples of these writers only */
static NnDataset *
load (const char *path, NumeralSplit split, const GArray *writers, Report *report, GError **error)
{
  const NumeralDataRequest request = { .split = split,
                                       .n_rejected = &report->n_rejected,
                                       .report = report->data };
  g_autoptr (NnDataset) dataset = cli_dataset_load (path, &request, error);

  if (dataset == NULL || writers == NULL)
    return g_steal_pointer (&dataset);
  return numeral_run_split_writers (dataset, path, writers, NULL, error);
}

/* The options of the command line. */
typedef struct
{
  char *model, *split, *writers, *gap, *failures, *mistakes, *compare;
  int length;
  gboolean disturbed, mislabelled, json;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->model);
  g_free (wanted->split);
  g_free (wanted->writers);
  g_free (wanted->gap);
  g_free (wanted->failures);
  g_free (wanted->mistakes);
  g_free (wanted->compare);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* The same samples with another model. */
static gboolean
compare (const char *path, NnDataset *dataset, Report *report, GError **error)
{
  g_autoptr (NumeralModel) other = cli_load_model_end (cli_load_model_begin (path), error);

  if (other == NULL)
    return FALSE;
  report->other = numeral_evaluation_new (other, dataset, NULL, NULL, error);
  if (report->other == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  report->comparison = numeral_evaluation_compare (report->evaluation, report->other);
  return TRUE;
}

/* Measures the model, and what else is wanted. */
static gboolean
evaluate (const Wanted *wanted,
          NumeralModel *model,
          const char *path,
          NnDataset *dataset,
          Report *report,
          GError **error)
{
  report->evaluation = numeral_evaluation_new (model, dataset, NULL, NULL, error);
  if (report->evaluation == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (wanted->mistakes != NULL &&
      !cli_evaluate_mistakes (report->evaluation, wanted->mistakes, error))
    return FALSE;
  if (wanted->compare != NULL && !compare (wanted->compare, dataset, report, error))
    return FALSE;
  if (!wanted->mislabelled)
    return TRUE;
  report->identity = numeral_data_identity (dataset);
  report->suspects = cli_find_suspects (report->evaluation->dataset, error);
  if (report->suspects == NULL)
    g_prefix_error (error, "%s: ", path);
  return report->suspects != NULL;
}

static gboolean
disturb (const Wanted *wanted,
         const NumeralModel *model,
         const char *path,
         NnDataset *dataset,
         GError **error)
{
  if (numeral_model_adapt_data (model, dataset, error))
    return cli_evaluate_disturbed (model->network, dataset, wanted->json, error);
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

static gboolean
measure (const Wanted *wanted,
         const char *path,
         NumeralSplit split,
         const GArray *writers,
         GError **error)
{
  CliModelLoad *loading = cli_load_model_begin (wanted->model);
  g_autoptr (GError) data_error = NULL;
  g_auto (Report) report = { .data = numeral_data_report_new (), .writers = writers };
  g_autoptr (NnDataset) dataset = load (path, split, writers, &report, &data_error);
  g_autoptr (NumeralModel) model = cli_load_model_end (loading, error);

  if (model == NULL)
    return FALSE;
  if (dataset == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&data_error));
      return FALSE;
    }
  cli_data_report_print (report.data, path);
  if (wanted->disturbed)
    return disturb (wanted, model, path, dataset, error);
  if (!evaluate (wanted, model, path, dataset, &report, error))
    return FALSE;
  if (wanted->json)
    print_json (&report);
  else
    print_text (&report);
  return TRUE;
}

/* Measures numbers of several digits, which have their own report. */
static int
measure_numbers (const Wanted *wanted, const char *path, const GArray *writers)
{
  g_autoptr (GError) error = NULL;
  CliNumbers numbers = { wanted->model,    path,         writers,
                         wanted->failures, wanted->json, numeral_numbers_config_default };

  if (wanted->length < 1 || wanted->length > NUMERAL_MAX_NUMBER)
    return cli_usage_error ("evaluate", _ ("--numbers is 1 to %d, not %d"), NUMERAL_MAX_NUMBER,
                            wanted->length);
  if (wanted->disturbed || wanted->mistakes != NULL || wanted->compare != NULL ||
      wanted->mislabelled)
    return cli_usage_error ("evaluate", _ ("--disturbed, --mistakes, --compare and --mislabelled "
                                           "do not go with --numbers"));
  numbers.config.length = (guint) wanted->length;
  if (wanted->gap != NULL && !cli_numbers_parse_gap (wanted->gap, &numbers.config, &error))
    return cli_usage_error ("evaluate", "--gap: %s", error->message);
  return cli_evaluate_numbers (&numbers);
}

/* @paths: (nullable): the data sets, of which there must be one */
static int
run (const Wanted *wanted, char **paths)
{
  g_autoptr (GArray) writers = NULL;
  g_autoptr (GError) error = NULL;
  NumeralSplit split = NUMERAL_SPLIT_TEST;

  if (paths == NULL || g_strv_length (paths) != 1)
    return cli_usage_error ("evaluate", _ ("exactly one data set is expected"));
  if (g_strcmp0 (wanted->split, "train") == 0)
    split = NUMERAL_SPLIT_TRAIN;
  else if (wanted->split != NULL && !g_str_equal (wanted->split, "test"))
    return cli_usage_error ("evaluate", _ ("--split is \"train\" or \"test\", not \"%s\""),
                            wanted->split);
  if (wanted->writers != NULL)
    {
      writers = cli_parse_list (wanted->writers, G_MAXUINT32, &error);
      if (writers == NULL)
        return cli_usage_error ("evaluate", "--writers: %s", error->message);
    }
  if (wanted->length != 0)
    return measure_numbers (wanted, paths[0], writers);
  if (wanted->gap != NULL || wanted->failures != NULL)
    return cli_usage_error ("evaluate", _ ("--gap and --failures go with --numbers"));
  if (wanted->disturbed && (wanted->compare != NULL || wanted->mislabelled))
    return cli_usage_error ("evaluate",
                            _ ("--compare and --mislabelled do not go with --disturbed"));

  if (measure (wanted, paths[0], split, writers, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}

int
cli_evaluate (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_auto (Wanted) wanted = { NULL };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &wanted.model,
      N_ ("Measure this model instead of the one that ships"), N_ ("FILE") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &wanted.split,
      N_ ("Part of a directory of IDX files or pictures: train or test (default test)"),
      N_ ("SPLIT") },
    { "writers", 0, 0, G_OPTION_ARG_STRING, &wanted.writers,
      N_ ("Only these writers of a UNIPEN file"), N_ ("N,N,...") },
    { "numbers", 0, 0, G_OPTION_ARG_INT, &wanted.length,
      N_ ("Measure numbers of N digits side by side, made of a UNIPEN file's digits"), N_ ("N") },
    { "gap", 0, 0, G_OPTION_ARG_STRING, &wanted.gap,
      N_ ("Gap between the digits of a number, in digit heights (default 0.1,0.45)"),
      N_ ("LOW,HIGH") },
    { "failures", 0, 0, G_OPTION_ARG_FILENAME, &wanted.failures,
      N_ ("Write the misread numbers into this folder, as InkML"), N_ ("FOLDER") },
    { "disturbed", 0, 0, G_OPTION_ARG_NONE, &wanted.disturbed,
      N_ ("Measure a UNIPEN file's digits drawn smaller, elsewhere, with other pens and rotated"),
      NULL },
    { "mistakes", 0, 0, G_OPTION_ARG_FILENAME, &wanted.mistakes,
      N_ ("Draw the misread samples into this PNG"), N_ ("FILE") },
    { "compare", 0, 0, G_OPTION_ARG_FILENAME, &wanted.compare,
      N_ ("Compare with this model on the same samples"), N_ ("FILE") },
    { "mislabelled", 0, 0, G_OPTION_ARG_NONE, &wanted.mislabelled,
      N_ ("Train networks on the data set, and list its samples whose labels are probably wrong"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wanted.json, N_ ("Print one JSON object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, N_ ("DATASET") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "evaluate",
    _ ("Measures a model on a data set: a directory of IDX files, of pictures or of InkML,\n"
       "a UNIPEN, CSV or ARFF file, or an archive of NumPy (.npz)."),
    NULL,
    entries,
    NULL,
  };
  int status;

  return cli_options_parse (&options, argc, argv, &status) ? run (&wanted, paths) : status;
}
