/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-bars.h"

#include <locale.h>
#include <math.h>

#include "pixels.h"

#define WIDTH 300
#define HEIGHT 200
#define ROW (HEIGHT / 10)

/* One colour per part, so that a test can identify it. */
static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 1, 0, 0, 1 },
  .track = { 0, 0, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static Pixels *
bars (const float *probabilities, int winner, gboolean rtl)
{
  Pixels *pixels = pixels_new (WIDTH, HEIGHT);
  PictureStyle mirrored = style;

  mirrored.rtl = rtl;
  picture_bars (pixels->cr, WIDTH, HEIGHT, probabilities, winner, &mirrored);
  return pixels;
}

/* The number of pixels of this colour in the middle of a row. */
static int
count (Pixels *pixels, int row, guint32 colour)
{
  int n = 0;

  for (int x = 0; x < WIDTH; x++)
    n += pixels_at (pixels, x, row * ROW + ROW / 2) == colour;
  return n;
}

static void
test_lengths (void)
{
  const float p[10] = { 0, 0.1f, 0.2f, 0, 0, 0, 0.05f, 0.65f, 0, 0 };
  g_autoptr (Pixels) pixels = bars (p, 7, FALSE);
  const int track = count (pixels, 0, 0x0000ff);
  const int winner = count (pixels, 7, 0xff0000);

  g_assert_cmpint (track, >, WIDTH / 2);
  g_assert_cmpint (abs (winner - (int) (0.65 * track)), <=, 2);
  /* The round end may share a pixel with the track. */
  g_assert_cmpint (abs (count (pixels, 7, 0x0000ff) - (track - winner)), <=, 1);
  for (int row = 0; row < 10; row++)
    if (row != 7)
      {
        /* The others are paler. */
        g_assert_cmpint (count (pixels, row, 0xff0000), ==, 0);
        g_assert_cmpint (abs (track - count (pixels, row, 0x0000ff) - (int) (p[row] * track)), <=,
                         2);
      }
}

static void
test_full (void)
{
  const float p[10] = { [3] = 1 };
  g_autoptr (Pixels) pixels = bars (p, 3, FALSE);
  g_autoptr (Pixels) other = bars (p, 4, FALSE);

  g_assert_cmpint (count (pixels, 3, 0xff0000), ==, count (pixels, 0, 0x0000ff));
  g_assert_cmpint (count (pixels, 3, 0x0000ff), ==, 0);
  /* The winner's text is bold. */
  g_assert_cmpuint (pixels_dark (pixels, 0, 3 * ROW, 20, ROW), >,
                    pixels_dark (other, 0, 3 * ROW, 20, ROW));
}

/* Without an answer: tracks and digits, but no bar and no figure. */
static void
test_nothing (void)
{
  g_autoptr (Pixels) pixels = bars (NULL, -1, FALSE);

  for (int row = 0; row < 10; row++)
    {
      g_assert_cmpint (count (pixels, row, 0x0000ff), >, WIDTH / 2);
      g_assert_cmpint (count (pixels, row, 0xff0000), ==, 0);
      g_assert_cmpuint (pixels_dark (pixels, 0, row * ROW, 20, ROW), >, 0);
      g_assert_cmpuint (pixels_touched (pixels, WIDTH - 30, row * ROW, 30, ROW), ==, 0);
    }
}

static void
test_mirrored (void)
{
  const float p[10] = { [2] = 0.25f, [7] = 0.75f };
  g_autoptr (Pixels) left = bars (p, 7, FALSE);
  g_autoptr (Pixels) right = bars (p, 7, TRUE);
  const int y = 7 * ROW + ROW / 2;
  int first_left = 0, last_right = WIDTH - 1;

  g_assert_cmpint (count (left, 7, 0xff0000), ==, count (right, 7, 0xff0000));
  while (pixels_at (left, first_left, y) != 0xff0000)
    first_left++;
  while (pixels_at (right, last_right, y) != 0xff0000)
    last_right--;
  g_assert_cmpint (abs (WIDTH - 1 - last_right - first_left), <=, 1);
  /* The digit stands at the right. */
  g_assert_cmpuint (pixels_dark (right, WIDTH - first_left + 2, 0, first_left - 2, HEIGHT), >, 0);
}

static void
test_hostile (void)
{
  const float p[10] = { NAN, INFINITY, -INFINITY, -1, 2, 1e-9f };
  g_autoptr (Pixels) pixels = bars (p, 99, FALSE);
  g_autoptr (Pixels) clean = bars ((const float[10]){ 0, 1, 0, 0, 1, 0 }, 99, FALSE);
  const double sizes[] = { 0, 1, 5, 5000 };

  /* An invalid probability is shown as the nearest valid one, or as none. */
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmphex (pixels_at (pixels, x, y), ==, pixels_at (clean, x, y));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    picture_bars (pixels->cr, sizes[i], sizes[G_N_ELEMENTS (sizes) - 1 - i], p, 0, &style);
}

/* At the minimum size every row still has a bar and legible text. */
static void
test_minimum (void)
{
  const float p[10] = { [0] = 1 };
  double width, height;

  picture_bars_minimum (&style, &width, &height);
  g_assert_cmpfloat (width, <, 120);
  g_assert_cmpfloat (height, <, 160);
  {
    g_autoptr (Pixels) pixels = pixels_new ((int) ceil (width) + 20, (int) ceil (height));

    cairo_translate (pixels->cr, 10, 0);
    picture_bars (pixels->cr, width, height, p, 0, &style);
    g_assert_cmpuint (pixels_touched (pixels, 0, 0, 9, pixels->height), ==, 0);
    g_assert_cmpuint (pixels_touched (pixels, pixels->width - 9, 0, 9, pixels->height), ==, 0);
    g_assert_cmpuint (pixels_dark (pixels, 10, 0, 8, pixels->height), >, 100);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/bars/lengths", test_lengths);
  g_test_add_func ("/picture/bars/full", test_full);
  g_test_add_func ("/picture/bars/nothing", test_nothing);
  g_test_add_func ("/picture/bars/mirrored", test_mirrored);
  g_test_add_func ("/picture/bars/hostile", test_hostile);
  g_test_add_func ("/picture/bars/minimum", test_minimum);
  return g_test_run ();
}
