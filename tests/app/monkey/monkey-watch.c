/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "monkey.h"

/* A step that takes longer hangs: far more than the slowest file takes. */
#define HANG_SECONDS 300
/* Lines of the last steps. */
#define N_NOTES 64
#define NOTE_SIZE 160

static char notes[N_NOTES][NOTE_SIZE];
static guint n_notes;
static char headline[64];
static GThread *watcher;
/* Counts the steps; G_MAXINT at the end. */
static gint beats;

void
monkey_note (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_vsnprintf (notes[n_notes++ % N_NOTES], NOTE_SIZE, format, arguments);
  va_end (arguments);
}

static void
say (const char *text)
{
  (void) !write (STDERR_FILENO, text, strlen (text));
}

/* In a signal handler: the last steps, the newest last. */
static void
print_notes (void)
{
  say (headline);
  for (guint i = n_notes > N_NOTES ? n_notes - N_NOTES : 0; i < n_notes; i++)
    {
      say (notes[i % N_NOTES]);
      say ("\n");
    }
}

static void
on_signal (int number)
{
  print_notes ();
  signal (number, SIG_DFL);
  raise (number);
}

static gpointer
watch (gpointer unused)
{
  gint last = -1;

  for (;;)
    {
      const gint now = g_atomic_int_get (&beats);

      if (now == G_MAXINT)
        return NULL;
      if (now == last)
        {
          say ("\nThe main loop hangs.\n");
          abort ();
        }
      last = now;
      for (guint i = 0; i < HANG_SECONDS && g_atomic_int_get (&beats) != G_MAXINT; i++)
        g_usleep (G_USEC_PER_SEC);
    }
}

double
monkey_watch_memory (void)
{
  g_autofree char *text = NULL;
  guint64 size, resident;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &size, &resident), ==,
                   2);
  return (double) resident * (double) sysconf (_SC_PAGESIZE);
}

void
monkey_watch_beat (void)
{
  g_atomic_int_inc (&beats);
}

void
monkey_watch_begin (guint seed)
{
  g_snprintf (headline, sizeof headline, "\nThe last steps, with --seed=%u:\n", seed);
  /* AddressSanitizer is set to abort, too. */
  signal (SIGABRT, on_signal);
  signal (SIGTRAP, on_signal);
  watcher = g_thread_new ("watch", watch, NULL);
}

void
monkey_watch_end (void)
{
  g_atomic_int_set (&beats, G_MAXINT);
  g_thread_join (watcher);
}
