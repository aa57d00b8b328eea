/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"

/* Private to core: the covariance of many samples, for nn_pca_new(). */

/* Samples [first, first + n) and of those the features [column, column + width). */
typedef struct
{
  gsize first, n;
  guint column, width;
} NnCovarianceBlock;

/* Number of samples to gather at a time. */
gsize nn_covariance_chunk (guint n_features);

/* x [n, width] = the block of pixels / 255, or of values if there are no pixels, less the mean. */
void nn_covariance_gather (const guint8 *pixels,
                           const float *values,
                           guint n_features,
                           const float *mean,
                           const NnCovarianceBlock *block,
                           float *x);

/* The mean of samples, and the workers that calculate their covariance. */
typedef struct _NnCovariance NnCovariance;

/* Calculates the mean of @n >= 2 samples. The arrays, and @bulk (nullable), stay valid. */
NnCovariance *nn_covariance_new (
    gsize n, guint n_features, const guint8 *pixels, const float *values, const NnBulk *bulk);
void nn_covariance_free (NnCovariance *covariance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCovariance, nn_covariance_free)

/* The sum of all variances; it is not finite if a value is not. @mean: (out): [n_features] */
double nn_covariance_get_total (const NnCovariance *covariance, float *mean);

/* The covariance [n_features, n_features]; free with g_free(). %NULL with the error of the
 * progress. */
double *nn_covariance_new_matrix (NnCovariance *covariance, GError **error);

/* For the progress: nn_covariance_multiply() is called about so many times. */
#define NN_COVARIANCE_PASSES 16

/* y [n_rows, n_features] = q times the covariance, in one pass over the samples. */
gboolean nn_covariance_multiply (
    NnCovariance *covariance, const float *q, guint n_rows, float *y, GError **error);
