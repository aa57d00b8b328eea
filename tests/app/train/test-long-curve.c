/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the curve of a long run costs in the window: the time until it is shown, how long the main
 * loop does not answer meanwhile and when the chart is used, and the memory. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk.h"
#include "numeral-chart.h"
#include "numeral-workbench.h"
#include "numeral-write-queue.h"
#include "wait.h"

#define N_STEPS 10000000
#define PER_EPOCH 1782
#define N_PLACES 60

typedef struct
{
  Desk *desk;
  NumeralLab *lab;
  NumeralChart *loss;
  gint64 last, longest; /* dispatches of the watch, microseconds */
  double last_cpu, longest_cpu;
  guint n_frames; /* painted since the curve was complete */
} Bench;

/* Processor time of the main thread, in microseconds: without that of other programs. */
static double
cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e6 * (double) time.tv_sec + 1e-3 * (double) time.tv_nsec;
}

/* Every millisecond, before everything else. */
static gboolean
on_watch (gpointer data)
{
  Bench *bench = data;
  const gint64 now = g_get_monotonic_time ();
  const double cpu = cpu_time ();

  bench->longest = MAX (bench->longest, now - bench->last);
  bench->longest_cpu = MAX (bench->longest_cpu, cpu - bench->last_cpu);
  bench->last = now;
  bench->last_cpu = cpu;
  return G_SOURCE_CONTINUE;
}

static void
restart_watch (Bench *bench)
{
  bench->longest = 0;
  bench->longest_cpu = 0;
  bench->last = g_get_monotonic_time ();
  bench->last_cpu = cpu_time ();
}

static gboolean
is_complete (Bench *bench)
{
  return picture_series_length (numeral_chart_get_series (bench->loss, 0)) == N_STEPS;
}

static void
on_painted (GdkFrameClock *clock, Bench *bench)
{
  if (is_complete (bench))
    bench->n_frames++;
}

static gboolean
is_painted (gpointer bench)
{
  return ((Bench *) bench)->n_frames > 0;
}

/* A line of /proc/self/status, in bytes. */
static double
status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, name);
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen (name) + 1, NULL) * 1024;
}

/* Losses that fall, accuracies of minibatches of 32, and a cosine schedule. */
static void
write_curve (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "curve.bin", NULL);
  const guint32 header[] = { 1, 12 };
  const guint64 per_epoch = PER_EPOCH;
  FILE *file = fopen (path, "wb");
  guint32 state = 1;

  g_assert_nonnull (file);
  fwrite ("NUMCURVE", 1, 8, file);
  fwrite (header, sizeof header, 1, file);
  fwrite (&per_epoch, sizeof per_epoch, 1, file);
  for (guint i = 0; i < N_STEPS; i++)
    {
      const double x = (double) i / N_STEPS;
      float point[3];
      double noise;

      state = state * 1664525u + 1013904223u;
      noise = (double) (state >> 8) / (1 << 24);
      point[0] = (float) ((2.3 * exp (-8 * x) + 0.05) * (0.4 + 1.2 * noise));
      point[1] = (float) MIN (32, (guint) (32 * (0.9 + 0.09 * MIN (1, 4 * x)) + 3 * noise)) / 32;
      point[2] = (float) (0.0005 * (1 + cos (G_PI * x)));
      fwrite (point, sizeof point, 1, file);
    }
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
write_epochs (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "epochs.jsonl", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i <= N_STEPS / PER_EPOCH; i++)
    g_string_append_printf (text,
                            "{\"epoch\":%u,\"step\":%u,\"loss\":%.3f,\"learning_rate\":0.001,"
                            "\"accuracy\":0.95,\"validation_loss\":%.3f,"
                            "\"validation_accuracy\":0.9625,\"seconds\":0.5}\n",
                            i, i * PER_EPOCH, 1.0 / i, 1.2 / i + 0.01);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
}

static void
report (Bench *bench, const char *what)
{
  g_test_message ("%s: longest time without an answer %.1f ms, of which the main thread used the "
                  "processor for at most %.1f ms",
                  what, (double) bench->longest / 1e3, bench->longest_cpu / 1e3);
}

static void
use_chart (Bench *bench)
{
  restart_watch (bench);
  for (guint i = 0; i < N_PLACES; i++)
    {
      numeral_chart_set_cursor (bench->loss, (double) N_STEPS / PER_EPOCH * i / N_PLACES);
      wait_for (0.02);
    }
  report (bench, "cursor");
  restart_watch (bench);
  for (guint i = 0; i < N_PLACES; i++)
    {
      numeral_chart_zoom (bench->loss, i < N_PLACES / 2 ? 1.4 : 1 / 1.4);
      wait_for (0.02);
    }
  report (bench, "zoom");
  restart_watch (bench);
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_object_set (bench->loss, "smoothing", i % 2 ? 51 : 1001, NULL);
      wait_for (0.02);
    }
  report (bench, "smoothing");
}

static void
test_shown (void)
{
  Bench bench = { 0 };
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *workbench;
  double before, after;
  gint64 start;
  guint watch;

  bench.desk = desk_new (1280, 900);
  workbench = desk_find (GTK_WIDGET (bench.desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  bench.lab = numeral_window_get_lab (bench.desk->window);
  bench.loss =
      NUMERAL_CHART (desk_find (numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train"),
                                NUMERAL_TYPE_CHART, NULL));
  config->train.epochs = N_STEPS / PER_EPOCH + 1;
  run = numeral_run_store_create (numeral_lab_get_store (bench.lab), config, &error);
  g_assert_no_error (error);
  numeral_write_queue_flush (); /* its folder is made */
  write_curve (g_file_peek_path (numeral_run_get_folder (run)));
  write_epochs (g_file_peek_path (numeral_run_get_folder (run)));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench.loss)), "after-paint",
                    G_CALLBACK (on_painted), &bench);
  watch = g_timeout_add_full (G_PRIORITY_HIGH, 1, on_watch, &bench, NULL);
  restart_watch (&bench);
  wait_for (1);
  report (&bench, "before");

  before = status ("VmRSS:");
  restart_watch (&bench);
  start = g_get_monotonic_time ();
  numeral_lab_show_run (bench.lab, run);
  assert_soon (is_painted, &bench);
  g_test_message ("%d minibatches are shown after %.0f ms", N_STEPS,
                  (double) (g_get_monotonic_time () - start) / 1e3);
  wait_for (1);
  report (&bench, "loading");
  after = status ("VmRSS:");
  g_test_message ("%.1f MB, %.2f bytes a minibatch; at most %.1f MB for a moment",
                  (after - before) / 1e6, (after - before) / N_STEPS,
                  (status ("VmHWM:") - before) / 1e6);
  use_chart (&bench);
  restart_watch (&bench);
  numeral_lab_show_run (bench.lab, NULL);
  wait_for (1);
  report (&bench, "leaving");
  g_test_message ("%.1f MB stay", (status ("VmRSS:") - before) / 1e6);
  g_source_remove (watch);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (bench.loss)),
                                        &bench);
  desk_free (bench.desk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/long-curve/shown", test_shown);
  return g_test_run ();
}
