/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-session-private.h"

#include <math.h>

#include "numeral-memory.h"

#define CHECKPOINT_INTERVAL (2 * G_USEC_PER_SEC)

const char *
numeral_session_end_name (NumeralSessionEnd end)
{
  static const char *const names[] = { "going",    "finished",    "patience",
                                       "diverged", "interrupted", "interrupted" };

  return names[end];
}

void
numeral_session_setup_init (NumeralSessionSetup *setup,
                            const NnTrainConfig *config,
                            const NumeralRunData *data)
{
  *setup = (NumeralSessionSetup){ .config = config,
                                  .data = data,
                                  .checkpoint_interval = CHECKPOINT_INTERVAL };
}

/* Copies the epochs, and the minibatches of the current epoch: the session needs no others. */
static NumeralHistory *
copy_current (const NumeralHistory *past)
{
  NumeralHistory *history = numeral_history_new (past->steps_per_epoch);
  guint64 n_steps = numeral_history_get_n_steps (past);

  for (guint i = 0; i < past->epochs->len; i++)
    numeral_history_add_epoch (history, &g_array_index (past->epochs, NumeralEpochPoint, i));
  for (guint64 i = past->epochs->len * past->steps_per_epoch; i < n_steps; i++)
    {
      const NumeralStepPoint point = numeral_history_get_step (past, i);

      numeral_history_add_steps (history, &point, 1);
    }
  return history;
}

/* Whether the run is over: after the last epoch, or by early stopping. */
static NumeralSessionEnd
find_end (const NumeralSession *session)
{
  const NumeralHistory *history = session->history;
  guint64 step = numeral_session_get_step (session);

  if (step >= session->n_steps)
    return NUMERAL_SESSION_FINISHED;
  if (session->config.patience > 0 && history->epochs->len > 0 &&
      step == history->epochs->len * history->steps_per_epoch &&
      history->epochs->len - 1 - (guint) history->best_epoch >= session->config.patience)
    return NUMERAL_SESSION_PATIENCE;
  return NUMERAL_SESSION_GOING;
}

static gboolean
begin (NumeralSession *session, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) state = numeral_session_read_checkpoint (session, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!numeral_session_create_trainer (session, &state, error) ||
      !numeral_session_resume (session, state, error))
    return FALSE;
  session->history = copy_current (session->past);
  session->n_steps = (guint64) nn_trainer_get_config (session->trainer)->epochs *
                     session->history->steps_per_epoch;
  if (!numeral_session_keep_begin (session, error))
    return FALSE;
  session->end = find_end (session);
  return TRUE;
}

NumeralSession *
numeral_session_new (const NumeralSessionSetup *setup, GError **error)
{
  g_autoptr (NumeralSession) session = g_new0 (NumeralSession, 1);

  session->setup = *setup;
  session->config = *setup->config;
  session->setup.config = &session->config;
  session->scale = 1;
  if (!begin (session, error))
    return NULL;
  /* Release the memory of the files that were read. */
  numeral_memory_trim ();
  return g_steal_pointer (&session);
}

void
numeral_session_free (NumeralSession *session)
{
  g_clear_pointer (&session->writer, numeral_run_writer_free);
  g_clear_pointer (&session->job, numeral_write_job_free);
  g_clear_pointer (&session->trainer, nn_trainer_free);
  g_clear_pointer (&session->keystream, numeral_keystream_free);
  g_clear_pointer (&session->reduction, nn_reduction_free);
  g_clear_pointer (&session->past, numeral_history_free);
  g_clear_pointer (&session->history, numeral_history_free);
  g_clear_pointer (&session->best, nn_network_unref);
  g_free (session->problem);
  g_free (session->warning);
  g_free (session);
}

NumeralHistory *
numeral_session_take_past (NumeralSession *session)
{
  return g_steal_pointer (&session->past);
}

NumeralSessionEnd
numeral_session_get_end (const NumeralSession *session)
{
  return session->end;
}

NumeralOutcome
numeral_session_get_outcome (const NumeralSession *session)
{
  const NumeralRunData *data = session->setup.data;

  if (session->end != NUMERAL_SESSION_FINISHED && session->end != NUMERAL_SESSION_PATIENCE)
    return NUMERAL_OUTCOME_LEARNED;
  return numeral_outcome_find (session->history,
                               data->validation != NULL ? data->validation : data->train);
}

guint64
numeral_session_get_step (const NumeralSession *session)
{
  return nn_trainer_get_step (session->trainer);
}

NnSpent
numeral_session_get_spent (const NumeralSession *session, NnConversion conversion)
{
  return nn_trainer_get_spent (session->trainer, numeral_session_get_step (session), conversion);
}

guint
numeral_session_get_n_epochs (const NumeralSession *session)
{
  guint64 per_epoch = session->history->steps_per_epoch;
  guint64 step = numeral_session_get_step (session);

  /* The minibatch that diverged is not counted, but its epoch was begun. */
  if (session->end == NUMERAL_SESSION_DIVERGED)
    return (guint) (step / per_epoch) + 1;
  return (guint) ((step + per_epoch - 1) / per_epoch);
}

void
numeral_session_get_figures (const NumeralSession *session, NumeralSessionFigures *figures)
{
  guint64 step = numeral_session_get_step (session);
  double session_seconds = (double) session->session_time / G_USEC_PER_SEC;

  *figures = (NumeralSessionFigures){
    .step = step,
    .n_steps = session->n_steps,
    .steps_per_epoch = session->history->steps_per_epoch,
    .n_epochs = numeral_session_get_n_epochs (session),
    .best_epoch = session->best != NULL ? session->best_epoch.epoch + 1 : 0,
    .epoch_seconds = (double) session->epoch_time / G_USEC_PER_SEC,
    .epoch_images = session->epoch_images,
    .n_images = session->n_images,
    .seconds = (double) session->train_time / G_USEC_PER_SEC,
    .seconds_left = NAN,
    .session_steps = session->session_steps,
    .session_seconds = session_seconds,
  };
  if (session->session_steps > 0)
    figures->seconds_left = session_seconds / (double) session->session_steps *
                            (double) (session->n_steps - MIN (session->n_steps, step));
}

void
numeral_session_get_means (const NumeralSession *session, double *loss, double *accuracy)
{
  NumeralEpochPoint epoch;

  numeral_session_average (session, nn_trainer_get_config (session->trainer)->batch_size, &epoch);
  *loss = epoch.train_loss;
  *accuracy = epoch.train_accuracy;
}

NnNetwork *
numeral_session_snapshot (const NumeralSession *session)
{
  g_autoptr (NnNetwork) network = nn_trainer_snapshot (session->trainer);

  return session->reduction != NULL ? nn_reduction_expand (session->reduction, network) :
                                      g_steal_pointer (&network);
}

void
numeral_session_set_learning_rate_scale (NumeralSession *session, double scale)
{
  session->scale = scale;
  nn_trainer_set_learning_rate_scale (session->trainer, scale);
}

/* Computes the means from the curve, so that they are the same if the run was resumed in the
 * middle of the epoch. Unknown points are left out. */
void
numeral_session_average (const NumeralSession *session, guint last_n, NumeralEpochPoint *point)
{
  const NumeralHistory *history = session->history;
  const gsize n_steps = numeral_history_get_n_steps (history);
  double batch = nn_trainer_get_config (session->trainer)->batch_size;
  double loss = 0, accuracy = 0, total = 0;

  for (gsize i = 0; i < n_steps; i++)
    {
      const NumeralStepPoint step = numeral_history_get_step (history, i);
      double n = i + 1 == n_steps ? last_n : batch;

      if (isnan (step.loss))
        continue;
      loss += n * (double) step.loss;
      accuracy += n * (double) step.accuracy;
      total += n;
    }
  *point = (NumeralEpochPoint){
    .epoch = history->epochs->len,
    .step = numeral_session_get_step (session),
    .train_loss = total > 0 ? loss / total : (double) NAN,
    .train_accuracy = total > 0 ? accuracy / total : (double) NAN,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
    .seconds = (double) session->epoch_time / G_USEC_PER_SEC,
  };
}

static void
add_step (NumeralSession *session, NumeralSessionStep *step)
{
  const gboolean known = step->step.n > 0;

  step->point = (NumeralStepPoint){
    /* A double may be finite and too large for a float: clamp it. */
    .loss = known ? (float) MIN (step->step.loss, (double) G_MAXFLOAT) : NAN,
    .accuracy = known ? (float) step->step.n_correct / (float) step->step.n : NAN,
    .learning_rate = (float) step->step.learning_rate,
  };
  numeral_history_add_steps (session->history, &step->point, 1);
  numeral_session_keep_step (session, &step->point);
  session->epoch_time += step->time;
  session->train_time += step->time;
  session->session_time += step->time;
  session->session_steps++;
  session->epoch_images += step->step.n;
  session->n_images += step->step.n;
  step->n_images = session->epoch_images;
}

static void
end_epoch (NumeralSession *session, NumeralSessionStep *step)
{
  NumeralHistory *history = session->history;
  gint64 start = g_get_monotonic_time ();
  NumeralEpochPoint point;

  numeral_session_average (session, step->step.n, &point);
  numeral_session_measure (session, &point);
  point.epsilon =
      nn_trainer_get_spent (session->trainer, point.step, NN_CONVERSION_CLASSICAL).epsilon;
  numeral_session_keep_epoch (session, &point, step->point.learning_rate);
  numeral_history_add_epoch (history, &point);
  if (history->best_epoch + 1 == (int) history->epochs->len)
    {
      g_clear_pointer (&session->best, nn_network_unref);
      session->best = numeral_session_snapshot (session);
      session->best_epoch = point;
      session->best_is_fresh = TRUE;
    }
  step->epoch = &g_array_index (history->epochs, NumeralEpochPoint, history->epochs->len - 1);
  numeral_history_clear_steps (history);
  session->epoch_time = 0;
  session->epoch_images = 0;
  session->session_time += g_get_monotonic_time () - start;
}

gboolean
numeral_session_step (NumeralSession *session, NumeralSessionStep *step, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  *step = (NumeralSessionStep){ 0 };
  if (!nn_trainer_step (session->trainer, &step->step, error))
    {
      session->end = NUMERAL_SESSION_DIVERGED;
      return FALSE;
    }
  step->time = g_get_monotonic_time () - start;
  add_step (session, step);
  if (step->step.epoch_done)
    end_epoch (session, step);
  numeral_session_keep_if_due (session, g_get_monotonic_time (), step->step.epoch_done);
  session->end = find_end (session);
  return TRUE;
}

/* Copies the current weights, inside an epoch, if they are the best so far. */
static void
consider_now (NumeralSession *session)
{
  NumeralEpochPoint point;

  numeral_session_average (session, nn_trainer_get_config (session->trainer)->batch_size, &point);
  numeral_session_measure (session, &point);
  if (session->best != NULL && !numeral_epoch_point_is_better (&point, &session->best_epoch))
    return;
  g_clear_pointer (&session->best, nn_network_unref);
  session->best = numeral_session_snapshot (session);
  session->best_epoch = point;
}

NumeralModel *
numeral_session_make_model (NumeralSession *session, gboolean last)
{
  g_autoptr (GHashTable) card = NULL;
  g_autoptr (NnNetwork) network = NULL;

  if (session->end == NUMERAL_SESSION_STOPPED || session->end == NUMERAL_SESSION_INTERRUPTED)
    if (numeral_history_get_n_steps (session->history) > 0 || session->best == NULL)
      consider_now (session);
  if ((last || session->best == NULL) && session->end != NUMERAL_SESSION_DIVERGED)
    {
      card = numeral_session_make_last_card (session);
      network = numeral_session_snapshot (session);
    }
  else if (session->best != NULL)
    {
      card = numeral_session_make_card (session, &session->best_epoch);
      network = nn_network_ref (session->best);
    }
  return network != NULL ? numeral_model_new (network, NULL, card) : NULL;
}
