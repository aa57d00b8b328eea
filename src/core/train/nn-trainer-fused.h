/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-mlp-forward.h"
#include "nn-panel.h"
#include "nn-sparse.h"
#include "nn-trainer-private.h"

/* Private to nn-trainer-fused*.c: the plan for multilayer perceptrons whose gradient nobody wants
 * to see. The optimiser runs inside the backward pass, on gradients that are still in a register or
 * the cache, and a first layer that reads images skips their background. */

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

/* One dense layer with its activations in a minibatch of B rows. Rows of z, a, dz, mask are @stride
 * long; columns beyond n_out are padding: weights there are zero, gradients too. */
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
} NnFusedLayer;

/* What a worker measures with. */
typedef struct
{
  NnMlpScratch *mlp;
  float *x; /* [NN_MEASURE_CHUNK, n_features], for dense data */
} NnFusedScratch;

struct _NnTrainerFused
{
  NnMlp mlp;
  NnFusedLayer layers[NN_MAX_DENSE];
  gsize block_size; /* floats of params, gradients and moments: layer after layer, the first in
                       panels where the data is sparse, otherwise weight [out, in], bias [out] */
  float *gradients; /* of the layers that are not sparse */
  float *partial;   /* [tiles of the last hidden layer, B, stride of the output layer] logits from
                       each tile alone; NULL without a hidden layer */

  /* Sparse input. */
  gboolean sparse;
  NnPanelLayout panel_layout;
  NnSparseRows *rows; /* of the data set; NULL while it is not complete, or if it is augmented */
  NnSparseColumns **columns; /* [n_workers] the minibatch */
  guint32 *active;           /* [n_active] columns to update */
  gsize n_active;
  NnSparseRows *view_rows; /* the minibatch alone where there are no @rows, or NULL */
  guint32 *view_indices;   /* [B] 0, 1, ...: where the rows of the minibatch are in it */

  /* Dense input. */
  float *x; /* [B, n_in] */

  /* The loss. */
  NnTiles samples; /* of the minibatch, for the output layer */
  double *losses;  /* [samples.n] sums over the tile */
  gsize *correct;  /* [samples.n] */

  /* Measuring. */
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
