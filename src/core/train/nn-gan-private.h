/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-gan.h"
#include "nn-tape.h"

/* Private to core: a minibatch of a GAN in parts. The parts and their order depend on the size of
 * the minibatch alone, so that the result does not depend on the number of workers. */

#define NN_GAN_MAX_TILES 8
/* The penalty is applied every so many steps, and so many times as strongly: "lazy regularisation",
 * Karras et al. 2020. */
#define NN_GAN_PENALTY_INTERVAL 4

/* Sums over the rows of a tile. */
typedef struct
{
  double discriminator_loss, generator_loss;
  double real, generated; /* D's answers */
  double penalty;         /* squares of D's gradient at real images */
  double gradient;        /* squares at the pixels of generated images */
} NnGanSums;

/**
 * NnGanTile:
 * @generator_input: [rows, noise + classes]
 * @x: [2 rows, inputs of the discriminator]
 * @image: [rows, features]
 * @gradient: [the larger number of parameters]
 */
typedef struct
{
  NnTape *generator, *discriminator;
  float *generator_input;
  float *image;
  float *x, *dx;
  float *dlogits;
  float *step; /* [2 rows] of the penalty */
  float *gradient;
  NnGanSums sums;
} NnGanTile;

/* One of the two networks in training. */
typedef struct
{
  NnNetwork *network;
  float *first, *second; /* moments of Adam */
  float *gradient;       /* [n_params] of the mean over the minibatch */
} NnGanPlayer;

struct _NnGan
{
  NnGanConfig config;
  NnGanShape shape;
  NnDataset *train;
  NnPool *pool;
  NnSampler *sampler;
  float *class_weights; /* (nullable): [n_classes] */
  guint64 step, steps_per_epoch;

  NnGanPlayer generator, discriminator;
  float *average; /* [n_params] of the generator */

  /* The present minibatch. */
  const guint32 *indices; /* [n_rows] */
  guint n_rows, n_tiles;
  gboolean failed;
  NnGanTile tiles[NN_GAN_MAX_TILES];
};

/* The passes of rows [first, last) of the minibatch through both networks; the gradients are of the
 * mean over the minibatch. */
void nn_gan_tile_init (NnGanTile *tile, const NnGanShape *shape, gsize rows, gsize n_params);
void nn_gan_tile_clear (NnGanTile *tile);
void nn_gan_tile_discriminator (const NnGan *gan, NnGanTile *tile, gsize first, gsize last);
void nn_gan_tile_generator (const NnGan *gan, NnGanTile *tile, gsize first, gsize last);
