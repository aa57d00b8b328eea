/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-sheet.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHEET_CHOICE (numeral_sheet_choice_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSheetChoice, numeral_sheet_choice, NUMERAL, SHEET_CHOICE, GObject)

/**
 * NumeralSheetChoice:
 *
 * A page and the number of it that is looked at. All its views share one.
 *
 * Properties: "sheet" (NumeralSheet, boxed, nullable): without a problem; "chosen" (guint): index
 * of a number that is not empty. When the same page is read again, the choice stays; otherwise the
 * first number is chosen.
 */
NumeralSheetChoice *numeral_sheet_choice_new (void);

/* (nullable) (transfer none) */
NumeralSheet *numeral_sheet_choice_get_sheet (NumeralSheetChoice *self);
void numeral_sheet_choice_set_sheet (NumeralSheetChoice *self, NumeralSheet *sheet);

guint numeral_sheet_choice_get_chosen (NumeralSheetChoice *self);
/* Does nothing if the number is empty. */
void numeral_sheet_choice_set_chosen (NumeralSheetChoice *self, guint chosen);

/* (nullable) (transfer none): what is read in the chosen number; %NULL without a page */
NumeralPrediction *numeral_sheet_choice_get_prediction (NumeralSheetChoice *self);

G_END_DECLS
