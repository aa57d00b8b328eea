/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-bulk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-pool.h"
#include "nn-simd.h"

/* Samples of a minibatch. More are quicker to multiply, because OpenBLAS packs all weights for
 * every product; fewer let several workers share a small data set. */
#define MIN_CHUNK 64
#define MAX_CHUNK 512

typedef struct
{
  const NnNetwork *network;
  const NnDataset *dataset;
  const NnBulk *bulk;
  guint layer;
  gsize size;    /* of the layer's output */
  float *values; /* [n, size] */
  gsize chunk;
  /* Of all workers; atomic. */
  gsize next, n_done;
  gboolean stopped;
  /* Of the caller's worker. */
  GError *error;
} Job;

/* Whether to go on. */
static gboolean
report (Job *job)
{
  const gsize n_done = __atomic_load_n (&job->n_done, __ATOMIC_RELAXED);

  if (job->error == NULL && job->bulk->progress != NULL)
    job->bulk->progress (n_done, job->dataset->n, job->bulk->data, &job->error);
  return job->error == NULL;
}

static void
read_chunks (guint worker, gpointer data)
{
  Job *job = data;
  const NnDataset *dataset = job->dataset;
  const gsize size = job->size;
  NnTape *tape = nn_tape_new (&job->network->arch, job->chunk);
  float *x = nn_aligned_new0 (job->chunk * dataset->n_features); /* [chunk, n_features] */
  guint32 indices[MAX_CHUNK];
  guint8 labels[MAX_CHUNK];
  gsize first;

  while (!__atomic_load_n (&job->stopped, __ATOMIC_RELAXED) &&
         (first = __atomic_fetch_add (&job->next, job->chunk, __ATOMIC_RELAXED)) < dataset->n)
    {
      const gsize n = MIN (job->chunk, dataset->n - first);

      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_dataset_gather (dataset, indices, n, x, labels);
      nn_forward (job->network, tape, x, n);
      memcpy (job->values + first * size, nn_tape_get (tape, job->layer),
              n * size * sizeof (float));
      __atomic_add_fetch (&job->n_done, n, __ATOMIC_RELAXED);
      if (worker == 0 && !report (job))
        __atomic_store_n (&job->stopped, TRUE, __ATOMIC_RELAXED);
    }
  nn_tape_free (tape);
  nn_aligned_free (x);
}

float *
nn_bulk_logits (const NnNetwork *network,
                const NnDataset *dataset,
                const NnBulk *bulk,
                GError **error)
{
  return nn_bulk_activations (network, dataset, network->arch.n_layers - 1, bulk, error);
}

float *
nn_bulk_activations (const NnNetwork *network,
                     const NnDataset *dataset,
                     guint layer,
                     const NnBulk *bulk,
                     GError **error)
{
  static const NnBulk plain = { 0 };
  g_autoptr (NnPool) pool = NULL;
  Job job = { .network = network,
              .dataset = dataset,
              .bulk = bulk != NULL ? bulk : &plain,
              .layer = layer,
              .size = nn_shape_size (&network->shapes[layer + 1]) };
  gsize n_workers = job.bulk->n_workers > 0 ? job.bulk->n_workers : g_get_num_processors ();

  if (dataset->n_features != nn_architecture_n_inputs (&network->arch))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the network reads %u features and the data has %u"),
                   nn_architecture_n_inputs (&network->arch), dataset->n_features);
      return NULL;
    }
  job.chunk = CLAMP (dataset->n / 16 / MIN_CHUNK * MIN_CHUNK, MIN_CHUNK, MAX_CHUNK);
  job.values = g_new (float, MAX (dataset->n * job.size, 1));
  /* A thread without a minibatch has nothing to do. */
  n_workers = MIN (n_workers, MAX ((dataset->n + job.chunk - 1) / job.chunk, 1));
  pool = nn_pool_new ((guint) n_workers);
  nn_pool_run (pool, read_chunks, &job);
  /* Once more for the last ones, which another worker may have read. */
  if (report (&job))
    return job.values;
  g_propagate_error (error, job.error);
  g_free (job.values);
  return NULL;
}
