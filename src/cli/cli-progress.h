/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliProgress:
 *
 * How a training goes, on the standard error output, because the standard
 * output is for results: one line that is rewritten where that is a terminal,
 * one line for each epoch where it is not.
 */
typedef struct
{
  gboolean quiet, terminal;
  gboolean line_open; /* something stands on the terminal's last line */
  guint n_epochs;
  gint64 last_shown; /* microseconds */
} CliProgress;

/* What a line says. @validation_loss: NaN where there is no validation. */
typedef struct
{
  guint epoch;                                 /* 1-based */
  double epoch_share;                          /* of the epoch that is done, 0..1 */
  double loss, accuracy;                       /* of the epoch so far */
  double validation_loss, validation_accuracy; /* after the last epoch that was validated */
  double images_per_second, seconds_left;
} CliProgressLine;

void cli_progress_init (CliProgress *progress, guint n_epochs, gboolean quiet);

/* Whether it is time to rewrite the line; asked after each minibatch. */
gboolean cli_progress_is_due (CliProgress *progress, gint64 now);
void cli_progress_update (CliProgress *progress, const CliProgressLine *line);
/* The line of an epoch that is over; it stays. */
void cli_progress_epoch (CliProgress *progress, const CliProgressLine *line);
/* Leaves the terminal at the start of a line. */
void cli_progress_end (CliProgress *progress);

G_END_DECLS
