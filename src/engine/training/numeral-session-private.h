/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-reduction.h"
#include "numeral-keystream.h"
#include "numeral-run-snapshots.h"
#include "numeral-run-writer.h"
#include "numeral-session.h"

G_BEGIN_DECLS

/* Private to numeral-session*.c. */

struct _NumeralSession
{
  NumeralSessionSetup setup;
  NnTrainConfig config;
  /* @reading: the architecture of what reads. @trainer: its snapshots read principal components if
   *   there is a @reduction. */
  NnArchitecture reading;
  NnReduction *reduction;      /* (nullable) */
  NumeralKeystream *keystream; /* (nullable): of a private run */
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

/* numeral-session-reduce.c */

/* Creates the trainer, and before that the reduction, if the config wants one: that of a
 * checkpoint, or a new one. @state: (inout) (nullable): the checkpoint; (out): what of it is the
 * trainer's. */
gboolean numeral_session_create_trainer (NumeralSession *session, GBytes **state, GError **error);
/* Measures the validation samples with the current weights. */
void numeral_session_measure (const NumeralSession *session, NumeralEpochPoint *point);
/* Writes what numeral_session_create_trainer() reads, without the trainer's part. */
gboolean numeral_session_write_reduction (const NumeralSession *session,
                                          NnWriteFunc write,
                                          gpointer data,
                                          GError **error);

/* numeral-session-resume.c */

/* Reads the checkpoint; %NULL without @error if there is none. */
GBytes *numeral_session_read_checkpoint (const NumeralSession *session, GError **error);
/* Restores the trainer's part of the checkpoint, @state: (nullable); sets @past, and @best if there
 * are best weights. */
gboolean numeral_session_resume (NumeralSession *session, GBytes *state, GError **error);
/* A run with damaged files is not resumed: training would overwrite what is left of them. */
gboolean
numeral_session_fail_damaged (const NumeralSession *session, GError **error, const char *what);

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
