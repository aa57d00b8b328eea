/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-eigen.h"

#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-random.h"
#include "nn-simd.h"

/* More vectors than are wanted make the wanted ones converge sooner. */
#define EXTRA 16
/* The Rayleigh-Ritz step takes longer than a product of a small matrix. */
#define PRODUCTS_A_STEP 4
/* Residuals, as a share of the largest eigenvalue. The products are rounded to float32, so that
 * smaller ones are not reached for every matrix. */
#define TOLERANCE 1e-6
#define SEED 1

NN_CLONES static double
dot (const float *x, const float *y, gsize n)
{
  double sums[8] = { 0 }, sum = 0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    for (gsize j = 0; j < 8; j++)
      sums[j] += (double) x[i + j] * (double) y[i + j];
  for (; i < n; i++)
    sum += (double) x[i] * (double) y[i];
  for (gsize j = 0; j < 8; j++)
    sum += sums[j];
  return sum;
}

NN_CLONES static void
add_scaled (float *y, const float *x, double factor, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = (float) ((double) y[i] + factor * (double) x[i]);
}

/* Makes row @i orthogonal to those before it and of length 1, unless it lies in their span. Twice
 * is enough (Giraud, Langou and Rozloznik 2005). */
static gboolean
orthonormalise_row (float *q, guint i, gsize n)
{
  float *row = q + i * n;
  const double before = sqrt (dot (row, row, n));
  double norm = 0;

  if (!(before > 0))
    return FALSE;
  for (gsize j = 0; j < n; j++)
    row[j] = (float) ((double) row[j] / before);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint k = 0; k < i; k++)
        add_scaled (row, q + k * n, -dot (q + k * n, row, n), n);
      norm = sqrt (dot (row, row, n));
      /* What is left of a row in the span is rounding. */
      if (norm < 1e-5)
        return FALSE;
      for (gsize j = 0; j < n; j++)
        row[j] = (float) ((double) row[j] / norm);
    }
  return TRUE;
}

/* Makes the rows of @q [p, n] orthonormal. Rows in the span of others, as a matrix of low rank
 * gives them, become other directions. */
static void
orthonormalise (float *q, guint p, gsize n)
{
  gsize axis = 0;

  for (guint i = 0; i < p; i++)
    while (!orthonormalise_row (q, i, n))
      {
        memset (q + i * n, 0, n * sizeof *q);
        q[i * n + axis++ % n] = 1;
      }
}

/* result [p, n] = w^T as rows times x [p, n], w being [p, p] in double. */
static void
combine (const double *w, const float *x, float *result, guint p, gsize n)
{
  g_autofree float *weights = g_new (float, (gsize) p *p);

  for (gsize i = 0; i < (gsize) p * p; i++)
    weights[i] = (float) w[i];
  nn_sgemm (FALSE, FALSE, p, n, p, 1, weights, p, x, n, 0, result, n);
}

/* The largest residual |y - value q| of the wanted ones. */
static double
residual (const float *q, const float *y, const double *values, guint n_wanted, gsize n)
{
  double worst = 0;

  for (guint i = 0; i < n_wanted; i++)
    {
      double sum = 0;

      for (gsize j = 0; j < n; j++)
        {
          const double r = (double) y[i * n + j] - values[i] * (double) q[i * n + j];

          sum += r * r;
        }
      worst = MAX (worst, sqrt (sum));
    }
  return worst;
}

/* Turns @q so that its rows are approximate eigenvectors, and @y with it. */
static void
ritz (float *q, float *y, guint p, gsize n, double *values)
{
  g_autofree double *h = g_new (double, (gsize) p *p);
  g_autofree double *w = g_new (double, (gsize) p *p);
  g_autofree float *turned = g_new (float, p *n);

  for (guint i = 0; i < p; i++)
    for (guint j = i; j < p; j++)
      h[i * p + j] = h[j * p + i] =
          0.5 * (dot (q + i * n, y + j * n, n) + dot (q + j * n, y + i * n, n));
  nn_eigen_symmetric (h, p, values, w);
  combine (w, q, turned, p, n);
  memcpy (q, turned, p * n * sizeof *q);
  combine (w, y, turned, p, n);
  memcpy (y, turned, p * n * sizeof *y);
}

gboolean
nn_eigen_leading (const NnEigenProblem *problem, double *values, float *vectors, GError **error)
{
  const gsize n = problem->n;
  const guint k = problem->n_wanted, p = MIN (problem->n, k + k / 2 + EXTRA);
  g_autofree float *q = g_new (float, p *n);
  g_autofree float *y = g_new (float, p *n);
  g_autofree double *all = g_new (double, p);
  NnRandom random;

  nn_random_init (&random, SEED);
  for (gsize i = 0; i < p * n; i++)
    q[i] = nn_random_normal (&random);
  orthonormalise (q, p, n);
  for (guint i = 1;; i++)
    {
      const gboolean last = i >= problem->max_products;

      if (!problem->product (q, p, y, problem->data, error))
        return FALSE;
      if (last || i % PRODUCTS_A_STEP == 0)
        {
          ritz (q, y, p, n, all);
          if (last || residual (q, y, all, k, n) <= TOLERANCE * all[0])
            break;
        }
      memcpy (q, y, p * n * sizeof *q);
      orthonormalise (q, p, n);
    }
  orthonormalise (q, k, n);
  memcpy (values, all, k * sizeof *values);
  memcpy (vectors, q, k * n * sizeof *vectors);
  return TRUE;
}
