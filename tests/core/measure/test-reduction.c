/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-forward.h"
#include "nn-reduction.h"

#define N 300
#define D 36
#define K 7

/* Images whose features correlate, as neighbouring pixels do, and some of which never have ink. */
static NnDataset *
make_images (guint64 seed)
{
  NnDataset *dataset = core_test_pixels (N, 6, 6, 4, 0.6, seed);

  for (gsize i = 0; i < N; i++)
    for (guint j = 0; j < D; j++)
      {
        guint8 *pixel = &dataset->pixels[i * D + j];

        *pixel = j < 3 ? 0 : j % 3 == 0 ? pixel[-1] / 2 : *pixel;
      }
  return dataset;
}

static NnReduction *
reduce (const NnDataset *dataset, guint k)
{
  g_autoptr (GError) error = NULL;
  NnReduction *reduction = nn_reduction_new (dataset, k, NULL, &error);

  g_assert_no_error (error);
  return reduction;
}

static NnDataset *
project (const NnReduction *reduction, const NnDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  NnDataset *projected = nn_reduction_project (reduction, dataset, 2, &error);

  g_assert_no_error (error);
  return projected;
}

/* (transfer full): [n, classes] */
static float *
read_all (const NnNetwork *network, const NnDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  float *logits = nn_bulk_logits (network, dataset, NULL, &error);

  g_assert_no_error (error);
  return logits;
}

/* Centred, uncorrelated, and with a variance that is 1 on average and never grows. */
static void
test_coordinates (void)
{
  g_autoptr (NnDataset) dataset = make_images (1);
  g_autoptr (NnReduction) reduction = reduce (dataset, K);
  g_autoptr (NnDataset) projected = project (reduction, dataset);
  double total = 0, before = HUGE_VAL;

  g_assert_cmpuint (projected->n, ==, N);
  g_assert_cmpuint (projected->n_features, ==, K);
  g_assert_cmpuint (projected->n_classes, ==, 4);
  g_assert_null (projected->pixels);
  g_assert_cmpmem (projected->labels, N, dataset->labels, N);
  for (guint a = 0; a < K; a++)
    for (guint b = 0; b <= a; b++)
      {
        double sum_a = 0, product = 0;

        for (gsize i = 0; i < N; i++)
          {
            sum_a += (double) projected->values[i * K + a];
            product += (double) projected->values[i * K + a] * projected->values[i * K + b];
          }
        g_assert_cmpfloat_with_epsilon (sum_a / N, 0, 1e-4);
        product /= N - 1;
        if (a != b)
          g_assert_cmpfloat_with_epsilon (product, 0, 1e-3);
        else
          {
            g_assert_cmpfloat (product, <=, before + 1e-4);
            before = product;
            total += product;
          }
      }
  g_assert_cmpfloat_with_epsilon (total / K, 1, 1e-3);
}

/* All components together explain everything, fewer of them less. */
static void
test_explained (void)
{
  g_autoptr (NnDataset) dataset = make_images (2);
  double before = 0;

  for (guint k = 1; k <= D; k += 7)
    {
      g_autoptr (NnReduction) reduction = reduce (dataset, k);
      const double explained = nn_reduction_explained (reduction);

      g_assert_cmpfloat (explained, >, before);
      g_assert_cmpfloat (explained, <=, 1);
      before = explained;
    }
  g_assert_cmpfloat_with_epsilon (before, 1, 1e-5);
}

/* What reads gives of the samples what the network gives of their components; also of samples that
 * the components were not found of. */
static void
test_expand (gconstpointer text)
{
  g_autoptr (NnDataset) train = make_images (3), others = make_images (4);
  NnDataset *const sets[] = { train, others };
  g_autoptr (NnReduction) reduction = reduce (train, K);
  g_autoptr (NnNetwork) network = core_test_random_network (text, 5);
  g_autoptr (NnNetwork) whole = nn_reduction_expand (reduction, network);

  g_assert_cmpuint (nn_architecture_n_inputs (&whole->arch), ==, D);
  g_assert_cmpuint (whole->arch.n_layers, ==, network->arch.n_layers);
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      g_autoptr (NnDataset) projected = project (reduction, sets[s]);
      g_autofree float *expected = read_all (network, projected);
      g_autofree float *logits = read_all (whole, sets[s]);

      for (gsize i = 0; i < N * 4; i++)
        g_assert_cmpfloat_with_epsilon (logits[i], expected[i], 2e-4);
    }
}

/* With all components nothing is lost: a network can be reduced and expanded again. With fewer it
 * reads of each sample what these components have of it. */
static void
test_reduce (void)
{
  g_autoptr (NnDataset) dataset = make_images (6);
  g_autoptr (NnNetwork) network = core_test_random_network ("36-9-tanh-4", 7);
  static const guint counts[] = { D, K, 1 };

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      const guint k = counts[c];
      g_autoptr (NnReduction) reduction = reduce (dataset, k);
      g_autoptr (NnNetwork) reduced = nn_reduction_reduce (reduction, network);
      g_autoptr (NnDataset) projected = project (reduction, dataset);
      g_autoptr (NnDataset) rest = nn_dataset_new_values (N, D, 4, NULL);
      g_autofree float *expected = NULL, *logits = NULL;

      for (gsize i = 0; i < N; i++)
        for (guint j = 0; j < D; j++)
          {
            double x = (double) reduction->pca->mean[j];

            for (guint l = 0; l < k; l++)
              x += (double) projected->values[i * k + l] / reduction->scale *
                   (double) reduction->pca->components[l * D + j];
            rest->values[i * D + j] = (float) x;
            if (k == D)
              g_assert_cmpfloat_with_epsilon (x, dataset->pixels[i * D + j] / 255.0, 1e-4);
          }
      expected = read_all (network, rest);
      logits = read_all (reduced, projected);
      for (gsize i = 0; i < N * 4; i++)
        g_assert_cmpfloat_with_epsilon (logits[i], expected[i], 2e-4);
    }
}

/* Samples that are all the same have components without variance. */
static void
test_constant (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (N, 6, 6, 4, 0, 1);
  g_autoptr (NnReduction) reduction = NULL;
  g_autoptr (NnDataset) projected = NULL;

  memset (dataset->pixels, 90, N * D);
  reduction = reduce (dataset, K);
  projected = project (reduction, dataset);
  g_assert_cmpfloat (nn_reduction_explained (reduction), ==, 0);
  for (gsize i = 0; i < N * K; i++)
    g_assert_cmpfloat_with_epsilon (projected->values[i], 0, 1e-5);
}

static GByteArray *
save (const NnReduction *reduction)
{
  GByteArray *bytes = g_byte_array_new ();

  g_assert_true (nn_reduction_write (reduction, nn_write_to_array, bytes, NULL));
  return bytes;
}

static void
test_save (void)
{
  static const guint8 more[] = { 1, 2, 3 };
  g_autoptr (NnDataset) dataset = make_images (8);
  g_autoptr (NnReduction) reduction = reduce (dataset, K), read = NULL;
  g_autoptr (GByteArray) bytes = save (reduction), again = NULL;
  g_autoptr (GError) error = NULL;
  const gsize size = bytes->len;
  gsize length = 0;

  g_byte_array_append (bytes, more, sizeof more);
  g_assert_true (nn_reduction_is_in (bytes->data, bytes->len));
  read = nn_reduction_read (bytes->data, bytes->len, dataset, K, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, size);
  again = save (read);
  g_assert_cmpmem (again->data, again->len, bytes->data, size);
  g_assert_cmpfloat (nn_reduction_explained (read), ==, nn_reduction_explained (reduction));
}

static void
refuse (const GByteArray *bytes, const NnDataset *dataset, guint k, NnError code)
{
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (nn_reduction_read (bytes->data, bytes->len, dataset, k, &length, &error));
  core_test_error (&error, code);
}

/* Neither other samples, not even one other pixel or label, nor another number of components. */
static void
test_refused (void)
{
  g_autoptr (NnDataset) dataset = make_images (9), fewer = NULL;
  g_autoptr (NnReduction) reduction = reduce (dataset, K);
  g_autoptr (GByteArray) bytes = save (reduction);
  guint32 indices[N];

  for (guint i = 0; i < N; i++)
    indices[i] = i;
  fewer = nn_dataset_subset (dataset, indices, N - 1);
  refuse (bytes, fewer, K, NN_ERROR_SHAPE);
  refuse (bytes, dataset, K + 1, NN_ERROR_SHAPE);
  dataset->pixels[N * D - 1] ^= 1;
  refuse (bytes, dataset, K, NN_ERROR_SHAPE);
  dataset->pixels[N * D - 1] ^= 1;
  dataset->labels[0] ^= 1;
  refuse (bytes, dataset, K, NN_ERROR_SHAPE);
  dataset->labels[0] ^= 1;
  for (gsize i = 0; i < bytes->len; i += 11)
    {
      g_autoptr (GError) error = NULL;
      gsize length;

      bytes->data[i] ^= 4;
      g_assert_null (nn_reduction_read (bytes->data, bytes->len, dataset, K, &length, &error));
      g_assert_nonnull (error);
      bytes->data[i] ^= 4;
    }
  g_byte_array_set_size (bytes, bytes->len - 1);
  refuse (bytes, dataset, K, NN_ERROR_TRUNCATED);
  g_byte_array_set_size (bytes, 20);
  refuse (bytes, dataset, K, NN_ERROR_FORMAT);
  g_byte_array_set_size (bytes, 3);
  refuse (bytes, dataset, K, NN_ERROR_FORMAT);
}

static void
test_too_many (void)
{
  g_autoptr (NnDataset) dataset = make_images (10);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_reduction_new (dataset, D + 1, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/reduction/coordinates", test_coordinates);
  g_test_add_func ("/core/reduction/explained", test_explained);
  g_test_add_data_func ("/core/reduction/expand/hidden", "7-12-5-4", test_expand);
  g_test_add_data_func ("/core/reduction/expand/none", "7-4", test_expand);
  g_test_add_data_func ("/core/reduction/expand/mixed", "7-12-tanh-5-gelu-4", test_expand);
  g_test_add_func ("/core/reduction/reduce", test_reduce);
  g_test_add_func ("/core/reduction/constant", test_constant);
  g_test_add_func ("/core/reduction/save", test_save);
  g_test_add_func ("/core/reduction/refused", test_refused);
  g_test_add_func ("/core/reduction/too-many", test_too_many);
  return g_test_run ();
}
