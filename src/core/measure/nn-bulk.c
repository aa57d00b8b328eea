/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-bulk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-lazy.h"
#include "nn-mlp-forward.h"
#include "nn-pool.h"
#include "nn-quantized-forward.h"
#include "nn-sparse.h"

/* Bounds of the minibatch. Large minibatches multiply faster, because OpenBLAS packs all weights
 * for every product. Small ones let several workers share a small data set. */
#define MIN_CHUNK 64
#define MAX_CHUNK 512
/* The first minibatches are small, so that the caller has the first values soon. */
#define FIRST_CHUNK 128
#define N_FIRST_CHUNKS 8

/* nn_mlp_forward() needs the weights in panels. This is worth the time from this number of
 * samples on, and below this share of pixels with ink. */
#define MLP_MIN_SAMPLES 256
#define MLP_MAX_DENSITY 0.5
/* Number of samples from which the density of all is estimated. */
#define DENSITY_SAMPLES 1024

typedef struct
{
  const NnNetwork *network;
  const NnDataset *dataset;
  const NnBulk *bulk;
  guint layer;
  gsize size;    /* of the layer's output */
  float *values; /* [n, size] */
  gsize chunk;   /* size of a minibatch after the first @n_small ones of FIRST_CHUNK samples */
  gsize n_small;
  NnPool *pool;
  /* For nn_mlp_forward(); n_layers is 0 if nn_forward() is used. */
  NnMlpPass mlp;
  NnPanelLayout layouts[NN_MAX_DENSE];
  float *panels[NN_MAX_DENSE];
  const NnQuantized *quantized; /* NULL if float32 is used */
  /* Shared by all workers; atomic. */
  gsize next, n_done; /* numbers of minibatches and of samples */
  guint next_panels;
  gboolean stopped;
  guint8 *ready; /* for each minibatch whether its values are there */
  /* Used by the caller's worker alone. */
  guint8 *given; /* for each minibatch whether it was given to NnBulk's part */
  GError *error;
} Job;

/* Prepares nn_mlp_forward(), if the network and the data allow it. */
static void
mlp_init (Job *job)
{
  const NnDataset *dataset = job->dataset;
  NnMlp mlp;
  guint period;

  if (dataset->pixels == NULL || dataset->n < MLP_MIN_SAMPLES ||
      !nn_architecture_get_mlp (&job->network->arch, &mlp) ||
      nn_sparse_density (dataset->pixels, MIN (dataset->n, DENSITY_SAMPLES) * dataset->n_features) >
          MLP_MAX_DENSITY)
    return;
  /* Dense, activation and optional dropout, which does nothing here. */
  period = mlp.dropout > 0 ? 3 : 2;
  job->mlp = (NnMlpPass){ .n_layers = job->layer / period + 1,
                          .activation = mlp.activation,
                          .activate_last = job->layer % period > 0 };
  for (guint l = 0; l < job->mlp.n_layers; l++)
    {
      const NnWeights *weights = &job->network->weights[l];

      job->mlp.layers[l] = (NnMlpLayer){ .n_in = weights->n_in,
                                         .n_out = weights->n_out,
                                         .weight = weights->weight,
                                         .bias = weights->bias };
      /* Only ReLU gives zeros. */
      if (l > 0 && mlp.activation != NN_ACTIVATION_RELU)
        continue;
      nn_panel_layout_init (&job->layouts[l], weights->n_in, weights->n_out);
      job->panels[l] = nn_aligned_new0 (job->layouts[l].size);
      job->mlp.layers[l].layout = &job->layouts[l];
      job->mlp.layers[l].panels = job->panels[l];
    }
}

static void
mlp_clear (Job *job)
{
  for (guint l = 0; l < job->mlp.n_layers; l++)
    nn_aligned_free (job->panels[l]);
}

/* The sizes depend on the number of samples alone. */
static void
set_chunks (Job *job)
{
  job->chunk = CLAMP (job->dataset->n / 16 / MIN_CHUNK * MIN_CHUNK, MIN_CHUNK, MAX_CHUNK);
  job->n_small = job->chunk > FIRST_CHUNK ? N_FIRST_CHUNKS : 0;
}

static gsize
count_chunks (const Job *job)
{
  const gsize n = job->dataset->n - job->n_small * FIRST_CHUNK;

  return job->n_small + (n + job->chunk - 1) / job->chunk;
}

/* The samples of a minibatch. */
static void
get_chunk (const Job *job, gsize i, gsize *first, gsize *n)
{
  const gsize size = i < job->n_small ? FIRST_CHUNK : job->chunk;

  *first = i < job->n_small ? i * size : job->n_small * FIRST_CHUNK + (i - job->n_small) * size;
  *n = MIN (size, job->dataset->n - *first);
}

/* Gives the caller the minibatches that were read since the last time. */
static void
give_parts (Job *job)
{
  const gsize n_chunks = count_chunks (job);

  for (gsize i = 0; i < n_chunks; i++)
    {
      gsize first, n;

      if (job->given[i] || !__atomic_load_n (&job->ready[i], __ATOMIC_ACQUIRE))
        continue;
      job->given[i] = TRUE;
      get_chunk (job, i, &first, &n);
      job->bulk->part (first, n, job->values + first * job->size, job->bulk->data);
    }
}

/* Reports the progress; returns whether to continue. */
static gboolean
report (Job *job)
{
  const gsize n_done = __atomic_load_n (&job->n_done, __ATOMIC_RELAXED);

  if (job->error == NULL && job->bulk->part != NULL)
    give_parts (job);
  if (job->error == NULL && job->bulk->progress != NULL)
    job->bulk->progress (n_done, job->dataset->n, job->bulk->data, &job->error);
  return job->error == NULL;
}

/* Takes the next minibatch, number @i; %FALSE if there is none left. */
static gboolean
take_chunk (Job *job, gsize *i, gsize *first, gsize *n)
{
  if (__atomic_load_n (&job->stopped, __ATOMIC_RELAXED))
    return FALSE;
  *i = __atomic_fetch_add (&job->next, 1, __ATOMIC_RELAXED);
  if (*i >= count_chunks (job))
    return FALSE;
  get_chunk (job, *i, first, n);
  return TRUE;
}

static void
put_chunk (Job *job, guint worker, gsize i, const float *values)
{
  gsize first, n;

  get_chunk (job, i, &first, &n);
  memcpy (job->values + first * job->size, values, n * job->size * sizeof (float));
  __atomic_store_n (&job->ready[i], TRUE, __ATOMIC_RELEASE);
  __atomic_add_fetch (&job->n_done, n, __ATOMIC_RELAXED);
  if (worker == 0 && !report (job))
    __atomic_store_n (&job->stopped, TRUE, __ATOMIC_RELAXED);
}

static void
read_chunks (guint worker, gpointer data)
{
  Job *job = data;
  const NnDataset *dataset = job->dataset;
  const gboolean logits = job->layer + 1 == job->network->arch.n_layers;
  NnTape *tape = logits ? nn_tape_new_fused (&job->network->arch, job->chunk) :
                          nn_tape_new (&job->network->arch, job->chunk);
  float *x = nn_aligned_new0 (job->chunk * dataset->n_features); /* [chunk, n_features] */
  guint32 indices[MAX_CHUNK];
  guint8 labels[MAX_CHUNK];
  gsize chunk, first, n;

  nn_tape_set_network (tape, job->network);
  while (take_chunk (job, &chunk, &first, &n))
    {
      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_dataset_gather (dataset, indices, n, x, labels);
      nn_forward (job->network, tape, x, n);
      put_chunk (job, worker, chunk, nn_tape_get (tape, job->layer));
    }
  nn_tape_free (tape);
  nn_aligned_free (x);
}

static void
read_chunks_mlp (guint worker, gpointer data)
{
  Job *job = data;
  const NnDataset *dataset = job->dataset;
  NnMlpScratch *scratch = nn_mlp_scratch_new (&job->mlp, job->chunk);
  gsize chunk, first, n;
  guint l;

  while ((l = __atomic_fetch_add (&job->next_panels, 1, __ATOMIC_RELAXED)) < job->mlp.n_layers)
    if (job->panels[l] != NULL)
      nn_panel_pack (&job->layouts[l], job->mlp.layers[l].weight, job->mlp.layers[l].bias,
                     job->panels[l]);
  nn_pool_barrier (job->pool);
  while (take_chunk (job, &chunk, &first, &n))
    {
      NnSparseRows *rows = nn_sparse_rows_new (dataset->pixels + first * dataset->n_features, n,
                                               dataset->n_features);

      put_chunk (job, worker, chunk, nn_mlp_forward (&job->mlp, scratch, rows, 0, NULL, n));
      nn_sparse_rows_free (rows);
    }
  nn_mlp_scratch_free (scratch);
}

static void
read_chunks_quantized (guint worker, gpointer data)
{
  Job *job = data;
  const NnDataset *dataset = job->dataset;
  const gboolean bytes = dataset->pixels != NULL && nn_quantized_reads_pixels (job->quantized);
  g_autoptr (NnQuantizedScratch) scratch =
      nn_quantized_scratch_new (job->quantized, job->chunk, nn_int8_kernel ());
  float *x = bytes ? NULL : nn_aligned_new0 (job->chunk * dataset->n_features);
  gsize chunk, first, n;

  while (take_chunk (job, &chunk, &first, &n))
    {
      for (gsize i = 0; !bytes && i < n; i++)
        nn_dataset_get (dataset, first + i, x + i * dataset->n_features);
      put_chunk (job, worker, chunk,
                 bytes ?
                     nn_quantized_forward_bytes (scratch,
                                                 dataset->pixels + first * dataset->n_features, n) :
                     nn_quantized_forward (scratch, x, n));
    }
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
  nn_lazy_complete (dataset, NULL);
  set_chunks (&job);
  job.values = g_new (float, MAX (dataset->n * job.size, 1));
  job.ready = g_new0 (guint8, count_chunks (&job));
  job.given = g_new0 (guint8, count_chunks (&job));
  /* There is no use for more threads than minibatches. */
  n_workers = MIN (n_workers, MAX (count_chunks (&job), 1));
  if (layer + 1 == network->arch.n_layers)
    job.quantized = network->quantized;
  if (job.quantized == NULL)
    mlp_init (&job);
  job.pool = nn_pool_new ((guint) n_workers);
  nn_pool_run (job.pool,
               job.quantized != NULL ? read_chunks_quantized :
               job.mlp.n_layers > 0  ? read_chunks_mlp :
                                       read_chunks,
               &job);
  nn_pool_free (job.pool);
  mlp_clear (&job);
  /* Report again, because another worker may have read the last minibatches. */
  report (&job);
  g_free (job.ready);
  g_free (job.given);
  if (job.error == NULL)
    return job.values;
  g_propagate_error (error, job.error);
  g_free (job.values);
  return NULL;
}
