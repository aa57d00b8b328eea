/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-summary.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-data-report.h"
#include "cli-json.h"
#include "cli-output.h"

/* Evaluates a data set that may be %NULL. */
static gboolean
measure (const NnNetwork *network,
         const NnDataset *dataset,
         NnEvaluation **evaluation,
         GError **error)
{
  *evaluation = NULL;
  if (dataset == NULL)
    return TRUE;
  *evaluation = nn_evaluate (network, dataset, error);
  return *evaluation != NULL;
}

static void
free_evaluation (gpointer evaluation)
{
  if (evaluation != NULL)
    nn_evaluation_free (evaluation);
}

gboolean
cli_train_summary_init (CliTrainSummary *summary,
                        const CliTrainOptions *options,
                        const NumeralRunData *data,
                        const NumeralModel *model,
                        const NumeralSession *session,
                        GError **error)
{
  const NnNetwork *network = model->network;
  const char *best_epoch = numeral_model_get_metadata (model, "best_epoch");

  *summary = (CliTrainSummary){ .options = options, .data = data, .model = model };
  numeral_session_get_figures (session, &summary->figures);
  summary->stopped = numeral_session_end_name (numeral_session_get_end (session));
  summary->outcome = numeral_session_get_outcome (session);
  summary->explained = numeral_session_get_explained (session);
  summary->spent = numeral_session_get_spent (session, NN_CONVERSION_CLASSICAL);
  summary->spent_tight = numeral_session_get_spent (session, NN_CONVERSION_TIGHT);
  summary->best_epoch = (guint) g_ascii_strtoull (best_epoch, NULL, 10);
  summary->parts = g_ptr_array_new_with_free_func (free_evaluation);
  if (!measure (network, data->train, &summary->training, error) ||
      !measure (network, data->validation, &summary->validation, error))
    return FALSE;
  for (guint i = 0; i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);
      NnEvaluation *evaluation;

      if (!measure (network, part->validation, &evaluation, error))
        return FALSE;
      g_ptr_array_add (summary->parts, evaluation);
    }
  return TRUE;
}

void
cli_train_summary_clear (CliTrainSummary *summary)
{
  g_clear_pointer (&summary->training, nn_evaluation_free);
  g_clear_pointer (&summary->validation, nn_evaluation_free);
  g_clear_pointer (&summary->parts, g_ptr_array_unref);
}

static double
images_per_second (const NumeralSessionFigures *figures)
{
  return figures->seconds > 0 ? (double) figures->n_images / figures->seconds : 0;
}

void
cli_train_summary_print_text (const CliTrainSummary *summary)
{
  const NumeralSessionFigures *figures = &summary->figures;
  const NnTrainConfig *options = &summary->options->config;
  const char *outcome = numeral_outcome_describe (summary->outcome);

  cli_print (_ ("%s: epoch %u of %u kept, trained for %.1f s at %.0f images/s\n"),
             summary->options->out, summary->best_epoch, figures->n_epochs, figures->seconds,
             images_per_second (figures));
  if (!isnan (summary->explained))
    cli_print (ngettext ("input: %u principal component with %.1f %% of the variance\n",
                         "input: %u principal components with %.1f %% of the variance\n",
                         summary->options->config.pca),
               summary->options->config.pca, 100 * summary->explained);
  if (options->dp_noise > 0)
    cli_print (_ ("privacy: epsilon %.4f at delta %g (%.4f by the tighter conversion)\n"),
               summary->spent.epsilon, options->dp_delta, summary->spent_tight.epsilon);
  cli_print (_ ("training: loss %.4f, accuracy %.2f %%\n"), summary->training->loss,
             100 * summary->training->accuracy);
  for (guint i = 0; i < summary->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (summary->data->parts, i);
      const NnEvaluation *evaluation = g_ptr_array_index (summary->parts, i);

      if (part->n_rejected > 0)
        cli_print (_ ("%s: %zu records or files left out\n"), part->name, part->n_rejected);
      if (evaluation != NULL)
        cli_print (_ ("validation on %s: loss %.4f, accuracy %.2f %%\n"), part->name,
                   evaluation->loss, 100 * evaluation->accuracy);
    }
  if (outcome != NULL)
    /* Translators: %s is such as "no better than guessing" */
    cli_print (_ ("outcome: %s; another learning rate may help\n"), outcome);
}

static gsize
n_validation (const NumeralRunPart *part)
{
  return part->validation != NULL ? part->validation->n : 0;
}

static void
json_figures (CliJson *json, const NnEvaluation *evaluation)
{
  if (evaluation == NULL)
    {
      cli_json_null (json);
      return;
    }
  cli_json_begin_object (json);
  cli_json_key (json, "count");
  cli_json_uint (json, evaluation->count);
  cli_json_key (json, "loss");
  cli_json_double (json, evaluation->loss);
  cli_json_key (json, "accuracy");
  cli_json_double (json, evaluation->accuracy);
  cli_json_end_object (json);
}

static void
json_part (CliJson *json, const NumeralRunPart *part, const NnEvaluation *evaluation)
{
  cli_json_begin_object (json);
  cli_json_key (json, "source");
  cli_json_string (json, part->name);
  cli_json_key (json, "samples");
  cli_json_uint (json, part->train->n + n_validation (part));
  cli_json_key (json, "training_samples");
  cli_json_uint (json, part->train->n);
  cli_json_key (json, "repeat");
  cli_json_uint (json, part->repeat);
  cli_json_key (json, "rejected");
  cli_json_uint (json, part->n_rejected);
  cli_json_key (json, "data");
  cli_data_report_json (part->report, json);
  cli_json_key (json, "validation");
  json_figures (json, evaluation);
  cli_json_end_object (json);
}

void
cli_train_summary_print_json (const CliTrainSummary *summary)
{
  const NumeralSessionFigures *figures = &summary->figures;
  g_autofree char *architecture = nn_architecture_to_string (&summary->model->network->arch);
  g_auto (CliJson) json = { NULL, FALSE };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "model");
  cli_json_string (&json, summary->options->out);
  cli_json_key (&json, "architecture");
  cli_json_string (&json, architecture);
  cli_json_key (&json, "parameters");
  cli_json_uint (&json, summary->model->network->n_params);
  if (!isnan (summary->explained))
    {
      cli_json_key (&json, "pca");
      cli_json_uint (&json, summary->options->config.pca);
      cli_json_key (&json, "explained_variance");
      cli_json_double (&json, summary->explained);
    }
  if (summary->options->config.dp_noise > 0)
    {
      cli_json_key (&json, "epsilon");
      cli_json_double (&json, summary->spent.epsilon);
      cli_json_key (&json, "epsilon_tight");
      cli_json_double (&json, summary->spent_tight.epsilon);
      cli_json_key (&json, "delta");
      cli_json_double (&json, summary->options->config.dp_delta);
    }
  cli_json_key (&json, "stopped");
  cli_json_string (&json, summary->stopped);
  cli_json_key (&json, "outcome");
  if (numeral_outcome_name (summary->outcome) != NULL)
    cli_json_string (&json, numeral_outcome_name (summary->outcome));
  else
    cli_json_null (&json);
  cli_json_key (&json, "epochs");
  cli_json_uint (&json, figures->n_epochs);
  cli_json_key (&json, "best_epoch");
  cli_json_uint (&json, summary->best_epoch);
  cli_json_key (&json, "steps");
  cli_json_uint (&json, figures->step);
  cli_json_key (&json, "seconds");
  cli_json_double (&json, figures->seconds);
  cli_json_key (&json, "images_per_second");
  cli_json_double (&json, images_per_second (figures));
  cli_json_key (&json, "training");
  json_figures (&json, summary->training);
  cli_json_key (&json, "validation");
  json_figures (&json, summary->validation);
  cli_json_key (&json, "datasets");
  cli_json_begin_array (&json);
  for (guint i = 0; i < summary->parts->len; i++)
    json_part (&json, g_ptr_array_index (summary->data->parts, i),
               g_ptr_array_index (summary->parts, i));
  cli_json_end_array (&json);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}
