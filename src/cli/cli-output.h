/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The standard output, which carries results and nothing else, and the standard
 * error output, which carries one line for each error. */

/* Call first. Makes sure that the three standard descriptors are taken, so that
 * no file opened later becomes the standard output by accident, and that a
 * reader who leaves is an error of a write and not the end of the process. */
void cli_output_init (void);

/* Text for the standard output. A failure is remembered, see cli_output_ok(). */
void cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Whether everything so far could be written; where not, more work is in vain. */
gboolean cli_output_ok (void);

/* One line "numeral-cli: ..."; control characters become spaces. */
void cli_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * cli_output_finish:
 *
 * Writes what is still buffered. Returns @status, or CLI_FAILED where writing
 * failed: with an error line, unless the reader left on purpose (EPIPE, as with
 * "| head").
 */
int cli_output_finish (int status);

G_END_DECLS
