/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-data-report.h"
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
#include "nn-evaluate.h"
#include "numeral-batch.h"
#include "numeral-data.h"
#include "numeral-model-data.h"
#include "numeral-run-split.h"
#include "numeral-upright.h"

/* The result. @data: what the data set left out. @novelty: whether the model measures novelty;
 * @n_refused: number of samples refused as non-digits. @compared: if it has a comparison;
 * @suspects: (nullable) (element-type NnSuspect). */
typedef struct
{
  NumeralBatch *batch;
  NnEvaluation *evaluation;
  NumeralDataReport *data;
  gsize n_rejected;
  gboolean novelty;
  gsize n_refused;
  CliComparison compared;
  GArray *suspects;
} Report;

static void
report_clear (Report *report)
{
  g_clear_pointer (&report->batch, numeral_batch_free);
  g_clear_pointer (&report->evaluation, nn_evaluation_free);
  g_clear_pointer (&report->data, numeral_data_report_free);
  cli_comparison_clear (&report->compared);
  g_clear_pointer (&report->suspects, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, report_clear)

static void
print_reliability (const NnEvaluation *evaluation, CliJson *json)
{
  cli_json_key (json, "reliability");
  cli_json_begin_array (json);
  for (guint b = 0; b < NN_ECE_BINS; b++)
    {
      const NnReliability *bin = &evaluation->reliability[b];

      cli_json_begin_object (json);
      cli_json_key (json, "count");
      cli_json_uint (json, bin->count);
      cli_json_key (json, "confidence");
      cli_json_double (json, bin->confidence);
      cli_json_key (json, "accuracy");
      cli_json_double (json, bin->accuracy);
      cli_json_key (json, "interval");
      cli_interval_json (bin->interval, json);
      cli_json_end_object (json);
    }
  cli_json_end_array (json);
}

static void
print_json (const Report *report)
{
  const NnEvaluation *evaluation = report->evaluation;
  g_auto (CliJson) json = { NULL, FALSE };
  guint k = evaluation->n_classes;

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "count");
  cli_json_uint (&json, evaluation->count);
  cli_json_key (&json, "rejected");
  cli_json_uint (&json, report->n_rejected);
  cli_json_key (&json, "refused");
  if (report->novelty)
    cli_json_uint (&json, report->n_refused);
  else
    cli_json_null (&json);
  cli_json_key (&json, "accuracy");
  cli_json_double (&json, evaluation->accuracy);
  cli_json_key (&json, "interval");
  cli_interval_json (evaluation->interval, &json);
  cli_json_key (&json, "loss");
  cli_json_double (&json, evaluation->loss);
  cli_json_key (&json, "ece");
  cli_json_double (&json, evaluation->ece);
  print_reliability (evaluation, &json);
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
  cli_json_key (&json, "data");
  cli_data_report_json (report->data, &json);
  if (report->compared.comparison != NULL)
    {
      cli_json_key (&json, "compare");
      cli_comparison_json (&report->compared, &json);
    }
  if (report->suspects != NULL)
    {
      cli_json_key (&json, "mislabelled");
      cli_suspects_json (report->suspects, &json);
    }
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static void
print_text (const Report *report)
{
  const NnEvaluation *evaluation = report->evaluation;
  guint k = evaluation->n_classes;

  cli_print (_ ("samples   %zu\n"), evaluation->count);
  if (report->n_rejected > 0)
    cli_print (_ ("rejected  %zu records or files\n"), report->n_rejected);
  cli_print (_ ("accuracy  %.2f %% (95 %% interval %.2f to %.2f %%)\n"), 100 * evaluation->accuracy,
             100 * evaluation->interval.low, 100 * evaluation->interval.high);
  cli_print (_ ("loss      %.5f\n"), evaluation->loss);
  cli_print (_ ("ECE       %.5f\n"), evaluation->ece);
  if (report->novelty)
    cli_print (_ ("refused   %zu as no digits (%.2f %%), included in the accuracy\n"),
               report->n_refused,
               100.0 * (double) report->n_refused / (double) MAX (evaluation->count, 1));

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
  if (report->compared.comparison != NULL)
    cli_comparison_print (&report->compared);
  if (report->suspects != NULL)
    cli_suspects_print (report->suspects);
}

static gsize
count_refused (const NumeralNovelty *novelty, const double *log_odds, gsize n)
{
  gsize n_refused = 0;

  for (gsize i = 0; i < n; i++)
    n_refused += numeral_novelty_from_log_odds (log_odds[i]) > novelty->threshold;
  return n_refused;
}

/* @path: "mnist" is the MNIST that the program finds, unless there is such a file
 * @writers: (nullable): measure the samples of these writers only */
static NnDataset *
load (const char *path, NumeralSplit split, const GArray *writers, Report *report, GError **error)
{
  const NumeralDataRequest request = { .split = split,
                                       .n_rejected = &report->n_rejected,
                                       .report = report->data };
  g_autofree char *mnist = g_str_equal (path, "mnist") && !g_file_test (path, G_FILE_TEST_EXISTS) ?
                               numeral_data_find_mnist () :
                               NULL;
  g_autoptr (NnDataset) dataset =
      numeral_upright_load_path (mnist != NULL ? mnist : path, &request, error);

  if (dataset == NULL || writers == NULL)
    return g_steal_pointer (&dataset);
  return numeral_run_split_writers (dataset, path, writers, NULL, error);
}

static gboolean
evaluate (const NumeralModel *model,
          const char *path,
          const NnDataset *dataset,
          Report *report,
          GError **error)
{
  report->batch = numeral_batch_new (model, dataset, NULL, NULL, NULL, error);
  report->evaluation = report->batch != NULL ? nn_evaluate_logits (model->network, dataset,
                                                                   report->batch->logits, error) :
                                               NULL;
  if (report->evaluation == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  report->novelty = model->novelty != NULL;
  if (report->novelty)
    report->n_refused = count_refused (model->novelty, report->batch->novelty, dataset->n);
  return TRUE;
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

/* The other model may take its samples in another way, so they are read once more. */
static gboolean
compare (const Wanted *wanted,
         const char *path,
         NumeralSplit split,
         const GArray *writers,
         const NnDataset *dataset,
         Report *report,
         GError **error)
{
  g_autoptr (NumeralModel) other =
      cli_load_model_end (cli_load_model_begin (wanted->compare), error);
  g_auto (Report) unused = { .data = numeral_data_report_new () };
  g_autoptr (NnDataset) again = NULL;

  if (other == NULL)
    return FALSE;
  again = load (path, split, writers, &unused, error);
  if (again == NULL)
    return FALSE;
  if (numeral_model_adapt_data (other, again, error) &&
      cli_compare (&report->compared, dataset, report->batch->logits, report->batch->n_classes,
                   other, again, error))
    return TRUE;
  g_prefix_error (error, "%s: ", wanted->compare);
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
  g_auto (Report) report = { .data = numeral_data_report_new () };
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
  if (!numeral_model_adapt_data (model, dataset, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  if (wanted->disturbed)
    return cli_evaluate_disturbed (model->network, dataset, wanted->json, error);
  if (!evaluate (model, path, dataset, &report, error))
    return FALSE;
  if (wanted->mistakes != NULL &&
      !cli_evaluate_mistakes (model->network, dataset, report.batch->logits, wanted->mistakes,
                              error))
    return FALSE;
  if (wanted->compare != NULL && !compare (wanted, path, split, writers, dataset, &report, error))
    return FALSE;
  if (wanted->mislabelled && (report.suspects = cli_find_suspects (dataset, error)) == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
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
       "a UNIPEN file, a CSV or an ARFF file."),
    NULL,
    entries,
    NULL,
  };
  int status;

  return cli_options_parse (&options, argc, argv, &status) ? run (&wanted, paths) : status;
}
