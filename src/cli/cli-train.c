/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "cli-interrupt.h"
#include "cli-load.h"
#include "cli-output.h"
#include "cli-train-card.h"
#include "cli-train-checkpoint.h"
#include "cli-train-config.h"
#include "cli-train-data.h"
#include "cli-train-options.h"
#include "cli-train-run.h"
#include "cli-verbs.h"
#include "numeral-model.h"

/* What would fail after an hour of training had better fail before it. */
static gboolean
check_out (const char *out, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (out);

  if (g_file_test (out, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("%s is a folder; --out names the file to write"), out);
      return FALSE;
    }
  if (access (directory, W_OK | X_OK) != 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (saved),
                   _ ("cannot write %s: %s: %s"), out, directory, g_strerror (saved));
      return FALSE;
    }
  return TRUE;
}

static gboolean
save (const CliCard *card, GError **error)
{
  g_autoptr (GHashTable) metadata = cli_card_metadata (card);
  g_autoptr (NumeralModel) model = numeral_model_new (card->result->network, metadata);
  g_autoptr (GFile) file = g_file_new_for_path (card->options->out);

  return numeral_model_save (model, file, card->options->half, NULL, error);
}

/* Measures, writes and tells of what is kept. */
static gboolean
finish (const CliTrainOptions *options,
        const CliTrainData *data,
        const CliTrainResult *result,
        GError **error)
{
  g_auto (CliCard) card = { NULL };

  if (!cli_card_init (&card, options, data, result, error) || !save (&card, error))
    return FALSE;
  if (options->json)
    cli_card_print_json (&card);
  else if (!options->quiet)
    cli_card_print_text (&card);
  return TRUE;
}

/* Says besides why a run diverged what became of it. */
static void
explain_divergence (GError **error, const CliTrainOptions *options, const CliTrainResult *result)
{
  if (result->network == NULL)
    g_prefix_error (error, _ ("training stopped in epoch %u and no model was written: "),
                    result->n_epochs);
  else
    g_prefix_error (error, _ ("training stopped in epoch %u, %s is the model of epoch %u: "),
                    result->n_epochs, options->out, result->best_epoch);
}

static CliTrainData *
load_data (const CliTrainOptions *options, GError **error)
{
  g_autoptr (NumeralRunConfig) run = NULL;

  if (options->run == NULL)
    return cli_train_data_load ((const char *const *) options->data, options->config.validation,
                                options->writers, options->config.seed, error);
  run = numeral_run_config_copy (options->run);
  run->train = options->config;
  return cli_train_config_load_data (run, error);
}

static gboolean
take_initial (NnTrainer *trainer, const char *path, GError **error)
{
  g_autoptr (NumeralModel) model = cli_load_model (path, error);

  if (model == NULL)
    return FALSE;
  if (nn_trainer_set_network (trainer, model->network, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

static gboolean
train (const CliTrainOptions *options, GError **error)
{
  g_autoptr (CliTrainData) data = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (CliLog) log = NULL;
  g_autoptr (CliCheckpoint) checkpoint = NULL;
  g_auto (CliTrainResult) result = { NULL };
  g_autoptr (GError) run_error = NULL;
  CliProgress progress;

  if (!check_out (options->out, error))
    return FALSE;
  data = load_data (options, error);
  if (data == NULL)
    return FALSE;
  if (options->config.patience > 0 && data->validation == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--patience needs samples for validation, and there are none"));
      return FALSE;
    }
  trainer = nn_trainer_new (&options->config, data->train, error);
  if (trainer == NULL)
    return FALSE;
  if (options->initial != NULL && !take_initial (trainer, options->initial, error))
    return FALSE;
  if (options->checkpoint != NULL)
    {
      checkpoint = cli_checkpoint_new (options->checkpoint);
      if (!cli_checkpoint_resume (checkpoint, trainer, error))
        return FALSE;
    }
  if (options->log != NULL &&
      (log = cli_log_open (options->log, nn_trainer_get_step (trainer), error)) == NULL)
    return FALSE;

  cli_progress_init (&progress, options->config.epochs, options->quiet);
  cli_interrupt_catch ();
  cli_train_run (trainer, data->validation, checkpoint, options->keep_last, &progress, log, &result,
                 &run_error);
  if (result.network != NULL && !finish (options, data, &result, error))
    return FALSE;
  if (run_error != NULL)
    {
      explain_divergence (&run_error, options, &result);
      g_propagate_error (error, g_steal_pointer (&run_error));
      return FALSE;
    }
  return log == NULL || cli_log_finish (log, error);
}

int
cli_train (int argc, char **argv)
{
  g_auto (CliTrainOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (!cli_train_options_parse (&options, argc, argv, &status))
    return status;
  if (train (&options, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return error->domain == G_OPTION_ERROR ? CLI_USAGE : CLI_FAILED;
}
