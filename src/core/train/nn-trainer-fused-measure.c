/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-blas.h"
#include "nn-trainer-fused.h"

void
nn_trainer_fused_measure_begin (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);
  guint widest = 0;

  g_clear_pointer (&fused->measured_rows, nn_sparse_rows_free);
  if (fused->sparse)
    fused->measured_rows = nn_sparse_rows_new (trainer->measured->pixels, trainer->measured->n,
                                               trainer->measured->n_features);
  if (fused->scratch != NULL)
    return;
  for (guint l = 0; l < fused->mlp.n_layers; l++)
    widest = MAX (widest, fused->layers[l].stride);
  fused->scratch = g_new0 (NnFusedScratch, n_workers);
  for (guint w = 0; w < n_workers; w++)
    {
      fused->scratch[w].a[0] = nn_aligned_new0 ((gsize) NN_MEASURE_CHUNK * widest);
      fused->scratch[w].a[1] = nn_aligned_new0 ((gsize) NN_MEASURE_CHUNK * widest);
      if (!fused->sparse)
        fused->scratch[w].x = nn_aligned_new0 ((gsize) NN_MEASURE_CHUNK * fused->mlp.widths[0]);
    }
}

void
nn_trainer_fused_measure_clear (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);

  for (guint w = 0; w < n_workers && fused->scratch != NULL; w++)
    {
      nn_aligned_free (fused->scratch[w].a[0]);
      nn_aligned_free (fused->scratch[w].a[1]);
      nn_aligned_free (fused->scratch[w].x);
    }
  g_clear_pointer (&fused->scratch, g_free);
  g_clear_pointer (&fused->measured_rows, nn_sparse_rows_free);
}

/* z = x W^T + b of layer @l; x has rows of @ldx. */
static void
forward_dense (NnTrainer *trainer, guint l, const float *x, gsize ldx, float *z, gsize n)
{
  const NnFusedLayer *layer = &trainer->fused->layers[l];

  for (gsize i = 0; i < n; i++)
    memcpy (z + i * layer->stride, nn_fused_bias (layer, trainer->params),
            layer->n_out * sizeof (float));
  nn_sgemm (FALSE, TRUE, n, layer->n_out, layer->n_in, 1, x, ldx,
            nn_fused_weight (layer, trainer->params), layer->n_in, 1, z, layer->stride);
}

float *
nn_trainer_fused_measure (NnTrainer *trainer, guint worker, gsize first, gsize n)
{
  NnTrainerFused *fused = trainer->fused;
  NnFusedScratch *scratch = &fused->scratch[worker];
  const guint n_layers = fused->mlp.n_layers, k = fused->mlp.widths[n_layers];
  const float *x = scratch->x;
  gsize ldx = fused->mlp.widths[0];
  guint32 indices[NN_MEASURE_CHUNK];
  guint8 labels[NN_MEASURE_CHUNK];
  float *z = NULL;

  for (gsize i = 0; i < n; i++)
    indices[i] = (guint32) (first + i);
  if (!fused->sparse)
    nn_dataset_gather (trainer->measured, indices, n, scratch->x, labels);
  for (guint l = 0; l < n_layers; l++)
    {
      const NnFusedLayer *layer = &fused->layers[l];

      z = scratch->a[l % 2];
      if (l == 0 && fused->sparse)
        for (guint p = 0; p < fused->panel_layout.n_panels; p++)
          nn_panel_forward (&fused->panel_layout, trainer->params, p, fused->measured_rows, indices,
                            0, n, NULL, z);
      else
        forward_dense (trainer, l, x, ldx, z, n);
      if (l + 1 < n_layers)
        for (gsize i = 0; i < n; i++)
          nn_activation_forward (fused->mlp.activation, z + i * layer->stride,
                                 z + i * layer->stride, layer->n_out);
      x = z;
      ldx = layer->stride;
    }
  for (gsize i = 0; i < n; i++)
    memmove (z + i * k, z + i * ldx, k * sizeof (float));
  return z;
}
