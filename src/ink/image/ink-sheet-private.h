/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-image-private.h"
#include "ink-sheet.h"

G_BEGIN_DECLS

/* Private to image: the steps of ink_sheet_new(), one file each. Lengths are in pixels of the
 * plane. */

/* The threshold of ink, as a part of its contrast. */
#define INK_SHEET_EDGE 0.45

/**
 * InkSheetSignal:
 * @plane: contrast to the paper beside it, 0 for paper and 1 for black
 * @faint: contrast that printed lines exceed
 * @threshold: contrast that ink exceeds
 */
typedef struct
{
  InkPlane *plane;
  double faint, threshold;
} InkSheetSignal;

/* Divides by the light of the paper; %FALSE if nothing stands out. Free with
 * ink_sheet_signal_clear(). */
gboolean ink_sheet_find_signal (const InkPlane *gray, InkSheetSignal *signal);
/* Measures the thresholds again, after printed lines were removed. */
gboolean ink_sheet_measure_signal (InkSheetSignal *signal);
void ink_sheet_signal_clear (InkSheetSignal *signal);

/**
 * InkRuling:
 * @from: @to: where it begins and ends, along the picture
 * @n: length of @at
 * @at: [n] position across, also where it is interrupted; beyond its ends it is continued
 * @thickness: @tone: medians of its thickness and of its contrast
 *
 * A printed line that runs through a large part of the picture.
 */
typedef struct
{
  guint from, to, n;
  float *at;
  double thickness, tone;
} InkRuling;

InkRuling *ink_ruling_new_between (const InkRuling *a, const InkRuling *b, double share);
void ink_ruling_free (InkRuling *ruling);

/* (transfer full) (element-type InkRuling): the upright or the level lines, ordered across.
 * @marks: [height, width] is set to 1 at their pixels, but not where they cross other ink */
GPtrArray *ink_sheet_find_rulings (const InkSheetSignal *signal, gboolean upright, guint8 *marks);

/**
 * InkSheetPart:
 * @label: in the labels of the plane
 * @tall: whether it is as tall as a digit may be
 * @line: @column: see InkSheetNumber; -1 if it belongs to none
 *
 * A connected component of the ink.
 */
typedef struct
{
  guint label;
  InkPixelBox box;
  gsize area;
  gboolean tall;
  int line, column;
} InkSheetPart;

/**
 * InkSheetTable:
 * @levels: the lines that divide the rows, one more than rows
 * @uprights: the same for columns
 *
 * The printed lines of a table.
 */
typedef struct
{
  GPtrArray *levels, *uprights;
} InkSheetTable;

/* Chooses the lines of a table from all lines of the sheet, takes them out of the arrays, and adds
 * lines that were not found; %FALSE if there is no table. @digit: height of digits */
gboolean
ink_sheet_find_table (GPtrArray *levels, GPtrArray *uprights, double digit, InkSheetTable *table);
void ink_sheet_table_clear (InkSheetTable *table);
/* The box of a cell. */
InkPixelBox ink_sheet_table_cell (const InkSheetTable *table, guint row, guint column);
/* Sets row and column of each part. */
void ink_sheet_place_in_table (const InkSheetTable *table, InkSheetPart *parts, guint n);

/* Median height of digits; 0 if there are none. Sets InkSheetPart::tall. */
double ink_sheet_measure_digits (InkSheetPart *parts, guint n);

/* Sets line and column of each part. Returns the number of lines. */
guint ink_sheet_place_in_lines (InkSheetPart *parts, guint n);

/**
 * ink_image_new_from_pieces:
 * @signal: (transfer full): a part of a larger picture
 * @pieces: at least one piece; its members are taken
 * @x: @y: where @signal begins in the picture, in pixels of the plane
 * @scale: pixels of the picture for a pixel of the plane
 *
 * Returns: (transfer full)
 */
InkImage *ink_image_new_from_pieces (
    InkPlane *signal, double threshold, InkPieces *pieces, guint x, guint y, double scale);

/* (transfer full): means over blocks of pixels, so that no side exceeds @max_side. */
InkPlane *
ink_plane_new_reduced (const guint8 *gray, guint width, guint height, gsize stride, guint max_side);

G_END_DECLS
