/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sheet.h"

#include <glib/gi18n-lib.h>

/* Least part of the digits of a page that are accepted. */
#define ACCEPTED 0.6
/* A picture of one digit has fewer pieces than this, and a page a longer side. */
#define MANY_PIECES NUMERAL_MAX_NUMBER
#define LEAST_SIDE 128
/* A page is surer than one digit from this many digits, this part of them that is accepted, and
 * this many different ones: the edges of a large digit may look like ones and sevens. */
#define SURE 10
#define SURELY_ACCEPTED 0.95
#define SURE_VALUES 5
/* A page with more parts than this, most of which are no digits, is text or a drawing. */
#define MANY 40

G_DEFINE_BOXED_TYPE (NumeralSheet, numeral_sheet, numeral_sheet_ref, numeral_sheet_unref)

static NumeralSheet *
sheet_new (guint n_numbers)
{
  NumeralSheet *sheet = g_new0 (NumeralSheet, 1);

  sheet->ref_count = 1;
  sheet->n_numbers = n_numbers;
  sheet->numbers = g_new0 (NumeralSheetNumber, n_numbers);
  return sheet;
}

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
  return image != NULL && single->n_digits == 1 && !numeral_prediction_is_refused (single) &&
         ink_image_get_outlines (image)->n_strokes <= MANY_PIECES &&
         ink_image_get_size (image) < LEAST_SIDE;
}

/* Whether a digit, or a number in one line, is a better answer than @n_accepted of @n digits of a
 * page, which may be more because some of them are parts of one. @n_values: different ones */
static gboolean
is_number (const NumeralPrediction *single,
           const InkImage *image,
           guint n,
           guint n_accepted,
           guint n_values)
{
  guint n_single = 0, accepted = 0;

  count_digits (single, &n_single, &accepted);
  if (single->n_digits > 1)
    return is_one_line (single) && n_accepted < 2 * n_single + 2;
  if (accepted == 0)
    return FALSE;
  /* More pieces than a number has digits: all of them together may look like one digit. */
  if (ink_image_get_outlines (image)->n_strokes > MANY_PIECES)
    return FALSE;
  return n_accepted < SURE || n_accepted < SURELY_ACCEPTED * n || n_values < SURE_VALUES;
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
  NumeralSheet *sheet = sheet_new (ink->n_numbers);

  sheet->n_lines = ink->n_lines;
  sheet->n_columns = ink->n_columns;
  sheet->n_outside = ink->n_outside;
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

/* The number of different digits that are read. */
static guint
count_values (const NumeralSheet *sheet)
{
  guint values = 0, n = 0;

  for (guint i = 0; i < sheet->n_numbers; i++)
    for (guint k = 0; k < sheet->numbers[i].prediction->n_digits; k++)
      values |= 1u << sheet->numbers[i].prediction->digits[k].digit;
  for (guint digit = 0; digit < NUMERAL_N_DIGITS; digit++)
    n += values >> digit & 1;
  return n;
}

/* Takes ownership of @problem. */
static NumeralSheet *
new_with_problem (char *problem)
{
  NumeralSheet *sheet = sheet_new (0);

  sheet->problem = problem;
  return sheet;
}

NumeralSheet *
numeral_sheet_read (NumeralReader *reader,
                    const InkSheet *ink,
                    const InkImage *image,
                    const NumeralPrediction *single)
{
  g_autoptr (NumeralSheet) sheet = NULL;
  guint n = 0, n_accepted = 0;

  if (ink->n_parts > INK_SHEET_MAX_PARTS)
    return new_with_problem (g_strdup_printf (_ ("the page has %u parts, and at most %d are read: "
                                                 "crop the picture to some of "
                                                 "its lines"),
                                              ink->n_parts, INK_SHEET_MAX_PARTS));
  sheet = read_all (reader, ink);
  for (guint i = 0; i < sheet->n_numbers; i++)
    count_digits (sheet->numbers[i].prediction, &n, &n_accepted);
  if (is_number (single, image, n, n_accepted, count_values (sheet)))
    return NULL;
  if (n_accepted >= ACCEPTED * n && n_accepted >= 2)
    return g_steal_pointer (&sheet);
  if (n > MANY)
    return new_with_problem (g_strdup_printf (_ ("most of the %u parts of the page do not look "
                                                 "like digits: crop the picture to "
                                                 "the lines of digits"),
                                              n));
  return NULL;
}

NumeralSheet *
numeral_sheet_ref (NumeralSheet *sheet)
{
  g_atomic_int_inc (&sheet->ref_count);
  return sheet;
}

void
numeral_sheet_unref (NumeralSheet *sheet)
{
  if (!g_atomic_int_dec_and_test (&sheet->ref_count))
    return;
  for (guint i = 0; i < sheet->n_numbers; i++)
    g_clear_pointer (&sheet->numbers[i].prediction, numeral_prediction_unref);
  g_free (sheet->numbers);
  g_free (sheet->problem);
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
