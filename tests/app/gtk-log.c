/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-log.h"

#include <gtk/gtk.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {
  /* A column of its file chooser is clicked on before the files are listed. */
  "gtk_tree_sortable_",
  /* The button of its file chooser is pressed while nothing has the keyboard: it asks whether the
   * keyboard is in the entry of a name, as gtk_file_chooser_widget_get_files() in
   * gtkfilechooserwidget.c of 4.8. */
  "gtk_widget_is_ancestor: assertion 'GTK_IS_WIDGET (widget)'",
  /* A window of X11 goes before its first frame was drawn. */
  "_gdk_frame_clock_uninhibit_freeze",
  /* A popup has its place in a part of the window that is beside the screen. */
  "gdk_monitor_get_geometry",
  /* A window goes from under a pointer that has rested there for less than the half second after
   * which a tooltip would be shown, and something else still holds it: the tooltip then looks for
   * its surface. */
  "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE",
  "_gtk_widget_find_at_coords: assertion 'GDK_IS_SURFACE",
};

/* A widget is drawn that was shown after its parent gave out the room. GTK names its address. */
#define UNALLOCATED "Trying to snapshot "

static GtkWidget *
get_widget (const char *message)
{
  const char *address = strstr (message, " 0x");

  return address ? GSIZE_TO_POINTER (g_ascii_strtoull (address + 1, NULL, 16)) : NULL;
}

/* The folders above the path in its file chooser are such buttons. Of another widget it is told
 * where it is, because its address says nothing to a reader. */
static gboolean
is_in_file_chooser (const char *message)
{
  GtkWidget *widget = get_widget (message);

  if (widget && GTK_IS_FILE_CHOOSER_DIALOG (gtk_widget_get_root (widget)))
    return TRUE;
  for (; widget; widget = gtk_widget_get_parent (widget))
    g_test_message ("in a %s", G_OBJECT_TYPE_NAME (widget));
  return FALSE;
}

gboolean
gtk_log_is_known (const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (message, known[i]))
      return TRUE;
  return g_str_has_prefix (message, UNALLOCATED) && is_in_file_chooser (message);
}

/* Of g_test_init(): tells Meson that the test ends. */
static GLogFunc unknown;

/* Decides alone whether a message ends the test: a handler of g_test_log_set_fatal_handler() is
 * forgotten at the start of each test, and a known message was fatal now and then on a busy
 * machine. */
static void
write_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (gtk_log_is_known (message))
    {
      g_log_default_handler (domain, level & ~G_LOG_FLAG_FATAL, message, NULL);
      return;
    }
  if (!(level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)))
    {
      unknown (domain, level, message, data);
      return;
    }
  unknown (domain, level | G_LOG_FLAG_FATAL, message, data);
  abort ();
}

void
gtk_log_allow_known (void)
{
  if (unknown)
    return;
  unknown = g_log_set_default_handler (write_log, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
}
