/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-layers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-infer.h"

guint
numeral_model_weight_dims (const NnArchitecture *arch, const NnWeights *weights, gsize *dims)
{
  const NnLayerSpec *spec = &arch->layers[weights->layer];

  dims[0] = weights->n_out;
  if (spec->kind != NN_LAYER_CONV2D)
    {
      dims[1] = weights->n_in;
      return 2;
    }
  dims[1] = weights->n_in / (spec->kernel[0] * spec->kernel[1]);
  dims[2] = spec->kernel[0];
  dims[3] = spec->kernel[1];
  return 4;
}

/* Parses the text form. Messages quote it, because it comes from a file. */
static gboolean
parse_architecture (
    const char *text, NnActivation activation, NnLoss loss, NnArchitecture *arch, GError **error)
{
  g_autofree char *quoted = NULL;

  if (nn_architecture_from_string (text, activation, loss, arch, NULL))
    return TRUE;
  quoted = numeral_tensor_quote (text);
  return numeral_fail (error, NN_ERROR_FORMAT,
                       _ ("the architecture %s is not a network such as 784-128-10 or "
                          "28x28-conv5x5x8-pool2-10"),
                       quoted);
}

static gboolean
find_layers (const NumeralSafetensors *file, guint n_weights, GPtrArray *layers, GError **error)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_weights; i++)
    {
      g_autofree char *weight = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
      g_autofree char *bias = g_strdup_printf (NUMERAL_MODEL_BIAS, i);
      NumeralModelLayer *layer = g_new0 (NumeralModelLayer, 1);

      g_ptr_array_add (layers, layer);
      layer->name = g_strdup_printf ("layers.%u", i);
      layer->weight = numeral_safetensors_find (file, weight);
      layer->bias = numeral_safetensors_find (file, bias);
      if (layer->weight == NULL || layer->bias == NULL)
        return numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor “%s” is missing"),
                             layer->weight == NULL ? weight : bias);
      g_hash_table_add (used, (gpointer) layer->weight);
      g_hash_table_add (used, (gpointer) layer->bias);
    }
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);

      if (!g_hash_table_contains (used, tensor))
        {
          g_autofree char *quoted = numeral_tensor_quote (tensor->name);

          return numeral_fail (error, NN_ERROR_FORMAT,
                               _ ("tensor %s is not part of the architecture"), quoted);
        }
    }
  return TRUE;
}

static gboolean
check_shape (const NumeralModelLayer *layer,
             const NnArchitecture *arch,
             const NnWeights *weights,
             GError **error)
{
  const NumeralTensor *weight = layer->weight, *bias = layer->bias;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  const guint n_dims = numeral_model_weight_dims (arch, weights, dims);

  if (!layer->transposed &&
      (weight->n_dims != n_dims || memcmp (weight->dims, dims, n_dims * sizeof *dims) != 0))
    {
      g_autoptr (GString) shape = g_string_new (NULL);

      for (guint d = 0; d < n_dims; d++)
        g_string_append_printf (shape, "%s%" G_GSIZE_FORMAT, d > 0 ? " × " : "", dims[d]);
      return numeral_fail (error, NN_ERROR_SHAPE, _ ("the weight of layer “%s” is not %s"),
                           layer->name, shape->str);
    }
  if (bias != NULL && (bias->n_dims != 1 || bias->dims[0] != weights->n_out))
    {
      g_autofree char *quoted = numeral_tensor_quote (layer->name);

      return numeral_fail (error, NN_ERROR_SHAPE,
                           _ ("the bias of layer %s does not have %u values"), quoted,
                           weights->n_out);
    }
  return TRUE;
}

/* Messages quote the names, because they come from a file. */
static gboolean
read_names (const NumeralSafetensors *file, NnMlp *mlp, GError **error)
{
  const char *activation = g_hash_table_lookup (file->metadata, "activation");
  const char *loss = g_hash_table_lookup (file->metadata, "loss");

  if (activation != NULL && !nn_activation_from_name (activation, &mlp->activation, NULL))
    {
      g_autofree char *quoted = numeral_tensor_quote (activation);

      return numeral_fail (error, NN_ERROR_CONFIG,
                           _ ("the model wants the activation %s, which is not known"), quoted);
    }
  if (loss != NULL && !nn_loss_from_name (loss, &mlp->loss, NULL))
    {
      g_autofree char *quoted = numeral_tensor_quote (loss);

      return numeral_fail (error, NN_ERROR_CONFIG,
                           _ ("the model wants the loss %s, which is not known"), quoted);
    }
  return TRUE;
}

gboolean
numeral_model_layers_read_described (const NumeralSafetensors *file,
                                     NnArchitecture *arch,
                                     GError **error)
{
  const char *text = g_hash_table_lookup (file->metadata, "architecture");
  NnMlp mlp = { .activation = NN_ACTIVATION_RELU, .loss = NN_LOSS_CROSS_ENTROPY };

  return read_names (file, &mlp, error) &&
         parse_architecture (text != NULL ? text : "", mlp.activation, mlp.loss, arch, error);
}

/* Finds the architecture, which the file names or its tensors imply, and the tensors of each
 * layer. */
static gboolean
read_architecture (const NumeralSafetensors *file,
                   NnArchitecture *arch,
                   GPtrArray *layers,
                   GError **error)
{
  const char *text = g_hash_table_lookup (file->metadata, "architecture");
  NnMlp mlp = { .activation = NN_ACTIVATION_RELU, .loss = NN_LOSS_CROSS_ENTROPY };
  guint n_weights = 0;

  if (text == NULL)
    return read_names (file, &mlp, error) && numeral_model_infer (file, layers, &mlp, error) &&
           nn_architecture_from_mlp (&mlp, arch, error) && nn_architecture_validate (arch, error);
  if (!numeral_model_layers_read_described (file, arch, error))
    return FALSE;
  for (guint l = 0; l < arch->n_layers; l++)
    n_weights += nn_layer_kind (arch->layers[l].kind)->sizes != NULL;
  return find_layers (file, n_weights, layers, error);
}

/* Check the shapes before allocating: the memory is then at most the size of the file (twice
 * that for float16). */
static gboolean
check_shapes (const NnArchitecture *arch, GPtrArray *layers, GError **error)
{
  NnWeights views[NN_MAX_LAYERS];
  const guint n_weights = nn_architecture_weights (arch, NULL, views);

  for (guint i = 0; i < n_weights; i++)
    if (!check_shape (g_ptr_array_index (layers, i), arch, &views[i], error))
      return FALSE;
  return TRUE;
}

/* @out: [out, in] */
static gboolean
read_weight (const NumeralModelLayer *layer, float *out, GError **error)
{
  const gsize n_in = layer->weight->dims[0], n_out = layer->weight->dims[1];
  g_autofree float *values = NULL;

  if (!layer->transposed)
    return numeral_tensor_read (layer->weight, out, error);
  values = g_new (float, layer->weight->n_values);
  if (!numeral_tensor_read (layer->weight, values, error))
    return FALSE;
  for (gsize i = 0; i < n_in; i++)
    for (gsize o = 0; o < n_out; o++)
      out[o * n_in + i] = values[i * n_out + o];
  return TRUE;
}

NnNetwork *
numeral_model_layers_read (const NumeralSafetensors *file, GError **error)
{
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (GPtrArray) layers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_model_layer_free);
  g_autoptr (NnNetwork) network = NULL;

  if (!read_architecture (file, arch, layers, error) || !check_shapes (arch, layers, error))
    return NULL;
  network = nn_network_new (arch, error);
  if (network == NULL)
    return NULL;
  for (guint i = 0; i < network->n_weights; i++)
    {
      const NumeralModelLayer *layer = g_ptr_array_index (layers, i);

      if (!read_weight (layer, network->weights[i].weight, error) ||
          (layer->bias != NULL &&
           !numeral_tensor_read (layer->bias, network->weights[i].bias, error)))
        return NULL;
    }
  return g_steal_pointer (&network);
}
