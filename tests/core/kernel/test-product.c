/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-blas.h"
#include "nn-product.h"

/* Ways to be wrong that kernels have had. */
typedef enum
{
  RIGHT,
  FORGETS_LAST_ROW,
  FORGETS_LAST_COLUMN,
  FORGETS_LAST_PRODUCT,
  READS_C,      /* where beta is 0 */
  ADDS_NOTHING, /* where beta is 1 */
  MIXES_UP_A,
  WRITES_BETWEEN_ROWS,
  ROUNDS, /* to 8 bits, as bfloat16 does */
  WRONG_WHERE_LARGE,
  N_FAULTS
} Fault;

static guint n_calls;

static void
multiply (const NnProduct *product, gpointer data)
{
  const Fault fault = GPOINTER_TO_UINT (data);
  NnProduct p = *product;

  n_calls++;
  p.m -= fault == FORGETS_LAST_ROW && p.m > 1;
  p.n -= fault == FORGETS_LAST_COLUMN && p.n > 1;
  p.k -= fault == FORGETS_LAST_PRODUCT && p.k > 1;
  if (fault == READS_C && p.beta == 0)
    for (gsize i = 0; i < p.m * p.ldc; i++)
      p.c[i] *= p.beta;
  p.beta = fault == READS_C ? 1 : fault == ADDS_NOTHING ? 0 : p.beta;
  if (fault == MIXES_UP_A && p.m == p.k)
    p.transpose_a = !p.transpose_a;
  if (fault == MIXES_UP_A && p.m != p.k && p.transpose_a)
    p.a++;
  nn_product_plain (&p);
  if (fault == WRITES_BETWEEN_ROWS)
    p.c[p.n] = 0.5f;
  for (gsize i = 0; i < p.m && fault == ROUNDS; i++)
    for (gsize j = 0; j < p.n; j++)
      {
        int exponent;
        const float mantissa = frexpf (p.c[i * p.ldc + j], &exponent);

        p.c[i * p.ldc + j] = ldexpf (roundf (mantissa * 256) / 256, exponent);
      }
  if (fault == WRONG_WHERE_LARGE && p.m * p.n * p.k > 1000000)
    p.c[(p.m - 1) * p.ldc + p.n / 2] += 1;
}

static void
test_check (void)
{
  g_assert_true (nn_product_check (multiply, GUINT_TO_POINTER (RIGHT)));
  g_assert_cmpuint (n_calls, >=, 8);
  for (guint fault = RIGHT + 1; fault < N_FAULTS; fault++)
    {
      g_test_message ("fault %u", fault);
      g_assert_false (nn_product_check (multiply, GUINT_TO_POINTER (fault)));
    }
}

static void
by_blas (const NnProduct *p, gpointer data)
{
  nn_sgemm (p->transpose_a, p->transpose_b, p->m, p->n, p->k, p->alpha, p->a, p->lda, p->b, p->ldb,
            p->beta, p->c, p->ldc);
}

/* The kernels of the library pass; the first product waits for this check. */
static void
test_library (void)
{
  const gint64 start = g_get_monotonic_time ();

  g_assert_true (nn_product_check (by_blas, NULL));
  g_test_message ("%" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/product/check", test_check);
  g_test_add_func ("/core/product/library", test_library);
  return g_test_run ();
}
