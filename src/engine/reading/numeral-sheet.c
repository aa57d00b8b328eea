/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sheet.h"

#include <glib/gi18n-lib.h>

#include "nn-error.h"

/* Least part of the digits of a page that are accepted. */
#define ACCEPTED 0.6
/* A page with more parts than this, most of which are no digits, is text or a drawing. */
#define MANY 40

static void
count_digits (const NumeralPrediction *prediction, guint *n, guint *n_accepted)
{
  for (guint i = 0; i < prediction->n_digits; i++)
    if (prediction->digits[i].sign == INK_SIGN_NONE)
      {
        (*n)++;
        *n_accepted += !prediction->digits[i].refused;
      }
}

/* Whether all digits stand side by side. */
static gboolean
is_one_line (const NumeralPrediction *prediction)
{
  for (guint i = 0; i < prediction->n_digits; i++)
    for (guint j = 0; j < i; j++)
      {
        const InkBox *a = &prediction->digits[i].box, *b = &prediction->digits[j].box;

        if (prediction->digits[i].sign == INK_SIGN_NONE &&
            prediction->digits[j].sign == INK_SIGN_NONE && (a->y0 > b->y1 || b->y0 > a->y1))
          return FALSE;
      }
  return TRUE;
}

gboolean
numeral_sheet_is_single (const InkImage *image, const NumeralPrediction *single)
{
  /* More pieces than a number has digits: all of them together may look like one digit. */
  return image != NULL && !single->empty && !numeral_prediction_is_refused (single) &&
         ink_image_get_outlines (image)->n_strokes <= NUMERAL_MAX_NUMBER && single->n_digits == 1;
}

/* Whether a number in one line is a better answer than @n_accepted digits of a page, which may be
 * more because some of them are parts of one. */
static gboolean
is_number (const NumeralPrediction *single, guint n_accepted)
{
  guint n = 0, accepted = 0;

  if (single->n_digits < 2 || numeral_prediction_is_refused (single) || !is_one_line (single))
    return FALSE;
  count_digits (single, &n, &accepted);
  return n_accepted < 2 * accepted + 2;
}

static NumeralPrediction *
read_number (NumeralReader *reader, const InkSheetNumber *number)
{
  float tensor[INK_TENSOR_SIZE];

  if (number->image == NULL)
    return numeral_prediction_new (0);
  if (!number->is_digit)
    return numeral_reader_read_image (reader, number->image);
  ink_image_get_tensor (number->image, tensor);
  return numeral_reader_read_tensor (reader, tensor);
}

static NumeralSheet *
read_all (NumeralReader *reader, const InkSheet *ink)
{
  NumeralSheet *sheet = g_new0 (NumeralSheet, 1);

  sheet->n_lines = ink->n_lines;
  sheet->n_columns = ink->n_columns;
  sheet->n_numbers = ink->n_numbers;
  sheet->numbers = g_new0 (NumeralSheetNumber, ink->n_numbers);
  for (guint i = 0; i < ink->n_numbers; i++)
    {
      const InkSheetNumber *from = &ink->numbers[i];
      NumeralSheetNumber *to = &sheet->numbers[i];

      *to = (NumeralSheetNumber){ from->line, from->column, from->box, NULL };
      to->prediction = read_number (reader, from);
      /* A single digit has no box of its own. */
      if (to->prediction->n_digits == 1)
        to->prediction->digits[0].box = from->box;
    }
  return sheet;
}

NumeralSheet *
numeral_sheet_read (NumeralReader *reader,
                    const InkSheet *ink,
                    const NumeralPrediction *single,
                    GError **error)
{
  g_autoptr (NumeralSheet) sheet = NULL;
  guint n = 0, n_accepted = 0;

  if (ink->n_parts > INK_SHEET_MAX_PARTS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("the page has %u parts, and at most %d are read: crop the picture to some of "
                      "its lines"),
                   ink->n_parts, INK_SHEET_MAX_PARTS);
      return NULL;
    }
  sheet = read_all (reader, ink);
  for (guint i = 0; i < sheet->n_numbers; i++)
    count_digits (sheet->numbers[i].prediction, &n, &n_accepted);
  if (is_number (single, n_accepted))
    return NULL;
  if (n_accepted >= ACCEPTED * n && n_accepted >= 2)
    return g_steal_pointer (&sheet);
  if (n > MANY)
    g_set_error (error, NN_ERROR, NN_ERROR_VALUE,
                 _ ("most of the %u parts of the page do not look like digits: crop the picture to "
                    "the lines of digits"),
                 n);
  return NULL;
}

void
numeral_sheet_free (NumeralSheet *sheet)
{
  for (guint i = 0; i < sheet->n_numbers; i++)
    g_clear_pointer (&sheet->numbers[i].prediction, numeral_prediction_unref);
  g_free (sheet->numbers);
  g_free (sheet);
}

guint
numeral_sheet_end_of_line (const NumeralSheet *sheet, guint index)
{
  const guint line = sheet->numbers[index].line;

  while (index < sheet->n_numbers && sheet->numbers[index].line == line)
    index++;
  return index;
}

char *
numeral_sheet_get_text (const NumeralSheet *sheet, guint first, guint last)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < last; i++)
    {
      g_autofree char *number = numeral_prediction_get_number (sheet->numbers[i].prediction);

      g_string_append_printf (text, "%s%s", i > first ? " " : "", *number != '\0' ? number : ".");
    }
  return g_string_free (text, FALSE);
}

double
numeral_sheet_get_probability (const NumeralSheet *sheet,
                               guint first,
                               guint last,
                               gboolean *refused)
{
  double probability = 1;

  if (refused != NULL)
    *refused = FALSE;
  for (guint i = first; i < last; i++)
    {
      const NumeralPrediction *prediction = sheet->numbers[i].prediction;

      if (prediction->empty)
        continue;
      probability *= numeral_prediction_get_probability (prediction);
      if (refused != NULL)
        *refused |= numeral_prediction_is_refused (prediction);
    }
  return probability;
}
