/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-dataset.h"
#include "nn-evaluate.h"
#include "nn-train-config.h"
#include "nn-write.h"

G_BEGIN_DECLS

/**
 * NnTrainer:
 *
 * One run: parameters, moments and the place in the data. nn_trainer_step() trains
 * one minibatch and returns, so that the caller (a session, a test) decides when to
 * pause, to look and to stop. Owned by one thread; the workers inside it are joined
 * when it is freed.
 *
 * One step is: sample, forward, objective, backward, gradient hook, update. The
 * same config, seed and data give the same curve bit for bit on the same machine,
 * whatever the number of threads and however often a run was saved and restored on
 * the way.
 */
typedef struct _NnTrainer NnTrainer;

/**
 * NnStep:
 * @step: 0-based number of this minibatch in the run
 * @epoch: 0-based
 * @loss: mean over the minibatch, without decay
 * @n_correct: @n: of the minibatch, in training mode (with dropout)
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
 * NnObjectiveFunc:
 * @indices: [n] the samples in the training data
 * @logits: [n, k]
 * @dlogits: (out): [n, k] the gradient of what is returned
 *
 * Called by several workers at once, each with its part of a minibatch.
 *
 * Returns: the sum of the samples' losses; the trainer minimises their mean
 */
typedef double (*NnObjectiveFunc) (
    gpointer data, const guint32 *indices, const float *logits, gsize n, guint k, float *dlogits);

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

/* How a step is calculated. Both give the same within rounding. */
typedef enum
{
  NN_PLAN_BEST,  /* fused where that can do it: a multilayer perceptron, labels, no hook */
  NN_PLAN_PLAIN, /* forward, backward and update one after another, for every network */
} NnPlan;

/**
 * NnTrainerOptions:
 * @objective: (nullable): in place of the loss over labels
 * @hook: (nullable): sees the gradient before the update
 *
 * What the caller adds to a run. With an objective or a hook the plan is plain.
 */
typedef struct
{
  NnPlan plan;
  NnObjectiveFunc objective;
  gpointer objective_data;
  NnGradientHook hook;
  gpointer hook_data;
} NnTrainerOptions;

/**
 * nn_trainer_new:
 * @config: validated here
 * @train: the samples to train on; the validation split is the caller's
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
/* As it was given, but for a minibatch that is never larger than an epoch. */
const NnTrainConfig *nn_trainer_get_config (const NnTrainer *trainer);
/* Of the snapshots: without dropout layers. */
const NnArchitecture *nn_trainer_get_architecture (const NnTrainer *trainer);
guint64 nn_trainer_get_steps_per_epoch (const NnTrainer *trainer);
/* The step that the next nn_trainer_step() will train. */
guint64 nn_trainer_get_step (const NnTrainer *trainer);

/* Begins with these weights rather than with those of the seed; before the first step.
 * NN_ERROR_SHAPE where the architectures differ, and then nothing changes. */
gboolean nn_trainer_set_network (NnTrainer *trainer, const NnNetwork *network, GError **error);

/* Scales what the schedule says from the next step on; finite, not negative, 1 at the start. */
void nn_trainer_set_learning_rate_scale (NnTrainer *trainer, double scale);

/* Trains one minibatch. %FALSE with @error set where the loss is no longer finite; the parameters
 * are then those before the step, which may be past saving already: the step before may have blown
 * them up. Look at nn_network_check_finite() before keeping a snapshot. May be called past the last
 * epoch; epochs then go on counting. */
gboolean nn_trainer_step (NnTrainer *trainer, NnStep *step, GError **error);

/* The weights of this moment, for others to read: (transfer full), never written again. */
NnNetwork *nn_trainer_snapshot (NnTrainer *trainer);

/* Loss and accuracy of @dataset with the weights of this moment, on all workers. */
void
nn_trainer_measure (NnTrainer *trainer, const NnDataset *dataset, double *loss, double *accuracy);

/**
 * nn_trainer_write_state: nn_trainer_restore_state:
 *
 * All that is needed to go on to the same curve: step, parameters, moments, as
 * bytes with a magic, a version and a checksum. Restoring checks that they
 * belong to this config, architecture and data size. Written layer by layer, so that it is never in
 * memory as a whole. %FALSE only where @write says so.
 */
gboolean
nn_trainer_write_state (NnTrainer *trainer, NnWriteFunc write, gpointer data, GError **error);
gboolean nn_trainer_restore_state (NnTrainer *trainer, GBytes *state, GError **error);

G_END_DECLS
