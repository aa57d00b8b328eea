/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "nn-error.h"
#include "numeral-generate.h"
#include "numeral-stretch.h"

#define SIDE 28
#define N_SAMPLES 100

/* Width of the ink over its height, on average. */
static double
mean_aspect (const NnDataset *dataset)
{
  double sum = 0;

  for (gsize i = 0; i < dataset->n; i++)
    {
      const guint8 *pixels = dataset->pixels + i * SIDE * SIDE;
      guint x0 = SIDE, x1 = 0, y0 = SIDE, y1 = 0;

      for (guint k = 0; k < SIDE * SIDE; k++)
        if (pixels[k] >= 128)
          {
            x0 = MIN (x0, k % SIDE);
            x1 = MAX (x1, k % SIDE + 1);
            y0 = MIN (y0, k / SIDE);
            y1 = MAX (y1, k / SIDE + 1);
          }
      g_assert_cmpuint (x1, >, x0);
      sum += (double) (x1 - x0) / (y1 - y0);
    }
  return sum / (double) dataset->n;
}

/* An upright bar, 4 wide and 20 high. */
static NnDataset *
make_bar (guint side)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (1, side, side, 10, &error);

  g_assert_no_error (error);
  dataset->labels[0] = 1;
  for (guint y = 4; y < MIN (24, side); y++)
    memset (dataset->pixels + y * side + side / 2 - 2, 255, 4);
  return dataset;
}

/* Nearer to a square, at most three times as wide, with its label. */
static void
test_wider (void)
{
  g_autoptr (NnDataset) bar = make_bar (SIDE);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) made = numeral_stretch_dataset (bar, N_SAMPLES, 1, &error);
  const double aspect = mean_aspect (made);

  g_assert_no_error (error);
  g_assert_cmpuint (made->n, ==, N_SAMPLES);
  for (gsize i = 0; i < made->n; i++)
    g_assert_cmpuint (made->labels[i], ==, 1);
  g_assert_cmpfloat (mean_aspect (bar), ==, 0.2);
  g_assert_cmpfloat (aspect, >, 0.3);
  g_assert_cmpfloat (aspect, <, 0.6);
}

static void
test_seeds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (50, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error);
  g_autoptr (NnDataset) a = numeral_stretch_dataset (digits, N_SAMPLES, 1, &error);
  g_autoptr (NnDataset) same = numeral_stretch_dataset (digits, N_SAMPLES, 1, &error);
  g_autoptr (NnDataset) other = numeral_stretch_dataset (digits, N_SAMPLES, 2, &error);
  guint counts[10] = { 0 };

  g_assert_no_error (error);
  g_assert_cmpmem (a->pixels, N_SAMPLES * SIDE * SIDE, same->pixels, N_SAMPLES * SIDE * SIDE);
  g_assert_cmpmem (a->labels, N_SAMPLES, same->labels, N_SAMPLES);
  g_assert_cmpint (memcmp (a->pixels, other->pixels, N_SAMPLES * SIDE * SIDE), !=, 0);
  for (gsize i = 0; i < a->n; i++)
    counts[a->labels[i]]++;
  for (guint digit = 0; digit < G_N_ELEMENTS (counts); digit++)
    g_assert_cmpuint (counts[digit], >, 0);
}

static void
test_refused (void)
{
  g_autoptr (NnDataset) small = make_bar (20);
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_stretch_dataset (small, 1, 1, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/stretch/wider", test_wider);
  g_test_add_func ("/engine/stretch/seeds", test_seeds);
  g_test_add_func ("/engine/stretch/refused", test_refused);
  return g_test_run ();
}
