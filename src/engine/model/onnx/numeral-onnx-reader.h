/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "nn-network.h"
#include "numeral-onnx-message.h"

G_BEGIN_DECLS

/**
 * numeral_onnx_read_network:
 * @folder: (nullable): the only folder from which values outside of the file are read
 * @output: (nullable): the name of the output that the network gives; %NULL for the first one that
 *   can be read
 *
 * Reads one way through a graph, from its input to one of its outputs, as a network: operators are
 * rows of a table (numeral-onnx-operators.h). Softmax and what may follow it become the loss. A
 * graph that branches cannot be read, except where the branches are one function of a value, as
 * with GELU (numeral-onnx-function.h).
 *
 * Returns: (transfer full) (nullable): NN_ERROR_*; the message names the operator and the node.
 *   Blocks
 */
NnNetwork *numeral_onnx_read_network (const NumeralOnnxModel *model,
                                      GFile *folder,
                                      const char *output,
                                      GError **error);

G_END_DECLS
