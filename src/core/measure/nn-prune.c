/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-prune.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-lazy.h"
#include "nn-simd.h"

/* Samples that are looked at, evenly spread over all. */
#define N_SAMPLES 1024
/* Samples of a minibatch. */
#define CHUNK 64

/* A weight or a unit with its number. */
typedef struct
{
  double size;
  gsize index;
} Entry;

static int
compare (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->size < y->size || x->size > y->size)
    return x->size < y->size ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

guint8 *
nn_prune_weights (NnNetwork *network, double share)
{
  guint8 *keep = g_malloc (network->n_params);

  memset (keep, 1, network->n_params);
  for (guint w = 0; w < network->n_weights; w++)
    {
      const NnWeights *weights = &network->weights[w];
      const gsize n = (gsize) weights->n_out * weights->n_in;
      const gsize n_zero = (gsize) ((double) n * share);
      const gsize offset = (gsize) (weights->weight - network->params);
      g_autofree Entry *entries = g_new (Entry, n);

      for (gsize i = 0; i < n; i++)
        entries[i] = (Entry){ fabs ((double) weights->weight[i]), i };
      qsort (entries, n, sizeof *entries, compare);
      for (gsize i = 0; i < n_zero; i++)
        {
          weights->weight[entries[i].index] = 0;
          keep[offset + entries[i].index] = 0;
        }
    }
  return keep;
}

/* The sums of the absolute values of what the units of each layer with weights give, over all
 * places of a channel and samples, behind the activation: what the next layer with weights reads.
 * @sums: [n_weights - 1] [n_out] */
static void
add_activations (const NnNetwork *network, const NnTape *tape, gsize n, double *const *sums)
{
  for (guint w = 0; w + 1 < network->n_weights; w++)
    {
      const guint layer = network->weights[w + 1].layer - 1, n_out = network->weights[w].n_out;
      const gsize size = nn_shape_size (&network->shapes[layer + 1]);
      const float *y = nn_tape_get (tape, layer);

      for (gsize i = 0; i < n; i++, y += size)
        for (gsize j = 0; j < size; j++)
          sums[w][j / (size / n_out)] += fabs ((double) y[j]);
    }
}

static void
measure (const NnNetwork *network, const NnDataset *samples, double *const *sums)
{
  const gsize n = MIN (samples->n, N_SAMPLES);
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, CHUNK);
  float *x = nn_aligned_new0 (CHUNK * (gsize) samples->n_features);

  for (gsize first = 0; first < n; first += CHUNK)
    {
      const gsize size = MIN (CHUNK, n - first);

      for (gsize i = 0; i < size; i++)
        {
          const guint32 index = (guint32) ((first + i) * samples->n / n);

          nn_lazy_write (samples, &index, 1, NULL);
          nn_dataset_get (samples, index, x + i * samples->n_features);
        }
      nn_forward (network, tape, x, size);
      add_activations (network, tape, size, sums);
    }
  nn_aligned_free (x);
}

/* Inputs of the next layer with weights that come from one unit, which follow each other. */
static guint
group_size (const NnWeights *weights, const NnWeights *next)
{
  return next->n_in / weights->n_out;
}

/* The numbers of the units that stay, in ascending order. @sums: [n_out] of add_activations() */
static guint *
choose (const NnWeights *weights, const NnWeights *next, const double *sums, guint n_kept)
{
  const guint n = weights->n_out, group = group_size (weights, next);
  g_autofree Entry *entries = g_new (Entry, n);
  g_autofree gboolean *stays = g_new0 (gboolean, n);
  guint *kept = g_new (guint, n), k = 0;

  for (guint u = 0; u < n; u++)
    {
      double length = 0;

      for (gsize o = 0; o < next->n_out; o++)
        for (gsize j = 0; j < group; j++)
          {
            const double value = (double) next->weight[o * next->n_in + u * group + j];

            length += value * value;
          }
      entries[u] = (Entry){ sums[u] * sqrt (length), u };
    }
  qsort (entries, n, sizeof *entries, compare);
  for (guint i = n - n_kept; i < n; i++)
    stays[entries[i].index] = TRUE;
  for (guint u = 0; u < n; u++)
    if (stays[u])
      kept[k++] = u;
  return kept;
}

/* Copies the weights of the units that stay, from the inputs that stay.
 * @in, @n_in: (nullable): the units before that stay; %NULL for all inputs */
static void
copy_weights (const NnWeights *from,
              const NnWeights *to,
              const guint *out,
              const guint *in,
              guint n_in,
              guint group)
{
  for (guint o = 0; o < to->n_out; o++)
    {
      const float *source = from->weight + (gsize) (out != NULL ? out[o] : o) * from->n_in;
      float *target = to->weight + (gsize) o * to->n_in;

      to->bias[o] = from->bias[out != NULL ? out[o] : o];
      if (in == NULL)
        memcpy (target, source, to->n_in * sizeof (float));
      for (gsize i = 0; in != NULL && i < n_in; i++)
        memcpy (target + i * group, source + (gsize) in[i] * group, group * sizeof (float));
    }
}

NnNetwork *
nn_prune_units (const NnNetwork *network,
                const NnNetwork *whole,
                const NnDataset *samples,
                double share,
                GError **error)
{
  const guint n_inputs = nn_architecture_n_inputs (&network->arch), n = network->n_weights;
  NnArchitecture arch = network->arch;
  double *sums[NN_MAX_LAYERS] = { NULL };
  guint *kept[NN_MAX_LAYERS] = { NULL }, n_kept[NN_MAX_LAYERS] = { 0 };
  NnNetwork *smaller;

  if (samples->n_features != n_inputs)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the network reads %u features and the data has %u"), n_inputs,
                   samples->n_features);
      return NULL;
    }
  for (guint w = 0; w + 1 < n; w++)
    sums[w] = g_new0 (double, network->weights[w].n_out);
  measure (network, samples, sums);
  for (guint w = 0; w + 1 < n; w++)
    {
      const NnWeights *weights = &network->weights[w];
      const guint n_whole = whole->weights[w].n_out;

      n_kept[w] = CLAMP (n_whole - (guint) rint (share * n_whole), 1, weights->n_out);
      kept[w] = choose (weights, &network->weights[w + 1], sums[w], n_kept[w]);
      arch.layers[weights->layer].units = n_kept[w];
      g_free (sums[w]);
    }
  smaller = nn_network_new (&arch, error);
  for (guint w = 0; w < n && smaller != NULL; w++)
    copy_weights (&network->weights[w], &smaller->weights[w], kept[w], w > 0 ? kept[w - 1] : NULL,
                  w > 0 ? n_kept[w - 1] : 0,
                  w > 0 ? group_size (&network->weights[w - 1], &network->weights[w]) : 0);
  for (guint w = 0; w < n; w++)
    g_free (kept[w]);
  return smaller;
}
