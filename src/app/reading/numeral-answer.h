/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_ANSWER (numeral_answer_get_type ())
G_DECLARE_FINAL_TYPE (NumeralAnswer, numeral_answer, NUMERAL, ANSWER, GtkWidget)

/**
 * NumeralAnswer:
 *
 * What the network says: the digit, or the number, as large as there is room for, how sure it is,
 * what else it may be, and how long that took.
 *
 * Where something does not look like a digit, there is a question mark in its place, and the words
 * say so, with the best guess below.
 *
 * Where it is a number, one of its digits is chosen, by a click or by the arrow keys.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, nullable), "chosen" (place of the chosen
 * digit, from 0 on).
 */
NumeralAnswer *numeral_answer_new (void);

/* (nullable) (transfer none) */
NumeralPrediction *numeral_answer_get_prediction (NumeralAnswer *self);
void numeral_answer_set_prediction (NumeralAnswer *self, NumeralPrediction *prediction);

guint numeral_answer_get_chosen (NumeralAnswer *self);
/* A place that there is not is passed over. */
void numeral_answer_set_chosen (NumeralAnswer *self, guint chosen);

G_END_DECLS
