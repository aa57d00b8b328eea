/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-eigen.h"
#include "nn-random.h"

/* vectors^T diag (values) vectors = a, and vectors vectors^T = 1. */
static void
check (const double *a, guint n, const double *values, const double *vectors, double tolerance)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double sum = 0, product = 0;

        for (guint k = 0; k < n; k++)
          {
            sum += vectors[k * n + i] * values[k] * vectors[k * n + j];
            product += vectors[i * n + k] * vectors[j * n + k];
          }
        g_assert_cmpfloat_with_epsilon (sum, a[i * n + j], tolerance);
        g_assert_cmpfloat_with_epsilon (product, i == j, tolerance);
      }
  for (guint i = 1; i < n; i++)
    g_assert_cmpfloat (values[i - 1], >=, values[i]);
}

static void
test_random (void)
{
  static const guint sizes[] = { 1, 2, 3, 5, 17, 64, 100 };
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      const guint n = sizes[s];
      g_autofree double *a = g_new (double, n *n);
      g_autofree double *copy = g_new (double, n *n);
      g_autofree double *values = g_new (double, n);
      g_autofree double *vectors = g_new (double, n *n);

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j <= i; j++)
          a[i * n + j] = a[j * n + i] = copy[i * n + j] = copy[j * n + i] =
              (double) nn_random_normal (&random);
      nn_eigen_symmetric (copy, n, values, vectors);
      /* The largest eigenvalue is about 2 sqrt (n); a few roundings for each of n reflections. */
      check (a, n, values, vectors, 1e-12);
    }
}

/* The second difference matrix has the eigenvalues 2 - 2 cos (i pi / (n + 1)). */
static void
test_closed_form (void)
{
  enum
  {
    N = 40
  };
  double a[N * N] = { 0 }, values[N], vectors[N * N];

  for (guint i = 0; i < N; i++)
    {
      a[i * N + i] = 2;
      if (i > 0)
        a[i * N + i - 1] = a[(i - 1) * N + i] = -1;
    }
  nn_eigen_symmetric (a, N, values, vectors);
  for (guint i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (values[i], 2 - 2 * cos ((N - i) * G_PI / (N + 1)), 1e-13);
}

static void
test_degenerate (void)
{
  enum
  {
    N = 9
  };
  double zero[N * N] = { 0 }, one[N * N] = { 0 }, rank[N * N], a[N * N];
  double values[N], vectors[N * N];

  for (guint i = 0; i < N; i++)
    one[i * N + i] = 3;
  for (guint i = 0; i < N * N; i++)
    rank[i] = 1 + i / N + i % N;
  memcpy (a, zero, sizeof a);
  nn_eigen_symmetric (a, N, values, vectors);
  check (zero, N, values, vectors, 1e-15);
  memcpy (a, one, sizeof a);
  nn_eigen_symmetric (a, N, values, vectors);
  check (one, N, values, vectors, 1e-15);
  memcpy (a, rank, sizeof a);
  nn_eigen_symmetric (a, N, values, vectors);
  check (rank, N, values, vectors, 1e-12);
  g_assert_cmpfloat_with_epsilon (values[1], 0, 1e-12);
}

/* A matrix whose eigenvectors are the axes, turned by a reflection. */
enum
{
  MANY = 150,
  WANTED = 6
};

typedef struct
{
  float matrix[MANY * MANY];
  guint n_products;
} Known;

static gboolean
multiply (const float *q, guint n_rows, float *y, gpointer data, GError **error)
{
  Known *known = data;

  known->n_products++;
  nn_sgemm (FALSE, FALSE, n_rows, MANY, MANY, 1, q, MANY, known->matrix, MANY, 0, y, MANY);
  return TRUE;
}

/* (1 - 2 u u^T)[i, j], u being the diagonal of the unit cube. */
static double
axis (guint i, guint j)
{
  return (i == j) - 2.0 / MANY;
}

static double
eigenvalue (guint i)
{
  return 10 * pow (0.8, i);
}

static void
test_leading (void)
{
  static Known known;
  double values[WANTED];
  float vectors[WANTED * MANY];
  const NnEigenProblem problem = { MANY, WANTED, 100, multiply, &known };

  for (guint i = 0; i < MANY; i++)
    for (guint j = 0; j < MANY; j++)
      {
        double sum = 0;

        for (guint k = 0; k < MANY; k++)
          sum += eigenvalue (k) * axis (k, i) * axis (k, j);
        known.matrix[i * MANY + j] = (float) sum;
      }
  g_assert_true (nn_eigen_leading (&problem, values, vectors, NULL));
  g_assert_cmpuint (known.n_products, <, 100);
  for (guint i = 0; i < WANTED; i++)
    {
      double cosine = 0;

      g_assert_cmpfloat_with_epsilon (values[i], eigenvalue (i), 1e-5 * values[0]);
      for (guint j = 0; j < MANY; j++)
        cosine += axis (i, j) * (double) vectors[i * MANY + j];
      /* A residual of 1e-6 over the smallest gap, 0.06, gives an angle of less than 1e-4. */
      g_assert_cmpfloat (fabs (cosine), >, 1 - 1e-7);
    }
}

static gboolean
multiply_by_zero (const float *q, guint n_rows, float *y, gpointer data, GError **error)
{
  memset (y, 0, (gsize) n_rows * MANY * sizeof *y);
  return TRUE;
}

static gboolean
refuse (const float *q, guint n_rows, float *y, gpointer data, GError **error)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INTR, "stopped");
  return FALSE;
}

/* Without any variance the vectors are orthonormal all the same. */
static void
test_leading_degenerate (void)
{
  double values[WANTED];
  float vectors[WANTED * MANY];
  NnEigenProblem problem = { MANY, WANTED, 100, multiply_by_zero, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_eigen_leading (&problem, values, vectors, NULL));
  for (guint i = 0; i < WANTED; i++)
    {
      g_assert_cmpfloat (values[i], ==, 0);
      for (guint j = 0; j < WANTED; j++)
        {
          double sum = 0;

          for (guint k = 0; k < MANY; k++)
            sum += (double) vectors[i * MANY + k] * (double) vectors[j * MANY + k];
          g_assert_cmpfloat_with_epsilon (sum, i == j, 1e-5);
        }
    }
  problem.product = refuse;
  g_assert_false (nn_eigen_leading (&problem, values, vectors, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INTR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eigen/random", test_random);
  g_test_add_func ("/eigen/closed-form", test_closed_form);
  g_test_add_func ("/eigen/degenerate", test_degenerate);
  g_test_add_func ("/eigen/leading", test_leading);
  g_test_add_func ("/eigen/leading-degenerate", test_leading_degenerate);
  return g_test_run ();
}
