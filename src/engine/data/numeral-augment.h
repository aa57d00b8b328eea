/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ink-tensor.h"
#include "nn-augment.h"
#include "nn-origin.h"

G_BEGIN_DECLS

/**
 * numeral_augment_show:
 * @sample: [28, 28], 0 ground and 255 ink
 * @n: how many looks of it
 * @tensors: (out): [n, 28, 28]: the sample as it is, and then as it would be trained on
 *
 * For a preview. Less than a millisecond for a dozen. What bends ink before it is drawn cannot be
 * seen in it: the sample is drawn already.
 */
void numeral_augment_show (const NnAugment *augment,
                           const guint8 sample[INK_TENSOR_SIZE],
                           guint n,
                           float *tensors);

/**
 * numeral_augment_show_ink:
 * @origin: whose looks are [28, 28]
 *
 * The same of a sample that is drawn anew each time, which takes a tenth of a millisecond or two.
 */
void numeral_augment_show_ink (const NnAugment *augment,
                               const NnOrigin *origin,
                               guint n,
                               float *tensors);

G_END_DECLS
