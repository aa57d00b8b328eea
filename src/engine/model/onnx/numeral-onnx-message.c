/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-message.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "numeral-fail.h"

/* A node of two bytes becomes a structure of a hundred: without a bound, a file of a few megabytes
 * could take all of the memory. Weights take their own size. */
#define BASE_BUDGET ((gsize) 16 << 20)
#define BUDGET_PER_BYTE 4

typedef struct
{
  gsize left;
  gboolean exceeded;
} Budget;

/* protobuf-c gives up if this returns %NULL. */
static void *
allocate (void *data, size_t size)
{
  Budget *budget = data;

  if (size > budget->left)
    {
      budget->exceeded = TRUE;
      return NULL;
    }
  budget->left -= size;
  return malloc (MAX (size, 1));
}

static void
release (void *data, void *memory)
{
  free (memory);
}

NumeralOnnxModel *
numeral_onnx_model_unpack (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Budget budget = { BASE_BUDGET + BUDGET_PER_BYTE * size, FALSE };
  ProtobufCAllocator allocator = { allocate, release, &budget };
  NumeralOnnxModel *model = numeral_onnx__model__unpack (&allocator, size, data);

  if (model != NULL && model->graph != NULL)
    return model;
  numeral_onnx_model_free (model);
  if (budget.exceeded)
    numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the file would take too much memory"));
  else
    numeral_fail (error, NN_ERROR_FORMAT,
                  _ ("this is not an ONNX file, or it is damaged or cut off"));
  return NULL;
}

void
numeral_onnx_model_free (NumeralOnnxModel *model)
{
  if (model != NULL)
    numeral_onnx__model__free_unpacked (model, NULL);
}

const char *
numeral_onnx_text (const char *text)
{
  return text != NULL ? text : "";
}

const NumeralOnnxAttribute *
numeral_onnx_node_find (const NumeralOnnxNode *node, const char *name)
{
  for (gsize i = 0; i < node->n_attribute; i++)
    if (g_strcmp0 (node->attribute[i]->name, name) == 0)
      return node->attribute[i];
  return NULL;
}

gint64
numeral_onnx_node_get_int (const NumeralOnnxNode *node, const char *name, gint64 value)
{
  const NumeralOnnxAttribute *attribute = numeral_onnx_node_find (node, name);

  return attribute != NULL && attribute->has_i ? attribute->i : value;
}

double
numeral_onnx_node_get_float (const NumeralOnnxNode *node, const char *name, double value)
{
  const NumeralOnnxAttribute *attribute = numeral_onnx_node_find (node, name);

  return attribute != NULL && attribute->has_f ? (double) attribute->f : value;
}

const gint64 *
numeral_onnx_node_get_ints (const NumeralOnnxNode *node, const char *name, gsize *n)
{
  const NumeralOnnxAttribute *attribute = numeral_onnx_node_find (node, name);

  *n = attribute != NULL ? attribute->n_ints : 0;
  return *n > 0 ? (const gint64 *) attribute->ints : NULL;
}

char *
numeral_onnx_node_dup_text (const NumeralOnnxNode *node, const char *name)
{
  const NumeralOnnxAttribute *attribute = numeral_onnx_node_find (node, name);

  if (attribute == NULL || !attribute->has_s)
    return g_strdup ("");
  return g_strndup ((const char *) attribute->s.data, attribute->s.len);
}

const char *
numeral_onnx_node_input (const NumeralOnnxNode *node, gsize i)
{
  return i < node->n_input ? numeral_onnx_text (node->input[i]) : "";
}

const char *
numeral_onnx_node_output (const NumeralOnnxNode *node, gsize i)
{
  return i < node->n_output ? numeral_onnx_text (node->output[i]) : "";
}
