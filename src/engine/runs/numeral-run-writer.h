/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "numeral-draft.h"
#include "numeral-run-curve.h"
#include "numeral-run-files.h"

G_BEGIN_DECLS

/**
 * NumeralWriteJob:
 * @points: (element-type NumeralStepPoint): minibatches since the job before
 * @epochs: the lines of epochs since
 * @snapshots: (element-type NnNetwork): since, at @snapshot_steps
 * @state: (nullable): nn_trainer_write_state(), to be committed; %NULL in a job of snapshots alone
 * @state_error: (nullable): why there is no @state where there should be
 * @last: (nullable): the weights in @state
 * @best: (nullable): the best since, or at the end of the run
 * @card: @best_card: (element-type utf8 utf8): what the files of @last and the snapshots, and of
 *   @best, say besides the weights
 *
 * The parts of a run that are put on the disk together.
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
  GHashTable *card, *best_card;
} NumeralWriteJob;

NumeralWriteJob *numeral_write_job_new (void);
void numeral_write_job_free (NumeralWriteJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralWriteJob, numeral_write_job_free)

/**
 * NumeralRunWriter:
 *
 * Writes the files of a run in a thread of its own, so that training waits for no
 * disk. The order is such that the program may be killed at any moment: the files
 * that a checkpoint needs are on the disk before it takes the place of the one
 * before. Data that could not be written is kept for the next job, so that a disk
 * that was full for a while costs nothing but time.
 */
typedef struct _NumeralRunWriter NumeralRunWriter;

/**
 * numeral_run_writer_new:
 * @files: borrowed
 * @history: the curve is cut back to this
 * @wake: (nullable): called in the writer's thread when it is idle again
 */
NumeralRunWriter *numeral_run_writer_new (const NumeralRunFiles *files,
                                          const NumeralHistory *history,
                                          void (*wake) (gpointer data),
                                          gpointer data,
                                          GError **error);
/* Finishes the job that is being written, and ends the thread. */
void numeral_run_writer_free (NumeralRunWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunWriter, numeral_run_writer_free)

gboolean numeral_run_writer_is_idle (NumeralRunWriter *writer);
/* Takes @job over; only while idle. */
void numeral_run_writer_put (NumeralRunWriter *writer, NumeralWriteJob *job);
/* Waits until it is idle. */
void numeral_run_writer_wait (NumeralRunWriter *writer);
/* (transfer full) (nullable): why the job before could not be written; only while idle, once. */
GError *numeral_run_writer_take_error (NumeralRunWriter *writer);

G_END_DECLS
