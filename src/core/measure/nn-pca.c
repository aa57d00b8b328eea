/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-pca.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-covariance.h"
#include "nn-eigen.h"
#include "nn-pool.h"
#include "nn-simd.h"

/* Up to so many components are found by iteration; for more of them all eigenvectors are sooner
 * there. */
#define MAX_ITERATED 64
/* Products until the leading eigenvectors are good enough: of the covariance a product is cheap; of
 * the samples it is a pass over all of them. */
#define MAX_PRODUCTS 100
#define MAX_PASSES NN_COVARIANCE_PASSES

NnPcaRows
nn_pca_rows (const NnDataset *dataset)
{
  return (NnPcaRows){ .n = dataset->n,
                      .n_features = dataset->n_features,
                      .pixels = dataset->pixels,
                      .values = dataset->values };
}

NnPca *
nn_pca_alloc (guint n_features, guint n_components)
{
  NnPca *pca = g_new0 (NnPca, 1);

  pca->n_features = n_features;
  pca->n_components = n_components;
  pca->mean = g_new (float, n_features);
  pca->components = g_new (float, (gsize) n_components *n_features);
  pca->variance = g_new (double, n_components);
  return pca;
}

void
nn_pca_free (NnPca *pca)
{
  g_free (pca->mean);
  g_free (pca->components);
  g_free (pca->variance);
  g_free (pca);
}

/* The product of the covariance, as float32. */
typedef struct
{
  const float *matrix;
  guint n;
} Matrix;

static gboolean
multiply_matrix (const float *q, guint n_rows, float *y, gpointer data, GError **error)
{
  const Matrix *self = data;

  nn_sgemm (FALSE, FALSE, n_rows, self->n, self->n, 1, q, self->n, self->matrix, self->n, 0, y,
            self->n);
  return TRUE;
}

static gboolean
multiply_samples (const float *q, guint n_rows, float *y, gpointer data, GError **error)
{
  return nn_covariance_multiply (data, q, n_rows, y, error);
}

/* All eigenvectors of the covariance @c, which is overwritten. */
static void
solve_all (double *c, NnPca *pca)
{
  const gsize d = pca->n_features;
  g_autofree double *values = g_new (double, d);
  g_autofree double *vectors = g_new (double, d *d);

  nn_eigen_symmetric (c, pca->n_features, values, vectors);
  memcpy (pca->variance, values, pca->n_components * sizeof *values);
  for (gsize i = 0; i < pca->n_components * d; i++)
    pca->components[i] = (float) vectors[i];
}

static gboolean
solve_leading (const double *c, NnPca *pca, GError **error)
{
  const gsize d = pca->n_features;
  g_autofree float *matrix = g_new (float, d *d);
  Matrix self = { matrix, pca->n_features };
  const NnEigenProblem problem = { pca->n_features, pca->n_components, MAX_PRODUCTS,
                                   multiply_matrix, &self };

  for (gsize i = 0; i < d * d; i++)
    matrix[i] = (float) c[i];
  return nn_eigen_leading (&problem, pca->variance, pca->components, error);
}

static gboolean
solve (NnCovariance *covariance, NnPca *pca, GError **error)
{
  const guint d = pca->n_features;
  const NnEigenProblem problem = { d, pca->n_components, MAX_PASSES, multiply_samples, covariance };
  g_autofree double *c = NULL;

  if (d > NN_PCA_MAX_COVARIANCE)
    return nn_eigen_leading (&problem, pca->variance, pca->components, error);
  c = nn_covariance_new_matrix (covariance, error);
  if (c == NULL)
    return FALSE;
  if (pca->n_components <= MAX_ITERATED && pca->n_components < d / 2)
    return solve_leading (c, pca, error);
  solve_all (c, pca);
  return TRUE;
}

/* The sign of a component has no meaning; rounding must not decide it. */
static void
choose_signs (NnPca *pca)
{
  for (guint i = 0; i < pca->n_components; i++)
    {
      float *row = pca->components + (gsize) i * pca->n_features;
      guint largest = 0;

      for (guint j = 1; j < pca->n_features; j++)
        if (fabsf (row[j]) > fabsf (row[largest]))
          largest = j;
      if (row[largest] < 0)
        for (guint j = 0; j < pca->n_features; j++)
          row[j] = -row[j];
      pca->variance[i] = MAX (pca->variance[i], 0);
    }
}

static gboolean
check (const NnPcaRows *rows, guint n_components, GError **error)
{
  const gsize most = MIN (rows->n, rows->n_features);

  if (rows->n < 2)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 _ ("principal components need at least 2 samples"));
  else if (rows->n_features > NN_PCA_MAX_FEATURES)
    g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                 _ ("principal components of at most %d features are found, not of %u"),
                 NN_PCA_MAX_FEATURES, rows->n_features);
  else if (n_components < 1 || n_components > most)
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 _ ("there are 1 to %zu principal components, not %u"), most, n_components);
  else
    return TRUE;
  return FALSE;
}

NnPca *
nn_pca_new (const NnPcaRows *rows, guint n_components, const NnBulk *bulk, GError **error)
{
  g_autoptr (NnPca) pca = NULL;
  g_autoptr (NnCovariance) covariance = NULL;

  if (!check (rows, n_components, error))
    return NULL;
  covariance = nn_covariance_new (rows->n, rows->n_features, rows->pixels, rows->values, bulk);
  pca = nn_pca_alloc (rows->n_features, n_components);
  pca->total = nn_covariance_get_total (covariance, pca->mean);
  if (!isfinite (pca->total))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("a value of the data is not a finite number, or too large"));
      return NULL;
    }
  if (!solve (covariance, pca, error))
    return NULL;
  choose_signs (pca);
  return g_steal_pointer (&pca);
}

double
nn_pca_ratio (const NnPca *pca, guint i)
{
  return pca->total > 0 ? pca->variance[i] / pca->total : 0;
}

typedef struct
{
  const NnPca *pca;
  const NnPcaRows *rows;
  float *coordinates;
  gsize chunk;
  gsize next; /* atomic */
} Projection;

static void
project_chunks (guint worker, gpointer data)
{
  Projection *job = data;
  const NnPca *pca = job->pca;
  const gsize d = pca->n_features, k = pca->n_components;
  float *x = nn_aligned_new0 (job->chunk * d);
  gsize first;

  while ((first = __atomic_fetch_add (&job->next, job->chunk, __ATOMIC_RELAXED)) < job->rows->n)
    {
      const gsize n = MIN (job->chunk, job->rows->n - first);
      const NnCovarianceBlock block = { first, n, 0, pca->n_features };

      nn_covariance_gather (job->rows->pixels, job->rows->values, pca->n_features, pca->mean,
                            &block, x);
      nn_sgemm (FALSE, TRUE, n, k, d, 1, x, d, pca->components, d, 0, job->coordinates + first * k,
                k);
    }
  nn_aligned_free (x);
}

void
nn_pca_project (const NnPca *pca, const NnPcaRows *rows, guint n_workers, float *coordinates)
{
  const gsize chunk = MIN (nn_covariance_chunk (rows->n_features), MAX (rows->n, 1));
  Projection job = { pca, rows, coordinates, chunk, 0 };
  const gsize n_chunks = MAX ((rows->n + chunk - 1) / chunk, 1);
  const gsize n = n_workers > 0 ? n_workers : g_get_num_processors ();
  g_autoptr (NnPool) pool = nn_pool_new ((guint) MIN (n, n_chunks));

  nn_pool_run (pool, project_chunks, &job);
}
