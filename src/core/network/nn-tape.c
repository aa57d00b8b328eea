/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-simd.h"
#include "nn-tape-private.h"

/* Finds the layers that run as one, and makes room for them. */
static void
fuse (NnTape *tape)
{
  guint next = tape->arch.n_layers;

  for (guint l = 0; l < tape->arch.n_layers; l++)
    {
      tape->fused[l] = nn_fused_layers_find (&tape->arch, tape->shapes, l);
      if (tape->fused[l] != NULL)
        l = tape->fused[l]->last;
    }
  for (guint l = tape->arch.n_layers; l-- > 0;)
    if (tape->fused[l] != NULL)
      {
        const gboolean is_next = next == tape->fused[l]->last + 1 && next < tape->arch.n_layers;

        nn_fused_layers_connect (tape->fused[l], is_next ? tape->fused[next] : NULL, tape->max_n);
        next = l;
      }
}

/* (nullable): the fused layers that layer @l is one of. */
static const NnFusedLayers *
fused_of (const NnTape *tape, guint l)
{
  for (guint i = 0; i <= l; i++)
    if (tape->fused[i] != NULL && l <= tape->fused[i]->last)
      return tape->fused[i];
  return NULL;
}

static NnTape *
tape_new (const NnArchitecture *arch, gsize max_n, gboolean fused)
{
  NnTape *tape = g_new0 (NnTape, 1);
  gsize scratch = 0;

  tape->arch = *arch;
  tape->max_n = max_n;
  if (!nn_architecture_get_shapes (arch, tape->shapes, NULL, NULL))
    g_error ("a tape for an architecture that is not valid");
  if (fused)
    fuse (tape);
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerSpec *spec = &arch->layers[l];
      const NnLayerKind *kind = nn_layer_kind (spec->kind);
      const NnShape *in = &tape->shapes[l], *out = &tape->shapes[l + 1];
      const NnFusedLayers *group = fused_of (tape, l);

      if (group == NULL || (l == group->last && group->next == NULL))
        tape->y[l] = nn_aligned_new0 (max_n * nn_shape_size (out));
      if (group != NULL)
        continue;
      if (kind->kept != NULL)
        tape->kept[l] = nn_aligned_new0 (max_n * kind->kept (spec, in, out));
      if (kind->scratch != NULL)
        scratch = MAX (scratch, kind->scratch (spec, in, out));
    }
  if (scratch > 0)
    tape->scratch = nn_aligned_new0 (scratch);
  return tape;
}

NnTape *
nn_tape_new (const NnArchitecture *arch, gsize max_n)
{
  return tape_new (arch, max_n, FALSE);
}

NnTape *
nn_tape_new_fused (const NnArchitecture *arch, gsize max_n)
{
  return tape_new (arch, max_n, TRUE);
}

void
nn_tape_set_network (NnTape *tape, const NnNetwork *network)
{
  for (guint l = 0; l < tape->arch.n_layers; l++)
    if (tape->fused[l] != NULL)
      {
        const NnLayerPass pass = nn_tape_pass (tape, network, l);

        nn_fused_layers_pack (tape->fused[l], &pass);
      }
  tape->is_packed = TRUE;
}

void
nn_tape_note_dense (NnTape *tape, guint layer, float *x, float *dy)
{
  g_return_if_fail (layer < tape->arch.n_layers && tape->arch.layers[layer].kind == NN_LAYER_DENSE);

  tape->noted_x[layer] = x;
  tape->noted_dy[layer] = dy;
}

void
nn_tape_free (NnTape *tape)
{
  for (guint l = 0; l < tape->arch.n_layers; l++)
    {
      nn_aligned_free (tape->y[l]);
      nn_aligned_free (tape->kept[l]);
      g_clear_pointer (&tape->fused[l], nn_fused_layers_free);
    }
  nn_aligned_free (tape->scratch);
  nn_aligned_free (tape->d[0]);
  nn_aligned_free (tape->d[1]);
  g_free (tape);
}

void
nn_tape_set_training (NnTape *tape, guint64 seed, guint64 step, gsize first_row)
{
  tape->training = TRUE;
  tape->seed = seed;
  tape->step = step;
  tape->first_row = first_row;
}

const float *
nn_tape_get (const NnTape *tape, guint layer)
{
  g_return_val_if_fail (layer < tape->arch.n_layers, NULL);

  return tape->y[layer];
}

NnLayerPass
nn_tape_pass (const NnTape *tape, const NnNetwork *network, guint l)
{
  NnLayerPass pass = {
    .spec = &tape->arch.layers[l],
    .in = tape->shapes[l],
    .out = tape->shapes[l + 1],
    .kept = tape->kept[l],
    .scratch = tape->scratch,
    .training = tape->training,
    .seed = tape->seed,
    .step = tape->step,
    .first_row = tape->first_row,
  };

  for (guint w = 0; w < network->n_weights; w++)
    if (network->weights[w].layer == l)
      {
        pass.weight = network->weights[w].weight;
        pass.bias = network->weights[w].bias;
      }
  for (guint i = 0; i < l; i++)
    pass.dropout += tape->arch.layers[i].kind == NN_LAYER_DROPOUT;
  return pass;
}
