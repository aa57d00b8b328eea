/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-bulk.h"
#include "numeral-projection.h"

#define N_SAMPLES 120
#define N_FEATURES 64
#define N_COMPONENTS 3

static NnDataset *
make_dataset (void)
{
  NnDataset *dataset = nn_dataset_new_pixels (N_SAMPLES, 8, 8, 10, NULL);
  NnRandom random;

  nn_random_init (&random, 3);
  for (gsize i = 0; i < N_SAMPLES * N_FEATURES; i++)
    dataset->pixels[i] = (guint8) nn_random_below (&random, 1 + 2 * (i % N_FEATURES));
  return dataset;
}

static NnNetwork *
make_network (guint64 seed)
{
  static const guint widths[] = { N_FEATURES, 20, 12, 10 };
  NnNetwork *network = engine_test_network (widths, G_N_ELEMENTS (widths), seed);
  NnRandom random;

  nn_random_init (&random, seed);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

static void
on_progress (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  g_assert_cmpfloat (share, <=, 1);
  *last = share;
}

/* Every layer: the coordinates have the variances of the components, and a sample that is placed
 * alone has the coordinates that it has among the others. */
static void
test_layers (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network (1);

  for (guint layer = 0; layer <= network->arch.n_layers; layer++)
    {
      double share = 0;
      const NumeralProjectionConfig config = {
        .layer = layer, .n_components = N_COMPONENTS, .progress = on_progress, .data = &share
      };
      g_autoptr (NumeralProjection) projection =
          numeral_projection_new (network, dataset, &config, NULL, NULL);
      const NnPca *pca = projection->pca;
      float x[N_FEATURES], alone[N_COMPONENTS];

      g_assert_cmpuint (projection->n, ==, N_SAMPLES);
      g_assert_cmpuint (pca->n_features, ==, nn_shape_size (&network->shapes[layer]));
      g_assert_cmpfloat (share, >, 0.9);
      for (guint k = 0; k < N_COMPONENTS; k++)
        {
          double sum = 0, squares = 0;

          for (gsize i = 0; i < N_SAMPLES; i++)
            {
              const double c = (double) projection->coordinates[i * N_COMPONENTS + k];

              sum += c;
              squares += c * c;
            }
          /* The mean is rounded to float32. */
          g_assert_cmpfloat_with_epsilon (sum / N_SAMPLES, 0, 1e-5);
          g_assert_cmpfloat_with_epsilon (squares / (N_SAMPLES - 1), pca->variance[k],
                                          1e-4 * pca->variance[0]);
        }
      nn_dataset_get (dataset, 7, x);
      numeral_projection_place (projection, NULL, x, alone);
      for (guint k = 0; k < N_COMPONENTS; k++)
        g_assert_cmpfloat_with_epsilon (alone[k], projection->coordinates[7 * N_COMPONENTS + k],
                                        1e-4);
    }
}

/* What places a sample may be another network of the same architecture, with units off. */
static void
test_place (void)
{
  const NumeralProjectionConfig config = { .layer = 2, .n_components = N_COMPONENTS };
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network (1), silent = nn_network_copy (network);
  g_autoptr (NumeralProjection) projection =
      numeral_projection_new (network, dataset, &config, NULL, NULL);
  const guint n_units = network->weights[0].n_out;
  g_autofree NumeralUnit *off = g_new0 (NumeralUnit, n_units);
  NumeralProjectionReader reader = { network, off, 0 };
  float x[N_FEATURES], whole[N_COMPONENTS], one[N_COMPONENTS], other[N_COMPONENTS];

  nn_dataset_get (dataset, 3, x);
  numeral_projection_place (projection, &reader, x, whole);
  g_assert_cmpfloat_with_epsilon (whole[0], projection->coordinates[3 * N_COMPONENTS], 1e-4);
  /* A network that says nothing, and one with all units off, place everything alike. */
  memset (silent->params, 0, silent->n_params * sizeof (float));
  reader.network = silent;
  numeral_projection_place (projection, &reader, x, one);
  g_assert_cmpfloat (fabsf (one[0] - whole[0]), >, 1e-3);
  for (guint i = 0; i < n_units; i++)
    off[i].unit = i;
  reader = (NumeralProjectionReader){ network, off, n_units };
  numeral_projection_place (projection, &reader, x, other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
}

/* The largest distance of the samples in two maps. */
static double
distance (const NumeralProjection *a, const NumeralProjection *b)
{
  double largest = 0;

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      double squares = 0;

      for (guint k = 0; k < N_COMPONENTS; k++)
        squares += pow ((double) (a->coordinates[i * N_COMPONENTS + k] -
                                  b->coordinates[i * N_COMPONENTS + k]),
                        2);
      largest = MAX (largest, sqrt (squares));
    }
  return largest;
}

/* A network whose weights have other signs and other places gives the same map once it is aligned.
 */
static void
test_align (void)
{
  const NumeralProjectionConfig config = { .layer = 1, .n_components = N_COMPONENTS };
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) before = make_network (1), after = nn_network_copy (before);
  g_autoptr (NumeralProjection) first = NULL, second = NULL;
  const NnWeights *weights = &after->weights[0];
  double variance = 0;
  float x[N_FEATURES], alone[N_COMPONENTS];

  for (gsize i = 0; i < (gsize) weights->n_out * weights->n_in; i++)
    weights->weight[i] = -before->weights[0].weight[i];
  first = numeral_projection_new (before, dataset, &config, NULL, NULL);
  second = numeral_projection_new (after, dataset, &config, NULL, NULL);
  numeral_projection_align (second, first);
  g_assert_cmpfloat (distance (first, second), <, 1e-3);
  for (guint k = 0; k < N_COMPONENTS; k++)
    {
      g_assert_cmpfloat_with_epsilon (first->pca->variance[k], second->pca->variance[k],
                                      1e-3 * first->pca->variance[0]);
      variance += second->pca->variance[k];
    }
  g_assert_cmpfloat (variance, <=, second->pca->total);
  /* What is placed later lies in the turned map. */
  nn_dataset_get (dataset, 3, x);
  numeral_projection_place (second, NULL, x, alone);
  for (guint k = 0; k < N_COMPONENTS; k++)
    g_assert_cmpfloat_with_epsilon (alone[k], second->coordinates[3 * N_COMPONENTS + k], 1e-4);
}

static void
test_refused (void)
{
  NumeralProjectionConfig config = { .layer = 6, .n_components = N_COMPONENTS };
  static const guint widths[] = { 5, 10 };
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network (1);
  g_autoptr (NnNetwork) other = engine_test_network (widths, G_N_ELEMENTS (widths), 1);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_projection_new (network, dataset, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "no layer 6");
  config.layer = 1;
  g_assert_null (numeral_projection_new (NULL, dataset, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "no layer 1");
  g_assert_null (numeral_projection_new (other, dataset, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "5");
  config.n_components = 21;
  g_assert_null (numeral_projection_new (network, dataset, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "1 to 20");
  config.n_components = 2;
  g_cancellable_cancel (cancelled);
  for (config.layer = 0; config.layer < 2; config.layer++)
    {
      g_assert_null (numeral_projection_new (network, dataset, &config, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/projection/layers", test_layers);
  g_test_add_func ("/engine/projection/place", test_place);
  g_test_add_func ("/projection/align", test_align);
  g_test_add_func ("/projection/refused", test_refused);
  return g_test_run ();
}
