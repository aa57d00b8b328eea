/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-trainer-run.h"

/* Thirty times a second is more than a chart can be read. */
#define PUBLISH_INTERVAL (G_USEC_PER_SEC / 30)
/* Weights are copied in at most one part of this many of the time. */
#define SNAPSHOT_SHARE 20
/* A rate over less than this jumps too much to be read. */
#define RATE_INTERVAL (G_USEC_PER_SEC / 4)
/* The remaining time is estimated only after this much progress. */
#define LEFT_MIN_STEPS 10
#define LEFT_MIN_SECONDS 0.2

void
numeral_trainer_run_add_step (NumeralTrainerRun *run, const NumeralSessionStep *step)
{
  g_array_append_val (run->fresh_points, step->point);
  if (step->epoch != NULL)
    g_array_append_val (run->fresh_epochs, *step->epoch);
  run->rate_time += step->time;
  run->rate_images += step->step.n;
  if (run->rate_time >= RATE_INTERVAL)
    {
      run->images_per_second = (double) run->rate_images * G_USEC_PER_SEC / (double) run->rate_time;
      run->rate_time = 0;
      run->rate_images = 0;
    }
}

static void
fill_figures (const NumeralTrainerRun *run, NumeralTrainerNews *news)
{
  NumeralSessionFigures figures;

  news->state = run->state;
  news->reducing = FALSE;
  news->scale = run->scale;
  if (run->session == NULL)
    return;
  numeral_session_get_figures (run->session, &figures);
  news->progress = figures.n_steps > 0 ? (double) figures.step / (double) figures.n_steps : 0;
  news->epochs_done = (double) figures.step / (double) figures.steps_per_epoch;
  news->images_per_second = run->images_per_second;
  news->seconds_left =
      figures.session_steps < LEFT_MIN_STEPS || figures.session_seconds < LEFT_MIN_SECONDS ?
          (double) NAN :
          figures.seconds_left;
}

void
numeral_trainer_run_publish (NumeralTrainerRun *run, gboolean with_weights)
{
  NumeralTrainerLink *link = run->link;
  NumeralTrainerNews *news = &link->news;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (NnNetwork) unused = NULL;

  run->published = g_get_monotonic_time ();
  if (with_weights && run->session != NULL)
    {
      network = numeral_session_snapshot (run->session);
      run->snapshot_time = g_get_monotonic_time ();
      run->snapshot_cost = run->snapshot_time - run->published;
      run->commands.want_snapshot = FALSE;
      run->told_step = numeral_session_get_step (run->session);
    }

  numeral_trainer_link_lock (link);
  fill_figures (run, news);
  g_array_append_vals (news->points, run->fresh_points->data, run->fresh_points->len);
  g_array_append_vals (news->epochs, run->fresh_epochs->data, run->fresh_epochs->len);
  if (network != NULL)
    {
      unused = news->network;
      news->network = g_steal_pointer (&network);
      link->commands.want_snapshot = FALSE;
    }
  if (run->state == NUMERAL_TRAINER_IDLE)
    {
      news->finished = TRUE;
      news->error = g_steal_pointer (&run->error);
    }
  numeral_trainer_link_announce (link);
  numeral_trainer_link_unlock (link);
  g_array_set_size (run->fresh_points, 0);
  g_array_set_size (run->fresh_epochs, 0);
}

void
numeral_trainer_run_publish_if_due (NumeralTrainerRun *run, gint64 now)
{
  gint64 pause = MAX (PUBLISH_INTERVAL, SNAPSHOT_SHARE * run->snapshot_cost);

  if (now - run->published >= PUBLISH_INTERVAL)
    numeral_trainer_run_publish (run,
                                 run->commands.want_snapshot && now - run->snapshot_time >= pause);
}

void
numeral_trainer_run_publish_state (NumeralTrainerRun *run, NumeralTrainerState state)
{
  run->state = state;
  /* A paused run shows the weights of this moment. */
  numeral_trainer_run_publish (run, state == NUMERAL_TRAINER_PAUSED);
}

void
numeral_trainer_run_publish_beginning (NumeralTrainerRun *run, NumeralHistory *past)
{
  NumeralTrainerLink *link = run->link;
  NumeralTrainerNews *news = &link->news;

  numeral_trainer_link_lock (link);
  g_clear_pointer (&news->begin, numeral_history_free);
  news->begin = past;
  g_clear_pointer (&news->train, nn_dataset_unref);
  g_clear_pointer (&news->validation, nn_dataset_unref);
  if (run->data != NULL)
    {
      news->train = nn_dataset_ref (run->data->train);
      if (run->data->validation != NULL)
        news->validation = nn_dataset_ref (run->data->validation);
    }
  numeral_trainer_link_unlock (link);
  numeral_trainer_run_publish (run, TRUE);
}

void
numeral_trainer_run_publish_problem (NumeralTrainerRun *run, const char *problem)
{
  NumeralTrainerLink *link = run->link;

  if (g_strcmp0 (problem, run->told_problem) == 0)
    return;
  g_free (run->told_problem);
  run->told_problem = g_strdup (problem);
  numeral_trainer_link_lock (link);
  g_free (link->news.problem);
  link->news.problem = g_strdup (problem);
  numeral_trainer_link_announce (link);
  numeral_trainer_link_unlock (link);
}

void
numeral_trainer_run_publish_unsaved (NumeralTrainerRun *run, NumeralUnsavedRun *unsaved)
{
  numeral_trainer_link_lock (run->link);
  g_ptr_array_add (run->link->news.unsaved, unsaved);
  numeral_trainer_link_announce (run->link);
  numeral_trainer_link_unlock (run->link);
}

void
numeral_trainer_run_publish_end (NumeralTrainerRun *run, GError *error)
{
  run->state = NUMERAL_TRAINER_IDLE;
  run->error = error;
  numeral_trainer_run_publish (run, TRUE);
}
