/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-bulk.h"
#include "nn-quantized.h"

G_BEGIN_DECLS

/**
 * nn_quantize:
 * @samples: of what the network will read
 * @bulk: (nullable): its progress alone is used
 *
 * Makes a form in 8 bits of @network (nn-quantized.h), whose activations are calibrated on
 * @samples without training:
 *
 * - The scale of an output's weights is their largest absolute value / 127.
 * - Inputs that lie in [0, 1] are stored as value * 255, which is exact for pixels; others in
 *   their range, with 0 stored exactly.
 * - Activations are stored in the range whose mean squared error over the samples is the least
 *   (Sung, Shin, Hwang 2015, "Resiliency of Deep Neural Networks under Quantization"): a
 *   histogram of 2048 bins, and ranges of 1 to 100 % of the whole one. After ReLU, zero is 0.
 * - Hidden units are reordered by nn_unit_order_apply().
 *
 * Returns: (transfer full) (nullable): a network with the member @quantized. NN_ERROR_SHAPE if the
 *   samples do not have the input shape of the network, the errors of nn_quantized_new() and
 * nn_quantized_to_network(), and that of @bulk's progress
 */
NnNetwork *nn_quantize (const NnNetwork *network,
                        const NnDataset *samples,
                        const NnBulk *bulk,
                        GError **error);

G_END_DECLS
