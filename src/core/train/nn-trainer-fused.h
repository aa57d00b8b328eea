/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-mlp-forward.h"
#include "nn-panel.h"
#include "nn-sparse.h"
#include "nn-trainer-private.h"

/* Private to nn-trainer-fused*.c: the plan for multilayer perceptrons without a gradient hook. The
 * optimiser runs inside the backward pass, on gradients that are still in a register or the cache,
 * and a first layer that reads images skips their background. */

#define NN_MAX_TILES 64

/* Ranges of consecutive items: tile i is [start[i], start[i + 1]). */
typedef struct
{
  guint n;
  guint start[NN_MAX_TILES + 1];
} NnTiles;

/* Splits @n items into tiles of about @size. The boundaries are multiples of 8 if there are enough
 * items, and the number of tiles is 1 or even, because most machines have an even number of
 * processors. */
void nn_tiles_init (NnTiles *tiles, guint n, guint size);

/* One dense layer with its activations in a minibatch of B rows. Rows of z, a, dz, mask are @stride
 * long; columns beyond n_out are padding, whose weights and gradients are zero. */
typedef struct
{
  guint n_in, n_out, stride;
  gsize offset; /* of the layer in the parameter block */
  gsize size;
  NnTiles units;  /* of the layer's outputs, for forward and update */
  NnTiles inputs; /* of its inputs, for the gradient of the previous layer */
  float *z;       /* [B, stride] */
  float *f;       /* [B, stride] f (z); z itself for the output layer */
  float *a;       /* [B, stride] the next layer's input: f, after dropout if there is any */
  float *dz;      /* [B, stride] */
  float *mask;    /* [B, stride] dropout, or NULL */
} NnFusedLayer;

/* Buffers of a worker for the evaluation. */
typedef struct
{
  NnMlpScratch *mlp;
  float *x; /* [NN_MEASURE_CHUNK, n_features], for dense data */
} NnFusedScratch;

struct _NnTrainerFused
{
  NnMlp mlp;
  NnFusedLayer layers[NN_MAX_DENSE];
  /* Floats of params, gradients and moments: the layers in order, the first one in panels if the
   * data is sparse, the others as weight [out, in], bias [out]. */
  gsize block_size;
  float *gradients; /* of the layers that are not sparse */
  float *partial;   /* [tiles of the last hidden layer, B, stride of the output layer] the part of
                       each tile in the logits; NULL without a hidden layer */

  /* Sparse input. */
  gboolean sparse;
  NnPanelLayout panel_layout;
  NnSparseRows *rows; /* of the data set; NULL while it is not complete, or if it is augmented */
  NnSparseColumns **columns; /* [n_workers] the minibatch */
  guint32 *active;           /* [n_active] columns to update */
  gsize n_active;
  NnSparseRows *view_rows; /* only the minibatch, if there are no @rows; or NULL */
  guint32 *view_indices;   /* [B] 0, 1, ...: the rows of the minibatch in @view_rows */

  /* Dense input. */
  float *x; /* [B, n_in] */

  /* The loss. */
  NnTiles samples; /* of the minibatch, for the output layer */
  double *losses;  /* [samples.n] sum over each tile */
  gsize *correct;  /* [samples.n] */

  /* Evaluation. */
  NnSparseRows *measured_rows;
  NnFusedScratch *scratch; /* [n_workers] */
};

/* nn-trainer-fused-step.c: an NnPoolFunc: one minibatch. */
void nn_trainer_fused_step (guint worker, gpointer trainer);

/* nn-trainer-fused-measure.c */
void nn_trainer_fused_measure_begin (NnTrainer *trainer);
float *nn_trainer_fused_measure (NnTrainer *trainer, guint worker, gsize first, gsize n);
void nn_trainer_fused_measure_clear (NnTrainer *trainer);

/* The layer's weight and bias inside a block laid out as the trainer's parameters; not for a sparse
 * first layer. */
static inline float *
nn_fused_weight (const NnFusedLayer *layer, float *block)
{
  return block + layer->offset;
}

static inline float *
nn_fused_bias (const NnFusedLayer *layer, float *block)
{
  return block + layer->offset + (gsize) layer->n_out * layer->n_in;
}
