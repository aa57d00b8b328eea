/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-format.h"

G_BEGIN_DECLS

/**
 * numeral_model_safetensors:
 *
 * float32 or float16 tensors `layers.N.weight` [out, in] and `layers.N.bias` [out], as PyTorch
 * lays them out. `__metadata__` has "format": "numeral-1", "architecture": "784-128-10",
 * "activation", "loss", "preprocessing" and the card. The novelty detector is stored likewise
 * with the prefix "novelty." for its tensors, "architecture", "activation" and "loss"; a drawing
 * with a novelty above "novelty.threshold" is rejected. Files of other programs:
 * numeral_model_layers_read().
 */
extern const NumeralModelFormat numeral_model_safetensors;

G_END_DECLS
