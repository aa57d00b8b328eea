/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-layer-dropout.h"
#include "nn-narrow.h"
#include "nn-trainer-fused.h"

/* One minibatch, seen by one worker. */

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

/* The minibatch of this step for a sparse first layer: samples of the data set, or rows of its own
 * where they are augmented or the data set is not complete. */
static const NnSparseRows *
step_rows (const NnTrainer *trainer, const guint32 **indices)
{
  const NnTrainerFused *fused = trainer->fused;

  *indices = fused->rows != NULL ? trainer->indices : fused->view_indices;
  return fused->rows != NULL ? fused->rows : fused->view_rows;
}

/* Makes rows [first, last) of a minibatch that has rows of its own. */
static void
gather_rows (NnTrainer *trainer, guint worker, gsize first, gsize last)
{
  const NnDataset *train = trainer->train;
  const gsize k = train->n_features;

  if (trainer->augmenters != NULL)
    nn_trainer_augment (trainer, worker, first, last);
  for (gsize i = first; i < last; i++)
    nn_sparse_rows_set (trainer->fused->view_rows, i,
                        trainer->augmenters != NULL ? trainer->views + i * k :
                                                      train->pixels + trainer->indices[i] * k);
}

/* Each worker's share of the minibatch. */
static void
gather (NnTrainer *trainer, guint worker)
{
  const gsize n_features = trainer->train->n_features;
  NnTrainerFused *fused = trainer->fused;
  gsize first, last;

  nn_pool_share (trainer->pool, worker, trainer->n_rows, &first, &last);
  nn_trainer_gather_labels (trainer, first, last);
  if (!fused->sparse)
    nn_trainer_gather_features (trainer, worker, first, last, fused->x + first * n_features);
  else if (fused->rows == NULL)
    gather_rows (trainer, worker, first, last);
}

/* [B, stride of the output layer] what tile @t of the last hidden layer adds to the logits. */
static float *
partial (const NnTrainer *trainer, guint t)
{
  return trainer->fused->partial +
         (gsize) t * trainer->config.batch_size *
             trainer->fused->layers[trainer->fused->mlp.n_layers - 1].stride;
}

/* a = dropout (f (z)) of units [c0, c1) in all rows. */
static void
activate (NnTrainer *trainer, guint l, guint c0, guint c1)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];

  for (gsize i = 0; i < trainer->n_rows; i++)
    {
      gsize at = i * layer->stride + c0;

      nn_activation_forward (trainer->fused->mlp.activation, layer->z + at, layer->f + at, c1 - c0);
      if (layer->mask != NULL)
        {
          guint64 key = nn_dropout_key (trainer->config.seed, trainer->step, l, i);

          nn_dropout_mask (key, trainer->fused->mlp.dropout, c0, c1 - c0, layer->mask + at);
          for (guint c = 0; c < c1 - c0; c++)
            layer->a[at + c] = layer->f[at + c] * layer->mask[at + c];
        }
    }
}

/* What tile @t of the last hidden layer adds to the logits of all rows; the first brings the bias
 * along. The output layer is narrow, and its work is shared by its inputs: each worker has the
 * activations, the weights and later the gradients of its own units at hand, and nothing but these
 * few numbers goes from one processor to another. */
static void
forward_partial (NnTrainer *trainer, guint t)
{
  const guint l = trainer->fused->mlp.n_layers - 1;
  NnFusedLayer *layer = &trainer->fused->layers[l], *below = &trainer->fused->layers[l - 1];
  const guint u0 = below->units.start[t], u1 = below->units.start[t + 1];
  const float *w = nn_fused_weight (layer, trainer->params) + u0;
  float *z = partial (trainer, t);

  memset (z, 0, trainer->n_rows * layer->stride * sizeof (float));
  for (gsize i = 0; i < trainer->n_rows && t == 0; i++)
    memcpy (z + i * layer->stride, nn_fused_bias (layer, trainer->params),
            layer->n_out * sizeof (float));
  if (layer->stride == NN_NARROW)
    nn_narrow_forward (trainer->n_rows, u1 - u0, layer->n_out, below->a + u0, below->stride, w,
                       layer->n_in, z);
  else
    nn_sgemm (FALSE, TRUE, trainer->n_rows, layer->n_out, u1 - u0, 1, below->a + u0, below->stride,
              w, layer->n_in, 1, z, layer->stride);
}

/* What follows the product, for tile @t of layer @l's units. */
static void
finish_forward (NnTrainer *trainer, guint l, guint t)
{
  const NnTiles *units = &trainer->fused->layers[l].units;

  if (l + 1 == trainer->fused->mlp.n_layers)
    return;
  activate (trainer, l, units->start[t], units->start[t + 1]);
  if (l + 2 == trainer->fused->mlp.n_layers)
    forward_partial (trainer, t);
}

/* Where tile @t of a layer in panels begins. */
static guint
first_panel (const NnTiles *tiles, guint t)
{
  return (tiles->start[t] + NN_PANEL_WIDTH - 1) / NN_PANEL_WIDTH;
}

static void
forward_sparse (NnTrainer *trainer, guint worker)
{
  const NnPanelLayout *layout = &trainer->fused->panel_layout;
  const guint32 *indices;
  const NnSparseRows *rows = step_rows (trainer, &indices);
  const NnTiles *tiles = &trainer->fused->layers[0].units;
  guint first, last;

  share_tiles (trainer, worker, tiles, &first, &last);
  if (first == last)
    return;
  if (rows == trainer->fused->rows)
    nn_sparse_rows_prefetch (rows, indices + trainer->n_rows, trainer->n_next);
  nn_sparse_columns_clear (trainer->fused->columns[worker], trainer->n_rows);
  for (guint t = first; t < last; t++)
    {
      for (guint p = first_panel (tiles, t); p < first_panel (tiles, t + 1); p++)
        nn_panel_forward (layout, trainer->params, p, rows, indices, 0, trainer->n_rows,
                          p == first_panel (tiles, first) ? trainer->fused->columns[worker] : NULL,
                          trainer->fused->layers[0].z);
      finish_forward (trainer, 0, t);
    }
}

/* z = x W^T + b for rows [r0, r1) and units [u0, u1); x has rows of ldx. */
static void
forward_tile (
    NnTrainer *trainer, guint l, const float *x, gsize ldx, gsize r0, gsize r1, guint u0, guint u1)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];
  const float *weight = nn_fused_weight (layer, trainer->params);
  const float *bias = nn_fused_bias (layer, trainer->params);
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
  *ldx = l == 0 ? trainer->train->n_features : trainer->fused->layers[l - 1].stride;
  return l == 0 ? trainer->fused->x : trainer->fused->layers[l - 1].a;
}

static void
forward_dense (NnTrainer *trainer, guint worker, guint l)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];
  guint first, last;
  gsize ldx;
  const float *x = layer_input (trainer, l, &ldx);

  share_tiles (trainer, worker, &layer->units, &first, &last);
  for (guint t = first; t < last; t++)
    {
      guint u0 = layer->units.start[t], u1 = layer->units.start[t + 1];

      forward_tile (trainer, l, x, ldx, 0, trainer->n_rows, u0, u1);
      finish_forward (trainer, l, t);
    }
}

/* The gradient at the output of layer l - 1, its units [u0, u1) in all rows:
 * forward was z_l = a W_l^T + b, a = mask f (z_{l-1}); so da = dz_l W_l, dz_{l-1} = da mask f'. */
static void
backward_tile (NnTrainer *trainer, guint l, guint u0, guint u1)
{
  NnFusedLayer *above = &trainer->fused->layers[l], *below = &trainer->fused->layers[l - 1];
  const float *w = nn_fused_weight (above, trainer->params) + u0;

  if (above->stride == NN_NARROW)
    nn_narrow_backward (trainer->n_rows, u1 - u0, above->n_out, above->dz, w, above->n_in,
                        below->dz + u0, below->stride);
  else
    nn_sgemm (FALSE, FALSE, trainer->n_rows, u1 - u0, above->n_out, 1, above->dz, above->stride, w,
              above->n_in, 0, below->dz + u0, below->stride);
  for (gsize i = 0; i < trainer->n_rows; i++)
    {
      gsize at = i * below->stride + u0;

      if (below->mask != NULL)
        for (guint c = 0; c < u1 - u0; c++)
          below->dz[at + c] *= below->mask[at + c];
      nn_activation_backward (trainer->fused->mlp.activation, below->z + at, below->f + at,
                              below->dz + at, below->dz + at, u1 - u0);
    }
}

/* The logits of rows [r0, r1), added up in the order of the tiles whoever made them. */
static void
add_partials (NnTrainer *trainer, gsize r0, gsize r1)
{
  const guint l = trainer->fused->mlp.n_layers - 1;
  const gsize stride = trainer->fused->layers[l].stride;
  float *z = trainer->fused->layers[l].z;

  memcpy (z + r0 * stride, partial (trainer, 0) + r0 * stride, (r1 - r0) * stride * sizeof (float));
  for (guint t = 1; t < trainer->fused->layers[l - 1].units.n; t++)
    {
      const float *part = partial (trainer, t);

      for (gsize at = r0 * stride; at < r1 * stride; at++)
        z[at] += part[at];
    }
}

/* The loss and its gradient at the logits, for one tile of samples. */
static void
loss_tile (NnTrainer *trainer, guint t)
{
  guint l = trainer->fused->mlp.n_layers - 1;
  NnFusedLayer *layer = &trainer->fused->layers[l];
  guint k = layer->n_out;
  gsize r0 = trainer->fused->samples.start[t], r1 = trainer->fused->samples.start[t + 1];
  double scale = (double) (r1 - r0) / (double) trainer->n_rows;
  float *logits;

  if (r0 == r1)
    return;
  if (l > 0)
    add_partials (trainer, r0, r1);
  else if (!trainer->fused->sparse)
    forward_tile (trainer, l, trainer->fused->x, trainer->train->n_features, r0, r1, 0, k);

  /* The loss wants rows without padding: they are packed at the start of the tile's dz, and spread
   * again afterwards, last row first. */
  logits = layer->dz + r0 * layer->stride;
  for (gsize i = 0; i < r1 - r0; i++)
    memmove (logits + i * k, layer->z + (r0 + i) * layer->stride, k * sizeof (float));
  trainer->fused->losses[t] =
      nn_loss_forward_backward (trainer->arch.loss, logits, trainer->labels + r0,
                                trainer->sample_weights != NULL ? trainer->sample_weights + r0 :
                                                                  NULL,
                                (float) trainer->config.label_smoothing, logits, r1 - r0, k,
                                &trainer->fused->correct[t]);
  for (gsize i = r1 - r0; i-- > 0;)
    {
      float *row = layer->dz + (r0 + i) * layer->stride;

      memmove (row, logits + i * k, k * sizeof (float));
      /* The mean is over the minibatch, and the loss took it over the tile. */
      for (guint j = 0; j < k; j++)
        row[j] *= (float) scale;
      memset (row + k, 0, (layer->stride - k) * sizeof (float));
    }
}

/* Weights of units [u0, u1) to inputs [j0, j1): dW = dz^T x, and the update while it is in the
 * cache. */
static void
update_weights (NnTrainer *trainer, guint l, guint u0, guint u1, guint j0, guint j1)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];
  const gsize first = layer->offset + (gsize) u0 * layer->n_in + j0;
  /* Whole rows are one piece. */
  const gsize n_pieces = j1 - j0 == layer->n_in ? 1 : u1 - u0;
  const gsize size = (gsize) (u1 - u0) * (j1 - j0) / n_pieces;
  float *m = trainer->first_moment, *v = trainer->second_moment, *g = trainer->fused->gradients;
  gsize ldx;
  const float *x = layer_input (trainer, l, &ldx);

  /* A narrow layer is one tile of units, so that @u0 is 0. */
  if (layer->stride == NN_NARROW)
    nn_narrow_gradient (trainer->n_rows, j1 - j0, u1 - u0, layer->dz, x + j0, ldx, g + first,
                        layer->n_in);
  else
    nn_sgemm (TRUE, FALSE, u1 - u0, j1 - j0, trainer->n_rows, 1, layer->dz + u0, layer->stride,
              x + j0, ldx, 0, g + first, layer->n_in);
  for (gsize i = 0, at = first; i < n_pieces; i++, at += layer->n_in)
    nn_update_block (trainer->config.optimizer, &trainer->update, FALSE, trainer->params + at,
                     m != NULL ? m + at : NULL, v != NULL ? v + at : NULL, g + at, size);
}

/* The bias of units [u0, u1): db = sum dz. */
static void
update_bias (NnTrainer *trainer, guint l, guint u0, guint u1)
{
  NnFusedLayer *layer = &trainer->fused->layers[l];
  const gsize at = layer->offset + (gsize) layer->n_out * layer->n_in + u0;
  float *m = trainer->first_moment, *v = trainer->second_moment,
        *g = trainer->fused->gradients + at;

  memset (g, 0, (u1 - u0) * sizeof (float));
  for (gsize i = 0; i < trainer->n_rows; i++)
    for (guint c = 0; c < u1 - u0; c++)
      g[c] += layer->dz[i * layer->stride + u0 + c];
  nn_update_block (trainer->config.optimizer, &trainer->update, TRUE, trainer->params + at,
                   m != NULL ? m + at : NULL, v != NULL ? v + at : NULL, g, u1 - u0);
}

static void
update_dense (NnTrainer *trainer, guint worker, guint l)
{
  const NnTiles *tiles = &trainer->fused->layers[l].units;
  guint first, last;

  share_tiles (trainer, worker, tiles, &first, &last);
  for (guint t = first; t < last; t++)
    {
      update_weights (trainer, l, tiles->start[t], tiles->start[t + 1], 0,
                      trainer->fused->layers[l].n_in);
      update_bias (trainer, l, tiles->start[t], tiles->start[t + 1]);
    }
}

/* The gradient at this worker's units of the last hidden layer, and the update of what the output
 * layer has of them. */
static void
backward_output (NnTrainer *trainer, guint worker)
{
  const guint l = trainer->fused->mlp.n_layers - 1;
  const NnTiles *tiles = &trainer->fused->layers[l - 1].units;
  const guint k = trainer->fused->layers[l].n_out;
  guint first, last;

  share_tiles (trainer, worker, tiles, &first, &last);
  for (guint t = first; t < last; t++)
    {
      backward_tile (trainer, l, tiles->start[t], tiles->start[t + 1]);
      update_weights (trainer, l, 0, k, tiles->start[t], tiles->start[t + 1]);
      if (t == 0)
        update_bias (trainer, l, 0, k);
    }
}

static void
update_sparse (NnTrainer *trainer, guint worker)
{
  const NnPanelLayout *layout = &trainer->fused->panel_layout;
  const NnTiles *tiles = &trainer->fused->layers[0].units;
  guint first, last;

  share_tiles (trainer, worker, tiles, &first, &last);
  for (guint p = first_panel (tiles, first); p < first_panel (tiles, last); p++)
    nn_panel_update (layout, p, trainer->config.optimizer, &trainer->update,
                     nn_optimizer_skips_zero (&trainer->config), trainer->fused->columns[worker],
                     trainer->fused->layers[0].dz, trainer->n_rows, trainer->fused->active,
                     trainer->fused->n_active, trainer->params, trainer->first_moment,
                     trainer->second_moment);
}

static void
update_layer (NnTrainer *trainer, guint worker, guint l)
{
  if (l == 0 && trainer->fused->sparse)
    update_sparse (trainer, worker);
  else
    update_dense (trainer, worker, l);
}

/* The whole step. A barrier stands wherever the next line reads what other workers wrote. */
void
nn_trainer_fused_step (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  guint n_layers = trainer->fused->mlp.n_layers;
  guint first, last;
  gsize n_correct = 0;
  double total = 0;

  /* Forward. A sparse first layer reads the data set itself, so that it need not wait; rows of the
   * minibatch's own are made by all, each its share. */
  gather (trainer, worker);
  if (trainer->fused->sparse && trainer->fused->rows == NULL)
    nn_pool_barrier (trainer->pool);
  for (guint l = 0; l + 1 < n_layers || (l == 0 && trainer->fused->sparse); l++)
    {
      if (l == 0 && trainer->fused->sparse)
        forward_sparse (trainer, worker);
      else
        {
          nn_pool_barrier (trainer->pool);
          forward_dense (trainer, worker, l);
        }
    }
  nn_pool_barrier (trainer->pool);

  share_tiles (trainer, worker, &trainer->fused->samples, &first, &last);
  for (guint t = first; t < last; t++)
    loss_tile (trainer, t);
  nn_pool_barrier (trainer->pool);

  /* Everybody adds up the same numbers in the same order, and so comes to the same answer. */
  for (guint t = 0; t < trainer->fused->samples.n; t++)
    {
      total += trainer->fused->losses[t];
      n_correct += trainer->fused->correct[t];
    }
  if (worker == 0)
    {
      trainer->loss = total / (double) trainer->n_rows;
      trainer->n_correct = n_correct;
    }
  if (!isfinite (total))
    return;

  /* Backward. A layer's weights are read for the gradient below it before they are updated. */
  if (n_layers > 1)
    backward_output (trainer, worker);
  if (n_layers > 2)
    nn_pool_barrier (trainer->pool);
  for (guint l = n_layers > 1 ? n_layers - 2 : 0; l > 0; l--)
    {
      const NnTiles *tiles = &trainer->fused->layers[l].inputs;

      share_tiles (trainer, worker, tiles, &first, &last);
      for (guint t = first; t < last; t++)
        backward_tile (trainer, l, tiles->start[t], tiles->start[t + 1]);
      nn_pool_barrier (trainer->pool);
      update_layer (trainer, worker, l);
    }
  update_layer (trainer, worker, 0);
}
