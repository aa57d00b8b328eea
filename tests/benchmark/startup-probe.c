/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program with a window: says on the file descriptor PROBE_FD, in nanoseconds of
 * CLOCK_MONOTONIC, when its first frame had been drawn and when the main loop took events after it,
 * which is when a stroke is followed; and the longest that an event would have had to wait in the
 * second after that. Then the program is ended. */

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int g_application_run (GApplication *application, int argc, char **argv);

#define SECOND G_GINT64_CONSTANT (1000000000)

static gint64 drawn, ready, last, longest;

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* With the priority of events. */
static gboolean
on_turn (gpointer data)
{
  const gint64 time = now ();

  if (!ready)
    ready = time;
  else
    longest = MAX (longest, time - last);
  last = time;
  if (time - ready < SECOND)
    return G_SOURCE_CONTINUE;
  dprintf (atoi (g_getenv ("PROBE_FD")),
           "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", drawn, ready,
           longest);
  _exit (0);
}

static void
on_after_paint (GdkFrameClock *clock, gpointer window)
{
  /* Frames before the window is mapped do not count. */
  if (drawn || !gtk_widget_get_mapped (window))
    return;
  drawn = now ();
  g_timeout_add_full (GDK_PRIORITY_EVENTS, 1, on_turn, NULL, NULL);
}

static void
on_realize (GtkWidget *window)
{
  g_signal_connect_after (gtk_widget_get_frame_clock (window), "after-paint",
                          G_CALLBACK (on_after_paint), window);
}

static void
on_toplevels (GListModel *toplevels, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
    }
}

static void
on_startup (GApplication *application)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (on_toplevels), NULL);
}

/* Replaces GIO's function. */
int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*original) (GApplication *, int, char **) =
      (int (*) (GApplication *, int, char **)) dlsym (RTLD_NEXT, "g_application_run");

  g_signal_connect_after (application, "startup", G_CALLBACK (on_startup), NULL);
  return original (application, argc, argv);
}
