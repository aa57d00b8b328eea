/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-backward.h"
#include "nn-dense-gradients.h"
#include "nn-forward.h"
#include "nn-simd.h"
#include "nn-trainer-private.h"

/* The plan for everything: forward, objective, backward, hook, update, as the textbook has it.
 *
 * The minibatch is cut into tiles of consecutive rows. Each tile has a tape and a gradient of its
 * own, so that workers need not wait for each other; afterwards the gradients are added up in the
 * order of the tiles. Those of large dense layers are products over all tiles. */

#define MAX_TILES 8
#define TILE_ROWS 8 /* fewer rows are not worth a tile */
/* Floats that the gradients of all tiles may take. */
#define MAX_GRADIENTS ((gsize) 1 << 25)

typedef struct
{
  NnTape *tape;
  float *x;        /* [rows of a tile, n_features] */
  float *dlogits;  /* [rows of a tile, n_classes] */
  float *gradient; /* [n_params] */
  float *sample;   /* [n_params] of one row, of a private run that clips it, or NULL */
  double loss;     /* sum over the rows */
  gsize n_correct;
} Tile;

struct _NnTrainerPlain
{
  NnNetwork *network; /* its parameters are the trainer's */
  guint max_tiles;
  guint n_tiles; /* of the present minibatch */
  Tile tiles[MAX_TILES];
  NnDenseGradients *dense;
  float *gradient; /* [n_params] of the mean loss over the minibatch */

  /* Measuring. */
  NnTape **tapes; /* [n_workers] or NULL */
  float **inputs; /* [n_workers] [CHUNK, n_features] */
};

/* Where weights @w begin in a block of parameters. */
static gsize
offset_of (const NnTrainer *trainer, guint w)
{
  const NnNetwork *network = trainer->plain->network;

  return (gsize) (network->weights[w].weight - network->params);
}

static guint
n_tiles (const NnTrainerPlain *plain, gsize n_rows)
{
  return CLAMP ((guint) (n_rows / TILE_ROWS), 1, plain->max_tiles);
}

/* Rows of tile @t: [*first, *last). */
static void
tile_rows (const NnTrainer *trainer, guint t, gsize *first, gsize *last)
{
  *first = trainer->n_rows * t / trainer->plain->n_tiles;
  *last = trainer->n_rows * (t + 1) / trainer->plain->n_tiles;
}

/* Whether all parameters are those of dense layers. */
static gboolean
is_dense (const NnNetwork *network)
{
  for (guint w = 0; w < network->n_weights; w++)
    if (network->arch.layers[network->weights[w].layer].kind != NN_LAYER_DENSE)
      return FALSE;
  return TRUE;
}

static void
init (NnTrainer *trainer)
{
  NnTrainerPlain *plain = g_new0 (NnTrainerPlain, 1);
  const gsize batch = trainer->max_rows;
  const gsize n_classes = nn_architecture_n_classes (&trainer->arch);
  gboolean by_sample;
  gsize n_params, rows;

  trainer->plain = plain;
  plain->network = nn_network_new (&trainer->arch, NULL);
  n_params = plain->network->n_params;
  plain->max_tiles = (guint) CLAMP (MAX_GRADIENTS / n_params, 2, MAX_TILES);
  rows = batch / n_tiles (plain, batch) + 1;
  by_sample = trainer->taken != NULL && !is_dense (plain->network);
  for (guint t = 0; t < n_tiles (plain, batch); t++)
    {
      Tile *tile = &plain->tiles[t];

      /* A smaller minibatch at an epoch's end has fewer tiles of as many rows, or fewer rows. */
      tile->tape = nn_tape_new_fused (&trainer->arch, MAX (rows, 2 * TILE_ROWS));
      tile->x = nn_aligned_new0 (MAX (rows, 2 * TILE_ROWS) * trainer->train->n_features);
      tile->dlogits = nn_aligned_new0 (MAX (rows, 2 * TILE_ROWS) * n_classes);
      tile->gradient = nn_aligned_new0 (n_params);
      tile->sample = by_sample ? nn_aligned_new0 (n_params) : NULL;
    }
  plain->dense = nn_dense_gradients_new (plain->network, batch,
                                         by_sample              ? G_MAXSIZE :
                                         trainer->taken != NULL ? 0 :
                                                                  NN_DENSE_GRADIENTS_LARGE);
  plain->gradient = nn_aligned_new0 (n_params);
  trainer->params = plain->network->params;
  if (nn_optimizer_has_first (trainer->config.optimizer))
    trainer->first_moment = nn_aligned_new0 (n_params);
  if (nn_optimizer_has_second (trainer->config.optimizer))
    trainer->second_moment = nn_aligned_new0 (n_params);
}

static void
clear (NnTrainer *trainer)
{
  NnTrainerPlain *plain = trainer->plain;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);

  for (guint t = 0; t < MAX_TILES; t++)
    {
      g_clear_pointer (&plain->tiles[t].tape, nn_tape_free);
      nn_aligned_free (plain->tiles[t].x);
      nn_aligned_free (plain->tiles[t].dlogits);
      nn_aligned_free (plain->tiles[t].gradient);
      nn_aligned_free (plain->tiles[t].sample);
    }
  for (guint w = 0; w < n_workers && plain->tapes != NULL; w++)
    {
      nn_tape_free (plain->tapes[w]);
      nn_aligned_free (plain->inputs[w]);
    }
  g_free (plain->tapes);
  g_free (plain->inputs);
  nn_aligned_free (plain->gradient);
  nn_dense_gradients_free (plain->dense);
  trainer->params = NULL;
  nn_network_unref (plain->network);
  g_clear_pointer (&trainer->plain, g_free);
}

static void
begin (NnTrainer *trainer)
{
  trainer->plain->n_tiles = n_tiles (trainer->plain, trainer->n_rows);
}

/* The objective of rows [first, first + n) and its gradient at their logits, both as sums. */
static void
run_objective (
    NnTrainer *trainer, guint worker, Tile *tile, const float *logits, gsize first, gsize n)
{
  /* That of a private run must not depend on how many samples the step takes. */
  const gsize n_mean = trainer->taken != NULL ? trainer->config.batch_size : trainer->n_rows;
  const guint k = nn_architecture_n_classes (&trainer->arch);
  const guint8 *labels = trainer->labels + first;
  const float *weights = trainer->sample_weights != NULL ? trainer->sample_weights + first : NULL;
  float scale = 1;

  if (trainer->options.objective != NULL)
    {
      const NnObjectiveRows rows = { .indices = trainer->indices + first,
                                     .labels = labels,
                                     .x = tile->x,
                                     .n = n,
                                     .worker = worker };

      tile->loss = trainer->options.objective (trainer->options.objective_data, &rows, logits, k,
                                               tile->dlogits);
      nn_loss_forward_backward (trainer->arch.loss, logits, labels, NULL, 0, NULL, n, k,
                                &tile->n_correct);
    }
  else
    {
      tile->loss = nn_loss_forward_backward (trainer->arch.loss, logits, labels, weights,
                                             (float) trainer->config.label_smoothing, tile->dlogits,
                                             n, k, &tile->n_correct);
      scale = (float) n; /* that was the gradient of the mean */
    }
  /* The gradient of the mean over the minibatch. */
  scale /= (float) n_mean;
  for (gsize i = 0; i < n * k; i++)
    tile->dlogits[i] *= scale;
}

/* Adds the clipped gradient of each row of a private run, one after the other. */
static void
run_samples (NnTrainer *trainer, guint worker, Tile *tile, gsize first, gsize last)
{
  NnTrainerPlain *plain = trainer->plain;
  const gsize n_params = plain->network->n_params;
  const double norm = nn_trainer_dp_clip (trainer);
  double loss = 0;
  gsize n_correct = 0;

  memset (tile->gradient, 0, n_params * sizeof (float));
  for (gsize r = first; r < last; r++)
    {
      double squared = 0;
      const float *logits;
      float scale;

      nn_trainer_gather_features (trainer, worker, r, r + 1, tile->x);
      nn_tape_set_training (tile->tape, trainer->config.seed, trainer->step, r);
      logits = nn_forward (plain->network, tile->tape, tile->x, 1);
      run_objective (trainer, worker, tile, logits, r, 1);
      loss += tile->loss;
      n_correct += tile->n_correct;
      memset (tile->sample, 0, n_params * sizeof (float));
      nn_backward (plain->network, tile->tape, tile->dlogits, tile->sample, NULL);
      for (gsize i = 0; i < n_params; i++)
        squared += (double) tile->sample[i] * (double) tile->sample[i];
      scale = squared > norm * norm ? (float) (norm / sqrt (squared)) : 1;
      for (gsize i = 0; i < n_params; i++)
        tile->gradient[i] += scale * tile->sample[i];
    }
  tile->loss = loss;
  tile->n_correct = n_correct;
}

static void
run_tile (NnTrainer *trainer, guint worker, guint t)
{
  NnTrainerPlain *plain = trainer->plain;
  Tile *tile = &plain->tiles[t];
  gsize first, last;
  const float *logits;

  tile_rows (trainer, t, &first, &last);
  /* A private run may take no sample at all. */
  if (first == last)
    {
      tile->loss = 0;
      tile->n_correct = 0;
      memset (tile->gradient, 0, plain->network->n_params * sizeof (float));
      return;
    }
  nn_trainer_gather_labels (trainer, first, last);
  if (tile->sample != NULL)
    {
      run_samples (trainer, worker, tile, first, last);
      return;
    }
  nn_trainer_gather_features (trainer, worker, first, last, tile->x);
  nn_tape_set_training (tile->tape, trainer->config.seed, trainer->step, first);
  logits = nn_forward (plain->network, tile->tape, tile->x, last - first);
  run_objective (trainer, worker, tile, logits, first, last - first);
  for (guint w = 0; w < plain->network->n_weights; w++)
    if (!nn_dense_gradients_has (plain->dense, w))
      memset (tile->gradient + offset_of (trainer, w), 0,
              trainer->weights_size[w] * sizeof (float));
  nn_dense_gradients_attach (plain->dense, tile->tape, first);
  nn_backward (plain->network, tile->tape, tile->dlogits, tile->gradient, NULL);
  if (trainer->taken != NULL)
    nn_dense_gradients_clip (plain->dense, first, last, nn_trainer_dp_clip (trainer));
}

/* The sum of the gradients of all tiles, for parameters [first, last). */
static void
add_tiles (NnTrainerPlain *plain, gsize first, gsize last)
{
  memcpy (plain->gradient + first, plain->tiles[0].gradient + first,
          (last - first) * sizeof (float));
  for (guint t = 1; t < plain->n_tiles; t++)
    for (gsize i = first; i < last; i++)
      plain->gradient[i] += plain->tiles[t].gradient[i];
}

/* One worker's part of the gradient; [first, last) are its parameters. */
static void
add_gradients (NnTrainer *trainer, guint worker, gsize first, gsize last)
{
  NnTrainerPlain *plain = trainer->plain;
  gsize first_block, last_block;

  nn_pool_share (trainer->pool, worker, nn_dense_gradients_n_blocks (plain->dense), &first_block,
                 &last_block);
  for (gsize b = first_block; b < last_block; b++)
    nn_dense_gradients_run (plain->dense, (guint) b, trainer->n_rows, plain->gradient);
  for (guint w = 0; w < plain->network->n_weights; w++)
    {
      const gsize start = offset_of (trainer, w), end = start + trainer->weights_size[w];

      if (!nn_dense_gradients_has (plain->dense, w) && start < last && first < end)
        add_tiles (plain, MAX (first, start), MIN (last, end));
    }
  /* The update of one worker's parameters needs the products of others. */
  if (nn_dense_gradients_n_blocks (plain->dense) > 0)
    nn_pool_barrier (trainer->pool);
}

/* The optimiser, for parameters [first, last). */
static void
apply (NnTrainer *trainer, gsize first, gsize last)
{
  const NnNetwork *network = trainer->plain->network;
  const NnUpdateNetwork whole = { .kind = trainer->config.optimizer,
                                  .update = &trainer->update,
                                  .n_weights = network->n_weights,
                                  .weights = network->weights,
                                  .params = network->params,
                                  .first = trainer->first_moment,
                                  .second = trainer->second_moment,
                                  .gradient = trainer->plain->gradient };

  nn_update_network (&whole, first, last);
}

static void
update (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  gsize first, last;

  nn_pool_share (trainer->pool, worker, trainer->plain->network->n_params, &first, &last);
  apply (trainer, first, last);
}

static void
step (guint worker, gpointer data)
{
  NnTrainer *trainer = data;
  NnTrainerPlain *plain = trainer->plain;
  gsize first, last, n_correct = 0;
  double total = 0;

  nn_pool_share (trainer->pool, worker, plain->n_tiles, &first, &last);
  for (gsize t = first; t < last; t++)
    run_tile (trainer, worker, (guint) t);
  nn_pool_barrier (trainer->pool);

  /* Every worker adds up the same numbers in the same order, and so decides alike. */
  for (guint t = 0; t < plain->n_tiles; t++)
    {
      total += plain->tiles[t].loss;
      n_correct += plain->tiles[t].n_correct;
    }
  if (worker == 0)
    {
      trainer->loss = total / (double) MAX (trainer->n_rows, 1);
      trainer->n_correct = n_correct;
    }
  if (!isfinite (total))
    return;
  nn_pool_share (trainer->pool, worker, plain->network->n_params, &first, &last);
  add_gradients (trainer, worker, first, last);
  if (trainer->taken != NULL)
    nn_dp_add_noise (trainer->keystream, trainer->key, trainer->step,
                     nn_trainer_dp_deviation (trainer), plain->gradient, first, last);
  if (trainer->options.hook == NULL)
    apply (trainer, first, last);
}

static void
measure_begin (NnTrainer *trainer)
{
  NnTrainerPlain *plain = trainer->plain;
  const guint n_workers = nn_pool_get_n_workers (trainer->pool);

  if (plain->tapes != NULL)
    return;
  plain->tapes = g_new (NnTape *, n_workers);
  plain->inputs = g_new (float *, n_workers);
  for (guint w = 0; w < n_workers; w++)
    {
      plain->tapes[w] = nn_tape_new_fused (&trainer->arch, NN_MEASURE_CHUNK);
      plain->inputs[w] = nn_aligned_new0 ((gsize) NN_MEASURE_CHUNK * trainer->train->n_features);
    }
}

static float *
measure (NnTrainer *trainer, guint worker, gsize first, gsize n)
{
  NnTrainerPlain *plain = trainer->plain;
  guint32 indices[NN_MEASURE_CHUNK];
  guint8 labels[NN_MEASURE_CHUNK];

  for (gsize i = 0; i < n; i++)
    indices[i] = (guint32) (first + i);
  nn_dataset_gather (trainer->measured, indices, n, plain->inputs[worker], labels);
  return nn_forward (plain->network, plain->tapes[worker], plain->inputs[worker], n);
}

static const float *
get_weights (const NnTrainer *trainer, const float *block, guint w, float *buffer)
{
  return block + offset_of (trainer, w);
}

static void
set_weights (const NnTrainer *trainer, float *block, guint w, const float *values)
{
  memcpy (block + offset_of (trainer, w), values, trainer->weights_size[w] * sizeof (float));
}

static float *
get_gradient (NnTrainer *trainer)
{
  return trainer->plain->gradient;
}

const NnTrainerPlan nn_trainer_plan_plain = {
  .name = "plain",
  .init = init,
  .clear = clear,
  .begin = begin,
  .step = step,
  .update = update,
  .get_gradient = get_gradient,
  .measure_begin = measure_begin,
  .measure = measure,
  .get_weights = get_weights,
  .set_weights = set_weights,
};
