/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-quantized.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nn-quantized-private.h"

NnQuantized *
nn_quantized_new (const NnArchitecture *arch, GError **error)
{
  g_autoptr (NnQuantized) quantized = NULL;
  NnWeights views[NN_MAX_LAYERS];

  if (!nn_architecture_validate (arch, error))
    return NULL;
  quantized = g_new0 (NnQuantized, 1);
  quantized->ref_count = 1;
  quantized->arch = *arch;
  for (guint i = 0; i <= arch->n_layers; i++)
    quantized->scale[i] = 1;
  quantized->n_weights = nn_architecture_weights (arch, NULL, views);
  if (quantized->n_weights == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                           _ ("a network without weights has no form in 8 bits"));
      return NULL;
    }
  for (guint i = 0; i < quantized->n_weights; i++)
    if (views[i].n_in > NN_INT8_MAX_INPUTS)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                     _ ("a layer that sums %u values: at most %d values of 8 bits can be summed"),
                     views[i].n_in, NN_INT8_MAX_INPUTS);
        return NULL;
      }
  for (guint i = 0; i < quantized->n_weights; i++)
    {
      NnQuantizedWeights *weights = &quantized->weights[i];

      *weights = (NnQuantizedWeights){
        .layer = views[i].layer,
        .n_in = views[i].n_in,
        .n_out = views[i].n_out,
        .weight = g_new0 (gint8, (gsize) views[i].n_out * views[i].n_in),
        .scale = g_new (float, views[i].n_out),
        .bias = g_new0 (float, views[i].n_out),
      };
      for (guint o = 0; o < weights->n_out; o++)
        weights->scale[o] = 1;
    }
  return g_steal_pointer (&quantized);
}

static gboolean
check_scale (float scale, GError **error)
{
  /* Also false for NaN. */
  if (scale >= NN_QUANTIZED_MIN_SCALE && scale <= NN_QUANTIZED_MAX_SCALE)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                       _ ("a scale of the 8-bit network is out of range"));
  return FALSE;
}

static gboolean
check_weights (const NnQuantizedWeights *weights, GError **error)
{
  const gsize n = (gsize) weights->n_out * weights->n_in;

  for (guint o = 0; o < weights->n_out; o++)
    {
      if (!check_scale (weights->scale[o], error))
        return FALSE;
      if (!isfinite (weights->bias[o]))
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                               _ ("a bias of the 8-bit network is not a finite number"));
          return FALSE;
        }
    }
  for (gsize i = 0; i < n; i++)
    if (weights->weight[i] == G_MININT8)
      {
        g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                             _ ("a weight of the 8-bit network is -128, which has no opposite"));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check (const NnQuantized *quantized, GError **error)
{
  for (guint i = 0; i < quantized->arch.n_layers; i++)
    if (!check_scale (quantized->scale[i], error))
      return FALSE;
  for (guint i = 0; i < quantized->n_weights; i++)
    if (!check_weights (&quantized->weights[i], error))
      return FALSE;
  return TRUE;
}

NnNetwork *
nn_quantized_to_network (NnQuantized *quantized, GError **error)
{
  g_autoptr (NnQuantized) owned = quantized;
  NnNetwork *network;

  if (!check (owned, error) || !nn_quantized_plan_init (owned, error))
    return NULL;
  network = nn_network_new (&owned->arch, error);
  if (network == NULL)
    return NULL;
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NnQuantizedWeights *from = &owned->weights[i];
      const NnWeights *to = &network->weights[i];

      for (guint o = 0; o < to->n_out; o++)
        {
          const gint8 *whole = from->weight + (gsize) o * from->n_in;
          float *weight = to->weight + (gsize) o * from->n_in;
          const float scale = from->scale[o];

          for (gsize j = 0; j < from->n_in; j++)
            weight[j] = scale * (float) whole[j];
          to->bias[o] = from->bias[o];
        }
    }
  network->quantized = g_steal_pointer (&owned);
  return network;
}
