/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <string.h>

#include "nn-blas.h"

/* Samples measured at a time; a fixed number, so that sums come out the same whoever adds them. */
#define CHUNK 256

static void
scratch_init (NnTrainer *trainer)
{
  guint n_workers = nn_pool_get_n_workers (trainer->pool);
  guint widest = 0;

  if (trainer->scratch != NULL)
    return;
  for (guint l = 0; l < trainer->arch.n_layers; l++)
    widest = MAX (widest, trainer->layers[l].stride);
  trainer->scratch = g_new0 (NnMeasureScratch, n_workers);
  for (guint w = 0; w < n_workers; w++)
    {
      trainer->scratch[w].a[0] = nn_aligned_new0 ((gsize) CHUNK * widest);
      trainer->scratch[w].a[1] = nn_aligned_new0 ((gsize) CHUNK * widest);
      trainer->scratch[w].labels = g_new (guint8, CHUNK);
      if (!trainer->sparse)
        trainer->scratch[w].x = nn_aligned_new0 ((gsize) CHUNK * trainer->arch.widths[0]);
    }
}

/* The forward pass of samples [first, first + n), without dropout. Returns the logits [n, k]. */
static float *
forward_chunk (NnTrainer *trainer, NnMeasureScratch *scratch, gsize first, gsize n)
{
  const NnDataset *dataset = trainer->measured;
  guint n_layers = trainer->arch.n_layers, k = nn_architecture_n_classes (&trainer->arch);
  const float *x = scratch->x;
  gsize ldx = trainer->arch.widths[0];
  guint32 indices[CHUNK];
  float *z = NULL;

  for (gsize i = 0; i < n; i++)
    indices[i] = (guint32) (first + i);
  memcpy (scratch->labels, dataset->labels + first, n);
  if (!trainer->sparse)
    nn_dataset_gather (dataset, indices, n, scratch->x, scratch->labels);

  for (guint l = 0; l < n_layers; l++)
    {
      NnTrainerLayer *layer = &trainer->layers[l];

      z = scratch->a[l % 2];
      if (l == 0 && trainer->sparse)
        for (guint p = 0; p < trainer->panel_layout.n_panels; p++)
          nn_panel_forward (&trainer->panel_layout, trainer->params, p, trainer->measured_rows,
                            indices, 0, n, NULL, z);
      else
        {
          for (gsize i = 0; i < n; i++)
            memcpy (z + i * layer->stride, nn_trainer_bias (layer, trainer->params),
                    layer->n_out * sizeof (float));
          nn_sgemm (FALSE, TRUE, n, layer->n_out, layer->n_in, 1, x, ldx,
                    nn_trainer_weight (layer, trainer->params), layer->n_in, 1, z, layer->stride);
        }
      if (l + 1 < n_layers)
        for (gsize i = 0; i < n; i++)
          nn_activation_forward (trainer->arch.activation, z + i * layer->stride,
                                 z + i * layer->stride, layer->n_out);
      x = z;
      ldx = layer->stride;
    }

  for (gsize i = 0; i < n; i++)
    memmove (z + i * k, z + i * ldx, k * sizeof (float));
  return z;
}

static void
measure_worker (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  NnMeasureScratch *scratch = &trainer->scratch[worker];
  gsize n_chunks = (trainer->measured->n + CHUNK - 1) / CHUNK, first, last;

  nn_pool_share (trainer->pool, worker, n_chunks, &first, &last);
  for (gsize c = first; c < last; c++)
    {
      gsize n = MIN (CHUNK, trainer->measured->n - c * CHUNK);
      float *logits = forward_chunk (trainer, scratch, c * CHUNK, n);

      trainer->chunk_losses[c] =
          nn_loss_forward_backward (trainer->arch.loss, logits, scratch->labels, NULL, 0, NULL, n,
                                    nn_architecture_n_classes (&trainer->arch),
                                    &trainer->chunk_correct[c]);
    }
}

void
nn_trainer_measure (NnTrainer *trainer, const NnDataset *dataset, double *loss, double *accuracy)
{
  gsize n_chunks = (dataset->n + CHUNK - 1) / CHUNK;
  double total = 0;
  gsize correct = 0;

  g_return_if_fail (dataset->n_features == trainer->train->n_features);
  g_return_if_fail (!trainer->sparse || dataset->pixels != NULL);

  scratch_init (trainer);
  if (trainer->measured != dataset)
    {
      g_clear_pointer (&trainer->measured_rows, nn_sparse_rows_free);
      g_clear_pointer (&trainer->measured, nn_dataset_unref);
      trainer->measured = nn_dataset_ref ((NnDataset *) dataset);
      if (trainer->sparse)
        trainer->measured_rows =
            nn_sparse_rows_new (dataset->pixels, dataset->n, dataset->n_features);
      trainer->chunk_losses = g_renew (double, trainer->chunk_losses, n_chunks);
      trainer->chunk_correct = g_renew (gsize, trainer->chunk_correct, n_chunks);
    }

  nn_pool_run (trainer->pool, measure_worker, trainer);

  for (gsize c = 0; c < n_chunks; c++)
    {
      total += trainer->chunk_losses[c];
      correct += trainer->chunk_correct[c];
    }
  *loss = total / (double) dataset->n;
  *accuracy = (double) correct / (double) dataset->n;
}
