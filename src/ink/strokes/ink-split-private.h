/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-split.h"

G_BEGIN_DECLS

/* Beyond these log odds a border is surely inside a digit, or surely between two. Sure joins come
 * first: a part of a digit on its own may look like a link to the next digit. */
#define INK_SPLIT_SURE_JOIN 4.5
#define INK_SPLIT_SURE_CUT -6.0

/* Largest number of points that represent a stroke when distances are measured. */
#define INK_SPLIT_MAX_SAMPLES 48

/**
 * InkSplitStroke:
 * @index: in the drawing
 * @x: @y: [n_samples] points along it, at equal distances
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
 * @unit: the height of the tallest stroke; all lengths are relative to it
 * @touching: [n_strokes] for each stroke, a bit for each stroke that it touches
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

/**
 * ink_split_find_signs:
 * @strokes: [n] of one line
 * @sign_of: (out): [n] the number of the sign that a stroke belongs to, from 1; 0 for digits
 *
 * Finds small strokes that stand apart from all digits, where points, commas and dashes stand.
 *
 * Returns: the number of signs
 */
guint ink_split_find_signs (const InkSplitStroke *strokes, guint n, guint *sign_of);

/* Computes all other fields from @n_strokes and @strokes; pieces are ordered from left to right. */
void ink_split_line_init (InkSplitLine *line);

/* The log probability of the height of pieces @first to @last, if they were one digit: low ones,
 * such as bars and dots, are not digits. */
double ink_split_shape (const InkSplitLine *line, guint first, guint last);

G_END_DECLS
