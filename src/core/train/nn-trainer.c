/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <math.h>
#include <string.h>

/* Above this share of ink a dense product is quicker. */
#define SPARSE_BELOW 0.5

/* The purpose of a random stream of the run; nn-sampler.c has the other. */
#define STREAM_INIT 1

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
  NnTrainerLayer *layer = &trainer->layers[l];
  gboolean is_output = l + 1 == trainer->arch.n_layers;
  gsize batch = trainer->config.batch_size;

  layer->n_in = trainer->arch.widths[l];
  layer->n_out = trainer->arch.widths[l + 1];
  layer->stride = (layer->n_out + 15) / 16 * 16;
  layer->offset = trainer->n_params;
  layer->size = l == 0 && trainer->sparse ? trainer->panel_layout.size :
                                            (gsize) layer->n_out * (layer->n_in + 1);
  /* Rounded up so that every layer's block starts at a cache line. */
  trainer->n_params += (layer->size + 15) / 16 * 16;
  if (l == 0 && trainer->sparse)
    tiles_init_panels (&layer->units, &trainer->panel_layout);
  else
    nn_tiles_init (&layer->units, layer->n_out, 96);
  nn_tiles_init (&layer->inputs, layer->n_in, 96);
  layer->z = nn_aligned_new0 (batch * layer->stride);
  layer->f = is_output ? layer->z : nn_aligned_new0 (batch * layer->stride);
  layer->a = layer->f;
  layer->dz = nn_aligned_new0 (batch * layer->stride);
  if (!is_output && trainer->config.dropout > 0)
    {
      layer->mask = nn_aligned_new0 (batch * layer->stride);
      layer->a = nn_aligned_new0 (batch * layer->stride);
    }
}

static void
find_active_columns (NnTrainer *trainer)
{
  guint n_columns = trainer->rows->n_columns;
  g_autofree gboolean *seen = g_new0 (gboolean, n_columns);
  gsize n_entries = trainer->rows->end[trainer->rows->n_rows - 1];

  for (gsize k = 0; k < n_entries; k++)
    seen[trainer->rows->column[k]] = TRUE;
  trainer->active = g_new (guint32, n_columns);
  for (guint j = 0; j < n_columns; j++)
    if (seen[j] || nn_augment_is_on (&trainer->config.augment) ||
        !nn_optimizer_rests_at_zero (&trainer->config))
      trainer->active[trainer->n_active++] = j;
}

static void
init_params (NnTrainer *trainer)
{
  g_autoptr (NnNetwork) network = nn_network_new (&trainer->arch, NULL);
  NnRandom random;

  nn_random_init_stream (&random, trainer->config.seed, STREAM_INIT, 0);
  nn_network_init (network, trainer->config.init, &random);
  nn_trainer_pack (trainer, network->params, trainer->params);
}

NnTrainer *
nn_trainer_new (const NnTrainConfig *config, NnDataset *train, GError **error)
{
  NnArchitecture arch;
  NnTrainer *trainer;
  guint n_workers;
  gsize batch;

  if (!nn_train_config_validate (config, error))
    return NULL;
  nn_train_config_architecture (config, train->n_features, train->n_classes, &arch);
  if (!nn_architecture_validate (&arch, error))
    return NULL;
  if (nn_augment_is_on (&config->augment) &&
      (train->pixels == NULL || train->width == 0 || train->width > NN_AUGMENTER_MAX_SIDE ||
       train->height > NN_AUGMENTER_MAX_SIDE))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   "augmentation needs images of at most %d pixels a side, and these data are none",
                   NN_AUGMENTER_MAX_SIDE);
      return NULL;
    }
  for (gsize i = 0; i < train->n; i++)
    if (train->labels[i] >= train->n_classes)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                     "sample %" G_GSIZE_FORMAT " has label %u of %u classes", i, train->labels[i],
                     train->n_classes);
        return NULL;
      }

  trainer = g_new0 (NnTrainer, 1);
  trainer->config = *config;
  trainer->arch = arch;
  trainer->train = nn_dataset_ref (train);
  trainer->learning_rate_scale = 1;
  trainer->sampler = nn_sampler_new (train, config->balance, config->seed);
  trainer->config.batch_size = (guint) MIN (config->batch_size, trainer->sampler->n);
  batch = trainer->config.batch_size;
  trainer->steps_per_epoch = (trainer->sampler->n + batch - 1) / batch;
  trainer->pool = nn_pool_new (config->threads);
  n_workers = nn_pool_get_n_workers (trainer->pool);

  trainer->sparse = train->pixels != NULL &&
                    nn_sparse_density (train->pixels, train->n * train->n_features) < SPARSE_BELOW;
  if (trainer->sparse)
    {
      nn_panel_layout_init (&trainer->panel_layout, arch.widths[0], arch.widths[1]);
      trainer->rows = nn_sparse_rows_new (train->pixels, train->n, train->n_features);
      trainer->columns = g_new (NnSparseColumns *, n_workers);
      for (guint w = 0; w < n_workers; w++)
        trainer->columns[w] = nn_sparse_columns_new (train->n_features, batch);
      find_active_columns (trainer);
    }
  else
    trainer->x = nn_aligned_new0 (batch * train->n_features);

  if (nn_augment_is_on (&config->augment))
    nn_trainer_augment_init (trainer);

  for (guint l = 0; l < arch.n_layers; l++)
    layer_init (trainer, l);
  if (arch.n_layers > 1)
    trainer->partial = nn_aligned_new0 ((gsize) trainer->layers[arch.n_layers - 2].units.n * batch *
                                        trainer->layers[arch.n_layers - 1].stride);
  trainer->params = nn_aligned_new0 (trainer->n_params);
  trainer->gradients = nn_aligned_new0 (trainer->n_params);
  if (nn_optimizer_has_first (config->optimizer))
    trainer->first_moment = nn_aligned_new0 (trainer->n_params);
  if (nn_optimizer_has_second (config->optimizer))
    trainer->second_moment = nn_aligned_new0 (trainer->n_params);
  init_params (trainer);

  trainer->labels = g_new0 (guint8, batch);
  trainer->losses = g_new0 (double, NN_MAX_TILES);
  trainer->correct = g_new0 (gsize, NN_MAX_TILES);
  if (config->balance == NN_BALANCE_WEIGHTS)
    {
      trainer->class_weights = nn_sampler_class_weights (train);
      trainer->sample_weights = g_new0 (float, batch);
    }
  return trainer;
}

void
nn_trainer_free (NnTrainer *trainer)
{
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);

  nn_pool_free (trainer->pool);
  for (guint l = 0; l < trainer->arch.n_layers; l++)
    {
      NnTrainerLayer *layer = &trainer->layers[l];

      nn_aligned_free (layer->z);
      if (layer->a != layer->f)
        nn_aligned_free (layer->a);
      if (layer->f != layer->z)
        nn_aligned_free (layer->f);
      nn_aligned_free (layer->dz);
      nn_aligned_free (layer->mask);
    }
  nn_aligned_free (trainer->partial);
  nn_aligned_free (trainer->params);
  nn_aligned_free (trainer->gradients);
  nn_aligned_free (trainer->first_moment);
  nn_aligned_free (trainer->second_moment);
  nn_aligned_free (trainer->x);
  nn_trainer_augment_clear (trainer);
  for (guint w = 0; w < n_workers && trainer->columns != NULL; w++)
    nn_sparse_columns_free (trainer->columns[w]);
  for (guint w = 0; w < n_workers && trainer->scratch != NULL; w++)
    {
      nn_aligned_free (trainer->scratch[w].a[0]);
      nn_aligned_free (trainer->scratch[w].a[1]);
      nn_aligned_free (trainer->scratch[w].x);
      g_free (trainer->scratch[w].labels);
    }
  g_clear_pointer (&trainer->rows, nn_sparse_rows_free);
  g_clear_pointer (&trainer->measured_rows, nn_sparse_rows_free);
  g_clear_pointer (&trainer->measured, nn_dataset_unref);
  g_free (trainer->columns);
  g_free (trainer->active);
  g_free (trainer->scratch);
  g_free (trainer->chunk_losses);
  g_free (trainer->chunk_correct);
  g_free (trainer->labels);
  g_free (trainer->losses);
  g_free (trainer->correct);
  g_free (trainer->class_weights);
  g_free (trainer->sample_weights);
  nn_sampler_free (trainer->sampler);
  nn_dataset_unref (trainer->train);
  g_free (trainer);
}

const NnTrainConfig *
nn_trainer_get_config (const NnTrainer *trainer)
{
  return &trainer->config;
}

const NnArchitecture *
nn_trainer_get_architecture (const NnTrainer *trainer)
{
  return &trainer->arch;
}

guint64
nn_trainer_get_steps_per_epoch (const NnTrainer *trainer)
{
  return trainer->steps_per_epoch;
}

guint64
nn_trainer_get_step (const NnTrainer *trainer)
{
  return trainer->step;
}

void
nn_trainer_set_learning_rate_scale (NnTrainer *trainer, double scale)
{
  g_return_if_fail (isfinite (scale) && scale >= 0);

  trainer->learning_rate_scale = scale;
}

void
nn_trainer_unpack (const NnTrainer *trainer, const float *block, float *canonical)
{
  NnLayer views[NN_MAX_LAYERS];

  nn_architecture_layers (&trainer->arch, canonical, views);
  for (guint l = 0; l < trainer->arch.n_layers; l++)
    if (l == 0 && trainer->sparse)
      nn_panel_unpack (&trainer->panel_layout, block, views[0].weight, views[0].bias);
    else
      memcpy (views[l].weight, block + trainer->layers[l].offset,
              trainer->layers[l].size * sizeof (float));
}

void
nn_trainer_pack (const NnTrainer *trainer, const float *canonical, float *block)
{
  NnLayer views[NN_MAX_LAYERS];

  nn_architecture_layers (&trainer->arch, (float *) canonical, views);
  for (guint l = 0; l < trainer->arch.n_layers; l++)
    if (l == 0 && trainer->sparse)
      nn_panel_pack (&trainer->panel_layout, views[0].weight, views[0].bias, block);
    else
      memcpy (block + trainer->layers[l].offset, views[l].weight,
              trainer->layers[l].size * sizeof (float));
}

NnNetwork *
nn_trainer_snapshot (NnTrainer *trainer)
{
  NnNetwork *network = nn_network_new (&trainer->arch, NULL);

  nn_trainer_unpack (trainer, trainer->params, network->params);
  return network;
}

gboolean
nn_trainer_set_network (NnTrainer *trainer, const NnNetwork *network, GError **error)
{
  if (!nn_architecture_equal (&trainer->arch, &network->arch))
    {
      g_autofree char *mine = nn_architecture_to_string (&trainer->arch);
      g_autofree char *theirs = nn_architecture_to_string (&network->arch);

      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   "a network %s cannot begin with the weights of one that is %s, or that has "
                   "other "
                   "activations or another loss",
                   mine, theirs);
      return FALSE;
    }
  nn_trainer_pack (trainer, network->params, trainer->params);
  return TRUE;
}
