/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-robustness.h"

#include "pixels.h"

#define N 5
#define WIDTH 300
#define HEIGHT 200

static const PictureStyle style = {
  .foreground = { 0, 0, 0, 1 },
  .dim = { 1, 1, 1, 1 },
  .accent = { 0, 0, 1, 1 },
  .track = { 0, 1, 0, 1 },
  .paper = { 1, 1, 1, 1 },
};

static guint
count (Pixels *pixels, int x0, int x1, gboolean blue)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = x0; x < x1; x++)
      {
        const guint32 pixel = pixels_at (pixels, x, y);

        n += blue ? (pixel & 0xff) > 200 && (pixel >> 16) < 100 : pixel == 0x00ff00;
      }
  return n;
}

/* Cells that hold are blue, the others green, with a dark border between them. */
static void
test_cells (void)
{
  const double values[N] = { -2, -1, 0, 1, 2 };
  gboolean holds[N * N];
  char answers[N * N];
  float probabilities[N * N];
  g_autoptr (Pixels) pixels = pixels_new (WIDTH, HEIGHT);

  for (guint i = 0; i < N * N; i++)
    {
      holds[i] = i % N < 3;
      answers[i] = holds[i] ? '7' : '1';
      probabilities[i] = 1;
    }
  {
    const PictureRobustness picture = { { N, values, "across", "%+.0f", 0 },
                                        { N, values, "down", "%+.0f", 0 },
                                        holds,
                                        answers,
                                        probabilities };

    picture_robustness (pixels->cr, WIDTH, HEIGHT, &picture, &style);
  }
  g_assert_cmpuint (count (pixels, 0, WIDTH / 2, TRUE), >, 10000);
  g_assert_cmpuint (count (pixels, 0, WIDTH / 2, FALSE), ==, 0);
  g_assert_cmpuint (count (pixels, 2 * WIDTH / 3, WIDTH, FALSE), >, 5000);
  g_assert_cmpuint (count (pixels, 2 * WIDTH / 3, WIDTH, TRUE), ==, 0);
  /* The whole height of the map. */
  g_assert_cmpuint (pixels_dark (pixels, 170, 10, 40, 100), >, 90);
  /* The answer on the right. */
  g_assert_cmpuint (pixels_dark (pixels, 225, 10, 60, 140), >, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/robustness/cells", test_cells);
  return g_test_run ();
}
