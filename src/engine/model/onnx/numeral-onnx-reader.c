/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-onnx-function.h"
#include "numeral-onnx-operators.h"
#include "numeral-safetensors.h"

/* A network of the most layers has far fewer nodes: the time for each grows with their number. */
#define MAX_NODES 4096
#define MAX_NODE_INPUTS 64
/* Outputs of a graph that are tried. */
#define MAX_OUTPUTS 4
/* The values that all constants together may have. */
#define MAX_CONSTANTS (2 * NN_MAX_PARAMS)
/* Samples in the fixed shape of an input. */
#define MAX_BATCH 65536

static void
context_clear (NumeralOnnxContext *context)
{
  g_clear_pointer (&context->initializers, g_hash_table_unref);
  g_clear_pointer (&context->constants, g_hash_table_unref);
  g_clear_pointer (&context->shapes, g_hash_table_unref);
  g_clear_pointer (&context->needed, g_hash_table_unref);
  g_clear_pointer (&context->network, numeral_onnx_network_free);
  g_clear_pointer (&context->selected, g_free);
  g_clear_pointer (&context->head, g_free);
  g_clear_pointer (&context->order, g_free);
}

static gboolean
check_nodes (const NumeralOnnxGraph *graph, GError **error)
{
  if (graph->n_node > MAX_NODES)
    return numeral_fail (error, NN_ERROR_TOO_LARGE,
                         _ ("the network has too many operators to be one that reads digits"));
  for (gsize i = 0; i < graph->n_node; i++)
    if (graph->node[i]->op_type == NULL || graph->node[i]->n_input > MAX_NODE_INPUTS)
      return numeral_fail (error, NN_ERROR_FORMAT,
                           _ ("a node has no operator, or far too many inputs"));
  return TRUE;
}

/* The version of the operators of ONNX itself. */
static gboolean
read_opset (const NumeralOnnxModel *model, gint64 *opset, GError **error)
{
  *opset = 1;
  for (gsize i = 0; i < model->n_opset_import; i++)
    {
      const char *domain = numeral_onnx_text (model->opset_import[i]->domain);

      if (*domain == '\0' || g_str_equal (domain, "ai.onnx"))
        *opset = model->opset_import[i]->version;
    }
  if (*opset < NUMERAL_ONNX_MIN_OPSET)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("the file has version %d of the operators; convert it to version %d or "
                            "newer with onnx.version_converter in Python"),
                         (int) *opset, NUMERAL_ONNX_OPSET);
  if (*opset > NUMERAL_ONNX_MAX_OPSET)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("the file has version %d of the operators, which is newer than the "
                            "known ones; export it with version %d"),
                         (int) MIN (*opset, G_MAXINT), NUMERAL_ONNX_OPSET);
  return TRUE;
}

/* Marks the nodes that lead to @output: the graph is sorted, so one pass from the end is enough. */
static void
select_nodes (NumeralOnnxContext *context, const char *output)
{
  const NumeralOnnxGraph *graph = context->graph;
  GHashTable *needed = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean *selected = g_new0 (gboolean, graph->n_node + 1);

  g_hash_table_add (needed, (gpointer) output);
  for (gsize i = graph->n_node; i-- > 0;)
    {
      const NumeralOnnxNode *node = graph->node[i];

      for (gsize k = 0; k < node->n_output; k++)
        selected[i] =
            selected[i] || g_hash_table_contains (needed, numeral_onnx_node_output (node, k));
      for (gsize k = 0; selected[i] && k < node->n_input; k++)
        if (*numeral_onnx_node_input (node, k) != '\0')
          g_hash_table_add (needed, (gpointer) numeral_onnx_node_input (node, k));
    }
  context->selected = selected;
  context->needed = needed;
}

/* The shape of the input: the samples first, whose number may be left open. */
static gboolean
read_input_shape (NumeralOnnxContext *context, const NumeralOnnx__Value *value, GError **error)
{
  const NumeralOnnx__Shape *shape = value->type != NULL && value->type->tensor_type != NULL ?
                                        value->type->tensor_type->shape :
                                        NULL;
  gsize n = 1;

  if (shape == NULL || shape->n_dim < 2 || shape->n_dim > NUMERAL_ONNX_MAX_DIMS)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the shape of its input is not that of samples of digits"));
  context->n_dims = (guint) shape->n_dim;
  for (guint d = 0; d < context->n_dims; d++)
    {
      const gint64 size = shape->dim[d]->has_dim_value ? shape->dim[d]->dim_value : 0;

      context->dims[d] = d == 0 && size < 1 ? 1 : (gsize) size;
      if ((d > 0 && size < 1) || size > (d == 0 ? MAX_BATCH : NN_MAX_WIDTH))
        return numeral_fail (error, NN_ERROR_SHAPE, _ ("its input has no fixed size"));
      if (d > 0)
        n *= context->dims[d];
      if (n > NN_MAX_WIDTH)
        return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its input is too large"));
    }
  context->network = numeral_onnx_network_new (n);
  numeral_onnx_context_set_head (context, value->name);
  return TRUE;
}

/* Old files list their weights among the inputs. */
static gboolean
find_input (NumeralOnnxContext *context, GError **error)
{
  const NumeralOnnx__Value *found = NULL;

  for (gsize i = 0; i < context->graph->n_input; i++)
    {
      const NumeralOnnx__Value *value = context->graph->input[i];
      const char *name = numeral_onnx_text (value->name);

      if (g_hash_table_contains (context->initializers, name) ||
          !g_hash_table_contains (context->needed, name))
        continue;
      if (found != NULL)
        return numeral_fail (error, NN_ERROR_CONFIG, _ ("the network has more than one input"));
      found = value;
    }
  if (found == NULL || *numeral_onnx_text (found->name) == '\0')
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("the network has no input"));
  return read_input_shape (context, found, error);
}

/* Whether all inputs of a node are constants. */
static gboolean
is_constant (NumeralOnnxContext *context, const NumeralOnnxNode *node)
{
  for (gsize k = 0; k < node->n_input; k++)
    {
      const char *name = numeral_onnx_node_input (node, k);

      if (*name != '\0' && !g_hash_table_contains (context->constants, name) &&
          !g_hash_table_contains (context->initializers, name))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_operator (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const NumeralOnnxOperator *row = numeral_onnx_operator_find (node->op_type);
  NumeralOnnxTensor *tensor;

  if (row == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("this operator cannot be read"));
  if (row->fold != NULL && is_constant (context, node))
    {
      tensor = row->fold (context, node, error);
      return tensor != NULL &&
             numeral_onnx_context_set_constant (context, numeral_onnx_node_output (node, 0), tensor,
                                                error);
    }
  if (row->read == NULL)
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("this operator can be read for constants only"));
  if (context->ended && !row->after_end)
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("it follows the end of the network"));
  if (!row->finds &&
      !numeral_onnx_context_need_head (context, numeral_onnx_node_input (node, 0), error))
    return FALSE;
  return row->read (context, node, error);
}

static gboolean
read_node (NumeralOnnxContext *context, gsize i, gboolean *done, GError **error)
{
  const NumeralOnnxNode *node = context->graph->node[i];
  g_autofree char *type = NULL, *name = NULL;
  gboolean ok, reads_head = FALSE;

  for (gsize k = 0; k < node->n_input; k++)
    reads_head = reads_head || g_strcmp0 (numeral_onnx_node_input (node, k), context->head) == 0;
  if (reads_head && !g_str_equal (node->op_type, "Shape") &&
      numeral_onnx_function_branches (context, context->head, i))
    ok = numeral_onnx_read_function (context, i, done, error);
  else
    ok = read_operator (context, node, error);
  if (ok)
    return TRUE;
  type = numeral_tensor_quote (node->op_type);
  name = numeral_tensor_quote (
      *numeral_onnx_text (node->name) != '\0' ? node->name : numeral_onnx_node_output (node, 0));
  /* Translators: the name of an operator of ONNX and that of a node, both in quotation marks. */
  g_prefix_error (error, _ ("operator %s, node %s: "), type, name);
  return FALSE;
}

static NnNetwork *
finish (NumeralOnnxContext *context, const char *output, GError **error)
{
  if (!numeral_onnx_context_need_head (context, output, error))
    return NULL;
  if (!context->ended && numeral_onnx_network_drop_last (context->network, NN_LAYER_SIGMOID))
    context->loss = NN_LOSS_BINARY_CROSS_ENTROPY;
  if (context->order != NULL)
    {
      numeral_fail (error, NN_ERROR_SHAPE, _ ("the classes are in an order that cannot be read"));
      return NULL;
    }
  return numeral_onnx_network_finish (context->network, context->loss, error);
}

static NnNetwork *
read_output (NumeralOnnxContext *context, const char *output, GError **error)
{
  const NumeralOnnxGraph *graph = context->graph;
  g_autofree gboolean *done = g_new0 (gboolean, graph->n_node + 1);

  select_nodes (context, output);
  if (!find_input (context, error))
    return NULL;
  for (gsize i = 0; i < graph->n_node; i++)
    if (context->selected[i] && !done[i] && !read_node (context, i, done, error))
      return NULL;
  return finish (context, output, error);
}

static NnNetwork *
read_way (
    const NumeralOnnxModel *model, gint64 opset, GFile *folder, const char *output, GError **error)
{
  NumeralOnnxContext context = {
    .graph = model->graph,
    .opset = opset,
    .folder = folder,
    .initializers = g_hash_table_new (g_str_hash, g_str_equal),
    .constants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) numeral_onnx_tensor_free),
    .shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) numeral_onnx_tensor_free),
    .budget = MAX_CONSTANTS,
    .loss = NN_LOSS_CROSS_ENTROPY,
  };
  NnNetwork *network;

  for (gsize i = 0; i < model->graph->n_initializer; i++)
    {
      NumeralOnnxInitializer *initializer = model->graph->initializer[i];

      g_hash_table_insert (context.initializers, (gpointer) numeral_onnx_text (initializer->name),
                           initializer);
    }
  network = read_output (&context, output, error);
  context_clear (&context);
  return network;
}

/* Labels are whole numbers: not what a network gives. */
static gboolean
may_be_answers (const NumeralOnnx__Value *value)
{
  const NumeralOnnx__TensorType *tensor = value->type != NULL ? value->type->tensor_type : NULL;

  return tensor == NULL || tensor->elem_type == 0 || tensor->elem_type == NUMERAL_ONNX_FLOAT ||
         tensor->elem_type == NUMERAL_ONNX_FLOAT16 || tensor->elem_type == NUMERAL_ONNX_DOUBLE;
}

NnNetwork *
numeral_onnx_read_network (const NumeralOnnxModel *model,
                           GFile *folder,
                           const char *output,
                           GError **error)
{
  const NumeralOnnxGraph *graph = model->graph;
  g_autoptr (GError) first = NULL;
  guint n_tried = 0;
  gint64 opset;

  if (!check_nodes (graph, error) || !read_opset (model, &opset, error))
    return NULL;
  for (gsize i = 0; i < graph->n_output && n_tried < MAX_OUTPUTS; i++)
    {
      const char *name = numeral_onnx_text (graph->output[i]->name);
      NnNetwork *network;

      if (output != NULL ? !g_str_equal (name, output) : !may_be_answers (graph->output[i]))
        continue;
      n_tried++;
      network = read_way (model, opset, folder, name, first == NULL ? &first : NULL);
      if (network != NULL)
        return network;
    }
  if (first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  else
    numeral_fail (error, NN_ERROR_FORMAT, _ ("the network has no output"));
  return NULL;
}
