/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bounds well above any real drawing; they limit the memory that a file can ask for. */
#define INK_MAX_POINTS 1000000
#define INK_MAX_STROKES 10000

/**
 * InkPoint:
 * @x: @y: in the units of the drawing, y downwards
 * @pressure: 0 to 1; 0.5 where the device has none
 * @time: seconds since the drawing began; 0 where unknown
 */
typedef struct
{
  float x, y;
  float pressure;
  float time;
} InkPoint;

/**
 * InkStroke:
 * @width: of the pen at pressure 0.5, in the units of the drawing
 * @n_points: at least 1
 *
 * The ink from pen down to pen up. Reference-counted (atomic). Points may be
 * appended while the creator holds the only reference (ink_stroke_append()). A
 * stroke that is part of a drawing is immutable.
 */
typedef struct
{
  float width;
  guint n_points;
  InkPoint *points;
  /*< private >*/
  guint n_allocated;
  int ref_count;
} InkStroke;

InkStroke *ink_stroke_new (float width);
InkStroke *ink_stroke_copy (const InkStroke *stroke);
InkStroke *ink_stroke_ref (InkStroke *stroke);
void ink_stroke_unref (InkStroke *stroke);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InkStroke, ink_stroke_unref)

/* Ignores a point at the same position as the one before (its pressure is kept, if larger), a point
 * beyond INK_MAX_POINTS and one that is not finite. Returns whether the point was added. */
gboolean ink_stroke_append (InkStroke *stroke, InkPoint point);

/* The width of the ink at a pressure: half the pen's width at pressure 0, one and a half times at
 * pressure 1. Drawing and erasing both use it, so that they agree. */
double ink_stroke_width_at (const InkStroke *stroke, double pressure);

G_END_DECLS
