/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A sheet of paper, or a file, with a recovery key and what it is for. */

/* (transfer full): the key in two lines. Wipe it: numeral_recovery_text_free() */
char *numeral_recovery_sheet_wrap (const char *text);

/* (transfer full): prints the key @text in large letters. */
GtkPrintOperation *numeral_recovery_sheet_new_print (const char *text);

/* (transfer full): the key in the first line, as `numeral-cli --recovery-file` reads it, and what
 * it is for. Wipe it: it is secret. */
char *numeral_recovery_sheet_format (const char *text);

/* Asks for a file, and saves the key for the person alone: mode 0600. Says so in a toast near
 * @widget. */
void numeral_recovery_sheet_save (GtkWidget *widget, const char *text);

/* Copies the key, with the hint by which clipboard managers leave it out of their history. */
void numeral_recovery_sheet_copy (GtkWidget *widget, const char *text);

G_END_DECLS
