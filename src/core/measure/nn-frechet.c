/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-frechet.h"

#include <math.h>

#include "nn-eigen.h"

/* @mean: (out): [k]; @covariance: (out): [k, k], zeros before */
static void
measure (const float *x, gsize n, guint k, double *mean, double *covariance)
{
  g_autofree double *row = g_new (double, k);

  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < k; j++)
      mean[j] += (double) x[i * k + j] / (double) n;
  for (gsize i = 0; i < n; i++)
    {
      for (guint j = 0; j < k; j++)
        row[j] = (double) x[i * k + j] - mean[j];
      for (guint j = 0; j < k; j++)
        for (guint l = 0; l <= j; l++)
          covariance[j * k + l] += row[j] * row[l];
    }
  for (guint j = 0; j < k; j++)
    for (guint l = 0; l <= j; l++)
      {
        covariance[j * k + l] /= (double) (n - 1);
        covariance[l * k + j] = covariance[j * k + l];
      }
}

/* c = a b, all [k, k] */
static void
multiply (const double *a, const double *b, guint k, double *c)
{
  for (guint i = 0; i < k; i++)
    {
      for (guint j = 0; j < k; j++)
        c[i * k + j] = 0;
      for (guint l = 0; l < k; l++)
        for (guint j = 0; j < k; j++)
          c[i * k + j] += a[i * k + l] * b[l * k + j];
    }
}

/* The root of a symmetric, positive semi-definite matrix, which is overwritten: V^T diag (√λ) V,
 * with the eigenvectors in the rows of V. */
static double *
new_root (double *matrix, guint k)
{
  g_autofree double *values = g_new (double, k);
  g_autofree double *vectors = g_new (double, (gsize) k *k);
  double *root = g_new0 (double, (gsize) k *k);

  nn_eigen_symmetric (matrix, k, values, vectors);
  for (guint v = 0; v < k; v++)
    {
      const double scale = sqrt (MAX (values[v], 0));
      const double *vector = vectors + (gsize) v * k;

      for (guint i = 0; i < k; i++)
        for (guint j = 0; j < k; j++)
          root[i * k + j] += scale * vector[i] * vector[j];
    }
  return root;
}

/* tr (Σ_a^½ Σ_b Σ_a^½)^½. Overwrites @a. */
static double
trace_of_root (double *a, const double *b, guint k)
{
  g_autofree double *root = new_root (a, k);
  g_autofree double *half = g_new (double, (gsize) k *k);
  g_autofree double *product = g_new (double, (gsize) k *k);
  g_autofree double *values = g_new (double, k);
  double trace = 0;

  multiply (root, b, k, half);
  multiply (half, root, k, product);
  /* Rounding must not make it asymmetric. */
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < i; j++)
      product[i * k + j] = product[j * k + i] = (product[i * k + j] + product[j * k + i]) / 2;
  nn_eigen_symmetric (product, k, values, half);
  for (guint v = 0; v < k; v++)
    trace += sqrt (MAX (values[v], 0));
  return trace;
}

double
nn_frechet_distance (const float *a, gsize n_a, const float *b, gsize n_b, guint n_features)
{
  const guint k = n_features;
  g_autofree double *means = g_new0 (double, 2 * (gsize) k);
  g_autofree double *covariance_a = g_new0 (double, (gsize) k *k);
  g_autofree double *covariance_b = g_new0 (double, (gsize) k *k);
  double distance = 0;

  measure (a, n_a, k, means, covariance_a);
  measure (b, n_b, k, means + k, covariance_b);
  for (guint j = 0; j < k; j++)
    distance += (means[j] - means[k + j]) * (means[j] - means[k + j]) + covariance_a[j * k + j] +
                covariance_b[j * k + j];
  distance -= 2 * trace_of_root (covariance_a, covariance_b, k);
  /* Rounding may give less than nothing. */
  return MAX (distance, 0);
}
