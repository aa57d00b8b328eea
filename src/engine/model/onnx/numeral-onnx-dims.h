/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-onnx-context.h"

G_BEGIN_DECLS

/* Private to onnx: shapes as the specification of the operators computes them. */

/* An axis that may be counted from the end, below @n_dims. NN_ERROR_SHAPE */
gboolean numeral_onnx_axis (gint64 axis, guint n_dims, guint *out, GError **error);

/**
 * numeral_onnx_reshaped:
 * @node: a Reshape, Squeeze or Unsqueeze
 * @dims: [n_dims] of its first input
 * @out: (out): [NUMERAL_ONNX_MAX_DIMS]: of its output
 *
 * NN_ERROR_SHAPE
 */
gboolean numeral_onnx_reshaped (NumeralOnnxContext *context,
                                const NumeralOnnxNode *node,
                                const gsize *dims,
                                guint n_dims,
                                gsize *out,
                                guint *n_out,
                                GError **error);

/* The attribute "perm" of a Transpose: @perm: (out): [n_dims]. NN_ERROR_SHAPE */
gboolean
numeral_onnx_permutation (const NumeralOnnxNode *node, guint n_dims, guint *perm, GError **error);

/* What a Transpose does to places: @places: [product of @dims]: the place in the input of each
 * value of the output, both row-major. (transfer full) */
guint32 *numeral_onnx_transposed (const gsize *dims, guint n_dims, const guint *perm);

/* The place in an array of @dims, [n_dims], of value @at of an array of @out, [n_out], to which it
 * is broadcast. Both are row-major. */
gsize
numeral_onnx_broadcast (const gsize *dims, guint n_dims, const gsize *out, guint n_out, gsize at);
/* The shape to which both are broadcast. NN_ERROR_SHAPE */
gboolean numeral_onnx_broadcast_dims (const NumeralOnnxTensor *a,
                                      const NumeralOnnxTensor *b,
                                      gsize *out,
                                      guint *n_out,
                                      GError **error);

G_END_DECLS
