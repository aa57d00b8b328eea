/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-ink.h"

#include <math.h>

#include "pixels.h"

static InkStroke *
line (float x0, float y0, float p0, float x1, float y1, float p1, float width, guint n)
{
  InkStroke *stroke = ink_stroke_new (width);

  for (guint i = 0; i < n; i++)
    {
      const float t = n > 1 ? (float) i / (float) (n - 1) : 0;

      ink_stroke_append (stroke, (InkPoint){ .x = x0 + t * (x1 - x0),
                                             .y = y0 + t * (y1 - y0),
                                             .pressure = p0 + t * (p1 - p0) });
    }
  return stroke;
}

static void
draw (Pixels *pixels, const InkStroke *stroke)
{
  cairo_set_source_rgb (pixels->cr, 0, 0, 0);
  picture_ink_stroke (pixels->cr, stroke);
}

static void
test_dot (void)
{
  g_autoptr (Pixels) pixels = pixels_new (100, 100);
  g_autoptr (InkStroke) stroke = line (50, 50, 0.5, 50, 50, 0.5, 20, 1);
  guint n;

  draw (pixels, stroke);
  n = pixels_dark (pixels, 0, 0, 100, 100);
  /* The area of a disc of diameter 20. */
  g_assert_cmpuint (n, >, 300);
  g_assert_cmpuint (n, <, 330);
  g_assert_cmpint (pixels_gray (pixels, 50, 50), ==, 0);
  g_assert_cmpint (pixels_gray (pixels, 50, 61), ==, 255);
}

static void
test_even (void)
{
  g_autoptr (Pixels) pixels = pixels_new (100, 100);
  g_autoptr (InkStroke) stroke = line (20, 50, 0.5, 80, 50, 0.5, 10, 7);

  draw (pixels, stroke);
  for (int x = 20; x < 80; x++)
    g_assert_cmpuint (pixels_dark (pixels, x, 0, 1, 100), ==, 10);
  /* Round ends, half the width long. */
  g_assert_cmpint (pixels_gray (pixels, 16, 50), <, 128);
  g_assert_cmpint (pixels_gray (pixels, 14, 50), ==, 255);
  g_assert_cmpint (pixels_gray (pixels, 83, 50), <, 128);
  g_assert_cmpint (pixels_gray (pixels, 85, 50), ==, 255);
}

/* Rising pressure widens the stroke from half to one and a half times the pen's width. */
static void
test_pressure (void)
{
  g_autoptr (Pixels) pixels = pixels_new (200, 100);
  g_autoptr (InkStroke) stroke = line (20, 50, 0, 180, 50, 1, 40, 17);
  guint last = 0;

  draw (pixels, stroke);
  for (int x = 25; x < 175; x += 5)
    {
      const guint width = pixels_dark (pixels, x, 0, 1, 100);

      g_assert_cmpuint (width, >=, last);
      last = width;
    }
  g_assert_cmpint (abs ((int) pixels_dark (pixels, 30, 0, 1, 100) - 22), <=, 2);
  g_assert_cmpint (abs ((int) pixels_dark (pixels, 170, 0, 1, 100) - 57), <=, 2);
}

/* Translucent ink is not darker where a stroke crosses itself or its pieces meet. */
static void
test_translucent (void)
{
  for (guint uneven = 0; uneven < 2; uneven++)
    {
      g_autoptr (Pixels) pixels = pixels_new (100, 100);
      g_autoptr (InkStroke) stroke = line (20, 20, 0.5, 80, 80, uneven ? 0.6f : 0.5f, 12, 9);

      ink_stroke_append (stroke, (InkPoint){ .x = 80, .y = 20, .pressure = 0.5 });
      ink_stroke_append (stroke, (InkPoint){ .x = 20, .y = 80, .pressure = 0.5 });
      cairo_set_source_rgba (pixels->cr, 0, 0, 0, 0.5);
      picture_ink_stroke (pixels->cr, stroke);
      for (int y = 0; y < 100; y++)
        for (int x = 0; x < 100; x++)
          g_assert_cmpint (pixels_gray (pixels, x, y), >=, 126);
      g_assert_cmpint (pixels_gray (pixels, 35, 35), <=, 129);
    }
}

/* The variation of the radius of a ring around the middle, away from its ends. */
static double
unevenness (Pixels *pixels)
{
  double nearest = 100, farthest = 0;

  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 100; x++)
      if (pixels_gray (pixels, x, y) < 128)
        {
          const double radius = hypot (x + 0.5 - 100, y + 0.5 - 100);

          nearest = MIN (nearest, radius);
          farthest = MAX (farthest, radius);
        }
  return farthest - nearest - 4;
}

/* Twelve points around a circle make a ring and no polygon with corners. */
static void
test_smooth (void)
{
  g_autoptr (Pixels) pixels = pixels_new (200, 200);
  g_autoptr (Pixels) polygon = pixels_new (200, 200);
  g_autoptr (InkStroke) stroke = ink_stroke_new (4);

  cairo_set_source_rgb (polygon->cr, 0, 0, 0);
  cairo_set_line_width (polygon->cr, 4);
  for (guint i = 0; i <= 12; i++)
    {
      const double x = 100 + 80 * cos (2 * G_PI * i / 12);
      const double y = 100 + 80 * sin (2 * G_PI * i / 12);

      cairo_line_to (polygon->cr, x, y);
      ink_stroke_append (stroke, (InkPoint){ .x = (float) x, .y = (float) y, .pressure = 0.5 });
    }
  cairo_stroke (polygon->cr);
  draw (pixels, stroke);
  g_assert_cmpfloat (unevenness (pixels), <, 0.75 * unevenness (polygon));
}

static void
test_extents (void)
{
  InkStroke *strokes[] = { line (20, 50, 0.5, 80, 50, 0.5, 10, 7),
                           line (50, 20, 0, 50, 90, 1, 20, 9) };
  const PictureColour black = { 0, 0, 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    {
      g_autoptr (InkDrawing) drawing = ink_drawing_new (&strokes[i], 1);
      g_autoptr (Pixels) pixels = pixels_new (120, 120);
      const PictureExtents extents = picture_ink_stroke_extents (strokes[i]);
      guint inside;

      picture_ink (pixels->cr, drawing, &black);
      inside = pixels_touched (pixels, (int) floor (extents.x0), (int) floor (extents.y0),
                               (int) (ceil (extents.x1) - floor (extents.x0)),
                               (int) (ceil (extents.y1) - floor (extents.y0)));
      g_assert_cmpuint (inside, >, 0);
      g_assert_cmpuint (inside, ==, pixels_touched (pixels, 0, 0, 120, 120));
      ink_stroke_unref (strokes[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/ink/dot", test_dot);
  g_test_add_func ("/picture/ink/even", test_even);
  g_test_add_func ("/picture/ink/pressure", test_pressure);
  g_test_add_func ("/picture/ink/translucent", test_translucent);
  g_test_add_func ("/picture/ink/smooth", test_smooth);
  g_test_add_func ("/picture/ink/extents", test_extents);
  return g_test_run ();
}
