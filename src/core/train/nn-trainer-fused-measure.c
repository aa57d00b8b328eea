/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-fused.h"

/* The layers where they lie in the trainer's parameters. */
static NnMlpPass
get_pass (const NnTrainer *trainer)
{
  const NnTrainerFused *fused = trainer->fused;
  NnMlpPass pass = { .n_layers = fused->mlp.n_layers, .activation = fused->mlp.activation };

  for (guint l = 0; l < pass.n_layers; l++)
    {
      const NnFusedLayer *layer = &fused->layers[l];
      NnMlpLayer *to = &pass.layers[l];

      to->n_in = layer->n_in;
      to->n_out = layer->n_out;
      if (l == 0 && fused->sparse)
        {
          to->layout = &fused->panel_layout;
          to->panels = trainer->params;
        }
      else
        {
          to->weight = nn_fused_weight (layer, trainer->params);
          to->bias = nn_fused_bias (layer, trainer->params);
        }
    }
  return pass;
}

void
nn_trainer_fused_measure_begin (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);
  const NnMlpPass pass = get_pass (trainer);

  g_clear_pointer (&fused->measured_rows, nn_sparse_rows_free);
  if (fused->sparse)
    fused->measured_rows = nn_sparse_rows_new (trainer->measured->pixels, trainer->measured->n,
                                               trainer->measured->n_features);
  if (fused->scratch != NULL)
    return;
  fused->scratch = g_new0 (NnFusedScratch, n_workers);
  for (guint w = 0; w < n_workers; w++)
    {
      fused->scratch[w].mlp = nn_mlp_scratch_new (&pass, NN_MEASURE_CHUNK);
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
      nn_mlp_scratch_free (fused->scratch[w].mlp);
      nn_aligned_free (fused->scratch[w].x);
    }
  g_clear_pointer (&fused->scratch, g_free);
  g_clear_pointer (&fused->measured_rows, nn_sparse_rows_free);
}

float *
nn_trainer_fused_measure (NnTrainer *trainer, guint worker, gsize first, gsize n)
{
  const NnFusedScratch *scratch = &trainer->fused->scratch[worker];
  const NnMlpPass pass = get_pass (trainer);
  guint32 indices[NN_MEASURE_CHUNK];
  guint8 labels[NN_MEASURE_CHUNK];

  if (!trainer->fused->sparse)
    {
      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) (first + i);
      nn_dataset_gather (trainer->measured, indices, n, scratch->x, labels);
    }
  return nn_mlp_forward (&pass, scratch->mlp, trainer->fused->measured_rows, first, scratch->x, n);
}
