/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-sheet.h"

G_BEGIN_DECLS

/* Recognised numbers as a CSV table (RFC 4180) with the columns file, line, column, number and
 * probability. Lines and columns count from 1. The number is empty where there is none, and where
 * it is refused. */

/* The first line of the table. */
#define NUMERAL_CSV_HEADER "file,line,column,number,probability\r\n"

/* Appends a row. @line: @column: from 0 */
void numeral_csv_append (
    GString *text, const char *file, guint line, guint column, const NumeralPrediction *prediction);

/* Appends a row for each number of a page, and for each cell of a table. */
void numeral_csv_append_sheet (GString *text, const char *file, const NumeralSheet *sheet);

G_END_DECLS
