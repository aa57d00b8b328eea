/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How smooth the window stays while the runs of the user's folder are read and shown, and while a
 * person scrolls through them. Prints the number of frames, of late ones, and the longest that an
 * event had to wait. */

#include "desk.h"
#include "numeral-page.h"
#include "numeral-workbench.h"
#include "wait.h"

typedef struct
{
  NumeralRunStore *store;
  GtkAdjustment *adjustment;
  gint64 last, longest; /* of turns of the main loop, in microseconds */
  gint64 last_frame, longest_frame;
  guint frames, late;
} Bench;

static gboolean
on_turn (gpointer data)
{
  Bench *bench = data;
  const gint64 now = g_get_monotonic_time ();

  if (bench->last > 0)
    bench->longest = MAX (bench->longest, now - bench->last);
  bench->last = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  const gint64 now = g_get_monotonic_time ();

  if (bench->last_frame > 0)
    {
      bench->frames++;
      bench->late += now - bench->last_frame > NUMERAL_FRAME_LATE_MS * 1000;
      bench->longest_frame = MAX (bench->longest_frame, now - bench->last_frame);
    }
  bench->last_frame = now;
  if (bench->adjustment)
    gtk_adjustment_set_value (bench->adjustment,
                              gtk_adjustment_get_value (bench->adjustment) +
                                  gtk_adjustment_get_upper (bench->adjustment) / 150);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_read (gpointer data)
{
  return !numeral_run_store_get_loading (((Bench *) data)->store);
}

static void
report (Bench *bench, const char *what, gint64 start)
{
  g_print ("%s %u runs: %.1f s, %u frames, %u late, longest frame %.1f ms, longest wait %.1f ms\n",
           what, g_list_model_get_n_items (G_LIST_MODEL (bench->store)),
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, bench->frames, bench->late,
           (double) bench->longest_frame / 1000, (double) bench->longest / 1000);
  bench->last = bench->longest = bench->last_frame = bench->longest_frame = 0;
  bench->frames = bench->late = 0;
}

static GtkAdjustment *
find_adjustment (GtkWidget *page)
{
  GtkWidget *list = desk_find (page, GTK_TYPE_LIST_VIEW, NULL);
  GtkWidget *window = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  Desk *desk;
  GtkWidget *workbench, *page;
  gint64 start;

  gtk_test_init (&argc, &argv, NULL);
  start = g_get_monotonic_time ();
  desk = desk_new (1280, 900);
  bench.store = numeral_lab_get_store (numeral_window_get_lab (desk->window));
  workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);
  page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "train");
  numeral_page_request_page (NUMERAL_PAGE (page), "runs");
  page = numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), "runs");
  wait_for (0.5); /* the page is made and fades in */
  g_timeout_add_full (GDK_PRIORITY_EVENTS, 1, on_turn, &bench, NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (desk->window), on_frame, &bench, NULL);
  wait_for (0.5);
  assert_soon (is_read, &bench);
  report (&bench, "reading", start);
  start = g_get_monotonic_time ();
  bench.adjustment = find_adjustment (page);
  wait_for (2);
  report (&bench, "scrolling", start);
  exit (0);
}
