/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-sheet.h"

G_BEGIN_DECLS

/* Texts about a page that was read, translated. All (transfer full). */

/* "Line 2, number 3: 340, 98 %", or "Row 2, column 3: not sure, best guess 7, 98 %" */
char *numeral_format_sheet_number (const NumeralSheet *sheet, guint index);

/* The numbers of a line, from @first to @last - 1: "Line 2: 12 340, 98 %", or "Row 2: not sure of
 * all, best guess 1 . 7, 98 %" */
char *numeral_format_sheet_line (const NumeralSheet *sheet, guint first, guint last);

/* (nullable): "2 marks outside of the table are not read; …"; %NULL if there are none */
char *numeral_format_sheet_outside (const NumeralSheet *sheet);

/* "A page with 6 lines", or "A table with 9 rows"; the problem if the page is not read. */
char *numeral_format_sheet_summary (const NumeralSheet *sheet);

G_END_DECLS
