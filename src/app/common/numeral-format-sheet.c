/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-format-sheet.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-format.h"

static int
whole_percent (double probability)
{
  return (int) lround (100 * probability);
}

char *
numeral_format_sheet_number (const NumeralSheet *sheet, guint index)
{
  const NumeralSheetNumber *number = &sheet->numbers[index];
  const NumeralPrediction *prediction = number->prediction;
  g_autofree char *text = numeral_prediction_get_number (prediction);
  g_autofree char *place =
      sheet->n_columns > 0 ?
          /* Translators: the place of a number in a table */
          g_strdup_printf (_ ("Row %u, column %u"), number->line + 1, number->column + 1) :
          /* Translators: which number of which line of a page */
          g_strdup_printf (_ ("Line %u, number %u"), number->line + 1, number->column + 1);
  const int percent = whole_percent (numeral_prediction_get_probability (prediction));

  if (prediction->empty)
    /* Translators: %s is a place such as "Row 2, column 3" */
    return g_strdup_printf (_ ("%s: empty"), place);
  if (numeral_prediction_overflows (prediction))
    /* Translators: %s is a place such as "Line 2, number 3" */
    return g_strdup_printf (_ ("%s: this model cannot read it"), place);
  if (numeral_prediction_is_refused (prediction))
    /* Translators: a place such as "Line 2, number 3" or "Line 2"; what it would be if it were
     * digits, and the probability of that in percent */
    return g_strdup_printf (_ ("%s: not sure, best guess %s, %d %%"), place, text, percent);
  /* Translators: a place such as "Line 2, number 3" or "Line 2"; the digits, and their probability
   * in percent */
  return g_strdup_printf (_ ("%s: %s, %d %%"), place, text, percent);
}

char *
numeral_format_sheet_line (const NumeralSheet *sheet, guint first, guint last)
{
  const guint line = sheet->numbers[first].line + 1;
  g_autofree char *text = numeral_sheet_get_text (sheet, first, last);
  g_autofree char *place = sheet->n_columns > 0 ? g_strdup_printf (_ ("Row %u"), line) :
                                                  g_strdup_printf (_ ("Line %u"), line);
  gboolean refused;
  const int percent = whole_percent (numeral_sheet_get_probability (sheet, first, last, &refused));

  if (refused)
    return g_strdup_printf (_ ("%s: not sure, best guess %s, %d %%"), place, text, percent);
  return g_strdup_printf (_ ("%s: %s, %d %%"), place, text, percent);
}

char *
numeral_format_sheet_outside (const NumeralSheet *sheet)
{
  if (sheet->n_outside == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u mark outside of the table is not read. Crop the picture to "
                                    "read it.",
                                    "%u marks outside of the table are not read. Crop the picture "
                                    "to read them.",
                                    sheet->n_outside),
                          sheet->n_outside);
}

char *
numeral_format_sheet_summary (const NumeralSheet *sheet)
{
  if (sheet->problem)
    return numeral_format_sentence (sheet->problem);
  if (sheet->n_columns > 0)
    return g_strdup_printf (ngettext ("A table with %u row", "A table with %u rows",
                                      sheet->n_lines),
                            sheet->n_lines);
  return g_strdup_printf (ngettext ("A page with %u line", "A page with %u lines", sheet->n_lines),
                          sheet->n_lines);
}
