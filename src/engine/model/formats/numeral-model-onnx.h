/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-format.h"

G_BEGIN_DECLS

/**
 * numeral_model_onnx:
 *
 * ONNX (https://onnx.ai), as PyTorch, Keras and scikit-learn export it: numeral_onnx_read_network()
 * says which operators are read. A file that is written gives "probabilities" [batch, classes] for
 * "image", and, if the model has a novelty detector, "novelty" [batch, kinds]: column 0 is the
 * probability of a digit; the novelty is 1 minus that, and a drawing with a novelty above
 * "novelty.threshold" is rejected. metadata_props are those of numeral-model-card.h.
 */
extern const NumeralModelFormat numeral_model_onnx;

G_END_DECLS
