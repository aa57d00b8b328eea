/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-file-chooser.h"

#include <glib/gi18n.h>

#include "numeral-portal-chooser.h"

/* The chooser of a window, as the window's data. */
#define CHOOSER "numeral-file-chooser"

/**
 * Chooser:
 * @widget: that asks
 * @parent: its window
 * @request: what is asked for; owns what it names
 * @native: (nullable): the dialog of the portal, in a sandbox
 * @portal: (nullable): the same outside of one
 * @dialog: (nullable): GTK's own
 *
 * A chooser that is open. It ends with its answer, and with its window.
 */
typedef struct
{
  GWeakRef widget;
  GtkWindow *parent;
  NumeralFileRequest request;
  GtkFileChooserNative *native;
  NumeralPortalChooser *portal;
  GtkWindow *dialog;
  NumeralFileFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Chooser;

static GtkFileFilter **
copy_filters (GtkFileFilter *const *filters)
{
  GPtrArray *copy = g_ptr_array_new ();

  for (guint i = 0; filters && filters[i]; i++)
    g_ptr_array_add (copy, g_object_ref (filters[i]));
  g_ptr_array_add (copy, NULL);
  return (GtkFileFilter **) g_ptr_array_free (copy, FALSE);
}

static void
request_copy (NumeralFileRequest *to, const NumeralFileRequest *from)
{
  *to = (NumeralFileRequest){ g_strdup (from->title), from->action, g_strdup (from->accept),
                              g_strdup (from->name), copy_filters (from->filters) };
}

static void
request_clear (NumeralFileRequest *request)
{
  for (guint i = 0; request->filters[i]; i++)
    g_object_unref (request->filters[i]);
  g_free ((gpointer) request->filters);
  g_free ((gpointer) request->title);
  g_free ((gpointer) request->accept);
  g_free ((gpointer) request->name);
}

static void
chooser_free (Chooser *chooser)
{
  if (chooser->destroy)
    chooser->destroy (chooser->user_data);
  g_weak_ref_clear (&chooser->widget);
  g_clear_object (&chooser->native);
  g_clear_pointer (&chooser->portal, numeral_portal_chooser_close);
  request_clear (&chooser->request);
  g_free (chooser);
}

/* --- taking GTK's dialog away
 *
 * While it reads a folder, GTK's dialog shows the cursor "progress". If it is hidden then, it
 * cancels the reading and takes that for an error, which it shows and goes on to the parent folder;
 * if it is destroyed, it does the same in freed widgets (gtkfilechooserwidget.c,
 * update_current_folder_get_info_cb). Its context menu opens in an idle source that does not hold
 * the dialog. So a dialog that was answered can be seen and used no more, but is hidden only when
 * the reading has ended and all idle sources have run. */

static gboolean
is_reading (GtkWindow *dialog)
{
  return gtk_widget_get_cursor (GTK_WIDGET (dialog)) != NULL;
}

static gboolean
on_hidden_and_idle (gpointer dialog)
{
  gtk_window_destroy (dialog);
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer dialog)
{
  g_object_set_data (dialog, "numeral-idle", NULL);
  /* It has begun to read another folder; its cursor will tell. */
  if (is_reading (dialog))
    return G_SOURCE_REMOVE;
  g_signal_handlers_disconnect_by_data (dialog, &on_idle);
  gtk_widget_set_visible (dialog, FALSE);
  g_idle_add_full (G_PRIORITY_LOW, on_hidden_and_idle, g_object_ref (dialog), g_object_unref);
  return G_SOURCE_REMOVE;
}

static void
hide_when_idle (GtkWindow *dialog)
{
  if (is_reading (dialog) || g_object_get_data (G_OBJECT (dialog), "numeral-idle"))
    return;
  g_object_set_data (G_OBJECT (dialog), "numeral-idle", dialog);
  g_idle_add_full (G_PRIORITY_LOW, on_idle, g_object_ref (dialog), g_object_unref);
}

/* Clicks go to what is below it. */
static void
ignore_pointer (GtkWindow *dialog)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (dialog));
  cairo_region_t *nothing = cairo_region_create ();

  if (surface)
    gdk_surface_set_input_region (surface, nothing);
  cairo_region_destroy (nothing);
}

static void
retire (GtkWindow *dialog)
{
  gtk_window_set_modal (dialog, FALSE);
  /* An entry that becomes insensitive with the focus warns of it. */
  gtk_window_set_focus (dialog, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog), FALSE);
  gtk_widget_set_opacity (GTK_WIDGET (dialog), 0);
  ignore_pointer (dialog);
  /* A folder that cannot be read for long must not keep the program from ending. */
  gtk_window_set_application (dialog, NULL);
  g_signal_connect (dialog, "notify::cursor", G_CALLBACK (hide_when_idle), &on_idle);
  hide_when_idle (dialog);
}

/* --- the answer */

/* @file: (nullable) (transfer full): %NULL if nothing was chosen; @filter: (nullable) */
static void
answer (Chooser *chooser, GFile *file, GtkFileFilter *filter)
{
  g_autoptr (GFile) chosen = file;
  g_autoptr (GtkFileFilter) kind = filter ? g_object_ref (filter) : NULL;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&chooser->widget);

  g_signal_handlers_disconnect_by_data (chooser->parent, chooser);
  g_object_set_data (G_OBJECT (chooser->parent), CHOOSER, NULL);
  if (chooser->dialog)
    {
      g_signal_handlers_disconnect_by_data (chooser->dialog, chooser);
      retire (chooser->dialog);
    }
  if (chosen && widget)
    chooser->func (widget, chosen, kind, chooser->user_data);
  chooser_free (chooser);
}

static void
on_response (gpointer dialog, int response, Chooser *chooser)
{
  GtkFileChooser *files = dialog;
  const gboolean accepted = response == GTK_RESPONSE_ACCEPT;

  answer (chooser, accepted ? gtk_file_chooser_get_file (files) : NULL,
          gtk_file_chooser_get_filter (files));
}

/* Before GTK hides or destroys the dialog by itself. */
static gboolean
on_close_request (GtkWindow *dialog, Chooser *chooser)
{
  answer (chooser, NULL, NULL);
  return TRUE;
}

static void
on_parent_gone (GtkWidget *parent, Chooser *chooser)
{
  if (chooser->native)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser->native));
  answer (chooser, NULL, NULL);
}

/* --- the question */

static void
set_up (GtkFileChooser *files, const NumeralFileRequest *request)
{
  for (guint i = 0; request->filters[i]; i++)
    gtk_file_chooser_add_filter (files, request->filters[i]);
  if (request->filters[0])
    gtk_file_chooser_set_filter (files, request->filters[0]);
  if (request->name)
    gtk_file_chooser_set_current_name (files, request->name);
}

/* GTK asks the portal in a sandbox alone, and knows no other way there to open a file outside. */
static void
open_native (Chooser *chooser)
{
  const NumeralFileRequest *request = &chooser->request;

  chooser->native = gtk_file_chooser_native_new (request->title, chooser->parent, request->action,
                                                 request->accept, _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser->native), TRUE);
  set_up (GTK_FILE_CHOOSER (chooser->native), request);
  g_signal_connect (chooser->native, "response", G_CALLBACK (on_response), chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser->native));
}

static void
open_dialog (Chooser *chooser)
{
  const NumeralFileRequest *request = &chooser->request;
  const gboolean save = request->action == GTK_FILE_CHOOSER_ACTION_SAVE;
  const char *accept = request->accept ? request->accept : save ? _ ("_Save") : _ ("_Open");
  GtkWidget *dialog =
      gtk_file_chooser_dialog_new (request->title, chooser->parent, request->action, _ ("_Cancel"),
                                   GTK_RESPONSE_CANCEL, accept, GTK_RESPONSE_ACCEPT, NULL);

  chooser->dialog = GTK_WINDOW (dialog);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  gtk_window_set_modal (chooser->dialog, TRUE);
  set_up (GTK_FILE_CHOOSER (dialog), request);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), chooser);
  g_signal_connect (dialog, "close-request", G_CALLBACK (on_close_request), chooser);
  gtk_window_present (chooser->dialog);
}

static void
on_portal (gboolean there, GFile *file, GtkFileFilter *filter, gpointer data)
{
  Chooser *chooser = data;

  if (there)
    {
      answer (chooser, file, filter);
      return;
    }
  g_clear_pointer (&chooser->portal, numeral_portal_chooser_close);
  open_dialog (chooser);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

void
numeral_file_chooser_ask (GtkWidget *widget,
                          const NumeralFileRequest *request,
                          NumeralFileFunc func,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  GtkRoot *root;
  Chooser *chooser;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  g_return_if_fail (GTK_IS_WINDOW (root));
  chooser = g_object_get_data (G_OBJECT (root), CHOOSER);
  if (chooser)
    {
      if (chooser->dialog)
        gtk_window_present (chooser->dialog);
      if (destroy)
        destroy (user_data);
      return;
    }
  chooser = g_new0 (Chooser, 1);
  *chooser = (Chooser){
    .parent = GTK_WINDOW (root), .func = func, .user_data = user_data, .destroy = destroy
  };
  request_copy (&chooser->request, request);
  g_weak_ref_init (&chooser->widget, widget);
  g_object_set_data (G_OBJECT (root), CHOOSER, chooser);
  g_signal_connect (root, "destroy", G_CALLBACK (on_parent_gone), chooser);
  if (is_sandboxed ())
    open_native (chooser);
  else
    chooser->portal =
        numeral_portal_chooser_open (chooser->parent, &chooser->request, on_portal, chooser);
  if (!chooser->native && !chooser->portal)
    open_dialog (chooser);
}
