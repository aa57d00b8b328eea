/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-pca.h"
#include "nn-procrustes.h"

static double
product (const float *x, const float *y, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) x[i] * (double) y[i];
  return sum;
}

static void
check_orthonormal (const NnPca *pca)
{
  for (guint i = 0; i < pca->n_components; i++)
    for (guint j = 0; j <= i; j++)
      g_assert_cmpfloat_with_epsilon (product (pca->components + i * pca->n_features,
                                               pca->components + j * pca->n_features,
                                               pca->n_features),
                                      i == j, 1e-5);
}

/* The coordinates of what is in @rows do not correlate, and have the variances that @pca tells. */
static void
check_coordinates (const NnPca *pca, const NnPcaRows *rows)
{
  const guint k = pca->n_components;
  g_autofree float *coordinates = g_new (float, rows->n *k);

  nn_pca_project (pca, rows, 1, coordinates);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = 0;

        for (gsize s = 0; s < rows->n; s++)
          sum += (double) coordinates[s * k + i] * (double) coordinates[s * k + j];
        g_assert_cmpfloat_with_epsilon (sum / (double) (rows->n - 1), i == j ? pca->variance[i] : 0,
                                        2e-5 * pca->variance[0]);
      }
}

/* Four points on two axes of a rotated plane: mean, variances and components are known. */
static void
test_closed_form (void)
{
  /* (5, 7) +- 5 (3/5, 4/5) and +- 2.5 (4/5, -3/5) */
  static const float values[] = { 8, 11, 2, 3, 7, 5.5f, 3, 8.5f };
  const NnPcaRows rows = { .n = 4, .n_features = 2, .values = values };
  g_autoptr (NnPca) pca = nn_pca_new (&rows, 2, NULL, NULL);
  float coordinates[8];

  g_assert_cmpfloat (pca->mean[0], ==, 5);
  g_assert_cmpfloat (pca->mean[1], ==, 7);
  g_assert_cmpfloat_with_epsilon (pca->variance[0], 50.0 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (pca->variance[1], 12.5 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_pca_ratio (pca, 0), 0.8, 1e-6);
  g_assert_cmpfloat_with_epsilon (pca->components[0], 0.6, 1e-6);
  g_assert_cmpfloat_with_epsilon (pca->components[1], 0.8, 1e-6);
  g_assert_cmpfloat_with_epsilon (pca->components[2], 0.8, 1e-6);
  g_assert_cmpfloat_with_epsilon (pca->components[3], -0.6, 1e-6);
  nn_pca_project (pca, &rows, 0, coordinates);
  g_assert_cmpfloat_with_epsilon (coordinates[0], 5, 1e-5);
  g_assert_cmpfloat_with_epsilon (coordinates[1], 0, 1e-5);
  g_assert_cmpfloat_with_epsilon (coordinates[5], 2.5, 1e-5);
}

/* Samples from axes of known variance, found by all ways: all eigenvectors, the leading ones, and
 * without the covariance. */
static void
check_known (gsize n, guint d, guint k)
{
  g_autofree float *values = g_new0 (float, n *d);
  const NnPcaRows rows = { .n = n, .n_features = d, .values = values };
  g_autoptr (NnPca) pca = NULL;
  NnRandom random;

  nn_random_init (&random, d);
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < d; j++)
      values[i * d + j] =
          3 + nn_random_normal (&random) * (j < 4 ? (float) (8 >> j) : 0.05f / (float) (1 + j % 3));
  pca = nn_pca_new (&rows, k, NULL, NULL);
  check_orthonormal (pca);
  check_coordinates (pca, &rows);
  for (guint i = 0; i < MIN (k, 4); i++)
    {
      const double variance = (double) (64 >> 2 * i);

      /* The standard deviation of a variance of 200 samples is 10 %, and that of a component's
       * element about 1 / sqrt (n) at this distance of the variances. */
      g_assert_cmpfloat_with_epsilon (pca->variance[i], variance, 0.25 * variance);
      g_assert_cmpfloat (pca->components[i * d + i], >, 0.98);
    }
}

static void
test_known (void)
{
  check_known (1500, 20, 20);
  check_known (1500, 300, 5);
  check_known (200, NN_PCA_MAX_COVARIANCE + 1, 5);
}

/* All components give back the samples. */
static void
test_reconstruction (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (200, 6, 5, 3, 0.3, 4);
  const NnPcaRows rows = nn_pca_rows (dataset);
  g_autoptr (NnPca) pca = nn_pca_new (&rows, 30, NULL, NULL);
  g_autofree float *coordinates = g_new (float, 200 * 30);
  double total = 0;

  nn_pca_project (pca, &rows, 2, coordinates);
  check_orthonormal (pca);
  for (guint i = 0; i < 30; i++)
    total += pca->variance[i];
  g_assert_cmpfloat_with_epsilon (total, pca->total, 1e-5 * total);
  for (gsize s = 0; s < 200; s++)
    for (guint j = 0; j < 30; j++)
      {
        double x = (double) pca->mean[j];

        for (guint i = 0; i < 30; i++)
          x += (double) coordinates[s * 30 + i] * (double) pca->components[i * 30 + j];
        g_assert_cmpfloat_with_epsilon (x, dataset->pixels[s * 30 + j] / 255.0, 1e-5);
      }
}

/* The number of workers does not change a bit. */
static void
test_workers (void)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (1100, 20, 15, 3, 0.3, 4);
  g_autoptr (NnDataset) wide = core_test_values (100, NN_PCA_MAX_COVARIANCE + 7, 3, 9);
  const NnPcaRows rows[] = { nn_pca_rows (dataset), nn_pca_rows (wide) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const NnBulk one = { .n_workers = 1 }, three = { .n_workers = 3 };
      g_autoptr (NnPca) a = nn_pca_new (&rows[i], 4, &one, NULL);
      g_autoptr (NnPca) b = nn_pca_new (&rows[i], 4, &three, NULL);

      g_assert_cmpmem (a->components, 4 * a->n_features * sizeof (float), b->components,
                       4 * b->n_features * sizeof (float));
      g_assert_cmpmem (a->variance, 4 * sizeof (double), b->variance, 4 * sizeof (double));
    }
}

static void
test_degenerate (void)
{
  enum
  {
    D = 40
  };
  float values[3 * D];
  NnPcaRows rows = { .n = 3, .n_features = D, .values = values };
  g_autoptr (NnPca) constant = NULL, few = NULL;

  /* Equal samples have no variance, and no direction is better than another. */
  for (guint i = 0; i < 3 * D; i++)
    values[i] = 0.1f;
  constant = nn_pca_new (&rows, 3, NULL, NULL);
  check_orthonormal (constant);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (constant->variance[i], 0, 1e-12);
      g_assert_cmpfloat (nn_pca_ratio (constant, i), <=, 1);
    }
  /* Three samples have two directions. */
  for (guint i = 0; i < 3 * D; i++)
    values[i] = i / D == 0 ? 1 : i % (i / D + 1);
  few = nn_pca_new (&rows, 3, NULL, NULL);
  check_orthonormal (few);
  check_coordinates (few, &rows);
  g_assert_cmpfloat_with_epsilon (few->variance[2], 0, 1e-5 * few->variance[0]);
}

static void
test_refused (void)
{
  float values[3 * 40] = { 0 };
  NnPcaRows rows = { .n = 3, .n_features = 40, .values = values };
  static const float bad[] = { NAN, INFINITY, -INFINITY, 1e30f };
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_pca_new (&rows, 0, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  g_assert_null (nn_pca_new (&rows, 4, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  rows.n = 1;
  g_assert_null (nn_pca_new (&rows, 1, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  rows.n = 3;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      values[50] = bad[i];
      g_assert_null (nn_pca_new (&rows, 2, NULL, &error));
      core_test_error (&error, NN_ERROR_VALUE);
    }
}

static gboolean
stop (gsize n_done, gsize n, gpointer data, GError **error)
{
  g_assert_cmpuint (n_done, <=, n);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INTR, "stopped");
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr (NnDataset) small = core_test_values (30, 20, 3, 9);
  g_autoptr (NnDataset) wide = core_test_values (30, NN_PCA_MAX_COVARIANCE + 7, 3, 9);
  const NnPcaRows rows[] = { nn_pca_rows (small), nn_pca_rows (wide) };
  const NnBulk bulk = { .progress = stop };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nn_pca_new (&rows[i], 2, &bulk, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INTR);
    }
}

/* What was turned and mirrored is turned back. */
static void
test_procrustes (void)
{
  static const float turn[9] = { 0, 0.6f, 0.8f, -1, 0, 0, 0, 0.8f, -0.6f };
  enum
  {
    N = 50
  };
  float before[N * 3], turned[N * 3], rotation[9], flat[N * 3];
  NnRandom random;

  nn_random_init (&random, 2);
  for (guint i = 0; i < N * 3; i++)
    before[i] = nn_random_normal (&random);
  /* turned = before turn^T */
  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < 3; j++)
      turned[i * 3 + j] = (float) product (before + i * 3, turn + j * 3, 3);
  nn_procrustes (before, turned, N, 3, rotation);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat_with_epsilon (rotation[i], turn[i], 1e-5);

  /* A plane in space: the rotation is orthogonal, though one axis tells nothing. */
  for (guint i = 0; i < N * 3; i++)
    flat[i] = i % 3 == 2 ? 0 : before[i];
  nn_procrustes (flat, flat, N, 3, rotation);
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      g_assert_cmpfloat_with_epsilon (product (rotation + i * 3, rotation + j * 3, 3), i == j,
                                      1e-5);
  g_assert_cmpfloat_with_epsilon (rotation[0], 1, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pca/closed-form", test_closed_form);
  g_test_add_func ("/pca/known", test_known);
  g_test_add_func ("/pca/reconstruction", test_reconstruction);
  g_test_add_func ("/pca/workers", test_workers);
  g_test_add_func ("/pca/degenerate", test_degenerate);
  g_test_add_func ("/pca/refused", test_refused);
  g_test_add_func ("/pca/stop", test_stop);
  g_test_add_func ("/pca/procrustes", test_procrustes);
  return g_test_run ();
}
