/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "naive.h"
#include "nn-narrow.h"
#include "nn-random.h"

/* A matrix of random numbers in both precisions, in rows longer than needed. */
typedef struct
{
  gsize n, ld;
  float *f;
  double *d;
} Matrix;

static Matrix
matrix (NnRandom *random, gsize rows, gsize columns, gsize ld)
{
  Matrix m = { rows * ld, ld, g_new (float, rows *ld), g_new (double, rows *ld) };

  for (gsize i = 0; i < m.n; i++)
    m.d[i] = (double) (m.f[i] = i % ld < columns ? nn_random_range (random, -1, 1) : 0);
  return m;
}

static void
matrix_clear (Matrix *m)
{
  g_free (m->f);
  g_free (m->d);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matrix, matrix_clear)

/* @is [rows, columns] is what was expected, beside it stands what stood there before. */
static void
check (const Matrix *is, const double *expected, gsize rows, gsize columns, double tolerance)
{
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < is->ld; j++)
      {
        const double found = (double) is->f[i * is->ld + j];

        if (j < columns)
          g_assert_cmpfloat_with_epsilon (found, expected[i * is->ld + j], tolerance);
        else
          g_assert_cmpfloat (found, ==, is->d[i * is->ld + j]);
      }
}

static void
test_products (void)
{
  static const gsize sizes[][3] = { { 32, 64, 10 }, { 1, 1, 1 },    { 7, 100, 10 },
                                    { 33, 24, 16 }, { 128, 80, 2 }, { 5, 13, 3 } };
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      const gsize n_rows = sizes[s][0], n_in = sizes[s][1], n_out = sizes[s][2];
      const double tolerance = 1e-6 * sqrt ((double) MAX (n_in, n_rows)) + 1e-6;
      g_auto (Matrix) a = matrix (&random, n_rows, n_in, n_in + 3);
      g_auto (Matrix) w = matrix (&random, n_out, n_in, n_in + 5);
      g_auto (Matrix) z = matrix (&random, n_rows, n_out, NN_NARROW);
      g_auto (Matrix) dz = matrix (&random, n_rows, n_out, NN_NARROW);
      g_auto (Matrix) da = matrix (&random, n_rows, n_in + 1, n_in + 1);
      g_auto (Matrix) dw = matrix (&random, n_out, n_in + 2, n_in + 2);
      g_autofree double *expected = g_new0 (double, MAX (MAX (z.n, da.n), dw.n));

      naive_matmul (FALSE, TRUE, n_rows, n_out, n_in, a.d, a.ld, w.d, w.ld, expected, z.ld);
      for (gsize i = 0; i < z.n; i++)
        expected[i] += z.d[i];
      nn_narrow_forward (n_rows, (guint) n_in, (guint) n_out, a.f, a.ld, w.f, w.ld, z.f);
      check (&z, expected, n_rows, n_out, tolerance);

      naive_matmul (FALSE, FALSE, n_rows, n_in, n_out, dz.d, dz.ld, w.d, w.ld, expected, da.ld);
      nn_narrow_backward (n_rows, (guint) n_in, (guint) n_out, dz.f, w.f, w.ld, da.f, da.ld);
      check (&da, expected, n_rows, n_in, tolerance);

      naive_matmul (TRUE, FALSE, n_out, n_in, n_rows, dz.d, dz.ld, a.d, a.ld, expected, dw.ld);
      nn_narrow_gradient (n_rows, (guint) n_in, (guint) n_out, dz.f, a.f, a.ld, dw.f, dw.ld);
      check (&dw, expected, n_out, n_in, tolerance);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/narrow/products", test_products);
  return g_test_run ();
}
