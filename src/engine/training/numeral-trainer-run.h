/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-session.h"
#include "numeral-trainer-link.h"

G_BEGIN_DECLS

/**
 * NumeralTrainerRun:
 *
 * A run in the training thread, which alone owns it: the session, and what the
 * main context has not been told of yet. numeral-trainer-run.c begins and ends it,
 * numeral-trainer-thread.c trains, -publish.c tells the main context.
 */
typedef struct
{
  NumeralTrainerLink *link;
  NumeralTrainerCommands commands; /* as last seen; @next is not held here */
  guint64 serial;
  NumeralTrainerState state;
  NumeralSessionEnd end;

  NumeralRunRecord *record;
  int lock;
  NumeralRunFiles *files;
  NumeralRunData *data;
  NumeralSession *session; /* or NULL where nothing is trained */
  double scale;            /* of the learning rate */

  /* To be published. */
  GArray *fresh_points, *fresh_epochs;
  gint64 published, snapshot_time, snapshot_cost;
  guint64 told_step;  /* of the weights that were published last */
  GError *error;      /* of the end */
  char *told_problem; /* (nullable): why it is not saved, as published */
  gint64 rate_time;   /* trained since @rate_images began to be counted */
  guint64 rate_images;
  double images_per_second;
} NumeralTrainerRun;

/* numeral-trainer-run.c */

/* Locks and reads the run, loads its data, and goes back to its checkpoint. Of a run that has come
 * to its end, @session stays %NULL. */
gboolean
numeral_trainer_run_begin (NumeralTrainerRun *run, GCancellable *cancellable, GError **error);
/* Gives back all but what the end has to tell; then others may train the run. */
void numeral_trainer_run_release (NumeralTrainerRun *run);
void numeral_trainer_run_clear (NumeralTrainerRun *run);
/* Takes over the commands that came in. %FALSE where the session is to end. */
gboolean numeral_trainer_run_listen (NumeralTrainerRun *run);
/* Writes @status down, where it is another and there is a folder to write to; nothing else. */
void numeral_trainer_run_set_status (NumeralTrainerRun *run, NumeralRunStatus status);

/* numeral-trainer-publish.c */

/* Gathers a minibatch for the next numeral_trainer_run_publish(). */
void numeral_trainer_run_add_step (NumeralTrainerRun *run, const NumeralSessionStep *step);
/* Where it is time again. @now: g_get_monotonic_time() */
void numeral_trainer_run_publish_if_due (NumeralTrainerRun *run, gint64 now);
/* At once. @with_weights: and the weights of this moment */
void numeral_trainer_run_publish (NumeralTrainerRun *run, gboolean with_weights);
void numeral_trainer_run_publish_state (NumeralTrainerRun *run, NumeralTrainerState state);
/* The curve so far, and the data. (transfer full) @past */
void numeral_trainer_run_publish_beginning (NumeralTrainerRun *run, NumeralHistory *past);
/* Whether the run is saved, if that has changed. */
void numeral_trainer_run_publish_problem (NumeralTrainerRun *run, const char *problem);
/* What could not be saved; takes it over. */
void numeral_trainer_run_publish_unsaved (NumeralTrainerRun *run, NumeralUnsavedRun *unsaved);
/* The end; takes @error over. */
void numeral_trainer_run_publish_end (NumeralTrainerRun *run, GError *error);

G_END_DECLS
