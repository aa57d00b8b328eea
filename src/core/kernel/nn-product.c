/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-product.h"

#include <math.h>

void
nn_product_plain (const NnProduct *p)
{
  for (gsize i = 0; i < p->m; i++)
    for (gsize j = 0; j < p->n; j++)
      {
        float *c = &p->c[i * p->ldc + j];
        float sum = 0;

        for (gsize l = 0; l < p->k; l++)
          sum += (p->transpose_a ? p->a[l * p->lda + i] : p->a[i * p->lda + l]) *
                 (p->transpose_b ? p->b[j * p->ldb + l] : p->b[l * p->ldb + j]);
        /* As in BLAS, C is not read where beta is 0: it may hold NaN. */
        *c = p->alpha * sum + (p->beta != 0 ? p->beta * *c : 0);
      }
}

/* The shapes that nn_product_check() tests. */
static const struct
{
  gsize m, n, k;
} shapes[] = { { 1, 1, 1 }, { 3, 5, 7 }, { 1, 10, 65 }, { 17, 9, 33 }, { 65, 45, 395 } };

/* OpenBLAS uses its kernels for small matrices up to this number of operations. Larger products
 * take most of the time of the check, so each transposition is checked with one beta only. */
#define SMALL 1000000

/* Operands are whole numbers from -128 to 127: all sums of 395 products are exact in a float, so
 * that the correct result does not depend on the order of the additions. */
static float
whole_number (gsize i)
{
  return (float) ((int) ((guint32) (i + 1) * 2654435761u >> 24) - 128);
}

static float *
new_matrix (gsize size, gsize salt)
{
  float *matrix = g_new (float, size);

  for (gsize i = 0; i < size; i++)
    matrix[i] = whole_number (i + salt);
  return matrix;
}

/* y = op(M) x, with op(M) being [m, n]. */
static void
apply (
    gboolean transpose, const float *matrix, gsize ld, gsize m, gsize n, const double *x, double *y)
{
  for (gsize i = 0; i < m; i++)
    y[i] = 0;
  if (transpose)
    for (gsize j = 0; j < n; j++)
      for (gsize i = 0; i < m; i++)
        y[i] += (double) matrix[j * ld + i] * x[j];
  else
    for (gsize i = 0; i < m; i++)
      for (gsize j = 0; j < n; j++)
        y[i] += (double) matrix[i * ld + j] * x[j];
}

/* Whether C x = op(A) (op(B) x) + beta C0 x for a vector x. This takes m k + k n + m n
 * operations instead of m k n for a second product (Freivalds, "Probabilistic Machines Can Use
 * Less Running Time", 1977). It is exact, because all values are whole numbers below 2^53.
 * @before: C0 */
static gboolean
is_right (const NnProduct *p, const float *before)
{
  g_autofree double *x = g_new (double, p->n);
  g_autofree double *bx = g_new (double, p->k);
  g_autofree double *expected = g_new (double, p->m);
  g_autofree double *was = g_new (double, p->m);
  g_autofree double *is = g_new (double, p->m);
  gboolean right = TRUE;

  for (gsize j = 0; j < p->n; j++)
    x[j] = (double) whole_number (j) + 200;
  apply (p->transpose_b, p->b, p->ldb, p->k, p->n, x, bx);
  apply (p->transpose_a, p->a, p->lda, p->m, p->k, bx, expected);
  apply (FALSE, before, p->ldc, p->m, p->n, x, was);
  apply (FALSE, p->c, p->ldc, p->m, p->n, x, is);
  for (gsize i = 0; i < p->m; i++)
    {
      right = right && is[i] == expected[i] + (double) p->beta * was[i];
      /* The padding between rows must not be written. */
      for (gsize j = p->n; j < p->ldc; j++)
        right = right && p->c[i * p->ldc + j] == before[i * p->ldc + j];
    }
  return right;
}

static gboolean
check (NnProductFunc func, gpointer data, NnProduct *p)
{
  const gsize n_c = p->m * p->ldc;
  g_autofree float *a = new_matrix (p->lda * (p->transpose_a ? p->k : p->m), 0);
  g_autofree float *b = new_matrix (p->ldb * (p->transpose_b ? p->n : p->k), 1000);
  g_autofree float *before = new_matrix (n_c, 2000);
  g_autofree float *c = g_memdup2 (before, n_c * sizeof *c);

  p->a = a;
  p->b = b;
  p->c = c;
  if (p->beta == 0)
    for (gsize i = 0; i < p->m; i++)
      for (gsize j = 0; j < p->n; j++)
        c[i * p->ldc + j] = NAN;
  func (p, data);
  return is_right (p, before);
}

gboolean
nn_product_check (NnProductFunc func, gpointer data)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint bits = 0; bits < 8; bits++)
      {
        const gboolean ta = bits & 1, tb = bits >> 1 & 1;
        NnProduct product = {
          .transpose_a = ta,
          .transpose_b = tb,
          .m = shapes[s].m,
          .n = shapes[s].n,
          .k = shapes[s].k,
          .alpha = 1,
          .beta = (float) (bits >> 2),
          .lda = (ta ? shapes[s].m : shapes[s].k) + 3,
          .ldb = (tb ? shapes[s].k : shapes[s].n) + 1,
          .ldc = shapes[s].n + 2,
        };

        if (product.m * product.n * product.k > SMALL && (product.beta == 1) != (ta != tb))
          continue;
        if (!check (func, data, &product))
          return FALSE;
      }
  return TRUE;
}
