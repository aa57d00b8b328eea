/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-session.h"

G_BEGIN_DECLS

/**
 * NumeralRunLog:
 *
 * The log of a session as JSON lines, one object for each minibatch and one more
 * for each epoch, written while the run goes so that it can be followed. The first
 * failure to write is kept for numeral_run_log_finish(): a full disk must not cost
 * the model that is being trained.
 */
typedef struct _NumeralRunLog NumeralRunLog;

/* @n_steps: that were trained before; the lines of an earlier log about them stay, its other lines
 * are written anew. G_IO_ERROR_* with the file's name. */
NumeralRunLog *numeral_run_log_open (const char *path, guint64 n_steps, GError **error);
void numeral_run_log_free (NumeralRunLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunLog, numeral_run_log_free)

/* Epochs and steps count from 1 in the file. Buffered for a fifth of a second. */
void numeral_run_log_add (NumeralRunLog *log, const NumeralSessionStep *step);

/* Writes what is buffered; %FALSE where that or anything before failed. */
gboolean numeral_run_log_finish (NumeralRunLog *log, GError **error);

G_END_DECLS
