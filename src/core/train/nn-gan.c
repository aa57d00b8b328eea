/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-gan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-gan-private.h"
#include "nn-lazy.h"
#include "nn-simd.h"
#include "nn-update-block.h"

#define STREAM_INIT 10

/* Fewer rows are not worth a tile. */
#define TILE_ROWS 16
/* Floats that the gradients of all tiles may take. */
#define MAX_GRADIENTS ((gsize) 1 << 25)
/* Adam's small constant that avoids division by zero. */
#define EPSILON 1e-8

static void
player_init (NnGanPlayer *player, const NnArchitecture *arch, NnRandom *random)
{
  player->network = nn_network_new (arch, NULL);
  nn_network_init (player->network, NN_INIT_HE, random);
  player->first = nn_aligned_new0 (player->network->n_params);
  player->second = nn_aligned_new0 (player->network->n_params);
  player->gradient = nn_aligned_new0 (player->network->n_params);
}

static void
player_clear (NnGanPlayer *player)
{
  g_clear_pointer (&player->network, nn_network_unref);
  nn_aligned_free (player->first);
  nn_aligned_free (player->second);
  nn_aligned_free (player->gradient);
}

static gboolean
check_data (const NnGanConfig *config, const NnDataset *train, GError **error)
{
  if (train->values != NULL)
    for (gsize i = 0; i < train->n * train->n_features; i++)
      if (!(train->values[i] >= 0 && train->values[i] <= 1))
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                               _ ("a generator makes values from 0 to 1, but the samples have "
                                  "others"));
          return FALSE;
        }
  if (config->shift > 0 && (train->width <= config->shift || train->height <= config->shift))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the samples cannot be displaced by %u pixels: choose a shift of 0"),
                   config->shift);
      return FALSE;
    }
  return TRUE;
}

static void
init_tiles (NnGan *gan)
{
  const gsize n_params =
      MAX (gan->generator.network->n_params, gan->discriminator.network->n_params);
  const guint most = (guint) CLAMP (MAX_GRADIENTS / n_params, 2, NN_GAN_MAX_TILES);

  /* Smaller minibatches do not occur: the rest of an epoch is left out. */
  gan->n_tiles = CLAMP (gan->n_rows / TILE_ROWS, 1, most);
  for (guint t = 0; t < gan->n_tiles; t++)
    nn_gan_tile_init (&gan->tiles[t], &gan->shape, gan->n_rows / gan->n_tiles + 1, n_params);
}

NnGan *
nn_gan_new (const NnGanConfig *config, NnDataset *train, GError **error)
{
  g_autoptr (NnGan) gan = g_new0 (NnGan, 1);
  NnRandom random;

  gan->config = *config;
  if (!nn_gan_config_validate (config, error) ||
      !nn_gan_config_shape (config, train->n_features, train->n_classes, &gan->shape, error) ||
      !check_data (config, train, error))
    return NULL;
  gan->train = nn_dataset_ref (train);
  gan->pool = nn_pool_new (config->threads);
  gan->sampler = nn_sampler_new (train, config->balance, config->seed);
  if (config->balance == NN_BALANCE_WEIGHTS)
    gan->class_weights = nn_sampler_class_weights (train);
  gan->n_rows = (guint) MIN (config->batch_size, gan->sampler->n);
  gan->steps_per_epoch = gan->sampler->n / gan->n_rows;
  nn_random_init_stream (&random, config->seed, STREAM_INIT, 0);
  player_init (&gan->generator, &gan->shape.generator, &random);
  player_init (&gan->discriminator, &gan->shape.discriminator, &random);
  gan->average = nn_aligned_new0 (gan->generator.network->n_params);
  memcpy (gan->average, gan->generator.network->params,
          gan->generator.network->n_params * sizeof (float));
  init_tiles (gan);
  return g_steal_pointer (&gan);
}

void
nn_gan_free (NnGan *gan)
{
  for (guint t = 0; t < gan->n_tiles; t++)
    nn_gan_tile_clear (&gan->tiles[t]);
  player_clear (&gan->generator);
  player_clear (&gan->discriminator);
  nn_aligned_free (gan->average);
  g_free (gan->class_weights);
  g_clear_pointer (&gan->sampler, nn_sampler_free);
  g_clear_pointer (&gan->pool, nn_pool_free);
  g_clear_pointer (&gan->train, nn_dataset_unref);
  g_free (gan);
}

const NnGanConfig *
nn_gan_get_config (const NnGan *gan)
{
  return &gan->config;
}

const NnGanShape *
nn_gan_get_shape (const NnGan *gan)
{
  return &gan->shape;
}

guint64
nn_gan_get_steps_per_epoch (const NnGan *gan)
{
  return gan->steps_per_epoch;
}

guint64
nn_gan_get_step (const NnGan *gan)
{
  return gan->step;
}

gboolean
nn_gan_set_networks (NnGan *gan,
                     const NnNetwork *generator,
                     const NnNetwork *discriminator,
                     GError **error)
{
  if (!nn_architecture_equal (&generator->arch, &gan->shape.generator) ||
      !nn_architecture_equal (&discriminator->arch, &gan->shape.discriminator))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                           _ ("the networks have different architectures"));
      return FALSE;
    }
  memcpy (gan->generator.network->params, generator->params, generator->n_params * sizeof (float));
  memcpy (gan->average, generator->params, generator->n_params * sizeof (float));
  memcpy (gan->discriminator.network->params, discriminator->params,
          discriminator->n_params * sizeof (float));
  return TRUE;
}

/* The gradient of the mean: the tiles' gradients, in the order of the tiles, for the parameters
 * [first, last). */
static void
add_gradients (const NnGan *gan, NnGanPlayer *player, gsize first, gsize last)
{
  memcpy (player->gradient + first, gan->tiles[0].gradient + first,
          (last - first) * sizeof (float));
  for (guint t = 1; t < gan->n_tiles; t++)
    for (gsize i = first; i < last; i++)
      player->gradient[i] += gan->tiles[t].gradient[i];
}

/* Adam, for the parameters [first, last). */
static void
update (const NnGan *gan, NnGanPlayer *player, double rate, gsize first, gsize last)
{
  const NnTrainConfig config = { .optimizer = NN_OPTIMIZER_ADAM,
                                 .beta1 = gan->config.beta1,
                                 .beta2 = gan->config.beta2,
                                 .epsilon = EPSILON };
  NnUpdate factors;
  const NnUpdateNetwork whole = { .kind = NN_OPTIMIZER_ADAM,
                                  .update = &factors,
                                  .n_weights = player->network->n_weights,
                                  .weights = player->network->weights,
                                  .params = player->network->params,
                                  .first = player->first,
                                  .second = player->second,
                                  .gradient = player->gradient };

  nn_update_init (&factors, &config, rate, gan->step + 1);
  nn_update_network (&whole, first, last);
}

/* The average of the generator's weights. It follows the weights closely at first, because the
 * initial weights say nothing. */
static void
update_average (NnGan *gan, gsize first, gsize last)
{
  const double t = (double) gan->step + 1;
  const float decay = (float) MIN (gan->config.average, t / (t + 10));
  const float *params = gan->generator.network->params;

  for (gsize i = first; i < last; i++)
    gan->average[i] = params[i] + decay * (gan->average[i] - params[i]);
}

/* Runs @pass for this worker's tiles, and waits for the others. */
static void
run_tiles (NnGan *gan,
           guint worker,
           void (*pass) (const NnGan *gan, NnGanTile *tile, gsize first, gsize last))
{
  gsize first, last;

  nn_pool_share (gan->pool, worker, gan->n_tiles, &first, &last);
  for (gsize t = first; t < last; t++)
    pass (gan, &gan->tiles[t], (gsize) gan->n_rows * t / gan->n_tiles,
          (gsize) gan->n_rows * (t + 1) / gan->n_tiles);
  nn_pool_barrier (gan->pool);
}

/* Sums over all tiles in their order, the same in every worker. */
static NnGanSums
add_sums (const NnGan *gan)
{
  NnGanSums sums = { 0 };

  for (guint t = 0; t < gan->n_tiles; t++)
    {
      const NnGanSums *part = &gan->tiles[t].sums;

      sums.discriminator_loss += part->discriminator_loss;
      sums.generator_loss += part->generator_loss;
      sums.real += part->real;
      sums.generated += part->generated;
      sums.penalty += part->penalty;
      sums.gradient += part->gradient;
    }
  return sums;
}

static void
discriminator_gradient (guint worker, gpointer data)
{
  NnGan *gan = data;
  gsize first, last;

  run_tiles (gan, worker, nn_gan_tile_discriminator);
  nn_pool_share (gan->pool, worker, gan->discriminator.network->n_params, &first, &last);
  add_gradients (gan, &gan->discriminator, first, last);
}

static void
generator_gradient (guint worker, gpointer data)
{
  NnGan *gan = data;
  gsize first, last;

  run_tiles (gan, worker, nn_gan_tile_generator);
  nn_pool_share (gan->pool, worker, gan->generator.network->n_params, &first, &last);
  add_gradients (gan, &gan->generator, first, last);
}

static void
train_discriminator (guint worker, gpointer data)
{
  NnGan *gan = data;
  gsize first, last;

  discriminator_gradient (worker, data);
  if (!isfinite (add_sums (gan).discriminator_loss))
    return;
  nn_pool_share (gan->pool, worker, gan->discriminator.network->n_params, &first, &last);
  update (gan, &gan->discriminator, gan->config.discriminator_rate, first, last);
}

static void
train_generator (guint worker, gpointer data)
{
  NnGan *gan = data;
  gsize first, last;

  generator_gradient (worker, data);
  if (!isfinite (add_sums (gan).generator_loss))
    return;
  nn_pool_share (gan->pool, worker, gan->generator.network->n_params, &first, &last);
  update (gan, &gan->generator, gan->config.learning_rate, first, last);
  update_average (gan, first, last);
}

static void
begin_minibatch (NnGan *gan)
{
  nn_sampler_set_epoch (gan->sampler, gan->step / gan->steps_per_epoch);
  gan->indices = gan->sampler->indices + gan->step % gan->steps_per_epoch * gan->n_rows;
  nn_lazy_write (gan->train, gan->indices, gan->n_rows, gan->pool);
}

gboolean
nn_gan_step (NnGan *gan, NnGanStep *step, GError **error)
{
  const double n = gan->n_rows;
  NnGanSums sums;

  begin_minibatch (gan);
  nn_pool_run (gan->pool, train_discriminator, gan);
  if (isfinite (add_sums (gan).discriminator_loss))
    nn_pool_run (gan->pool, train_generator, gan);
  sums = add_sums (gan);
  if (!isfinite (sums.discriminator_loss) || !isfinite (sums.generator_loss))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                           _ ("the loss is no longer a finite number; choose smaller learning "
                              "rates"));
      return FALSE;
    }
  *step = (NnGanStep){
    .step = gan->step,
    .epoch = (guint) (gan->step / gan->steps_per_epoch),
    .discriminator_loss = sums.discriminator_loss / n,
    .generator_loss = sums.generator_loss / n,
    .real = sums.real / n,
    .generated = sums.generated / n,
    .gradient = sqrt (sums.gradient * n / gan->shape.n_features),
    .n = gan->n_rows,
  };
  gan->step++;
  step->epoch_done = gan->step % gan->steps_per_epoch == 0;
  step->run_done = gan->step >= gan->steps_per_epoch * gan->config.epochs;
  return TRUE;
}

NnNetwork *
nn_gan_snapshot_generator (const NnGan *gan)
{
  NnNetwork *copy = nn_network_new (&gan->shape.generator, NULL);

  memcpy (copy->params, gan->average, copy->n_params * sizeof (float));
  return copy;
}

NnNetwork *
nn_gan_snapshot_discriminator (const NnGan *gan)
{
  return nn_network_copy (gan->discriminator.network);
}

void
nn_gan_gradients (NnGan *gan,
                  float *discriminator,
                  float *generator,
                  double *discriminator_loss,
                  double *generator_loss)
{
  NnGanSums sums;

  begin_minibatch (gan);
  nn_pool_run (gan->pool, discriminator_gradient, gan);
  sums = add_sums (gan);
  *discriminator_loss =
      (sums.discriminator_loss + gan->config.penalty * NN_GAN_PENALTY_INTERVAL / 2 * sums.penalty) /
      gan->n_rows;
  memcpy (discriminator, gan->discriminator.gradient,
          gan->discriminator.network->n_params * sizeof (float));
  nn_pool_run (gan->pool, generator_gradient, gan);
  *generator_loss = add_sums (gan).generator_loss / gan->n_rows;
  memcpy (generator, gan->generator.gradient, gan->generator.network->n_params * sizeof (float));
}
