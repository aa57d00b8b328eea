/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-map.h"

#include <math.h>

#include "pixels.h"

#define WIDTH 400
#define HEIGHT 300
#define STRIDE 3

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static const float coordinates[] = { -4, 9, -2, 6, 9, 3, 1, 9, 0, 2, 9, 2 };
static const guint8 labels[] = { 8, 8, 3, 1 };

static PictureMap
make (void)
{
  return (PictureMap){ .n = 4,
                       .stride = STRIDE,
                       .coordinates = coordinates,
                       .labels = labels,
                       .axes = { 0, 2 },
                       .ratios = { 0.2, 0.15 },
                       .hovered = -1 };
}

/* Everything is in the picture, upwards is up, and the samples fill it. */
static void
test_fit (void)
{
  const PictureMap map = make ();
  const PictureMapView view = picture_map_fit (&map, WIDTH, HEIGHT);
  double x[4], y[4];

  for (guint i = 0; i < 4; i++)
    {
      picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates + i * STRIDE, &x[i], &y[i]);
      g_assert_cmpfloat (x[i], >, 0);
      g_assert_cmpfloat (x[i], <, WIDTH);
      g_assert_cmpfloat (y[i], >, 0);
      g_assert_cmpfloat (y[i], <, HEIGHT);
    }
  g_assert_cmpfloat (y[1], <, y[0]);
  g_assert_cmpfloat (x[1] - x[0], >, 0.8 * WIDTH);
  g_assert_cmpfloat (y[0] - y[1], >, 0.8 * HEIGHT);
}

/* A single sample has a view, too. */
static void
test_fit_one (void)
{
  PictureMap map = make ();
  PictureMapView view;

  map.n = 1;
  view = picture_map_fit (&map, WIDTH, HEIGHT);
  g_assert_cmpfloat (MIN (view.scale_x, view.scale_y), >, 0);
  map.n = 0;
  view = picture_map_fit (&map, WIDTH, HEIGHT);
  g_assert_cmpfloat (MIN (view.scale_x, view.scale_y), >, 0);
}

/* Zooming keeps the point below the pointer in its place. */
static void
test_zoom (void)
{
  const PictureMap map = make ();
  const PictureMapView view = picture_map_fit (&map, WIDTH, HEIGHT);
  PictureMapView near;
  double x, y, near_x, near_y, other_x, other_y, before_x, before_y;

  picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates, &x, &y);
  near = picture_map_zoom (&view, WIDTH, HEIGHT, x, y, 3);
  picture_map_place (&map, &near, WIDTH, HEIGHT, coordinates, &near_x, &near_y);
  g_assert_cmpfloat_with_epsilon (near_x, x, 1e-6);
  g_assert_cmpfloat_with_epsilon (near_y, y, 1e-6);
  picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates + STRIDE, &before_x, &before_y);
  picture_map_place (&map, &near, WIDTH, HEIGHT, coordinates + STRIDE, &other_x, &other_y);
  g_assert_cmpfloat_with_epsilon (other_x - x, 3 * (before_x - x), 1e-6);
}

static void
test_hit (void)
{
  const PictureMap map = make ();
  const PictureMapView view = picture_map_fit (&map, WIDTH, HEIGHT);
  double x, y;

  for (int i = 0; i < 4; i++)
    {
      picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates + i * STRIDE, &x, &y);
      g_assert_cmpint (picture_map_hit (&map, &view, WIDTH, HEIGHT, x + 3, y - 2), ==, i);
    }
  g_assert_cmpint (picture_map_hit (&map, &view, WIDTH, HEIGHT, 5, HEIGHT - 3), ==, -1);
  g_assert_cmpint (picture_map_hit (&map, &view, WIDTH, HEIGHT, 40, 20), ==, -1);
}

/* The colours of the pixels about a point: sums of red, green and blue below white. */
static void
add_up (Pixels *pixels, double x, double y, int reach, double sums[3])
{
  for (int j = (int) y - reach; j <= (int) y + reach; j++)
    for (int i = (int) x - reach; i <= (int) x + reach; i++)
      for (guint c = 0; c < 3; c++)
        sums[c] += 255 - (pixels_at (pixels, i, j) >> (16 - 8 * c) & 0xff);
}

/* Each sample is where it belongs, in the colour of its class. */
static void
test_samples (void)
{
  const PictureMap map = make ();
  const PictureMapView view = picture_map_fit (&map, WIDTH, HEIGHT);
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  picture_map_samples (pixels->cr, WIDTH, HEIGHT, &map, &view, &style);
  for (guint i = 0; i < 4; i++)
    {
      const PictureColour colour = picture_map_colour (labels[i], &style);
      const double missing[] = { 1 - colour.red, 1 - colour.green, 1 - colour.blue };
      double x, y, sums[3] = { 0 };

      picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates + i * STRIDE, &x, &y);
      add_up (pixels, x, y, 6, sums);
      g_assert_cmpfloat (sums[0] + sums[1] + sums[2], >, 1000);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (sums[c] / (sums[0] + sums[1] + sums[2]),
                                        missing[c] / (missing[0] + missing[1] + missing[2]), 0.02);
    }
  /* The axes are named. */
  g_assert_cmpuint (pixels_dark (pixels, WIDTH / 2 - 80, HEIGHT - 18, 160, 16), >, 30);
  g_assert_cmpuint (pixels_dark (pixels, 0, HEIGHT / 2 - 80, 18, 140), >, 30);
}

/* Ten classes have ten colours. */
static void
test_colours (void)
{
  for (guint dark = 0; dark < 2; dark++)
    for (guint i = 0; i < 10; i++)
      for (guint j = 0; j < i; j++)
        {
          const PictureStyle *used = dark ? &picture_style_dark : &picture_style_light;
          const PictureColour a = picture_map_colour (i, used), b = picture_map_colour (j, used);

          g_assert_cmpfloat (fabs (a.red - b.red) + fabs (a.green - b.green) +
                                 fabs (a.blue - b.blue),
                             >, 0.15);
        }
}

/* The star is where the trail ends, and a ring is where it began and about the hovered sample. */
static void
test_star (void)
{
  PictureMap map = make ();
  const PictureMapView view = picture_map_fit (&map, WIDTH, HEIGHT);
  const float trail[] = { -3, 9, 2.5F, 0, 9, -1, 4, 9, -1 };
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  double x, y;

  picture_map_star (pixels->cr, WIDTH, HEIGHT, &map, &view, &style);
  g_assert_cmpuint (pixels_touched (pixels, 0, 0, WIDTH, HEIGHT), ==, 0);
  map.trail = trail;
  map.n_trail = 3;
  map.hovered = 1;
  picture_map_star (pixels->cr, WIDTH, HEIGHT, &map, &view, &style);
  picture_map_place (&map, &view, WIDTH, HEIGHT, trail + 2 * STRIDE, &x, &y);
  g_assert_cmpint (pixels_gray (pixels, (int) x, (int) y), <, 20);
  g_assert_cmpuint (pixels_dark (pixels, (int) x - 12, (int) y - 12, 24, 24), >, 100);
  picture_map_place (&map, &view, WIDTH, HEIGHT, trail, &x, &y);
  g_assert_cmpint (pixels_gray (pixels, (int) x, (int) y), >, 200);
  g_assert_cmpuint (pixels_dark (pixels, (int) x - 6, (int) y - 6, 12, 12), >, 8);
  picture_map_place (&map, &view, WIDTH, HEIGHT, coordinates + STRIDE, &x, &y);
  g_assert_cmpuint (pixels_dark (pixels, (int) x - 12, (int) y - 12, 24, 24), >, 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/map/fit", test_fit);
  g_test_add_func ("/picture/map/fit-one", test_fit_one);
  g_test_add_func ("/picture/map/zoom", test_zoom);
  g_test_add_func ("/picture/map/hit", test_hit);
  g_test_add_func ("/picture/map/samples", test_samples);
  g_test_add_func ("/picture/map/colours", test_colours);
  g_test_add_func ("/picture/map/star", test_star);
  return g_test_run ();
}
