/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-write.h"
#include "numeral-history.h"

G_BEGIN_DECLS

/* A history as text: the lines of a training log, of epochs.jsonl, and of the exported files. */

/* One line of JSON with its newline, with or without the accuracy of the minibatch. @step and
 * @epoch count from 0; the line counts from 1. */
void numeral_step_point_append_json (GString *text,
                                     guint64 step,
                                     guint64 epoch,
                                     const NumeralStepPoint *point,
                                     gboolean with_accuracy);
/* One line of numeral_history_write_jsonl() with its newline. */
void numeral_epoch_point_append_json (GString *text,
                                      const NumeralEpochPoint *point,
                                      float learning_rate);

/* A function that writes a history. */
typedef gboolean (*NumeralHistoryWriteFunc) (const NumeralHistory *history,
                                             NnWriteFunc write,
                                             gpointer data,
                                             GError **error);

/**
 * numeral_history_write_csv: numeral_history_write_jsonl:
 * @write: receives the text in pieces, with @data
 *
 * Writes the curve as CSV, or as JSON lines in the format of `numeral-cli train --log` plus the
 * accuracy of each minibatch. The text is never in memory as a whole. Takes about a second for two
 * million minibatches; may run in any thread that owns @history, such as a copy.
 *
 * Returns: %FALSE with the error of @write
 */
gboolean numeral_history_write_csv (const NumeralHistory *history,
                                    NnWriteFunc write,
                                    gpointer data,
                                    GError **error);
gboolean numeral_history_write_jsonl (const NumeralHistory *history,
                                      NnWriteFunc write,
                                      gpointer data,
                                      GError **error);

G_END_DECLS
