/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "picture-chart.h"

/* How long it takes to draw the training panel's curves, smoothed over their envelope, by how many
 * samples they have: one line per length, and the ratio of the longest to the shortest. */

#define WIDTH 1600
#define HEIGHT 220
#define REPEATS 41
#define SHORT 1000
#define LONG 10000000

static PictureSeries *
make_series (gsize length)
{
  PictureSeries *series = picture_series_new ();
  guint32 state = 1;

  for (gsize i = 0; i < length; i++)
    {
      const double x = 5.0 * (double) (i + 1) / (double) length;
      double noise;

      state = state * 1664525u + 1013904223u;
      noise = (double) (state >> 8) / (1 << 24);
      picture_series_append (series, x, (float) ((exp (-1.9 * x) + 0.02) * (0.6 + 0.8 * noise)));
    }
  return series;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* In milliseconds of this thread: other threads may be busy. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

/* The median, in milliseconds. */
static double
measure (const PictureSeries *series, PictureScale scale, guint smoothing, gboolean envelope)
{
  const PictureStyle *style = &picture_style_light;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  const PictureCurve curve = { .series = series,
                               .name = "training",
                               .colour = style->accent,
                               .smoothing = smoothing,
                               .envelope = envelope };
  PictureChart chart = PICTURE_CHART_INIT;
  double times[REPEATS];

  chart.title = "Cross-entropy";
  chart.curves = &curve;
  chart.n_curves = 1;
  chart.y.scale = scale;
  chart.cursor = 2.5;
  for (guint i = 0; i < REPEATS; i++)
    {
      cairo_t *cr = cairo_create (surface);
      double start;

      picture_set_colour (cr, &style->paper);
      cairo_paint (cr);
      start = now ();
      picture_chart_draw (cr, WIDTH, HEIGHT, &chart, style);
      cairo_surface_flush (surface);
      times[i] = now () - start;
      cairo_destroy (cr);
    }
  cairo_surface_destroy (surface);
  qsort (times, REPEATS, sizeof *times, compare);
  return times[REPEATS / 2];
}

int
main (void)
{
  static const gsize lengths[] = { SHORT, 10000, 100000, 1000000, LONG };
  double shortest = 0, longest = 0;

  setlocale (LC_ALL, "");
  g_print ("redraw of one chart of %d x %d, median of %d, in ms of processor time\n", WIDTH, HEIGHT,
           REPEATS);
  g_print ("%10s %10s %10s %10s %14s\n", "samples", "linear", "log", "samples", "append, ns");
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const gint64 start = now ();
      g_autoptr (PictureSeries) series = make_series (lengths[i]);
      const double append = 1e6 * (now () - start) / (double) lengths[i];
      const double linear = measure (series, PICTURE_SCALE_LINEAR, 50, TRUE);
      const double logarithmic = measure (series, PICTURE_SCALE_LOG, 50, TRUE);
      const double raw = measure (series, PICTURE_SCALE_LINEAR, 0, FALSE);

      g_print ("%10" G_GSIZE_FORMAT " %10.2f %10.2f %10.2f %14.1f\n", lengths[i], linear,
               logarithmic, raw, append);
      if (lengths[i] == SHORT)
        shortest = logarithmic;
      if (lengths[i] == LONG)
        longest = logarithmic;
    }
  g_print ("ten million to a thousand samples, log: %.2f\n", longest / shortest);
  return shortest > 0 && longest > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
