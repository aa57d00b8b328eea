/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-frame-log.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "numeral-lab.h"

/* Interval at which the log is flushed to the file, in microseconds. */
#define FLUSH_INTERVAL G_USEC_PER_SEC
/* Maximum age of an event; an older time is from a display with another clock. */
#define QUEUED_MAX_MS 1000

typedef struct
{
  double interval;
  gboolean late, training;
} Frame;

typedef struct
{
  double latency, queued;
  gint64 frames; /* frames until the bars were drawn; 1 is the next frame */
  gboolean training;
} Pointer;

/* An event whose bars are not drawn yet. */
typedef struct
{
  gint64 delivered;
  gint64 frame;  /* the last frame before the event */
  double queued; /* ms */
  guint64 generation;
} Pending;

struct _NumeralFrameLog
{
  GObject parent_instance;

  FILE *file;
  int error;
  gint64 start, flushed;

  NumeralWindow *window; /* weak */
  NumeralReadingPane *pane;
  NumeralTrainer *trainer;
  guint tick;

  /* End of the previous frame, with the waiting and CPU time until then. */
  gint64 last, last_waited, last_cpu;

  Pending event; /* the event that is being delivered; none if its time is 0 */
  GArray *pending;

  GArray *frames, *pointers;
};

G_DEFINE_FINAL_TYPE (NumeralFrameLog, numeral_frame_log, G_TYPE_OBJECT)

/* Time that the main loop waited, in microseconds. A global, because a poll function has no user
 * data. */
static gint64 waited;

static int
poll_and_count (GPollFD *fds, guint n_fds, int timeout)
{
  const gint64 start = g_get_monotonic_time ();
  const int result = g_poll (fds, n_fds, timeout);
  const gint64 spent = g_get_monotonic_time () - start;

  /* Time beyond the timeout was spent waiting for the processor, not for an event. */
  waited += timeout < 0 ? spent : MIN (spent, (gint64) timeout * 1000);
  return result;
}

/* CPU time of this thread, in microseconds. */
static gint64
cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
put_number (GString *line, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (line, ",\"%s\":%s", name,
                          isnan (value) ? "null" :
                                          g_ascii_formatd (text, sizeof text, "%.3f", value));
}

static void
put_line (NumeralFrameLog *self, GString *line)
{
  g_string_append (line, "}\n");
  if (self->file && fwrite (line->str, 1, line->len, self->file) != line->len && !self->error)
    self->error = errno;
}

static GString *
begin_line (NumeralFrameLog *self, const char *event, gint64 now)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "{\"event\":\"%s\"", event);
  put_number (line, "time_s", (double) (now - self->start) / G_USEC_PER_SEC);
  return line;
}

static gboolean
is_training (NumeralFrameLog *self)
{
  return self->trainer && numeral_trainer_get_state (self->trainer) == NUMERAL_TRAINER_RUNNING;
}

static void
log_frame (NumeralFrameLog *self, GdkFrameClock *clock, gint64 now, gboolean training)
{
  const gint64 cpu = cpu_time ();
  gint64 refresh = 0, presentation;
  g_autoptr (GString) line = NULL;
  double interval, idle, own;
  Frame frame;

  if (self->last == 0)
    {
      self->last_cpu = cpu;
      return;
    }
  gdk_frame_clock_get_refresh_info (clock, now, &refresh, &presentation);
  interval = (double) (now - self->last) / 1000;
  idle = (double) (waited - self->last_waited) / 1000;
  own = interval - MAX (0, idle - (double) refresh / 1000);
  frame =
      (Frame){ .interval = interval, .late = own > NUMERAL_FRAME_LATE_MS, .training = training };
  g_array_append_val (self->frames, frame);

  line = begin_line (self, "frame", now);
  put_number (line, "interval_ms", interval);
  put_number (line, "busy_ms", interval - idle);
  put_number (line, "cpu_ms", (double) (cpu - self->last_cpu) / 1000);
  g_string_append_printf (line, ",\"late\":%s,\"training\":%s", frame.late ? "true" : "false",
                          training ? "true" : "false");
  put_line (self, line);
  self->last_cpu = cpu;
}

/* Logs the pointer events whose answers this frame shows. */
static void
log_pointers (NumeralFrameLog *self, GdkFrameClock *clock, gint64 now, gboolean training)
{
  const gint64 frame = gdk_frame_clock_get_frame_counter (clock);
  const guint64 shown = numeral_reading_pane_get_shown (self->pane);
  guint n = 0;

  while (n < self->pending->len)
    {
      const Pending *event = &g_array_index (self->pending, Pending, n);
      const Pointer pointer = { .latency = (double) (now - event->delivered) / 1000,
                                .queued = event->queued,
                                .frames = frame - event->frame,
                                .training = training };
      g_autoptr (GString) line = NULL;

      if (event->generation > shown)
        break;
      g_array_append_val (self->pointers, pointer);
      line = begin_line (self, "pointer", now);
      put_number (line, "latency_ms", pointer.latency);
      put_number (line, "queued_ms", pointer.queued);
      g_string_append_printf (line, ",\"frames\":%" G_GINT64_FORMAT, pointer.frames);
      g_string_append_printf (line, ",\"training\":%s", training ? "true" : "false");
      put_line (self, line);
      n++;
    }
  g_array_remove_range (self->pending, 0, n);
}

static void
on_after_paint (GdkFrameClock *clock, NumeralFrameLog *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gboolean training = is_training (self);

  if (!self->pane)
    return;
  log_frame (self, clock, now, training);
  log_pointers (self, clock, now, training);
  self->event.delivered = 0;
  if (self->file && now - self->flushed > FLUSH_INTERVAL)
    {
      if (fflush (self->file) != 0 && !self->error)
        self->error = errno;
      self->flushed = now;
    }
  /* The time for writing this is not the window's. */
  self->last = g_get_monotonic_time ();
  self->last_waited = waited;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, NumeralFrameLog *self)
{
  const GdkEventType type = gdk_event_get_event_type (event);
  const gint64 now = g_get_monotonic_time ();
  guint32 queued, first;
  guint n = 0;
  g_autofree GdkTimeCoord *coords = NULL;

  if (type != GDK_MOTION_NOTIFY && type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE &&
      type != GDK_TOUCH_BEGIN && type != GDK_TOUCH_UPDATE && type != GDK_TOUCH_END)
    return FALSE;
  /* One event may combine several movements. */
  if (type == GDK_MOTION_NOTIFY)
    coords = gdk_event_get_history (event, &n);
  first = coords && n > 0 ? coords[0].time : gdk_event_get_time (event);
  queued = (guint32) (now / 1000) - first;
  self->event = (Pending){
    .delivered = now,
    .frame =
        gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (GTK_WIDGET (self->window))),
    .queued = queued <= QUEUED_MAX_MS ? queued : (double) NAN,
  };
  return FALSE;
}

static void
on_changed (NumeralFrameLog *self)
{
  if (self->event.delivered == 0 || !self->pane)
    return;
  self->event.generation = numeral_reading_pane_get_asked (self->pane);
  g_array_append_val (self->pending, self->event);
  self->event.delivered = 0;
}

static void
on_realize (NumeralFrameLog *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                           G_CALLBACK (on_after_paint), self, 0);
}

static void
numeral_frame_log_dispose (GObject *object)
{
  NumeralFrameLog *self = NUMERAL_FRAME_LOG (object);

  if (self->window && self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), self->tick);
  self->tick = 0;
  g_clear_weak_pointer (&self->window);
  numeral_frame_log_close (self, NULL);
  G_OBJECT_CLASS (numeral_frame_log_parent_class)->dispose (object);
}

static void
numeral_frame_log_finalize (GObject *object)
{
  NumeralFrameLog *self = NUMERAL_FRAME_LOG (object);

  g_array_unref (self->pending);
  g_array_unref (self->frames);
  g_array_unref (self->pointers);
  g_main_context_set_poll_func (NULL, NULL);
  G_OBJECT_CLASS (numeral_frame_log_parent_class)->finalize (object);
}

static void
numeral_frame_log_class_init (NumeralFrameLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_frame_log_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_frame_log_finalize;
}

static void
numeral_frame_log_init (NumeralFrameLog *self)
{
  self->start = self->flushed = g_get_monotonic_time ();
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  self->pointers = g_array_new (FALSE, FALSE, sizeof (Pointer));
  g_main_context_set_poll_func (NULL, poll_and_count);
}

NumeralFrameLog *
numeral_frame_log_new (const char *path, GError **error)
{
  NumeralFrameLog *self;
  FILE *file = fopen (path, "we");

  if (!file)
    {
      const int code = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  self = g_object_new (NUMERAL_TYPE_FRAME_LOG, NULL);
  self->file = file;
  return self;
}

void
numeral_frame_log_watch (NumeralFrameLog *self, NumeralWindow *window)
{
  GtkEventController *events;
  NumeralCanvas *canvas;

  g_return_if_fail (NUMERAL_IS_FRAME_LOG (self));
  g_return_if_fail (!self->pane);

  g_set_weak_pointer (&self->window, window);
  self->pane = g_object_ref (numeral_window_get_pane (window));
  self->trainer = g_object_ref (numeral_lab_get_trainer (numeral_window_get_lab (window)));
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick, NULL, NULL);

  /* Connect so that one handler runs before the canvas gets an event, and one after the pane has
   * submitted it. */
  canvas = numeral_reading_pane_get_canvas (self->pane);
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (canvas), events);
  g_signal_connect_object (canvas, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_realize (self);
  else
    g_signal_connect_object (window, "realize", G_CALLBACK (on_realize), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The smallest of @values that the given share of them does not exceed. Sorts them. */
static double
percentile (GArray *values, double share)
{
  const guint rank = (guint) ceil (share * values->len);

  if (values->len == 0)
    return (double) NAN;
  g_array_sort (values, compare);
  return g_array_index (values, double, MAX (rank, 1) - 1);
}

void
numeral_frame_log_summarise (NumeralFrameLog *self, gboolean training, NumeralFrameSummary *summary)
{
  g_autoptr (GArray) intervals = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) queued = g_array_new (FALSE, FALSE, sizeof (double));
  guint next = 0;

  g_return_if_fail (NUMERAL_IS_FRAME_LOG (self));

  *summary = (NumeralFrameSummary){ 0 };
  for (guint i = 0; i < self->frames->len; i++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, i);

      if (training && !frame->training)
        continue;
      g_array_append_val (intervals, frame->interval);
      summary->late += frame->late ? 1 : 0;
    }
  for (guint i = 0; i < self->pointers->len; i++)
    {
      const Pointer *pointer = &g_array_index (self->pointers, Pointer, i);

      if (training && !pointer->training)
        continue;
      g_array_append_val (latencies, pointer->latency);
      next += pointer->frames <= 1 ? 1 : 0;
      if (!isnan (pointer->queued))
        g_array_append_val (queued, pointer->queued);
    }
  summary->frames = intervals->len;
  summary->frame_p50 = percentile (intervals, 0.5);
  summary->frame_p99 = percentile (intervals, 0.99);
  summary->frame_max = percentile (intervals, 1);
  summary->pointers = latencies->len;
  summary->pointer_p50 = percentile (latencies, 0.5);
  summary->pointer_p99 = percentile (latencies, 0.99);
  summary->pointer_max = percentile (latencies, 1);
  summary->next_frame = latencies->len > 0 ? (double) next / latencies->len : (double) NAN;
  summary->queued_p99 = percentile (queued, 0.99);
}

static void
log_summary (NumeralFrameLog *self, gboolean training)
{
  g_autoptr (GString) line = begin_line (self, "summary", g_get_monotonic_time ());
  NumeralFrameSummary summary;

  numeral_frame_log_summarise (self, training, &summary);
  g_string_append_printf (line, ",\"of\":\"%s\",\"frames\":%u,\"late\":%u",
                          training ? "training" : "all", summary.frames, summary.late);
  put_number (line, "frame_p50_ms", summary.frame_p50);
  put_number (line, "frame_p99_ms", summary.frame_p99);
  put_number (line, "frame_max_ms", summary.frame_max);
  g_string_append_printf (line, ",\"pointers\":%u", summary.pointers);
  put_number (line, "pointer_p50_ms", summary.pointer_p50);
  put_number (line, "pointer_p99_ms", summary.pointer_p99);
  put_number (line, "pointer_max_ms", summary.pointer_max);
  put_number (line, "next_frame_share", summary.next_frame);
  put_number (line, "queued_p99_ms", summary.queued_p99);
  put_line (self, line);
}

gboolean
numeral_frame_log_close (NumeralFrameLog *self, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_FRAME_LOG (self), FALSE);

  if (!self->file)
    return TRUE;
  g_clear_object (&self->pane);
  g_clear_object (&self->trainer);
  log_summary (self, FALSE);
  log_summary (self, TRUE);
  if (fclose (g_steal_pointer (&self->file)) != 0 && !self->error)
    self->error = errno;
  if (!self->error)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (self->error), "%s",
               g_strerror (self->error));
  return FALSE;
}
