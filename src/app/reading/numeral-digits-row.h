/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-reading-view.h"

G_BEGIN_DECLS

/**
 * NumeralDigitsRow:
 *
 * The digits of a number as buttons. A click, or an arrow key while one of them has the focus,
 * chooses a digit.
 */
#define NUMERAL_TYPE_DIGITS_ROW (numeral_digits_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDigitsRow, numeral_digits_row, NUMERAL, DIGITS_ROW, NumeralReadingView)

G_END_DECLS
