/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * nn_eigen_symmetric:
 * @a: [n, n] symmetric and finite; it is overwritten
 * @values: (out): [n] the eigenvalues, the largest first
 * @vectors: (out): [n, n] row i is the eigenvector of @values[i]; the rows are orthonormal
 *
 * Householder's reduction to a tridiagonal matrix, and QL with implicit shifts (Bowdler, Martin,
 * Reinsch and Wilkinson, "The QR and QL algorithms for symmetric matrices", 1968). In time n^3, on
 * the calling thread.
 */
void nn_eigen_symmetric (double *a, guint n, double *values, double *vectors);

/**
 * NnEigenProduct:
 * @q: [n_rows, n]
 * @y: (out): [n_rows, n] each row of @q multiplied by the matrix
 *
 * Returns: %FALSE with @error set to stop
 */
typedef gboolean (*NnEigenProduct) (
    const float *q, guint n_rows, float *y, gpointer data, GError **error);

/**
 * NnEigenProblem:
 * @n: rows of a symmetric, positive semi-definite matrix that @product multiplies by
 * @n_wanted: number of eigenvalues, the largest ones, at most @n
 * @max_products: number of products after which the result is good enough
 */
typedef struct
{
  guint n, n_wanted, max_products;
  NnEigenProduct product;
  gpointer data;
} NnEigenProblem;

/**
 * nn_eigen_leading:
 * @values: (out): [n_wanted] the largest first
 * @vectors: (out): [n_wanted, n] orthonormal rows
 *
 * Subspace iteration from a random start that is always the same, with more vectors than are
 * wanted, and a Rayleigh-Ritz step (Halko, Martinsson and Tropp, "Finding structure with
 * randomness", 2011). It ends when the residuals are as small as float32 allows.
 */
gboolean
nn_eigen_leading (const NnEigenProblem *problem, double *values, float *vectors, GError **error);

G_END_DECLS
