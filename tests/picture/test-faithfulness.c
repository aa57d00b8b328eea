/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-faithfulness.h"

#include "pixels.h"

#define N 21
#define WIDTH 300
#define HEIGHT 200

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 1, 1, 1, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

/* The first row from the top that is blue in a column; -1 if there is none. */
static int
first_blue (Pixels *pixels, int x)
{
  for (int y = 20; y < HEIGHT; y++)
    if (pixels_at (pixels, x, y) == 0x0000ff)
      return y;
  return -1;
}

/* A curve that rises is higher on the right; one that stays at 0 is lower than all of it. */
static void
test_curves (void)
{
  double rising[N], zero[N] = { 0 };
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  int left, right;

  for (guint i = 0; i < N; i++)
    rising[i] = (double) i / (N - 1);
  {
    const PictureFaithfulness picture = { N, rising, zero, zero };

    picture_faithfulness (pixels->cr, WIDTH, HEIGHT, &picture, &style);
  }
  left = first_blue (pixels, 80);
  right = first_blue (pixels, 250);
  g_assert_cmpint (left, >, right);
  g_assert_cmpint (right, >, 0);
  g_assert_cmpint (left - right, >, HEIGHT / 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/faithfulness/curves", test_curves);
  return g_test_run ();
}
