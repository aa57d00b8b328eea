/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "numeral-draft.h"
#include "numeral-run-curve.h"
#include "numeral-run-files.h"

G_BEGIN_DECLS

/**
 * NumeralWriteJob:
 * @points: (element-type NumeralStepPoint): minibatches since the previous job
 * @epochs: the lines of epochs since the previous job
 * @snapshots: (element-type NnNetwork): snapshots since the previous job, at @snapshot_steps
 * @state: (nullable): an uncommitted draft with the output of nn_trainer_write_state(); %NULL in
 *   a job of snapshots alone
 * @state_error: (nullable): why @state could not be written
 * @last: (nullable): the weights in @state
 * @best: (nullable): the best weights, if they changed since the previous job, or at the end of
 *   the run
 * @card: @best_card: (element-type utf8 utf8): metadata of the files of @last and the snapshots,
 *   and of @best
 *
 * The parts of a run that are written together.
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
 * Writes the files of a run in a thread of its own, so that training does not wait for the disk.
 * The program may be killed at any time: the files that a checkpoint needs are on the disk
 * before the checkpoint replaces the previous one. Data that could not be written is kept for
 * the next job, so that a disk that is full for a while loses no data.
 */
typedef struct _NumeralRunWriter NumeralRunWriter;

/**
 * numeral_run_writer_new:
 * @files: borrowed
 * @history: the curve files are cut back to this
 * @wake: (nullable): called in the writer's thread when it becomes idle
 */
NumeralRunWriter *numeral_run_writer_new (const NumeralRunFiles *files,
                                          const NumeralHistory *history,
                                          void (*wake) (gpointer data),
                                          gpointer data,
                                          GError **error);
/* Waits for the current job, and ends the thread. */
void numeral_run_writer_free (NumeralRunWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunWriter, numeral_run_writer_free)

gboolean numeral_run_writer_is_idle (NumeralRunWriter *writer);
/* Takes ownership of @job; only while idle. */
void numeral_run_writer_put (NumeralRunWriter *writer, NumeralWriteJob *job);
/* Waits until it is idle. */
void numeral_run_writer_wait (NumeralRunWriter *writer);
/* (transfer full) (nullable): why the previous job could not be written; only while idle, and
 * only once. */
GError *numeral_run_writer_take_error (NumeralRunWriter *writer);

G_END_DECLS
