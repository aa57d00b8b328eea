/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dense-gradients.h"

#include <math.h>
#include <string.h>

#include "nn-blas.h"
#include "nn-simd.h"

/* Weights that are worth a block, and the most blocks of a layer: OpenBLAS packs the shorter
 * operand again for each. */
#define BLOCK_WEIGHTS 8192
#define MAX_BLOCKS 8

typedef struct
{
  guint w; /* number of the weights in the network */
  guint layer;
  guint n_in, n_out;
  gsize offset; /* of the weights in the parameters */
  guint n_blocks;
  float *x;  /* [max_rows, n_in] */
  float *dy; /* [max_rows, n_out] */
} Layer;

struct _NnDenseGradients
{
  guint n_layers;
  Layer layers[NN_MAX_LAYERS];
};

NnDenseGradients *
nn_dense_gradients_new (const NnNetwork *network, gsize max_rows, gsize min_weights)
{
  NnDenseGradients *self = g_new0 (NnDenseGradients, 1);

  for (guint w = 0; w < network->n_weights; w++)
    {
      const NnWeights *weights = &network->weights[w];
      const gsize n = (gsize) weights->n_in * weights->n_out;

      if (network->arch.layers[weights->layer].kind != NN_LAYER_DENSE || n < min_weights)
        continue;
      self->layers[self->n_layers++] =
          (Layer){ .w = w,
                   .layer = weights->layer,
                   .n_in = weights->n_in,
                   .n_out = weights->n_out,
                   .offset = (gsize) (weights->weight - network->params),
                   .n_blocks = (guint) CLAMP (n / BLOCK_WEIGHTS, 1, MAX_BLOCKS),
                   .x = nn_aligned_new0 (max_rows * weights->n_in),
                   .dy = nn_aligned_new0 (max_rows * weights->n_out) };
    }
  return self;
}

void
nn_dense_gradients_free (NnDenseGradients *self)
{
  for (guint i = 0; i < self->n_layers; i++)
    {
      nn_aligned_free (self->layers[i].x);
      nn_aligned_free (self->layers[i].dy);
    }
  g_free (self);
}

gboolean
nn_dense_gradients_has (const NnDenseGradients *self, guint w)
{
  for (guint i = 0; i < self->n_layers; i++)
    if (self->layers[i].w == w)
      return TRUE;
  return FALSE;
}

void
nn_dense_gradients_attach (NnDenseGradients *self, NnTape *tape, gsize first)
{
  for (guint i = 0; i < self->n_layers; i++)
    {
      const Layer *layer = &self->layers[i];

      nn_tape_note_dense (tape, layer->layer, layer->x + first * layer->n_in,
                          layer->dy + first * layer->n_out);
    }
}

static double
squared_length (const float *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) values[i] * (double) values[i];
  return sum;
}

void
nn_dense_gradients_clip (NnDenseGradients *self, gsize first, gsize last, double norm)
{
  for (gsize r = first; r < last; r++)
    {
      double squared = 0;
      float scale;

      for (guint i = 0; i < self->n_layers; i++)
        {
          const Layer *layer = &self->layers[i];

          squared += (squared_length (layer->x + r * layer->n_in, layer->n_in) + 1) *
                     squared_length (layer->dy + r * layer->n_out, layer->n_out);
        }
      if (squared <= norm * norm)
        continue;
      scale = (float) (norm / sqrt (squared));
      for (guint i = 0; i < self->n_layers; i++)
        for (guint u = 0; u < self->layers[i].n_out; u++)
          self->layers[i].dy[r * self->layers[i].n_out + u] *= scale;
    }
}

guint
nn_dense_gradients_n_blocks (const NnDenseGradients *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_layers; i++)
    n += self->layers[i].n_blocks;
  return n;
}

/* Part @b of @n units, in whole vectors. */
static void
cut (guint n, guint b, guint n_blocks, guint *first, guint *last)
{
  *first = (guint) ((gsize) n * b / n_blocks / 16 * 16);
  *last = b + 1 < n_blocks ? (guint) ((gsize) n * (b + 1) / n_blocks / 16 * 16) : n;
}

void
nn_dense_gradients_run (const NnDenseGradients *self, guint b, gsize n_rows, float *gradient)
{
  const Layer *layer = self->layers;
  guint i0 = 0, i1, j0 = 0, j1;
  float *dweight, *dbias;

  for (; b >= layer->n_blocks; layer++)
    b -= layer->n_blocks;
  i1 = layer->n_out;
  j1 = layer->n_in;
  if (layer->n_out > layer->n_in)
    cut (layer->n_out, b, layer->n_blocks, &i0, &i1);
  else
    cut (layer->n_in, b, layer->n_blocks, &j0, &j1);
  dweight = gradient + layer->offset;
  dbias = dweight + (gsize) layer->n_out * layer->n_in;
  /* dW = dy^T x */
  if (i0 < i1 && j0 < j1)
    nn_sgemm (TRUE, FALSE, i1 - i0, j1 - j0, n_rows, 1, layer->dy + i0, layer->n_out, layer->x + j0,
              layer->n_in, 0, dweight + (gsize) i0 * layer->n_in + j0, layer->n_in);
  if (b > 0)
    return;
  /* db = sum of dy */
  memset (dbias, 0, layer->n_out * sizeof (float));
  for (gsize r = 0; r < n_rows; r++)
    for (guint u = 0; u < layer->n_out; u++)
      dbias[u] += layer->dy[r * layer->n_out + u];
}
