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
 * What the network says: the digit as large as there is room for, how sure it is, what else it
 * may be, and how long that took.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, nullable).
 */
NumeralAnswer *numeral_answer_new (void);

/* (nullable) (transfer none) */
NumeralPrediction *numeral_answer_get_prediction (NumeralAnswer *self);
void numeral_answer_set_prediction (NumeralAnswer *self, NumeralPrediction *prediction);

G_END_DECLS
