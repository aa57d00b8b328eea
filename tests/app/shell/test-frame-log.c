/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "desk.h"
#include "ink-generator.h"
#include "numeral-data.h"
#include "numeral-workbench.h"
#include "wait.h"

/* What --frame-log measures, while a hand draws and a network learns as fast as it can. With
 * "-m perf" for long enough to say something of it. */

#define WIDTH 1280
#define HEIGHT 900
/* Microseconds from one event to the next, of a usual mouse. */
#define PACE 8000
/* How long somebody looks at the answer, and then at the empty sheet. */
#define LOOK 400000
#define REST 150000
#define DIGITS 30

typedef struct
{
  InkDrawing *digits[DIGITS];
  int left, top, side; /* of the sheet, on the screen */
  double seconds;
  int done;
} Drawer;

/* The digits of the built-in generator, which writes as quickly as people do, slows down where the
 * path bends and takes its time between two strokes. */
static void
drawer_init (Drawer *drawer, NumeralCanvas *canvas)
{
  int right, bottom;

  for (guint i = 0; i < DIGITS; i++)
    {
      InkGenerator generator;

      ink_generator_init (&generator, 1, i);
      drawer->digits[i] = ink_generator_digit (&generator, i % INK_GENERATOR_N_DIGITS, NULL);
    }
  hand_locate (GTK_WIDGET (canvas), 0, 0, &drawer->left, &drawer->top);
  hand_locate (GTK_WIDGET (canvas), NUMERAL_CANVAS_SIZE, NUMERAL_CANVAS_SIZE, &right, &bottom);
  drawer->side = right - drawer->left;
}

static void
drawer_clear (Drawer *drawer)
{
  for (guint i = 0; i < DIGITS; i++)
    ink_drawing_unref (drawer->digits[i]);
}

static void
sleep_until (gint64 time)
{
  const gint64 now = g_get_monotonic_time ();

  if (time > now)
    g_usleep ((gulong) (time - now));
}

static void
move_to (Drawer *drawer, Hand *hand, double x, double y)
{
  hand_move_to (hand, drawer->left + (int) (x * drawer->side / INK_GENERATOR_SIDE),
                drawer->top + (int) (y * drawer->side / INK_GENERATOR_SIDE));
}

/* A mouse on its way from one point to the next tells where it is every PACE. @start: of the
 * drawing. */
static void
follow (Drawer *drawer,
        Hand *hand,
        const InkPoint *from,
        const InkPoint *to,
        gint64 start,
        gint64 *next)
{
  const gint64 begin = start + (gint64) (from->time * G_USEC_PER_SEC);
  const gint64 end = start + (gint64) (to->time * G_USEC_PER_SEC);

  for (; *next < end; *next += PACE)
    {
      const double t = (double) (*next - begin) / (double) (end - begin);

      sleep_until (*next);
      move_to (drawer, hand, from->x + t * (to->x - from->x), from->y + t * (to->y - from->y));
    }
}

static void
write_digit (Drawer *drawer, Hand *hand, const InkDrawing *digit)
{
  const gint64 start = g_get_monotonic_time ();
  const InkPoint *last = NULL;
  gint64 next = start + (gint64) (digit->strokes[0]->points[0].time * G_USEC_PER_SEC);

  for (guint s = 0; s < digit->n_strokes; s++)
    {
      const InkStroke *stroke = digit->strokes[s];

      if (last)
        follow (drawer, hand, last, &stroke->points[0], start, &next);
      move_to (drawer, hand, stroke->points[0].x, stroke->points[0].y);
      sleep_until (start + (gint64) (stroke->points[0].time * G_USEC_PER_SEC));
      hand_press (hand, 1);
      for (guint i = 1; i < stroke->n_points; i++)
        follow (drawer, hand, &stroke->points[i - 1], &stroke->points[i], start, &next);
      last = &stroke->points[stroke->n_points - 1];
      sleep_until (start + (gint64) (last->time * G_USEC_PER_SEC));
      hand_release (hand, 1);
    }
}

/* Events from another thread, which does not wait for the window. */
static gpointer
draw (gpointer data)
{
  Drawer *drawer = data;
  g_autoptr (Hand) hand = hand_new ();
  const gint64 end = g_get_monotonic_time () + (gint64) (drawer->seconds * G_USEC_PER_SEC);

  for (guint i = 0; g_get_monotonic_time () < end; i = (i + 1) % DIGITS)
    {
      write_digit (drawer, hand, drawer->digits[i]);
      g_usleep (LOOK);
      hand_key (hand, GDK_KEY_Delete, 0);
      g_usleep (REST);
    }
  g_atomic_int_set (&drawer->done, TRUE);
  return NULL;
}

static gboolean
is_done (gpointer data)
{
  return g_atomic_int_get (&((Drawer *) data)->done);
}

static gboolean
is_running (gpointer trainer)
{
  NumeralTrainerState state;

  g_object_get (trainer, "state", &state, NULL);
  return state == NUMERAL_TRAINER_RUNNING;
}

static void
train (NumeralLab *lab)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autofree char *mnist = numeral_data_find_mnist ();
  g_autoptr (GError) error = NULL;

  config->source = mnist ? NUMERAL_SOURCE_MNIST : NUMERAL_SOURCE_GENERATED;
  config->generated = 4000;
  config->train.epochs = 10000;
  numeral_lab_set_config (lab, config);
  numeral_lab_train (lab, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (wait_until (is_running, numeral_lab_get_trainer (lab), 60));
}

/* The lines of the log that are about @event. */
static GPtrArray *
read_events (const char *path, const char *event)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      if (g_str_equal (json_object_get_string_member (json_node_get_object (node), "event"), event))
        g_ptr_array_add (objects, g_steal_pointer (&node));
    }
  return objects;
}

static double
number (GPtrArray *objects, guint i, const char *name)
{
  return json_object_get_double_member_with_default (json_node_get_object (objects->pdata[i]), name,
                                                     (double) NAN);
}

static char *
log_path (void)
{
  return g_build_filename (g_get_tmp_dir (), "numeral-frame-log.jsonl", NULL);
}

/* With a main loop that hangs a frame is late, and otherwise not for being asked for by nobody. */
static void
test_late (void)
{
  g_autofree char *path = log_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralFrameLog) log = numeral_frame_log_new (path, &error);
  NumeralFrameSummary before, after;
  g_autoptr (GPtrArray) frames = NULL;
  Desk *desk;
  guint n_late = 0;

  g_assert_no_error (error);
  desk = desk_new_measured (WIDTH, HEIGHT, log);
  wait_for (0.5);
  numeral_frame_log_summarise (log, FALSE, &before);
  g_usleep (120000);
  wait_for (0.3);
  numeral_frame_log_summarise (log, FALSE, &after);
  g_assert_cmpuint (before.frames, >, 5);
  g_assert_cmpuint (after.frames, >, before.frames);
  g_assert_cmpuint (after.late, >, before.late);
  g_assert_cmpfloat (after.frame_max, >=, 120);
  desk_free (desk);

  frames = read_events (path, "frame");
  for (guint i = 0; i < frames->len; i++)
    {
      n_late += json_object_get_boolean_member (json_node_get_object (frames->pdata[i]), "late");
      g_assert_cmpfloat (number (frames, i, "interval_ms"), >, 0);
      g_assert_cmpfloat (number (frames, i, "busy_ms"), <=, number (frames, i, "interval_ms"));
    }
  g_assert_cmpuint (n_late, >=, after.late);
  g_unlink (path);
}

static void
report (const char *of, const NumeralFrameSummary *summary)
{
  g_test_message ("%s: %u frames, %u late; apart p50 %.1f, p99 %.1f, max %.1f ms", of,
                  summary->frames, summary->late, summary->frame_p50, summary->frame_p99,
                  summary->frame_max);
  g_test_message ("%s: %u pointer events to updated bars: p50 %.1f, p99 %.1f, max %.1f ms; %.2f %% "
                  "of them in the very next frame; kept for their frame before by GTK: p99 %.1f ms",
                  of, summary->pointers, summary->pointer_p50, summary->pointer_p99,
                  summary->pointer_max, 100 * summary->next_frame, summary->queued_p99);
}

static gboolean
is_mapped (gpointer page)
{
  return gtk_widget_get_mapped (page);
}

static void
show_page (Desk *desk, const char *name)
{
  GtkWidget *workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  GtkWidget *page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), name);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (
                                             desk_find (workbench, ADW_TYPE_VIEW_STACK, NULL)),
                                         name);
  assert_soon (is_mapped, page);
}

/* While a network learns, beside a page that follows it and what is drawn. */
static void
test_training (gconstpointer page)
{
  g_autofree char *path = log_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralFrameLog) log = numeral_frame_log_new (path, &error);
  g_autoptr (GPtrArray) pointers = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  Drawer drawer = { .seconds = g_test_perf () ? 30 : 3 };
  NumeralFrameSummary summary;
  GThread *thread;
  Desk *desk;

  g_assert_no_error (error);
  desk = desk_new_measured (WIDTH, HEIGHT, log);
  /* The time until the window appears is not measured here. */
  wait_for (1);
  show_page (desk, page);
  train (numeral_window_get_lab (desk->window));
  drawer_init (&drawer, desk->canvas);
  thread = g_thread_new ("hand", draw, &drawer);
  g_assert_true (wait_until (is_done, &drawer, 10 * drawer.seconds));
  g_thread_join (thread);
  drawer_clear (&drawer);
  g_assert_true (is_running (numeral_lab_get_trainer (numeral_window_get_lab (desk->window))));
  numeral_frame_log_summarise (log, TRUE, &summary);
  report (page, &summary);
  desk_free (desk);

  /* Frames and movements alike come 60 times a second; a machine that is busy with other things
   * brings fewer of both, and bounds that a person would feel are all that can be asked of it. */
  g_assert_cmpuint (summary.frames, >, 20);
  g_assert_cmpuint (summary.pointers, >, 20);
  g_assert_cmpfloat (summary.frame_p50, <, 50);
  g_assert_cmpfloat (summary.pointer_p50, <, 50);
  pointers = read_events (path, "pointer");
  g_assert_cmpuint (pointers->len, >=, summary.pointers);
  for (guint i = 0; i < pointers->len; i++)
    {
      g_assert_cmpfloat (number (pointers, i, "latency_ms"), >, 0);
      g_assert_cmpfloat (number (pointers, i, "frames"), >=, 1);
    }
  summaries = read_events (path, "summary");
  g_assert_cmpuint (summaries->len, ==, 2);
  g_assert_cmpfloat (number (summaries, 1, "pointer_p99_ms"), >=,
                     number (summaries, 1, "pointer_p50_ms"));
  if (g_getenv ("NUMERAL_KEEP_LOG"))
    g_print ("# %s\n", path);
  else
    g_unlink (path);
}

static void
test_unwritable (void)
{
  g_autoptr (GError) error = NULL;
  NumeralFrameLog *log = numeral_frame_log_new ("/nowhere/log.jsonl", &error);

  g_assert_null (log);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/log.jsonl"));
}

/* Every desktop has a window manager, and GTK asks it once what it can do; where there is none, as
 * on the bare server of the tests, it asks in every frame, and waits until the server has drawn it.
 */
static Display *
pretend_window_manager (void)
{
  Display *display = XOpenDisplay (NULL);
  const Atom check = XInternAtom (display, "_NET_SUPPORTING_WM_CHECK", False);
  const Atom supported = XInternAtom (display, "_NET_SUPPORTED", False);
  const Window root = DefaultRootWindow (display);
  const Window window = XCreateSimpleWindow (display, root, -1, -1, 1, 1, 0, 0, 0);

  XChangeProperty (display, root, check, XA_WINDOW, 32, PropModeReplace, (guchar *) &window, 1);
  XChangeProperty (display, window, check, XA_WINDOW, 32, PropModeReplace, (guchar *) &window, 1);
  XChangeProperty (display, root, supported, XA_ATOM, 32, PropModeReplace, (guchar *) &supported,
                   1);
  XSync (display, False);
  return display;
}

int
main (int argc, char **argv)
{
  Display *manager = pretend_window_manager ();
  int failed;

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/frame-log/unwritable", test_unwritable);
  g_test_add_func ("/app/frame-log/late", test_late);
  g_test_add_data_func ("/app/frame-log/training", "train", test_training);
  /* A sanitizer slows the arithmetic down so much that its frames say nothing. */
  if (g_test_perf ())
    g_test_add_data_func ("/app/frame-log/explaining", "explain", test_training);
  failed = g_test_run ();
  XCloseDisplay (manager);
  return failed;
}
