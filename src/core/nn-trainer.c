/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-dropout.h"

/* Above this share of ink a dense product is quicker. */
#define SPARSE_BELOW 0.5

/* The purpose of a random stream of the run; nn-order.c has the other. */
#define STREAM_INIT 1

/* Cuts n things into tiles of about @size, at multiples of 8 where there are that many; an even
 * number of tiles where there is more than one, for most machines have an even number of
 * processors. */
static void
tiles_init (NnTiles *tiles, guint n, guint size)
{
  guint count = (n + size - 1) / size;

  if (count > 1 && count % 2 == 1)
    count++;
  count = CLAMP (count, 1, NN_MAX_TILES);
  tiles->n = count;
  for (guint i = 0; i <= count; i++)
    tiles->start[i] = i == count ? n : (guint) ((guint64) n * i / count) / 8 * 8;
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
  tiles_init (&layer->units, layer->n_out, 96);
  tiles_init (&layer->inputs, layer->n_in, 96);
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
  trainer->order = nn_order_new (train, config->balance, config->seed);
  trainer->config.batch_size = (guint) MIN (config->batch_size, trainer->order->n);
  batch = trainer->config.batch_size;
  trainer->steps_per_epoch = (trainer->order->n + batch - 1) / batch;
  trainer->pool = nn_pool_new (config->threads);

  trainer->sparse = train->pixels != NULL && nn_sparse_density (train) < SPARSE_BELOW;
  if (trainer->sparse)
    {
      nn_panel_layout_init (&trainer->panel_layout, arch.widths[0], arch.widths[1]);
      trainer->rows = nn_sparse_rows_new (train);
      trainer->columns = nn_sparse_columns_new (train->n_features, batch);
      find_active_columns (trainer);
    }
  else
    trainer->x = nn_aligned_new0 (batch * train->n_features);

  if (nn_augment_is_on (&config->augment))
    nn_trainer_augment_init (trainer);

  for (guint l = 0; l < arch.n_layers; l++)
    layer_init (trainer, l);
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
      trainer->class_weights = nn_order_class_weights (train);
      trainer->sample_weights = g_new0 (float, batch);
    }
  return trainer;
}

void
nn_trainer_free (NnTrainer *trainer)
{
  guint n_workers = nn_pool_get_n_workers (trainer->pool);

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
  nn_aligned_free (trainer->params);
  nn_aligned_free (trainer->gradients);
  nn_aligned_free (trainer->first_moment);
  nn_aligned_free (trainer->second_moment);
  nn_aligned_free (trainer->x);
  nn_trainer_augment_clear (trainer);
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
  g_clear_pointer (&trainer->columns, nn_sparse_columns_free);
  g_free (trainer->active);
  g_free (trainer->scratch);
  g_free (trainer->chunk_losses);
  g_free (trainer->chunk_correct);
  g_free (trainer->labels);
  g_free (trainer->losses);
  g_free (trainer->correct);
  g_free (trainer->class_weights);
  g_free (trainer->sample_weights);
  nn_order_free (trainer->order);
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

/* --- the step, seen by one worker ------------------------------------------------------------ */

/* Which tiles are whose: neighbours stay with one worker, and the same ones in every step. */
static void
share_tiles (
    const NnTrainer *trainer, guint worker, const NnTiles *tiles, guint *first, guint *last)
{
  gsize f, l;

  nn_pool_share (trainer->pool, worker, tiles->n, &f, &l);
  *first = (guint) f;
  *last = (guint) l;
}

/* The minibatch of this step for a sparse first layer: samples of the data set, or their looks. */
static const NnSparseRows *
step_rows (const NnTrainer *trainer, const guint32 **indices)
{
  *indices = trainer->augmenters != NULL ? trainer->look_indices : trainer->indices;
  return trainer->augmenters != NULL ? trainer->look_rows : trainer->rows;
}

static void
gather (NnTrainer *trainer, guint worker)
{
  gsize first, last;

  nn_pool_share (trainer->pool, worker, trainer->n_rows, &first, &last);
  if (trainer->augmenters != NULL)
    nn_trainer_augment (trainer, worker, first, last);
  else if (!trainer->sparse)
    nn_dataset_gather (trainer->train, trainer->indices + first, last - first,
                       trainer->x + first * trainer->train->n_features, trainer->labels + first);
  for (gsize i = first; i < last; i++)
    trainer->labels[i] = trainer->train->labels[trainer->indices[i]];
  if (trainer->sample_weights != NULL)
    for (gsize i = first; i < last; i++)
      trainer->sample_weights[i] = trainer->class_weights[trainer->labels[i]];
}

static void
fill_columns (NnTrainer *trainer, guint worker)
{
  const gsize n_segments = (trainer->n_rows + NN_SPARSE_SEGMENT - 1) / NN_SPARSE_SEGMENT;
  const guint32 *indices;
  const NnSparseRows *rows = step_rows (trainer, &indices);
  gsize first, last;

  nn_pool_share (trainer->pool, worker, n_segments, &first, &last);
  nn_sparse_columns_fill (trainer->columns, rows, indices, trainer->n_rows,
                          indices + trainer->n_rows,
                          trainer->augmenters != NULL ? 0 : trainer->n_next, first, last);
}

/* a = dropout (f (z)) of units [c0, c1) in all rows; the output layer has neither. */
static void
activate (NnTrainer *trainer, guint l, guint c0, guint c1)
{
  NnTrainerLayer *layer = &trainer->layers[l];

  if (l + 1 == trainer->arch.n_layers)
    return;
  for (gsize i = 0; i < trainer->n_rows; i++)
    {
      gsize at = i * layer->stride + c0;

      nn_activation_forward (trainer->arch.activation, layer->z + at, layer->f + at, c1 - c0);
      if (layer->mask != NULL)
        {
          guint64 key = nn_dropout_key (trainer->config.seed, trainer->step, l, i);

          nn_dropout_mask (key, trainer->config.dropout, c0, c1 - c0, layer->mask + at);
          for (guint c = 0; c < c1 - c0; c++)
            layer->a[at + c] = layer->f[at + c] * layer->mask[at + c];
        }
    }
}

static void
forward_sparse (NnTrainer *trainer, guint worker)
{
  const NnPanelLayout *layout = &trainer->panel_layout;
  const guint32 *indices;
  const NnSparseRows *rows = step_rows (trainer, &indices);
  gsize first, last;

  fill_columns (trainer, worker);
  nn_pool_share (trainer->pool, worker, layout->n_panels, &first, &last);
  for (guint p = (guint) first; p < last; p++)
    {
      guint c0 = p * NN_PANEL_WIDTH;

      nn_panel_forward (layout, trainer->params, p, rows, indices, 0, trainer->n_rows,
                        trainer->layers[0].z);
      activate (trainer, 0, c0, c0 + nn_panel_width (layout, p));
    }
}

/* z = x W^T + b for rows [r0, r1) and units [u0, u1); x has rows of ldx. */
static void
forward_tile (
    NnTrainer *trainer, guint l, const float *x, gsize ldx, gsize r0, gsize r1, guint u0, guint u1)
{
  NnTrainerLayer *layer = &trainer->layers[l];
  const float *weight = nn_trainer_weight (layer, trainer->params);
  const float *bias = nn_trainer_bias (layer, trainer->params);
  float *z = layer->z + r0 * layer->stride + u0;

  for (gsize i = 0; i < r1 - r0; i++)
    memcpy (z + i * layer->stride, bias + u0, (u1 - u0) * sizeof (float));
  nn_sgemm (FALSE, TRUE, r1 - r0, u1 - u0, layer->n_in, 1, x + r0 * ldx, ldx,
            weight + (gsize) u0 * layer->n_in, layer->n_in, 1, z, layer->stride);
}

/* What layer @l reads, and the length of its rows. */
static const float *
layer_input (const NnTrainer *trainer, guint l, gsize *ldx)
{
  *ldx = l == 0 ? trainer->train->n_features : trainer->layers[l - 1].stride;
  return l == 0 ? trainer->x : trainer->layers[l - 1].a;
}

static void
forward_dense (NnTrainer *trainer, guint worker, guint l)
{
  NnTrainerLayer *layer = &trainer->layers[l];
  guint first, last;
  gsize ldx;
  const float *x = layer_input (trainer, l, &ldx);

  share_tiles (trainer, worker, &layer->units, &first, &last);
  for (guint t = first; t < last; t++)
    {
      guint u0 = layer->units.start[t], u1 = layer->units.start[t + 1];

      forward_tile (trainer, l, x, ldx, 0, trainer->n_rows, u0, u1);
      activate (trainer, l, u0, u1);
    }
}

/* The gradient at the output of layer l - 1, rows [r0, r1), its units [u0, u1):
 * forward was z_l = a W_l^T + b, a = mask f (z_{l-1}); so da = dz_l W_l, dz_{l-1} = da mask f'. */
static void
backward_tile (NnTrainer *trainer, guint l, gsize r0, gsize r1, guint u0, guint u1)
{
  NnTrainerLayer *above = &trainer->layers[l], *below = &trainer->layers[l - 1];

  nn_sgemm (FALSE, FALSE, r1 - r0, u1 - u0, above->n_out, 1, above->dz + r0 * above->stride,
            above->stride, nn_trainer_weight (above, trainer->params) + u0, above->n_in, 0,
            below->dz + r0 * below->stride + u0, below->stride);
  for (gsize i = r0; i < r1; i++)
    {
      gsize at = i * below->stride + u0;

      if (below->mask != NULL)
        for (guint c = 0; c < u1 - u0; c++)
          below->dz[at + c] *= below->mask[at + c];
      nn_activation_backward (trainer->arch.activation, below->z + at, below->f + at,
                              below->dz + at, below->dz + at, u1 - u0);
    }
}

/* The output layer, its loss, and the gradient down to the layer below it, for one tile of
 * samples. */
static void
output_tile (NnTrainer *trainer, guint t)
{
  guint l = trainer->arch.n_layers - 1;
  NnTrainerLayer *layer = &trainer->layers[l];
  guint k = layer->n_out;
  gsize r0 = trainer->samples.start[t], r1 = trainer->samples.start[t + 1];
  double scale = (double) (r1 - r0) / (double) trainer->n_rows;
  float *logits;

  if (r0 == r1)
    return;
  if (l > 0 || !trainer->sparse)
    {
      gsize ldx;
      const float *x = layer_input (trainer, l, &ldx);

      forward_tile (trainer, l, x, ldx, r0, r1, 0, k);
    }

  /* The loss wants rows without padding: they are packed at the start of the tile's dz, and spread
   * again afterwards, last row first. */
  logits = layer->dz + r0 * layer->stride;
  for (gsize i = 0; i < r1 - r0; i++)
    memmove (logits + i * k, layer->z + (r0 + i) * layer->stride, k * sizeof (float));
  trainer->losses[t] =
      nn_loss_forward_backward (trainer->arch.loss, logits, trainer->labels + r0,
                                trainer->sample_weights != NULL ? trainer->sample_weights + r0 :
                                                                  NULL,
                                (float) trainer->config.label_smoothing, logits, r1 - r0, k,
                                &trainer->correct[t]);
  for (gsize i = r1 - r0; i-- > 0;)
    {
      float *row = layer->dz + (r0 + i) * layer->stride;

      memmove (row, logits + i * k, k * sizeof (float));
      /* The mean is over the minibatch, and the loss took it over the tile. */
      for (guint j = 0; j < k; j++)
        row[j] *= (float) scale;
      memset (row + k, 0, (layer->stride - k) * sizeof (float));
    }

  if (l > 0)
    backward_tile (trainer, l, r0, r1, 0, layer->n_in);
}

/* dW = dz^T x, db = sum dz, then the update, tile by tile while it is in the cache. */
static void
update_dense (NnTrainer *trainer, guint worker, guint l)
{
  NnTrainerLayer *layer = &trainer->layers[l];
  float *m = trainer->first_moment, *v = trainer->second_moment;
  guint first, last;
  gsize ldx;
  const float *x = layer_input (trainer, l, &ldx);

  share_tiles (trainer, worker, &layer->units, &first, &last);
  for (guint t = first; t < last; t++)
    {
      guint u0 = layer->units.start[t], n = layer->units.start[t + 1] - u0;
      gsize weight = layer->offset + (gsize) u0 * layer->n_in;
      gsize bias = layer->offset + (gsize) layer->n_out * layer->n_in + u0;
      float *g = trainer->gradients;

      nn_sgemm (TRUE, FALSE, n, layer->n_in, trainer->n_rows, 1, layer->dz + u0, layer->stride, x,
                ldx, 0, g + weight, layer->n_in);
      memset (g + bias, 0, n * sizeof (float));
      for (gsize i = 0; i < trainer->n_rows; i++)
        for (guint c = 0; c < n; c++)
          g[bias + c] += layer->dz[i * layer->stride + u0 + c];
      nn_optimizer_apply (trainer->config.optimizer, &trainer->update, FALSE,
                          trainer->params + weight, m != NULL ? m + weight : NULL,
                          v != NULL ? v + weight : NULL, g + weight, (gsize) n * layer->n_in);
      nn_optimizer_apply (trainer->config.optimizer, &trainer->update, TRUE, trainer->params + bias,
                          m != NULL ? m + bias : NULL, v != NULL ? v + bias : NULL, g + bias, n);
    }
}

static void
update_sparse (NnTrainer *trainer, guint worker)
{
  const NnPanelLayout *layout = &trainer->panel_layout;
  gsize first, last;

  nn_pool_share (trainer->pool, worker, layout->n_panels, &first, &last);
  for (guint p = (guint) first; p < last; p++)
    nn_panel_update (layout, p, trainer->config.optimizer, &trainer->update,
                     nn_optimizer_skips_zero (&trainer->config), trainer->columns,
                     trainer->layers[0].dz, trainer->n_rows, trainer->active, trainer->n_active,
                     trainer->params, trainer->first_moment, trainer->second_moment);
}

static void
update_layer (NnTrainer *trainer, guint worker, guint l)
{
  if (l == 0 && trainer->sparse)
    update_sparse (trainer, worker);
  else
    update_dense (trainer, worker, l);
}

/* The whole step. A barrier stands wherever the next line reads what other workers wrote. */
static void
step_worker (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  guint n_layers = trainer->arch.n_layers;
  guint first, last;
  double total = 0;

  /* Forward. A sparse first layer reads the data set itself, so that it need not wait; looks are
   * made by all, each its share. */
  gather (trainer, worker);
  if (trainer->sparse && trainer->augmenters != NULL)
    nn_pool_barrier (trainer->pool);
  for (guint l = 0; l + 1 < n_layers || (l == 0 && trainer->sparse); l++)
    {
      if (l == 0 && trainer->sparse)
        forward_sparse (trainer, worker);
      else
        {
          nn_pool_barrier (trainer->pool);
          forward_dense (trainer, worker, l);
        }
    }
  nn_pool_barrier (trainer->pool);

  share_tiles (trainer, worker, &trainer->samples, &first, &last);
  for (guint t = first; t < last; t++)
    output_tile (trainer, t);
  nn_pool_barrier (trainer->pool);

  /* Everybody adds up the same numbers in the same order, and so comes to the same answer. */
  for (guint t = 0; t < trainer->samples.n; t++)
    total += trainer->losses[t];
  if (worker == 0)
    trainer->loss = total / (double) trainer->n_rows;
  if (!isfinite (total))
    return;

  /* Backward. dz of the last two layers is there. A layer's weights are read for the gradient below
   * it before they are updated. */
  if (n_layers > 1)
    update_layer (trainer, worker, n_layers - 1);
  for (guint l = n_layers > 1 ? n_layers - 2 : 0; l > 0; l--)
    {
      const NnTiles *tiles = &trainer->layers[l].inputs;

      share_tiles (trainer, worker, tiles, &first, &last);
      for (guint t = first; t < last; t++)
        backward_tile (trainer, l, 0, trainer->n_rows, tiles->start[t], tiles->start[t + 1]);
      nn_pool_barrier (trainer->pool);
      update_layer (trainer, worker, l);
    }
  update_layer (trainer, worker, 0);
}

gboolean
nn_trainer_step (NnTrainer *trainer, NnStep *step, GError **error)
{
  guint64 epoch = trainer->step / trainer->steps_per_epoch;
  guint64 in_epoch = trainer->step % trainer->steps_per_epoch;
  gsize first = in_epoch * trainer->config.batch_size;
  gsize n_correct = 0;
  double learning_rate =
      trainer->learning_rate_scale *
      nn_train_config_learning_rate (&trainer->config, trainer->step, trainer->steps_per_epoch);

  nn_order_set_epoch (trainer->order, epoch);
  trainer->indices = trainer->order->indices + first;
  trainer->n_rows = MIN (trainer->config.batch_size, trainer->order->n - first);
  trainer->n_next = MIN (trainer->config.batch_size, trainer->order->n - first - trainer->n_rows);
  tiles_init (&trainer->samples, (guint) trainer->n_rows,
              CLAMP ((guint) trainer->n_rows / 2, 16, 64));
  nn_update_init (&trainer->update, &trainer->config, learning_rate, trainer->step + 1);

  nn_pool_run (trainer->pool, step_worker, trainer);

  if (!isfinite (trainer->loss))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   "the loss is no longer a finite number at step %" G_GUINT64_FORMAT
                   ": try a smaller learning rate",
                   trainer->step + 1);
      return FALSE;
    }
  for (guint t = 0; t < trainer->samples.n; t++)
    n_correct += trainer->correct[t];
  *step = (NnStep){
    .step = trainer->step,
    .epoch = (guint) epoch,
    .loss = trainer->loss,
    .n_correct = (guint) n_correct,
    .n = (guint) trainer->n_rows,
    .learning_rate = learning_rate,
    .epoch_done = in_epoch + 1 == trainer->steps_per_epoch,
    .run_done = in_epoch + 1 == trainer->steps_per_epoch && epoch + 1 == trainer->config.epochs,
  };
  trainer->step++;
  return TRUE;
}
