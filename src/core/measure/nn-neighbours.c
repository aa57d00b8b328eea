/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-neighbours.h"

#include <math.h>
#include <string.h>

#include "nn-pool.h"
#include "nn-simd.h"

/* Vectors are padded to a multiple of this with zeros. */
#define LANES 16
#define MAX_VALUE 32767
/* For fewer vectors a worker costs more than it saves. */
#define MIN_SHARE 4096

struct _NnNeighbours
{
  gsize n;
  guint n_features;
  gsize stride;   /* n_features, padded */
  gint16 *values; /* [n, stride] each vector, scaled so that its largest value is MAX_VALUE */
  float *norms;   /* [n] 1 / length of the scaled vector; 0 for one that is zero */
};

static float
largest (const float *x, guint n)
{
  float most = 0;

  for (guint j = 0; j < n; j++)
    most = MAX (most, fabsf (x[j]));
  return most;
}

NnNeighbours *
nn_neighbours_new (const float *vectors, gsize n, guint n_features)
{
  NnNeighbours *self = g_new0 (NnNeighbours, 1);

  self->n = n;
  self->n_features = n_features;
  self->stride = ((gsize) n_features + LANES - 1) / LANES * LANES;
  self->values = g_new0 (gint16, MAX (n * self->stride, 1));
  self->norms = g_new0 (float, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      const float *x = vectors + i * n_features;
      const float most = largest (x, n_features);
      gint16 *row = self->values + i * self->stride;
      double squares = 0;

      if (!(most > 0))
        continue;
      for (guint j = 0; j < n_features; j++)
        {
          row[j] = (gint16) lrintf (x[j] / most * MAX_VALUE);
          squares += (double) row[j] * (double) row[j];
        }
      self->norms[i] = (float) (1 / sqrt (squares));
    }
  return self;
}

void
nn_neighbours_free (NnNeighbours *self)
{
  g_free (self->values);
  g_free (self->norms);
  g_free (self);
}

typedef struct
{
  const NnNeighbours *self;
  NnPool *pool;
  const float *x;      /* [stride], of length 1 */
  float *similarities; /* [n] */
} Query;

/* @n: a multiple of LANES */
NN_CLONES static void
compare (const gint16 *rows, const float *norms, const float *x, gsize n_rows, gsize n, float *out)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      const gint16 *row = rows + i * n;
      float sums[LANES] = { 0 }, sum = 0;

      for (gsize j = 0; j < n; j += LANES)
        for (gsize k = 0; k < LANES; k++)
          sums[k] += (float) row[j + k] * x[j + k];
      for (gsize k = 0; k < LANES; k++)
        sum += sums[k];
      out[i] = sum * norms[i];
    }
}

static void
compare_share (guint worker, gpointer data)
{
  Query *query = data;
  const NnNeighbours *self = query->self;
  gsize first, last;

  nn_pool_share (query->pool, worker, self->n, &first, &last);
  compare (self->values + first * self->stride, self->norms + first, query->x, last - first,
           self->stride, query->similarities + first);
}

/* Inserts a candidate into the @n found so far, if it is among the nearest @n_wanted. Vectors come
 * in the order of their indices, so that of equal ones the first stays. */
static guint
insert (NnNeighbour *found, guint n, guint n_wanted, gsize index, float similarity)
{
  guint at = n;

  if (n == n_wanted && similarity <= found[n - 1].similarity)
    return n;
  n = MIN (n + 1, n_wanted);
  for (at = MIN (at, n - 1); at > 0 && found[at - 1].similarity < similarity; at--)
    found[at] = found[at - 1];
  found[at] = (NnNeighbour){ index, similarity };
  return n;
}

guint
nn_neighbours_find (
    const NnNeighbours *self, const float *x, guint n_workers, NnNeighbour *found, guint n_wanted)
{
  g_autofree float *similarities = g_new (float, MAX (self->n, 1));
  g_autofree float *unit = g_new0 (float, MAX (self->stride, 1));
  const gsize n_processors = n_workers > 0 ? n_workers : g_get_num_processors ();
  g_autoptr (NnPool) pool = nn_pool_new ((guint) MIN (n_processors, 1 + self->n / MIN_SHARE));
  Query query = { self, pool, unit, similarities };
  double squares = 0;
  guint n = 0;

  for (guint j = 0; j < self->n_features; j++)
    squares += (double) x[j] * (double) x[j];
  for (guint j = 0; j < self->n_features && squares > 0; j++)
    unit[j] = (float) ((double) x[j] / sqrt (squares));
  nn_pool_run (pool, compare_share, &query);
  for (gsize i = 0; i < self->n && n_wanted > 0; i++)
    n = insert (found, n, n_wanted, i, similarities[i]);
  return n;
}
