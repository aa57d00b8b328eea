/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-evaluate.h"
#include "nn-input-filter.h"
#include "nn-predictor.h"

#define WIDTH 7
#define HEIGHT 5
#define SIZE (WIDTH * HEIGHT)

static NnNetwork *
network_new (guint64 seed)
{
  const NnMlp mlp = { .n_layers = 2,
                      .widths = { SIZE, 9, 4 },
                      .activation = NN_ACTIVATION_RELU,
                      .loss = NN_LOSS_CROSS_ENTROPY };
  NnNetwork *network = core_test_network (&mlp);
  NnRandom random;

  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

/* The filter by its definition, over a pixel and its eight neighbours. */
static void
smooth_image (const float *from, double tap, float *to)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double sum = 0;

        for (int v = -1; v <= 1; v++)
          for (int u = -1; u <= 1; u++)
            if (y + v >= 0 && y + v < HEIGHT && x + u >= 0 && x + u < WIDTH)
              sum += (v == 0 ? 1 - 2 * tap : tap) * (u == 0 ? 1 - 2 * tap : tap) *
                     (double) from[(y + v) * WIDTH + x + u];
        to[y * WIDTH + x] = (float) sum;
      }
}

/* The network with the filter gives for an image what the plain one gives for the filtered image.
 */
static void
test_folded (void)
{
  g_autoptr (NnNetwork) network = network_new (1);
  g_autoptr (NnPredictor) plain = nn_predictor_new (network);
  NnRandom random;

  nn_random_init (&random, 2);
  for (guint t = 0; t <= 5; t++)
    {
      const double tap = t * 0.05;
      g_autoptr (NnNetwork) smooth = nn_input_filter_apply (network, WIDTH, HEIGHT, tap);
      g_autoptr (NnPredictor) folded = nn_predictor_new (smooth);
      float image[SIZE], smoothed[SIZE], expected[4], said[4];

      for (guint i = 0; i < SIZE; i++)
        image[i] = nn_random_uniform (&random);
      smooth_image (image, tap, smoothed);
      nn_predictor_run (plain, smoothed, expected);
      nn_predictor_run (folded, image, said);
      for (guint k = 0; k < 4; k++)
        g_assert_cmpfloat_with_epsilon (said[k], expected[k], 1e-5);
    }
}

/* Labels drawn from the answers of a filtered network: its filter is the one that is chosen. */
static void
test_choose (void)
{
  const double truth = 0.2;
  g_autoptr (NnNetwork) network = network_new (3);
  g_autoptr (NnNetwork) teacher = nn_input_filter_apply (network, WIDTH, HEIGHT, truth);
  g_autoptr (NnNetwork) chosen = NULL;
  g_autoptr (NnDataset) dataset = core_test_pixels (3000, WIDTH, HEIGHT, 4, 0.5, 4);
  g_autoptr (NnPredictor) predictor = nn_predictor_new (teacher);
  g_autoptr (NnEvaluation) evaluation = NULL;
  g_autoptr (GError) error = NULL;
  double tap, loss;
  NnRandom random;

  nn_random_init (&random, 5);
  for (gsize i = 0; i < dataset->n; i++)
    {
      float x[SIZE], p[4];
      double lot = (double) nn_random_uniform (&random);
      guint label = 0;

      nn_dataset_get (dataset, i, x);
      nn_predictor_run (predictor, x, p);
      for (; label < 3 && lot >= (double) p[label]; label++)
        lot -= (double) p[label];
      dataset->labels[i] = (guint8) label;
    }
  tap = nn_input_filter_choose (network, dataset, &loss, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (tap, truth, 0.05);
  chosen = nn_input_filter_apply (network, WIDTH, HEIGHT, tap);
  evaluation = nn_evaluate (chosen, dataset, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (evaluation->loss, ==, loss);
}

static void
test_refused (void)
{
  g_autoptr (NnNetwork) convolution = core_test_random_network ("8x8-conv3x3x2-4", 5);
  g_autoptr (NnDataset) images = core_test_pixels (10, 8, 8, 4, 0.5, 4);
  g_autoptr (NnNetwork) network = network_new (1);
  g_autoptr (NnDataset) other = core_test_pixels (10, WIDTH, HEIGHT + 1, 4, 0.5, 4);
  g_autoptr (NnDataset) table = nn_dataset_new_values (10, SIZE, 4, NULL);
  GError *error = NULL;

  g_assert_cmpfloat (nn_input_filter_choose (network, other, NULL, &error), <, 0);
  core_test_error (&error, NN_ERROR_SHAPE);
  g_assert_cmpfloat (nn_input_filter_choose (network, table, NULL, &error), <, 0);
  core_test_error (&error, NN_ERROR_SHAPE);
  /* The weights of a convolution are not those of pixels. */
  g_assert_cmpfloat (nn_input_filter_choose (convolution, images, NULL, &error), <, 0);
  core_test_error (&error, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/input-filter/folded", test_folded);
  g_test_add_func ("/core/input-filter/choose", test_choose);
  g_test_add_func ("/core/input-filter/refused", test_refused);
  return g_test_run ();
}
