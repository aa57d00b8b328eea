/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than anybody draws, less than would hurt. */
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
 * The pen from touching down to lifting. Reference-counted (atomic). It grows
 * only while its maker alone holds it (ink_stroke_append()); once it is shared
 * through a drawing it is never written again.
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

/* Drops a point equal in place to the one before it (its pressure, if larger, is kept), and any
 * point beyond INK_MAX_POINTS or not finite. Returns whether the point was added. */
gboolean ink_stroke_append (InkStroke *stroke, InkPoint point);

/* The width of the ink where the pen pressed so hard: half of the pen's at no pressure, one and a
 * half times at full pressure. Whatever draws or erases ink asks here, so that all agree. */
double ink_stroke_width_at (const InkStroke *stroke, double pressure);

G_END_DECLS
