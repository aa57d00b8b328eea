/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NnRidgeData:
 * @n: number of samples
 * @k: number of features
 * @features: [n, k]
 * @values: [n]
 * @weights: [n] at least 0
 * @penalty: of the squared coefficients, at least 0, relative to the mean variance of the
 *   features: the penalty of the normal equations is @penalty times the mean of their diagonal
 */
typedef struct
{
  gsize n;
  guint k;
  const double *features, *values, *weights;
  double penalty;
} NnRidgeData;

/**
 * nn_ridge:
 * @coefficients: (out): [k]
 * @intercept: (out): not penalised
 *
 * Weighted ridge regression in closed form (Hoerl and Kennard, "Ridge regression", 1970): with
 * features X and values y less their weighted means,
 *
 *   (X^T W X + l I) b = X^T W y,
 *
 * solved by Cholesky's factorisation in double precision. A feature that never varies, or that the
 * others determine where there is no penalty, has the coefficient 0.
 *
 * Returns: R², the share of the weighted variance of the values that is explained; 1 if they do not
 *   vary
 */
double nn_ridge (const NnRidgeData *data, double *coefficients, double *intercept);

G_END_DECLS
