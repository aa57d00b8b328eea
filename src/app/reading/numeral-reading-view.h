/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-digit-choice.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_READING_VIEW (numeral_reading_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (
    NumeralReadingView, numeral_reading_view, NUMERAL, READING_VIEW, GtkWidget)

/**
 * NumeralReadingViewClass:
 * @update: shows the prediction and the chosen digit; called when one of them changes and when the
 *   view gets its choice.
 *
 * Base class of the widgets that show a prediction: answer, its digits, bars, tensor view.
 *
 * Properties: "choice" (NumeralDigitChoice, nullable).
 */
struct _NumeralReadingViewClass
{
  GtkWidgetClass parent_class;

  void (*update) (NumeralReadingView *self);
};

/* (nullable) (transfer none) */
NumeralDigitChoice *numeral_reading_view_get_choice (NumeralReadingView *self);
void numeral_reading_view_set_choice (NumeralReadingView *self, NumeralDigitChoice *choice);

/* (nullable) (transfer none): the prediction and the chosen digit of the choice; NULL if there is
 * none. */
NumeralPrediction *numeral_reading_view_get_prediction (NumeralReadingView *self);
const NumeralReading *numeral_reading_view_get_reading (NumeralReadingView *self);

G_END_DECLS
