/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-trainer-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "nn-lazy.h"
#include "nn-simd.h"

/* The purpose of a random stream of the run; nn-sampler.c has the other. */
#define STREAM_INIT 1

/* Samples of a lazy data set that are computed together, at first and at most. Few at first, for
 * the first point of the curve; then more, for workers wait for each other at the end of each
 * time, which is long where a window leaves them little of the processors. */
#define WRITE_AHEAD ((gsize) 64)
#define MAX_WRITE_AHEAD ((gsize) 2048)

static void
init_params (NnTrainer *trainer)
{
  g_autoptr (NnNetwork) network = nn_network_new (&trainer->reading, NULL);
  NnRandom random;

  trainer->n_params = network->n_params;
  trainer->n_weights = network->n_weights;
  for (guint w = 0; w < network->n_weights; w++)
    trainer->weights_size[w] =
        (gsize) network->weights[w].n_out * ((gsize) network->weights[w].n_in + 1);
  nn_random_init_stream (&random, trainer->config.seed, STREAM_INIT, 0);
  nn_network_init (network, trainer->config.init, &random);
  nn_trainer_pack (trainer, network->params, trainer->params);
}

static gboolean
check_samples (const NnTrainConfig *config, const NnDataset *train, GError **error)
{
  if (nn_augment_is_on (&config->augment) &&
      (train->pixels == NULL || train->width == 0 || train->width > NN_AUGMENTER_MAX_SIDE ||
       train->height > NN_AUGMENTER_MAX_SIDE))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("augmentation needs images of at most %d pixels per side; these samples "
                      "are not"),
                   NN_AUGMENTER_MAX_SIDE);
      return FALSE;
    }
  if (config->pca > 0 && train->n_features != config->pca)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the samples have %u values, not %u principal components"), train->n_features,
                   config->pca);
      return FALSE;
    }
  for (gsize i = 0; i < train->n; i++)
    if (train->labels[i] >= train->n_classes)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_VALUE, _ ("sample %zu has label %u of %u classes"),
                     i, train->labels[i], train->n_classes);
        return FALSE;
      }
  return TRUE;
}

/* The fused plan is for networks of its kind whose gradient nobody wants to see. */
static const NnTrainerPlan *
choose_plan (const NnTrainer *trainer)
{
  const NnTrainerOptions *options = &trainer->options;

  return options->plan == NN_PLAN_PLAIN || options->objective != NULL || options->hook != NULL ||
                 trainer->taken != NULL || !nn_architecture_get_mlp (&trainer->arch, NULL) ?
             &nn_trainer_plan_plain :
             &nn_trainer_plan_fused;
}

/* Frees what is there before the plan. */
static void
free_beginning (NnTrainer *trainer)
{
  g_free (trainer->taken);
  nn_sampler_free (trainer->sampler);
  nn_dataset_unref (trainer->train);
  g_free (trainer);
}

NnTrainer *
nn_trainer_new (const NnTrainConfig *config, NnDataset *train, GError **error)
{
  return nn_trainer_new_with_options (config, train, NULL, error);
}

NnTrainer *
nn_trainer_new_with_options (const NnTrainConfig *config,
                             NnDataset *train,
                             const NnTrainerOptions *options,
                             GError **error)
{
  /* A vector of features, or an image of one channel. */
  const NnShape input = { train->n_features, 1, 1 };
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  NnTrainer *trainer;
  gsize batch;

  if (!nn_train_config_validate (config, error) ||
      !nn_train_config_architecture (config, input, train->n_classes, arch, error) ||
      !nn_architecture_validate (arch, error) || !check_samples (config, train, error))
    return NULL;

  trainer = g_new0 (NnTrainer, 1);
  trainer->config = *config;
  trainer->options = options != NULL ? *options : (NnTrainerOptions){ 0 };
  trainer->arch = trainer->reading = *arch;
  nn_architecture_remove_dropout (&trainer->reading);
  trainer->train = nn_dataset_ref (train);
  trainer->learning_rate_scale = 1;
  trainer->sampler = nn_sampler_new (train, config->balance, config->seed);
  trainer->config.batch_size = (guint) MIN (config->batch_size, trainer->sampler->n);
  batch = trainer->config.batch_size;
  trainer->steps_per_epoch = (trainer->sampler->n + batch - 1) / batch;
  trainer->max_rows = batch;
  if (config->dp_noise > 0 && !nn_trainer_dp_init (trainer, error))
    {
      free_beginning (trainer);
      return NULL;
    }
  trainer->pool = nn_pool_new (config->threads);
  trainer->labels = g_new0 (guint8, trainer->max_rows);
  if (config->balance == NN_BALANCE_WEIGHTS)
    {
      trainer->class_weights = nn_sampler_class_weights (train);
      trainer->sample_weights = g_new0 (float, batch);
    }
  if (nn_augment_is_on (&config->augment))
    nn_trainer_augment_init (trainer);
  trainer->is_complete = nn_lazy_is_complete (train);
  trainer->write_ahead = WRITE_AHEAD;
  trainer->plan = choose_plan (trainer);
  trainer->plan->init (trainer);
  init_params (trainer);
  return trainer;
}

void
nn_trainer_free (NnTrainer *trainer)
{
  trainer->plan->clear (trainer);
  nn_pool_free (trainer->pool);
  nn_aligned_free (trainer->params);
  nn_aligned_free (trainer->first_moment);
  nn_aligned_free (trainer->second_moment);
  nn_trainer_augment_clear (trainer);
  g_clear_pointer (&trainer->measured, nn_dataset_unref);
  g_free (trainer->chunk_losses);
  g_free (trainer->chunk_correct);
  g_free (trainer->labels);
  g_free (trainer->class_weights);
  g_free (trainer->sample_weights);
  free_beginning (trainer);
}

const char *
nn_trainer_get_plan_name (const NnTrainer *trainer)
{
  return trainer->plan->name;
}

const NnTrainConfig *
nn_trainer_get_config (const NnTrainer *trainer)
{
  return &trainer->config;
}

const NnArchitecture *
nn_trainer_get_architecture (const NnTrainer *trainer)
{
  return &trainer->reading;
}

guint
nn_trainer_get_n_workers (const NnTrainer *trainer)
{
  return nn_pool_get_n_workers (trainer->pool);
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
nn_trainer_gather_labels (NnTrainer *trainer, gsize first, gsize last)
{
  for (gsize i = first; i < last; i++)
    trainer->labels[i] = trainer->train->labels[trainer->indices[i]];
  if (trainer->sample_weights != NULL)
    for (gsize i = first; i < last; i++)
      trainer->sample_weights[i] = trainer->class_weights[trainer->labels[i]];
}

void
nn_trainer_gather_features (NnTrainer *trainer, guint worker, gsize first, gsize last, float *x)
{
  const gsize size = (last - first) * trainer->train->n_features;

  if (trainer->augmenters == NULL)
    {
      nn_dataset_gather (trainer->train, trainer->indices + first, last - first, x,
                         trainer->labels + first);
      return;
    }
  nn_trainer_augment (trainer, worker, first, last);
  for (gsize i = 0; i < size; i++)
    x[i] = (float) trainer->views[first * trainer->train->n_features + i] * (1 / 255.0f);
}

void
nn_trainer_unpack (const NnTrainer *trainer, const float *block, float *canonical)
{
  for (guint w = 0; w < trainer->n_weights; w++)
    {
      const gsize size = trainer->weights_size[w];
      const float *values = trainer->plan->get_weights (trainer, block, w, canonical);

      if (values != canonical)
        memcpy (canonical, values, size * sizeof (float));
      canonical += size;
    }
}

void
nn_trainer_pack (const NnTrainer *trainer, const float *canonical, float *block)
{
  for (guint w = 0; w < trainer->n_weights; w++)
    {
      trainer->plan->set_weights (trainer, block, w, canonical);
      canonical += trainer->weights_size[w];
    }
}

NnNetwork *
nn_trainer_snapshot (NnTrainer *trainer)
{
  NnNetwork *network = nn_network_new (&trainer->reading, NULL);

  nn_trainer_unpack (trainer, trainer->params, network->params);
  return network;
}

gboolean
nn_trainer_set_network (NnTrainer *trainer, const NnNetwork *network, GError **error)
{
  if (!nn_architecture_equal (&trainer->reading, &network->arch))
    {
      g_autofree char *mine = nn_architecture_to_string (&trainer->reading);
      g_autofree char *theirs = nn_architecture_to_string (&network->arch);

      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("a network %s cannot begin with the weights of one that is %s, or that "
                      "has other activations or another loss"),
                   mine, theirs);
      return FALSE;
    }
  nn_trainer_pack (trainer, network->params, trainer->params);
  return TRUE;
}

/* Computes the samples of the minibatch, where the data set is lazy. The first epoch makes its own
 * samples, so that its first point of the curve is there at once; later ones find all of them.
 * @first: place of the minibatch in the epoch */
static void
write_samples (NnTrainer *trainer, gsize first)
{
  const gsize n =
      MIN (MAX (trainer->config.batch_size, trainer->write_ahead), trainer->sampler->n - first);

  if (trainer->is_complete)
    return;
  if (first == 0 && trainer->step > 0)
    nn_lazy_complete (trainer->train, trainer->pool);
  else if (first + trainer->n_rows > trainer->written)
    {
      nn_lazy_write (trainer->train, trainer->indices, n, trainer->pool);
      trainer->written = first + n;
      trainer->write_ahead = MIN (2 * trainer->write_ahead, MAX_WRITE_AHEAD);
    }
  trainer->is_complete = nn_lazy_is_complete (trainer->train);
}

/* The next minibatch of the epoch; @first: its place in the epoch. */
static void
take_samples (NnTrainer *trainer, guint64 epoch, gsize first)
{
  const gsize batch = trainer->config.batch_size, n = trainer->sampler->n;

  nn_sampler_set_epoch (trainer->sampler, epoch);
  trainer->indices = trainer->sampler->indices + first;
  trainer->n_rows = MIN (batch, n - first);
  write_samples (trainer, first);
  trainer->n_next = MIN (batch, n - first - trainer->n_rows);
}

gboolean
nn_trainer_step (NnTrainer *trainer, NnStep *step, GError **error)
{
  guint64 epoch = trainer->step / trainer->steps_per_epoch;
  guint64 in_epoch = trainer->step % trainer->steps_per_epoch;
  gsize first = in_epoch * trainer->config.batch_size;
  double learning_rate =
      trainer->learning_rate_scale *
      nn_train_config_learning_rate (&trainer->config, trainer->step, trainer->steps_per_epoch);

  if (trainer->taken != NULL)
    {
      nn_trainer_dp_sample (trainer);
      nn_lazy_write (trainer->train, trainer->indices, trainer->n_rows, trainer->pool);
    }
  else
    take_samples (trainer, epoch, first);
  nn_update_init (&trainer->update, &trainer->config, learning_rate, trainer->step + 1);

  trainer->plan->begin (trainer);
  nn_pool_run (trainer->pool, trainer->plan->step, trainer);

  if (!isfinite (trainer->loss))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                   _ ("the loss is no longer a finite number at step %" PRIu64
                      ": try a smaller learning rate"),
                   trainer->step + 1);
      return FALSE;
    }
  if (trainer->options.hook != NULL)
    {
      if (!trainer->options.hook (trainer->options.hook_data, trainer->plan->get_gradient (trainer),
                                  trainer->n_params, trainer->step, error))
        return FALSE;
      nn_pool_run (trainer->pool, trainer->plan->update, trainer);
    }
  *step = (NnStep){
    .step = trainer->step,
    .epoch = (guint) epoch,
    .loss = trainer->loss,
    .n_correct = (guint) trainer->n_correct,
    .n = (guint) trainer->n_rows,
    .learning_rate = learning_rate,
    .epoch_done = in_epoch + 1 == trainer->steps_per_epoch,
    .run_done = in_epoch + 1 == trainer->steps_per_epoch && epoch + 1 == trainer->config.epochs,
  };
  trainer->step++;
  return TRUE;
}
