/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"

G_BEGIN_DECLS

/* The largest number of digits in a drawing that is split. */
#define INK_SPLIT_MAX_PARTS 16
/* A drawing with more strokes than this is not split: it is a scribble. */
#define INK_SPLIT_MAX_STROKES 64

/**
 * InkSplitScore:
 * @part: strokes that may form one digit
 *
 * Returns the log probability that @part is some digit, at most 0.
 */
typedef double (*InkSplitScore) (const InkDrawing *part, gpointer user_data);

/**
 * ink_split_drawing:
 * @drawing: in any units
 * @score: (nullable): called where geometry alone does not decide which strokes belong together
 *
 * Splits a written number into its digits; strokes are not cut. Strokes that cross, touch or lie
 * over one another belong together, and so do a bar or a dot and what they are close to; strokes
 * beside one another that each stand on their own do not. All lengths are relative to the tallest
 * stroke of the line. Each border between neighbours has log odds of lying inside a digit. The
 * borders that are not sure are decided by the most probable grouping of neighbours (dynamic
 * programming over runs of pieces), which adds @score to the odds.
 *
 * Every stroke is in exactly one part, in drawing order. A drawing of one digit is returned
 * unchanged (a new reference), and so is one with more than INK_SPLIT_MAX_STROKES strokes or
 * INK_SPLIT_MAX_PARTS digits. A stroke that runs through two digits is not cut. Parts are ordered
 * by lines of writing from top to bottom, and within a line from left to right. Thread-safe.
 *
 * Returns: (transfer full) (element-type InkDrawing): at least one part, unless there are no
 *   strokes at all
 */
GPtrArray *ink_split_drawing (InkDrawing *drawing, InkSplitScore score, gpointer user_data);

G_END_DECLS
