/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-augmenter.h"
#include "nn-forward.h"
#include "nn-optimizer.h"
#include "nn-sampler.h"
#include "nn-panel.h"
#include "nn-pool.h"
#include "nn-sparse.h"
#include "nn-trainer.h"

/* Private to nn-trainer*.c: what a run is made of.
 *
 * Work is cut into tiles whose number and shape depend on the sizes alone, never
 * on the number of workers; which worker does a tile changes nothing in it. That
 * is what makes the curve the same whatever the number of threads. */

#define NN_MAX_TILES 64

/* Some consecutive things: [start[i], start[i + 1]). */
typedef struct
{
  guint n;
  guint start[NN_MAX_TILES + 1];
} NnTiles;

/* Cuts @n things into tiles of about @size, at multiples of 8 where there are that many; an even
 * number of tiles where there is more than one, for most machines have an even number of
 * processors. */
void nn_tiles_init (NnTiles *tiles, guint n, guint size);

/* One layer with its activations in a minibatch of B rows. Rows of z, a, dz, mask are @stride long;
 * columns beyond n_out are padding: weights there are zero, gradients too. */
typedef struct
{
  guint n_in, n_out, stride;
  gsize offset; /* of the layer in the parameter block */
  gsize size;
  NnTiles units;  /* of the layer's outputs, for forward and update */
  NnTiles inputs; /* of its inputs, for the gradient that goes down */
  float *z;       /* [B, stride] */
  float *f;       /* [B, stride] f (z); z itself for the output layer */
  float *a;       /* [B, stride] what the next layer reads: f with units dropped, f itself
                     where there is no dropout */
  float *dz;      /* [B, stride] */
  float *mask;    /* [B, stride] dropout, or NULL */
} NnTrainerLayer;

/* What a worker measures with. */
typedef struct
{
  float *a[2]; /* [CHUNK, widest stride] */
  float *x;    /* [CHUNK, n_features], for dense data */
  guint8 *labels;
} NnMeasureScratch;

struct _NnTrainer
{
  NnTrainConfig config;
  NnArchitecture arch;
  NnDataset *train;
  NnPool *pool;

  guint64 step;
  guint64 steps_per_epoch;
  double learning_rate_scale;

  /* Parameters and moments: layer after layer, the first in panels where the data is sparse,
   * otherwise weight [out, in], bias [out]. */
  gsize n_params;
  float *params;
  float *first_moment;  /* or NULL */
  float *second_moment; /* or NULL */
  float *gradients;     /* of the layers that are not sparse */
  NnTrainerLayer layers[NN_MAX_LAYERS];
  float *partial; /* [tiles of the last hidden layer, B, stride of the output layer] logits from
                     each tile alone; NULL without a hidden layer */

  /* Sparse input. */
  gboolean sparse;
  NnPanelLayout panel_layout;
  NnSparseRows *rows;
  NnSparseColumns **columns; /* [n_workers] the minibatch */
  guint32 *active;           /* [n_active] columns to update */
  gsize n_active;

  /* Dense input. */
  float *x; /* [B, n_in] */

  /* Augmentation, or NULL. */
  NnAugmenter **augmenters; /* [n_workers] */
  guint8 *looks;            /* [B, n_in] the minibatch as it is drawn anew in every step */
  NnSparseRows *look_rows;  /* the same, for a sparse first layer */
  guint32 *look_indices;    /* [B] 0, 1, ...: where the rows of the minibatch are in it */

  /* The epoch's order and the present minibatch. */
  NnSampler *sampler;
  float *class_weights;   /* [n_classes], or NULL */
  float *sample_weights;  /* [B], or NULL */
  guint8 *labels;         /* [B] */
  const guint32 *indices; /* [n_rows] in the data set */
  gsize n_rows;
  gsize n_next; /* rows of the minibatch after it, which follow in @indices; 0 at an epoch's end */
  NnTiles samples; /* of the minibatch, for the output layer */
  double *losses;  /* [samples.n] sums over the tile */
  gsize *correct;  /* [samples.n] */
  double loss;     /* mean */
  NnUpdate update;

  /* Measuring. */
  NnDataset *measured; /* whose rows are @measured_rows */
  NnSparseRows *measured_rows;
  NnMeasureScratch *scratch; /* [n_workers] */
  double *chunk_losses;
  gsize *chunk_correct;
};

/* nn-trainer-augment.c */

void nn_trainer_augment_init (NnTrainer *trainer);
void nn_trainer_augment_clear (NnTrainer *trainer);
/* Draws rows [first, last) of the minibatch anew. */
void nn_trainer_augment (NnTrainer *trainer, guint worker, gsize first, gsize last);

/* Between the trainer's layout and a network's; either way the same values. */
void nn_trainer_unpack (const NnTrainer *trainer, const float *block, float *canonical);
void nn_trainer_pack (const NnTrainer *trainer, const float *canonical, float *block);

/* The layer's weight and bias inside a block laid out as the trainer's parameters; not for a sparse
 * first layer. */
static inline float *
nn_trainer_weight (const NnTrainerLayer *layer, float *block)
{
  return block + layer->offset;
}

static inline float *
nn_trainer_bias (const NnTrainerLayer *layer, float *block)
{
  return block + layer->offset + (gsize) layer->n_out * layer->n_in;
}
