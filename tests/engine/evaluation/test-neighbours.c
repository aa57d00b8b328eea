/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine-test.h"
#include "nn-bulk.h"
#include "numeral-neighbours.h"

#define N_SAMPLES 200
#define N_FEATURES 64

static NnDataset *
make_dataset (void)
{
  NnDataset *dataset = nn_dataset_new_pixels (N_SAMPLES, 8, 8, 10, NULL);
  NnRandom random;

  nn_random_init (&random, 3);
  for (gsize i = 0; i < N_SAMPLES * N_FEATURES; i++)
    dataset->pixels[i] = (guint8) nn_random_below (&random, 256);
  return dataset;
}

static NnNetwork *
make_network (const guint *widths, guint n)
{
  NnNetwork *network = engine_test_network (widths, n, 1);
  NnRandom random;

  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

/* A sample is its own nearest neighbour; the others are those that the activations say. */
static void
check (const guint *widths, guint n, guint layer)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network (widths, n);
  g_autoptr (NumeralNeighbours) neighbours =
      numeral_neighbours_new (network, dataset, NULL, NULL, NULL, NULL);
  g_autofree float *values = g_new (float, N_SAMPLES *N_FEATURES);
  const guint size = layer > 0 ? widths[n - 2] : N_FEATURES;
  NnNeighbour found[5];
  float x[N_FEATURES];

  g_assert_cmpuint (neighbours->layer, ==, layer);
  for (gsize i = 0; i < N_SAMPLES && layer == 0; i++)
    nn_dataset_get (dataset, i, values + i * N_FEATURES);
  if (layer > 0)
    {
      g_free (values);
      values = nn_bulk_activations (network, dataset, layer - 1, NULL, NULL);
    }
  nn_dataset_get (dataset, 11, x);
  g_assert_cmpuint (numeral_neighbours_find (neighbours, x, found, 5), ==, 5);
  g_assert_cmpuint (found[0].index, ==, 11);
  g_assert_cmpfloat_with_epsilon (found[0].similarity, 1, 1e-4);
  for (guint i = 0; i < 5; i++)
    {
      const float *a = values + 11 * size, *b = values + found[i].index * size;
      double ab = 0, aa = 0, bb = 0;

      for (guint j = 0; j < size; j++)
        {
          ab += (double) a[j] * (double) b[j];
          aa += (double) a[j] * (double) a[j];
          bb += (double) b[j] * (double) b[j];
        }
      g_assert_cmpfloat_with_epsilon (found[i].similarity, ab / sqrt (aa * bb), 1e-4);
    }
}

static void
test_layers (void)
{
  static const guint deep[] = { N_FEATURES, 20, 12, 10 }, flat[] = { N_FEATURES, 10 };

  check (deep, G_N_ELEMENTS (deep), 4);
  check (flat, G_N_ELEMENTS (flat), 0);
}

static void
test_refused (void)
{
  static const guint deep[] = { N_FEATURES, 20, 10 }, other[] = { 5, 10 };
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network (deep, G_N_ELEMENTS (deep));
  g_autoptr (NnNetwork) small = make_network (other, G_N_ELEMENTS (other));
  g_autoptr (NumeralNeighbours) neighbours =
      numeral_neighbours_new (network, dataset, NULL, NULL, NULL, NULL);
  g_autoptr (NnNetwork) large = nn_network_copy (network);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  float x[N_FEATURES] = { INFINITY };
  NnNeighbour found[5];

  g_assert_cmpuint (numeral_neighbours_find (neighbours, x, found, 5), ==, 0);
  g_assert_null (numeral_neighbours_new (small, dataset, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "5");
  for (gsize i = 0; i < (gsize) 20 * N_FEATURES; i++)
    large->weights[0].weight[i] = 1e38f;
  g_assert_null (numeral_neighbours_new (large, dataset, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "finite");
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_neighbours_new (network, dataset, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbours/layers", test_layers);
  g_test_add_func ("/neighbours/refused", test_refused);
  return g_test_run ();
}
