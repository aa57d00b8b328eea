/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-reading-view.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_ANSWER (numeral_answer_get_type ())
G_DECLARE_FINAL_TYPE (NumeralAnswer, numeral_answer, NUMERAL, ANSWER, NumeralReadingView)

/**
 * NumeralAnswer:
 *
 * What the network says: the digit, or the number, as large as there is room for, how sure it is,
 * what else it may be, and how long that took.
 *
 * Where something does not look like a digit, there is a question mark in its place, and the words
 * say so, with the best guess below.
 *
 * In a number, a click or the arrow keys choose one of the digits.
 */
NumeralAnswer *numeral_answer_new (void);

G_END_DECLS
