/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes to @file in the thread of the write queue; may be called again after it failed. */
typedef gboolean (*NumeralExportFunc) (gpointer data, GFile *file, GError **error);

/**
 * NumeralExport:
 * @saved: whether the message of success says that it was saved, and not exported
 * @fresh: whether an existing file is an error and not replaced: nobody was asked about it
 * @data: freed with @destroy, in any thread
 */
typedef struct
{
  GFile *file;
  gboolean saved, fresh;
  NumeralExportFunc func;
  gpointer data;
  GDestroyNotify destroy;
} NumeralExport;

/**
 * numeral_export:
 *
 * Writes a file in the write queue and shows a toast near @widget. If it cannot be written, the
 * unsaved bar of the window keeps it: it can be tried again, or written elsewhere. Without the
 * widget the file is still written, but nothing is shown.
 */
void numeral_export (GtkWidget *widget, const NumeralExport *export);

/* The same with @bytes, as numeral_file_write() writes them. */
void numeral_export_bytes (GtkWidget *widget, GFile *file, GBytes *bytes);

G_END_DECLS
