/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-sheet.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_SHEET_ROW (numeral_sheet_row_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSheetRow, numeral_sheet_row, NUMERAL, SHEET_ROW, GtkListBoxRow)

/**
 * NumeralSheetRow:
 *
 * A line of a page, or a row of a table: its place, its numbers, and their probability or that
 * something in it is refused.
 */
NumeralSheetRow *numeral_sheet_row_new (void);

/* Shows the numbers from @first on, up to the end of their line. @widths: [n_columns]: number of
 * characters of each column of a table; @chosen: (may be elsewhere) */
void numeral_sheet_row_show (NumeralSheetRow *self,
                             const NumeralSheet *sheet,
                             guint first,
                             const guint *widths,
                             guint chosen);

/* The index of the first number that is not empty; of the first cell if all are. */
guint numeral_sheet_row_get_first (NumeralSheetRow *self);
/* Whether it has this number. */
gboolean numeral_sheet_row_has (NumeralSheetRow *self, guint index);

G_END_DECLS
