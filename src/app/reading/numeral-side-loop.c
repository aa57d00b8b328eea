/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-side-loop.h"

#include <glib-unix.h>

struct _NumeralSideLoop
{
  GMainContext *context;
  guint watch;
  GSource *alarm;
};

static gboolean
on_woken (int fd, GIOCondition condition, gpointer data)
{
  NumeralSideLoop *self = data;

  g_main_context_iteration (self->context, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_alarm (gpointer data)
{
  g_source_set_ready_time (((NumeralSideLoop *) data)->alarm, -1);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_alarm (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs alarm_funcs = { .dispatch = dispatch_alarm };

/* What other threads wake the context by. */
static int
find_wake_fd (GMainContext *context)
{
  GPollFD fd = { .fd = -1 };
  int priority, timeout;

  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_MAXINT, &timeout, &fd, 1);
  return fd.fd;
}

NumeralSideLoop *
numeral_side_loop_new (void)
{
  NumeralSideLoop *self = g_new0 (NumeralSideLoop, 1);

  self->context = g_main_context_new ();
  self->alarm = g_source_new (&alarm_funcs, sizeof (GSource));
  g_source_set_callback (self->alarm, on_alarm, self, NULL);
  g_source_attach (self->alarm, self->context);
  g_main_context_acquire (self->context);
  /* At the default priority, before GTK draws. */
  self->watch = g_unix_fd_add (find_wake_fd (self->context), G_IO_IN, on_woken, self);
  return self;
}

void
numeral_side_loop_free (NumeralSideLoop *self)
{
  g_source_remove (self->watch);
  g_source_destroy (self->alarm);
  g_source_unref (self->alarm);
  g_main_context_release (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

GMainContext *
numeral_side_loop_get_context (NumeralSideLoop *self)
{
  return self->context;
}

void
numeral_side_loop_run (NumeralSideLoop *self,
                       gboolean (*waiting) (gpointer data),
                       gpointer data,
                       gint64 longest)
{
  const gint64 end = g_get_monotonic_time () + longest;

  while (waiting (data) && g_get_monotonic_time () < end)
    {
      g_source_set_ready_time (self->alarm, end);
      g_main_context_iteration (self->context, TRUE);
    }
  g_source_set_ready_time (self->alarm, -1);
}
