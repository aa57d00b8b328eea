/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-trainer-session.h"

/* Thirty times a second is more than a chart can be read. */
#define PUBLISH_INTERVAL (G_USEC_PER_SEC / 30)
/* Weights are copied in at most one part of this many of the time. */
#define SNAPSHOT_SHARE 20
/* A rate over less than this jumps too much to be read. */
#define RATE_INTERVAL (G_USEC_PER_SEC / 4)
/* What is left is not told before there is this much to tell it from. */
#define LEFT_MIN_STEPS 10
#define LEFT_MIN_TIME (G_USEC_PER_SEC / 5)

void
numeral_session_add_step (NumeralSession *session, const NnStep *step, gint64 time)
{
  NumeralStepPoint point = {
    /* A loss beyond all floats is finite still. */
    .loss = (float) MIN (step->loss, (double) G_MAXFLOAT),
    .accuracy = (float) step->n_correct / (float) step->n,
    .learning_rate = (float) step->learning_rate,
  };

  numeral_history_add_steps (session->history, &point, 1);
  g_array_append_val (session->fresh_points, point);
  g_array_append_val (session->job->points, point);
  session->epoch_seconds += (double) time / G_USEC_PER_SEC;
  session->run_time += time;
  session->run_steps++;
  session->rate_time += time;
  session->rate_images += step->n;
  if (session->rate_time >= RATE_INTERVAL)
    {
      session->images_per_second =
          (double) session->rate_images * G_USEC_PER_SEC / (double) session->rate_time;
      session->rate_time = 0;
      session->rate_images = 0;
    }
}

void
numeral_session_add_epoch (NumeralSession *session, const NumeralEpochPoint *point)
{
  const GArray *steps = session->history->steps;

  numeral_epoch_point_append_json (session->job->epochs, point,
                                   g_array_index (steps, NumeralStepPoint, steps->len - 1)
                                       .learning_rate);
  numeral_history_add_epoch (session->history, point);
  g_array_append_val (session->fresh_epochs, *point);
  g_array_set_size (session->history->steps, 0);
  session->epoch_seconds = 0;
}

static double
seconds_left (const NumeralSession *session)
{
  guint64 left = session->n_steps - MIN (session->n_steps, numeral_session_get_step (session));

  if (session->run_steps < LEFT_MIN_STEPS || session->run_time < LEFT_MIN_TIME)
    return NAN;
  return (double) session->run_time / G_USEC_PER_SEC / (double) session->run_steps * (double) left;
}

static void
fill_figures (const NumeralSession *session, NumeralTrainerNews *news)
{
  double step = (double) numeral_session_get_step (session);

  news->state = session->state;
  news->scale = session->scale;
  if (session->trainer == NULL)
    return;
  news->progress = session->n_steps > 0 ? step / (double) session->n_steps : 0;
  news->epochs_done = step / (double) session->history->steps_per_epoch;
  news->images_per_second = session->images_per_second;
  news->seconds_left = seconds_left (session);
}

void
numeral_session_publish (NumeralSession *session, gboolean with_weights)
{
  NumeralTrainerLink *link = session->link;
  NumeralTrainerNews *news = &link->news;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NnNetwork) unused = NULL;

  session->published = g_get_monotonic_time ();
  if (with_weights && session->trainer != NULL)
    {
      network = nn_trainer_snapshot (session->trainer);
      session->snapshot_time = g_get_monotonic_time ();
      session->snapshot_cost = session->snapshot_time - session->published;
      session->commands.want_snapshot = FALSE;
      session->told_step = numeral_session_get_step (session);
    }

  numeral_trainer_link_lock (link);
  fill_figures (session, news);
  g_array_append_vals (news->points, session->fresh_points->data, session->fresh_points->len);
  g_array_append_vals (news->epochs, session->fresh_epochs->data, session->fresh_epochs->len);
  if (network != NULL)
    {
      unused = news->network;
      news->network = g_steal_pointer (&network);
      link->commands.want_snapshot = FALSE;
    }
  if (session->state == NUMERAL_TRAINER_IDLE)
    {
      news->finished = TRUE;
      news->error = g_steal_pointer (&session->error);
    }
  numeral_trainer_link_announce (link);
  numeral_trainer_link_unlock (link);
  g_array_set_size (session->fresh_points, 0);
  g_array_set_size (session->fresh_epochs, 0);
}

void
numeral_session_publish_if_due (NumeralSession *session, gint64 now)
{
  gint64 pause = MAX (PUBLISH_INTERVAL, SNAPSHOT_SHARE * session->snapshot_cost);

  if (now - session->published >= PUBLISH_INTERVAL)
    numeral_session_publish (session, session->commands.want_snapshot &&
                                          now - session->snapshot_time >= pause);
}

void
numeral_session_publish_state (NumeralSession *session, NumeralTrainerState state)
{
  session->state = state;
  /* Whoever pauses looks at the weights of this moment. */
  numeral_session_publish (session, state == NUMERAL_TRAINER_PAUSED);
}

void
numeral_session_warn (NumeralSession *session, char *message)
{
  numeral_trainer_link_lock (session->link);
  g_ptr_array_add (session->link->news.warnings, message);
  numeral_trainer_link_announce (session->link);
  numeral_trainer_link_unlock (session->link);
}

void
numeral_session_publish_beginning (NumeralSession *session)
{
  NumeralTrainerLink *link = session->link;
  NumeralTrainerNews *news = &link->news;
  NumeralHistory *whole = g_steal_pointer (&session->history);
  guint n_before = (guint) (whole->epochs->len * whole->steps_per_epoch);

  session->history = numeral_history_new (whole->steps_per_epoch);
  for (guint i = 0; i < whole->epochs->len; i++)
    numeral_history_add_epoch (session->history,
                               &g_array_index (whole->epochs, NumeralEpochPoint, i));
  if (n_before < whole->steps->len)
    numeral_history_add_steps (session->history,
                               &g_array_index (whole->steps, NumeralStepPoint, n_before),
                               whole->steps->len - n_before);

  numeral_trainer_link_lock (link);
  g_clear_pointer (&news->begin, numeral_history_free);
  news->begin = whole;
  g_clear_pointer (&news->train, nn_dataset_unref);
  g_clear_pointer (&news->validation, nn_dataset_unref);
  if (session->data != NULL)
    {
      news->train = nn_dataset_ref (session->data->train);
      if (session->data->validation != NULL)
        news->validation = nn_dataset_ref (session->data->validation);
    }
  numeral_trainer_link_unlock (link);
  numeral_session_publish (session, TRUE);
}

void
numeral_session_publish_end (NumeralSession *session, GError *error)
{
  session->state = NUMERAL_TRAINER_IDLE;
  session->error = error;
  numeral_session_publish (session, TRUE);
}
