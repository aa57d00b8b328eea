/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-network.h"

#include <math.h>
#include <string.h>

#include "nn-names.h"
#include "nn-simd.h"

static const char *const init_names[NN_N_INITS] = { "zero", "gaussian", "xavier", "he" };

NN_DEFINE_NAMES (NnInit, nn_init, init_names, "initialisation")

gboolean
nn_architecture_validate (const NnArchitecture *arch, GError **error)
{
  gsize n_params = 0;

  if (arch->n_layers < 1 || arch->n_layers > NN_MAX_LAYERS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   "a network of %u layers: it may have 1 to %d layers of weights", arch->n_layers,
                   NN_MAX_LAYERS);
      return FALSE;
    }
  if ((guint) arch->activation >= NN_N_ACTIVATIONS || (guint) arch->loss >= NN_N_LOSSES)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, "unknown activation or loss");
      return FALSE;
    }
  for (guint l = 0; l <= arch->n_layers; l++)
    if (arch->widths[l] < 1 || arch->widths[l] > NN_MAX_WIDTH)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                     "a layer %u wide: a layer may have 1 to %d units", arch->widths[l],
                     NN_MAX_WIDTH);
        return FALSE;
      }
  if (arch->widths[arch->n_layers] < 2 || arch->widths[arch->n_layers] > NN_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "%u classes: there may be 2 to %d",
                   arch->widths[arch->n_layers], NN_MAX_CLASSES);
      return FALSE;
    }
  for (guint l = 0; l < arch->n_layers; l++)
    {
      n_params += (gsize) arch->widths[l + 1] * (arch->widths[l] + 1);
      if (n_params > NN_MAX_PARAMS)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       "the network has more than %" G_GSIZE_FORMAT " million parameters",
                       NN_MAX_PARAMS >> 20);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
nn_architecture_equal (const NnArchitecture *a, const NnArchitecture *b)
{
  return a->n_layers == b->n_layers && a->activation == b->activation && a->loss == b->loss &&
         memcmp (a->widths, b->widths, (a->n_layers + 1) * sizeof a->widths[0]) == 0;
}

gsize
nn_architecture_n_params (const NnArchitecture *arch)
{
  gsize n_params = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    n_params += (gsize) arch->widths[l + 1] * (arch->widths[l] + 1);
  return n_params;
}

guint
nn_architecture_n_inputs (const NnArchitecture *arch)
{
  return arch->widths[0];
}

guint
nn_architecture_n_classes (const NnArchitecture *arch)
{
  return arch->widths[arch->n_layers];
}

char *
nn_architecture_to_string (const NnArchitecture *arch)
{
  GString *string = g_string_new (NULL);

  for (guint l = 0; l <= arch->n_layers; l++)
    g_string_append_printf (string, "%s%u", l == 0 ? "" : "-", arch->widths[l]);
  return g_string_free (string, FALSE);
}

void
nn_architecture_layers (const NnArchitecture *arch, float *block, NnLayer layers[NN_MAX_LAYERS])
{
  for (guint l = 0; l < arch->n_layers; l++)
    {
      layers[l].n_in = arch->widths[l];
      layers[l].n_out = arch->widths[l + 1];
      layers[l].weight = block;
      block += (gsize) layers[l].n_out * layers[l].n_in;
      layers[l].bias = block;
      block += layers[l].n_out;
    }
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
  nn_architecture_layers (arch, network->params, network->layers);
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
  g_free (network);
}

void
nn_network_init (NnNetwork *network, NnInit init, NnRandom *random)
{
  memset (network->params, 0, network->n_params * sizeof (float));

  for (guint l = 0; l < network->arch.n_layers; l++)
    {
      NnLayer *layer = &network->layers[l];
      gsize n = (gsize) layer->n_out * layer->n_in;
      float fan_in = (float) layer->n_in, fan_out = (float) layer->n_out;

      switch (init)
        {
        case NN_INIT_ZERO:
          break;
        case NN_INIT_GAUSSIAN:
          for (gsize i = 0; i < n; i++)
            layer->weight[i] = 0.01f * nn_random_normal (random);
          break;
        case NN_INIT_XAVIER:
          {
            float limit = sqrtf (6 / (fan_in + fan_out));

            for (gsize i = 0; i < n; i++)
              layer->weight[i] = nn_random_range (random, -limit, limit);
            break;
          }
        case NN_INIT_HE:
          {
            float deviation = sqrtf (2 / fan_in);

            for (gsize i = 0; i < n; i++)
              layer->weight[i] = deviation * nn_random_normal (random);
            break;
          }
        case NN_N_INITS:
        default:
          g_assert_not_reached ();
        }
    }
}

gboolean
nn_network_check_finite (const NnNetwork *network, GError **error)
{
  for (gsize i = 0; i < network->n_params; i++)
    if (!isfinite (network->params[i]))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                     "parameter %" G_GSIZE_FORMAT " of the network is not a finite number", i);
        return FALSE;
      }
  return TRUE;
}
