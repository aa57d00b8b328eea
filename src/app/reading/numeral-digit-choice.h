/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_DIGIT_CHOICE (numeral_digit_choice_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDigitChoice, numeral_digit_choice, NUMERAL, DIGIT_CHOICE, GObject)

/**
 * NumeralDigitChoice:
 *
 * The prediction that is shown, and its chosen digit. All views of a prediction share one of
 * these: the answer chooses, bars and tensor view show the chosen digit, the canvas marks it.
 *
 * Properties (explicit notify): "prediction" (NumeralPrediction, boxed, nullable); "chosen" (place
 * of the chosen digit, from 0 on). A prediction with another number of digits chooses its last
 * digit.
 */
NumeralDigitChoice *numeral_digit_choice_new (void);

/* (nullable) (transfer none) */
NumeralPrediction *numeral_digit_choice_get_prediction (NumeralDigitChoice *self);
void numeral_digit_choice_set_prediction (NumeralDigitChoice *self, NumeralPrediction *prediction);

guint numeral_digit_choice_get_chosen (NumeralDigitChoice *self);
/* Ignores a place that the prediction does not have. */
void numeral_digit_choice_set_chosen (NumeralDigitChoice *self, guint chosen);

/* (nullable) (transfer none): the chosen digit; NULL if there is none. */
const NumeralReading *numeral_digit_choice_get_reading (NumeralDigitChoice *self);

G_END_DECLS
