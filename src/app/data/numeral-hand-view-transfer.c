/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-file-chooser.h"
#include "numeral-hand-message.h"
#include "numeral-hand-transfer.h"
#include "numeral-hand-view-private.h"
#include "numeral-toast.h"

/* In milliseconds: what takes longer is shown with a button that stops it; and how often that says
 * how far it is. */
#define SLOW 1000
#define TELL 100

/* An import, or an export. A stale one no longer matches the view's cancellable. */
typedef struct
{
  NumeralHandView *self;
  GCancellable *cancellable;
  gboolean import;
  int percent; /* written by the thread */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_object_unref (transfer->self);
  g_object_unref (transfer->cancellable);
  g_free (transfer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

static void
set_running (NumeralHandView *self, gboolean running)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "hand.import-file", !running);
  gtk_widget_action_set_enabled (widget, "hand.import-folder", !running);
  gtk_widget_action_set_enabled (widget, "hand.export", !running);
  gtk_widget_action_set_enabled (widget, "hand.cancel", running);
}

static void
end (NumeralHandView *self)
{
  g_clear_object (&self->transfer);
  g_clear_handle_id (&self->slow, g_source_remove);
  gtk_widget_set_visible (self->busy, FALSE);
  set_running (self, FALSE);
}

void
numeral_hand_view_transfer_stop (NumeralHandView *self)
{
  if (!self->transfer)
    return;
  g_cancellable_cancel (self->transfer);
  end (self);
}

/* (transfer full) */
static char *
describe (const Transfer *transfer, gsize n_done, gsize n_left_out)
{
  g_autofree char *done =
      transfer->import ?
          g_strdup_printf (ngettext ("%'zu sample imported", "%'zu samples imported", n_done),
                           n_done) :
          g_strdup_printf (ngettext ("%'zu sample exported", "%'zu samples exported", n_done),
                           n_done);

  if (n_left_out == 0)
    return g_steal_pointer (&done);
  /* Translators: "3 samples exported, 2 left out" */
  return g_strdup_printf (ngettext ("%s, %'zu left out", "%s, %'zu left out", n_left_out), done,
                          n_left_out);
}

static void
on_transferred (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  NumeralHandView *self = transfer->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n_done, n_left_out;
  const gboolean done = numeral_hand_transfer_finish (result, &n_done, &n_left_out, &error);

  if (done && transfer->import && self->store)
    numeral_hand_store_look (self->store);
  if (self->transfer != transfer->cancellable)
    return;
  end (self);
  if (!done)
    {
      numeral_hand_message_show (GTK_WIDGET (self),
                                 transfer->import ? _ ("Nothing Was Imported") :
                                                    _ ("Nothing Was Exported"),
                                 error);
      return;
    }
  text = describe (transfer, n_done, n_left_out);
  numeral_toast_show (GTK_WIDGET (self), text);
}

/* How far it is is known of many files, not of a single one. */
static void
show_progress (const Transfer *transfer)
{
  const int percent = g_atomic_int_get (&transfer->percent);
  g_autofree char *text = NULL;

  if (percent == 0)
    text = g_strdup (transfer->import ? _ ("Importing…") : _ ("Exporting…"));
  else
    text = g_strdup_printf (transfer->import ? _ ("Importing… %d %%") : _ ("Exporting… %d %%"),
                            percent);
  gtk_label_set_text (transfer->self->busy_text, text);
}

static gboolean
on_tell (gpointer data)
{
  show_progress (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_slow (gpointer data)
{
  Transfer *transfer = data;
  NumeralHandView *self = transfer->self;

  show_progress (transfer);
  gtk_widget_set_visible (self->busy, TRUE);
  self->slow = g_timeout_add (TELL, on_tell, transfer);
  return G_SOURCE_REMOVE;
}

static Transfer *
begin (NumeralHandView *self, gboolean import)
{
  Transfer *transfer = g_new (Transfer, 1);

  numeral_hand_view_transfer_stop (self);
  self->transfer = g_cancellable_new ();
  /* Until the end of the transfer, which is before the thread's callback frees it. */
  self->slow = g_timeout_add (SLOW, on_slow, transfer);
  set_running (self, TRUE);
  *transfer = (Transfer){ g_object_ref (self), g_object_ref (self->transfer), import, 0 };
  return transfer;
}

static void
on_import_chosen (gpointer view, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  NumeralHandView *self = view;
  g_autofree char *path = g_file_get_path (file);

  if (path && self->store)
    {
      Transfer *transfer = begin (self, TRUE);

      numeral_hand_import_async (numeral_hand_store_get_db (self->store), path, -1,
                                 &transfer->percent, transfer->cancellable, on_transferred,
                                 transfer);
    }
}

static void
action_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const gboolean folder = g_str_equal (name, "hand.import-folder");
  const NumeralFileRequest request = {
    .title = folder ? _ ("Import a Folder of Ink") : _ ("Import a File of Ink"),
    .action = folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
    .accept = _ ("_Import"),
  };

  numeral_file_chooser_ask (widget, &request, on_import_chosen, NULL, NULL);
}

/* (transfer full): a name that a second export on the same day does not have either. */
static char *
make_name (const NumeralHandExport *how)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d-%H%M%S");

  return g_strdup_printf ("handwriting-%s%s", date,
                          how->format == NUMERAL_HAND_UNIPEN ? ".unipen" : "");
}

/* A folder gets a new folder with the files. */
static void
on_export_chosen (gpointer view, GFile *file, GtkFileFilter *filter, gpointer data)
{
  NumeralHandView *self = view;
  const NumeralHandExport *how = data;
  g_autofree char *name = make_name (how);
  g_autofree char *chosen = g_file_get_path (file);
  g_autofree char *path = NULL;
  Transfer *transfer;

  if (!chosen || !self->store)
    return;
  path = how->format == NUMERAL_HAND_UNIPEN ? g_strdup (chosen) :
                                              g_build_filename (chosen, name, NULL);
  transfer = begin (self, FALSE);
  numeral_hand_export_async (numeral_hand_store_get_db (self->store), how, path, &transfer->percent,
                             transfer->cancellable, on_transferred, transfer);
}

static void
action_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *format = g_variant_get_string (parameter, NULL);
  NumeralHandExport how = { NUMERAL_HAND_INKML, g_str_equal (format, "anonymous") };
  g_autofree char *name = NULL;
  NumeralFileRequest request = { .title = _ ("Export Into a Folder"),
                                 .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                 .accept = _ ("_Export") };

  if (!how.anonymous && !numeral_hand_format_parse (format, &how.format))
    return;
  name = make_name (&how);
  if (how.format == NUMERAL_HAND_UNIPEN)
    {
      request.title = _ ("Export as UNIPEN");
      request.action = GTK_FILE_CHOOSER_ACTION_SAVE;
      request.name = name;
    }
  numeral_file_chooser_ask (widget, &request, on_export_chosen, g_memdup2 (&how, sizeof how),
                            g_free);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralHandView *self = NUMERAL_HAND_VIEW (widget);

  if (!self->transfer)
    return;
  numeral_hand_view_transfer_stop (self);
  numeral_toast_show (widget, _ ("Stopped"));
}

void
numeral_hand_view_transfer_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "hand.import-file", NULL, action_import);
  gtk_widget_class_install_action (widget_class, "hand.import-folder", NULL, action_import);
  gtk_widget_class_install_action (widget_class, "hand.export", "s", action_export);
  gtk_widget_class_install_action (widget_class, "hand.cancel", NULL, action_cancel);
}
