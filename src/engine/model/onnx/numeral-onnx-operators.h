/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-onnx-context.h"

G_BEGIN_DECLS

/**
 * NumeralOnnxOperator:
 * @name: of the operator, as in the specification
 * @read: (nullable): adds what a node of it does to the network of the context
 * @fold: (nullable): computes the constant that a node of it gives, where all inputs are constants
 * @after_end: whether it may follow the answers
 * @finds: whether @read looks which of the inputs are the values; otherwise it is the first one,
 *   which is checked before
 *
 * Private to onnx: one row of the table of operators. To add an operator, add its row; operators
 * that are read alike share a file.
 */
typedef struct
{
  const char *name;
  gboolean (*read) (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error);
  NumeralOnnxTensor *(*fold) (NumeralOnnxContext *context,
                              const NumeralOnnxNode *node,
                              GError **error);
  gboolean after_end, finds;
} NumeralOnnxOperator;

/* (nullable) */
const NumeralOnnxOperator *numeral_onnx_operator_find (const char *name);

/* numeral-onnx-dense.c */
gboolean numeral_onnx_read_gemm (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_matmul (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
/* numeral-onnx-convolution.c */
gboolean numeral_onnx_read_conv (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_pool (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
/* numeral-onnx-scaling.c */
gboolean numeral_onnx_read_arithmetic (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_batch_norm (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
/* numeral-onnx-shape.c: values in another shape or order */
gboolean numeral_onnx_read_flatten (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_reshape (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_shape (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_squeeze (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_transpose (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
/* numeral-onnx-activation.c */
gboolean numeral_onnx_read_activation (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_dropout (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_end (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_log (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
gboolean numeral_onnx_read_identity (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
/* numeral-onnx-fold.c */
NumeralOnnxTensor *
numeral_onnx_fold_arithmetic (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_cast (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_concat (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_constant (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_gather (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_identity (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_reshape (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_shape (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_slice (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);
NumeralOnnxTensor *
numeral_onnx_fold_transpose (NumeralOnnxContext *, const NumeralOnnxNode *, GError **);

G_END_DECLS
