/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-format.h"

G_BEGIN_DECLS

/**
 * numeral_model_npz:
 *
 * Archives of NumPy (numpy.savez()): arrays with the names and shapes of numeral_model_safetensors,
 * and its metadata as JSON in the bytes of an array `__metadata__`. Files of other programs are
 * read as in numeral_model_layers_read(), whatever the order of their values; whole numbers are
 * left out. One array ".npy" is read as the weight of the only layer.
 */
extern const NumeralModelFormat numeral_model_npz;

G_END_DECLS
