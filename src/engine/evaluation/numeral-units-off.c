/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-units-off.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "nn-forward.h"
#include "nn-lazy.h"
#include "numeral-fail.h"
#include "numeral-units.h"

/* Samples of one forward pass. */
#define CHUNK 100

gboolean
numeral_unit_is_hidden (const NnNetwork *network, const NumeralUnit *unit)
{
  return unit->layer + 1 < network->n_weights && unit->unit < network->weights[unit->layer].n_out;
}

NnNetwork *
numeral_units_switch_off (const NnNetwork *network, const NumeralUnit *units, guint n)
{
  NnNetwork *copy = nn_network_copy (network);

  for (guint i = 0; i < n; i++)
    if (numeral_unit_is_hidden (network, &units[i]))
      {
        const NnWeights *next = &copy->weights[units[i].layer + 1];
        /* Pooling and flattening keep the channels apart and in order: a unit has the window of a
         * convolution, or all values of its map. */
        const guint group = next->n_in / copy->weights[units[i].layer].n_out;

        for (guint row = 0; row < next->n_out; row++)
          memset (next->weight + (gsize) row * next->n_in + (gsize) units[i].unit * group, 0,
                  group * sizeof (float));
      }
  return copy;
}

void
numeral_units_silence (
    const NnNetwork *network, guint layer, const NumeralUnit *units, guint n, float *values)
{
  for (guint i = 0; i < n; i++)
    if (numeral_unit_is_hidden (network, &units[i]) &&
        numeral_units_site (network, units[i].layer) == layer)
      {
        const gsize group =
            nn_shape_size (&network->shapes[layer + 1]) / network->weights[units[i].layer].n_out;

        memset (values + units[i].unit * group, 0, group * sizeof (float));
      }
}

NumeralModel *
numeral_model_switch_off (const NumeralModel *model, const NumeralUnit *units, guint n)
{
  g_autoptr (NnNetwork) network = numeral_units_switch_off (model->network, units, n);

  return numeral_model_new (network, model->novelty, model->metadata);
}

static gboolean
check (const NnNetwork *network, const NnDataset *dataset, GError **error)
{
  if (dataset->n_features != nn_architecture_n_inputs (&network->arch))
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("the network does not read such samples"));
  if (dataset->n == 0)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("there are no samples"));
  return TRUE;
}

static gsize
count_right (const float *logits, const guint8 *labels, gsize n, guint n_classes)
{
  gsize n_right = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint answer = 0;

      for (guint k = 1; k < n_classes; k++)
        if (logits[i * n_classes + k] > logits[i * n_classes + answer])
          answer = k;
      n_right += answer == labels[i] ? 1 : 0;
    }
  return n_right;
}

gboolean
numeral_units_accuracy (const NnNetwork *network,
                        const NnDataset *dataset,
                        gsize max_samples,
                        double *accuracy,
                        GCancellable *cancellable,
                        GError **error)
{
  const gsize n_samples = MIN (MAX (max_samples, 1), dataset->n);
  g_autoptr (NnTape) tape = NULL;
  g_autofree float *x = NULL;
  guint8 labels[CHUNK];
  guint32 indices[CHUNK];
  gsize n_right = 0;

  if (!check (network, dataset, error))
    return FALSE;
  tape = nn_tape_new_fused (&network->arch, CHUNK);
  x = g_new (float, (gsize) CHUNK * dataset->n_features);
  for (gsize first = 0; first < n_samples; first += CHUNK)
    {
      const gsize n = MIN (CHUNK, n_samples - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        indices[i] = (guint32) numeral_units_pick (dataset->n, n_samples, first + i);
      nn_lazy_write (dataset, indices, n, NULL);
      nn_dataset_gather (dataset, indices, n, x, labels);
      n_right += count_right (nn_forward (network, tape, x, n), labels, n,
                              nn_architecture_n_classes (&network->arch));
    }
  *accuracy = (double) n_right / (double) n_samples;
  return TRUE;
}
