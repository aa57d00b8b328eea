/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

#define INK_MAX_PIECES 12

/**
 * InkPiece:
 * @stroke: index of the stroke, or of the first one
 * @n_strokes: 1; more where a drawing has too many strokes: then the piece is all of them
 * @first: @last: indices of the points, both included; with several strokes @first is 0 and @last
 *   is the last point of the last one
 *
 * A piece of the ink. Neighbours on a stroke have a point in common, so that there is no gap
 * between them.
 */
typedef struct
{
  guint stroke, n_strokes;
  guint first, last;
} InkPiece;

/**
 * ink_pieces_find:
 * @pieces: (out): in drawing order; together they are all of the ink
 *
 * Cuts the strokes of a digit into pieces: at sharp turns, where strokes cross, and, so that a
 * round digit has pieces too, a bend of more than 200 degrees into equal parts of at most 150
 * degrees. A stroke is cut at its points, and a piece is not shorter than about a tenth of the
 * drawing, unless the stroke is. If there would be more than INK_MAX_PIECES, the shortest
 * neighbours are joined. All lengths are relative to the longer side of the drawing. Thread-safe.
 *
 * Returns: the number of pieces; 0 if there is no ink
 */
guint ink_pieces_find (const InkDrawing *drawing, InkPiece pieces[INK_MAX_PIECES]);

/**
 * ink_pieces_select:
 * @pieces: [@n] of ink_pieces_find()
 * @mask: bit i says whether piece i is drawn
 *
 * Returns: (transfer full): the drawing without the other pieces; strokes whose pieces are all
 *   there are shared, so that all pieces give the same strokes
 */
InkDrawing *
ink_pieces_select (const InkDrawing *drawing, const InkPiece *pieces, guint n, guint mask);

G_END_DECLS
