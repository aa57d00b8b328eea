/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-trainer-run.h"

#include <math.h>

#include "nn-lazy.h"
#include "numeral-run-curve.h"
#include "numeral-run-lock.h"
#include "numeral-model-file.h"

gboolean
numeral_trainer_run_listen (NumeralTrainerRun *run)
{
  NumeralTrainerLink *link = run->link;
  gboolean another;

  numeral_trainer_link_lock (link);
  __atomic_store_n (&link->attention, 0, __ATOMIC_RELEASE);
  run->commands = link->commands;
  another = link->commands.next != NULL;
  if (!another)
    link->commands.scale = NAN;
  numeral_trainer_link_unlock (link);
  run->commands.next = NULL;
  run->commands.cancellable = NULL;

  if (another || run->commands.stop || run->commands.quit)
    return FALSE;
  if (!isnan (run->commands.scale) && run->session != NULL)
    {
      run->scale = run->commands.scale;
      numeral_session_set_learning_rate_scale (run->session, run->scale);
    }
  return TRUE;
}

void
numeral_trainer_run_set_status (NumeralTrainerRun *run, NumeralRunStatus status)
{
  g_autoptr (GError) error = NULL;
  NumeralRunFigures figures;

  numeral_run_record_get_figures (run->record, &figures);
  if (figures.status != status)
    {
      figures.status = status;
      numeral_run_record_set_figures (run->record, &figures);
      /* The next checkpoint tries again, and reports it. */
      if (!numeral_run_record_save (run->record, &error))
        g_message ("%s", error->message);
    }
  numeral_run_figures_clear (&figures);
}

static void
on_data_progress (double share, gpointer data)
{
  NumeralTrainerRun *run = data;

  numeral_trainer_link_lock (run->link);
  run->link->news.progress = share;
  numeral_trainer_link_announce (run->link);
  numeral_trainer_link_unlock (run->link);
}

static void
on_reducing (double share, gpointer data)
{
  NumeralTrainerRun *run = data;

  numeral_trainer_link_lock (run->link);
  run->link->news.reducing = TRUE;
  run->link->news.progress = share;
  numeral_trainer_link_announce (run->link);
  numeral_trainer_link_unlock (run->link);
}

static void
on_idle (gpointer data)
{
  NumeralTrainerLink *link = data;

  numeral_trainer_link_lock (link);
  numeral_trainer_link_command (link);
  numeral_trainer_link_unlock (link);
}

/* A run that has come to its end, or is only a model, is shown and not trained. */
static gboolean
begin_finished (NumeralTrainerRun *run, double epochs_done, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (run->record, NUMERAL_LAST_FILE);
  g_autoptr (NumeralModel) model = numeral_model_load (file, NULL, error);
  NumeralHistory *past;

  if (model == NULL)
    return FALSE;
  past = numeral_curve_read_folder (run->record->folder, NULL, error);
  if (past == NULL)
    return FALSE;
  numeral_trainer_run_publish_beginning (run, past);
  numeral_trainer_link_lock (run->link);
  run->link->news.progress = 1;
  run->link->news.epochs_done = epochs_done;
  g_clear_pointer (&run->link->news.network, nn_network_unref);
  run->link->news.network = nn_network_ref (model->network);
  numeral_trainer_link_unlock (run->link);
  run->end = NUMERAL_SESSION_FINISHED;
  return TRUE;
}

/* The window must not wait for the trainer to show some samples. */
static void
write_shown (const NnDataset *dataset)
{
  guint32 indices[NUMERAL_TRAINER_N_SHOWN];

  for (guint i = 0; i < NUMERAL_TRAINER_N_SHOWN; i++)
    indices[i] = i;
  if (dataset != NULL)
    nn_lazy_write (dataset, indices, MIN (dataset->n, NUMERAL_TRAINER_N_SHOWN), NULL);
}

/* A run that is resumed feeds its samples as before, and a new one keeps how. */
static NumeralRunData *
load_data (NumeralTrainerRun *run, const NumeralSourceRequest *request, GError **error)
{
  NumeralRunFigures figures;
  NumeralRunFeed feed = { NULL };
  NumeralRunData *data;

  numeral_run_record_get_figures (run->record, &figures);
  feed.scale = figures.input_scale;
  feed.turn = figures.turn;
  data = numeral_run_data_load_fed (run->record->config, request, &feed, error);
  figures.input_scale = feed.scale;
  figures.turn = feed.turn;
  if (data != NULL)
    numeral_run_record_set_figures (run->record, &figures);
  numeral_run_figures_clear (&figures);
  return data;
}

static gboolean
begin_training (NumeralTrainerRun *run, GCancellable *cancellable, GError **error)
{
  const NumeralSourceRequest request = {
    .lazy = TRUE,
    .cancellable = cancellable,
    .progress = on_data_progress,
    .user_data = run,
  };
  NumeralSessionSetup setup;

  run->data = load_data (run, &request, error);
  if (run->data == NULL)
    return FALSE;
  write_shown (run->data->train);
  write_shown (run->data->validation);
  run->files = numeral_run_files_new_for_record (run->record);
  numeral_session_setup_init (&setup, &run->record->config->train, run->data);
  setup.files = run->files;
  setup.cancellable = cancellable;
  setup.checkpoint_interval = run->link->checkpoint_interval;
  setup.reducing = on_reducing;
  setup.reducing_data = run;
  setup.wake = on_idle;
  setup.wake_data = run->link;
  run->session = numeral_session_new (&setup, error);
  if (run->session == NULL)
    return FALSE;
  /* Every end but an orderly one is an interruption from here on. */
  numeral_trainer_run_set_status (run, NUMERAL_RUN_UNFINISHED);
  return TRUE;
}

static gboolean
is_readable (NumeralTrainerRun *run, GError **error)
{
  NumeralRunFigures figures;
  gboolean readable;

  numeral_run_record_get_figures (run->record, &figures);
  readable = figures.status != NUMERAL_RUN_UNREADABLE && figures.status != NUMERAL_RUN_LOCKED;
  if (!readable)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_FORMAT, figures.message);
  numeral_run_figures_clear (&figures);
  return readable;
}

gboolean
numeral_trainer_run_begin (NumeralTrainerRun *run, GCancellable *cancellable, GError **error)
{
  NumeralRunFigures figures;

  if (!is_readable (run, error))
    return FALSE;
  run->lock = numeral_run_record_lock (run->record, error);
  if (run->lock < 0)
    return FALSE;
  /* Another window may have trained it since it was listed. */
  (void) numeral_run_record_reload (run->record, FALSE, NULL);
  numeral_run_record_get_figures (run->record, &figures);
  run->scale = figures.learning_rate_scale;
  numeral_run_figures_clear (&figures);
  if (figures.status == NUMERAL_RUN_FINISHED)
    return begin_finished (run, figures.epochs_done, error);
  if (!begin_training (run, cancellable, error))
    return FALSE;
  if (!numeral_trainer_run_listen (run))
    run->end = NUMERAL_SESSION_STOPPED;
  numeral_trainer_run_publish_beginning (run, numeral_session_take_past (run->session));
  return TRUE;
}

void
numeral_trainer_run_release (NumeralTrainerRun *run)
{
  if (run->lock >= 0)
    numeral_run_record_unlock (run->record, run->lock);
  run->lock = -1;
}

void
numeral_trainer_run_clear (NumeralTrainerRun *run)
{
  numeral_trainer_run_release (run);
  g_clear_pointer (&run->session, numeral_session_free);
  g_clear_pointer (&run->data, numeral_run_data_free);
  g_clear_pointer (&run->files, numeral_run_files_free);
  g_clear_pointer (&run->fresh_points, g_array_unref);
  g_clear_pointer (&run->fresh_epochs, g_array_unref);
  g_clear_pointer (&run->record, numeral_run_record_unref);
  g_clear_pointer (&run->told_problem, g_free);
}
