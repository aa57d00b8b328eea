/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-onnx-message.h"

G_BEGIN_DECLS

#define NUMERAL_ONNX_MAX_DIMS 8

/**
 * NumeralOnnxTensor:
 * @dims: [n_dims]; none for a single value
 * @n: product of @dims
 * @floats: [n], row-major; %NULL for whole numbers
 * @ints: [n]; %NULL for fractions
 *
 * A constant of a graph: weights, or a shape.
 */
typedef struct
{
  guint n_dims;
  gsize dims[NUMERAL_ONNX_MAX_DIMS];
  gsize n;
  float *floats;
  gint64 *ints;
} NumeralOnnxTensor;

/* Values are zero. NN_ERROR_TOO_LARGE */
NumeralOnnxTensor *
numeral_onnx_tensor_new (const gsize *dims, guint n_dims, gboolean floats, GError **error);
NumeralOnnxTensor *numeral_onnx_tensor_copy (const NumeralOnnxTensor *tensor);
void numeral_onnx_tensor_free (NumeralOnnxTensor *tensor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralOnnxTensor, numeral_onnx_tensor_free)

/* Value @i as a number, whatever its type. */
double numeral_onnx_tensor_get (const NumeralOnnxTensor *tensor, gsize i);

/* Reads the values of an initialiser: in the message, or in another file, which must lie in
 * @folder: (nullable). NN_ERROR_*, G_IO_ERROR_*. Blocks. */
NumeralOnnxTensor *
numeral_onnx_tensor_read (const NumeralOnnxInitializer *message, GFile *folder, GError **error);

G_END_DECLS
