/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ink-tensor.h"
#include "nn-augment.h"
#include "nn-origin.h"

G_BEGIN_DECLS

/**
 * numeral_augment_show:
 * @sample: [28, 28], 0 is background and 255 is ink
 * @n: number of views
 * @tensors: (out): [n, 28, 28]: the sample itself, then augmented views of it
 *
 * For a preview. A dozen views take less than a millisecond. They do not show the setting that
 * bends ink before it is drawn, because the sample is drawn already.
 */
void numeral_augment_show (const NnAugment *augment,
                           const guint8 sample[INK_TENSOR_SIZE],
                           guint n,
                           float *tensors);

/**
 * numeral_augment_show_ink:
 * @origin: an origin whose views are [28, 28]
 *
 * The same for a sample that is drawn again for each view, which takes 0.1 to 0.2 ms.
 */
void numeral_augment_show_ink (const NnAugment *augment,
                               const NnOrigin *origin,
                               guint n,
                               float *tensors);

G_END_DECLS
