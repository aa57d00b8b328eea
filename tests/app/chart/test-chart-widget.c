/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "hand.h"
#include "numeral-chart-card.h"
#include "numeral-chart-private.h"
#include "numeral-figures.h"
#include "wait.h"

#define N 1000

typedef struct
{
  GtkWindow *window;
  NumeralChart *chart;
  Hand *hand;
} Stage;

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* Falls from 1 to 0.1 over ten epochs, with a mark at each. */
static void
fill (NumeralChart *chart)
{
  numeral_chart_set_texts (chart, "epoch", "nothing");
  numeral_chart_add_curve (chart, "training", NUMERAL_CHART_NOISY);
  numeral_chart_add_curve (chart, "validation", NUMERAL_CHART_MARKED);
  for (guint i = 1; i <= N; i++)
    numeral_chart_append (chart, 0, 10.0 * i / N, pow (0.1, (double) i / N));
  for (guint i = 1; i <= 10; i++)
    numeral_chart_append (chart, 1, i, pow (0.1, i / 10.0) + 0.05);
}

static void
stage_begin (Stage *stage)
{
  NumeralChartCard *card = numeral_chart_card_new ();

  g_object_set (card, "title", "Loss", NULL);
  stage->chart = numeral_chart_card_get_chart (card);
  stage->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (stage->window, 640, 360);
  gtk_window_set_child (stage->window, GTK_WIDGET (card));
  fill (stage->chart);
  gtk_window_present (stage->window);
  stage->hand = hand_new ();
  wait_for (0.2);
  hand_focus (stage->hand, stage->window);
  assert_soon (is_active, stage->window);
  gtk_widget_grab_focus (GTK_WIDGET (stage->chart));
}

static void
stage_end (Stage *stage)
{
  hand_free (stage->hand);
  gtk_window_destroy (stage->window);
  wait_idle ();
}

static double
width_of_view (NumeralChart *chart)
{
  PictureAxis x, y;

  numeral_chart_get_view (chart, &x, &y);
  return x.max - x.min;
}

static void
key (Stage *stage, guint keyval, GdkModifierType modifiers)
{
  hand_key (stage->hand, keyval, modifiers);
  wait_for (0.1);
}

static void
test_keys (void)
{
  Stage stage;
  double whole, first;
  gboolean zoomed;
  PictureAxis before, after, y;

  stage_begin (&stage);
  whole = width_of_view (stage.chart);
  g_assert_cmpfloat (whole, >=, 9.9);

  g_assert_true (isnan (numeral_chart_get_cursor (stage.chart)));
  key (&stage, GDK_KEY_Right, 0);
  first = numeral_chart_get_cursor (stage.chart);
  g_assert_false (isnan (first));
  key (&stage, GDK_KEY_Right, 0);
  g_assert_cmpfloat (numeral_chart_get_cursor (stage.chart), >, first);
  key (&stage, GDK_KEY_Left, 0);
  g_assert_cmpfloat (numeral_chart_get_cursor (stage.chart), ==, first);
  key (&stage, GDK_KEY_Escape, 0);
  g_assert_true (isnan (numeral_chart_get_cursor (stage.chart)));

  key (&stage, GDK_KEY_KP_Add, 0);
  g_assert_cmpfloat (width_of_view (stage.chart), <, whole * 0.7);
  numeral_chart_get_view (stage.chart, &before, &y);
  key (&stage, GDK_KEY_Right, GDK_SHIFT_MASK);
  numeral_chart_get_view (stage.chart, &after, &y);
  g_assert_cmpfloat (after.min, >, before.min);
  g_assert_cmpfloat_with_epsilon (after.max - after.min, before.max - before.min, 1e-9);
  g_object_get (stage.chart, "zoomed", &zoomed, NULL);
  g_assert_true (zoomed);
  key (&stage, GDK_KEY_Home, 0);
  g_assert_cmpfloat (width_of_view (stage.chart), ==, whole);
  g_object_get (stage.chart, "zoomed", &zoomed, NULL);
  g_assert_false (zoomed);
  stage_end (&stage);
}

static void
test_pointer (void)
{
  Stage stage;
  double whole;
  PictureAxis before, after, y;

  stage_begin (&stage);
  whole = width_of_view (stage.chart);
  hand_click (stage.hand, GTK_WIDGET (stage.chart));
  wait_for (0.2);
  g_assert_cmpfloat_with_epsilon (numeral_chart_get_cursor (stage.chart), 5, 1);
  /* The wheel, upwards. */
  hand_press (stage.hand, 4);
  hand_release (stage.hand, 4);
  wait_for (0.2);
  g_assert_cmpfloat (width_of_view (stage.chart), <, whole);
  /* A press alone moves nothing; a double click shows everything again. */
  wait_for (0.6);
  numeral_chart_get_view (stage.chart, &before, &y);
  hand_press (stage.hand, 1);
  wait_for (0.5);
  hand_release (stage.hand, 1);
  numeral_chart_get_view (stage.chart, &after, &y);
  g_assert_cmpfloat (before.min, ==, after.min);
  wait_for (0.6);
  for (guint i = 0; i < 2; i++)
    {
      hand_press (stage.hand, 1);
      hand_release (stage.hand, 1);
    }
  wait_for (0.2);
  g_assert_cmpfloat (width_of_view (stage.chart), ==, whole);
  stage_end (&stage);
}

static void
test_grows (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  PictureAxis x, y;

  fill (chart);
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (chart, 0)), ==, N);
  numeral_chart_set_x_end (chart, 20);
  numeral_chart_get_view (chart, &x, &y);
  g_assert_cmpfloat (x.min, ==, 0);
  g_assert_cmpfloat (x.max, ==, 20);
  /* Backwards there is nothing to be kept. */
  numeral_chart_append (chart, 0, 5, 0.5);
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (chart, 0)), ==, N);
  numeral_chart_clear_curve (chart, 0);
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (chart, 0)), ==, 0);
  numeral_chart_append (chart, 0, 5, 0.5);
  g_assert_cmpuint (picture_series_length (numeral_chart_get_series (chart, 0)), ==, 1);
  numeral_chart_remove_curves (chart, 1);
  g_assert_cmpuint (numeral_chart_get_n_curves (chart), ==, 1);
}

/* The values of others, while they grow and are cut back; the chart keeps them alive. */
static void
test_shows_values (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  BaseSeries *values = base_series_new ();
  const PictureSeries *series;
  const float samples[] = { 4, 2, 1 };

  fill (chart);
  numeral_chart_show_values (chart, 0, values, 2);
  series = numeral_chart_get_series (chart, 0);
  g_assert_cmpuint (picture_series_length (series), ==, 0);
  base_series_append (values, samples, G_N_ELEMENTS (samples));
  g_assert_cmpuint (picture_series_length (series), ==, 3);
  g_assert_cmpfloat (picture_series_x (series, 2), ==, 1.5);
  base_series_truncate (values, 2);
  base_series_unref (values);
  g_assert_cmpuint (picture_series_length (series), ==, 2);
  g_assert_cmpfloat (picture_series_y (series, 1), ==, 2);
  /* Its own samples again. */
  numeral_chart_clear_curve (chart, 0);
  numeral_chart_append (chart, 0, 5, 0.5);
  g_assert_cmpfloat (picture_series_x (numeral_chart_get_series (chart, 0), 0), ==, 5);
}

static void
test_log (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  PictureAxis x, y;

  fill (chart);
  g_object_set (chart, "log-y", TRUE, NULL);
  numeral_chart_get_view (chart, &x, &y);
  g_assert_cmpint (y.scale, ==, PICTURE_SCALE_LOG);
  g_assert_cmpfloat (y.min, >, 0);
  g_assert_cmpint (x.scale, ==, PICTURE_SCALE_LINEAR);
  /* Going over to another axis shows everything. */
  numeral_chart_zoom (chart, 2);
  g_object_set (chart, "log-x", TRUE, NULL);
  numeral_chart_get_view (chart, &x, &y);
  g_assert_cmpint (x.scale, ==, PICTURE_SCALE_LOG);
  g_assert_cmpfloat (x.max, >=, 10);
}

static void
test_words (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  g_autofree char *nothing = NULL;
  g_autofree char *text = NULL;

  fill (chart);
  nothing = numeral_chart_describe_cursor (chart);
  g_assert_cmpstr (nothing, ==, "");
  numeral_chart_set_cursor (chart, 5);
  text = numeral_chart_describe_cursor (chart);
  g_assert_nonnull (strstr (text, "epoch 5"));
  g_assert_nonnull (strstr (text, "training 0.31"));
  /* Smoothing that shows it is smoothing. */
  g_assert_nonnull (strstr (text, "51"));
  g_assert_nonnull (strstr (text, "validation 0.36"));
}

static void
test_figures (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  NumeralFigures *figures;
  GListModel *rows;
  guint marked = 0;

  fill (chart);
  figures = numeral_figures_new (NULL, chart);
  rows = numeral_figures_get_rows (figures);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >=, 40);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkStringObject) row = g_list_model_get_item (rows, i);
      g_auto (GStrv) cells = g_strsplit (gtk_string_object_get_string (row), "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 3);
      if (g_str_equal (cells[0], "5"))
        {
          g_assert_true (g_str_has_prefix (cells[1], "0.31"));
          g_assert_true (g_str_has_prefix (cells[2], "0.36"));
          marked++;
        }
    }
  g_assert_cmpuint (marked, ==, 1);
  gtk_window_destroy (GTK_WINDOW (figures));
}

static void
test_export (void)
{
  g_autoptr (NumeralChart) chart = g_object_ref_sink (numeral_chart_new ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  fill (chart);
  png = numeral_chart_export (chart, NUMERAL_CHART_PNG, 400, 200, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_bytes (png, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >=, 400);
  svg = numeral_chart_export (chart, NUMERAL_CHART_SVG, 400, 200, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, NULL), 300, "<svg"));
}

/* In parts of a thousand of the square in the middle of the chart. */
static void
move (Stage *stage, double x, double y)
{
  int screen_x, screen_y;

  hand_locate (GTK_WIDGET (stage->chart), x, y, &screen_x, &screen_y);
  hand_move_to (stage->hand, screen_x, screen_y);
  wait_for (0.05);
}

/* What is zoomed follows the hand, and what is not stays. */
static void
test_drag (void)
{
  Stage stage;
  PictureAxis before, after, y;

  stage_begin (&stage);
  for (guint zoomed = 0; zoomed < 2; zoomed++)
    {
      if (zoomed)
        {
          numeral_chart_set_cursor (stage.chart, (double) NAN);
          numeral_chart_zoom (stage.chart, 4);
        }
      numeral_chart_get_view (stage.chart, &before, &y);
      move (&stage, 700, 500);
      hand_press (stage.hand, 1);
      for (guint i = 1; i <= 5; i++)
        move (&stage, 700 - 60 * i, 500);
      hand_release (stage.hand, 1);
      wait_for (0.1);
      numeral_chart_get_view (stage.chart, &after, &y);
      g_assert_cmpfloat_with_epsilon (after.max - after.min, before.max - before.min, 1e-6);
      if (zoomed)
        g_assert_cmpfloat (after.min, >, before.min + 0.05 * (before.max - before.min));
      else
        g_assert_cmpfloat (after.min, ==, before.min);
    }
  stage_end (&stage);
}

static GtkGesture *
pinch_of (NumeralChart *chart)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ZOOM (controller))
        return GTK_GESTURE (controller);
    }
  return NULL;
}

/* XTest has no fingers, and no gesture begins without an event: the chart is told where they come
 * down, and its own gesture says what they do from there. */
static void
test_pinch (void)
{
  Stage stage;
  GtkGesture *pinch;
  PictureAxis whole, view, y;
  PictureChartHit hit;
  double x, between;

  stage_begin (&stage);
  pinch = pinch_of (stage.chart);
  g_assert_nonnull (pinch);
  numeral_chart_get_view (stage.chart, &whole, &y);
  x = gtk_widget_get_width (GTK_WIDGET (stage.chart)) * 0.7;
  numeral_chart_hit (stage.chart, x, 100, &hit);
  g_assert_cmpint (hit.part, ==, PICTURE_CHART_PLOT);
  between = hit.x;

  numeral_chart_begin_pinch (stage.chart, x, 100);
  /* The scale is that since the fingers came down, not since the last event. */
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_signal_emit_by_name (pinch, "scale-changed", 4.0);
  g_assert_cmpfloat_with_epsilon (width_of_view (stage.chart), (whole.max - whole.min) / 4, 1e-9);
  /* What is between the fingers stays there. */
  numeral_chart_hit (stage.chart, x, 100, &hit);
  g_assert_cmpfloat_with_epsilon (hit.x, between, 0.05);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_assert_cmpfloat_with_epsilon (width_of_view (stage.chart), (whole.max - whole.min) / 2, 1e-9);

  /* Again, from where the last one ended, and back further than there is anything to see. */
  numeral_chart_begin_pinch (stage.chart, x, 100);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_assert_cmpfloat_with_epsilon (width_of_view (stage.chart), (whole.max - whole.min) / 4, 1e-9);
  g_signal_emit_by_name (pinch, "scale-changed", 0.1);
  numeral_chart_get_view (stage.chart, &view, &y);
  g_assert_cmpfloat (view.min, ==, whole.min);
  g_assert_cmpfloat (view.max, ==, whole.max);
  stage_end (&stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/chart/keys", test_keys);
  g_test_add_func ("/app/chart/drag", test_drag);
  g_test_add_func ("/app/chart/pointer", test_pointer);
  g_test_add_func ("/app/chart/pinch", test_pinch);
  g_test_add_func ("/app/chart/grows", test_grows);
  g_test_add_func ("/app/chart/shows-values", test_shows_values);
  g_test_add_func ("/app/chart/log", test_log);
  g_test_add_func ("/app/chart/words", test_words);
  g_test_add_func ("/app/chart/figures", test_figures);
  g_test_add_func ("/app/chart/export", test_export);
  return g_test_run ();
}
