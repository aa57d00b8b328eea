/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-image.h"

G_BEGIN_DECLS

/* A sheet with more parts than this is not read. */
#define INK_SHEET_MAX_PARTS 1000

/**
 * InkSheetNumber:
 * @line: @column: place on the sheet, from 0. In a table, the row and the column of the cell;
 *   otherwise the column counts the numbers of the line.
 * @box: of the ink, or of the cell if it is empty, in pixels of the picture
 * @is_digit: whether it is one digit, as in the cells of a sudoku
 * @image: (nullable): the ink; %NULL for an empty cell
 */
typedef struct
{
  guint line, column;
  InkBox box;
  gboolean is_digit;
  InkImage *image;
} InkSheetNumber;

/**
 * InkSheet:
 * @n_lines: number of lines, or of the rows of a table
 * @n_columns: number of columns of a table; 0 if the sheet has no cells
 * @n_parts: number of components that are as tall as digits; above INK_SHEET_MAX_PARTS, there are
 *   no numbers
 * @n_outside: how many of them are outside of a table, where nothing is read
 * @n_numbers: number of @numbers
 * @numbers: [n_numbers] by line, then by column. A table has n_lines x n_columns of them.
 *
 * A page with several lines of numbers. Immutable.
 */
typedef struct
{
  guint n_lines, n_columns;
  guint n_parts, n_outside;
  guint n_numbers;
  InkSheetNumber *numbers;
} InkSheet;

/**
 * ink_sheet_new:
 * @gray: luminance, 0 is black, rows of @stride bytes; not kept
 *
 * Finds lines of writing, and the numbers in each, on paper with uneven light, with ruled or
 * squared lines, or with a printed table such as a sudoku. Lines may be sloped and crooked.
 * The sides are at most INK_IMAGE_MAX_SIDE.
 *
 * Returns: (transfer full) (nullable): %NULL if the picture has fewer than two lines and no table
 */
InkSheet *ink_sheet_new (const guint8 *gray, guint width, guint height, gsize stride);

/**
 * ink_sheet_new_scaled:
 * @scale: pixels of the picture for a pixel of @gray, if boxes are to be in pixels of a picture of
 *   another size
 * @digit: (inout): the height of digits in pixels of @gray, from a look at a smaller picture: no
 *   more pixels are looked at than such digits need; 0 if it is not known. Then the height that was
 *   found, 0 for none
 *
 * The same for small digits on a large page. It needs 30 bytes for each pixel that it looks at.
 */
InkSheet *ink_sheet_new_scaled (
    const guint8 *gray, guint width, guint height, gsize stride, double scale, double *digit);
void ink_sheet_free (InkSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkSheet, ink_sheet_free)

G_END_DECLS
