/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "numeral-format.h"
#include "numeral-train-page-private.h"

/* Number of visible steps of the bar, which is some hundred pixels long. */
#define PROGRESS_STEPS 500

/* "0.4 s left"; empty if unknown. */
static char *
format_left (double seconds)
{
  if (!isfinite (seconds))
    return g_strdup ("");
  if (seconds < 10)
    return g_strdup_printf (_ (" · %.1f s left"), seconds);
  if (seconds < 90)
    return g_strdup_printf (_ (" · %.0f s left"), seconds);
  if (seconds < 5400)
    return g_strdup_printf (_ (" · %.0f min left"), seconds / 60);
  return g_strdup_printf (_ (" · %.1f h left"), seconds / 3600);
}

static char *
format_active (NumeralTrainPage *self, NumeralTrainerState state)
{
  NumeralTrainer *trainer = numeral_lab_get_trainer (self->lab);
  NumeralRun *run = numeral_lab_get_run (self->lab);
  const guint epochs = run ? numeral_run_get_config (run)->train.epochs : 0;
  const double progress = numeral_trainer_get_progress (trainer);
  const NumeralHistory *history;
  g_autofree char *left_text = NULL;
  guint epoch;

  if (state == NUMERAL_TRAINER_PREPARING && numeral_trainer_get_reducing (trainer))
    return g_strdup (_ ("Finding components…"));
  if (state == NUMERAL_TRAINER_PREPARING)
    return g_strdup (_ ("Loading the data…"));
  epoch = MIN ((guint) numeral_trainer_get_epochs_done (trainer) + 1, MAX (epochs, 1));
  history = numeral_train_page_get_history (self);
  /* A paused run is usually stepped: count minibatches. */
  if (state == NUMERAL_TRAINER_PAUSED && history && history->steps_per_epoch > 0 &&
      numeral_history_get_n_steps (history) > 0)
    {
      const gsize last = numeral_history_get_n_steps (history) - 1;
      const guint per_epoch = (guint) history->steps_per_epoch;

      return g_strdup_printf (_ ("Epoch %u of %u · minibatch %u of %u · paused"),
                              (guint) (last / per_epoch) + 1, epochs,
                              (guint) (last % per_epoch) + 1, per_epoch);
    }
  left_text = state == NUMERAL_TRAINER_PAUSED ?
                  g_strdup (_ (" · paused")) :
                  format_left (numeral_trainer_get_seconds_left (trainer));
  /* Translators: the last %s is empty, or how long it will take, with a dot before it */
  return g_strdup_printf (_ ("Epoch %u of %u · %.0f %%%s"), epoch, epochs, 100 * progress,
                          left_text);
}

static char *
format_idle (NumeralTrainPage *self)
{
  NumeralRun *run = numeral_lab_get_run (self->lab);
  const char *message, *outcome;
  double done;

  if (numeral_lab_get_waiting (self->lab))
    return g_strdup (_ ("Looking for the data…"));
  if (!run)
    return g_strdup (_ ("Ready to train"));
  if (numeral_run_get_elsewhere (run))
    return g_strdup_printf (_ ("%s: training in another window"), numeral_run_get_name (run));
  message = numeral_run_get_message (run);
  done = numeral_run_get_epochs_done (run);
  switch (numeral_run_get_status (run))
    {
    case NUMERAL_RUN_FINISHED:
      outcome = numeral_outcome_describe (numeral_run_get_outcome (run));
      if (outcome)
        /* Translators: the name of a run, and such as "no better than guessing" */
        return g_strdup_printf (_ ("%s: %s"), numeral_run_get_name (run), outcome);
      return g_strdup_printf (_ ("%s: finished"), numeral_run_get_name (run));
    case NUMERAL_RUN_FAILED:
      return message ? g_strdup (message) :
                       g_strdup_printf (_ ("%s: failed"), numeral_run_get_name (run));
    case NUMERAL_RUN_UNFINISHED:
      return g_strdup_printf (_ ("%s: interrupted after %.3g epochs"), numeral_run_get_name (run),
                              done);
    case NUMERAL_RUN_STOPPED:
    default:
      return g_strdup_printf (_ ("%s: stopped after %.3g epochs"), numeral_run_get_name (run),
                              done);
    }
}

/* What a private run has spent at the end of its last epoch. */
static void
add_epsilon (const NumeralHistory *history, GString *text)
{
  const NumeralEpochPoint *last =
      &g_array_index (history->epochs, NumeralEpochPoint, history->epochs->len - 1);

  if (last->epsilon > 0)
    /* Translators: epsilon of differential privacy, after " · " */
    g_string_append_printf (text, _ (" · epsilon %.3f"), last->epsilon);
}

static char *
format_detail (NumeralTrainPage *self, gboolean active)
{
  const NumeralHistory *history = numeral_train_page_get_history (self);
  GString *text = g_string_new (NULL);
  const double speed = numeral_trainer_get_images_per_second (numeral_lab_get_trainer (self->lab));

  if (numeral_train_page_get_state (self) == NUMERAL_TRAINER_PAUSED && active && history &&
      numeral_history_get_n_steps (history) > 0)
    {
      const NumeralStepPoint last =
          numeral_history_get_step (history, numeral_history_get_n_steps (history) - 1);
      g_autofree char *percent = numeral_format_percent ((double) last.accuracy);

      /* Translators: of the last minibatch; how many of its samples were read right */
      g_string_append_printf (text, _ ("loss %.3f · %s right"), (double) last.loss, percent);
    }
  else if (active && speed > 0)
    g_string_append_printf (text, _ ("%'.0f images a second"), speed);
  if (history && history->best_epoch >= 0)
    {
      const NumeralEpochPoint *best =
          &g_array_index (history->epochs, NumeralEpochPoint, history->best_epoch);
      const gboolean validated = isfinite (best->validation_accuracy);
      g_autofree char *percent =
          numeral_format_percent (validated ? best->validation_accuracy : best->train_accuracy);

      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append_printf (text, validated ? _ ("best validation %s") : _ ("best training %s"),
                              percent);
      add_epsilon (history, text);
    }
  return g_string_free (text, FALSE);
}

void
numeral_train_page_progress_update (NumeralTrainPage *self)
{
  const NumeralTrainerState state = numeral_train_page_get_state (self);
  const gboolean active = state != NUMERAL_TRAINER_IDLE && numeral_train_page_shows_trainer (self);
  g_autofree char *text = active ? format_active (self, state) : format_idle (self);
  g_autofree char *detail = format_detail (self, active);
  double progress = 0;

  gtk_inscription_set_text (self->progress_text, text);
  gtk_inscription_set_text (self->progress_detail, detail);
  if (numeral_train_page_shows_trainer (self))
    progress = numeral_trainer_get_progress (numeral_lab_get_trainer (self->lab));
  /* Round to visible steps, because each change causes a layout of the window. */
  progress = floor (CLAMP (progress, 0, 1) * PROGRESS_STEPS) / PROGRESS_STEPS;
  if (gtk_progress_bar_get_fraction (self->progress_bar) != progress)
    gtk_progress_bar_set_fraction (self->progress_bar, progress);
}
