/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-db.h"

G_BEGIN_DECLS

/**
 * numeral_hand_anonymise:
 * @samples: (element-type NumeralHandSample)
 *
 * The shapes of the samples, by ink_drawing_anonymise(), with their labels, in a random order that
 * the system's random numbers give: of samples in the order of their number it would be known which
 * belong together. They have no number, no time, and nothing of what was read. Damaged samples stay
 * damaged.
 *
 * Returns: (transfer full) (nullable) (element-type NumeralHandSample): G_IO_ERROR_* if the system
 *   gives no random numbers, G_IO_ERROR_CANCELLED
 */
GPtrArray *
numeral_hand_anonymise (const GPtrArray *samples, GCancellable *cancellable, GError **error);

G_END_DECLS
