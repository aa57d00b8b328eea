/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureExtents:
 *
 * A rectangle; empty if x1 < x0.
 */
typedef struct
{
  double x0, y0, x1, y1;
} PictureExtents;

/**
 * picture_ink_stroke:
 *
 * Fills one stroke with the current source, in the units of the drawing: a quadratic
 * B-spline with the points as its control points, so that a curve drawn with a mouse
 * has no corners. The width follows the pressure, and the ends are round. A stroke of
 * one point is a dot.
 */
void picture_ink_stroke (cairo_t *cr, const InkStroke *stroke);

/* Fills every stroke of @drawing. */
void picture_ink (cairo_t *cr, const InkDrawing *drawing, const PictureColour *colour);

/* The area that picture_ink_stroke() can change, apart from antialiasing at its edge. */
PictureExtents picture_ink_stroke_extents (const InkStroke *stroke);

G_END_DECLS
