/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-tape.h"

G_BEGIN_DECLS

/**
 * nn_backward:
 * @tape: of the nn_forward() before, with the same network
 * @dlogits: [n, n_classes] gradient of any scalar at the logits
 * @gradient: (nullable): [n_params] laid out as the parameters; the gradient is added to it, so
 *   that it is the caller's to begin with zeros
 * @dx: (out) (nullable): [n, n_inputs] gradient at the input
 *
 * Back-propagation (Rumelhart, Hinton, Williams 1986), on the calling thread.
 */
void nn_backward (
    const NnNetwork *network, NnTape *tape, const float *dlogits, float *gradient, float *dx);

G_END_DECLS
