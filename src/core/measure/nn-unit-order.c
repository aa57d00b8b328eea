/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-unit-order.h"

#include <string.h>

#include "nn-forward.h"
#include "nn-int8.h"
#include "nn-simd.h"

/* Samples that are looked at, evenly spread over all; one bit for each. */
#define N_SAMPLES 1024
#define WORDS (N_SAMPLES / 64)
/* Samples of a minibatch. */
#define CHUNK 64

typedef struct
{
  guint64 active[WORDS]; /* a bit for each sample for which the unit is not zero */
  guint n_active;
  gboolean taken;
} Unit;

/* The layer with ReLU between two dense layers; %FALSE if there is more between them. */
static gboolean
find_relu (const NnArchitecture *arch, guint dense, guint next, guint *relu)
{
  gboolean found = FALSE;

  if (arch->layers[dense].kind != NN_LAYER_DENSE || arch->layers[next].kind != NN_LAYER_DENSE)
    return FALSE;
  for (guint l = dense + 1; l < next; l++)
    if (arch->layers[l].kind == NN_LAYER_RELU)
      {
        *relu = l;
        found = TRUE;
      }
    else if (arch->layers[l].kind != NN_LAYER_DROPOUT)
      return FALSE;
  return found;
}

/* Notes for which of the samples from @first on each unit is active. @y: [n, n_units] */
static void
note (Unit *units, guint n_units, const float *y, gsize first, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (guint u = 0; u < n_units; u++)
      if (y[i * n_units + u] > 0)
        {
          units[u].active[(first + i) / 64] |= (guint64) 1 << (first + i) % 64;
          units[u].n_active++;
        }
}

/* The most active unit, or the one that is most often active together with @group. */
NN_CLONES static guint
choose (const Unit *units, guint n, const guint64 *group)
{
  guint best = n, most = 0;

  for (guint u = 0; u < n; u++)
    {
      guint count = group != NULL ? 0 : units[u].n_active;

      if (units[u].taken)
        continue;
      for (guint w = 0; group != NULL && w < WORDS; w++)
        count += (guint) __builtin_popcountll (units[u].active[w] & group[w]);
      if (best == n || count > most)
        {
          best = u;
          most = count;
        }
    }
  return best;
}

/* order[i]: the unit that comes to place i. */
static void
find_order (Unit *units, guint n, guint *order)
{
  guint64 group[WORDS];

  for (guint i = 0; i < n; i++)
    {
      const gboolean new_group = i % NN_INT8_GROUP == 0;

      if (new_group)
        memset (group, 0, sizeof group);
      order[i] = choose (units, n, new_group ? NULL : group);
      units[order[i]].taken = TRUE;
      for (guint w = 0; w < WORDS; w++)
        group[w] |= units[order[i]].active[w];
    }
}

static void
reorder (const NnWeights *weights, const NnWeights *next, const guint *order)
{
  const guint n = weights->n_out;
  const gsize n_in = weights->n_in;
  g_autofree float *rows = g_memdup2 (weights->weight, n * n_in * sizeof (float));
  g_autofree float *bias = g_memdup2 (weights->bias, n * sizeof (float));
  g_autofree float *row = g_new (float, n);

  for (guint i = 0; i < n; i++)
    {
      memcpy (weights->weight + i * n_in, rows + order[i] * n_in, n_in * sizeof (float));
      weights->bias[i] = bias[order[i]];
    }
  for (guint o = 0; o < next->n_out; o++)
    {
      float *to = next->weight + (gsize) o * n;

      memcpy (row, to, n * sizeof (float));
      for (guint i = 0; i < n; i++)
        to[i] = row[order[i]];
    }
}

void
nn_unit_order_apply (NnNetwork *network, const NnDataset *samples)
{
  const gsize n = MIN (samples->n, N_SAMPLES);
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, CHUNK);
  float *x = nn_aligned_new0 (CHUNK * (gsize) samples->n_features);
  Unit *units[NN_MAX_LAYERS] = { NULL };
  guint relu = 0;

  for (guint w = 0; w + 1 < network->n_weights; w++)
    if (find_relu (&network->arch, network->weights[w].layer, network->weights[w + 1].layer, &relu))
      units[w] = g_new0 (Unit, network->weights[w].n_out);
  for (gsize first = 0; first < n; first += CHUNK)
    {
      const gsize size = MIN (CHUNK, n - first);

      for (gsize i = 0; i < size; i++)
        nn_dataset_get (samples, (first + i) * samples->n / n, x + i * samples->n_features);
      nn_forward (network, tape, x, size);
      for (guint w = 0; w + 1 < network->n_weights; w++)
        if (units[w] != NULL && find_relu (&network->arch, network->weights[w].layer,
                                           network->weights[w + 1].layer, &relu))
          note (units[w], network->weights[w].n_out, nn_tape_get (tape, relu), first, size);
    }
  for (guint w = 0; w + 1 < network->n_weights; w++)
    if (units[w] != NULL)
      {
        g_autofree guint *order = g_new (guint, network->weights[w].n_out);

        find_order (units[w], network->weights[w].n_out, order);
        reorder (&network->weights[w], &network->weights[w + 1], order);
        g_free (units[w]);
      }
  nn_aligned_free (x);
}
