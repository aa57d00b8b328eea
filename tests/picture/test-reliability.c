/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-reliability.h"

#include "pixels.h"

#define N 15
#define WIDTH 400
#define HEIGHT 360

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static void
draw (Pixels *pixels, const PictureReliabilityBin *bins)
{
  const PictureReliability reliability = { bins, N };

  picture_reliability_draw (pixels->cr, WIDTH, HEIGHT, &reliability, &style);
}

/* A point where its bin says, and the interval above and below it. */
static void
test_points (void)
{
  PictureReliabilityBin bins[N] = { [7] = { 20, 0.5, 0.25, 0.1, 0.6 } };
  const PictureReliability reliability = { bins, N };
  const double x = picture_reliability_x (WIDTH, &reliability, 0.5);
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  guint32 interval;

  draw (pixels, bins);
  g_assert_cmphex (pixels_at (pixels, (int) x, (int) picture_reliability_y (HEIGHT, 0.25)), ==,
                   0x0000ff);
  interval = pixels_at (pixels, (int) x, (int) picture_reliability_y (HEIGHT, 0.55));
  g_assert_cmphex (interval & 0xff, ==, 0xff);
  g_assert_cmpuint (interval >> 16, >, 100);
  g_assert_cmphex (pixels_at (pixels, (int) x, (int) picture_reliability_y (HEIGHT, 0.7)), ==,
                   0xffffff);
}

/* Few answers make a ring, which no line leads to. */
static void
test_few (void)
{
  const PictureReliabilityBin few = { PICTURE_RELIABILITY_ENOUGH - 1, 0.5, 0.5, 0.5, 0.5 };
  PictureReliabilityBin bins[N] = {
    [6] = { 20, 0.45, 0.5, 0.5, 0.5 }, [7] = few, [8] = { 20, 0.55, 0.5, 0.5, 0.5 }
  };
  const PictureReliability reliability = { bins, N };
  const int y = (int) picture_reliability_y (HEIGHT, 0.5);
  const double x = picture_reliability_x (WIDTH, &reliability, 0.5);
  const double between = picture_reliability_x (WIDTH, &reliability, 0.475);
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  draw (pixels, bins);
  g_assert_cmphex (pixels_at (pixels, (int) x, y), ==, 0xffffff);
  g_assert_cmpuint (pixels_at (pixels, (int) between, y) >> 16, >, 0x80);
  bins[7].count = PICTURE_RELIABILITY_ENOUGH;
  draw (pixels, bins);
  g_assert_cmphex (pixels_at (pixels, (int) x, y), ==, 0x0000ff);
  g_assert_cmpuint (pixels_at (pixels, (int) between, y) >> 16, <, 0x80);
}

/* The axis begins where answers begin. */
static void
test_range (void)
{
  PictureReliabilityBin bins[N] = { [6] = { 1, 0.45, 0, 0, 1 }, [14] = { 5, 0.99, 1, 0.5, 1 } };
  const PictureReliability late = { bins, N };
  const double left = picture_reliability_x (WIDTH, &late, 6.0 / N);

  bins[0] = (PictureReliabilityBin){ 1, 0.05, 0, 0, 1 };
  g_assert_cmpfloat_with_epsilon (picture_reliability_x (WIDTH, &late, 0), left, 1e-9);
  g_assert_cmpfloat (picture_reliability_x (WIDTH, &late, 1), <, WIDTH);
}

/* More answers make a higher bar, and a single one is visible beside many. */
static void
test_histogram (void)
{
  const PictureReliabilityBin bins[N] = {
    [0] = { 1, 0.05, 0.05, 0.05, 0.05 },
    [7] = { 100, 0.5, 0.5, 0.5, 0.5 },
    [14] = { 10000, 0.99, 0.99, 0.99, 0.99 },
  };
  const PictureReliability reliability = { bins, N };
  const int base = (int) picture_reliability_y (HEIGHT, 0) + 1;
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  int heights[3] = { 0 };
  const double middles[] = { 0.5 / N + 0.01, 7.5 / N + 0.01, 14.5 / N + 0.01 };

  draw (pixels, bins);
  for (guint i = 0; i < 3; i++)
    for (int y = base; y < HEIGHT; y++)
      {
        const guint32 colour =
            pixels_at (pixels, (int) picture_reliability_x (WIDTH, &reliability, middles[i]), y);

        heights[i] += (colour & 0xff) == 0xff && colour != 0xffffff;
      }
  g_assert_cmpint (heights[0], >, 2);
  g_assert_cmpint (heights[1], >, heights[0] + 5);
  g_assert_cmpint (heights[2], >, heights[1] + 5);
}

/* No answers, and sizes with no room. */
static void
test_hostile (void)
{
  const PictureReliabilityBin bins[N] = { { 0 } };
  const PictureReliability reliability = { bins, N };
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  draw (pixels, bins);
  picture_reliability_draw (pixels->cr, 1, 1, &reliability, &style);
  picture_reliability_draw (pixels->cr, 5000, 2, &reliability, &style);
  /* The axes and the line of equal confidence and accuracy are there. */
  g_assert_cmpuint (pixels_dark (pixels, 0, 0, WIDTH, HEIGHT), >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/reliability/points", test_points);
  g_test_add_func ("/picture/reliability/few", test_few);
  g_test_add_func ("/picture/reliability/range", test_range);
  g_test_add_func ("/picture/reliability/histogram", test_histogram);
  g_test_add_func ("/picture/reliability/hostile", test_hostile);
  return g_test_run ();
}
