/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-layers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-infer.h"
#include "numeral-model-norm.h"

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

/* The shape that a weight must have in the file. Returns the number of dimensions. */
static guint
find_dims (const NumeralModelLayer *layer,
           const NnArchitecture *arch,
           const NnWeights *weights,
           gsize *dims)
{
  gsize ours[NUMERAL_SAFETENSORS_MAX_DIMS];
  const guint n_dims = numeral_model_weight_dims (arch, weights, ours);

  for (guint d = 0; d < n_dims; d++)
    if (!layer->transposed)
      dims[d] = ours[d];
    else
      dims[d] = n_dims == 2 ? ours[1 - d] : d < 2 ? ours[2 + d] : ours[3 - d];
  return n_dims;
}

static gboolean
check_shape (const NumeralModelLayer *layer,
             const NnArchitecture *arch,
             const NnWeights *weights,
             GError **error)
{
  const NumeralTensor *weight = layer->weight, *bias = layer->bias;
  gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
  const guint n_dims = find_dims (layer, arch, weights, dims);

  if (weight->n_dims != n_dims || memcmp (weight->dims, dims, n_dims * sizeof *dims) != 0)
    {
      g_autoptr (GString) shape = g_string_new (NULL);
      g_autofree char *quoted = numeral_tensor_quote (layer->name);

      for (guint d = 0; d < n_dims; d++)
        g_string_append_printf (shape, "%s%" G_GSIZE_FORMAT, d > 0 ? " × " : "", dims[d]);
      return numeral_fail (error, NN_ERROR_SHAPE, _ ("the weight of layer %s is not %s"), quoted,
                           shape->str);
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

/* Finds the layers of a file without Numeral's names. @architecture: (nullable) */
static gboolean
infer (const NumeralSafetensors *file,
       const char *architecture,
       NnArchitecture *arch,
       GPtrArray *layers,
       GError **error)
{
  NnMlp mlp = { .activation = NN_ACTIVATION_RELU, .loss = NN_LOSS_CROSS_ENTROPY };
  g_autofree char *text = NULL;

  return read_names (file, &mlp, error) &&
         numeral_model_infer (file, architecture, layers, &text, error) &&
         nn_architecture_from_string (text, mlp.activation, mlp.loss, arch, error);
}

/* The tensors that may be weights of another program: their names are not "layers.N". */
static guint
count_foreign (const NumeralSafetensors *file)
{
  guint n = 0;

  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = file->tensors->pdata[i];

      n += tensor->n_dims > 1 && !g_str_has_prefix (tensor->name, "layers.");
    }
  return n;
}

static gboolean
is_ours (const NumeralSafetensors *file)
{
  const char *format = g_hash_table_lookup (file->metadata, "format");

  return format != NULL && g_str_has_prefix (format, "numeral-");
}

static guint
count_weights (const NnArchitecture *arch)
{
  guint n = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    n += nn_layer_kind (arch->layers[l].kind)->sizes != NULL;
  return n;
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
  g_autofree char *first = g_strdup_printf (NUMERAL_MODEL_WEIGHT, 0u);

  if (text == NULL)
    return infer (file, NULL, arch, layers, error);
  if (!numeral_model_layers_read_described (file, arch, error))
    return FALSE;
  if (is_ours (file) || numeral_safetensors_find (file, first) != NULL || count_foreign (file) == 0)
    return find_layers (file, count_weights (arch), layers, error);
  if (!infer (file, text, arch, layers, error))
    return FALSE;
  return layers->len == count_weights (arch) ||
         numeral_fail (error, NN_ERROR_SHAPE,
                       _ ("the file has the weights of %u layers, but its architecture has %u"),
                       layers->len, count_weights (arch));
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

/* The weight as PyTorch has it. @values: as Keras has it: [in, out], or [height, width, in, out];
 * @out: [out, in], or [out, in, height, width] */
static void
turn_weight (const NumeralModelLayer *layer, const float *values, float *out)
{
  const gsize n_in = numeral_model_layer_n_in (layer), n_out = numeral_model_layer_n_out (layer);
  const gsize places = layer->weight->n_values / (n_in * n_out);

  for (gsize p = 0; p < places; p++)
    for (gsize i = 0; i < n_in; i++)
      for (gsize o = 0; o < n_out; o++)
        out[(o * n_in + i) * places + p] = values[(p * n_in + i) * n_out + o];
}

static gboolean
read_weight (const NumeralModelLayer *layer, float *out, GError **error)
{
  g_autofree float *values = NULL;

  if (!layer->transposed)
    return numeral_tensor_read (layer->weight, out, error);
  values = g_new (float, layer->weight->n_values);
  if (!numeral_tensor_read (layer->weight, values, error))
    return FALSE;
  turn_weight (layer, values, out);
  return TRUE;
}

/* The image that a fully connected layer reads the values of: 1x1 if it is none. */
static NnShape
find_flattened (const NnNetwork *network, guint layer)
{
  while (layer > 0 && nn_shape_is_flat (&network->shapes[layer]) &&
         nn_layer_kind (network->arch.layers[layer - 1].kind)->sizes == NULL)
    layer--;
  return network->shapes[layer];
}

/* Keras flattens rows x columns x channels, PyTorch and Numeral channels x rows x columns. */
static void
turn_flattened (const NnNetwork *network, const NnWeights *weights)
{
  const NnShape image = find_flattened (network, weights->layer);
  const gsize places = (gsize) image.height * image.width;
  g_autofree float *row = NULL;

  if (places == 1 || nn_shape_size (&image) != weights->n_in)
    return;
  row = g_new (float, weights->n_in);
  for (guint o = 0; o < weights->n_out; o++)
    {
      float *weight = weights->weight + (gsize) o * weights->n_in;

      memcpy (row, weight, weights->n_in * sizeof *row);
      for (gsize p = 0; p < places; p++)
        for (guint c = 0; c < image.channels; c++)
          weight[c * places + p] = row[p * image.channels + c];
    }
}

/* @before: (nullable): the layer before it */
static gboolean
read_layer (const NumeralModelLayer *layer,
            const NumeralModelLayer *before,
            const NnNetwork *network,
            const NnWeights *weights,
            GError **error)
{
  if (!read_weight (layer, weights->weight, error) ||
      (layer->bias != NULL && !numeral_tensor_read (layer->bias, weights->bias, error)))
    return FALSE;
  if (before != NULL && before->transposed && numeral_model_layer_is_image (before) &&
      !numeral_model_layer_is_image (layer))
    turn_flattened (network, weights);
  return numeral_model_norm_fold (layer, weights->n_in, weights->n_out, weights->weight,
                                  weights->bias, error);
}

/* The network of the layers that were found. */
static NnNetwork *
read_network (const NnArchitecture *arch, GPtrArray *layers, GError **error)
{
  g_autoptr (NnNetwork) network = NULL;

  if (!check_shapes (arch, layers, error))
    return NULL;
  network = nn_network_new (arch, error);
  if (network == NULL)
    return NULL;
  for (guint i = 0; i < network->n_weights; i++)
    if (!read_layer (layers->pdata[i], i > 0 ? layers->pdata[i - 1] : NULL, network,
                     &network->weights[i], error))
      return NULL;
  return g_steal_pointer (&network);
}

NnNetwork *
numeral_model_layers_read (const NumeralSafetensors *file, GError **error)
{
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (GPtrArray) layers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_model_layer_free);

  return read_architecture (file, arch, layers, error) ? read_network (arch, layers, error) : NULL;
}

NnNetwork *
numeral_model_layers_read_map (const NumeralSafetensors *file, GError **error)
{
  const char *text = g_hash_table_lookup (file->metadata, "architecture");
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (GPtrArray) layers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_model_layer_free);
  NnMlp mlp = { .activation = NN_ACTIVATION_RELU, .loss = NN_LOSS_CROSS_ENTROPY };

  if (!read_names (file, &mlp, error))
    return NULL;
  if (text == NULL || !nn_architecture_from_string_as_map (text, mlp.activation, arch, NULL))
    {
      g_autofree char *quoted = numeral_tensor_quote (text != NULL ? text : "");

      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("the architecture %s is not a network such as 74-256-512-784-sigmoid"),
                    quoted);
      return NULL;
    }
  return find_layers (file, count_weights (arch), layers, error) ?
             read_network (arch, layers, error) :
             NULL;
}
