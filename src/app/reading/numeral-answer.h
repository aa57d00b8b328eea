/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-reading-view.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_ANSWER (numeral_answer_get_type ())
G_DECLARE_FINAL_TYPE (NumeralAnswer, numeral_answer, NUMERAL, ANSWER, NumeralReadingView)

/**
 * NumeralAnswer:
 *
 * The network's answer: the digit or the number, as large as possible, its probability, the
 * second most probable answer, and the time that the network took.
 *
 * A question mark replaces something that does not look like a digit. The words then say so,
 * with the best guess below.
 *
 * In a number, a click or the arrow keys choose one of the digits.
 */
NumeralAnswer *numeral_answer_new (void);

G_END_DECLS
