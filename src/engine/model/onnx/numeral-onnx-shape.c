/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-onnx-dims.h"
#include "numeral-onnx-operators.h"

/* Operators that give the same values in another shape or order: they add no layer. */

/* @dims: of the output; the samples must stay apart. */
static gboolean
take_dims (NumeralOnnxContext *context,
           const NumeralOnnxNode *node,
           const gsize *dims,
           guint n_dims,
           GError **error)
{
  if (n_dims < 2 || dims[0] != context->dims[0])
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the first dimension of its values is not that of the samples"));
  numeral_onnx_context_set_dims (context, dims, n_dims);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

gboolean
numeral_onnx_read_flatten (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const gsize dims[] = { context->dims[0], numeral_onnx_context_n_values (context) };
  guint axis;

  if (!numeral_onnx_axis (numeral_onnx_node_get_int (node, "axis", 1), context->n_dims, &axis,
                          error))
    return FALSE;
  /* The one sample of a graph without a fixed number of them may be flattened with its axis. */
  if (axis != 1)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("only the axis 1 can be read"));
  return take_dims (context, node, dims, G_N_ELEMENTS (dims), error);
}

gboolean
numeral_onnx_read_reshape (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  guint n_dims;

  return numeral_onnx_reshaped (context, node, context->dims, context->n_dims, dims, &n_dims,
                                error) &&
         take_dims (context, node, dims, n_dims, error);
}

gboolean
numeral_onnx_read_squeeze (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  return numeral_onnx_read_reshape (context, node, error);
}

gboolean
numeral_onnx_read_transpose (NumeralOnnxContext *context,
                             const NumeralOnnxNode *node,
                             GError **error)
{
  const gsize n = numeral_onnx_context_n_values (context);
  const guint n_dims = context->n_dims;
  guint perm[NUMERAL_ONNX_MAX_DIMS], inner[NUMERAL_ONNX_MAX_DIMS];
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  guint32 *places;

  if (!numeral_onnx_permutation (node, n_dims, perm, error))
    return FALSE;
  for (guint d = 0; d < n_dims; d++)
    dims[d] = context->dims[perm[d]];
  if (perm[0] != 0)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the first dimension of its values is not that of the samples"));
  for (guint d = 1; d < n_dims; d++)
    inner[d - 1] = perm[d] - 1;
  places = numeral_onnx_transposed (context->dims + 1, n_dims - 1, inner);
  if (context->order != NULL)
    for (gsize i = 0; i < n; i++)
      places[i] = context->order[places[i]];
  numeral_onnx_context_set_order (context, places);
  return take_dims (context, node, dims, n_dims, error);
}

/* A shape is a constant, also that of values before: the number of samples is the graph's, or one.
 */
gboolean
numeral_onnx_read_shape (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *shape =
      g_hash_table_lookup (context->shapes, numeral_onnx_node_input (node, 0));

  if (shape == NULL)
    return numeral_onnx_context_need_head (context, numeral_onnx_node_input (node, 0), error);
  return numeral_onnx_context_set_constant (context, numeral_onnx_node_output (node, 0),
                                            numeral_onnx_tensor_copy (shape), error);
}
