/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-tradeoff.h"

#include "pixels.h"

#define WIDTH 420
#define HEIGHT 260

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static const PictureTradeoffPoint points[] = {
  { 12e6, 0.990 }, { 6e6, 0.990 }, { 3e6, 0.989 }, { 1e6, 0.970 }, { 2e6, 0.960 },
};
static const PictureTradeoff tradeoff = { points, G_N_ELEMENTS (points), -1, PICTURE_COST_BYTES };

static guint32
colour_at (Pixels *pixels, guint i)
{
  double x, y;

  picture_tradeoff_place (WIDTH, HEIGHT, &tradeoff, i, &x, &y);
  return pixels_at (pixels, (int) x, (int) y);
}

/* Smaller is further to the left, more accurate further up, and all have their place. */
static void
test_places (void)
{
  for (guint i = 0; i < tradeoff.n; i++)
    for (guint j = 0; j < tradeoff.n; j++)
      {
        double xi, yi, xj, yj;

        picture_tradeoff_place (WIDTH, HEIGHT, &tradeoff, i, &xi, &yi);
        picture_tradeoff_place (WIDTH, HEIGHT, &tradeoff, j, &xj, &yj);
        g_assert_true ((points[i].cost < points[j].cost) == (xi < xj));
        g_assert_true ((points[i].accuracy > points[j].accuracy) == (yi < yj));
        g_assert_true (xi > 0 && xi < WIDTH && yi > 0 && yi < HEIGHT);
      }
}

/* The first one is a ring, the others are not. */
static void
test_points (void)
{
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  picture_tradeoff_draw (pixels->cr, WIDTH, HEIGHT, &tradeoff, &style);
  g_assert_cmphex (colour_at (pixels, 0), ==, 0xffffff);
  for (guint i = 1; i < tradeoff.n; i++)
    g_assert_cmphex (colour_at (pixels, i), ==, 0x0000ff);
}

static guint
size_of (int chosen)
{
  PictureTradeoff other = tradeoff;
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  double x, y;

  other.chosen = chosen;
  picture_tradeoff_draw (pixels->cr, WIDTH, HEIGHT, &other, &style);
  picture_tradeoff_place (WIDTH, HEIGHT, &tradeoff, 4, &x, &y);
  return pixels_touched (pixels, (int) x - 12, (int) y - 12, 24, 24);
}

static void
test_chosen (void)
{
  g_assert_cmpuint (size_of (4), >, size_of (-1) + 100);
  g_assert_cmpuint (size_of (1), ==, size_of (-1));
}

/* A point is found at its place and near it, and nothing far from all. */
static void
test_find (void)
{
  for (guint i = 0; i < tradeoff.n; i++)
    {
      double x, y;

      picture_tradeoff_place (WIDTH, HEIGHT, &tradeoff, i, &x, &y);
      g_assert_cmpint (picture_tradeoff_find (WIDTH, HEIGHT, &tradeoff, x + 3, y - 3), ==, (int) i);
    }
  g_assert_cmpint (picture_tradeoff_find (WIDTH, HEIGHT, &tradeoff, 0, 0), ==, -1);
}

/* One model, several with the same figures, or none at all. */
static void
test_few (void)
{
  const PictureTradeoffPoint same[] = { { 1e-5, 1 }, { 1e-5, 1 } };

  for (guint n = 0; n <= 2; n++)
    {
      const PictureTradeoff few = { same, n, (int) n - 1, PICTURE_COST_SECONDS };
      g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

      picture_tradeoff_draw (pixels->cr, WIDTH, HEIGHT, &few, &style);
      picture_tradeoff_draw (pixels->cr, 1, 1, &few, &style);
      g_assert_cmpuint (pixels_touched (pixels, 0, 0, WIDTH, HEIGHT), >, 50);
      g_assert_cmpint (picture_tradeoff_find (WIDTH, HEIGHT, &few, -50, -50), ==, -1);
      if (n > 0)
        {
          double x, y;

          picture_tradeoff_place (WIDTH, HEIGHT, &few, 0, &x, &y);
          g_assert_true (x > 0 && x < WIDTH && y > 0 && y < HEIGHT);
        }
    }
}

static void
test_format (void)
{
  static const struct
  {
    PictureCost cost;
    double value;
    const char *text;
  } cases[] = {
    { PICTURE_COST_BYTES, 3146220, "3.1 MB" }, { PICTURE_COST_BYTES, 32000, "32 kB" },
    { PICTURE_COST_BYTES, 500, "0.5 kB" },     { PICTURE_COST_SECONDS, 7.8e-6, "7.8 µs" },
    { PICTURE_COST_SECONDS, 66e-6, "66 µs" },  { PICTURE_COST_SECONDS, 0.0025, "2.5 ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = picture_cost_format (cases[i].cost, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/tradeoff/places", test_places);
  g_test_add_func ("/picture/tradeoff/points", test_points);
  g_test_add_func ("/picture/tradeoff/chosen", test_chosen);
  g_test_add_func ("/picture/tradeoff/find", test_find);
  g_test_add_func ("/picture/tradeoff/few", test_few);
  g_test_add_func ("/picture/tradeoff/format", test_format);
  return g_test_run ();
}
