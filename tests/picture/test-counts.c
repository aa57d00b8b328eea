/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-counts.h"

#include "pixels.h"

#define WIDTH 400
#define HEIGHT 132
/* The columns are 100 high, between the number above and the digit below. */
#define TOP 16
#define COLUMN (WIDTH / PICTURE_N_COUNTS)

/* Black texts do not touch the columns. */
static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static guint32
at (Pixels *pixels, guint column, int y)
{
  return pixels_at (pixels, (int) column * COLUMN + COLUMN / 2, TOP + y);
}

/* The largest number fills the height, the others are in proportion, and the new ones are on top of
 * the old ones. */
static void
test_columns (void)
{
  const gsize counts[PICTURE_N_COUNTS] = { [2] = 40, [7] = 20 };
  const gsize fresh[PICTURE_N_COUNTS] = { [2] = 10, [7] = 20 };
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);
  guint32 old;

  picture_counts (pixels->cr, WIDTH, HEIGHT, counts, fresh, &style);
  g_assert_cmphex (at (pixels, 2, 5), ==, 0x0000ff);
  g_assert_cmphex (at (pixels, 2, 20), ==, 0x0000ff);
  old = at (pixels, 2, 30);
  g_assert_cmphex (old & 0xff, ==, 0xff);
  g_assert_cmpuint (old >> 16, >, 0x60);
  g_assert_cmpuint (old >> 16, <, 0xc0);
  g_assert_cmphex (at (pixels, 2, 95), ==, old);

  g_assert_cmphex (at (pixels, 7, 20), ==, 0xffffff);
  g_assert_cmphex (at (pixels, 7, 60), ==, 0x0000ff);
  g_assert_cmphex (at (pixels, 7, 95), ==, 0x0000ff);
  g_assert_cmphex (at (pixels, 3, 50), ==, 0xffffff);
}

/* Without samples there are only figures; from right to left the order is mirrored. */
static void
test_empty_and_mirrored (void)
{
  const gsize none[PICTURE_N_COUNTS] = { 0 }, one[PICTURE_N_COUNTS] = { [1] = 1 };
  PictureStyle mirrored = style;
  g_autoptr (Pixels) empty = pixels_new (WIDTH, HEIGHT);
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  picture_counts (empty->cr, WIDTH, HEIGHT, none, none, &style);
  g_assert_cmpuint (pixels_touched (empty, 0, TOP, WIDTH, 80), ==, 0);
  g_assert_cmpuint (pixels_touched (empty, 0, HEIGHT - 16, WIDTH, 16), >, 0);

  mirrored.rtl = TRUE;
  picture_counts (pixels->cr, WIDTH, HEIGHT, one, one, &mirrored);
  g_assert_cmphex (at (pixels, 8, 50), ==, 0x0000ff);
  g_assert_cmphex (at (pixels, 1, 50), ==, 0xffffff);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture/counts/columns", test_columns);
  g_test_add_func ("/picture/counts/empty-and-mirrored", test_empty_and_mirrored);
  return g_test_run ();
}
