/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Secrets come from a file, from the standard input or from the terminal: never from the command
 * line, which other users of the machine see. */

/* (transfer full) (nullable): the first line of a file, "-" for the standard input. Free it with
 * cli_secret_free(). G_IO_ERROR_* */
char *cli_secret_read (const char *path, GError **error);

/* Whether there is a terminal to ask at. */
gboolean cli_secret_can_ask (void);
/* (transfer full) (nullable): a line that is typed at the terminal and not shown.
 * G_IO_ERROR_CANCELLED after Ctrl+C */
char *cli_secret_ask (const char *prompt, GError **error);

/* Wipes it. @text: (nullable) */
void cli_secret_free (char *text);

/* Writes a secret into a new file, which only its owner may read. G_IO_ERROR_EXISTS if there is one
 * already. */
gboolean cli_secret_write (const char *path, const char *text, GError **error);

G_END_DECLS
