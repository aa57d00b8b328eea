/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-session.h"

G_BEGIN_DECLS

/**
 * NumeralRunLog:
 *
 * The log of a session as JSON lines: one object for each minibatch and one for each epoch,
 * written during the run so that it can be followed. A full disk must not end the training: what
 * cannot be written waits and is tried again, and numeral_run_log_finish() reports it only if it
 * cannot be written then either.
 */
typedef struct _NumeralRunLog NumeralRunLog;

/* @n_steps: steps that were trained before. An existing log keeps its lines up to there, and the
 *   others are removed. G_IO_ERROR_* with the file's name. */
NumeralRunLog *numeral_run_log_open (const char *path, guint64 n_steps, GError **error);
void numeral_run_log_free (NumeralRunLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunLog, numeral_run_log_free)

/* The file counts epochs and steps from 1. Output is buffered for 0.2 s. */
void numeral_run_log_add (NumeralRunLog *log, const NumeralSessionStep *step);

/* A line of another kind of training: one JSON object, without the end of the line. @epoch: whether
 * it is that of an epoch, which is written at once. */
void numeral_run_log_add_line (NumeralRunLog *log, const char *json, gboolean epoch);

/* Writes what waits and closes the log, which ends with a complete line; %FALSE if lines are
 * missing. */
gboolean numeral_run_log_finish (NumeralRunLog *log, GError **error);

G_END_DECLS
