/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"

G_BEGIN_DECLS

/* Bounds of the data. */
#define NN_PCA_MAX_FEATURES 65536
/* Up to so many features the covariance is calculated as a whole. */
#define NN_PCA_MAX_COVARIANCE 1024

/**
 * NnPcaRows:
 * @n: number of samples
 * @n_features: of a sample
 * @pixels: (nullable): [n, n_features]; the features are pixels / 255
 * @values: (nullable): [n, n_features] the features if @pixels is %NULL
 */
typedef struct
{
  gsize n;
  guint n_features;
  const guint8 *pixels;
  const float *values;
} NnPcaRows;

/**
 * NnPca:
 * @mean: [n_features]
 * @components: [n_components, n_features] orthonormal; the largest element of each is positive
 * @variance: [n_components] of the samples along each component (divided by n - 1), the largest
 *   first
 * @total: variance of all features together; 0 if all samples are equal
 *
 * Principal components (Pearson 1901; Hotelling 1933).
 */
typedef struct
{
  guint n_features, n_components;
  float *mean, *components;
  double *variance;
  double total;
} NnPca;

/* The samples of a data set; those of a lazy one must be there. */
NnPcaRows nn_pca_rows (const NnDataset *dataset);

/**
 * nn_pca_new:
 * @bulk: (nullable): workers and progress
 *
 * Up to NN_PCA_MAX_COVARIANCE features it calculates the covariance, and of that all eigenvectors
 * or, if few are wanted, the leading ones; with more features the leading ones from the samples
 * themselves, without the covariance. The result does not depend on the number of workers.
 *
 * Returns: (transfer full) (nullable): %NULL with NN_ERROR_CONFIG if there are fewer than 2 samples
 *   or @n_components is not 1 to the smaller of samples and features, with NN_ERROR_VALUE if a
 *   value is not finite or too large to be squared, or with the error of @bulk's progress
 */
NnPca *nn_pca_new (const NnPcaRows *rows, guint n_components, const NnBulk *bulk, GError **error);
/* For nn-reduction.c: with uninitialised arrays. */
NnPca *nn_pca_alloc (guint n_features, guint n_components);
void nn_pca_free (NnPca *pca);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPca, nn_pca_free)

/* Share of the variance that component @i explains; 0 if there is none. */
double nn_pca_ratio (const NnPca *pca, guint i);

/* The coordinates [n, n_components] of samples: (x - mean) components^T. @n_workers: 0 for the
 * number of processors. @rows has the features of @pca. */
void nn_pca_project (const NnPca *pca, const NnPcaRows *rows, guint n_workers, float *coordinates);

G_END_DECLS
