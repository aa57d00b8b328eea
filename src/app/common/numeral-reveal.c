/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reveal.h"

typedef struct
{
  GtkWindow *window; /* (nullable) */
  GFile *file;
} Reveal;

static void
reveal_free (gpointer data)
{
  Reveal *reveal = data;

  g_clear_object (&reveal->window);
  g_object_unref (reveal->file);
  g_free (reveal);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const Reveal *reveal = g_task_get_task_data (task);
  g_autofree char *name = g_file_get_parse_name (reveal->file);
  GError *error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_prefix_error (&error, "%s: ", name);
  g_task_return_error (task, error);
}

/* The portal and every desktop can open a folder. */
static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  const Reveal *reveal = g_task_get_task_data (task);
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autofree char *uri = NULL;

  if (reply)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  uri = g_file_get_uri (reveal->file);
  gtk_show_uri_full (reveal->window, uri, GDK_CURRENT_TIME, NULL, on_opened, task);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  GTask *task = data;
  const Reveal *reveal = g_task_get_task_data (task);
  g_autofree char *uri = g_file_get_uri (reveal->file);
  const char *uris[] = { uri, NULL };

  if (bus)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems",
                            g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                            NULL, on_shown, task);
  else
    gtk_show_uri_full (reveal->window, uri, GDK_CURRENT_TIME, NULL, on_opened, task);
}

void
numeral_reveal_async (GtkWidget *widget,
                      GFile *file,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;
  Reveal *reveal;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_FILE (file));

  root = gtk_widget_get_root (widget);
  reveal = g_new (Reveal, 1);
  *reveal = (Reveal){ .window = GTK_IS_WINDOW (root) ? g_object_ref (GTK_WINDOW (root)) : NULL,
                      .file = g_object_ref (file) };
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, reveal, reveal_free);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
}

gboolean
numeral_reveal_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
