/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-prediction.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_BARS (numeral_bars_get_type ())
G_DECLARE_FINAL_TYPE (NumeralBars, numeral_bars, NUMERAL, BARS, GtkWidget)

/**
 * NumeralBars:
 *
 * The probabilities of the ten digits.
 *
 * Properties: "prediction" (NumeralPrediction, boxed, nullable), "chosen" (which digit of it is
 * shown; where it has no such digit, none).
 */
NumeralBars *numeral_bars_new (void);

/* (nullable) (transfer none) */
NumeralPrediction *numeral_bars_get_prediction (NumeralBars *self);
void numeral_bars_set_prediction (NumeralBars *self, NumeralPrediction *prediction);

guint numeral_bars_get_chosen (NumeralBars *self);
void numeral_bars_set_chosen (NumeralBars *self, guint chosen);

G_END_DECLS
