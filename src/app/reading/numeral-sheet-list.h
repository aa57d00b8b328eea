/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-sheet-choice.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHEET_LIST (numeral_sheet_list_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSheetList, numeral_sheet_list, NUMERAL, SHEET_LIST, GtkWidget)

/**
 * NumeralSheetList:
 *
 * The lines of a page, or the rows of a table, with their probabilities. The selected line has the
 * chosen number; the left and right arrow keys go from number to number. Without a page it shows a
 * message.
 *
 * Properties: "choice" (NumeralSheetChoice, nullable).
 */
NumeralSheetList *numeral_sheet_list_new (NumeralSheetChoice *choice);

/* @message: (nullable): why there is no page, and what to do */
void numeral_sheet_list_set_message (NumeralSheetList *self, const char *message);

G_END_DECLS
