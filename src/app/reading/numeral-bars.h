/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-reading-view.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_BARS (numeral_bars_get_type ())
G_DECLARE_FINAL_TYPE (NumeralBars, numeral_bars, NUMERAL, BARS, NumeralReadingView)

/**
 * NumeralBars:
 *
 * The probabilities of the ten digits, of the chosen digit of a prediction.
 */
NumeralBars *numeral_bars_new (void);

G_END_DECLS
