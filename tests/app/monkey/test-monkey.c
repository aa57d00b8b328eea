/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole program under random events and commands: nothing crashes, hangs or grows. README.md
 * of tests/app says how to run it for longer, and how to repeat a run. */

#include <X11/Xlib.h>
#include <adwaita.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "confine.h"
#include "gtk-log.h"
#include "monkey.h"
#include "wait.h"

#define DEFAULT_SECONDS 10
#define MAX_FRAMES 200
/* By so much may the memory in use at the end exceed what it was after the warm-up. What the
 * program keeps is bounded: 500 states to undo, 12 runs of at most 400 samples (1 MB each) and what
 * GTK caches of fonts, icons and styles, which goes on filling. A leak of one drawing a step would
 * be twice as much in half an hour. */
#define ALLOWED_GROWTH 64e6

static double seconds = DEFAULT_SECONDS;
static guint seed;
static gboolean confined;
#ifdef __SANITIZE_ADDRESS__
const char *__asan_default_options (void);

/* Freed memory that waits in the quarantine is memory in use for the kernel. */
const char *
__asan_default_options (void)
{
  return "quarantine_size_mb=16";
}
#endif

guint
monkey_pick (Monkey *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

GtkWindow *
monkey_get_front (Monkey *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWindow *front = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        front = toplevel;
    }
  return front;
}

static void
collect (GtkWidget *widget, GPtrArray *widgets)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget))
    return;
  g_ptr_array_add (widgets, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    collect (child, widgets);
}

GtkWidget *
monkey_pick_widget (Monkey *self, GtkWidget *root)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();

  collect (root, widgets);
  return widgets->len ? widgets->pdata[monkey_pick (self, widgets->len)] : NULL;
}

typedef struct
{
  void (*act) (Monkey *self);
  guint weight;
} Deed;

static const Deed deeds[] = {
  { monkey_input_pointer, 30 },   { monkey_input_stroke, 15 }, { monkey_input_key, 35 },
  { monkey_action_activate, 15 }, { monkey_action_page, 8 },   { monkey_action_widget, 12 },
  { monkey_work_open, 4 },        { monkey_work_save, 3 },     { monkey_work_train, 3 },
  { monkey_work_export, 2 },      { monkey_work_resize, 3 },   { monkey_work_switch, 4 },
  { monkey_work_close, 1 },
};

static void
act (Monkey *self)
{
  guint total = 0, i, chosen;

  for (i = 0; i < G_N_ELEMENTS (deeds); i++)
    total += deeds[i].weight;
  chosen = monkey_pick (self, total);
  for (i = 0; chosen >= deeds[i].weight; i++)
    chosen -= deeds[i].weight;
  deeds[i].act (self);
}

/* Sometimes at once, sometimes after all is done, mostly as fast as a very quick hand. */
static void
rest (Monkey *self)
{
  switch (monkey_pick (self, 12))
    {
    case 0:
      return;
    case 1:
      wait_for (0.1);
      return;
    default:
      wait_for (g_rand_double_range (self->random, 0, 0.01));
    }
}

/* Errors of the hand's connection: a window that it gives the keyboard may just have gone. */
static XErrorHandler gdk_handler;

static int
on_x_error (Display *display, XErrorEvent *event)
{
  if (display != gdk_x11_display_get_xdisplay (gdk_display_get_default ()))
    return 0;
  return gdk_handler (display, event);
}

typedef struct
{
  double warm, end; /* the most of the second quarter, and the least of the last */
  guint n_steps;
} Result;

static void
run (Monkey *self, Result *result)
{
  const double begin = (double) g_get_monotonic_time ();
  double share = 0;

  *result = (Result){ 0, G_MAXDOUBLE, 0 };
  for (; share < 1; result->n_steps++)
    {
      double memory;

      monkey_work_tidy (self);
      act (self);
      rest (self);
      monkey_watch_beat ();
      share = ((double) g_get_monotonic_time () - begin) / (seconds * G_USEC_PER_SEC);
      memory = monkey_watch_memory ();
      if (share > 0.25 && share < 0.5)
        result->warm = MAX (result->warm, memory);
      if (share > 0.75)
        result->end = MIN (result->end, memory);
    }
}

static gboolean
is_gone (gpointer data)
{
  /* A window may show a dialog before it closes, and dialogs close one after the other. */
  GtkWindow *front = monkey_get_front (data);

  if (front)
    gtk_window_close (front);
  return !monkey_work_has_window (data);
}

static void
end (Monkey *self)
{
  monkey_note ("end");
  monkey_input_release (self);
  assert_soon (is_gone, self);
  g_idle_add_once ((GSourceOnceFunc) g_application_quit, self->application);
  g_application_run (G_APPLICATION (self->application), 0, NULL);
  g_assert_finalize_object (self->application);
}

static void
test_monkey (void)
{
  Monkey monkey = { .random = g_rand_new_with_seed (seed), .hand = hand_new () };
  g_autoptr (GError) error = NULL;
  Result result;

  monkey_watch_begin (seed);
  monkey.confined = confined;
  monkey.folder = g_build_filename (g_get_home_dir (), "monkey", NULL);
  g_assert_cmpint (g_mkdir (monkey.folder, 0700), ==, 0);
  monkey_work_prepare (&monkey);
  monkey.application =
      numeral_application_new (G_APPLICATION_NON_UNIQUE | G_APPLICATION_IS_SERVICE);
  g_application_register (G_APPLICATION (monkey.application), NULL, &error);
  g_assert_no_error (error);

  run (&monkey, &result);
  end (&monkey);
  g_test_message ("%u steps, seed %u; %.0f MB after the warm-up, %.0f MB at the end",
                  result.n_steps, seed, result.warm / 1e6, result.end / 1e6);
  g_assert_cmpfloat (result.end, <, result.warm + ALLOWED_GROWTH);
  monkey_watch_end ();
  hand_free (monkey.hand);
  g_rand_free (monkey.random);
  g_free (monkey.folder);
}

/* From the environment, which reaches a test that Meson runs, or an option, which is removed:
 * GLib has a --seed of its own. */
static void
read_number (int *argc, char **argv, const char *option, const char *variable, double *number)
{
  const char *text = g_getenv (variable);
  int n = 1;

  for (int i = 1; i < *argc; i++)
    if (g_str_has_prefix (argv[i], option))
      text = argv[i] + strlen (option);
    else
      argv[n++] = argv[i];
  *argc = n;
  if (text)
    *number = g_ascii_strtod (text, NULL);
}

/* What calls GTK here but the program that is tested: the main loop, and what the random events and
 * actions do. A function without a name of its own has that of the one before it. */
static gboolean
is_of_test (const char *function)
{
  return function != NULL &&
         (g_str_equal (function, "wait_until") || g_str_has_prefix (function, "monkey_") ||
          g_str_has_prefix (function, "hand_"));
}

/* Whether this test called GTK, and GTK called nothing of the program: then the message that is
 * being written is about GTK's own affairs. */
static gboolean
is_of_gtk_alone (void)
{
  void *frames[MAX_FRAMES];
  const int n = backtrace (frames, MAX_FRAMES);
  Dl_info here, info;
  int i = 0;

  /* Out of this function and its caller, and through the libraries. */
  dladdr (frames[0], &here);
  while (i < n && dladdr (frames[i], &info) && info.dli_fbase == here.dli_fbase)
    i++;
  while (i < n && dladdr (frames[i], &info) && info.dli_fbase != here.dli_fbase)
    i++;
  return i < n && is_of_test (info.dli_sname);
}

/* Where the message comes from, which a log of the tests must tell. */
static void
print_stack (void)
{
  void *frames[MAX_FRAMES];

  backtrace_symbols_fd (frames, backtrace (frames, MAX_FRAMES), STDERR_FILENO);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  const char *message = "";

  if (level & G_LOG_LEVEL_DEBUG)
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
  g_log_writer_default (level, fields, n_fields, NULL);
  if (level & G_LOG_LEVEL_CRITICAL)
    {
      if (gtk_log_is_known (message) || is_of_gtk_alone ())
        return G_LOG_WRITER_HANDLED;
      print_stack ();
      abort ();
    }
  return G_LOG_WRITER_HANDLED;
}

/* All that is written is below the home folder that with-display.sh made for this test. */
static void
stay_home (void)
{
  g_autofree char *name = g_path_get_basename (g_get_home_dir ());

  if (!g_str_has_prefix (name, "numeral-test."))
    g_error ("the home folder is not one of with-display.sh");
  confined = confine (g_get_home_dir ());
}

int
main (int argc, char **argv)
{
  double number = g_random_int ();

  read_number (&argc, argv, "--seconds=", "NUMERAL_MONKEY_SECONDS", &seconds);
  read_number (&argc, argv, "--seed=", "NUMERAL_MONKEY_SEED", &number);
  seed = (guint) number;
  stay_home ();
  /* Errors of the X server come in the call that causes them, and so to on_x_error(): later, GDK
   * might have a handler of its own in its place. */
  g_setenv ("GDK_SYNCHRONIZE", "1", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  /* GTK has warnings that random input can cause; an error of the program is critical. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_message ("--seed=%u, %g s, %s", seed, seconds,
                  confined ? "confined to its folder" : "file choosers are only closed");
  gdk_handler = XSetErrorHandler (on_x_error);
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-max-age", -1, NULL);
  g_test_add_func ("/app/monkey", test_monkey);
  return g_test_run ();
}
