/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * numeral_export_bytes:
 *
 * Writes @bytes to @file in the write queue, as numeral_file_write() does, and shows the result in
 * a toast near @widget. Without the widget the file is still written, but no toast is shown.
 */
void numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes);

G_END_DECLS
