/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-quantized.h"
#include "numeral-model-tensor-list.h"

G_BEGIN_DECLS

/* How a network in 8 bits (nn-quantized.h) is stored in safetensors, as the formats of language
 * models store theirs:
 *
 *   layers.N.weight        I8   as of a network in float32, in [-127, 127]
 *   layers.N.weight_scale  F32  [out]: the weights are weight_scale * weight
 *   layers.N.bias          F32  [out]
 *   activations.scale      F32  [layers + 1]: element i is for what layer i of the architecture
 *   activations.zero_point U8   [layers + 1]  reads: scale * (q - zero_point); the last is unused
 *
 * Layers of the architecture include activations, pooling, flattening and dropout. The metadata
 * has "quantization": "int8". */
#define NUMERAL_QUANTIZATION_KEY "quantization"
#define NUMERAL_QUANTIZATION_INT8 "int8"

gboolean numeral_model_is_quantized (const NumeralSafetensors *file);

/* Reads the tensors of an untrusted @file, which must have exactly those.
 *
 * Returns: (transfer full) (nullable): the network with its member @quantized. NN_ERROR_* */
NnNetwork *numeral_model_quantized_read (const NumeralSafetensors *file, GError **error);

/* Adds the tensors of a network to be written. @sparse: as in numeral_model_sparse_add() */
void numeral_model_quantized_list (const NnQuantized *quantized,
                                   gboolean sparse,
                                   NumeralTensorList *list);

G_END_DECLS
