/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "picture-chart-trace.h"
#include "picture-chart.h"
#include "pixels.h"

#define WIDTH 400
#define HEIGHT 200

/* One colour per part: text green, grid blue, curves red or black. */
static const PictureStyle style = {
  .foreground = { 0, 1, 0, 1 },
  .dim = { 0, 1, 0, 1 },
  .accent = { 1, 0, 0, 1 },
  .track = { 0, 0, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};
static const PictureColour red = { 1, 0, 0, 1 };

static PictureRectangle
plot_of (const PictureChart *chart)
{
  PictureChartHit hit;

  picture_chart_hit (chart, WIDTH, HEIGHT, &style, 0, 0, &hit);
  return hit.plot;
}

static Pixels *
draw (const PictureChart *chart)
{
  Pixels *pixels = pixels_new (WIDTH, HEIGHT);

  picture_chart_draw (pixels->cr, WIDTH, HEIGHT, chart, &style);
  return pixels;
}

/* How many pixels are redder than anything else; paler ones count from @paleness on. */
static guint
count_red (Pixels *pixels, int x, int y, int width, int height, int paleness)
{
  guint count = 0;

  for (int j = MAX (y, 0); j < MIN (y + height, HEIGHT); j++)
    for (int i = MAX (x, 0); i < MIN (x + width, WIDTH); i++)
      {
        const guint32 pixel = pixels_at (pixels, i, j);
        const int excess = (int) (pixel >> 16) - (int) MAX ((pixel >> 8) & 0xff, pixel & 0xff);

        count += excess > paleness;
      }
  return count;
}

static PictureSeries *
noise_new (gsize length)
{
  PictureSeries *series = picture_series_new ();
  GRand *random = g_rand_new_with_seed (5);

  for (gsize i = 0; i < length; i++)
    picture_series_append (series, (double) i, (float) g_rand_double_range (random, 0.4, 0.6));
  g_rand_free (random);
  return series;
}

/* A single outlier among a hundred thousand samples is visible at its x and y. */
static void
test_extremes (void)
{
  const gsize length = 100000;
  PictureSeries *series = picture_series_new ();
  PictureCurve curve = { .series = series, .name = "a", .colour = red, .smoothing = 101 };
  PictureChart chart = PICTURE_CHART_INIT;
  PictureRectangle plot;

  for (gsize i = 0; i < length; i++)
    picture_series_append (series, (double) i, i == 70000 ? 1 : i == 30000 ? 0 : 0.5f);
  curve.envelope = TRUE;
  chart.curves = &curve;
  chart.n_curves = 1;
  chart.x = (PictureAxis){ PICTURE_SCALE_LINEAR, 0, 100000 };
  chart.y = (PictureAxis){ PICTURE_SCALE_LINEAR, 0, 1 };
  plot = plot_of (&chart);
  {
    g_autoptr (Pixels) pixels = draw (&chart);
    const int high = (int) (plot.x + 0.7 * plot.width);
    const int low = (int) (plot.x + 0.3 * plot.width);
    const int top = (int) plot.y, bottom = (int) (plot.y + plot.height);

    g_assert_cmpuint (count_red (pixels, high - 1, top + 2, 3, 4, 15), >, 0);
    g_assert_cmpuint (count_red (pixels, low - 1, bottom - 6, 3, 4, 15), >, 0);
    /* And nowhere else. */
    g_assert_cmpuint (count_red (pixels, (int) plot.x, top + 2, high - 3 - (int) plot.x, 4, 15), ==,
                      0);
    g_assert_cmpuint (count_red (pixels, low + 3, bottom - 6, WIDTH, 4, 15), ==, 0);
  }
  /* Without an envelope the mean alone, which hardly moves. */
  curve.envelope = FALSE;
  {
    g_autoptr (Pixels) pixels = draw (&chart);

    g_assert_cmpuint (count_red (pixels, (int) plot.x, (int) plot.y, (int) plot.width,
                                 (int) (0.4 * plot.height), 15),
                      ==, 0);
  }
  /* Without smoothing the envelope is always drawn, so that the line of means hides nothing. */
  curve.smoothing = 0;
  {
    g_autoptr (Pixels) pixels = draw (&chart);

    g_assert_cmpuint (count_red (pixels, (int) (plot.x + 0.7 * plot.width) - 1, (int) plot.y + 2, 3,
                                 4, 15),
                      >, 0);
  }
  picture_series_free (series);
}

/* Each column of the envelope against the samples themselves. */
static void
test_trace (void)
{
  const guint columns = 300;
  const gsize length = 20011;
  g_autoptr (PictureSeries) series = noise_new (length);
  const PictureCurve curve = { .series = series, .name = "a", .smoothing = 41, .envelope = TRUE };
  const PictureAxis axis = { PICTURE_SCALE_LINEAR, 1234.5, 17000.25 };
  PictureTrace trace;
  guint seen = 0;

  picture_trace_init (&trace, &curve, &axis, columns);
  g_assert_false (trace.exact);
  /* One for each column, and one beside the axis at either end. */
  g_assert_cmpuint (trace.points->len, ==, columns + 2);
  for (guint i = 1; i <= columns; i++)
    {
      const PictureTracePoint *point = &g_array_index (trace.points, PictureTracePoint, i);
      const double begin = picture_axis_value (&axis, (i - 1) / (double) columns);
      const double end = picture_axis_value (&axis, i / (double) columns);
      const gsize first = (gsize) ceil (begin), last = (gsize) ceil (end) - 1;
      double low = INFINITY, high = -INFINITY, sum = 0;

      for (gsize k = first - 20; k <= last + 20; k++)
        {
          const double y = (double) picture_series_y (series, k);

          sum += y;
          /* The column before ends where this one begins: the sample between belongs to both. */
          if (k + (i > 1 ? 1 : 0) < first || k > last)
            continue;
          low = MIN (low, y);
          high = MAX (high, y);
        }
      g_assert_cmpfloat (point->low, ==, low);
      g_assert_cmpfloat (point->high, ==, high);
      g_assert_cmpfloat_with_epsilon (point->line, sum / (double) (last - first + 41), 1e-12);
      g_assert_cmpfloat (point->x, >=, begin);
      g_assert_cmpfloat (point->x, <, end);
      seen += (guint) (last - first + 1);
    }
  g_assert_cmpuint (seen, ==, 17000 - 1235 + 1);
  picture_trace_clear (&trace);
}

/* The cost depends on the width, and on the logarithm of the length. */
static void
test_cost (void)
{
  static const gsize lengths[] = { 1000, 30000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (PictureSeries) series = noise_new (lengths[i]);
      const PictureCurve curve = { .series = series, .name = "a", .smoothing = 999 };
      const guint ends = 2 * (BASE_BLOCK_LEAF + 2 * BASE_BLOCK_FAN + 2 * BASE_SERIES_FAN);

      for (guint columns = 100; columns <= 1600; columns *= 4)
        for (guint log_scale = 0; log_scale < 2; log_scale++)
          {
            const PictureAxis axis = { log_scale ? PICTURE_SCALE_LOG : PICTURE_SCALE_LINEAR, 1,
                                       (double) lengths[i] };
            PictureTrace trace;

            picture_trace_init (&trace, &curve, &axis, columns);
            g_assert_cmpuint (trace.points->len, <=, columns + 2);
            /* A column is three stretches: itself, and half a window on either side. */
            g_assert_cmpuint (trace.visited, <=, (columns + 2) * 3 * ends);
            picture_trace_clear (&trace);
          }
    }
}

static void
test_few_are_exact (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  const PictureCurve curve = { .series = series, .name = "a" };
  const PictureAxis axis = { PICTURE_SCALE_LINEAR, 1.5, 3 };
  PictureTrace trace;

  for (guint i = 0; i < 6; i++)
    picture_series_append (series, i, i == 3 ? NAN : (float) i);
  picture_trace_init (&trace, &curve, &axis, 100);
  g_assert_true (trace.exact);
  g_assert_cmpuint (trace.window, ==, 1);
  /* 2 and 3 are on the axis; 1 and 4 take the line to its edges. */
  g_assert_cmpuint (trace.points->len, ==, 4);
  g_assert_cmpfloat (g_array_index (trace.points, PictureTracePoint, 0).x, ==, 1);
  g_assert_cmpfloat (g_array_index (trace.points, PictureTracePoint, 1).line, ==, 2);
  g_assert_true (isnan (g_array_index (trace.points, PictureTracePoint, 2).low));
  g_assert_cmpfloat (g_array_index (trace.points, PictureTracePoint, 3).line, ==, 4);
  picture_trace_clear (&trace);
}

/* No line crosses a gap. */
static void
test_gaps (void)
{
  static const gsize lengths[] = { 90, 90000 };

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      const gsize length = lengths[k];
      g_autoptr (PictureSeries) series = picture_series_new ();
      const PictureCurve curve = {
        .series = series, .name = "a", .colour = red, .envelope = TRUE, .smoothing = 5
      };
      PictureChart chart = PICTURE_CHART_INIT;
      PictureRectangle plot;

      for (gsize i = 0; i < length; i++)
        picture_series_append (series, (double) i / (double) length,
                               i >= length / 3 && i < 2 * length / 3 ? NAN : 1);
      chart.curves = &curve;
      chart.n_curves = 1;
      chart.x = (PictureAxis){ PICTURE_SCALE_LINEAR, 0, 1 };
      plot = plot_of (&chart);
      {
        g_autoptr (Pixels) pixels = draw (&chart);
        const int third = (int) (plot.width / 3), y = (int) plot.y, height = (int) plot.height;

        g_assert_cmpuint (count_red (pixels, (int) plot.x, y, third, height, 60), >, 100);
        g_assert_cmpuint (count_red (pixels, (int) plot.x + third + 6, y, third - 12, height, 5),
                          ==, 0);
        g_assert_cmpuint (count_red (pixels, (int) plot.x + 2 * third, y, third, height, 60), >,
                          100);
      }
    }
}

/* Values that are not greater than 0 leave the plot at the bottom, and the line continues. */
static void
test_log_non_positive (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  const PictureCurve curve = { .series = series, .name = "a", .colour = red };
  PictureChart chart = PICTURE_CHART_INIT;
  PictureAxis x, y;

  for (guint i = 0; i < 30; i++)
    picture_series_append (series, i, i == 0 ? 1 : i < 10 ? 0.5f : i < 20 ? -1 : 0.01f);
  chart.curves = &curve;
  chart.n_curves = 1;
  chart.x.scale = PICTURE_SCALE_LOG;
  chart.y.scale = PICTURE_SCALE_LOG;
  x = picture_chart_resolve_x (&chart);
  y = picture_chart_resolve_y (&chart, &x);
  /* x = 0 has no place either, so that its y of 1 does not count. */
  g_assert_cmpfloat (x.min, ==, 1);
  g_assert_cmpfloat (x.max, ==, 29);
  g_assert_cmpfloat_with_epsilon (y.min, 0.01, 1e-12);
  g_assert_cmpfloat_with_epsilon (y.max, 0.5, 1e-12);
  {
    const PictureRectangle plot = plot_of (&chart);
    g_autoptr (Pixels) pixels = draw (&chart);
    const int begin = (int) (plot.x + picture_axis_place (&x, 11) * plot.width);
    const int end = (int) (plot.x + picture_axis_place (&x, 18) * plot.width);

    g_assert_cmpuint (count_red (pixels, begin, (int) plot.y, end - begin, (int) plot.height, 5),
                      ==, 0);
    g_assert_cmpuint (count_red (pixels, end, (int) plot.y, WIDTH, (int) plot.height, 60), >, 20);
  }
}

static void
test_resolve (void)
{
  g_autoptr (PictureSeries) first = picture_series_new ();
  g_autoptr (PictureSeries) second = picture_series_new ();
  g_autoptr (PictureSeries) empty = picture_series_new ();
  PictureCurve curves[] = { { .series = first, .name = "a" },
                            { .series = empty, .name = "b" },
                            { .series = second, .name = "c" } };
  PictureChart chart = PICTURE_CHART_INIT;
  PictureAxis x, y;

  x = picture_chart_resolve_x (&chart);
  y = picture_chart_resolve_y (&chart, &x);
  g_assert_cmpfloat (x.max - x.min, ==, 1);
  g_assert_cmpfloat (y.max - y.min, ==, 1);

  for (guint i = 0; i < 1000; i++)
    picture_series_append (first, 1 + i, i == 500 ? 80 : 2);
  picture_series_append (second, 1500, 9.5f);
  chart.curves = curves;
  chart.n_curves = G_N_ELEMENTS (curves);
  x = picture_chart_resolve_x (&chart);
  y = picture_chart_resolve_y (&chart, &x);
  g_assert_cmpfloat (x.min, ==, 1);
  g_assert_cmpfloat (x.max, ==, 1500);
  g_assert_cmpfloat (y.min, ==, 0);
  g_assert_cmpfloat (y.max, ==, 80);
  /* Of y, only what can be seen. */
  x = (PictureAxis){ PICTURE_SCALE_LINEAR, 600, 1500 };
  y = picture_chart_resolve_y (&chart, &x);
  g_assert_cmpfloat (y.max, ==, 10);
  /* A smoothed line without its envelope: the mean of 1001 samples is no peak. */
  curves[0].smoothing = 1001;
  x = picture_chart_resolve_x (&chart);
  y = picture_chart_resolve_y (&chart, &x);
  g_assert_cmpfloat (y.max, ==, 10);
  curves[0].envelope = TRUE;
  y = picture_chart_resolve_y (&chart, &x);
  g_assert_cmpfloat (y.max, ==, 80);
}

/* Curves of one colour are told apart by their dashes, in the plot and in the legend. */
static void
test_dashes (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  guint touched[5];

  picture_series_append (series, 0, 1);
  picture_series_append (series, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (touched); i++)
    {
      const PictureCurve curve = {
        .series = series, .name = "a", .colour = red, .dash = picture_chart_dash (i)
      };
      PictureChart chart = PICTURE_CHART_INIT;

      chart.curves = &curve;
      chart.n_curves = 1;
      {
        const PictureRectangle plot = plot_of (&chart);
        g_autoptr (Pixels) pixels = draw (&chart);
        const guint legend = count_red (pixels, WIDTH / 2, 0, WIDTH / 2, (int) plot.y - 8, 128);

        touched[i] = count_red (pixels, (int) plot.x, (int) plot.y, (int) plot.width, HEIGHT, 128);
        g_assert_cmpuint (legend, >, 10);
        for (guint k = 0; k < i; k++)
          g_assert_cmpuint (touched[k], !=, touched[i]);
        if (i > 0)
          g_assert_cmpuint (touched[i], <, touched[0]);
      }
    }
}

/* Colours repeat before the pairs of colour and dash do. */
static void
test_colours (void)
{
  for (guint i = 0; i < 35; i++)
    for (guint k = 0; k < i; k++)
      {
        const PictureColour a = picture_chart_colour (&picture_style_dark, i);
        const PictureColour b = picture_chart_colour (&picture_style_dark, k);

        g_assert_true (picture_chart_dash (i) != picture_chart_dash (k) || a.red != b.red ||
                       a.green != b.green || a.blue != b.blue);
      }
}

/* The best epoch has a vertical line and a star on its curve. */
static void
test_best (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  const PictureCurve curve = { .series = series, .name = "a", .colour = red };
  PictureChart chart = PICTURE_CHART_INIT;

  for (guint i = 0; i < 5; i++)
    picture_series_append (series, i, fabsf ((float) i - 2.0f));
  chart.curves = &curve;
  chart.n_curves = 1;
  {
    const PictureRectangle plot = plot_of (&chart);
    const int x = (int) (plot.x + plot.width / 2), y = (int) (plot.y + plot.height);
    g_autoptr (Pixels) without = draw (&chart);
    guint before, after;

    chart.best = 2;
    {
      g_autoptr (Pixels) with = draw (&chart);

      before = count_red (without, x - 8, y - 8, 16, 16, 100);
      after = count_red (with, x - 8, y - 8, 16, 16, 100);
      g_assert_cmpuint (after, >, before + 20);
      g_assert_cmpuint (pixels_touched (with, x - 1, (int) plot.y + 5, 3, (int) plot.height / 2), >,
                        pixels_touched (without, x - 1, (int) plot.y + 5, 3,
                                        (int) plot.height / 2) +
                            20);
    }
    /* One that is not there, and one that is not on the axis. */
    chart.best_curve = 7;
    {
      g_autoptr (Pixels) with = draw (&chart);

      g_assert_cmpuint (count_red (with, x - 8, y - 8, 16, 16, 100), ==, before);
    }
  }
}

static void
test_empty (void)
{
  PictureChart chart = PICTURE_CHART_INIT;
  const PictureRectangle plot = plot_of (&chart);
  g_autoptr (Pixels) without = draw (&chart);
  const int x = (int) (plot.x + plot.width / 4), y = (int) (plot.y + plot.height / 2) - 12;

  chart.empty = "Nothing yet";
  {
    g_autoptr (Pixels) with = draw (&chart);

    g_assert_cmpuint (pixels_touched (with, x, y, (int) plot.width / 2, 24), >,
                      pixels_touched (without, x, y, (int) plot.width / 2, 24) + 50);
  }
}

/* A single sample is a visible point. */
static void
test_one_point (void)
{
  g_autoptr (PictureSeries) series = picture_series_new ();
  PictureCurve curve = { .series = series, .name = "a", .colour = red };
  PictureChart chart = PICTURE_CHART_INIT;

  picture_series_append (series, 3, 0.25f);
  chart.curves = &curve;
  chart.n_curves = 1;
  for (guint marker = PICTURE_MARKER_NONE; marker <= PICTURE_MARKER_TRIANGLE; marker++)
    {
      const PictureRectangle plot = plot_of (&chart);

      curve.marker = (PictureMarker) marker;
      {
        g_autoptr (Pixels) pixels = draw (&chart);

        g_assert_cmpuint (count_red (pixels, (int) (plot.x + plot.width / 2) - 8, (int) plot.y, 16,
                                     (int) plot.height, 60),
                          >, marker == PICTURE_MARKER_NONE ? 1 : 20);
      }
    }
}

/* Any size, any number, any axis: no warning, and no ink outside of the picture's own room. */
static void
test_hostile (void)
{
  static const double sizes[] = { 0, 1, 17, 60, 360, 3000 };
  g_autoptr (PictureSeries) wild = picture_series_new ();
  g_autoptr (PictureSeries) long_one = noise_new (3000);
  const PictureCurve curves[] = {
    { .series = wild, .name = "", .marker = PICTURE_MARKER_DISC, .envelope = TRUE },
    { .series = long_one,
      .name = "a name that is far longer than any legend has room for, and more",
      .smoothing = G_MAXUINT,
      .dash = (PictureDash) 77,
      .marker = (PictureMarker) 77 },
  };
  const float ys[] = { 3e38f, -3e38f, NAN, INFINITY, 1e-45f, 0, -INFINITY, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (ys); i++)
    picture_series_append (wild, pow (10, 40.0 * i) - 1e200, ys[i]);
  for (guint i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (sizes) * 8; i++)
    {
      const double width = sizes[i / 8 % 6], height = sizes[i / 8 / 6];
      PictureChart chart = PICTURE_CHART_INIT;
      g_autoptr (Pixels) pixels = pixels_new (380, 100);
      PictureStyle mirrored = style;

      mirrored.rtl = i % 2 == 1;
      chart.curves = curves;
      chart.n_curves = G_N_ELEMENTS (curves);
      chart.title = "Title";
      chart.x_name = "x";
      chart.x.scale = i & 2 ? PICTURE_SCALE_LOG : PICTURE_SCALE_LINEAR;
      chart.y.scale = i & 4 ? PICTURE_SCALE_LOG : PICTURE_SCALE_LINEAR;
      chart.cursor = i % 3 ? 1000 : -1e200;
      chart.best = 1e100;
      chart.best_name = "best";
      picture_chart_draw (pixels->cr, width, height, &chart, &mirrored);
      g_assert_cmpint (cairo_status (pixels->cr), ==, CAIRO_STATUS_SUCCESS);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/chart/extremes", test_extremes);
  g_test_add_func ("/picture/chart/trace", test_trace);
  g_test_add_func ("/picture/chart/cost", test_cost);
  g_test_add_func ("/picture/chart/few-are-exact", test_few_are_exact);
  g_test_add_func ("/picture/chart/gaps", test_gaps);
  g_test_add_func ("/picture/chart/log-non-positive", test_log_non_positive);
  g_test_add_func ("/picture/chart/resolve", test_resolve);
  g_test_add_func ("/picture/chart/dashes", test_dashes);
  g_test_add_func ("/picture/chart/colours", test_colours);
  g_test_add_func ("/picture/chart/best", test_best);
  g_test_add_func ("/picture/chart/empty", test_empty);
  g_test_add_func ("/picture/chart/one-point", test_one_point);
  g_test_add_func ("/picture/chart/hostile", test_hostile);
  return g_test_run ();
}
