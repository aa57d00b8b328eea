/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augmenter.h"
#include "nn-update-block.h"
#include "nn-pool.h"
#include "nn-sampler.h"
#include "nn-trainer.h"

/* Private to nn-trainer*.c: what every run is made of, and what a plan adds.
 *
 * A plan is a way to do the arithmetic of a step. Work is cut into tiles whose
 * number and shape depend on the sizes alone, never on the number of workers;
 * which worker does a tile changes nothing in it. That is what makes the curve the
 * same whatever the number of threads. */

/**
 * NnTrainerPlan:
 * @init: makes the plan's own state and the trainer's params and moments, all zero; called when
 *   everything else of the trainer is there
 * @clear: frees them
 * @begin: gets ready for a minibatch; called before the workers
 * @step: an NnPoolFunc: one minibatch: trainer->loss and trainer->n_correct, and, where the loss is
 *   finite, the update; without it where the trainer has a gradient hook
 * @update: an NnPoolFunc: the update after the hook; %NULL where a plan knows no hook
 * @get_gradient: (nullable): of the last step, laid out as a network's parameters; %NULL likewise
 * @measure_begin: gets ready to read trainer->measured
 * @measure: the logits [n, classes] of its samples [first, first + n), without dropout
 * @get_weights: the parameters of weights @w of a block, weight [out, in] and bias [out] in one
 *   piece: in the block itself, or written to @buffer
 * @set_weights: the way back
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

/* Samples measured at a time; a fixed number, so that sums come out the same whoever adds them. */
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
  gboolean is_complete; /* whether all pixels of @train are there */
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

  /* Laid out as the plan likes it. */
  float *params;
  float *first_moment;  /* or NULL */
  float *second_moment; /* or NULL */

  /* Augmentation, or NULL. */
  NnAugmenter **augmenters; /* [n_workers + 1], the last NULL */
  guint8 *views;            /* [B, n_features] the minibatch as it is drawn anew in every step */

  /* The epoch's samples and the present minibatch. */
  NnSampler *sampler;
  float *class_weights;   /* [n_classes], or NULL */
  float *sample_weights;  /* [B], or NULL */
  guint8 *labels;         /* [B] */
  const guint32 *indices; /* [n_rows] in the data set */
  gsize n_rows;
  gsize n_next; /* rows of the minibatch after it, which follow in @indices; 0 at an epoch's end */
  NnUpdate update;
  double loss; /* mean over the minibatch */
  gsize n_correct;

  /* Measuring. */
  NnDataset *measured;
  double *chunk_losses;
  gsize *chunk_correct;
};

/* nn-trainer-augment.c */

void nn_trainer_augment_init (NnTrainer *trainer);
void nn_trainer_augment_clear (NnTrainer *trainer);
/* Draws rows [first, last) of the minibatch anew, into the rows of @views. */
void nn_trainer_augment (NnTrainer *trainer, guint worker, gsize first, gsize last);

/* nn-trainer.c */

/* Labels of rows [first, last) of the minibatch, and their weights. */
void nn_trainer_gather_labels (NnTrainer *trainer, gsize first, gsize last);
/* Features of rows [first, last) of the minibatch as numbers, augmented where that is on: @x has
 * room for them alone. */
void
nn_trainer_gather_features (NnTrainer *trainer, guint worker, gsize first, gsize last, float *x);

/* Between the trainer's layout and a network's; either way the same values. */
void nn_trainer_unpack (const NnTrainer *trainer, const float *block, float *canonical);
void nn_trainer_pack (const NnTrainer *trainer, const float *canonical, float *block);
