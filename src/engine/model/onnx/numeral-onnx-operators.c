/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-operators.h"

static const NumeralOnnxOperator operators[] = {
  { .name = "Add",
    .read = numeral_onnx_read_arithmetic,
    .fold = numeral_onnx_fold_arithmetic,
    .finds = TRUE },
  { .name = "AveragePool", .read = numeral_onnx_read_pool },
  { .name = "BatchNormalization", .read = numeral_onnx_read_batch_norm },
  { .name = "Cast",
    .read = numeral_onnx_read_identity,
    .fold = numeral_onnx_fold_cast,
    .after_end = TRUE },
  { .name = "Concat", .fold = numeral_onnx_fold_concat },
  { .name = "Constant", .fold = numeral_onnx_fold_constant },
  { .name = "Conv", .read = numeral_onnx_read_conv },
  { .name = "Div",
    .read = numeral_onnx_read_arithmetic,
    .fold = numeral_onnx_fold_arithmetic,
    .finds = TRUE },
  { .name = "Dropout", .read = numeral_onnx_read_dropout },
  { .name = "Flatten", .read = numeral_onnx_read_flatten },
  { .name = "Gather", .fold = numeral_onnx_fold_gather },
  { .name = "Gelu", .read = numeral_onnx_read_activation },
  { .name = "Gemm", .read = numeral_onnx_read_gemm },
  { .name = "GlobalAveragePool", .read = numeral_onnx_read_pool },
  { .name = "GlobalMaxPool", .read = numeral_onnx_read_pool },
  { .name = "Identity",
    .read = numeral_onnx_read_identity,
    .fold = numeral_onnx_fold_identity,
    .after_end = TRUE },
  { .name = "LeakyRelu", .read = numeral_onnx_read_activation },
  { .name = "Log", .read = numeral_onnx_read_log },
  { .name = "LogSoftmax", .read = numeral_onnx_read_end },
  { .name = "MatMul", .read = numeral_onnx_read_matmul },
  { .name = "MaxPool", .read = numeral_onnx_read_pool },
  { .name = "Mul",
    .read = numeral_onnx_read_arithmetic,
    .fold = numeral_onnx_fold_arithmetic,
    .finds = TRUE },
  { .name = "Relu", .read = numeral_onnx_read_activation },
  { .name = "Reshape", .read = numeral_onnx_read_reshape, .fold = numeral_onnx_fold_reshape },
  { .name = "Shape",
    .read = numeral_onnx_read_shape,
    .fold = numeral_onnx_fold_shape,
    .finds = TRUE },
  { .name = "Sigmoid", .read = numeral_onnx_read_activation },
  { .name = "Slice", .fold = numeral_onnx_fold_slice },
  { .name = "Softmax", .read = numeral_onnx_read_end },
  { .name = "Squeeze", .read = numeral_onnx_read_squeeze, .fold = numeral_onnx_fold_reshape },
  { .name = "Sub",
    .read = numeral_onnx_read_arithmetic,
    .fold = numeral_onnx_fold_arithmetic,
    .finds = TRUE },
  { .name = "Sum", .read = numeral_onnx_read_arithmetic, .finds = TRUE },
  { .name = "Tanh", .read = numeral_onnx_read_activation },
  { .name = "Transpose", .read = numeral_onnx_read_transpose, .fold = numeral_onnx_fold_transpose },
  { .name = "Unsqueeze", .read = numeral_onnx_read_squeeze, .fold = numeral_onnx_fold_reshape },
  { .name = "ZipMap", .read = numeral_onnx_read_identity, .after_end = TRUE },
};

const NumeralOnnxOperator *
numeral_onnx_operator_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];
  return NULL;
}
