/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-accountant.h"
#include "nn-dataset.h"
#include "nn-dp-sgd.h"
#include "nn-evaluate.h"
#include "nn-train-config.h"
#include "nn-write.h"

G_BEGIN_DECLS

/**
 * NnTrainer:
 *
 * One run: parameters, moments and the position in the data. nn_trainer_step() trains
 * one minibatch and returns, so that the caller (a session, a test) decides when to pause, to
 * inspect and to stop. Owned by one thread; the workers inside it are joined when it is freed.
 *
 * One step is: sample, forward, objective, backward, gradient hook, update. The same config, seed
 * and data give the same curve bit for bit on the same machine, with any number of threads, and
 * also if the run is saved and restored.
 */
typedef struct _NnTrainer NnTrainer;

/**
 * NnStep:
 * @step: 0-based number of this minibatch in the run
 * @epoch: 0-based
 * @loss: mean over the minibatch, without decay
 * @n_correct: @n: of the minibatch, in training mode (with dropout); a step of a private run may
 *   take no sample
 * @learning_rate: used
 * @epoch_done: this was the last minibatch of its epoch
 * @run_done: this was the last minibatch of the last epoch
 */
typedef struct
{
  guint64 step;
  guint epoch;
  double loss;
  guint n_correct, n;
  double learning_rate;
  gboolean epoch_done;
  gboolean run_done;
} NnStep;

/**
 * NnObjectiveRows:
 * @indices: [n] the samples in the training data
 * @labels: [n]
 * @x: [n, n_features] what the network read: with augmentation, the views of the samples
 * @worker: which of the workers asks, below nn_trainer_get_n_workers()
 *
 * A part of a minibatch.
 */
typedef struct
{
  const guint32 *indices;
  const guint8 *labels;
  const float *x;
  gsize n;
  guint worker;
} NnObjectiveRows;

/**
 * NnObjectiveFunc:
 * @logits: [n, k]
 * @dlogits: (out): [n, k] the gradient of the returned sum
 *
 * Called by several workers at once, each with its part of a minibatch.
 *
 * Returns: the sum of the samples' losses; the trainer minimises their mean
 */
typedef double (*NnObjectiveFunc) (
    gpointer data, const NnObjectiveRows *rows, const float *logits, guint k, float *dlogits);

/**
 * NnGradientHook:
 * @gradient: [n_params] of the mean loss over the minibatch, laid out as a network's
 *   parameters, without weight decay; the hook may change it
 * @step: 0-based
 *
 * Called between gradient and update by the thread that calls nn_trainer_step().
 *
 * Returns: %FALSE with @error set to end the step without an update
 */
typedef gboolean (*NnGradientHook) (
    gpointer data, float *gradient, gsize n_params, guint64 step, GError **error);

/* How a step is calculated. Both give the same results within rounding. */
typedef enum
{
  NN_PLAN_BEST,  /* fused if possible: a multilayer perceptron, labels, no hook */
  NN_PLAN_PLAIN, /* forward, backward and update in sequence, for every network */
} NnPlan;

/**
 * NnTrainerOptions:
 * @objective: (nullable): replaces the loss of the labels
 * @hook: (nullable): gets the gradient before the update
 * @keystream: (nullable): the random bytes of a private run; %NULL for those of the seed, which can
 *   be predicted and are for tests. @key: must outlive the trainer
 *
 * Functions that the caller adds to a run. An objective or a hook needs the plain plan.
 */
typedef struct
{
  NnPlan plan;
  NnObjectiveFunc objective;
  gpointer objective_data;
  NnGradientHook hook;
  gpointer hook_data;
  NnKeystream keystream;
  gconstpointer key;
} NnTrainerOptions;

/**
 * nn_trainer_new:
 * @config: validated here
 * @train: the training samples; the caller has split off the validation samples, and projected the
 *   others if the config wants principal components
 *
 * Returns: (nullable): NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE
 */
NnTrainer *nn_trainer_new (const NnTrainConfig *config, NnDataset *train, GError **error);
/* @options: (nullable): copied */
NnTrainer *nn_trainer_new_with_options (const NnTrainConfig *config,
                                        NnDataset *train,
                                        const NnTrainerOptions *options,
                                        GError **error);
void nn_trainer_free (NnTrainer *trainer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTrainer, nn_trainer_free)

/* "fused" or "plain" */
const char *nn_trainer_get_plan_name (const NnTrainer *trainer);
/* The config of nn_trainer_new(), with a minibatch that is at most as large as an epoch, and no
 * more epochs than the privacy budget allows. */
const NnTrainConfig *nn_trainer_get_config (const NnTrainer *trainer);
/* The architecture of the snapshots: without dropout layers. */
const NnArchitecture *nn_trainer_get_architecture (const NnTrainer *trainer);
/* The number of workers, 1 and more. */
guint nn_trainer_get_n_workers (const NnTrainer *trainer);
guint64 nn_trainer_get_steps_per_epoch (const NnTrainer *trainer);
/* The step that the next nn_trainer_step() will train. */
guint64 nn_trainer_get_step (const NnTrainer *trainer);

/* What a private run has spent after @step steps; zeros for other runs. */
NnSpent nn_trainer_get_spent (const NnTrainer *trainer, guint64 step, NnConversion conversion);

/* Begins with these weights instead of those of the seed; call it before the first step.
 * NN_ERROR_SHAPE if the architectures differ; then nothing changes. */
gboolean nn_trainer_set_network (NnTrainer *trainer, const NnNetwork *network, GError **error);

/* Scales the learning rate of the schedule from the next step on; finite, not negative,
 * initially 1. */
void nn_trainer_set_learning_rate_scale (NnTrainer *trainer, double scale);

/* Trains one minibatch. %FALSE with @error set if the loss is no longer finite; the parameters are
 * then those before the step, which the step before may have damaged already: call
 * nn_network_check_finite() before keeping a snapshot. May be called after the last epoch; the
 * epochs then continue to count. */
gboolean nn_trainer_step (NnTrainer *trainer, NnStep *step, GError **error);

/* (transfer full): a copy of the current weights, which is never changed. */
NnNetwork *nn_trainer_snapshot (NnTrainer *trainer);

/* Loss and accuracy of @dataset with the current weights, on all workers. */
void
nn_trainer_measure (NnTrainer *trainer, const NnDataset *dataset, double *loss, double *accuracy);

/**
 * nn_trainer_write_state: nn_trainer_restore_state:
 *
 * The state that is needed to continue to the same curve: step, parameters, moments, as bytes with
 * a magic, a version and a checksum. Restoring checks that they belong to this config, architecture
 * and data size. The state is written layer by layer, so that it is never in memory as a whole.
 * Writing fails only if @write fails.
 */
gboolean
nn_trainer_write_state (NnTrainer *trainer, NnWriteFunc write, gpointer data, GError **error);
gboolean nn_trainer_restore_state (NnTrainer *trainer, GBytes *state, GError **error);

G_END_DECLS
