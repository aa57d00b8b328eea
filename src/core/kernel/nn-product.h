/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnProduct:
 *
 * C = alpha op(A) op(B) + beta C, row-major, op(A) being [m, k], op(B) [k, n] and C [m, n]; the
 * leading dimensions are the lengths of stored rows.
 */
typedef struct
{
  gboolean transpose_a, transpose_b;
  gsize m, n, k;
  float alpha, beta;
  const float *a, *b;
  float *c;
  gsize lda, ldb, ldc;
} NnProduct;

typedef void (*NnProductFunc) (const NnProduct *product, gpointer data);

/* The textbook's triple loop. */
void nn_product_plain (const NnProduct *product);

/**
 * nn_product_check:
 * @func: called many times
 *
 * Whether @func computes correct products: every transposition, beta of 0 and 1, padded rows,
 * and sizes that are not multiples of a vector length. Takes less than a millisecond with
 * OpenBLAS.
 */
gboolean nn_product_check (NnProductFunc func, gpointer data);

G_END_DECLS
