/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/* A number longer than this is not read as one. */
#define INK_SPLIT_MAX_PARTS 16
/* Nor is a drawing of more strokes than this taken apart: it is no number but a scribble. */
#define INK_SPLIT_MAX_STROKES 64

/**
 * InkSplitScore:
 * @part: strokes that may be one digit
 *
 * The logarithm of how probable it is that @part looks like some digit, at most 0.
 */
typedef double (*InkSplitScore) (const InkDrawing *part, gpointer user_data);

/**
 * ink_split_drawing:
 * @drawing: in any units
 * @score: (nullable): asked where geometry alone leaves it open which strokes belong together
 *
 * Takes a written number apart into its digits by whole strokes. Strokes that cross, touch or lie
 * over one another belong together, and so do a bar or a dot and what they are close to; strokes
 * beside one another that each stand on their own do not. All lengths are measured by the tallest
 * stroke of the line. Each border between neighbours has log odds of lying inside a digit; what is
 * neither sure to be inside nor sure to be between is decided by the most probable way to group
 * neighbours (dynamic programming over runs of pieces), which adds @score's word to geometry's.
 *
 * Every stroke lands in exactly one part, in the order in which it was drawn. A drawing that is one
 * digit comes back as it is (a new reference), and so does one with more than
 * INK_SPLIT_MAX_STROKES strokes or INK_SPLIT_MAX_PARTS digits. A stroke that runs through two
 * digits is not cut. Lines of writing follow one another from above; within one, digits go from
 * left to right. Threads may call it at the same time.
 *
 * Returns: (transfer full) (element-type InkDrawing): at least one part, unless there are no
 *   strokes at all
 */
GPtrArray *ink_split_drawing (InkDrawing *drawing, InkSplitScore score, gpointer user_data);

G_END_DECLS
