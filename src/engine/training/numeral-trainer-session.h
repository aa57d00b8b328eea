/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-trainer.h"
#include "numeral-run-data.h"
#include "numeral-run-keeper.h"
#include "numeral-run-snapshots.h"
#include "numeral-trainer-link.h"

G_BEGIN_DECLS

/* How a session ended, or that it has not. */
typedef enum
{
  NUMERAL_SESSION_GOING,
  NUMERAL_SESSION_STOPPED,
  NUMERAL_SESSION_FINISHED,
  NUMERAL_SESSION_DIVERGED,
} NumeralSessionEnd;

/**
 * NumeralSession:
 *
 * A run while it is trained. Owned by the training thread; numeral-trainer-session.c
 * begins and ends it, numeral-trainer-thread.c turns the crank, -publish.c tells the
 * main context, -keep.c gives the keeper what is to be kept.
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
  NumeralRunData *data;
  NnTrainer *trainer;
  guint64 n_steps; /* of the whole run */
  double scale;    /* of the learning rate */

  /* The curve, as far as it is needed here: the minibatches of this epoch, and all epochs. */
  NumeralHistory *history;
  double epoch_seconds; /* trained in this epoch */
  NnNetwork *best;      /* of the last epoch, where it was the best and is not kept yet */
  guint64 best_step;    /* when it was that */

  /* To be told. */
  GArray *fresh_points, *fresh_epochs;
  gint64 published, snapshot_time, snapshot_cost;
  guint64 told_step; /* whose weights were told of last */
  GError *error;     /* of the end */
  gint64 rate_time;  /* trained since @rate_images began to be counted */
  guint64 rate_images;
  double images_per_second;
  gint64 run_time; /* trained and validated in this session */
  guint64 run_steps;

  /* To be kept. */
  NumeralKeeper *keeper;
  NumeralKeepJob *job; /* what the next one will hold */
  NumeralSnapshotPlan plan;
  guint64 kept_step;
  double kept_scale;
  gint64 kept_time, keep_cost;
  gboolean warned;
} NumeralSession;

/* numeral-trainer-session.c */

/* Locks and reads the run, loads its data, and goes back to its checkpoint. */
gboolean numeral_session_begin (NumeralSession *session, GCancellable *cancellable, GError **error);
/* Everything is given back. */
void numeral_session_clear (NumeralSession *session);
/* Takes over the commands that came in. %FALSE where the session is to end. */
gboolean numeral_session_listen (NumeralSession *session);
/* Whether the last epoch is done, or early stopping says so. */
gboolean numeral_session_is_over (const NumeralSession *session);
guint64 numeral_session_get_step (const NumeralSession *session);

/* numeral-trainer-publish.c */

/* Tells of one minibatch, of an epoch; told with the next numeral_session_publish(). */
void numeral_session_add_step (NumeralSession *session, const NnStep *step, gint64 time);
void numeral_session_add_epoch (NumeralSession *session, const NumeralEpochPoint *point);
/* Where it is time again. @now: g_get_monotonic_time() */
void numeral_session_publish_if_due (NumeralSession *session, gint64 now);
/* At once. @with_weights: and the weights of this moment */
void numeral_session_publish (NumeralSession *session, gboolean with_weights);
void numeral_session_publish_state (NumeralSession *session, NumeralTrainerState state);
/* A message for the person; (transfer full) */
void numeral_session_warn (NumeralSession *session, char *message);
/* The curve so far, which goes over to the main context but for this epoch's part, and the data. */
void numeral_session_publish_beginning (NumeralSession *session);
/* The end; takes @error over. */
void numeral_session_publish_end (NumeralSession *session, GError *error);

/* numeral-trainer-keep.c */

gboolean numeral_session_keep_begin (NumeralSession *session, GError **error);
/* Where it is time again and the keeper is idle. */
void numeral_session_keep_if_due (NumeralSession *session, gint64 now, gboolean epoch_done);
/* Everything up to this moment, as soon as the keeper is idle. %FALSE where it is not idle yet. */
gboolean numeral_session_keep_now (NumeralSession *session);
/* Writes @status down, where it is another and there is a folder to write to; nothing else. */
void numeral_session_keep_status (NumeralSession *session, NumeralRunStatus status);
/* Waits until everything up to this moment is kept, with @status. */
gboolean numeral_session_keep_end (NumeralSession *session,
                                   NumeralRunStatus status,
                                   const char *message,
                                   GError **error);
/* The weights of this moment, if the plan has them. */
void numeral_session_take_snapshot (NumeralSession *session);

G_END_DECLS
