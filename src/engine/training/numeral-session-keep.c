/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-session-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-history-text.h"

/* Saving the state takes at most 1 / KEEP_SHARE of the time. */
#define KEEP_SHARE 50
/* A checkpoint at the end of an epoch is worth more, so it may be due earlier, but not after
 * every epoch of a tiny data set. */
#define EPOCH_SHARE 8
/* Snapshots of this size in bytes are written without waiting for a checkpoint. */
#define SNAPSHOTS_SIZE ((gsize) 4 << 20)

static gboolean
has_snapshots (const NumeralSession *session)
{
  return session->writer != NULL && session->setup.files->record != NULL;
}

/* Adds a snapshot of the current weights if the plan has one here. */
static void
take_snapshot (NumeralSession *session)
{
  guint64 step = numeral_session_get_step (session);

  if (!has_snapshots (session) || !numeral_snapshot_plan_has (&session->plan, step))
    return;
  g_ptr_array_add (session->job->snapshots, numeral_session_snapshot (session));
  g_array_append_val (session->job->snapshot_steps, step);
}

gboolean
numeral_session_keep_begin (NumeralSession *session, GError **error)
{
  const NumeralSessionSetup *setup = &session->setup;

  if (setup->files == NULL)
    return TRUE;
  session->writer =
      numeral_run_writer_new (setup->files, session->past, setup->wake, setup->wake_data, error);
  if (session->writer == NULL)
    return FALSE;
  session->job = numeral_write_job_new ();
  session->kept_step = numeral_session_get_step (session);
  session->kept_scale = session->scale;
  session->kept_time = g_get_monotonic_time ();
  numeral_snapshot_plan_init (&session->plan, session->n_steps);
  if (session->kept_step == 0)
    take_snapshot (session);
  return TRUE;
}

void
numeral_session_keep_step (NumeralSession *session, const NumeralStepPoint *point)
{
  if (session->writer == NULL)
    return;
  g_array_append_val (session->job->points, *point);
  take_snapshot (session);
}

void
numeral_session_keep_epoch (NumeralSession *session,
                            const NumeralEpochPoint *epoch,
                            float learning_rate)
{
  if (session->writer != NULL)
    numeral_epoch_point_append_json (session->job->epochs, epoch, learning_rate);
}

static double
accuracy_of (const NumeralEpochPoint *point)
{
  return isnan (point->validation_loss) ? point->train_accuracy : point->validation_accuracy;
}

static void
put_figures (NumeralSession *session, NumeralRunStatus status, const char *message)
{
  const NumeralEpochPoint *best = numeral_history_get_best (session->history);
  guint64 step = numeral_session_get_step (session);
  NumeralRunFigures figures = {
    .status = status,
    .message = (char *) message,
    .step = step,
    .epochs_done = (double) step / (double) session->history->steps_per_epoch,
    .best_accuracy = best != NULL ? accuracy_of (best) : (double) NAN,
    .learning_rate_scale = session->scale,
    .outcome = numeral_session_get_outcome (session),
    .explained = session->reduction != NULL ? nn_reduction_explained (session->reduction) : 0,
  };

  NumeralRunFigures old;

  if (session->setup.files->record == NULL)
    return;
  numeral_run_record_get_figures (session->setup.files->record, &old);
  figures.input_scale = old.input_scale;
  figures.turn = old.turn;
  numeral_run_figures_clear (&old);
  numeral_run_record_set_figures (session->setup.files->record, &figures);
}

/* Writes the state into the page cache; the writer syncs it. A copy in memory would double the
 * memory of the weights and moments. */
static void
write_state (NumeralSession *session, NumeralWriteJob *job)
{
  g_autoptr (GFile) file = g_file_new_for_path (session->setup.files->checkpoint);
  g_autoptr (NumeralDraft) draft = numeral_draft_new (file, &job->state_error);

  if (draft != NULL &&
      numeral_session_write_reduction (session, numeral_draft_write, draft, &job->state_error) &&
      nn_trainer_write_state (session->trainer, numeral_draft_write, draft, &job->state_error))
    job->state = g_steal_pointer (&draft);
}

/* The file of the best weights gets a new card when the run is finished. */
static void
put_best (NumeralSession *session, NumeralWriteJob *job)
{
  const gboolean final =
      session->end == NUMERAL_SESSION_FINISHED || session->end == NUMERAL_SESSION_PATIENCE;

  if (session->best == NULL || (!session->best_is_fresh && !final))
    return;
  job->best = nn_network_ref (session->best);
  job->best_card = numeral_session_make_card (session, &session->best_epoch);
  session->best_is_fresh = FALSE;
}

static void
put_last (NumeralSession *session, NumeralWriteJob *job)
{
  job->card = numeral_session_make_last_card (session);
  job->last = job->best != NULL && session->best_epoch.step == numeral_session_get_step (session) ?
                  nn_network_ref (job->best) :
                  numeral_session_snapshot (session);
}

/* Gives everything up to now to the writer, which must be idle. */
static void
put_job (NumeralSession *session, NumeralRunStatus status, const char *message)
{
  NumeralWriteJob *job = g_steal_pointer (&session->job);
  gint64 start = g_get_monotonic_time ();

  session->job = numeral_write_job_new ();
  write_state (session, job);
  put_best (session, job);
  if (has_snapshots (session))
    put_last (session, job);
  put_figures (session, status, message);
  session->kept_step = numeral_session_get_step (session);
  session->kept_scale = session->scale;
  session->kept_time = g_get_monotonic_time ();
  session->keep_cost = session->kept_time - start;
  session->noted = FALSE;
  numeral_run_writer_put (session->writer, job);
}

/* Reports a failure once, until a checkpoint succeeds again. Call it only while the writer is
 * idle. */
static void
note_error (NumeralSession *session)
{
  g_autoptr (GError) error = NULL;

  if (session->noted)
    return;
  session->noted = TRUE;
  error = numeral_run_writer_take_error (session->writer);
  if (error != NULL && session->problem == NULL)
    {
      g_free (session->warning);
      session->warning =
          /* Translators: %s says why, and names the file */
          g_strdup_printf (_ ("The run cannot be saved at the moment: %s. Training goes on, and "
                              "what was saved before is kept; see whether the disk is full."),
                           error->message);
    }
  g_free (session->problem);
  session->problem = error != NULL ? g_strdup (error->message) : NULL;
}

const char *
numeral_session_get_problem (const NumeralSession *session)
{
  return session->problem;
}

char *
numeral_session_take_warning (NumeralSession *session)
{
  return g_steal_pointer (&session->warning);
}

/* Size of the snapshots that wait to be written, in bytes. */
static gsize
snapshots_size (const NumeralSession *session)
{
  return session->job->snapshots->len * nn_architecture_n_params (&session->reading) *
         sizeof (float);
}

/* Writes snapshots without a checkpoint, to free their memory. */
static void
put_snapshots (NumeralSession *session)
{
  NumeralWriteJob *job = g_steal_pointer (&session->job);

  session->job = numeral_write_job_new ();
  job->card = numeral_session_make_card (session, NULL);
  session->noted = FALSE;
  numeral_run_writer_put (session->writer, job);
}

void
numeral_session_keep_if_due (NumeralSession *session, gint64 now, gboolean epoch_done)
{
  gint64 interval = session->setup.checkpoint_interval, waited = now - session->kept_time;
  const gboolean due = waited >= (epoch_done ? interval / EPOCH_SHARE : interval) &&
                       waited >= KEEP_SHARE * session->keep_cost;

  if (session->writer == NULL || (!due && snapshots_size (session) < SNAPSHOTS_SIZE) ||
      !numeral_run_writer_is_idle (session->writer))
    return;
  note_error (session);
  if (due)
    put_job (session, NUMERAL_RUN_UNFINISHED, NULL);
  else
    put_snapshots (session);
}

/* Whether a write that failed is to be tried again. */
static gboolean
is_to_retry (const NumeralSession *session)
{
  return session->problem != NULL &&
         g_get_monotonic_time () - session->kept_time >= session->setup.checkpoint_interval;
}

gboolean
numeral_session_keep (NumeralSession *session)
{
  if (session->writer == NULL)
    return TRUE;
  if (!numeral_run_writer_is_idle (session->writer))
    return FALSE;
  note_error (session);
  if (session->kept_step != numeral_session_get_step (session) ||
      session->kept_scale != session->scale || session->job->snapshots->len > 0 ||
      is_to_retry (session))
    put_job (session, NUMERAL_RUN_UNFINISHED, NULL);
  return TRUE;
}

gboolean
numeral_session_finish (NumeralSession *session,
                        NumeralSessionEnd end,
                        const char *message,
                        GError **error)
{
  static const NumeralRunStatus statuses[] = {
    [NUMERAL_SESSION_GOING] = NUMERAL_RUN_UNFINISHED,
    [NUMERAL_SESSION_FINISHED] = NUMERAL_RUN_FINISHED,
    [NUMERAL_SESSION_PATIENCE] = NUMERAL_RUN_FINISHED,
    [NUMERAL_SESSION_DIVERGED] = NUMERAL_RUN_FAILED,
    [NUMERAL_SESSION_STOPPED] = NUMERAL_RUN_STOPPED,
    [NUMERAL_SESSION_INTERRUPTED] = NUMERAL_RUN_UNFINISHED,
  };
  g_autoptr (GError) local = NULL;

  session->end = end;
  if (session->writer == NULL)
    return TRUE;
  /* The next job retries what the previous job could not write. */
  numeral_run_writer_wait (session->writer);
  put_job (session, statuses[end], message);
  numeral_run_writer_wait (session->writer);
  local = numeral_run_writer_take_error (session->writer);
  if (local == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local),
                              _ ("the end of the run could not be saved: "));
  return FALSE;
}
