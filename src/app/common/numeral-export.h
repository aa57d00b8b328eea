/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * numeral_export_bytes:
 *
 * Writes @bytes to @file in a thread, as numeral_file_write() does, and says in a toast by @widget
 * what came of it. A widget that is gone by then says nothing; the file is written all the same.
 */
void numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes);

G_END_DECLS
