/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-trainer-session.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "numeral-fail.h"
#include "numeral-file.h"

#define MAX_CHECKPOINT_BYTES ((gsize) 1 << 30)

guint64
numeral_session_get_step (const NumeralSession *session)
{
  return session->trainer != NULL ? nn_trainer_get_step (session->trainer) : 0;
}

gboolean
numeral_session_is_over (const NumeralSession *session)
{
  const NumeralHistory *history = session->history;
  const NnTrainConfig *config = &session->record->config->train;
  guint64 step = numeral_session_get_step (session);

  if (step >= session->n_steps)
    return TRUE;
  /* As the command line counts: epochs since the best one. */
  return config->patience > 0 && history->epochs->len > 0 &&
         step == history->epochs->len * history->steps_per_epoch &&
         history->epochs->len - 1 - (guint) history->best_epoch >= config->patience;
}

gboolean
numeral_session_listen (NumeralSession *session)
{
  NumeralTrainerLink *link = session->link;
  gboolean another;

  numeral_trainer_link_lock (link);
  __atomic_store_n (&link->attention, 0, __ATOMIC_RELEASE);
  session->commands = link->commands;
  another = link->commands.next != NULL;
  if (!another)
    link->commands.scale = NAN;
  numeral_trainer_link_unlock (link);
  session->commands.next = NULL;
  session->commands.cancellable = NULL;

  if (another || session->commands.stop || session->commands.quit)
    return FALSE;
  if (!isnan (session->commands.scale) && session->trainer != NULL)
    {
      session->scale = session->commands.scale;
      nn_trainer_set_learning_rate_scale (session->trainer, session->scale);
    }
  return TRUE;
}

/* The checkpoint, or NULL without @error where there is none. */
static GBytes *
read_checkpoint (const NumeralRunRecord *record, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (record, NUMERAL_CHECKPOINT_FILE);
  g_autoptr (GError) local = NULL;
  GBytes *bytes = numeral_file_read (file, MAX_CHECKPOINT_BYTES, NULL, &local);

  if (bytes == NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

/* Nothing that is damaged is ever trained over: what is still good in it may be wanted. */
static gboolean
fail_damaged (NumeralSession *session, GError **error, const char *what)
{
  return numeral_fail (error, NN_ERROR_FORMAT,
                       _ ("%s: this run cannot go on, for %s; its models can still be used"),
                       session->record->folder, what);
}

/* Goes back to the checkpoint, and cuts the curve to it. */
static gboolean
restore (NumeralSession *session, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) state = read_checkpoint (session->record, &local);
  g_autoptr (NumeralHistory) history = NULL;
  guint64 per_epoch = nn_trainer_get_steps_per_epoch (session->trainer), step;
  NumeralRunFigures figures;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (state == NULL)
    {
      numeral_run_record_get_figures (session->record, &figures);
      numeral_run_figures_clear (&figures);
      if ((figures.status != NUMERAL_RUN_UNFINISHED && figures.status != NUMERAL_RUN_STOPPED) ||
          figures.step > 0)
        return fail_damaged (session, error, _ ("its checkpoint is not there"));
      session->history = numeral_history_new (per_epoch);
      return TRUE;
    }
  if (!nn_trainer_restore_state (session->trainer, state, &local))
    return fail_damaged (session, error, local->message);

  step = nn_trainer_get_step (session->trainer);
  history = numeral_curve_read (session->record->folder, error);
  if (history == NULL)
    return FALSE;
  if (step > 0 && history->steps_per_epoch != per_epoch)
    return fail_damaged (session, error, _ ("its curve is that of other data"));
  if (history->steps->len < step)
    return fail_damaged (session, error, _ ("its curve ends before its checkpoint"));
  numeral_history_truncate (history, step);
  if (history->epochs->len != step / per_epoch)
    return fail_damaged (session, error, _ ("epochs are missing from its curve"));
  history->steps_per_epoch = per_epoch;
  session->history = g_steal_pointer (&history);
  return TRUE;
}

static void
on_data_progress (double share, gpointer data)
{
  NumeralSession *session = data;

  numeral_trainer_link_lock (session->link);
  session->link->news.progress = share;
  numeral_trainer_link_announce (session->link);
  numeral_trainer_link_unlock (session->link);
}

/* A run that has come to its end, or is only a model, is told of and not trained. */
static gboolean
begin_finished (NumeralSession *session, double epochs_done, GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (session->record, NUMERAL_LAST_FILE);
  g_autoptr (NumeralModel) model = numeral_model_load (file, NULL, error);

  if (model == NULL)
    return FALSE;
  session->history = numeral_curve_read (session->record->folder, error);
  if (session->history == NULL)
    return FALSE;
  session->n_steps = session->history->steps->len;
  numeral_session_publish_beginning (session);
  numeral_trainer_link_lock (session->link);
  session->link->news.progress = 1;
  session->link->news.epochs_done = epochs_done;
  g_clear_pointer (&session->link->news.network, nn_network_unref);
  session->link->news.network = nn_network_ref (model->network);
  numeral_trainer_link_unlock (session->link);
  session->end = NUMERAL_SESSION_FINISHED;
  return TRUE;
}

static gboolean
begin_training (NumeralSession *session, GCancellable *cancellable, GError **error)
{
  const NnTrainConfig *config = &session->record->config->train;

  session->data = numeral_run_data_load (session->record->config, cancellable, on_data_progress,
                                         session, error);
  if (session->data == NULL)
    return FALSE;
  session->trainer = nn_trainer_new (config, session->data->train, error);
  if (session->trainer == NULL || !restore (session, error))
    return FALSE;
  session->n_steps = config->epochs * session->history->steps_per_epoch;
  if (!numeral_session_keep_begin (session, error))
    return FALSE;
  /* Whatever happens now is an interruption. */
  numeral_session_keep_status (session, NUMERAL_RUN_UNFINISHED);
  return TRUE;
}

gboolean
numeral_session_begin (NumeralSession *session, GCancellable *cancellable, GError **error)
{
  NumeralRunFigures figures;

  session->lock = numeral_run_record_lock (session->record, error);
  if (session->lock < 0)
    return FALSE;
  numeral_run_record_get_figures (session->record, &figures);
  session->scale = figures.learning_rate_scale;
  numeral_run_figures_clear (&figures);
  if (figures.status == NUMERAL_RUN_FINISHED)
    return begin_finished (session, figures.epochs_done, error);
  if (!begin_training (session, cancellable, error))
    {
      /* Nothing is to be told of weights that are not those of the run. */
      g_clear_pointer (&session->trainer, nn_trainer_free);
      return FALSE;
    }
  if (!numeral_session_listen (session))
    session->end = NUMERAL_SESSION_STOPPED;
  numeral_session_publish_beginning (session);
  return TRUE;
}

void
numeral_session_clear (NumeralSession *session)
{
  g_clear_pointer (&session->keeper, numeral_keeper_free);
  g_clear_pointer (&session->job, numeral_keep_job_free);
  g_clear_pointer (&session->trainer, nn_trainer_free);
  g_clear_pointer (&session->data, numeral_run_data_free);
  g_clear_pointer (&session->history, numeral_history_free);
  g_clear_pointer (&session->best, nn_network_unref);
  g_clear_pointer (&session->fresh_points, g_array_unref);
  g_clear_pointer (&session->fresh_epochs, g_array_unref);
  g_clear_pointer (&session->record, numeral_run_record_unref);
  if (session->lock >= 0)
    g_close (session->lock, NULL);
}
