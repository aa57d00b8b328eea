/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-onnx-context.h"

G_BEGIN_DECLS

/**
 * numeral_onnx_read_function:
 * @from: the first node that reads the values
 * @done: (inout): [n_node]: the nodes that were read are marked
 *
 * Several nodes that compute one function of each value, such as x/2 (1 + erf (x / sqrt 2)), whose
 * branches meet again. The function is computed at some points, whatever its form, and compared
 * with the activations: where it is one of them, a layer is added.
 *
 * Private to onnx. Returns: %FALSE with an error if it is none
 */
gboolean numeral_onnx_read_function (NumeralOnnxContext *context,
                                     gsize from,
                                     gboolean *done,
                                     GError **error);

/* Whether more than one of the selected nodes from @from on reads the values of this name. */
gboolean
numeral_onnx_function_branches (const NumeralOnnxContext *context, const char *name, gsize from);

G_END_DECLS
