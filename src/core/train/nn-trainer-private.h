/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augmenter.h"
#include "nn-dp-sgd.h"
#include "nn-update-block.h"
#include "nn-pool.h"
#include "nn-sampler.h"
#include "nn-trainer.h"

/* Private to nn-trainer*.c: the state of every run, and the interface of a plan.
 *
 * A plan is a way to do the arithmetic of a step. The work is split into tiles whose number and
 * shape depend only on the sizes, and the result of a tile does not depend on the worker that
 * computes it. So the curve is the same with any number of threads. */

/**
 * NnTrainerPlan:
 * @init: makes the state of the plan, and the params and moments of the trainer, all zero; called
 *   after the other members of the trainer are set
 * @clear: frees them
 * @begin: prepares a minibatch; called before the workers
 * @step: an NnPoolFunc that trains one minibatch: sets trainer->loss and trainer->n_correct and, if
 *   the loss is finite and the trainer has no gradient hook, updates the parameters
 * @update: (nullable): an NnPoolFunc: the update after the hook; %NULL if the plan has no hooks
 * @get_gradient: (nullable): the gradient of the last step, laid out as the parameters of a
 *   network; %NULL if the plan has no hooks
 * @measure_begin: prepares the evaluation of trainer->measured
 * @measure: the logits [n, classes] of its samples [first, first + n), without dropout
 * @get_weights: the parameters of weights @w of a block, weight [out, in] and bias [out] in one
 *   piece: a part of the block, or a copy in @buffer
 * @set_weights: the inverse of @get_weights
 */
typedef struct
{
  const char *name;
  void (*init) (NnTrainer *trainer);
  void (*clear) (NnTrainer *trainer);
  void (*begin) (NnTrainer *trainer);
  NnPoolFunc step;
  NnPoolFunc update;
  float *(*get_gradient) (NnTrainer *trainer);
  void (*measure_begin) (NnTrainer *trainer);
  float *(*measure) (NnTrainer *trainer, guint worker, gsize first, gsize n);
  const float *(*get_weights) (const NnTrainer *trainer,
                               const float *block,
                               guint w,
                               float *buffer);
  void (*set_weights) (const NnTrainer *trainer, float *block, guint w, const float *values);
} NnTrainerPlan;

extern const NnTrainerPlan nn_trainer_plan_fused;
extern const NnTrainerPlan nn_trainer_plan_plain;

/* Number of samples that are evaluated at a time; fixed, so that the sums do not depend on the
 * number of workers. */
#define NN_MEASURE_CHUNK 256

typedef struct _NnTrainerFused NnTrainerFused;
typedef struct _NnTrainerPlain NnTrainerPlain;

struct _NnTrainer
{
  NnTrainConfig config;
  NnTrainerOptions options;
  NnArchitecture arch;    /* with its dropout layers */
  NnArchitecture reading; /* without */
  NnDataset *train;
  gboolean is_complete; /* whether @train has all its pixels */
  gsize write_ahead;    /* samples to compute together next, if not */
  gsize written;        /* samples of the first epoch that were computed, in its order */
  NnPool *pool;

  const NnTrainerPlan *plan;
  NnTrainerFused *fused; /* the state of the plan; the other is NULL */
  NnTrainerPlain *plain;

  guint64 step;
  guint64 steps_per_epoch;
  double learning_rate_scale;

  /* Sizes of the layers with parameters, in a network's order. */
  gsize n_params;
  guint n_weights;
  gsize weights_size[NN_MAX_LAYERS]; /* floats, biases included */

  /* In the layout of the plan. */
  float *params;
  float *first_moment;  /* or NULL */
  float *second_moment; /* or NULL */

  /* Augmentation, or NULL. */
  NnAugmenter **augmenters; /* [n_workers + 1], the last NULL */
  guint8 *views;            /* [B, n_features] the augmented views of the minibatch */

  /* The samples of the epoch and the current minibatch. */
  NnSampler *sampler;
  float *class_weights;   /* [n_classes], or NULL */
  float *sample_weights;  /* [B], or NULL */
  guint8 *labels;         /* [B] */
  const guint32 *indices; /* [n_rows] in the data set */
  gsize n_rows;
  gsize max_rows; /* of any minibatch: [B] above and below */
  gsize n_next; /* rows of the next minibatch, which follow in @indices; 0 at the end of an epoch */
  NnUpdate update;
  double loss; /* mean over the minibatch */
  gsize n_correct;

  /* Differential privacy. */
  guint32 *taken; /* [max_rows] the samples of the minibatch, or NULL for a run without it */
  double dp_rate; /* with which a step takes a sample */
  NnKeystream keystream;
  gconstpointer key;

  /* Measuring. */
  NnDataset *measured;
  double *chunk_losses;
  gsize *chunk_correct;
};

/* nn-trainer-augment.c */

void nn_trainer_augment_init (NnTrainer *trainer);
void nn_trainer_augment_clear (NnTrainer *trainer);
/* Makes augmented views of the rows [first, last) of the minibatch in the same rows of @views. */
void nn_trainer_augment (NnTrainer *trainer, guint worker, gsize first, gsize last);

/* nn-trainer-dp.c */

/* Prepares a private run; @trainer has its config, options, data and sampler. NN_ERROR_CONFIG if
 * not even one epoch keeps the budget. */
gboolean nn_trainer_dp_init (NnTrainer *trainer, GError **error);
/* Chooses the samples of the minibatch. */
void nn_trainer_dp_sample (NnTrainer *trainer);
/* The norm to which the gradient of a sample in the mean over the minibatch is clipped, and the
 * deviation of the noise on that mean. */
double nn_trainer_dp_clip (const NnTrainer *trainer);
double nn_trainer_dp_deviation (const NnTrainer *trainer);

/* nn-trainer.c */

/* Labels of rows [first, last) of the minibatch, and their weights. */
void nn_trainer_gather_labels (NnTrainer *trainer, gsize first, gsize last);
/* Features of rows [first, last) of the minibatch as floats, augmented if augmentation is on: @x
 * has room for only these rows. */
void
nn_trainer_gather_features (NnTrainer *trainer, guint worker, gsize first, gsize last, float *x);

/* Convert between the layout of the trainer and that of a network; the values are the same. */
void nn_trainer_unpack (const NnTrainer *trainer, const float *block, float *canonical);
void nn_trainer_pack (const NnTrainer *trainer, const float *canonical, float *block);
