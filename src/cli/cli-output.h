/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The standard output, which carries results and nothing else, and the standard
 * error output, which carries one line for each error. */

/* Call this first. It opens missing standard descriptors, so that no file opened later
 * becomes the standard output by accident. It ignores SIGPIPE, so that a closed pipe is
 * a write error and does not end the process. */
void cli_output_init (void);

/* Prints to the standard output. An error is recorded, see cli_output_ok(). */
void cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Whether all output was written so far. If not, a verb can stop. */
gboolean cli_output_ok (void);

/* One line "numeral-cli: ..."; control characters become spaces. */
void cli_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * cli_output_finish:
 *
 * Flushes the standard output. Returns @status, or CLI_FAILED if writing failed,
 * with an error line unless the reader closed the pipe (EPIPE, as with "| head").
 */
int cli_output_finish (int status);

G_END_DECLS
