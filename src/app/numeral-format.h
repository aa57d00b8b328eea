/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-prediction.h"

G_BEGIN_DECLS

/* What the window says in words and figures, in the language and with the decimal sign of the
 * locale. All (transfer full). */

/* "98.2 %" */
char *numeral_format_percent (double probability);
/* "or 1, with 1.1 %"; of a number "or 2028, with 1.1 %" */
char *numeral_format_runner_up (const NumeralPrediction *prediction);
/* "read in 4 µs" */
char *numeral_format_duration (double seconds);
/* "Recognised digit: 7, 98 %", "Recognised number: 2026, 97 %", or "Recognised digit: none".
 * @prediction: (nullable) */
char *numeral_format_answer (const NumeralPrediction *prediction);
/* "Digit 1 of 4: 2, 99 %" */
char *numeral_format_place (const NumeralPrediction *prediction, guint place);
/* "Probabilities: 7 98 %, 1 1 %": those of one percent and more, the largest first. @reading:
 * (nullable) */
char *numeral_format_probabilities (const NumeralReading *reading);

G_END_DECLS
