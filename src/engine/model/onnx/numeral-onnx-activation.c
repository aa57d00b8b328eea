/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "numeral-fail.h"
#include "numeral-onnx-dims.h"
#include "numeral-onnx-operators.h"

/* Functions of single values, and what ends a network. */

/* Since this version Softmax is taken over the last axis where none is given. */
#define OPSET_LAST_AXIS 13
#define LEAKY_SLOPE 0.01
/* Slopes are written with seven digits. */
#define LEAKY_TOLERANCE 1e-6

static const struct
{
  const char *name;
  NnLayerKindId kind;
} activations[] = {
  { "Relu", NN_LAYER_RELU }, { "LeakyRelu", NN_LAYER_LEAKY_RELU },
  { "Gelu", NN_LAYER_GELU }, { "Sigmoid", NN_LAYER_SIGMOID },
  { "Tanh", NN_LAYER_TANH },
};

gboolean
numeral_onnx_read_activation (NumeralOnnxContext *context,
                              const NumeralOnnxNode *node,
                              GError **error)
{
  NnLayerSpec spec = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (activations); i++)
    if (g_str_equal (activations[i].name, node->op_type))
      spec.kind = activations[i].kind;
  if (spec.kind == NN_LAYER_LEAKY_RELU &&
      fabs (numeral_onnx_node_get_float (node, "alpha", LEAKY_SLOPE) - LEAKY_SLOPE) >
          LEAKY_TOLERANCE)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("its slope is %g; only %g can be read"),
                         numeral_onnx_node_get_float (node, "alpha", LEAKY_SLOPE), LEAKY_SLOPE);
  if (!numeral_onnx_network_add (context->network, &spec, error))
    return FALSE;
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

gboolean
numeral_onnx_read_dropout (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const char *input = numeral_onnx_node_input (node, 1);
  NnLayerSpec spec = { .kind = NN_LAYER_DROPOUT };
  const NumeralOnnxTensor *ratio = NULL;

  if (!numeral_onnx_context_get_constant (context, input, &ratio, error))
    return FALSE;
  spec.rate = ratio != NULL && ratio->n == 1 ? numeral_onnx_tensor_get (ratio, 0) :
                                               numeral_onnx_node_get_float (node, "ratio", 0.5);
  /* float32 has no 0.2; a share is written with a few decimals. */
  spec.rate = round (spec.rate * 1e6) / 1e6;
  if (spec.rate > 0 && spec.rate < 1 && !numeral_onnx_network_add (context->network, &spec, error))
    return FALSE;
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

gboolean
numeral_onnx_read_identity (NumeralOnnxContext *context,
                            const NumeralOnnxNode *node,
                            GError **error)
{
  const gint64 to = numeral_onnx_node_get_int (node, "to", NUMERAL_ONNX_FLOAT);

  if (to != NUMERAL_ONNX_FLOAT && to != NUMERAL_ONNX_DOUBLE && to != NUMERAL_ONNX_FLOAT16 &&
      to != NUMERAL_ONNX_BFLOAT16)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("it rounds the values to whole numbers"));
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

/* Softmax of the logarithms of sigmoid outputs divides these by their sum. */
gboolean
numeral_onnx_read_log (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  if (!numeral_onnx_network_drop_last (context->network, NN_LAYER_SIGMOID))
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("only the logarithm of the outputs of a sigmoid can be read"));
  context->loss = NN_LOSS_BINARY_CROSS_ENTROPY;
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

/* Softmax of the logits. */
gboolean
numeral_onnx_read_end (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const gint64 last = context->opset < OPSET_LAST_AXIS ? 1 : -1;
  guint axis;

  if (!numeral_onnx_axis (numeral_onnx_node_get_int (node, "axis", last), context->n_dims, &axis,
                          error))
    return FALSE;
  if (context->dims[axis] != numeral_onnx_context_n_values (context))
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("it is not taken over the classes"));
  context->ended = TRUE;
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}
