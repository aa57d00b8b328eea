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
  guint64 n_steps; /* of the whole run */
  double scale;    /* of the learning rate */
  NumeralSessionEnd end;

  /* The curve: @past until it is taken; @history has the steps of the current epoch alone. */
  NumeralHistory *past, *history;
  NnNetwork *best; /* or NULL before the first epoch is over */
  NumeralEpochPoint best_epoch;

  /* In this session. */
  gint64 epoch_time, train_time, session_time; /* microseconds; the last with validation */
  guint64 epoch_images, n_images, session_steps;

  /* On the disk. */
  NumeralRunWriter *writer; /* or NULL where nothing is kept */
  NumeralWriteJob *job;     /* the next one, which gathers */
  NumeralSnapshotPlan plan;
  gboolean best_is_fresh; /* and not yet given to the writer */
  guint64 kept_step;
  double kept_scale;
  gint64 kept_time, keep_cost;
  gboolean warned;
  char *warning;
};

/* numeral-session.c */

/* Epochs that were begun. */
guint numeral_session_get_n_epochs (const NumeralSession *session);
/* The current epoch so far, as a point; @last_n: samples of its last minibatch. */
void
numeral_session_average (const NumeralSession *session, guint last_n, NumeralEpochPoint *point);

/* numeral-session-resume.c */

/* Goes back to the checkpoint; sets @past, and @best where there is one. */
gboolean numeral_session_resume (NumeralSession *session, GError **error);

/* numeral-session-keep.c */

gboolean numeral_session_keep_begin (NumeralSession *session, GError **error);
/* Where it is time again and the writer is idle. */
void numeral_session_keep_if_due (NumeralSession *session, gint64 now, gboolean epoch_done);
/* Adds to what the next job writes. */
void numeral_session_keep_step (NumeralSession *session, const NumeralStepPoint *point);
void numeral_session_keep_epoch (NumeralSession *session,
                                 const NumeralEpochPoint *epoch,
                                 float learning_rate);

/* numeral-session-card.c */

/* (transfer full): of weights of @epoch (nullable). */
GHashTable *numeral_session_make_card (const NumeralSession *session,
                                       const NumeralEpochPoint *epoch);
/* (transfer full): of the weights of this moment. */
GHashTable *numeral_session_make_last_card (const NumeralSession *session);

G_END_DECLS
