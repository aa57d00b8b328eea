/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-names.h"
#include "nn-quantized.h"
#include "nn-simd.h"

static const char *const init_names[NN_N_INITS] = { "zero", "gaussian", "xavier", "he" };

NN_DEFINE_NAMES (NnInit, nn_init, init_names, "initialisation")

guint
nn_architecture_weights (const NnArchitecture *arch, float *block, NnWeights views[NN_MAX_LAYERS])
{
  NnShape shapes[NN_MAX_LAYERS + 1];
  guint n = 0;

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    g_return_val_if_reached (0);
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerKind *kind = nn_layer_kind (arch->layers[l].kind);
      NnLayerSizes sizes;

      if (kind->sizes == NULL)
        continue;
      kind->sizes (&arch->layers[l], &shapes[l], &sizes);
      views[n] = (NnWeights){ .layer = l, .n_in = sizes.n_in, .n_out = sizes.n_out };
      if (block != NULL)
        {
          views[n].weight = block;
          views[n].bias = block + (gsize) sizes.n_out * sizes.n_in;
          block = views[n].bias + sizes.n_out;
        }
      n++;
    }
  return n;
}

NnNetwork *
nn_network_new (const NnArchitecture *arch, GError **error)
{
  NnNetwork *network;

  if (!nn_architecture_validate (arch, error))
    return NULL;

  network = g_new0 (NnNetwork, 1);
  network->ref_count = 1;
  network->arch = *arch;
  network->n_params = nn_architecture_n_params (arch);
  network->params = nn_aligned_new0 (network->n_params);
  network->n_weights = nn_architecture_weights (arch, network->params, network->weights);
  nn_architecture_get_shapes (arch, network->shapes, NULL, NULL);
  return network;
}

NnNetwork *
nn_network_copy (const NnNetwork *network)
{
  NnNetwork *copy = nn_network_new (&network->arch, NULL);

  memcpy (copy->params, network->params, network->n_params * sizeof (float));
  return copy;
}

NnNetwork *
nn_network_mean (NnNetwork *const *networks, guint n, GError **error)
{
  NnNetwork *mean;

  for (guint k = 1; k < n; k++)
    if (!nn_architecture_equal (&networks[k]->arch, &networks[0]->arch))
      {
        g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                             _ ("the networks have different architectures"));
        return NULL;
      }
  mean = nn_network_copy (networks[0]);
  for (gsize i = 0; i < mean->n_params; i++)
    {
      double sum = 0;

      for (guint k = 0; k < n; k++)
        sum += (double) networks[k]->params[i];
      mean->params[i] = (float) (sum / n);
    }
  return mean;
}

NnNetwork *
nn_network_ref (NnNetwork *network)
{
  g_atomic_int_inc (&network->ref_count);
  return network;
}

void
nn_network_unref (NnNetwork *network)
{
  if (!g_atomic_int_dec_and_test (&network->ref_count))
    return;
  nn_aligned_free (network->params);
  g_clear_pointer (&network->quantized, nn_quantized_unref);
  g_free (network);
}

static void
init_weights (const NnWeights *weights, NnInit init, float fan_out, NnRandom *random)
{
  const gsize n = (gsize) weights->n_out * weights->n_in;
  const float fan_in = (float) weights->n_in;

  switch (init)
    {
    case NN_INIT_ZERO:
      break;
    case NN_INIT_GAUSSIAN:
      for (gsize i = 0; i < n; i++)
        weights->weight[i] = 0.01f * nn_random_normal (random);
      break;
    case NN_INIT_XAVIER:
      {
        float limit = sqrtf (6 / (fan_in + fan_out));

        for (gsize i = 0; i < n; i++)
          weights->weight[i] = nn_random_range (random, -limit, limit);
        break;
      }
    case NN_INIT_HE:
      {
        float deviation = sqrtf (2 / fan_in);

        for (gsize i = 0; i < n; i++)
          weights->weight[i] = deviation * nn_random_normal (random);
        break;
      }
    case NN_N_INITS:
    default:
      g_assert_not_reached ();
    }
}

void
nn_network_init (NnNetwork *network, NnInit init, NnRandom *random)
{
  memset (network->params, 0, network->n_params * sizeof (float));
  for (guint w = 0; w < network->n_weights; w++)
    {
      const guint l = network->weights[w].layer;
      const NnLayerSpec *spec = &network->arch.layers[l];
      NnLayerSizes sizes;

      nn_layer_kind (spec->kind)->sizes (spec, &network->shapes[l], &sizes);
      init_weights (&network->weights[w], init, (float) sizes.fan_out, random);
    }
}

gboolean
nn_network_check_finite (const NnNetwork *network, GError **error)
{
  for (gsize i = 0; i < network->n_params; i++)
    if (!isfinite (network->params[i]))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                     _ ("parameter %zu of the network is not a finite number"), i);
        return FALSE;
      }
  return TRUE;
}
