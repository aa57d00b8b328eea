/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-adapt-data.h"

G_BEGIN_DECLS

/* Private to numeral-adapt. */

/**
 * numeral_adapt_finish:
 * @network: the adapted one
 * @before: @after: logits of the tests, by the network before and by @network
 *
 * The model around an adapted network: its calibration, the detector of non-digits, and its card.
 *
 * Returns: (transfer full) (nullable): as numeral_adapt()
 */
NumeralModel *numeral_adapt_finish (const NumeralAdaptRequest *request,
                                    const NumeralAdaptData *data,
                                    NnNetwork *network,
                                    const float *before,
                                    const float *after,
                                    GError **error);

G_END_DECLS
