/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-lazy.h"

#include <pthread.h>
#include <string.h>

/**
 * NnLazy:
 * @numbers: [n] the number of each sample
 * @written: [n] whether its pixels are there
 * @mutex: protects @written, and the pixels that are not there yet
 */
struct _NnLazy
{
  const NnWriterClass *klass;
  gpointer data;
  guint32 *numbers;
  guint8 *written;
  pthread_mutex_t mutex;
};

void
nn_lazy_init (NnDataset *dataset, const NnWriterClass *klass, gpointer data)
{
  NnLazy *lazy = g_new0 (NnLazy, 1);

  g_return_if_fail (dataset->pixels != NULL && dataset->lazy == NULL);

  lazy->klass = klass;
  lazy->data = data;
  lazy->numbers = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    lazy->numbers[i] = (guint32) i;
  lazy->written = g_new0 (guint8, dataset->n);
  pthread_mutex_init (&lazy->mutex, NULL);
  dataset->lazy = lazy;
}

void
nn_lazy_free (NnLazy *lazy)
{
  if (lazy->klass->free != NULL)
    lazy->klass->free (lazy->data);
  pthread_mutex_destroy (&lazy->mutex);
  g_free (lazy->numbers);
  g_free (lazy->written);
  g_free (lazy);
}

void
nn_lazy_permute (NnDataset *dataset, const guint32 *order)
{
  NnLazy *lazy = dataset->lazy;
  g_autofree guint32 *numbers = g_new (guint32, dataset->n);
  g_autofree guint8 *written = g_new (guint8, dataset->n);

  for (gsize i = 0; i < dataset->n; i++)
    {
      numbers[i] = lazy->numbers[order[i]];
      written[i] = lazy->written[order[i]];
    }
  memcpy (lazy->numbers, numbers, dataset->n * sizeof *numbers);
  memcpy (lazy->written, written, dataset->n);
}

gboolean
nn_lazy_is_complete (const NnDataset *dataset)
{
  gboolean complete;

  if (dataset->lazy == NULL)
    return TRUE;
  pthread_mutex_lock (&dataset->lazy->mutex);
  complete = memchr (dataset->lazy->written + dataset->first, FALSE, dataset->n) == NULL;
  pthread_mutex_unlock (&dataset->lazy->mutex);
  return complete;
}

/* @missing: [n] samples of the data set, each once
 * @next: the first of them that no worker has taken; atomic */
typedef struct
{
  const NnDataset *dataset;
  guint32 *missing;
  gsize n, next;
} Job;

/* A worker takes one sample after another: another program may leave it little of its processor,
 * and then the others do more. */
static void
write_samples (Job *job)
{
  const NnDataset *dataset = job->dataset;
  const NnLazy *lazy = dataset->lazy;
  gsize i;

  while ((i = __atomic_fetch_add (&job->next, 1, __ATOMIC_RELAXED)) < job->n)
    lazy->klass->write (lazy->data, lazy->numbers[dataset->first + job->missing[i]],
                        dataset->pixels + (gsize) job->missing[i] * dataset->n_features);
}

static void
work (guint worker, gpointer data)
{
  write_samples (data);
}

void
nn_lazy_write (const NnDataset *dataset, const guint32 *indices, gsize n, NnPool *pool)
{
  g_autofree guint32 *missing = NULL;
  Job job = { .dataset = dataset };
  guint8 *written;

  if (dataset->lazy == NULL)
    return;
  job.missing = missing = g_new (guint32, n);
  written = dataset->lazy->written + dataset->first;
  pthread_mutex_lock (&dataset->lazy->mutex);
  for (gsize i = 0; i < n; i++)
    if (!written[indices[i]])
      {
        written[indices[i]] = TRUE;
        missing[job.n++] = indices[i];
      }
  if (pool != NULL && job.n > 1)
    nn_pool_run (pool, work, &job);
  else
    write_samples (&job);
  pthread_mutex_unlock (&dataset->lazy->mutex);
}

void
nn_lazy_complete (const NnDataset *dataset, NnPool *pool)
{
  g_autofree guint32 *all = NULL;

  if (nn_lazy_is_complete (dataset))
    return;
  all = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    all[i] = (guint32) i;
  nn_lazy_write (dataset, all, dataset->n, pool);
}
