/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-snapshots.h"
#include "numeral-run-writer.h"
#include "numeral-session.h"

G_BEGIN_DECLS

/* Private to numeral-session*.c. */

struct _NumeralSession
{
  NumeralSessionSetup setup;
  NnTrainConfig config;
  NnTrainer *trainer;
  guint64 n_steps; /* total of the run */
  double scale;    /* of the learning rate */
  NumeralSessionEnd end;

  /* @past: the curve before this session, until it is taken. @history: all epochs, and the steps
   *   of the current epoch alone. */
  NumeralHistory *past, *history;
  NnNetwork *best; /* NULL before the first epoch is over */
  NumeralEpochPoint best_epoch;

  /* Of this session, in microseconds; @session_time includes validation. */
  gint64 epoch_time, train_time, session_time;
  guint64 epoch_images, n_images, session_steps;

  /* Files of the run. */
  NumeralRunWriter *writer; /* NULL if the run has no files */
  NumeralWriteJob *job;     /* collects data for the next write */
  NumeralSnapshotPlan plan;
  gboolean best_is_fresh; /* best was not given to the writer yet */
  guint64 kept_step;
  double kept_scale;
  gint64 kept_time, keep_cost;
  gboolean noted; /* whether the result of the last write was looked at */
  char *problem;  /* (nullable): why the last write failed */
  char *warning;
};

/* numeral-session.c */

/* Number of epochs that were begun. */
guint numeral_session_get_n_epochs (const NumeralSession *session);
/* The current epoch so far, as a point. @last_n: samples of its last minibatch. */
void
numeral_session_average (const NumeralSession *session, guint last_n, NumeralEpochPoint *point);

/* numeral-session-resume.c */

/* Restores the checkpoint; sets @past, and @best if there are best weights. */
gboolean numeral_session_resume (NumeralSession *session, GError **error);

/* numeral-session-keep.c */

gboolean numeral_session_keep_begin (NumeralSession *session, GError **error);
/* Saves a checkpoint if one is due and the writer is idle. */
void numeral_session_keep_if_due (NumeralSession *session, gint64 now, gboolean epoch_done);
/* Adds a minibatch to the next write. */
void numeral_session_keep_step (NumeralSession *session, const NumeralStepPoint *point);
void numeral_session_keep_epoch (NumeralSession *session,
                                 const NumeralEpochPoint *epoch,
                                 float learning_rate);

/* numeral-session-card.c */

/* (transfer full): the card of the weights of @epoch (nullable). */
GHashTable *numeral_session_make_card (const NumeralSession *session,
                                       const NumeralEpochPoint *epoch);
/* (transfer full): the card of the current weights. */
GHashTable *numeral_session_make_last_card (const NumeralSession *session);

G_END_DECLS
