/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Built twice: as nn-blas.c is in the programs, and with one that finds no OpenBLAS. */

#include <math.h>

#include "naive.h"
#include "nn-blas.h"
#include "nn-random.h"

/* Products of many shapes, plain and transposed, with rows longer than needed. */
static void
test_sgemm (void)
{
  static const gsize sizes[][3] = { { 1, 1, 1 },    { 1, 10, 784 }, { 32, 10, 128 }, { 33, 17, 5 },
                                    { 5, 130, 33 }, { 70, 1, 100 }, { 100, 70, 33 } };
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint transpose = 0; transpose < 4; transpose++)
      {
        gboolean ta = transpose & 1, tb = transpose >> 1;
        gsize m = sizes[s][0], n = sizes[s][1], k = sizes[s][2];
        gsize lda = (ta ? m : k) + 3, ldb = (tb ? k : n) + 1, ldc = n + 2;
        gsize na = lda * (ta ? k : m), nb = ldb * (tb ? n : k), nc = ldc * m;
        g_autofree float *a = g_new (float, na);
        g_autofree float *b = g_new (float, nb);
        g_autofree float *c = g_new (float, nc);
        g_autofree float *c0 = g_new (float, nc);
        g_autofree double *wide_a = g_new (double, na);
        g_autofree double *wide_b = g_new (double, nb);
        g_autofree double *expected = g_new0 (double, nc);

        for (gsize i = 0; i < na; i++)
          wide_a[i] = (double) (a[i] = nn_random_range (&random, -1, 1));
        for (gsize i = 0; i < nb; i++)
          wide_b[i] = (double) (b[i] = nn_random_range (&random, -1, 1));
        for (gsize i = 0; i < nc; i++)
          c[i] = c0[i] = nn_random_range (&random, -1, 1);
        naive_matmul (ta, tb, m, n, k, wide_a, lda, wide_b, ldb, expected, ldc);
        nn_sgemm (ta, tb, m, n, k, 2, a, lda, b, ldb, 0.5f, c, ldc);
        for (gsize i = 0; i < m; i++)
          for (gsize j = 0; j < ldc; j++)
            {
              double was = (double) c0[i * ldc + j], is = (double) c[i * ldc + j];

              if (j >= n)
                g_assert_cmpfloat (is, ==, was); /* between the rows nothing is written */
              else
                g_assert_cmpfloat_with_epsilon (is, 2 * expected[i * ldc + j] + 0.5 * was,
                                                1e-6 * sqrt ((double) k) + 1e-6);
            }
      }
}

static void
test_core_name (void)
{
#ifdef OPENBLAS_IS_MISSING
  g_assert_cmpstr (nn_blas_core_name (), ==, "none");
#else
  g_assert_cmpstr (nn_blas_core_name (), !=, "none");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef OPENBLAS_IS_MISSING
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "OpenBLAS cannot be loaded*");
  nn_blas_core_name ();
  g_test_assert_expected_messages ();
#endif
  g_test_add_func ("/core/blas/core-name", test_core_name);
  g_test_add_func ("/core/blas/sgemm", test_sgemm);
  return g_test_run ();
}
