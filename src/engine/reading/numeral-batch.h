/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-network.h"

G_BEGIN_DECLS

/**
 * numeral_batch_read:
 * @tensors: [n, n_inputs]
 * @answers: (out): [n] the class with the largest logit
 *
 * Reads many samples with one network, on the calling thread. As one matrix product: to make a
 * network ready to read one sample at a time takes longer than that.
 */
void numeral_batch_read (const NnNetwork *network, const float *tensors, guint n, int *answers);

G_END_DECLS
