/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CliProgress:
 *
 * Shows the progress of a training on the standard error output: one line that is
 * rewritten on a terminal, otherwise one line per epoch.
 */
typedef struct
{
  gboolean quiet, terminal;
  gboolean line_open; /* the terminal's last line is not empty */
  guint n_epochs;
  gint64 last_shown; /* microseconds */
} CliProgress;

/* The values of a line. @validation_loss: NaN without validation. */
typedef struct
{
  guint epoch;                                 /* 1-based */
  double epoch_share;                          /* share share of the epoch that is done, 0..1 */
  double loss, accuracy;                       /* of the epoch so far */
  double validation_loss, validation_accuracy; /* after the last validated epoch */
  double images_per_second, seconds_left;
} CliProgressLine;

void cli_progress_init (CliProgress *progress, guint n_epochs, gboolean quiet);

/* Whether the line is due to be rewritten; called after each minibatch. */
gboolean cli_progress_is_due (CliProgress *progress, gint64 now);
void cli_progress_update (CliProgress *progress, const CliProgressLine *line);
/* Prints the final line of an epoch. */
void cli_progress_epoch (CliProgress *progress, const CliProgressLine *line);
/* The same for the text of another kind of progress. */
void cli_progress_update_text (CliProgress *progress, const char *text);
void cli_progress_epoch_text (CliProgress *progress, const char *text);
/* ", 312000 images/s, 4 s left" */
void cli_progress_append_pace (GString *text, double images_per_second, double seconds_left);
/* Moves the terminal to the start of a line. */
void cli_progress_end (CliProgress *progress);

G_END_DECLS
