/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-onnx-dims.h"
#include "numeral-onnx-operators.h"

/* Products with a matrix of weights: dense layers. */

/* Adds the layer; weights are [in, out], or [out, in] if @transposed, and are multiplied by
 * @alpha. @bias: (nullable): [out] */
static gboolean
add_dense (NumeralOnnxContext *context,
           const NumeralOnnxNode *node,
           const NumeralOnnxTensor *matrix,
           gboolean transposed,
           double alpha,
           const double *bias,
           GError **error)
{
  const gsize n_in = numeral_onnx_context_n_values (context);
  gsize n_out;
  float *weight;

  if (context->n_dims != 2 || context->dims[1] != n_in)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("it needs a vector, but gets values of %u dimensions"),
                         context->n_dims);
  if (matrix->floats == NULL || matrix->n_dims != 2 || matrix->dims[transposed ? 1 : 0] != n_in)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("its weights are not a matrix for %u values"),
                         (guint) n_in);
  n_out = matrix->dims[transposed ? 0 : 1];
  weight = g_new (float, matrix->n);
  for (gsize o = 0; o < n_out; o++)
    for (gsize i = 0; i < n_in; i++)
      {
        const gsize to = context->order != NULL ? context->order[i] : i;

        weight[o * n_in + to] =
            (float) (alpha * (double) matrix->floats[transposed ? o * n_in + i : i * n_out + o]);
      }
  if (!numeral_onnx_network_add_dense (context->network, (guint) n_out, weight, bias, error))
    return FALSE;
  numeral_onnx_context_set_order (context, NULL);
  numeral_onnx_context_set_dims (context, (gsize[]){ context->dims[0], n_out }, 2);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

gboolean
numeral_onnx_read_matmul (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxTensor *matrix;

  matrix = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  return matrix != NULL && add_dense (context, node, matrix, FALSE, 1, NULL, error);
}

gboolean
numeral_onnx_read_gemm (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const gboolean transposed = numeral_onnx_node_get_int (node, "transB", 0) != 0;
  const double beta = numeral_onnx_node_get_float (node, "beta", 1);
  const char *c = numeral_onnx_node_input (node, 2);
  const NumeralOnnxTensor *matrix, *added = NULL;
  g_autofree double *bias = NULL;
  gsize out[2] = { 1, 0 };

  if (numeral_onnx_node_get_int (node, "transA", 0) != 0)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("transposed values cannot be read"));
  matrix = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  if (matrix == NULL ||
      (*c != '\0' && (added = numeral_onnx_context_need_constant (context, c, error)) == NULL))
    return FALSE;
  if (added != NULL && matrix->n_dims == 2)
    {
      out[1] = matrix->dims[transposed ? 0 : 1];
      if (added->n_dims > 2 || (added->n != 1 && added->n != out[1]) ||
          (added->n_dims > 0 && added->n > 1 && added->dims[added->n_dims - 1] != out[1]))
        return numeral_fail (error, NN_ERROR_SHAPE, _ ("its bias does not have %u values"),
                             (guint) out[1]);
      bias = g_new (double, out[1]);
      for (gsize i = 0; i < out[1]; i++)
        bias[i] = beta * numeral_onnx_tensor_get (added, added->n == 1 ? 0 : i);
    }
  return add_dense (context, node, matrix, transposed,
                    numeral_onnx_node_get_float (node, "alpha", 1), bias, error);
}
