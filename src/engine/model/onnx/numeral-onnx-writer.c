/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-onnx-graph.h"

#define INPUT "image"
/* What a network reads that makes images. */
#define NOISE "noise"
/* The first version of the file format that knows operators of version NUMERAL_ONNX_OPSET. */
#define IR_VERSION 7
/* gelu (z) = z/2 (1 + tanh (sqrt (2/pi) (z + 0.044715 z^3))), as in nn-layer-activation.c */
static const float gelu_c = 0.7978845608f, gelu_k = 0.044715f, gelu_half = 0.5f, gelu_one = 1;
static const float leaky_slope = 0.01f;

/* The state while one network is written. */
typedef struct
{
  NumeralOnnxGraphBuilder *builder;
  const NumeralOnnxPart *part;
  gboolean half;
  const char *value; /* the name of the values so far */
  gboolean image;    /* whether they have four dimensions, be it of one pixel */
  guint layer, weights;
} Writer;

/* A name that belongs to the present layer. */
static const char *
name (Writer *writer, const char *what)
{
  return numeral_onnx_graph_text (writer->builder, "%s%u.%s", writer->part->prefix, writer->layer,
                                  what);
}

/* A node that reads @a and @b: (nullable). Returns the name of its output. */
static const char *
add (Writer *writer, const char *type, const char *a, const char *b, const char *output)
{
  const char *const inputs[] = { a, b, NULL };

  numeral_onnx_graph_add_node (writer->builder, type, inputs, output);
  return output;
}

static const char *
add_number (Writer *writer, const char *what, const float *value)
{
  const char *number = name (writer, what);

  numeral_onnx_graph_add_tensor (writer->builder, number, NULL, 0, value, FALSE);
  return number;
}

/* Returns the name under which float32 values are found. */
static const char *
add_tensor (Writer *writer, const char *what, const gsize *dims, guint n_dims, const float *values)
{
  const char *tensor = numeral_onnx_graph_text (writer->builder, "%slayers.%u.%s",
                                                writer->part->prefix, writer->weights, what);
  const char *inputs[] = { tensor, NULL };
  const char *cast;

  numeral_onnx_graph_add_tensor (writer->builder, tensor, dims, n_dims, values, writer->half);
  if (!writer->half)
    return tensor;
  cast = numeral_onnx_graph_text (writer->builder, "%s.float", tensor);
  numeral_onnx_graph_set_int (writer->builder,
                              numeral_onnx_graph_add_node (writer->builder, "Cast", inputs, cast),
                              "to", NUMERAL_ONNX_FLOAT);
  return cast;
}

/* Values of one pixel are a vector here, but not in ONNX. */
static void
flatten (Writer *writer, const char *what)
{
  if (writer->image)
    writer->value = add (writer, "Flatten", writer->value, NULL, name (writer, what));
  writer->image = FALSE;
}

static void
add_weighted (Writer *writer, const NnLayerSpec *spec, const NnShape *in)
{
  const NnWeights *weights = &writer->part->network->weights[writer->weights];
  const gboolean dense = spec->kind == NN_LAYER_DENSE;
  const gsize n_out = weights->n_out;
  const gsize dims[] = { n_out, dense ? weights->n_in : in->channels, spec->kernel[0],
                         spec->kernel[1] };
  const guint pads[] = { spec->padding, spec->padding, spec->padding, spec->padding };
  const guint strides[] = { spec->stride, spec->stride };
  const char *inputs[] = { NULL,
                           add_tensor (writer, "weight", dims, dense ? 2 : 4, weights->weight),
                           add_tensor (writer, "bias", &n_out, 1, weights->bias), NULL };
  const char *output = name (writer, dense ? "Gemm" : "Conv");
  NumeralOnnxNode *node;

  if (dense)
    flatten (writer, "Vector");
  inputs[0] = writer->value;
  node = numeral_onnx_graph_add_node (writer->builder, dense ? "Gemm" : "Conv", inputs, output);
  if (dense)
    numeral_onnx_graph_set_int (writer->builder, node, "transB", 1);
  else
    {
      numeral_onnx_graph_set_ints (writer->builder, node, "kernel_shape", spec->kernel, 2);
      numeral_onnx_graph_set_ints (writer->builder, node, "strides", strides, 2);
      numeral_onnx_graph_set_ints (writer->builder, node, "pads", pads, 4);
    }
  writer->value = output;
  writer->image = !dense;
  writer->weights++;
}

static void
add_pool (Writer *writer, const NnLayerSpec *spec)
{
  const char *type = spec->kind == NN_LAYER_MAXPOOL2D ? "MaxPool" : "AveragePool";
  const guint strides[] = { spec->stride, spec->stride };
  const char *inputs[] = { writer->value, NULL };
  const char *output = name (writer, type);
  NumeralOnnxNode *node = numeral_onnx_graph_add_node (writer->builder, type, inputs, output);

  numeral_onnx_graph_set_ints (writer->builder, node, "kernel_shape", spec->kernel, 2);
  numeral_onnx_graph_set_ints (writer->builder, node, "strides", strides, 2);
  writer->value = output;
}

/* Version 13 has no operator for it. */
static void
add_gelu (Writer *writer)
{
  const char *x = writer->value;
  const char *square = add (writer, "Mul", x, x, name (writer, "square"));
  const char *cube = add (writer, "Mul", square, x, name (writer, "cube"));
  const char *term =
      add (writer, "Mul", cube, add_number (writer, "k", &gelu_k), name (writer, "term"));
  const char *sum = add (writer, "Add", x, term, name (writer, "sum"));
  const char *inner =
      add (writer, "Mul", sum, add_number (writer, "c", &gelu_c), name (writer, "inner"));
  const char *tanh = add (writer, "Tanh", inner, NULL, name (writer, "tanh"));
  const char *plus =
      add (writer, "Add", tanh, add_number (writer, "one", &gelu_one), name (writer, "plus"));
  const char *twice = add (writer, "Mul", x, plus, name (writer, "twice"));

  writer->value =
      add (writer, "Mul", twice, add_number (writer, "half", &gelu_half), name (writer, "Gelu"));
}

static void
add_activation (Writer *writer, NnLayerKindId kind)
{
  static const char *const types[] = { "Relu", "LeakyRelu", NULL, "Sigmoid", "Tanh" };
  const char *type = types[kind - NN_LAYER_RELU];
  const char *inputs[] = { writer->value, NULL };
  NumeralOnnxNode *node;

  if (type == NULL)
    {
      add_gelu (writer);
      return;
    }
  writer->value = name (writer, type);
  node = numeral_onnx_graph_add_node (writer->builder, type, inputs, writer->value);
  if (kind == NN_LAYER_LEAKY_RELU)
    numeral_onnx_graph_set_float (writer->builder, node, "alpha", leaky_slope);
}

static void
add_layer (Writer *writer, const NnLayerSpec *spec, const NnShape *in, float *rate)
{
  switch (spec->kind)
    {
    case NN_LAYER_DENSE:
    case NN_LAYER_CONV2D:
      add_weighted (writer, spec, in);
      break;
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      add_pool (writer, spec);
      break;
    case NN_LAYER_FLATTEN:
      flatten (writer, "Flatten");
      break;
    case NN_LAYER_DROPOUT:
      *rate = (float) spec->rate;
      writer->value = add (writer, "Dropout", writer->value, add_number (writer, "ratio", rate),
                           name (writer, "Dropout"));
      break;
    default:
      add_activation (writer, spec->kind);
    }
}

/* The name of what a part reads. */
static const char *
input_name (const NumeralOnnxPart *part)
{
  return part->network->arch.role == NN_ROLE_MAP ? NOISE : INPUT;
}

/* From logits to probabilities: softmax, or the outputs of a sigmoid divided by their sum, which is
 * the softmax of their logarithms and needs no operator that other programs lack. */
static void
add_end (Writer *writer)
{
  const char *inputs[] = { NULL, NULL };

  flatten (writer, "Vector");
  inputs[0] = writer->value;
  if (writer->part->network->arch.role == NN_ROLE_MAP)
    {
      numeral_onnx_graph_add_node (writer->builder, "Identity", inputs, writer->part->output);
      return;
    }
  if (writer->part->network->arch.loss != NN_LOSS_CROSS_ENTROPY)
    {
      inputs[0] = add (writer, "Sigmoid", writer->value, NULL, name (writer, "Sigmoid"));
      inputs[0] = add (writer, "Log", inputs[0], NULL, name (writer, "Log"));
    }
  numeral_onnx_graph_set_int (writer->builder,
                              numeral_onnx_graph_add_node (writer->builder, "Softmax", inputs,
                                                           writer->part->output),
                              "axis", 1);
}

/* An image of one pixel is a vector here, and may follow a dense layer; ONNX tells them apart. */
static gboolean
check_part (const NnNetwork *network, GError **error)
{
  gboolean image = !nn_shape_is_flat (&network->arch.input);

  for (guint l = 0; l < network->arch.n_layers; l++)
    switch (network->arch.layers[l].kind)
      {
      case NN_LAYER_DENSE:
      case NN_LAYER_FLATTEN:
        image = FALSE;
        break;
      case NN_LAYER_CONV2D:
      case NN_LAYER_MAXPOOL2D:
      case NN_LAYER_AVGPOOL2D:
        if (!image)
          return numeral_fail (error, NN_ERROR_CONFIG,
                               _ ("ONNX has no convolution or pooling of a vector"));
        break;
      default:
        break;
      }
  return TRUE;
}

/* @rates: [NN_MAX_LAYERS]: must live as long as the builder */
static void
add_part (NumeralOnnxGraphBuilder *builder,
          const NumeralOnnxPart *part,
          const NnShape *input,
          gboolean half,
          float *rates)
{
  const NnArchitecture *arch = &part->network->arch;
  const gsize n_outputs = nn_architecture_n_outputs (arch);
  Writer writer = { .builder = builder,
                    .part = part,
                    .half = half,
                    .value = input_name (part),
                    .image = !nn_shape_is_flat (input) };

  if (nn_shape_is_flat (&arch->input))
    flatten (&writer, "Vector");
  for (guint l = 0; l < arch->n_layers; l++)
    {
      writer.layer = l;
      add_layer (&writer, &arch->layers[l], &part->network->shapes[l], &rates[l]);
    }
  writer.layer = arch->n_layers;
  add_end (&writer);
  numeral_onnx_graph_add_value (builder, builder->outputs, part->output, &n_outputs, 1);
}

static void
add_metadata (NumeralOnnxGraphBuilder *builder, GHashTable *metadata)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (metadata), (GCompareFunc) strcmp);

  for (GList *k = keys; k != NULL; k = k->next)
    numeral_onnx_graph_add_entry (builder, k->data, g_hash_table_lookup (metadata, k->data));
}

/* Where protobuf-c puts the bytes. */
typedef struct
{
  ProtobufCBuffer base;
  NnWriteFunc write;
  gpointer data;
  gboolean failed;
  GError **error;
} Sink;

static void
append (ProtobufCBuffer *buffer, size_t size, const uint8_t *bytes)
{
  Sink *sink = (Sink *) buffer;

  sink->failed = sink->failed || !sink->write (sink->data, bytes, size, sink->error);
}

static gboolean
write_model (NumeralOnnxGraphBuilder *builder,
             gsize max_size,
             NnWriteFunc write,
             gpointer data,
             GError **error)
{
  Sink sink = { { append }, write, data, FALSE, error };
  NumeralOnnxModel model = NUMERAL_ONNX__MODEL__INIT;
  NumeralOnnxGraph graph = NUMERAL_ONNX__GRAPH__INIT;
  NumeralOnnx__OperatorSet set = NUMERAL_ONNX__OPERATOR_SET__INIT, *sets[] = { &set };

  set.domain = (char *) "";
  set.has_version = TRUE;
  set.version = NUMERAL_ONNX_OPSET;
  graph.name = (char *) "numeral";
  graph.n_node = builder->nodes->len;
  graph.node = (gpointer) builder->nodes->pdata;
  graph.n_initializer = builder->initializers->len;
  graph.initializer = (gpointer) builder->initializers->pdata;
  graph.n_input = builder->inputs->len;
  graph.input = (gpointer) builder->inputs->pdata;
  graph.n_output = builder->outputs->len;
  graph.output = (gpointer) builder->outputs->pdata;
  model.has_ir_version = TRUE;
  model.ir_version = IR_VERSION;
  model.producer_name = (char *) "Numeral";
  model.graph = &graph;
  model.n_opset_import = 1;
  model.opset_import = sets;
  model.n_metadata_props = builder->entries->len;
  model.metadata_props = (gpointer) builder->entries->pdata;
  if (numeral_onnx__model__get_packed_size (&model) > max_size)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the model is too large"));
  numeral_onnx__model__pack_to_buffer (&model, &sink.base);
  return !sink.failed;
}

/* The input that all read: an image if one of them does; a vector is the same values. (nullable) */
static const NnShape *
find_input (const NumeralOnnxPart *parts, guint n_parts, GError **error)
{
  const NnShape *found = &parts[0].network->arch.input;

  for (guint i = 1; i < n_parts; i++)
    if (nn_shape_is_flat (found))
      found = &parts[i].network->arch.input;
  for (guint i = 0; i < n_parts; i++)
    {
      const NnShape *input = &parts[i].network->arch.input;

      if (nn_shape_is_flat (input) ? nn_shape_size (input) == nn_shape_size (found) :
                                     memcmp (input, found, sizeof *found) == 0)
        continue;
      numeral_fail (error, NN_ERROR_SHAPE, _ ("the networks of the model read different inputs"));
      return NULL;
    }
  return found;
}

gboolean
numeral_onnx_write (const NumeralOnnxPart *parts,
                    guint n_parts,
                    GHashTable *metadata,
                    gboolean half,
                    gsize max_size,
                    NnWriteFunc write,
                    gpointer data,
                    GError **error)
{
  const NnShape *input = find_input (parts, n_parts, error);
  gsize dims[3];
  g_auto (NumeralOnnxGraphBuilder) builder = { NULL };
  g_autofree float *rates = g_new0 (float, n_parts *NN_MAX_LAYERS);

  if (input == NULL)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (!check_part (parts[i].network, error))
      return FALSE;
  dims[0] = input->channels;
  dims[1] = input->height;
  dims[2] = input->width;
  numeral_onnx_graph_builder_init (&builder);
  numeral_onnx_graph_add_value (&builder, builder.inputs, input_name (&parts[0]), dims,
                                nn_shape_is_flat (input) ? 1 : 3);
  for (guint i = 0; i < n_parts; i++)
    add_part (&builder, &parts[i], input, half, rates + (gsize) i * NN_MAX_LAYERS);
  add_metadata (&builder, metadata);
  return write_model (&builder, max_size, write, data, error);
}
