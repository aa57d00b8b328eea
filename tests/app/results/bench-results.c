/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes from a click on Measure to the first mistakes on the screen, and to the
 * figures, of 10,000 samples with the model that ships. */

#include <stdlib.h>

#include "desk.h"
#include "numeral-confusion-view.h"
#include "numeral-data.h"
#include "numeral-result-tile.h"
#include "numeral-results-page.h"
#include "numeral-workbench.h"
#include "wait.h"

#define N_RUNS 15

/* @clicked: @tile: @figures: when the button was let go, the first frame with a mistake, and that
 * with the figures was there; microseconds, 0 before */
typedef struct
{
  Desk *desk;
  GtkWidget *page;
  GtkWidget *measure;
  gint64 clicked, tile, figures;
} Bench;

typedef struct
{
  double tile, figures; /* milliseconds since the click */
} Times;

/* Before the button itself gets the event. */
static gboolean
on_event (Bench *bench, GdkEvent *event)
{
  if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    bench->clicked = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

static gboolean
is_seen (Bench *bench, GType type)
{
  GtkWidget *widget = desk_find (bench->page, type, NULL);

  return widget && gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

static void
on_painted (GdkFrameClock *clock, Bench *bench)
{
  const gint64 now = g_get_monotonic_time ();
  GtkWidget *matrix = desk_find (bench->page, NUMERAL_TYPE_CONFUSION_VIEW, NULL);

  if (bench->clicked == 0)
    return;
  if (bench->tile == 0 && is_seen (bench, NUMERAL_TYPE_RESULT_TILE))
    bench->tile = now;
  if (bench->figures == 0 && gtk_widget_get_mapped (matrix) && gtk_widget_get_first_child (matrix))
    bench->figures = now;
}

static gboolean
is_measured (gpointer data)
{
  Bench *bench = data;

  return bench->figures > 0;
}

static Times
measure (Bench *bench)
{
  bench->clicked = bench->tile = bench->figures = 0;
  hand_click (bench->desk->hand, bench->measure);
  assert_soon (is_measured, bench);
  return (Times){ (double) (bench->tile - bench->clicked) / 1e3,
                  (double) (bench->figures - bench->clicked) / 1e3 };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
report (const char *what, double *times)
{
  qsort (times, N_RUNS, sizeof *times, compare);
  g_test_message ("%s: median %.0f ms, longest of %d %.0f ms", what, times[N_RUNS / 2], N_RUNS,
                  times[N_RUNS - 1]);
}

static void
test_mistakes (void)
{
  g_autofree char *mnist = numeral_data_find_mnist ();
  Bench bench = { 0 };
  double tiles[N_RUNS], figures[N_RUNS];
  GtkEventController *events;
  NumeralWorkbench *workbench;
  Times first;

  if (!mnist)
    {
      g_test_skip ("there is no MNIST");
      return;
    }
  bench.desk = desk_new (1280, 900);
  workbench =
      NUMERAL_WORKBENCH (desk_find (GTK_WIDGET (bench.desk->window), NUMERAL_TYPE_WORKBENCH, NULL));
  numeral_workbench_show_page (workbench, "results");
  bench.page = numeral_workbench_get_page (workbench, "results");
  bench.measure = desk_find (bench.page, GTK_TYPE_BUTTON, "_Measure");
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (on_event), &bench);
  gtk_widget_add_controller (bench.measure, events);
  wait_for (1);
  g_signal_connect (gtk_widget_get_frame_clock (bench.page), "after-paint", G_CALLBACK (on_painted),
                    &bench);
  first = measure (&bench);
  g_test_message ("with loading MNIST's test split: first mistakes %.0f ms, figures %.0f ms",
                  first.tile, first.figures);
  for (guint i = 0; i < N_RUNS; i++)
    {
      const Times times = measure (&bench);

      tiles[i] = times.tile;
      figures[i] = times.figures;
    }
  report ("first mistakes", tiles);
  report ("figures", figures);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (bench.page), &bench);
  desk_free (bench.desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/results/mistakes", test_mistakes);
  return g_test_run ();
}
