/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-covariance.h"

#include <string.h>

#include "nn-blas.h"
#include "nn-pool.h"
#include "nn-simd.h"

/* Samples whose products are added up in float32. The sums of these are added up in double. */
#define CHUNK 1024
/* Fewer samples if they are large: values that a worker has in memory at a time. */
#define MAX_VALUES ((gsize) 1 << 21)
/* Features of a tile of the matrix. */
#define TILE 128
/* The samples are multiplied in so many parts, whatever the number of workers, so that the sums are
 * rounded in one way. */
#define N_PARTS 16

struct _NnCovariance
{
  gsize n;
  guint n_features;
  const guint8 *pixels;
  const float *values;
  const NnBulk *bulk;
  NnPool *pool;
  float *mean;       /* [n_features] */
  double *variances; /* [n_features] */
  /* Of the job that runs. */
  guint tile, n_tiles; /* width of a tile, number of them in a row */
  double *matrix;
  const float *q;
  guint n_rows;
  double *sums; /* [N_PARTS, n_rows, n_features] */
  /* Shared by the workers; atomic. */
  guint next, n_done, n_items;
  gboolean stopped;
  /* For the progress: items of earlier passes, and of all. */
  guint n_before, n_all;
  /* Used by the caller's worker alone. */
  GError *error;
};

NN_CLONES static void
gather_pixels (const guint8 *pixels, const float *mean, gsize n, float *x)
{
  for (gsize j = 0; j < n; j++)
    x[j] = (float) pixels[j] / 255.0f - mean[j];
}

NN_CLONES static void
gather_values (const float *values, const float *mean, gsize n, float *x)
{
  for (gsize j = 0; j < n; j++)
    x[j] = values[j] - mean[j];
}

void
nn_covariance_gather (const guint8 *pixels,
                      const float *values,
                      guint n_features,
                      const float *mean,
                      const NnCovarianceBlock *block,
                      float *x)
{
  for (gsize i = 0; i < block->n; i++)
    {
      const gsize at = (block->first + i) * n_features + block->column;
      float *row = x + i * block->width;

      if (pixels != NULL)
        gather_pixels (pixels + at, mean + block->column, block->width, row);
      else
        gather_values (values + at, mean + block->column, block->width, row);
    }
}

gsize
nn_covariance_chunk (guint n_features)
{
  return CLAMP (MAX_VALUES / n_features, 1, CHUNK);
}

NN_CLONES static void
add (double *sums, const float *x, gsize n)
{
  for (gsize j = 0; j < n; j++)
    sums[j] += (double) x[j];
}

NN_CLONES static void
add_squares (double *sums, const float *x, gsize n)
{
  for (gsize j = 0; j < n; j++)
    sums[j] += (double) x[j] * (double) x[j];
}

/* Mean and variance of the features of one worker. */
static void
measure_columns (guint worker, gpointer data)
{
  NnCovariance *self = data;
  gsize first, last, width;
  g_autofree double *sums = NULL;
  g_autofree float *x = NULL;

  nn_pool_share (self->pool, worker, self->n_features, &first, &last);
  width = last - first;
  sums = g_new0 (double, width + 1);
  x = g_new (float, width + 1);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (gsize i = 0; i < self->n; i++)
        {
          const NnCovarianceBlock row = { i, 1, (guint) first, (guint) width };

          nn_covariance_gather (self->pixels, self->values, self->n_features, self->mean, &row, x);
          if (pass == 0)
            add (sums, x, width);
          else
            add_squares (sums, x, width);
        }
      for (gsize j = 0; j < width; j++)
        {
          if (pass == 0)
            self->mean[first + j] = (float) (sums[j] / (double) self->n);
          else
            self->variances[first + j] = sums[j] / (double) (self->n - 1);
          sums[j] = 0;
        }
    }
}

NnCovariance *
nn_covariance_new (
    gsize n, guint n_features, const guint8 *pixels, const float *values, const NnBulk *bulk)
{
  NnCovariance *self = g_new0 (NnCovariance, 1);

  self->n = n;
  self->n_features = n_features;
  self->pixels = pixels;
  self->values = values;
  self->bulk = bulk;
  self->mean = g_new0 (float, n_features);
  self->variances = g_new0 (double, n_features);
  self->pool = nn_pool_new (bulk != NULL ? bulk->n_workers : 0);
  nn_pool_run (self->pool, measure_columns, self);
  return self;
}

void
nn_covariance_free (NnCovariance *self)
{
  nn_pool_free (self->pool);
  g_free (self->mean);
  g_free (self->variances);
  g_free (self);
}

double
nn_covariance_get_total (const NnCovariance *self, float *mean)
{
  double total = 0;

  memcpy (mean, self->mean, self->n_features * sizeof *mean);
  /* The products are float32. */
  for (guint j = 0; j < self->n_features; j++)
    total += (double) (float) (self->variances[j] * (double) self->n);
  return total / (double) self->n;
}

/* Takes the next item; %FALSE if there is none left. */
static gboolean
take (NnCovariance *self, guint *item)
{
  if (__atomic_load_n (&self->stopped, __ATOMIC_RELAXED))
    return FALSE;
  *item = __atomic_fetch_add (&self->next, 1, __ATOMIC_RELAXED);
  return *item < self->n_items;
}

static gboolean
report (NnCovariance *self)
{
  const guint n_done = self->n_before + __atomic_load_n (&self->n_done, __ATOMIC_RELAXED);

  if (self->error == NULL && self->bulk != NULL && self->bulk->progress != NULL)
    self->bulk->progress (MIN (n_done, self->n_all), self->n_all, self->bulk->data, &self->error);
  return self->error == NULL;
}

static void
put (NnCovariance *self, guint worker)
{
  __atomic_add_fetch (&self->n_done, 1, __ATOMIC_RELAXED);
  if (worker == 0 && !report (self))
    __atomic_store_n (&self->stopped, TRUE, __ATOMIC_RELAXED);
}

static gboolean
run (NnCovariance *self, guint n_items, NnPoolFunc func, GError **error)
{
  self->n_items = n_items;
  self->n_all = MAX (self->n_all, n_items);
  self->next = self->n_done = 0;
  nn_pool_run (self->pool, func, self);
  if (report (self))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static NnCovarianceBlock
tile_columns (const NnCovariance *self, guint tile)
{
  const guint column = tile * self->tile;

  return (NnCovarianceBlock){ .column = column,
                              .width = MIN (self->tile, self->n_features - column) };
}

static void
gather (const NnCovariance *self, NnCovarianceBlock *block, gsize first, gsize n, float *x)
{
  block->first = first;
  block->n = n;
  nn_covariance_gather (self->pixels, self->values, self->n_features, self->mean, block, x);
}

/* Writes a tile and its transpose. */
static void
put_tile (NnCovariance *self,
          const NnCovarianceBlock *rows,
          const NnCovarianceBlock *columns,
          const double *sums)
{
  const gsize d = self->n_features;

  for (gsize i = 0; i < rows->width; i++)
    for (gsize j = 0; j < columns->width; j++)
      {
        const double value = sums[i * columns->width + j] / (double) (self->n - 1);

        self->matrix[(rows->column + i) * d + columns->column + j] = value;
        self->matrix[(columns->column + j) * d + rows->column + i] = value;
      }
}

static void
multiply_tiles (guint worker, gpointer data)
{
  NnCovariance *self = data;
  float *a = nn_aligned_new0 (CHUNK * TILE), *b = nn_aligned_new0 (CHUNK * TILE);
  float *product = nn_aligned_new0 (TILE * TILE);
  g_autofree double *sums = g_new (double, TILE *TILE);
  guint item;

  while (take (self, &item))
    {
      NnCovarianceBlock rows, columns;
      guint row = 0;

      /* The tiles of the upper triangle, row by row. */
      for (; item >= self->n_tiles - row; row++)
        item -= self->n_tiles - row;
      rows = tile_columns (self, row);
      columns = tile_columns (self, row + item);
      memset (sums, 0, TILE * TILE * sizeof *sums);
      for (gsize first = 0; first < self->n; first += CHUNK)
        {
          const gsize n = MIN (CHUNK, self->n - first);

          gather (self, &rows, first, n, a);
          if (item > 0)
            gather (self, &columns, first, n, b);
          nn_sgemm (TRUE, FALSE, rows.width, columns.width, n, 1, a, rows.width, item > 0 ? b : a,
                    columns.width, 0, product, columns.width);
          add (sums, product, (gsize) rows.width * columns.width);
        }
      put_tile (self, &rows, &columns, sums);
      put (self, worker);
    }
  nn_aligned_free (a);
  nn_aligned_free (b);
  nn_aligned_free (product);
}

double *
nn_covariance_new_matrix (NnCovariance *self, GError **error)
{
  const guint n_tiles = (self->n_features + TILE - 1) / TILE;

  self->n_tiles = n_tiles;
  self->tile = (self->n_features + n_tiles - 1) / n_tiles;
  self->matrix = g_new (double, (gsize) self->n_features * self->n_features);
  if (run (self, n_tiles * (n_tiles + 1) / 2, multiply_tiles, error))
    return g_steal_pointer (&self->matrix);
  g_clear_pointer (&self->matrix, g_free);
  return NULL;
}

static void
multiply_parts (guint worker, gpointer data)
{
  NnCovariance *self = data;
  const gsize d = self->n_features, p = self->n_rows;
  const gsize chunk = nn_covariance_chunk (self->n_features);
  float *x = nn_aligned_new0 (chunk * d), *t = nn_aligned_new0 (chunk * p);
  float *product = nn_aligned_new0 (p * d);
  guint part;

  while (take (self, &part))
    {
      const gsize end = self->n * (part + 1) / N_PARTS;
      NnCovarianceBlock block = { .width = self->n_features };

      for (gsize first = self->n * part / N_PARTS; first < end; first += chunk)
        {
          const gsize n = MIN (chunk, end - first);

          gather (self, &block, first, n, x);
          nn_sgemm (FALSE, TRUE, p, n, d, 1, self->q, d, x, d, 0, t, n);
          nn_sgemm (FALSE, FALSE, p, d, n, 1, t, n, x, d, 0, product, d);
          add (self->sums + part * p * d, product, p * d);
        }
      put (self, worker);
    }
  nn_aligned_free (x);
  nn_aligned_free (t);
  nn_aligned_free (product);
}

gboolean
nn_covariance_multiply (NnCovariance *self, const float *q, guint n_rows, float *y, GError **error)
{
  const gsize size = (gsize) n_rows * self->n_features;
  g_autofree double *sums = g_new0 (double, N_PARTS *size);

  self->q = q;
  self->n_rows = n_rows;
  self->sums = sums;
  self->n_all = N_PARTS * NN_COVARIANCE_PASSES;
  if (!run (self, N_PARTS, multiply_parts, error))
    return FALSE;
  self->n_before += N_PARTS;
  for (guint part = 1; part < N_PARTS; part++)
    for (gsize i = 0; i < size; i++)
      sums[i] += sums[part * size + i];
  for (gsize i = 0; i < size; i++)
    y[i] = (float) (sums[i] / (double) (self->n - 1));
  return TRUE;
}
