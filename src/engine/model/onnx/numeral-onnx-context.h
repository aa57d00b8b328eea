/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-onnx-network.h"
#include "numeral-onnx-tensor.h"

G_BEGIN_DECLS

/**
 * NumeralOnnxContext:
 * @head: (nullable): the name of the values that the network gives so far; %NULL before the input
 * @n_dims: @dims: their shape as the graph has it, the samples first
 * @order: (nullable): [values of one sample]: the place of each value, in the order of the graph,
 *   in the order of the network; %NULL where both are the same
 * @network: what was read so far
 * @loss: decided by the last operators
 * @ended: whether what follows only names or sorts the answers
 * @selected: [n_node]: the nodes that lead to the output
 *
 * Private to onnx: what is known while a graph is read.
 */
typedef struct
{
  const NumeralOnnxGraph *graph;
  gint64 opset;
  GFile *folder;
  GHashTable *initializers; /* name -> NumeralOnnxInitializer, not yet converted */
  GHashTable *constants;    /* name -> NumeralOnnxTensor */
  gsize budget;             /* values that constants may still take */
  GHashTable *shapes;       /* name -> NumeralOnnxTensor: shapes of the values on the way */
  GHashTable *needed;       /* names that the selected nodes read */
  char *head;
  guint n_dims;
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  guint32 *order;
  NumeralOnnxNetwork *network;
  NnLoss loss;
  gboolean ended;
  gboolean *selected;
} NumeralOnnxContext;

/* A constant by its name: @tensor: (out) (nullable): %NULL without an error if it is none. */
gboolean numeral_onnx_context_get_constant (NumeralOnnxContext *self,
                                            const char *name,
                                            const NumeralOnnxTensor **tensor,
                                            GError **error);
/* The same where there must be one. (nullable) */
const NumeralOnnxTensor *
numeral_onnx_context_need_constant (NumeralOnnxContext *self, const char *name, GError **error);
/* @tensor: (transfer full) */
gboolean numeral_onnx_context_set_constant (NumeralOnnxContext *self,
                                            const char *name,
                                            NumeralOnnxTensor *tensor,
                                            GError **error);

/* Whether the input of this name is the values of the network so far. An error if it is values of
 * an earlier place, or unknown. */
gboolean
numeral_onnx_context_need_head (NumeralOnnxContext *self, const char *name, GError **error);
/* The values got a new name; their shape is set before. */
void numeral_onnx_context_set_head (NumeralOnnxContext *self, const char *name);

/* Values of one sample. */
gsize numeral_onnx_context_n_values (const NumeralOnnxContext *self);
/* Another shape, for the same values or for those of a new layer. */
void numeral_onnx_context_set_dims (NumeralOnnxContext *self, const gsize *dims, guint n_dims);
/* @order: (transfer full) (nullable) */
void numeral_onnx_context_set_order (NumeralOnnxContext *self, guint32 *order);

/* The values are an image [samples, channels, height, width] in the order of the network. */
gboolean numeral_onnx_context_need_image (NumeralOnnxContext *self, NnShape *shape, GError **error);
/* After a layer for images: its shape becomes that of the values. */
void numeral_onnx_context_take_image (NumeralOnnxContext *self);

G_END_DECLS
