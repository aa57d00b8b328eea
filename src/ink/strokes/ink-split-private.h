/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-split.h"

G_BEGIN_DECLS

/* From these log odds on, a border is surely inside a digit, or between two. What is sure to be one
 * is joined before anything else is asked: a part of a digit left alone may look like the bridge to
 * its neighbour. */
#define INK_SPLIT_SURE_JOIN 4.5
#define INK_SPLIT_SURE_CUT -6.0

/* Places along a stroke that stand for it where distances are measured. */
#define INK_SPLIT_MAX_SAMPLES 48

/**
 * InkSplitStroke:
 * @index: in the drawing
 * @x: @y: [n_samples] places along it, at equal distances
 */
typedef struct
{
  guint index;
  InkBox box;
  guint n_samples;
  float x[INK_SPLIT_MAX_SAMPLES], y[INK_SPLIT_MAX_SAMPLES];
} InkSplitStroke;

/**
 * InkSplitPiece:
 * @strokes: a bit for each stroke of the line
 *
 * Strokes that surely belong together.
 */
typedef struct
{
  guint64 strokes;
  InkBox box;
} InkSplitPiece;

/**
 * InkSplitLine:
 * @unit: the height of the tallest stroke, what all lengths are measured by
 * @touching: [n_strokes] a bit for each stroke that a stroke touches
 * @links: [n_pieces - 1] the log odds that a piece and the next are parts of one digit
 *
 * One line of writing.
 */
typedef struct
{
  guint n_strokes;
  InkSplitStroke *strokes;
  double unit;
  guint64 touching[INK_SPLIT_MAX_STROKES];
  guint n_pieces;
  InkSplitPiece pieces[INK_SPLIT_MAX_STROKES];
  double links[INK_SPLIT_MAX_STROKES];
} InkSplitLine;

InkBox ink_split_box_union (InkBox a, InkBox b);

/* The box and the samples of a stroke. */
void ink_split_stroke_init (InkSplitStroke *self, const InkStroke *stroke, guint index);

/* From @n_strokes and @strokes, which are there, to all the rest: pieces from left to right. */
void ink_split_line_init (InkSplitLine *line);

/* The log of how probable it is that pieces @first to @last are as low as they are, were they a
 * digit: bars and dots are none. */
double ink_split_shape (const InkSplitLine *line, guint first, guint last);

G_END_DECLS
