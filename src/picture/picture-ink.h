/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureExtents:
 *
 * A rectangle; empty where x1 < x0.
 */
typedef struct
{
  double x0, y0, x1, y1;
} PictureExtents;

/**
 * picture_ink_stroke:
 *
 * Fills one stroke with the current source, in the units of the drawing: a
 * smooth curve through the middles of the lines between its points, which the
 * points pull towards themselves (quadratic B-spline, so that a curve drawn with
 * a mouse has no corners), as wide as the pen pressed, with round ends. A
 * stroke of one point is a dot.
 */
void picture_ink_stroke (cairo_t *cr, const InkStroke *stroke);

/* Every stroke of @drawing. */
void picture_ink (cairo_t *cr, const InkDrawing *drawing, const PictureColour *colour);

/* What picture_ink_stroke() can touch, a hair of antialiasing apart. */
PictureExtents picture_ink_stroke_extents (const InkStroke *stroke);
PictureExtents picture_ink_extents (const InkDrawing *drawing);

G_END_DECLS
