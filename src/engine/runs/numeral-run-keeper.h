/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "numeral-draft.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"

G_BEGIN_DECLS

/**
 * NumeralKeepJob:
 * @points: (element-type NumeralStepPoint): minibatches since the job before
 * @epochs: the lines of epochs since
 * @snapshots: (element-type NnNetwork): since, at @snapshot_steps
 * @state: (nullable): nn_trainer_write_state(), to be committed; %NULL in a job of snapshots alone
 * @state_error: (nullable): why there is no @state where there should be
 * @last: (nullable): the weights in @state
 * @best: (nullable): the best since
 * @card: (element-type utf8 utf8): what the model files say besides the weights
 *
 * What is to be put on the disk together.
 */
typedef struct
{
  GArray *points;
  GString *epochs;
  GPtrArray *snapshots;
  GArray *snapshot_steps; /* of guint64 */
  NumeralDraft *state;
  GError *state_error;
  NnNetwork *last, *best;
  GHashTable *card;
} NumeralKeepJob;

NumeralKeepJob *numeral_keep_job_new (void);
void numeral_keep_job_free (NumeralKeepJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralKeepJob, numeral_keep_job_free)

/**
 * NumeralKeeper:
 *
 * Writes a run into its folder, in a thread of its own, so that training waits
 * for no disk. The order is such that the program may be killed at any moment:
 * what a checkpoint needs is on the disk before it takes the place of the one
 * before. What could not be written is kept for the next job, so that a disk that
 * was full for a while costs nothing but time.
 */
typedef struct _NumeralKeeper NumeralKeeper;

/**
 * numeral_keeper_new:
 * @history: the curve is cut back to this
 * @wake: called in the keeper's thread when it is idle again
 */
NumeralKeeper *numeral_keeper_new (NumeralRunRecord *record,
                                   const NumeralHistory *history,
                                   void (*wake) (gpointer data),
                                   gpointer data,
                                   GError **error);
/* Finishes the job that is being written, and ends the thread. */
void numeral_keeper_free (NumeralKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralKeeper, numeral_keeper_free)

gboolean numeral_keeper_is_idle (NumeralKeeper *keeper);
/* Takes @job over; only while idle. */
void numeral_keeper_put (NumeralKeeper *keeper, NumeralKeepJob *job);
/* Waits until it is idle. */
void numeral_keeper_wait (NumeralKeeper *keeper);
/* (transfer full) (nullable): why the job before could not be written; only while idle, once. */
GError *numeral_keeper_take_error (NumeralKeeper *keeper);

G_END_DECLS
