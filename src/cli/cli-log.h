/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-json.h"
#include "nn-trainer.h"

G_BEGIN_DECLS

/**
 * CliLog:
 *
 * The record of a run as JSON lines, one object for each minibatch and one more
 * for each epoch, written while it goes so that it can be followed. The first
 * failure to write is kept for cli_log_close(): a full disk must not cost the
 * model that is being trained.
 */
typedef struct _CliLog CliLog;

/* What an epoch's line says, besides the step. @validation_loss: NaN where there is none. */
typedef struct
{
  double loss, accuracy;
  double validation_loss, validation_accuracy;
  double seconds, images_per_second;
} CliLogEpoch;

/* @n_steps: that were trained before; what an earlier record says of them stays, all else of it is
 * written anew. G_IO_ERROR_* with the file's name. */
CliLog *cli_log_open (const char *path, guint64 n_steps, GError **error);
void cli_log_free (CliLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliLog, cli_log_free)

/* Epochs and steps count from 1 in the file. @now: g_get_monotonic_time() */
void cli_log_step (CliLog *log, const NnStep *step, gint64 now);
void cli_log_epoch (CliLog *log, const NnStep *last, const CliLogEpoch *epoch);

/* Writes what is buffered; %FALSE where that or anything before failed. */
gboolean cli_log_finish (CliLog *log, GError **error);

G_END_DECLS
