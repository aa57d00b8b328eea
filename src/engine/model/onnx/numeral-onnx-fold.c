/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-onnx-dims.h"
#include "numeral-onnx-operators.h"

/* Operators on constants: weights in another shape or type, and shapes that are computed. */

/* Values that a row and a column may give together. */
#define MAX_OUTER ((gsize) 1 << 16)

static const NumeralOnnxTensor *
first_input (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  return numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 0), error);
}

/* Copies value @from of @source, which has the same type. */
static void
copy_value (NumeralOnnxTensor *tensor, gsize to, const NumeralOnnxTensor *source, gsize from)
{
  if (tensor->floats != NULL)
    tensor->floats[to] = source->floats[from];
  else
    tensor->ints[to] = source->ints[from];
}

NumeralOnnxTensor *
numeral_onnx_fold_identity (NumeralOnnxContext *context,
                            const NumeralOnnxNode *node,
                            GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error);

  return input != NULL ? numeral_onnx_tensor_copy (input) : NULL;
}

NumeralOnnxTensor *
numeral_onnx_fold_constant (NumeralOnnxContext *context,
                            const NumeralOnnxNode *node,
                            GError **error)
{
  const NumeralOnnxAttribute *value;
  NumeralOnnxTensor *tensor = NULL;

  value = numeral_onnx_node_find (node, "value");
  if (value != NULL && value->t != NULL)
    return numeral_onnx_tensor_read (value->t, context->folder, error);
  if ((value = numeral_onnx_node_find (node, "value_float")) != NULL)
    {
      tensor = numeral_onnx_tensor_new (NULL, 0, TRUE, error);
      tensor->floats[0] = value->f;
    }
  else if ((value = numeral_onnx_node_find (node, "value_int")) != NULL)
    {
      tensor = numeral_onnx_tensor_new (NULL, 0, FALSE, error);
      tensor->ints[0] = value->i;
    }
  else if ((value = numeral_onnx_node_find (node, "value_floats")) != NULL)
    {
      tensor = numeral_onnx_tensor_new (&value->n_floats, 1, TRUE, error);
      if (tensor != NULL && tensor->n > 0)
        memcpy (tensor->floats, value->floats, tensor->n * sizeof (float));
    }
  else if ((value = numeral_onnx_node_find (node, "value_ints")) != NULL)
    {
      tensor = numeral_onnx_tensor_new (&value->n_ints, 1, FALSE, error);
      if (tensor != NULL && tensor->n > 0)
        memcpy (tensor->ints, value->ints, tensor->n * sizeof (gint64));
    }
  else
    numeral_fail (error, NN_ERROR_FORMAT, _ ("its value cannot be read"));
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_fold_reshape (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error);
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  NumeralOnnxTensor *tensor;
  guint n_dims;

  if (input == NULL ||
      !numeral_onnx_reshaped (context, node, input->dims, input->n_dims, dims, &n_dims, error))
    return NULL;
  tensor = numeral_onnx_tensor_copy (input);
  tensor->n_dims = n_dims;
  memcpy (tensor->dims, dims, sizeof dims);
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_fold_transpose (NumeralOnnxContext *context,
                             const NumeralOnnxNode *node,
                             GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error);
  g_autofree guint32 *places = NULL;
  guint perm[NUMERAL_ONNX_MAX_DIMS];
  NumeralOnnxTensor *tensor;

  if (input == NULL || !numeral_onnx_permutation (node, input->n_dims, perm, error))
    return NULL;
  places = numeral_onnx_transposed (input->dims, input->n_dims, perm);
  tensor = numeral_onnx_tensor_copy (input);
  for (guint d = 0; d < input->n_dims; d++)
    tensor->dims[d] = input->dims[perm[d]];
  for (gsize i = 0; i < input->n; i++)
    copy_value (tensor, i, input, places[i]);
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_fold_cast (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error);
  const gint64 to = numeral_onnx_node_get_int (node, "to", NUMERAL_ONNX_FLOAT);
  const gboolean floats = to == NUMERAL_ONNX_FLOAT || to == NUMERAL_ONNX_DOUBLE ||
                          to == NUMERAL_ONNX_FLOAT16 || to == NUMERAL_ONNX_BFLOAT16;
  NumeralOnnxTensor *tensor;

  if (input == NULL)
    return NULL;
  tensor = numeral_onnx_tensor_new (input->dims, input->n_dims, floats, error);
  for (gsize i = 0; tensor != NULL && i < input->n; i++)
    if (floats)
      tensor->floats[i] = (float) numeral_onnx_tensor_get (input, i);
    else if (input->ints != NULL)
      tensor->ints[i] = input->ints[i];
    else
      /* What does not fit becomes the nearest that does; such a shape is refused later. */
      tensor->ints[i] = (gint64) CLAMP ((double) input->floats[i], -1e15, 1e15);
  return tensor;
}

/* %FALSE if the values have no such result. */
static gboolean
compute (const char *type,
         const NumeralOnnxTensor *a,
         gsize i,
         const NumeralOnnxTensor *b,
         gsize k,
         NumeralOnnxTensor *out,
         gsize at)
{
  if (out->ints != NULL)
    {
      const gint64 x = a->ints[i], y = b->ints[k];

      if (*type == 'A')
        return !__builtin_add_overflow (x, y, &out->ints[at]);
      if (*type == 'S')
        return !__builtin_sub_overflow (x, y, &out->ints[at]);
      if (*type == 'M')
        return !__builtin_mul_overflow (x, y, &out->ints[at]);
      if (y == 0 || y == -1)
        return FALSE;
      out->ints[at] = x / y;
      return TRUE;
    }
  const double x = numeral_onnx_tensor_get (a, i), y = numeral_onnx_tensor_get (b, k);

  out->floats[at] = (float) (*type == 'A' ? x + y :
                             *type == 'S' ? x - y :
                             *type == 'M' ? x * y :
                                            x / y);
  return isfinite (out->floats[at]);
}

/* Add, Sub, Mul, Div */
NumeralOnnxTensor *
numeral_onnx_fold_arithmetic (NumeralOnnxContext *context,
                              const NumeralOnnxNode *node,
                              GError **error)
{
  const NumeralOnnxTensor *a = first_input (context, node, error), *b;
  g_autoptr (NumeralOnnxTensor) tensor = NULL;
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  guint n_dims;

  if (a == NULL)
    return NULL;
  b = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  if (b == NULL || !numeral_onnx_broadcast_dims (a, b, dims, &n_dims, error))
    return NULL;
  tensor = numeral_onnx_tensor_new (dims, n_dims, a->floats != NULL || b->floats != NULL, error);
  if (tensor != NULL && tensor->n > MAX (MAX (a->n, b->n), MAX_OUTER))
    {
      numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("a tensor has too many values"));
      return NULL;
    }
  for (gsize i = 0; tensor != NULL && i < tensor->n; i++)
    if (!compute (node->op_type, a, numeral_onnx_broadcast (a->dims, a->n_dims, dims, n_dims, i), b,
                  numeral_onnx_broadcast (b->dims, b->n_dims, dims, n_dims, i), tensor, i))
      {
        numeral_fail (error, NN_ERROR_VALUE, _ ("its result is not a finite number"));
        return NULL;
      }
  return g_steal_pointer (&tensor);
}

/* The rest is for shapes: lists of whole numbers. */

static gboolean
check_list (const NumeralOnnxTensor *tensor, GError **error)
{
  return (tensor->ints != NULL && tensor->n_dims <= 1) ||
         numeral_fail (error, NN_ERROR_CONFIG, _ ("it can be read for a shape only"));
}

NumeralOnnxTensor *
numeral_onnx_fold_shape (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error);
  NumeralOnnxTensor *tensor;

  if (input == NULL)
    return NULL;
  tensor = numeral_onnx_tensor_new ((gsize[]){ input->n_dims }, 1, FALSE, error);
  for (guint d = 0; d < input->n_dims; d++)
    tensor->ints[d] = (gint64) input->dims[d];
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_fold_concat (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  NumeralOnnxTensor *tensor;
  gsize n;

  for (gsize i = 0; i < node->n_input; i++)
    {
      const NumeralOnnxTensor *part =
          numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, i), error);

      if (part == NULL || !check_list (part, error))
        return NULL;
      if (part->n + values->len > NUMERAL_ONNX_MAX_DIMS)
        {
          numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("a tensor has more than %d dimensions"),
                        NUMERAL_ONNX_MAX_DIMS);
          return NULL;
        }
      g_array_append_vals (values, part->ints, (guint) part->n);
    }
  n = values->len;
  tensor = numeral_onnx_tensor_new (&n, 1, FALSE, error);
  if (n > 0)
    memcpy (tensor->ints, values->data, n * sizeof (gint64));
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_fold_gather (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error), *indices;
  NumeralOnnxTensor *tensor;

  if (input == NULL || !check_list (input, error))
    return NULL;
  indices = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  if (indices == NULL || !check_list (indices, error))
    return NULL;
  tensor = numeral_onnx_tensor_new (indices->dims, indices->n_dims, FALSE, error);
  for (gsize i = 0; i < indices->n; i++)
    {
      guint at;

      if (!numeral_onnx_axis (indices->ints[i], (guint) input->n, &at, error))
        {
          numeral_onnx_tensor_free (tensor);
          return NULL;
        }
      tensor->ints[i] = input->ints[at];
    }
  return tensor;
}

/* With the step 1 and along the one axis: the tail or the head of a shape. */
NumeralOnnxTensor *
numeral_onnx_fold_slice (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *input = first_input (context, node, error), *bounds[2];
  NumeralOnnxTensor *tensor;
  gint64 places[2];
  gsize n;

  if (input == NULL || !check_list (input, error))
    return NULL;
  for (guint b = 0; b < 2; b++)
    {
      bounds[b] = numeral_onnx_context_need_constant (context,
                                                      numeral_onnx_node_input (node, 1 + b), error);
      if (bounds[b] == NULL || !check_list (bounds[b], error))
        return NULL;
      if (bounds[b]->n != 1 || node->n_input > 4)
        {
          numeral_fail (error, NN_ERROR_CONFIG, _ ("it can be read for a shape only"));
          return NULL;
        }
      places[b] = bounds[b]->ints[0];
      if (places[b] < 0)
        places[b] = MAX (places[b], -(gint64) input->n) + (gint64) input->n;
      places[b] = MIN (places[b], (gint64) input->n);
    }
  n = places[1] > places[0] ? (gsize) (places[1] - places[0]) : 0;
  tensor = numeral_onnx_tensor_new (&n, 1, FALSE, error);
  if (n > 0)
    memcpy (tensor->ints, input->ints + places[0], n * sizeof (gint64));
  return tensor;
}
