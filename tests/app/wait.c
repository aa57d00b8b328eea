/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wait.h"

#ifdef __SANITIZE_ADDRESS__
#define SLOWNESS 5
#else
#define SLOWNESS 1
#endif

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
wait_until (WaitCondition condition, gpointer data, double seconds)
{
  const gint64 end = g_get_monotonic_time () + (gint64) (seconds * SLOWNESS * G_USEC_PER_SEC);
  /* Below everything else: it must not keep frames from being drawn on a slow machine. */
  const guint alarm = g_timeout_add_full (G_PRIORITY_LOW, 2, wake, NULL, NULL);
  gboolean met;

  while (!(met = condition (data)) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  return met;
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

void
wait_for (double seconds)
{
  wait_until (never, NULL, seconds / SLOWNESS);
}

void
wait_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
