/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "picture-grid.h"
#include "pixels.h"

#define WIDTH 320
#define HEIGHT 240
#define N 25
#define SIZE (PICTURE_GRID_SIDE * PICTURE_GRID_SIDE)

typedef struct
{
  guint8 pixels[N * SIZE];
  int labels[N], answers[N];
  PictureGrid grid;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    {
      fixture->labels[i] = fixture->answers[i] = (int) i % 10;
      for (guint k = 0; k < SIZE; k++)
        fixture->pixels[i * SIZE + k] = i % 2 ? 255 : 128;
    }
  fixture->grid = (PictureGrid){ .columns = 5,
                                 .rows = 5,
                                 .n = N,
                                 .pixels = fixture->pixels,
                                 .labels = fixture->labels,
                                 .answers = fixture->answers,
                                 .selected = -1 };
}

static Pixels *
draw (const Fixture *fixture, const PictureStyle *style)
{
  Pixels *pixels = pixels_new (WIDTH, HEIGHT);

  picture_grid_draw (pixels->cr, WIDTH, HEIGHT, &fixture->grid, style);
  return pixels;
}

/* The area of a sample's cell, found by a hit test of each pixel. */
static void
cell_of (const Fixture *fixture,
         const PictureStyle *style,
         int i,
         int *x,
         int *y,
         int *width,
         int *height)
{
  int right = -1, bottom = -1;

  *x = WIDTH;
  *y = HEIGHT;
  for (int row = 0; row < HEIGHT; row++)
    for (int column = 0; column < WIDTH; column++)
      if (picture_grid_hit (WIDTH, HEIGHT, &fixture->grid, style, column, row) == i)
        {
          *x = MIN (*x, column);
          *y = MIN (*y, row);
          right = MAX (right, column);
          bottom = MAX (bottom, row);
        }
  g_assert_cmpint (right, >=, *x);
  *width = right + 1 - *x;
  *height = bottom + 1 - *y;
}

static void
test_samples (Fixture *fixture, gconstpointer data)
{
  PictureStyle style = picture_style_light;

  for (guint rtl = 0; rtl < 2; rtl++)
    {
      style.rtl = rtl == 1;
      fixture->grid.answers = NULL;
      {
        g_autoptr (Pixels) pixels = draw (fixture, &style);

        for (int i = 0; i < N; i++)
          {
            int x, y, width, height;

            cell_of (fixture, &style, i, &x, &y, &width, &height);
            g_assert_cmpint (pixels_gray (pixels, x + width / 2, y + width / 2), ==,
                             i % 2 ? 255 : 128);
            /* Room for the answer below. */
            g_assert_cmpint (height, >, width);
            /* First at the side where one begins to read. */
            if (i == 0)
              g_assert_true (rtl ? x > WIDTH / 2 : x < WIDTH / 2);
          }
      }
    }
}

static int
reddish (guint32 pixel)
{
  return (int) (pixel >> 16) - (int) ((pixel >> 8) & 0xff);
}

/* A wrong answer differs in shape: without colour there is a frame and a cross. */
static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  static const PictureStyle *const styles[] = { &picture_style_light, &picture_style_dark };

  for (guint k = 0; k < G_N_ELEMENTS (styles); k++)
    {
      g_autoptr (Pixels) right = draw (fixture, styles[k]);
      int x, y, width, height;
      guint frame = 0, below = 0;

      cell_of (fixture, styles[k], 7, &x, &y, &width, &height);
      /* The same answer: only the verdict differs. */
      fixture->labels[7] = 1;
      {
        g_autoptr (Pixels) wrong = draw (fixture, styles[k]);

        for (int j = y - 2; j < y + height; j++)
          for (int i = x - 2; i < x + width + 2; i++)
            {
              /* Except for its edge: the cell begins at a fraction of a pixel. */
              const gboolean inside = i > x && i < x + width - 1 && j > y && j < y + width - 1;
              const guint32 before = pixels_at (right, i, j), after = pixels_at (wrong, i, j);

              if (before == after)
                continue;
              /* The sample itself is left alone. */
              g_assert_false (inside);
              if (j < y + width + 2)
                frame += reddish (after) > 60;
              /* Ink where there was none: the cross, and the bolder figure. */
              else if (before == 0xffffff && after != 0xffffff)
                below++;
            }
        g_assert_cmpuint (frame, >, 4 * (guint) width);
        g_assert_cmpuint (below, >, 10);
      }
      fixture->labels[7] = 7;
    }
}

/* Without an answer or without a label, no sample is marked as wrong. */
static void
test_no_verdict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Pixels) answered = draw (fixture, &picture_style_light);
  g_autoptr (Pixels) unlabelled = NULL;
  g_autoptr (Pixels) unanswered = NULL;

  fixture->labels[3] = 9;
  fixture->grid.labels = NULL;
  unlabelled = draw (fixture, &picture_style_light);
  fixture->grid.labels = fixture->labels;
  for (guint i = 0; i < N; i++)
    fixture->answers[i] = -1;
  unanswered = draw (fixture, &picture_style_light);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        g_assert_cmpint (ABS (reddish (pixels_at (unlabelled, x, y))), <, 3);
        g_assert_cmpint (ABS (reddish (pixels_at (unanswered, x, y))), <, 3);
      }
  g_assert_cmpuint (pixels_touched (unanswered, 0, 0, WIDTH, HEIGHT), <,
                    pixels_touched (answered, 0, 0, WIDTH, HEIGHT));
}

static void
test_selected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Pixels) before = draw (fixture, &picture_style_light);
  int x, y, width, height;

  fixture->grid.selected = 12;
  cell_of (fixture, &picture_style_light, 12, &x, &y, &width, &height);
  {
    g_autoptr (Pixels) after = draw (fixture, &picture_style_light);

    g_assert_cmphex (pixels_at (before, x - 1, y + height / 2), ==, 0xffffff);
    g_assert_cmphex (pixels_at (after, x - 1, y + height / 2), !=, 0xffffff);
  }
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  static const double sizes[] = { 0, 1, 20, 150, 4000 };
  g_autoptr (Pixels) pixels = pixels_new (100, 100);

  for (guint i = 0; i < 25; i++)
    {
      fixture->grid.n = i;
      picture_grid_draw (pixels->cr, sizes[i % 5], sizes[i / 5], &fixture->grid,
                         &picture_style_dark);
      g_assert_cmpint (picture_grid_hit (sizes[i % 5], sizes[i / 5], &fixture->grid,
                                         &picture_style_dark, -1, -1),
                       ==, -1);
    }
  /* No cells at all, and fewer cells than samples. */
  fixture->grid.n = N;
  fixture->grid.columns = 0;
  picture_grid_draw (pixels->cr, 100, 100, &fixture->grid, &picture_style_light);
  g_assert_cmpint (picture_grid_hit (100, 100, &fixture->grid, &picture_style_light, 5, 5), ==, -1);
  fixture->grid.columns = fixture->grid.rows = 1;
  g_assert_cmpint (picture_grid_hit (100, 100, &fixture->grid, &picture_style_light, 50, 50), ==,
                   0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, NULL)
  ADD ("/picture/grid/samples", test_samples);
  ADD ("/picture/grid/wrong", test_wrong);
  ADD ("/picture/grid/no-verdict", test_no_verdict);
  ADD ("/picture/grid/selected", test_selected);
  ADD ("/picture/grid/sizes", test_sizes);
  return g_test_run ();
}
