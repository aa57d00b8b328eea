/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-sheet.h"
#include "numeral-reader.h"

G_BEGIN_DECLS

/**
 * NumeralSheetNumber:
 * @line: @column: see InkSheetNumber
 * @box: of the ink, or of an empty cell, in pixels of the picture
 * @prediction: empty for an empty cell
 */
typedef struct
{
  guint line, column;
  InkBox box;
  NumeralPrediction *prediction;
} NumeralSheetNumber;

/**
 * NumeralSheet:
 * @n_lines: number of lines, or of the rows of a table
 * @n_columns: number of columns of a table; 0 if the page has no cells
 * @n_outside: number of marks as tall as digits outside of a table, which are not read
 * @n_numbers: number of @numbers
 * @numbers: [n_numbers] by line, then by column
 * @problem: (nullable): why a page is not read, and what to do, for people; then it has no numbers
 *
 * A page with several lines of numbers, as the network reads it. A boxed type, reference-counted
 * (atomic). Immutable.
 */
typedef struct
{
  guint n_lines, n_columns;
  guint n_outside;
  guint n_numbers;
  NumeralSheetNumber *numbers;
  char *problem;
  /*< private >*/
  int ref_count;
} NumeralSheet;

#define NUMERAL_TYPE_SHEET (numeral_sheet_get_type ())
GType numeral_sheet_get_type (void);

/* Whether a picture is surely one digit, so that its lines need not be found. @image: (nullable):
 * its ink; @single: what numeral_reader_read_image() reads in it */
gboolean numeral_sheet_is_single (const InkImage *image, const NumeralPrediction *single);

/**
 * numeral_sheet_read:
 * @ink: the lines of a picture
 * @image: (nullable): all of its ink; %NULL if none was found
 * @single: the same picture, read as one number; empty if it cannot be read so
 *
 * Reads each number of a page.
 *
 * Returns: (transfer full) (nullable): with a problem if it has too many parts, or many of which
 *   most are no digits; %NULL if the picture is one number rather than a page
 */
NumeralSheet *numeral_sheet_read (NumeralReader *reader,
                                  const InkSheet *ink,
                                  const InkImage *image,
                                  const NumeralPrediction *single);
NumeralSheet *numeral_sheet_ref (NumeralSheet *sheet);
void numeral_sheet_unref (NumeralSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralSheet, numeral_sheet_unref)

/* The numbers of a line begin at numbers[index] and end before the one that is returned. */
guint numeral_sheet_end_of_line (const NumeralSheet *sheet, guint index);

/* (transfer full): the numbers @first to @last - 1 with a space between them, such as "12 340"; a
 * point stands for an empty cell. */
char *numeral_sheet_get_text (const NumeralSheet *sheet, guint first, guint last);

/* The probability that all numbers from @first to @last - 1 are right. @refused: (out) (optional):
 * whether one of them is refused */
double numeral_sheet_get_probability (const NumeralSheet *sheet,
                                      guint first,
                                      guint last,
                                      gboolean *refused);

G_END_DECLS
