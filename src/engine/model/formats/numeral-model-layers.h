/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"
#include "numeral-safetensors.h"

G_BEGIN_DECLS

/* Formats of the names of tensors; the number of the layer from 0. */
#define NUMERAL_MODEL_WEIGHT "layers.%u.weight"
#define NUMERAL_MODEL_BIAS "layers.%u.bias"

/* The shape of a weight in a file, as PyTorch has it: [out, in], or of a convolution [out channels,
 * in channels, height, width]. Returns the number of dimensions. */
guint numeral_model_weight_dims (const NnArchitecture *arch, const NnWeights *weights, gsize *dims);

/* Reads the "architecture", "activation" and "loss" of the metadata. NN_ERROR_FORMAT,
 * NN_ERROR_CONFIG. */
gboolean numeral_model_layers_read_described (const NumeralSafetensors *file,
                                              NnArchitecture *arch,
                                              GError **error);

/**
 * numeral_model_layers_read:
 *
 * Builds a network from the tensors of @file. If the metadata has an "architecture" and the tensors
 * have Numeral's names, the file must have exactly those. Otherwise numeral_model_infer() finds the
 * layers, as in files from PyTorch or Keras; a missing bias is zero, and batch normalizations are
 * folded.
 * Without "activation" and "loss" the defaults are ReLU and softmax with cross-entropy.
 *
 * Returns: (transfer full) (nullable): NN_ERROR_*
 */
NnNetwork *numeral_model_layers_read (const NumeralSafetensors *file, GError **error);

/* The same of a network of NN_ROLE_MAP, which the metadata must describe. */
NnNetwork *numeral_model_layers_read_map (const NumeralSafetensors *file, GError **error);

G_END_DECLS
