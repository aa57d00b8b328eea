/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-error.h"
#include "numeral-onnx.pb-c.h"

G_BEGIN_DECLS

typedef NumeralOnnx__Model NumeralOnnxModel;
typedef NumeralOnnx__Graph NumeralOnnxGraph;
typedef NumeralOnnx__Node NumeralOnnxNode;
typedef NumeralOnnx__Tensor NumeralOnnxInitializer;
typedef NumeralOnnx__Attribute NumeralOnnxAttribute;

/* TensorProto.DataType: the types of values. */
typedef enum
{
  NUMERAL_ONNX_FLOAT = 1,
  NUMERAL_ONNX_UINT8 = 2,
  NUMERAL_ONNX_INT8 = 3,
  NUMERAL_ONNX_UINT16 = 4,
  NUMERAL_ONNX_INT16 = 5,
  NUMERAL_ONNX_INT32 = 6,
  NUMERAL_ONNX_INT64 = 7,
  NUMERAL_ONNX_BOOL = 9,
  NUMERAL_ONNX_FLOAT16 = 10,
  NUMERAL_ONNX_DOUBLE = 11,
  NUMERAL_ONNX_UINT32 = 12,
  NUMERAL_ONNX_UINT64 = 13,
  NUMERAL_ONNX_BFLOAT16 = 16,
} NumeralOnnxType;

/* AttributeProto.AttributeType: the types that are written here. */
typedef enum
{
  NUMERAL_ONNX_ATTRIBUTE_FLOAT = 1,
  NUMERAL_ONNX_ATTRIBUTE_INT = 2,
  NUMERAL_ONNX_ATTRIBUTE_INTS = 7,
} NumeralOnnxAttributeType;

/* Oldest version of the operators that is read, newest one that is known, and the one that is
 * written. Before version 7 two shapes were not broadcast by the rules of today. */
#define NUMERAL_ONNX_MIN_OPSET 7
#define NUMERAL_ONNX_MAX_OPSET 23
#define NUMERAL_ONNX_OPSET 13

/* Unpacks an untrusted file, with memory in proportion to its size. NN_ERROR_FORMAT, and
 * NN_ERROR_TOO_LARGE if it would take much more. */
NumeralOnnxModel *numeral_onnx_model_unpack (GBytes *bytes, GError **error);
void numeral_onnx_model_free (NumeralOnnxModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralOnnxModel, numeral_onnx_model_free)

/* A text of a message, which protobuf leaves %NULL where it is empty. Never %NULL. */
const char *numeral_onnx_text (const char *text);

/* Attributes of a node, or the default if there is none of the name and type. */
gint64 numeral_onnx_node_get_int (const NumeralOnnxNode *node, const char *name, gint64 value);
double numeral_onnx_node_get_float (const NumeralOnnxNode *node, const char *name, double value);
/* (nullable): @n: (out): 0 for none */
const gint64 *numeral_onnx_node_get_ints (const NumeralOnnxNode *node, const char *name, gsize *n);
/* (transfer full): "" for none */
char *numeral_onnx_node_dup_text (const NumeralOnnxNode *node, const char *name);
/* (nullable) */
const NumeralOnnxAttribute *numeral_onnx_node_find (const NumeralOnnxNode *node, const char *name);

/* The name of input @i, or "" if it is left out. */
const char *numeral_onnx_node_input (const NumeralOnnxNode *node, gsize i);
const char *numeral_onnx_node_output (const NumeralOnnxNode *node, gsize i);

G_END_DECLS
