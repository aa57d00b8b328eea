/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-random.h"
#include "ink-unipen.h"
#include "nn-dataset.h"

G_BEGIN_DECLS

/* The pictures that the benchmark "pictures" makes: parts and sizes of others, and pages that are
 * drawn. All results are (transfer full). */

/* A grey picture; 0 is black. */
typedef struct
{
  guint width, height;
  guint8 *gray;
} Picture;

Picture *picture_new (guint width, guint height, guint8 value);
void picture_free (Picture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

Picture *picture_invert (const Picture *picture);
/* Every pixel becomes @times by @times pixels. */
Picture *picture_enlarge (const Picture *picture, guint times);
/* A part of the picture; outside of it @value. */
Picture *picture_cut (const Picture *picture, int x0, int y0, int width, int height, guint8 value);
/* Means over areas. */
Picture *picture_resize (const Picture *picture, guint width, guint height);
/* The same with the longer side, the sides' ratio kept. */
Picture *picture_resize_to (const Picture *picture, guint side);
/* The box of the ink by Otsu's threshold, widened by @border; the smaller class is ink. */
Picture *picture_cut_to_ink (const Picture *picture, int border);
/* The box of all pixels that are not 0. */
Picture *picture_box (const Picture *picture);
Picture *picture_with_border (const Picture *picture, int border, guint8 value);
Picture *picture_two_levels (const Picture *picture);

/* What surrounds the digits of a page. */
typedef struct
{
  double size;   /* height of the digits, in pixels */
  double pen;    /* in pixels */
  double border; /* in heights */
  double ink, paper;
  guint lines;     /* bits: a line at the left, right, top, bottom edge */
  double ruling;   /* distance of horizontal lines in heights, 0 for none */
  gboolean square; /* vertical lines too */
  double light;    /* how much darker the paper is at one corner */
  double grain;    /* standard deviation of the noise */
} Page;

Picture *picture_draw_page (const Page *page, InkDrawing *drawing, InkRandom *random);

/* A number of three digits by one writer with a sign after the first or the second, 0 for none.
 * @text: (out): [5] what it says */
InkDrawing *
picture_draw_number (const InkSample *const *digits, char sign, InkRandom *random, char *text);

typedef enum
{
  SHEET_CLEAN,
  SHEET_RULED,
  SHEET_SQUARED,
  SHEET_SHADED,
  SHEET_N_PAPERS,
} SheetPaper;

/* Where the digits of a page come from: a data set of 28x28 pictures, or ink. */
typedef struct
{
  const NnDataset *dataset;
  GPtrArray *samples;
} SheetDigits;

/* A page of 3 to 12 lines with 1 to 4 numbers each. @text: (out): what it says, as
 * numeral_sheet_get_text() has it, each line ended by a line feed */
Picture *
picture_draw_sheet (SheetPaper paper, const SheetDigits *digits, InkRandom *random, char **text);
/* A page of A4 that was scanned at 300 dpi, with 12 lines of digits that are @size pixels high. */
Picture *picture_draw_scan (
    SheetPaper paper, const SheetDigits *digits, double size, InkRandom *random, char **text);
/* A sudoku with some of its cells filled in. */
Picture *picture_draw_sudoku (const SheetDigits *digits, InkRandom *random, char **text);

G_END_DECLS
