/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-confusion.h"

#include <math.h>

#include "picture-export.h"
#include "pixels.h"

#define N 10
#define WIDTH 500
#define HEIGHT 400

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 0, 0, 0, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 1, 1, 1, 1 },
  .paper = { 1, 1, 1, 1 },
};

static const double shares[PICTURE_CONFUSION_MAX];

static PictureConfusion
make (const gsize *counts)
{
  return (PictureConfusion){ N, counts, shares, shares, shares, -1, -1 };
}

/* The colour in the corner of a cell, where there is no text. */
static guint32
colour_of (Pixels *pixels, guint label, guint answer)
{
  const PictureCell cell = picture_confusion_cell (WIDTH, HEIGHT, N, label, answer);

  return pixels_at (pixels, (int) (cell.x + 6), (int) (cell.y + 5));
}

static int
red (guint32 colour)
{
  return colour >> 16 & 0xff;
}

static int
blue (guint32 colour)
{
  return colour & 0xff;
}

/* Right answers are blue, mistakes orange, the more the stronger; a cell without samples is empty.
 */
static void
test_tint (void)
{
  gsize counts[N * N] = { 0 };
  const PictureConfusion confusion = make (counts);
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  counts[3 * N + 3] = 1000;
  counts[3 * N + 5] = 1;
  counts[4 * N + 9] = 10;
  counts[7 * N + 2] = 100;
  picture_confusion_draw (pixels->cr, WIDTH, HEIGHT, &confusion, &style);
  g_assert_cmpint (red (colour_of (pixels, 3, 3)), <, blue (colour_of (pixels, 3, 3)));
  g_assert_cmphex (colour_of (pixels, 0, 0), ==, 0xffffff);
  g_assert_cmphex (colour_of (pixels, 5, 3), ==, 0xffffff);
  g_assert_cmpint (blue (colour_of (pixels, 3, 5)), <, red (colour_of (pixels, 3, 5)));
  g_assert_cmpint (blue (colour_of (pixels, 3, 5)), <, 240);
  /* The scale is logarithmic: ten are half way between one and a hundred. */
  g_assert_cmpint (abs (2 * blue (colour_of (pixels, 4, 9)) - blue (colour_of (pixels, 3, 5)) -
                        blue (colour_of (pixels, 7, 2))),
                   <=, 12);
  g_assert_cmpint (blue (colour_of (pixels, 7, 2)), <, blue (colour_of (pixels, 4, 9)));
}

static void
test_chosen (void)
{
  gsize counts[N * N] = { 0 };
  PictureConfusion confusion = make (counts);
  const PictureCell cell = picture_confusion_cell (WIDTH, HEIGHT, N, 2, 6);
  g_autoptr (Pixels) plain = pixels_new (WIDTH, HEIGHT), chosen = pixels_new (WIDTH, HEIGHT);

  picture_confusion_draw (plain->cr, WIDTH, HEIGHT, &confusion, &style);
  confusion.label = 2;
  confusion.answer = 6;
  picture_confusion_draw (chosen->cr, WIDTH, HEIGHT, &confusion, &style);
  /* A blue line around it, */
  g_assert_cmpint (red (
                       pixels_at (chosen, (int) round (cell.x + cell.width / 2), (int) cell.y + 1)),
                   <, 100);
  g_assert_cmphex (colour_of (chosen, 2, 6), ==, 0xffffff);
  /* and nothing around the others. */
  g_assert_cmpint (red (pixels_at (plain, (int) round (cell.x + cell.width / 2), (int) cell.y + 1)),
                   ==, 255);
}

/* The cells fill the matrix without gaps or overlaps, at any size. */
static void
test_cells (void)
{
  const double sizes[][2] = { { 330, 280 }, { 900, 500 }, { 1, 1 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint i = 0; i + 1 < N; i++)
      {
        const PictureCell a = picture_confusion_cell (sizes[s][0], sizes[s][1], N, i, i);
        const PictureCell b = picture_confusion_cell (sizes[s][0], sizes[s][1], N, i + 1, i + 1);

        g_assert_cmpfloat_with_epsilon (a.x + a.width, b.x, 1e-9);
        g_assert_cmpfloat_with_epsilon (a.y + a.height, b.y, 1e-9);
        g_assert_cmpfloat (a.width, >, 0);
      }
}

/* At the minimum each count, even a large one, stays in its cell. */
static void
test_minimum (void)
{
  gsize counts[N * N] = { 0 };
  PictureConfusion confusion = make (counts);
  double width, height;

  picture_confusion_minimum (N, &width, &height);
  /* It fits into a window of 360 pixels. */
  g_assert_cmpfloat (width, <=, 348);
  {
    g_autoptr (Pixels) pixels = pixels_new ((int) width, (int) height);
    const PictureCell cell = picture_confusion_cell (width, height, N, 4, 4);
    const PictureCell next = picture_confusion_cell (width, height, N, 4, 5);
    const PictureCell before = picture_confusion_cell (width, height, N, 4, 3);

    counts[4 * N + 4] = 1000000;
    picture_confusion_draw (pixels->cr, width, height, &confusion, &style);
    g_assert_cmpuint (pixels_touched (pixels, (int) cell.x + 3, (int) cell.y + 3,
                                      (int) cell.width - 6, (int) cell.height - 6),
                      >, 0);
    g_assert_cmpuint (pixels_touched (pixels, (int) next.x + 3, (int) next.y + 3,
                                      (int) next.width - 6, (int) next.height - 6),
                      ==, 0);
    g_assert_cmpuint (pixels_touched (pixels, (int) before.x + 3, (int) before.y + 3,
                                      (int) before.width - 6, (int) before.height - 6),
                      ==, 0);
  }
}

static void
draw (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *colours)
{
  picture_confusion_draw (cr, width, height, data, colours);
}

static void
test_export (void)
{
  gsize counts[N * N] = { 0 };
  const PictureConfusion confusion = make (counts);
  const PicturePage page = { draw, &confusion, WIDTH, HEIGHT };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = picture_page_png (&page, 2, &picture_style_light, &error);
  g_autoptr (GBytes) svg = picture_page_svg (&page, &picture_style_light, &error);
  const guint8 *data;
  gsize size;

  g_assert_no_error (error);
  data = g_bytes_get_data (png, &size);
  g_assert_cmpuint (data[18] << 8 | data[19], ==, 2 * WIDTH);
  g_assert_cmpuint (data[22] << 8 | data[23], ==, 2 * HEIGHT);
  data = g_bytes_get_data (svg, &size);
  g_assert_nonnull (g_strstr_len ((const char *) data, (gssize) size, "</svg>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/confusion/tint", test_tint);
  g_test_add_func ("/picture/confusion/chosen", test_chosen);
  g_test_add_func ("/picture/confusion/cells", test_cells);
  g_test_add_func ("/picture/confusion/minimum", test_minimum);
  g_test_add_func ("/picture/confusion/export", test_export);
  return g_test_run ();
}
