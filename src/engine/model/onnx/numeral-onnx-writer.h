/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "nn-write.h"

G_BEGIN_DECLS

/**
 * NumeralOnnxPart:
 * @prefix: of the names of its tensors and nodes, such as "" or "novelty."
 * @output: the name of what it gives: probabilities, or of a network of NN_ROLE_MAP its values
 *
 * A network in a file. All parts of a file read the same input: "image", or "noise" if the first
 * is of NN_ROLE_MAP.
 */
typedef struct
{
  const NnNetwork *network;
  const char *prefix, *output;
} NumeralOnnxPart;

/**
 * numeral_onnx_write:
 * @parts: [n_parts]
 * @metadata: (element-type utf8 utf8): becomes metadata_props, sorted by key
 * @half: initialisers are float16, rounded to nearest, and cast to float32
 * @max_size: bytes of a file that can be read again
 *
 * Writes a file with the operators of version NUMERAL_ONNX_OPSET. Weights have the names and
 * shapes that PyTorch gives them: "layers.0.weight", [out, in]. The same contents give the same
 * bytes. NN_ERROR_SHAPE if the parts do not read the same input, NN_ERROR_CONFIG if a layer has no
 * operator, NN_ERROR_TOO_LARGE, and the errors
 * of @write.
 */
gboolean numeral_onnx_write (const NumeralOnnxPart *parts,
                             guint n_parts,
                             GHashTable *metadata,
                             gboolean half,
                             gsize max_size,
                             NnWriteFunc write,
                             gpointer data,
                             GError **error);

G_END_DECLS
