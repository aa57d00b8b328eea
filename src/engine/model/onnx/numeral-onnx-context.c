/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-context.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-safetensors.h"

gboolean
numeral_onnx_context_get_constant (NumeralOnnxContext *self,
                                   const char *name,
                                   const NumeralOnnxTensor **tensor,
                                   GError **error)
{
  const NumeralOnnxInitializer *message;
  NumeralOnnxTensor *read;

  *tensor = g_hash_table_lookup (self->constants, name);
  if (*tensor != NULL || *name == '\0')
    return TRUE;
  message = g_hash_table_lookup (self->initializers, name);
  if (message == NULL)
    return TRUE;
  read = numeral_onnx_tensor_read (message, self->folder, error);
  if (read == NULL)
    {
      g_autofree char *quoted = numeral_tensor_quote (name);

      /* Translators: %s is the name of a tensor, in quotation marks. */
      g_prefix_error (error, _ ("tensor %s: "), quoted);
      return FALSE;
    }
  *tensor = read;
  return numeral_onnx_context_set_constant (self, name, read, error);
}

const NumeralOnnxTensor *
numeral_onnx_context_need_constant (NumeralOnnxContext *self, const char *name, GError **error)
{
  const NumeralOnnxTensor *tensor;

  if (!numeral_onnx_context_get_constant (self, name, &tensor, error))
    return NULL;
  if (tensor == NULL)
    numeral_fail (error, NN_ERROR_FORMAT, _ ("its weights are not constant"));
  return tensor;
}

gboolean
numeral_onnx_context_set_constant (NumeralOnnxContext *self,
                                   const char *name,
                                   NumeralOnnxTensor *tensor,
                                   GError **error)
{
  g_autoptr (NumeralOnnxTensor) owned = tensor;

  if (tensor->n > self->budget)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the constants take too much memory"));
  self->budget -= tensor->n;
  g_hash_table_insert (self->constants, g_strdup (name), g_steal_pointer (&owned));
  return TRUE;
}

gboolean
numeral_onnx_context_need_head (NumeralOnnxContext *self, const char *name, GError **error)
{
  g_autofree char *quoted = NULL;

  if (g_strcmp0 (self->head, name) == 0)
    return TRUE;
  quoted = numeral_tensor_quote (name);
  return numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("it needs %s, which is not what the layer before gives; only networks "
                          "without branches can be read"),
                       quoted);
}

void
numeral_onnx_context_set_head (NumeralOnnxContext *self, const char *name)
{
  const gsize n_dims = self->n_dims;
  NumeralOnnxTensor *shape = numeral_onnx_tensor_new (&n_dims, 1, FALSE, NULL);

  for (guint d = 0; d < self->n_dims; d++)
    shape->ints[d] = (gint64) self->dims[d];
  g_hash_table_insert (self->shapes, g_strdup (name), shape);
  g_free (self->head);
  self->head = g_strdup (name);
}

gsize
numeral_onnx_context_n_values (const NumeralOnnxContext *self)
{
  return nn_shape_size (numeral_onnx_network_get_shape (self->network));
}

void
numeral_onnx_context_set_dims (NumeralOnnxContext *self, const gsize *dims, guint n_dims)
{
  memmove (self->dims, dims, n_dims * sizeof *dims);
  self->n_dims = n_dims;
}

void
numeral_onnx_context_set_order (NumeralOnnxContext *self, guint32 *order)
{
  g_free (self->order);
  self->order = order;
}

/* Forgets an order that changes nothing. */
static gboolean
is_in_order (NumeralOnnxContext *self)
{
  const gsize n = numeral_onnx_context_n_values (self);

  if (self->order == NULL)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (self->order[i] != i)
      return FALSE;
  numeral_onnx_context_set_order (self, NULL);
  return TRUE;
}

gboolean
numeral_onnx_context_need_image (NumeralOnnxContext *self, NnShape *shape, GError **error)
{
  if (self->n_dims != 4)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("it needs an image, but gets values of %u dimensions"), self->n_dims);
  if (!is_in_order (self))
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("channels, rows and columns are in another order than ONNX has them"));
  *shape = (NnShape){ (guint) self->dims[1], (guint) self->dims[2], (guint) self->dims[3] };
  return numeral_onnx_network_set_image (self->network, shape, error);
}

void
numeral_onnx_context_take_image (NumeralOnnxContext *self)
{
  const NnShape *shape = numeral_onnx_network_get_shape (self->network);
  const gsize dims[] = { self->dims[0], shape->channels, shape->height, shape->width };

  numeral_onnx_context_set_dims (self, dims, G_N_ELEMENTS (dims));
}
