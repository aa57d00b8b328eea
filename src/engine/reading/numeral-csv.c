/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-csv.h"

#include <string.h>

/* A field of RFC 4180: in quotes if it has a comma, a quote or a line break. */
static void
append_field (GString *text, const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (; *field != '\0'; field++)
    {
      if (*field == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *field);
    }
  g_string_append_c (text, '"');
}

void
numeral_csv_append (
    GString *text, const char *file, guint line, guint column, const NumeralPrediction *prediction)
{
  append_field (text, file);
  g_string_append_printf (text, ",%u,%u,", line + 1, column + 1);
  if (!prediction->empty && !numeral_prediction_is_refused (prediction))
    {
      g_autofree char *number = numeral_prediction_get_number (prediction);
      char probability[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (probability, sizeof probability, "%.4f",
                       numeral_prediction_get_probability (prediction));
      append_field (text, number);
      g_string_append_printf (text, ",%s\r\n", probability);
    }
  else
    g_string_append (text, ",\r\n");
}

void
numeral_csv_append_sheet (GString *text, const char *file, const NumeralSheet *sheet)
{
  for (guint i = 0; i < sheet->n_numbers; i++)
    numeral_csv_append (text, file, sheet->numbers[i].line, sheet->numbers[i].column,
                        sheet->numbers[i].prediction);
}
