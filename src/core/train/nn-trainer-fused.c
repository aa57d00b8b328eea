/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-fused.h"

#include <string.h>

#include "nn-lazy.h"

/* Above this share of ink a dense product is quicker. */
#define SPARSE_BELOW 0.5
/* The samples that decide this are the first ones of the first epoch. They depend on the seed
 * alone, and a lazy data set need not compute all samples for them. */
#define DENSITY_SAMPLES ((gsize) 64)

void
nn_tiles_init (NnTiles *tiles, guint n, guint size)
{
  guint count = (n + size - 1) / size;

  if (count > 1 && count % 2 == 1)
    count++;
  count = CLAMP (count, 1, NN_MAX_TILES);
  tiles->n = count;
  for (guint i = 0; i <= count; i++)
    tiles->start[i] = i == count ? n : (guint) ((guint64) n * i / count) / 8 * 8;
}

/* Whole panels, for that is how the first layer's weights lie. */
static void
tiles_init_panels (NnTiles *tiles, const NnPanelLayout *layout)
{
  tiles->n = MIN (layout->n_panels, NN_MAX_TILES);
  for (guint i = 0; i <= tiles->n; i++)
    tiles->start[i] = MIN (layout->n_panels * i / tiles->n * NN_PANEL_WIDTH, layout->n_out);
}

static void
layer_init (NnTrainer *trainer, guint l)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];
  gboolean is_output = l + 1 == trainer->fused->mlp.n_layers;
  gsize batch = trainer->config.batch_size;

  layer->n_in = trainer->fused->mlp.widths[l];
  layer->n_out = trainer->fused->mlp.widths[l + 1];
  layer->stride = (layer->n_out + 15) / 16 * 16;
  layer->offset = trainer->fused->block_size;
  layer->size = l == 0 && trainer->fused->sparse ? trainer->fused->panel_layout.size :
                                                   (gsize) layer->n_out * (layer->n_in + 1);
  /* Rounded up so that every layer's block starts at a cache line. */
  trainer->fused->block_size += (layer->size + 15) / 16 * 16;
  if (l == 0 && trainer->fused->sparse)
    tiles_init_panels (&layer->units, &trainer->fused->panel_layout);
  else
    nn_tiles_init (&layer->units, layer->n_out, 96);
  nn_tiles_init (&layer->inputs, layer->n_in, 96);
  layer->z = nn_aligned_new0 (batch * layer->stride);
  layer->f = is_output ? layer->z : nn_aligned_new0 (batch * layer->stride);
  layer->a = layer->f;
  layer->dz = nn_aligned_new0 (batch * layer->stride);
  if (!is_output && trainer->fused->mlp.dropout > 0)
    {
      layer->mask = nn_aligned_new0 (batch * layer->stride);
      layer->a = nn_aligned_new0 (batch * layer->stride);
    }
}

/* Columns that no sample has ink in need no update, if the optimiser then leaves a weight as it
 * is. */
static void
find_active_columns (NnTrainer *trainer)
{
  guint n_columns = trainer->fused->rows->n_columns;
  g_autofree gboolean *seen = g_new0 (gboolean, n_columns);
  gsize n_entries = trainer->fused->rows->end[trainer->fused->rows->n_rows - 1];

  for (gsize k = 0; k < n_entries; k++)
    seen[trainer->fused->rows->column[k]] = TRUE;
  trainer->fused->n_active = 0;
  for (guint j = 0; j < n_columns; j++)
    if (seen[j] || !nn_optimizer_rests_at_zero (&trainer->config))
      trainer->fused->active[trainer->fused->n_active++] = j;
}

/* The whole data set as rows, once all of its pixels are there. */
static void
make_rows (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;

  fused->rows =
      nn_sparse_rows_new (trainer->train->pixels, trainer->train->n, trainer->train->n_features);
  find_active_columns (trainer);
  g_clear_pointer (&fused->view_rows, nn_sparse_rows_free);
  g_clear_pointer (&fused->view_indices, g_free);
}

static void
init_sparse (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;
  const gsize batch = trainer->config.batch_size;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);
  const guint n_features = trainer->train->n_features;

  nn_panel_layout_init (&fused->panel_layout, fused->mlp.widths[0], fused->mlp.widths[1]);
  fused->columns = g_new (NnSparseColumns *, n_workers);
  for (guint w = 0; w < n_workers; w++)
    fused->columns[w] = nn_sparse_columns_new (n_features, batch);
  fused->active = g_new (guint32, n_features);
  if (trainer->is_complete && trainer->augmenters == NULL)
    {
      make_rows (trainer);
      return;
    }
  /* Any column may be inked in the next minibatch. */
  fused->n_active = n_features;
  for (guint j = 0; j < n_features; j++)
    fused->active[j] = j;
  fused->view_rows = nn_sparse_rows_new_empty (batch, n_features);
  fused->view_indices = g_new (guint32, batch);
  for (gsize i = 0; i < batch; i++)
    fused->view_indices[i] = (guint32) i;
}

static gboolean
is_sparse (NnTrainer *trainer)
{
  const NnDataset *train = trainer->train;
  const gsize n = MIN (trainer->sampler->n, DENSITY_SAMPLES);
  double density = 0;

  if (train->pixels == NULL)
    return FALSE;
  nn_sampler_set_epoch (trainer->sampler, 0);
  nn_lazy_write (train, trainer->sampler->indices, n, trainer->pool);
  for (gsize i = 0; i < n; i++)
    density +=
        nn_sparse_density (train->pixels + (gsize) trainer->sampler->indices[i] * train->n_features,
                           train->n_features);
  return density / (double) n < SPARSE_BELOW;
}

static void
init (NnTrainer *trainer)
{
  NnTrainerFused *fused = g_new0 (NnTrainerFused, 1);
  const gsize batch = trainer->config.batch_size;
  guint n_layers;

  trainer->fused = fused;
  if (!nn_architecture_get_mlp (&trainer->arch, &fused->mlp))
    g_assert_not_reached ();
  n_layers = fused->mlp.n_layers;
  fused->sparse = is_sparse (trainer);
  if (fused->sparse)
    init_sparse (trainer);
  else
    fused->x = nn_aligned_new0 (batch * trainer->train->n_features);
  for (guint l = 0; l < n_layers; l++)
    layer_init (trainer, l);
  if (n_layers > 1)
    fused->partial = nn_aligned_new0 ((gsize) fused->layers[n_layers - 2].units.n * batch *
                                      fused->layers[n_layers - 1].stride);
  fused->losses = g_new0 (double, NN_MAX_TILES);
  fused->correct = g_new0 (gsize, NN_MAX_TILES);
  fused->gradients = nn_aligned_new0 (fused->block_size);
  trainer->params = nn_aligned_new0 (fused->block_size);
  if (nn_optimizer_has_first (trainer->config.optimizer))
    trainer->first_moment = nn_aligned_new0 (fused->block_size);
  if (nn_optimizer_has_second (trainer->config.optimizer))
    trainer->second_moment = nn_aligned_new0 (fused->block_size);
}

static void
begin (NnTrainer *trainer)
{
  const NnTrainerFused *fused = trainer->fused;
  const guint n_rows = (guint) trainer->n_rows;

  if (fused->sparse && fused->rows == NULL && trainer->is_complete && trainer->augmenters == NULL)
    make_rows (trainer);
  nn_tiles_init (&trainer->fused->samples, n_rows, CLAMP (n_rows / 2, 16, 64));
}

static void
layer_clear (NnFusedLayer *layer)
{
  nn_aligned_free (layer->z);
  if (layer->a != layer->f)
    nn_aligned_free (layer->a);
  if (layer->f != layer->z)
    nn_aligned_free (layer->f);
  nn_aligned_free (layer->dz);
  nn_aligned_free (layer->mask);
}

static void
clear (NnTrainer *trainer)
{
  NnTrainerFused *fused = trainer->fused;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);

  nn_trainer_fused_measure_clear (trainer);
  for (guint l = 0; l < fused->mlp.n_layers; l++)
    layer_clear (&fused->layers[l]);
  nn_aligned_free (fused->partial);
  nn_aligned_free (fused->gradients);
  nn_aligned_free (fused->x);
  for (guint w = 0; w < n_workers && fused->columns != NULL; w++)
    nn_sparse_columns_free (fused->columns[w]);
  g_clear_pointer (&fused->rows, nn_sparse_rows_free);
  g_clear_pointer (&fused->view_rows, nn_sparse_rows_free);
  g_free (fused->view_indices);
  g_free (fused->columns);
  g_free (fused->active);
  g_free (fused->losses);
  g_free (fused->correct);
  g_clear_pointer (&trainer->fused, g_free);
}

static const float *
get_weights (const NnTrainer *trainer, const float *block, guint w, float *buffer)
{
  const NnTrainerFused *fused = trainer->fused;

  if (w > 0 || !fused->sparse)
    return block + fused->layers[w].offset;
  nn_panel_unpack (&fused->panel_layout, block, buffer,
                   buffer + (gsize) fused->layers[0].n_in * fused->layers[0].n_out);
  return buffer;
}

static void
set_weights (const NnTrainer *trainer, float *block, guint w, const float *values)
{
  const NnTrainerFused *fused = trainer->fused;
  const NnFusedLayer *layer = &fused->layers[w];

  if (w > 0 || !fused->sparse)
    memcpy (block + layer->offset, values, layer->size * sizeof (float));
  else
    nn_panel_pack (&fused->panel_layout, values, values + (gsize) layer->n_in * layer->n_out,
                   block);
}

const NnTrainerPlan nn_trainer_plan_fused = {
  .name = "fused",
  .init = init,
  .clear = clear,
  .begin = begin,
  .step = nn_trainer_fused_step,
  .measure_begin = nn_trainer_fused_measure_begin,
  .measure = nn_trainer_fused_measure,
  .get_weights = get_weights,
  .set_weights = set_weights,
};
