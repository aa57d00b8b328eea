/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-model-layer.h"

G_BEGIN_DECLS

/**
 * numeral_model_guess:
 * @layers: (element-type NumeralModelLayer): convolutions first; at least one
 *
 * Finds out the architecture of which only the weights are known. Without convolutions these tell
 * all widths. With them the number of values that the first fully connected layer reads tells where
 * images of 28x28 were made smaller, if the network is one of the usual kind: stride 1; the same
 * padding for all convolutions, none or half of the window; and behind each convolution and its
 * activation the largest of 2x2 values or nothing, or, if that fits nowhere, of 3x3.
 *
 * Returns: (transfer full) (nullable): the text of the architecture. NN_ERROR_CONFIG if several
 * such networks have these shapes or none has; the message says how to name the right one
 */
char *numeral_model_guess (const GPtrArray *layers, GError **error);

G_END_DECLS
