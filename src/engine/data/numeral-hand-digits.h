/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-unipen.h"
#include "numeral-hand-db.h"

G_BEGIN_DECLS

/**
 * numeral_hand_select_digits:
 * @samples: (element-type NumeralHandSample)
 * @n_others: (inout) (optional): grows by the number of samples that are not a digit
 * @n_damaged: (inout) (optional): grows by the number of damaged ones
 *
 * Returns: (transfer full) (element-type InkSample): the digits with their numbers, in the same
 *   order
 */
GPtrArray *numeral_hand_select_digits (const GPtrArray *samples, gsize *n_others, gsize *n_damaged);

G_END_DECLS
