/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>

#include "cli-data-report.h"
#include "cli-interrupt.h"
#include "cli-left-out.h"
#include "cli-load.h"
#include "cli-output.h"
#include "cli-train-data.h"
#include "cli-train-generative.h"
#include "cli-train-options.h"
#include "cli-train-run.h"
#include "cli-train-save.h"
#include "cli-train-summary.h"
#include "cli-verbs.h"
#include "numeral-model-file.h"
#include "numeral-run-record.h"

/* Writes the model and prints the summary of the run. */
static gboolean
write_model (const CliTrainOptions *options,
             const NumeralRunData *data,
             NumeralSession *session,
             const NumeralModel *model,
             GError **error)
{
  g_auto (CliTrainSummary) summary = { NULL };

  if (!cli_train_save (model, options->out, options->half, error))
    return FALSE;
  if (options->quiet && !options->json)
    return TRUE;
  if (!cli_train_summary_init (&summary, options, data, model, session, error))
    return FALSE;
  if (options->json)
    cli_train_summary_print_json (&summary);
  else
    cli_train_summary_print_text (&summary);
  return TRUE;
}

/* Adds to the message of a diverged run what happened to its weights. */
static void
explain_divergence (GError **error,
                    const CliTrainOptions *options,
                    const NumeralSession *session,
                    const NumeralModel *model)
{
  NumeralSessionFigures figures;

  numeral_session_get_figures (session, &figures);
  if (model == NULL)
    g_prefix_error (error, _ ("training stopped in epoch %u and no model was written: "),
                    figures.n_epochs);
  else
    g_prefix_error (error, _ ("training stopped in epoch %u, %s is the model of epoch %u: "),
                    figures.n_epochs, options->out, figures.best_epoch);
}

/* @files: (nullable): of --checkpoint; a run that 0.1.0 began without --config held out single
 *   samples and not whole writers, and continues with these */
static NumeralRunData *
load_data (const CliTrainOptions *options,
           const NumeralRunFiles *files,
           const NumeralModel *model,
           GError **error)
{
  const NumeralRunSplit split = {
    .share = options->config.validation,
    .seed = options->config.seed,
    .writers = options->writers,
    .samples = files != NULL && !files->has_curve,
  };
  const NumeralSourceRequest request = { .lazy = TRUE };
  NumeralRunFeed feed = { model, 0, NUMERAL_TURN_UNKNOWN };
  g_autoptr (NumeralRunConfig) run = NULL;
  NumeralRunData *data;

  if (options->run == NULL)
    return cli_train_data_load_without ((const char *const *) options->data, &split, model,
                                        options->left_out, error);
  run = numeral_run_config_copy (options->run);
  run->train = options->config;
  if (options->left_out != NULL)
    {
      g_free (run->left_out);
      run->left_out = g_strdup (options->left_out);
    }
  data = numeral_run_data_load_fed (run, &request, &feed, error);
  for (guint i = 0; data != NULL && i < data->parts->len; i++)
    {
      const NumeralRunPart *part = g_ptr_array_index (data->parts, i);

      cli_data_report_print (part->report, part->name);
    }
  return data;
}

/* The model that the run goes on from: the best one beside its checkpoint, or that of --initial.
 * %NULL without @error for a new run. */
static NumeralModel *
load_model (const CliTrainOptions *options, const NumeralRunFiles *files, GError **error)
{
  g_autoptr (GFile) best = files != NULL ? numeral_run_files_get (files, NUMERAL_BEST_FILE) : NULL;
  NumeralModel *model = best != NULL ? numeral_model_load (best, NULL, NULL) : NULL;

  if (model != NULL)
    return model;
  return options->initial != NULL ? cli_load_model (options->initial, error) : NULL;
}

static NumeralSession *
begin (const CliTrainOptions *options,
       const NumeralRunData *data,
       const NumeralRunFiles *files,
       const NumeralModel *initial,
       const char *more_settings,
       GError **error)
{
  NumeralSessionSetup setup;
  NumeralSession *session;

  numeral_session_setup_init (&setup, &options->config, data);
  setup.files = files;
  setup.name = options->name;
  setup.licence = options->licence;
  setup.more_settings = more_settings;
  if (options->initial != NULL)
    setup.initial = initial->network;
  session = numeral_session_new (&setup, error);
  if (session == NULL && g_error_matches (*error, NN_ERROR, NN_ERROR_SHAPE) &&
      options->initial != NULL)
    g_prefix_error (error, "%s: ", options->initial);
  return session;
}

/* Trains to the end and writes the model. */
static gboolean
run (const CliTrainOptions *options,
     const NumeralRunData *data,
     NumeralSession *session,
     NumeralRunLog *log,
     GError **error)
{
  g_autoptr (GError) diverged = NULL;
  g_autoptr (NumeralModel) model = NULL;

  cli_interrupt_catch ();
  cli_train_run (session, options->config.epochs, options->quiet, log, &diverged);
  model = numeral_session_make_model (session, options->keep_last);
  if (model != NULL && !write_model (options, data, session, model, error))
    return FALSE;
  if (diverged == NULL)
    return log == NULL || numeral_run_log_finish (log, error);
  explain_divergence (&diverged, options, session, model);
  g_propagate_error (error, g_steal_pointer (&diverged));
  return FALSE;
}

static gboolean
train (const CliTrainOptions *options, GError **error)
{
  g_autofree char *more_settings = cli_train_options_more (options);
  g_autoptr (NumeralRunFiles) files = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (NumeralSession) session = NULL;
  g_autoptr (NumeralRunLog) log = NULL;

  if (!cli_train_check_out (options->out, error))
    return FALSE;
  if (options->checkpoint != NULL)
    files = numeral_run_files_new_for_checkpoint (options->checkpoint);
  model = load_model (options, files, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  data = load_data (options, files, model, error);
  if (data == NULL)
    return FALSE;
  if (options->config.patience > 0 && data->validation == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--patience needs samples for validation, and there are none"));
      return FALSE;
    }
  session = begin (options, data, files, model, more_settings, error);
  if (session == NULL)
    return FALSE;
  if (options->log != NULL)
    {
      log = numeral_run_log_open (options->log, numeral_session_get_step (session), error);
      if (log == NULL)
        return FALSE;
    }
  return run (options, data, session, log, error);
}

int
cli_train (int argc, char **argv)
{
  g_auto (CliTrainOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (cli_train_generative_is_wanted (argc, argv))
    return cli_train_generative (argc, argv);
  if (!cli_train_options_parse (&options, argc, argv, &status))
    return status;
  if (options.left_out_path != NULL)
    options.left_out = cli_left_out_load (options.left_out_path, &error);
  if (error == NULL && train (&options, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return error->domain == G_OPTION_ERROR ? CLI_USAGE : CLI_FAILED;
}
