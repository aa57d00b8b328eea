/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * numeral_input_scale_find:
 * @network: (inout) (transfer full): reads 28x28 pixels; nobody else has seen it. Its first layer
 * is changed, or another network replaces it
 *
 * Finds out how the input of a network by another program was scaled, by reading built-in digits
 * with ink as 1 and background as 0, and as others feed it: normalised with the mean and deviation
 * of MNIST (0.1307, 0.3081), from -1 to 1, with ink dark, or from 0 to 255. Where the cross-entropy
 * of one of these is clearly lower, it is folded into the first layer: a x + b becomes W' = a W and
 * bias' = bias + b W 1. A convolution with padding cannot take b; it gets a convolution by windows
 * of one pixel in front.
 *
 * Returns: (nullable) (transfer none): how the network wants its input, in English, such as
 *   "(x - 0.1307) / 0.3081"; %NULL if it takes it as it is, or if none of them is read well enough
 *   to tell
 */
const char *numeral_input_scale_find (NnNetwork **network);

G_END_DECLS
