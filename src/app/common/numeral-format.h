/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-prediction.h"

G_BEGIN_DECLS

/* Texts and numbers of the window, translated and with the decimal separator of the locale. All
 * (transfer full). */

/* "98.2 %" */
char *numeral_format_percent (double probability);
/* "2026"; "2?26" if one of them is rejected as not a digit. */
char *numeral_format_number (const NumeralPrediction *prediction);
/* (nullable): "Not sure this is a digit"; %NULL if nothing is rejected. */
char *numeral_format_doubt (const NumeralPrediction *prediction);
/* "best guess 7, 98.2 %", for a digit that is rejected. */
char *numeral_format_guess (const NumeralPrediction *prediction);
/* "or 1, with 1.1 %"; for a number "or 2028, with 1.1 %" */
char *numeral_format_runner_up (const NumeralPrediction *prediction);
/* "read in 4 µs" */
char *numeral_format_duration (double seconds);
/* "Recognised digit: 7, 98 %", "Recognised number: 2026, 97 %", "Not sure this is a digit: best
 * guess 7, 98 %", or, without ink, "Nothing to read yet".
 * @prediction: (nullable) */
char *numeral_format_answer (const NumeralPrediction *prediction);
/* "Digit 1 of 4: 2, 99 %", or "Digit 1 of 4: not sure, best guess 2, 99 %" */
char *numeral_format_place (const NumeralPrediction *prediction, guint place);
/* "Probabilities: 7 98 %, 1 1 %": those of one percent or more, in descending order. @reading:
 * (nullable) */
char *numeral_format_probabilities (const NumeralReading *reading);

/* (transfer full): an error message, which begins with a small letter, as a sentence. */
char *numeral_format_sentence (const char *message);

G_END_DECLS
