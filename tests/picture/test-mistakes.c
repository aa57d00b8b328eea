/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-mistakes.h"
#include "pixels.h"

#define COLUMNS 3
#define N 4
#define WIDTH (COLUMNS * PICTURE_MISTAKE_WIDTH)
#define HEIGHT (2 * PICTURE_MISTAKE_HEIGHT)

/* The number of pixels that are not paper in rows @from to @to of a cell. */
static guint
count_drawn (Pixels *pixels, guint i, guint from, guint to)
{
  return pixels_touched (pixels, (int) (i % COLUMNS * PICTURE_MISTAKE_WIDTH),
                         (int) (i / COLUMNS * PICTURE_MISTAKE_HEIGHT + from), PICTURE_MISTAKE_WIDTH,
                         (int) (to - from));
}

/* Each sample in its own cell, with a line of text below, and nothing beyond the last. */
static void
test_cells (void)
{
  PictureMistake mistakes[N] = { 0 };
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  for (guint i = 0; i < N; i++)
    {
      mistakes[i].label = i;
      mistakes[i].answer = i + 1;
      mistakes[i].probability = 0.5;
      mistakes[i].group = i * 10;
      mistakes[i].tensor[14 * INK_TENSOR_SIDE + 14] = 1;
    }
  picture_mistakes_draw (pixels->cr, mistakes, N, COLUMNS, &picture_style_light);
  for (guint i = 0; i < N; i++)
    {
      /* The sample is a square of 84 pixels, except for thin gaps. */
      g_assert_cmpuint (count_drawn (pixels, i, 0, 92), >, 84 * 84 * 3 / 4);
      g_assert_cmpuint (count_drawn (pixels, i, 92, PICTURE_MISTAKE_HEIGHT), >, 20);
    }
  for (guint i = N; i < 2 * COLUMNS; i++)
    g_assert_cmpuint (count_drawn (pixels, i, 0, PICTURE_MISTAKE_HEIGHT), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/mistakes/cells", test_cells);
  return g_test_run ();
}
