/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-graph.h"

#include <string.h>

#include "nn-half.h"

/* Attributes of one node. */
#define MAX_ATTRIBUTES 4

void
numeral_onnx_graph_builder_init (NumeralOnnxGraphBuilder *self)
{
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->nodes = g_ptr_array_new ();
  self->initializers = g_ptr_array_new ();
  self->inputs = g_ptr_array_new ();
  self->outputs = g_ptr_array_new ();
  self->entries = g_ptr_array_new ();
}

void
numeral_onnx_graph_builder_clear (NumeralOnnxGraphBuilder *self)
{
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->initializers, g_ptr_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->memory, g_ptr_array_unref);
}

/* Takes @memory. */
static gpointer
own (NumeralOnnxGraphBuilder *self, gpointer memory)
{
  g_ptr_array_add (self->memory, memory);
  return memory;
}

static char *
own_text (NumeralOnnxGraphBuilder *self, const char *text)
{
  return own (self, g_strdup (text));
}

const char *
numeral_onnx_graph_text (NumeralOnnxGraphBuilder *self, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = own (self, g_strdup_vprintf (format, args));
  va_end (args);
  return text;
}

NumeralOnnxNode *
numeral_onnx_graph_add_node (NumeralOnnxGraphBuilder *self,
                             const char *type,
                             const char *const *inputs,
                             const char *output)
{
  NumeralOnnxNode *node = own (self, g_new (NumeralOnnxNode, 1));

  numeral_onnx__node__init (node);
  node->op_type = own_text (self, type);
  node->name = own_text (self, output);
  node->n_input = g_strv_length ((char **) inputs);
  node->input = own (self, g_new (char *, node->n_input));
  for (gsize i = 0; i < node->n_input; i++)
    node->input[i] = own_text (self, inputs[i]);
  node->n_output = 1;
  node->output = own (self, g_new (char *, 1));
  node->output[0] = own_text (self, output);
  node->attribute = own (self, g_new (NumeralOnnxAttribute *, MAX_ATTRIBUTES));
  g_ptr_array_add (self->nodes, node);
  return node;
}

static NumeralOnnxAttribute *
add_attribute (NumeralOnnxGraphBuilder *self,
               NumeralOnnxNode *node,
               const char *name,
               NumeralOnnxAttributeType type)
{
  NumeralOnnxAttribute *attribute = own (self, g_new (NumeralOnnxAttribute, 1));

  g_assert (node->n_attribute < MAX_ATTRIBUTES);
  numeral_onnx__attribute__init (attribute);
  attribute->name = own_text (self, name);
  attribute->has_type = TRUE;
  attribute->type = type;
  node->attribute[node->n_attribute++] = attribute;
  return attribute;
}

void
numeral_onnx_graph_set_int (NumeralOnnxGraphBuilder *self,
                            NumeralOnnxNode *node,
                            const char *name,
                            gint64 value)
{
  NumeralOnnxAttribute *attribute = add_attribute (self, node, name, NUMERAL_ONNX_ATTRIBUTE_INT);

  attribute->has_i = TRUE;
  attribute->i = value;
}

void
numeral_onnx_graph_set_float (NumeralOnnxGraphBuilder *self,
                              NumeralOnnxNode *node,
                              const char *name,
                              float value)
{
  NumeralOnnxAttribute *attribute = add_attribute (self, node, name, NUMERAL_ONNX_ATTRIBUTE_FLOAT);

  attribute->has_f = TRUE;
  attribute->f = value;
}

void
numeral_onnx_graph_set_ints (NumeralOnnxGraphBuilder *self,
                             NumeralOnnxNode *node,
                             const char *name,
                             const guint *values,
                             guint n)
{
  NumeralOnnxAttribute *attribute = add_attribute (self, node, name, NUMERAL_ONNX_ATTRIBUTE_INTS);

  attribute->n_ints = n;
  attribute->ints = own (self, g_new (gint64, n));
  for (guint i = 0; i < n; i++)
    attribute->ints[i] = values[i];
}

/* The values as they are in the file, little-endian; they are copied only where they have to be. */
static gpointer
to_bytes (NumeralOnnxGraphBuilder *self, const float *values, gsize n, gboolean half)
{
  if (half)
    {
      guint16 *halves = own (self, g_new (guint16, n));

      for (gsize i = 0; i < n; i++)
        halves[i] =
            GUINT16_TO_LE (nn_half_from_float (CLAMP (values[i], -NN_HALF_MAX, NN_HALF_MAX)));
      return halves;
    }
  if (G_BYTE_ORDER == G_BIG_ENDIAN)
    {
      guint32 *words = own (self, g_memdup2 (values, n * sizeof *values));

      for (gsize i = 0; i < n; i++)
        words[i] = GUINT32_TO_LE (words[i]);
      return words;
    }
  return (gpointer) values;
}

void
numeral_onnx_graph_add_tensor (NumeralOnnxGraphBuilder *self,
                               const char *name,
                               const gsize *dims,
                               guint n_dims,
                               const float *values,
                               gboolean half)
{
  NumeralOnnxInitializer *tensor = own (self, g_new (NumeralOnnxInitializer, 1));
  gsize n = 1;

  numeral_onnx__tensor__init (tensor);
  tensor->name = own_text (self, name);
  tensor->has_data_type = TRUE;
  tensor->data_type = half ? NUMERAL_ONNX_FLOAT16 : NUMERAL_ONNX_FLOAT;
  tensor->n_dims = n_dims;
  tensor->dims = own (self, g_new (gint64, MAX (n_dims, 1)));
  for (guint d = 0; d < n_dims; d++)
    {
      tensor->dims[d] = (gint64) dims[d];
      n *= dims[d];
    }
  tensor->has_raw_data = TRUE;
  tensor->raw_data.len = n * (half ? sizeof (guint16) : sizeof (float));
  tensor->raw_data.data = to_bytes (self, values, n, half);
  g_ptr_array_add (self->initializers, tensor);
}

void
numeral_onnx_graph_add_value (NumeralOnnxGraphBuilder *self,
                              GPtrArray *list,
                              const char *name,
                              const gsize *dims,
                              guint n_dims)
{
  NumeralOnnx__Value *value = own (self, g_new (NumeralOnnx__Value, 1));
  NumeralOnnx__Type *type = own (self, g_new (NumeralOnnx__Type, 1));
  NumeralOnnx__TensorType *tensor = own (self, g_new (NumeralOnnx__TensorType, 1));
  NumeralOnnx__Shape *shape = own (self, g_new (NumeralOnnx__Shape, 1));

  numeral_onnx__value__init (value);
  numeral_onnx__type__init (type);
  numeral_onnx__tensor_type__init (tensor);
  numeral_onnx__shape__init (shape);
  value->name = own_text (self, name);
  value->type = type;
  type->tensor_type = tensor;
  tensor->has_elem_type = TRUE;
  tensor->elem_type = NUMERAL_ONNX_FLOAT;
  tensor->shape = shape;
  shape->n_dim = n_dims + 1;
  shape->dim = own (self, g_new (NumeralOnnx__Dimension *, n_dims + 1));
  for (guint d = 0; d <= n_dims; d++)
    {
      shape->dim[d] = own (self, g_new (NumeralOnnx__Dimension, 1));
      numeral_onnx__dimension__init (shape->dim[d]);
      shape->dim[d]->has_dim_value = d > 0;
      if (d == 0)
        shape->dim[d]->dim_param = own_text (self, "batch");
      else
        shape->dim[d]->dim_value = (gint64) dims[d - 1];
    }
  g_ptr_array_add (list, value);
}

void
numeral_onnx_graph_add_entry (NumeralOnnxGraphBuilder *self, const char *key, const char *value)
{
  NumeralOnnx__Entry *entry = own (self, g_new (NumeralOnnx__Entry, 1));

  numeral_onnx__entry__init (entry);
  entry->key = own_text (self, key);
  entry->value = own_text (self, value);
  g_ptr_array_add (self->entries, entry);
}
