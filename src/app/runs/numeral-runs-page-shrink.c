/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-model-format.h"
#include "numeral-runs-page-private.h"
#include "numeral-shrink-dialog.h"

/* (transfer full): a name for the file of a model, without its folder */
static char *
file_name (const char *name)
{
  char *file = g_strconcat (name, ".", numeral_model_formats ()[0]->suffixes[0], NULL);

  return g_strdelimit (file, G_DIR_SEPARATOR_S, '-');
}

static void
on_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer bytes)
{
  numeral_export_bytes (page, file, bytes);
}

static void
on_export (NumeralRunsPage *self, NumeralShrunk *model, const char *name)
{
  g_autofree char *proposed = file_name (name);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileFilter *const filters[] = { filter, NULL };
  const NumeralFileRequest request = { .title = _ ("Export the Model"),
                                       .action = GTK_FILE_CHOOSER_ACTION_SAVE,
                                       .accept = _ ("_Export"),
                                       .name = proposed,
                                       .filters = filters };

  gtk_file_filter_set_name (filter, numeral_model_formats ()[0]->name);
  gtk_file_filter_add_suffix (filter, numeral_model_formats ()[0]->suffixes[0]);
  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen,
                            g_bytes_ref (numeral_shrunk_get_bytes (model)),
                            (GDestroyNotify) g_bytes_unref);
}

static void
on_added (GObject *store, GAsyncResult *result, gpointer page)
{
  numeral_runs_page_end_import (page, result);
  g_object_unref (page);
}

static void
on_add (NumeralShrinkDialog *dialog, NumeralShrunk *model, const char *name, NumeralRunsPage *self)
{
  numeral_run_store_add_model_async (self->store, numeral_shrunk_get_bytes (model), name,
                                     numeral_run_get_config (
                                         numeral_shrink_dialog_get_run (dialog)),
                                     on_added, g_object_ref (self));
}

void
numeral_runs_page_shrink (NumeralRunsPage *self)
{
  NumeralRun *run = numeral_runs_page_get_one (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  NumeralShrinkDialog *dialog;

  if (!run || !numeral_run_get_folder (run))
    return;
  dialog = numeral_shrink_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, run);
  g_signal_connect_object (dialog, "export", G_CALLBACK (on_export), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "add", G_CALLBACK (on_add), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
