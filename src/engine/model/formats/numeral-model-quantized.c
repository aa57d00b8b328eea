/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-quantized.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-model-layers.h"
#include "numeral-model-sparse.h"

#define WEIGHT_SCALE "layers.%u.weight_scale"
#define SCALE "activations.scale"
#define ZERO "activations.zero_point"

gboolean
numeral_model_is_quantized (const NumeralSafetensors *file)
{
  return g_hash_table_contains (file->metadata, NUMERAL_QUANTIZATION_KEY);
}

/* A tensor by its name, with the type and shape that it must have. */
static const NumeralTensor *
find (const NumeralSafetensors *file,
      const char *name,
      NumeralTensorType type,
      const gsize *dims,
      guint n_dims,
      GError **error)
{
  const NumeralTensor *tensor = numeral_safetensors_find (file, name);

  if (tensor == NULL)
    numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor “%s” is missing"), name);
  else if (tensor->type != type || tensor->n_dims != n_dims ||
           memcmp (tensor->dims, dims, n_dims * sizeof *dims) != 0)
    numeral_fail (error, NN_ERROR_SHAPE,
                  _ ("tensor “%s” does not have the type or the shape that a network in 8 bits "
                     "needs"),
                  name);
  else
    return tensor;
  return NULL;
}

static gboolean
read_floats (const NumeralSafetensors *file, const char *name, gsize n, float *out, GError **error)
{
  const NumeralTensor *tensor = find (file, name, NUMERAL_TENSOR_F32, &n, 1, error);

  return tensor != NULL && numeral_tensor_read (tensor, out, error);
}

/* Checks all shapes before anything is allocated. */
static gboolean
check_shapes (const NumeralSafetensors *file, const NnArchitecture *arch, GError **error)
{
  NnWeights views[NN_MAX_LAYERS];
  const guint n_weights = nn_architecture_weights (arch, NULL, views);

  for (guint i = 0; i < n_weights; i++)
    {
      g_autofree char *name = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
      gsize dims[NUMERAL_SAFETENSORS_MAX_DIMS];
      const guint n_dims = numeral_model_weight_dims (arch, &views[i], dims);

      if (find (file, name, NUMERAL_TENSOR_I8, dims, n_dims, error) == NULL)
        return FALSE;
    }
  /* Three for each layer and two for the activations, all with different names. */
  if (file->tensors->len != 3 * n_weights + 2)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("the file has %u tensors, and the network in 8 bits has %u"),
                         file->tensors->len, 3 * n_weights + 2);
  return TRUE;
}

static gboolean
read_weights (const NumeralSafetensors *file, guint i, NnQuantizedWeights *weights, GError **error)
{
  g_autofree char *weight = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
  g_autofree char *scale = g_strdup_printf (WEIGHT_SCALE, i);
  g_autofree char *bias = g_strdup_printf (NUMERAL_MODEL_BIAS, i);

  memcpy (weights->weight, numeral_safetensors_find (file, weight)->data,
          (gsize) weights->n_out * weights->n_in);
  return read_floats (file, scale, weights->n_out, weights->scale, error) &&
         read_floats (file, bias, weights->n_out, weights->bias, error);
}

static gboolean
read_activations (const NumeralSafetensors *file, NnQuantized *quantized, GError **error)
{
  const gsize n = quantized->arch.n_layers + 1;
  const NumeralTensor *zero = find (file, ZERO, NUMERAL_TENSOR_U8, &n, 1, error);

  if (zero == NULL)
    return FALSE;
  memcpy (quantized->zero, zero->data, n);
  return read_floats (file, SCALE, n, quantized->scale, error);
}

NnNetwork *
numeral_model_quantized_read (const NumeralSafetensors *file, GError **error)
{
  const char *kind = g_hash_table_lookup (file->metadata, NUMERAL_QUANTIZATION_KEY);
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  g_autoptr (NnQuantized) quantized = NULL;

  if (g_strcmp0 (kind, NUMERAL_QUANTIZATION_INT8) != 0)
    {
      g_autofree char *quoted = numeral_tensor_quote (kind != NULL ? kind : "");

      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("the model has weights of the kind %s; only “%s” is known"), quoted,
                    NUMERAL_QUANTIZATION_INT8);
      return NULL;
    }
  if (!numeral_model_layers_read_described (file, arch, error) || !check_shapes (file, arch, error))
    return NULL;
  quantized = nn_quantized_new (arch, error);
  if (quantized == NULL)
    return NULL;
  for (guint i = 0; i < quantized->n_weights; i++)
    if (!read_weights (file, i, &quantized->weights[i], error))
      return NULL;
  if (!read_activations (file, quantized, error))
    return NULL;
  return nn_quantized_to_network (g_steal_pointer (&quantized), error);
}

static void
add_floats (NumeralTensorList *list, const char *name, gsize n, const float *values)
{
  const NumeralTensorValues tensor = {
    .name = name, .n_dims = 1, .dims = { n }, .values = values, .exact = TRUE
  };

  numeral_tensor_list_add (list, &tensor);
}

static void
add_weights (NumeralTensorList *list,
             gboolean sparse,
             const NnArchitecture *arch,
             guint i,
             const NnQuantizedWeights *weights)
{
  const NnWeights view = { .layer = weights->layer,
                           .n_in = weights->n_in,
                           .n_out = weights->n_out };
  g_autofree char *weight = g_strdup_printf (NUMERAL_MODEL_WEIGHT, i);
  g_autofree char *scale = g_strdup_printf (WEIGHT_SCALE, i);
  g_autofree char *bias = g_strdup_printf (NUMERAL_MODEL_BIAS, i);
  NumeralTensorValues tensor = { .name = weight,
                                 .type = NUMERAL_TENSOR_I8,
                                 .bytes = weights->weight };

  tensor.n_dims = numeral_model_weight_dims (arch, &view, tensor.dims);
  numeral_model_sparse_add (list, &tensor, sparse);
  add_floats (list, scale, weights->n_out, weights->scale);
  add_floats (list, bias, weights->n_out, weights->bias);
}

void
numeral_model_quantized_list (const NnQuantized *quantized,
                              gboolean sparse,
                              NumeralTensorList *list)
{
  const gsize n = quantized->arch.n_layers + 1;
  const NumeralTensorValues zero = {
    .name = ZERO, .n_dims = 1, .dims = { n }, .type = NUMERAL_TENSOR_U8, .bytes = quantized->zero
  };

  for (guint i = 0; i < quantized->n_weights; i++)
    add_weights (list, sparse, &quantized->arch, i, &quantized->weights[i]);
  add_floats (list, SCALE, n, quantized->scale);
  numeral_tensor_list_add (list, &zero);
}
