/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-onnx-dims.h"
#include "numeral-onnx-operators.h"

/* Operators that scale and shift values by constants: they become part of the weights. */

/* The inputs of a node with two: one of them is the values. */
static gboolean
get_sides (NumeralOnnxContext *context,
           const NumeralOnnxNode *node,
           const NumeralOnnxTensor **constant,
           gboolean *first,
           GError **error)
{
  const char *a = numeral_onnx_node_input (node, 0), *b = numeral_onnx_node_input (node, 1);

  if (node->n_input != 2)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("it has %u inputs"), (guint) node->n_input);
  if (!numeral_onnx_context_get_constant (context, a, constant, error))
    return FALSE;
  *first = *constant != NULL;
  if (*first)
    return numeral_onnx_context_need_head (context, b, error);
  if (!numeral_onnx_context_need_head (context, a, error) ||
      !numeral_onnx_context_get_constant (context, b, constant, error))
    return FALSE;
  /* Twice the same values, or another branch. */
  return *constant != NULL ||
         numeral_fail (error, NN_ERROR_CONFIG,
                       _ ("it joins two branches of the network; only networks "
                          "without branches can be read"));
}

/* Whether the constant can be added to each sample. */
static gboolean
check_broadcast (const NumeralOnnxContext *context,
                 const NumeralOnnxTensor *constant,
                 GError **error)
{
  gboolean ok = constant->n_dims <= context->n_dims;

  for (guint back = 1; ok && back <= constant->n_dims; back++)
    {
      const gsize size = constant->dims[constant->n_dims - back];

      ok = size == 1 || (back < context->n_dims && size == context->dims[context->n_dims - back]);
    }
  return ok || numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("its constant does not have the shape of the values"));
}

gboolean
numeral_onnx_read_arithmetic (NumeralOnnxContext *context,
                              const NumeralOnnxNode *node,
                              GError **error)
{
  const char *type = node->op_type;
  const gsize n = numeral_onnx_context_n_values (context);
  const NumeralOnnxTensor *constant;
  g_autofree double *scale = NULL, *shift = NULL;
  gboolean first;

  if (!get_sides (context, node, &constant, &first, error) ||
      !check_broadcast (context, constant, error))
    return FALSE;
  if (first && g_str_equal (type, "Div"))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("it divides a constant by the values"));
  scale = g_new (double, n);
  shift = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      const gsize at = numeral_onnx_broadcast (constant->dims, constant->n_dims, context->dims,
                                               context->n_dims, i);
      const gsize to = context->order != NULL ? context->order[i] : i;
      const double c = numeral_onnx_tensor_get (constant, at);

      scale[to] = 1;
      shift[to] = 0;
      if (g_str_equal (type, "Mul"))
        scale[to] = c;
      else if (g_str_equal (type, "Div"))
        scale[to] = 1 / c;
      else if (g_str_equal (type, "Sub"))
        {
          scale[to] = first ? -1 : 1;
          shift[to] = first ? c : -c;
        }
      else
        shift[to] = c;
      if (!isfinite (scale[to]))
        return numeral_fail (error, NN_ERROR_VALUE, _ ("it divides by zero"));
    }
  numeral_onnx_network_scale (context->network, scale, shift);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

/* Ioffe and Szegedy 2015: gamma (x - mean) / sqrt (variance + epsilon) + beta, by channel. */
gboolean
numeral_onnx_read_batch_norm (NumeralOnnxContext *context,
                              const NumeralOnnxNode *node,
                              GError **error)
{
  const double epsilon = numeral_onnx_node_get_float (node, "epsilon", 1e-5);
  const gsize n = numeral_onnx_context_n_values (context);
  const gsize n_channels = context->dims[1];
  const NumeralOnnxTensor *parts[4]; /* gamma, beta, mean, variance */
  g_autofree double *scale = NULL, *shift = NULL;

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      parts[p] = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1 + p),
                                                     error);
      if (parts[p] == NULL)
        return FALSE;
      if (parts[p]->n != n_channels)
        return numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("it does not have a value for each of %u channels"),
                             (guint) n_channels);
    }
  if (numeral_onnx_node_get_int (node, "spatial", 1) != 1)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("it does not normalize by channel"));
  scale = g_new (double, n);
  shift = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      const gsize c = i / (n / n_channels);
      const gsize to = context->order != NULL ? context->order[i] : i;

      scale[to] = numeral_onnx_tensor_get (parts[0], c) /
                  sqrt (numeral_onnx_tensor_get (parts[3], c) + epsilon);
      shift[to] =
          numeral_onnx_tensor_get (parts[1], c) - numeral_onnx_tensor_get (parts[2], c) * scale[to];
      if (!isfinite (scale[to]))
        return numeral_fail (error, NN_ERROR_VALUE, _ ("its variance is not positive"));
    }
  numeral_onnx_network_scale (context->network, scale, shift);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}
