/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "picture-chart.h"
#include "pixels.h"

#define WIDTH 500
#define HEIGHT 260

typedef struct
{
  PictureSeries *training, *validation;
  PictureCurve curves[2];
  PictureChart chart;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const PictureChart empty = PICTURE_CHART_INIT;

  fixture->training = picture_series_new ();
  fixture->validation = picture_series_new ();
  for (guint i = 0; i <= 2850; i++)
    picture_series_append (fixture->training, i / 1000.0, i == 2000 ? NAN : (float) (i % 10));
  for (guint i = 1; i <= 3; i++)
    picture_series_append (fixture->validation, i, 0.1f * (float) i);
  fixture->curves[0] =
      (PictureCurve){ .series = fixture->training, .name = "training", .smoothing = 10 };
  fixture->curves[1] = (PictureCurve){ .series = fixture->validation,
                                       .name = "validation",
                                       .dash = PICTURE_DASH_DASHED,
                                       .marker = PICTURE_MARKER_DISC };
  fixture->chart = empty;
  fixture->chart.curves = fixture->curves;
  fixture->chart.n_curves = G_N_ELEMENTS (fixture->curves);
  fixture->chart.x = (PictureAxis){ PICTURE_SCALE_LINEAR, 0, 5 };
  fixture->chart.x_name = "epoch";
  fixture->chart.title = "Loss";
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  picture_series_free (fixture->training);
  picture_series_free (fixture->validation);
}

static void
assert_text (const Fixture *fixture, const PictureFigure *figure, const char *expected)
{
  g_autofree char *text = picture_chart_figure_text (&fixture->chart, figure);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_figures (Fixture *fixture, gconstpointer data)
{
  PictureFigure figures[2];

  fixture->chart.cursor = 1.6502;
  g_assert_cmpuint (picture_chart_figures (&fixture->chart, 1.6502, figures), ==, 2);
  g_assert_cmpuint (figures[0].curve, ==, 0);
  g_assert_cmpuint (figures[0].index, ==, 1650);
  g_assert_cmpfloat (figures[0].raw, ==, 0);
  g_assert_cmpuint (figures[0].window, ==, 11);
  /* 5 to 9, 0 to 5 */
  g_assert_cmpfloat_with_epsilon (figures[0].value, 50.0 / 11, 1e-12);
  g_assert_cmpuint (figures[1].index, ==, 1);
  g_assert_cmpuint (figures[1].window, ==, 1);
  assert_text (fixture, &figures[0], "training 4.55, mean of 11");
  assert_text (fixture, &figures[1], "validation 0.200 (epoch 2)");

  fixture->chart.cursor = 2;
  g_assert_cmpuint (picture_chart_figures (&fixture->chart, 2, figures), ==, 2);
  assert_text (fixture, &figures[0], "training NaN");
  assert_text (fixture, &figures[1], "validation 0.200");
}

/* A run that has not come so far, or is over, has nothing to say. */
static void
test_figures_end (Fixture *fixture, gconstpointer data)
{
  PictureFigure figures[2];

  g_assert_cmpuint (picture_chart_figures (&fixture->chart, 2.9, figures), ==, 1);
  g_assert_cmpuint (figures[0].curve, ==, 1);
  g_assert_cmpuint (picture_chart_figures (&fixture->chart, 4.5, figures), ==, 0);
  g_assert_cmpuint (picture_chart_figures (&fixture->chart, NAN, figures), ==, 0);
  fixture->curves[1].series = fixture->training;
  g_assert_cmpuint (picture_chart_figures (&fixture->chart, 0, figures), ==, 2);
}

/* From a value to its pixel and back, in both directions of writing. */
static void
test_hit (Fixture *fixture, gconstpointer data)
{
  PictureStyle style = picture_style_light;

  for (guint i = 0; i < 4; i++)
    {
      PictureChartHit hit, again;
      const PictureRectangle *plot = &hit.plot;

      style.rtl = i % 2 == 1;
      fixture->chart.y = i < 2 ? (PictureAxis){ PICTURE_SCALE_LINEAR, 0, 10 } :
                                 (PictureAxis){ PICTURE_SCALE_LOG, 0.01, 1 };
      picture_chart_hit (&fixture->chart, WIDTH, HEIGHT, &style, 0, 0, &hit);
      g_assert_cmpfloat (plot->x, >=, 0);
      g_assert_cmpfloat (plot->x + plot->width, <=, WIDTH);
      g_assert_cmpfloat (plot->y + plot->height, <, HEIGHT);
      g_assert_cmpint (hit.part, ==, style.rtl ? PICTURE_CHART_LEGEND : PICTURE_CHART_OUTSIDE);

      picture_chart_hit (&fixture->chart, WIDTH, HEIGHT, &style, plot->x + 0.25 * plot->width,
                         plot->y + 0.5 * plot->height, &again);
      g_assert_cmpint (again.part, ==, PICTURE_CHART_PLOT);
      g_assert_cmpfloat_with_epsilon (again.place_x, 0.25, 1e-12);
      g_assert_cmpfloat_with_epsilon (again.place_y, 0.5, 1e-12);
      g_assert_cmpfloat_with_epsilon (again.x, 1.25, 1e-12);
      g_assert_cmpfloat_with_epsilon (again.y, i < 2 ? 5 : 0.1, 1e-12);

      picture_chart_hit (&fixture->chart, WIDTH, HEIGHT, &style, plot->x + 5,
                         plot->y + plot->height + 8, &again);
      g_assert_cmpint (again.part, ==, PICTURE_CHART_X_AXIS);
      picture_chart_hit (&fixture->chart, WIDTH, HEIGHT, &style,
                         style.rtl ? plot->x + plot->width + 8 : plot->x - 8, plot->y + 20, &again);
      g_assert_cmpint (again.part, ==, PICTURE_CHART_Y_AXIS);
    }
}

/* Every curve has its place in the legend, where a click finds it. */
static void
test_hit_legend (Fixture *fixture, gconstpointer data)
{
  gboolean found[2] = { FALSE, FALSE };

  for (int y = 0; y < 60; y += 4)
    for (int x = 0; x < WIDTH; x += 4)
      {
        PictureChartHit hit;

        picture_chart_hit (&fixture->chart, WIDTH, HEIGHT, &picture_style_light, x, y, &hit);
        if (hit.part != PICTURE_CHART_LEGEND)
          continue;
        g_assert_cmpint (hit.curve, >=, 0);
        g_assert_cmpint (hit.curve, <, 2);
        found[hit.curve] = TRUE;
      }
  g_assert_true (found[0] && found[1]);
}

/* An arrow key visits every sample that is a pixel apart from the one before, and ends at the last.
 */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  const PictureAxis axis = { PICTURE_SCALE_LINEAR, 0, 5 };
  double x = NAN, before = -1;
  guint steps = 0;

  while ((x = picture_chart_step_cursor (&fixture->chart, &axis, x, 500, TRUE)) > before)
    {
      if (before >= 0)
        g_assert_cmpfloat (x - before, >=, 0.01 - 1e-9);
      before = x;
      steps++;
    }
  g_assert_cmpfloat (x, ==, 3);
  g_assert_cmpuint (steps, >=, 280);
  g_assert_cmpuint (steps, <=, 300);
  /* Back again. */
  x = picture_chart_step_cursor (&fixture->chart, &axis, x, 500, FALSE);
  g_assert_cmpfloat (x, ==, 2.85);
  for (before = 10; x < before; steps--)
    {
      before = x;
      x = picture_chart_step_cursor (&fixture->chart, &axis, x, 500, FALSE);
    }
  g_assert_cmpfloat (x, ==, 0);
  /* Where the only samples are epochs, from one to the next. */
  fixture->chart.curves = &fixture->curves[1];
  fixture->chart.n_curves = 1;
  g_assert_cmpfloat (picture_chart_step_cursor (&fixture->chart, &axis, 1.2, 500, TRUE), ==, 2);
  g_assert_cmpfloat (picture_chart_step_cursor (&fixture->chart, &axis, 1.8, 500, FALSE), ==, 1);
  g_assert_cmpfloat (picture_chart_step_cursor (&fixture->chart, &axis, 2, 500, TRUE), ==, 3);
}

/* The box with the figures is inside of the picture wherever the cursor is. */
static void
test_box (Fixture *fixture, gconstpointer data)
{
  static const int heights[] = { HEIGHT, 140 };

  for (guint k = 0; k < G_N_ELEMENTS (heights); k++)
    for (guint i = 0; i <= 20; i++)
      {
        g_autoptr (Pixels) with = pixels_new (WIDTH + 40, heights[k] + 40);
        g_autoptr (Pixels) without = pixels_new (WIDTH + 40, heights[k] + 40);
        guint changed = 0;

        cairo_translate (with->cr, 20, 20);
        cairo_translate (without->cr, 20, 20);
        fixture->chart.cursor = NAN;
        picture_chart_draw (without->cr, WIDTH, heights[k], &fixture->chart, &picture_style_light);
        fixture->chart.cursor = 0.15 * i;
        picture_chart_draw (with->cr, WIDTH, heights[k], &fixture->chart, &picture_style_light);
        for (int y = 0; y < with->height; y++)
          for (int x = 0; x < with->width; x++)
            {
              const gboolean inside = x >= 20 && x < 20 + WIDTH && y >= 20 && y < 20 + heights[k];

              if (pixels_at (with, x, y) == pixels_at (without, x, y))
                continue;
              changed++;
              g_assert_true (inside);
            }
        g_assert_cmpuint (changed, >, 500);
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/picture/chart/cursor/figures", test_figures);
  ADD ("/picture/chart/cursor/figures-end", test_figures_end);
  ADD ("/picture/chart/cursor/hit", test_hit);
  ADD ("/picture/chart/cursor/hit-legend", test_hit_legend);
  ADD ("/picture/chart/cursor/step", test_step);
  ADD ("/picture/chart/cursor/box", test_box);
  return g_test_run ();
}
