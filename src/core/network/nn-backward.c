/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-backward.h"

#include <string.h>

#include "nn-simd.h"
#include "nn-tape-private.h"

static void
make_room (NnTape *tape)
{
  gsize largest = 0;

  if (tape->d[0] != NULL)
    return;
  for (guint l = 1; l < tape->arch.n_layers; l++)
    largest = MAX (largest, nn_shape_size (&tape->shapes[l]));
  for (guint i = 0; i < 2; i++)
    tape->d[i] = nn_aligned_new0 (tape->max_n * largest);
}

/* The lowest layer that something is wanted of. */
static guint
lowest_layer (const NnNetwork *network, const float *gradient, const float *dx)
{
  if (dx != NULL)
    return 0;
  return gradient != NULL && network->n_weights > 0 ? network->weights[0].layer : G_MAXUINT;
}

/* The layer that a step back from the output of layer @l begins with: those of fused layers are
 * done together. */
static guint
first_of_step (const NnTape *tape, guint l)
{
  for (guint i = 0; i < l; i++)
    if (tape->fused[i] != NULL && l <= tape->fused[i]->last)
      return i;
  return l;
}

static void
note_dense (const NnTape *tape, guint l, const float *x, const float *dy)
{
  memcpy (tape->noted_x[l], x, tape->n * nn_shape_size (&tape->shapes[l]) * sizeof (float));
  memcpy (tape->noted_dy[l], dy, tape->n * nn_shape_size (&tape->shapes[l + 1]) * sizeof (float));
}

void
nn_backward (
    const NnNetwork *network, NnTape *tape, const float *dlogits, float *gradient, float *dx)
{
  const guint lowest = lowest_layer (network, gradient, dx);
  const float *dy = dlogits;
  guint turn = 0;

  make_room (tape);
  for (guint end = tape->arch.n_layers; end > 0;)
    {
      const guint l = first_of_step (tape, end - 1);
      const float *x = l > 0 ? tape->y[l - 1] : tape->x;
      float *below = l == 0 ? dx : l > lowest ? tape->d[turn++ % 2] : NULL;
      NnLayerPass pass = nn_tape_pass (tape, network, l);

      if (end - 1 < lowest)
        break;
      if (gradient != NULL && tape->noted_dy[l] != NULL)
        note_dense (tape, l, x, dy);
      else if (gradient != NULL && pass.weight != NULL)
        {
          pass.dweight = gradient + (pass.weight - network->params);
          pass.dbias = gradient + (pass.bias - network->params);
        }
      if (tape->fused[l] != NULL)
        nn_fused_layers_backward (tape->fused[l], &pass, dy, below, tape->n);
      else
        nn_layer_kind (pass.spec->kind)->backward (&pass, x, tape->y[l], dy, below, tape->n);
      dy = below;
      end = l;
    }
}
