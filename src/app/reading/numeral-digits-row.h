/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_DIGITS_ROW (numeral_digits_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralDigitsRow, numeral_digits_row, NUMERAL, DIGITS_ROW, GtkWidget)

/**
 * NumeralDigitsRow:
 *
 * The digits of a number, one of which is chosen: by a click, or by the arrow keys where one has
 * the focus.
 *
 * Properties: "chosen" (place of the chosen digit, from 0 on).
 */
NumeralDigitsRow *numeral_digits_row_new (void);

/* @prediction: (nullable): where it has another number of digits than before, the last is chosen:
 * that is the one being written. */
void numeral_digits_row_show (NumeralDigitsRow *self, const NumeralPrediction *prediction);

guint numeral_digits_row_get_chosen (NumeralDigitsRow *self);
/* A place that there is not is passed over. */
void numeral_digits_row_set_chosen (NumeralDigitsRow *self, guint chosen);

G_END_DECLS
