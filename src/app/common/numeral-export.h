/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-draft.h"

G_BEGIN_DECLS

/* Writes the contents to @draft with numeral_draft_write(). Runs in the write queue. %FALSE with
 * @error set. */
typedef gboolean (*NumeralExportFunc) (gpointer data, NumeralDraft *draft, GError **error);

/**
 * numeral_export:
 * @data: (transfer full): for @func; freed with @destroy in the main thread
 *
 * Writes what @func gives to @file in the write queue, and shows the result in a toast near
 * @widget. Without the widget the file is still written, but no toast is shown.
 */
void numeral_export (
    GtkWidget *widget, GFile *file, NumeralExportFunc func, gpointer data, GDestroyNotify destroy);
/* The same for contents that are in memory. */
void numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes);

G_END_DECLS
