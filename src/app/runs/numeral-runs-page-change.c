/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-runs-page-private.h"
#include "numeral-toast.h"

/* Longest name of a run, in characters. */
#define NAME_LENGTH 200

static char *
dup_name (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
on_name_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *name = dup_name (entry);

  adw_message_dialog_set_response_enabled (dialog, "rename", *name != '\0');
}

static void
on_renamed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_run_set_name_finish (NUMERAL_RUN (source), result, &error) && self->lab)
    numeral_runs_page_say (self,
                           g_strdup_printf (_ ("The name cannot be kept: %s"), error->message));
}

static void
on_name_response (NumeralRunsPage *self, const char *response, AdwMessageDialog *dialog)
{
  NumeralRun *run = g_object_get_data (G_OBJECT (dialog), "run");
  g_autofree char *name = dup_name (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)));

  if (!g_str_equal (response, "rename") || *name == '\0')
    return;
  numeral_run_set_name_async (run, name, on_renamed, g_object_ref (self));
}

void
numeral_runs_page_rename (NumeralRunsPage *self)
{
  NumeralRun *run = numeral_runs_page_get_one (self);
  GtkWidget *dialog;
  GtkWidget *entry;

  if (!run || numeral_runs_page_refuse (self, run))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _ ("Rename the Run"), NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "rename",
                                    _ ("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (entry), NAME_LENGTH);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), numeral_run_get_name (run));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the run"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name_changed), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_name_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

gboolean
numeral_runs_page_refuse (NumeralRunsPage *self, NumeralRun *run)
{
  if (!numeral_run_get_elsewhere (run))
    return FALSE;
  numeral_runs_page_say (self, g_strdup_printf (_ ("“%s” is being trained in another window: stop "
                                                   "it there first"),
                                                numeral_run_get_name (run)));
  return TRUE;
}

static void on_undo (NumeralRunsPage *self, AdwToast *toast);

/* Shows a message whose button brings @runs back. */
static void
offer_undo (NumeralRunsPage *self, const char *message, const char *label, GPtrArray *runs)
{
  AdwToast *toast = numeral_toast_show (GTK_WIDGET (self), message);

  if (!toast)
    return;
  adw_toast_set_button_label (toast, label);
  g_object_set_data_full (G_OBJECT (toast), "runs", g_ptr_array_ref (runs),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, G_CONNECT_SWAPPED);
}

static void
on_undeleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsPage) self = data;
  g_autoptr (GPtrArray) failed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (numeral_run_store_move_finish (NUMERAL_RUN_STORE (source), result, &failed, &error) ||
      !self->lab)
    return;
  message = g_strdup_printf (_ ("The run cannot be brought back: %s"), error->message);
  offer_undo (self, message, _ ("_Try Again"), failed);
}

static void
on_undo (NumeralRunsPage *self, AdwToast *toast)
{
  GPtrArray *runs = g_object_get_data (G_OBJECT (toast), "runs");

  if (!self->lab || runs->len == 0)
    return;
  numeral_run_store_undelete_async (self->store, runs, on_undeleted, g_object_ref (self));
  numeral_runs_page_pick (self, runs->pdata[0]);
}

typedef struct
{
  NumeralRunsPage *page;
  GPtrArray *runs; /* those that can be brought back */
} Deletion;

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Deletion *deletion = data;
  g_autoptr (NumeralRunsPage) self = deletion->page;
  g_autoptr (GPtrArray) runs = deletion->runs;
  g_autoptr (GPtrArray) failed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (numeral_run_store_move_finish (NUMERAL_RUN_STORE (source), result, &failed, &error) ||
      !self->lab)
    return;
  for (guint i = 0; i < failed->len; i++)
    g_ptr_array_remove (runs, failed->pdata[i]);
  message = g_strdup_printf (_ ("The run is not deleted: %s"), error->message);
  if (runs->len > 0)
    offer_undo (self, message, _ ("_Undo"), runs);
  else
    numeral_toast_show (GTK_WIDGET (self), message);
}

/* Moves the runs that are being trained from @runs to the result. */
static GPtrArray *
take_busy (NumeralRunsPage *self, GPtrArray *runs)
{
  GPtrArray *busy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = runs->len; i > 0; i--)
    {
      NumeralRun *run = runs->pdata[i - 1];

      if (numeral_run_get_elsewhere (run) || numeral_runs_page_trains (self, run))
        g_ptr_array_add (busy, g_ptr_array_steal_index (runs, i - 1));
    }
  return busy;
}

static void
delete_runs (NumeralRunsPage *self, GPtrArray *runs)
{
  Deletion *deletion = g_new (Deletion, 1);

  if (g_ptr_array_find (runs, numeral_lab_get_run (self->lab), NULL))
    numeral_lab_show_run (self->lab, NULL);
  *deletion = (Deletion){ .page = g_object_ref (self), .runs = g_ptr_array_ref (runs) };
  numeral_run_store_delete_async (self->store, runs, on_deleted, deletion);
}

void
numeral_runs_page_delete (NumeralRunsPage *self)
{
  g_autoptr (GPtrArray) runs = numeral_runs_page_get_picked (self);
  g_autoptr (GPtrArray) busy = take_busy (self, runs);
  g_autofree char *message = NULL;

  if (runs->len == 0 && busy->len > 0)
    {
      if (!numeral_runs_page_refuse (self, busy->pdata[0]))
        numeral_runs_page_say (self, g_strdup (_ ("The run is being trained: stop it first")));
      return;
    }
  if (runs->len == 0)
    return;
  delete_runs (self, runs);
  if (busy->len > 0)
    message = g_strdup (_ ("Runs deleted, except those that are being trained"));
  else if (runs->len == 1)
    message = g_strdup (_ ("Run deleted"));
  else
    message =
        g_strdup_printf (ngettext ("%u run deleted", "%u runs deleted", runs->len), runs->len);
  offer_undo (self, message, _ ("_Undo"), runs);
}
