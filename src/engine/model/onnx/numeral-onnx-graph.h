/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-onnx-message.h"

G_BEGIN_DECLS

/**
 * NumeralOnnxGraphBuilder:
 *
 * Private to onnx: makes the messages of a graph that is to be written. It owns them; texts are
 * copied, values are not.
 */
typedef struct
{
  GPtrArray *memory; /* all that is freed with the builder */
  GPtrArray *nodes, *initializers, *inputs, *outputs, *entries;
} NumeralOnnxGraphBuilder;

void numeral_onnx_graph_builder_init (NumeralOnnxGraphBuilder *self);
void numeral_onnx_graph_builder_clear (NumeralOnnxGraphBuilder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumeralOnnxGraphBuilder, numeral_onnx_graph_builder_clear)

/* (transfer none): "prefix" and the text that follows. */
const char *numeral_onnx_graph_text (NumeralOnnxGraphBuilder *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* A node with one output, of the same name as the node. @inputs: (array zero-terminated=1) */
NumeralOnnxNode *numeral_onnx_graph_add_node (NumeralOnnxGraphBuilder *self,
                                              const char *type,
                                              const char *const *inputs,
                                              const char *output);
void numeral_onnx_graph_set_int (NumeralOnnxGraphBuilder *self,
                                 NumeralOnnxNode *node,
                                 const char *name,
                                 gint64 value);
void numeral_onnx_graph_set_float (NumeralOnnxGraphBuilder *self,
                                   NumeralOnnxNode *node,
                                   const char *name,
                                   float value);
/* @values: [n], at most 4 */
void numeral_onnx_graph_set_ints (NumeralOnnxGraphBuilder *self,
                                  NumeralOnnxNode *node,
                                  const char *name,
                                  const guint *values,
                                  guint n);

/* @values: [product of @dims]: must live as long as the builder; @half: rounds to float16 */
void numeral_onnx_graph_add_tensor (NumeralOnnxGraphBuilder *self,
                                    const char *name,
                                    const gsize *dims,
                                    guint n_dims,
                                    const float *values,
                                    gboolean half);

/* An input or output [batch, @dims], of any number of samples; @list: inputs or outputs */
void numeral_onnx_graph_add_value (NumeralOnnxGraphBuilder *self,
                                   GPtrArray *list,
                                   const char *name,
                                   const gsize *dims,
                                   guint n_dims);

void
numeral_onnx_graph_add_entry (NumeralOnnxGraphBuilder *self, const char *key, const char *value);

G_END_DECLS
