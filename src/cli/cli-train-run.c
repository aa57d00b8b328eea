/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-train-run.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli-interrupt.h"
#include "cli-output.h"
#include "cli-progress.h"

static double
pace (guint64 n_images, double seconds)
{
  return (double) n_images / MAX (seconds, 1e-6);
}

/* Prints the line of a finished epoch. */
static void
show_epoch (CliProgress *progress, const NumeralSession *session, const NumeralSessionStep *step)
{
  NumeralSessionFigures figures;

  numeral_session_get_figures (session, &figures);
  cli_progress_epoch (progress,
                      &(CliProgressLine){
                          .epoch = step->epoch->epoch + 1,
                          .epoch_share = 1,
                          .loss = step->epoch->train_loss,
                          .accuracy = step->epoch->train_accuracy,
                          .validation_loss = step->epoch->validation_loss,
                          .validation_accuracy = step->epoch->validation_accuracy,
                          .images_per_second = pace (step->n_images, step->epoch->seconds),
                          .seconds_left = figures.seconds_left,
                      });
}

static void
show_minibatch (CliProgress *progress, const NumeralSession *session)
{
  NumeralSessionFigures figures;
  CliProgressLine line = { .validation_loss = NAN, .validation_accuracy = NAN };

  numeral_session_get_figures (session, &figures);
  numeral_session_get_means (session, &line.loss, &line.accuracy);
  line.epoch = figures.n_epochs;
  line.epoch_share =
      (double) (figures.step % figures.steps_per_epoch) / (double) figures.steps_per_epoch;
  line.images_per_second = pace (figures.epoch_images, figures.epoch_seconds);
  line.seconds_left = figures.seconds_left;
  cli_progress_update (progress, &line);
}

static void
show_warning (CliProgress *progress, NumeralSession *session)
{
  g_autofree char *warning = numeral_session_take_warning (session);

  if (warning == NULL)
    return;
  cli_progress_end (progress);
  cli_error ("%s", warning);
}

/* Trains, logs and shows one minibatch. %FALSE if the run diverged. */
static gboolean
train_minibatch (NumeralSession *session, CliProgress *progress, NumeralRunLog *log, GError **error)
{
  NumeralSessionStep step;

  if (!numeral_session_step (session, &step, error))
    return FALSE;
  if (log != NULL)
    numeral_run_log_add (log, &step);
  if (step.epoch != NULL)
    show_epoch (progress, session, &step);
  else if (cli_progress_is_due (progress, g_get_monotonic_time ()))
    show_minibatch (progress, session);
  show_warning (progress, session);
  return TRUE;
}

gboolean
cli_train_run (
    NumeralSession *session, guint n_epochs, gboolean quiet, NumeralRunLog *log, GError **error)
{
  NumeralSessionEnd end = numeral_session_get_end (session);
  g_autoptr (GError) unsaved = NULL;
  g_autoptr (GError) diverged = NULL;
  CliProgress progress;

  cli_progress_init (&progress, n_epochs, quiet);
  while (end == NUMERAL_SESSION_GOING)
    if (cli_interrupted ())
      end = NUMERAL_SESSION_INTERRUPTED;
    else if (!train_minibatch (session, &progress, log, &diverged))
      end = NUMERAL_SESSION_DIVERGED;
    else
      end = numeral_session_get_end (session);
  cli_progress_end (&progress);
  if (!numeral_session_finish (session, end, diverged != NULL ? diverged->message : NULL, &unsaved))
    cli_error ("%s", unsaved->message);
  if (diverged == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&diverged));
  return FALSE;
}
