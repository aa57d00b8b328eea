/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-stroke.h"

#include <math.h>

InkStroke *
ink_stroke_new (float width)
{
  InkStroke *stroke = g_new0 (InkStroke, 1);

  stroke->width = width;
  stroke->ref_count = 1;
  return stroke;
}

InkStroke *
ink_stroke_copy (const InkStroke *stroke)
{
  InkStroke *copy = ink_stroke_new (stroke->width);

  copy->n_points = copy->n_allocated = stroke->n_points;
  copy->points = g_memdup2 (stroke->points, stroke->n_points * sizeof (InkPoint));
  return copy;
}

InkStroke *
ink_stroke_ref (InkStroke *stroke)
{
  g_atomic_int_inc (&stroke->ref_count);
  return stroke;
}

void
ink_stroke_unref (InkStroke *stroke)
{
  if (!g_atomic_int_dec_and_test (&stroke->ref_count))
    return;
  g_free (stroke->points);
  g_free (stroke);
}

gboolean
ink_stroke_append (InkStroke *stroke, InkPoint point)
{
  if (!isfinite (point.x) || !isfinite (point.y) || !isfinite (point.pressure) ||
      !isfinite (point.time))
    return FALSE;
  point.pressure = CLAMP (point.pressure, 0.0f, 1.0f);

  if (stroke->n_points > 0)
    {
      InkPoint *last = &stroke->points[stroke->n_points - 1];

      /* A device reports a pen at rest repeatedly; a segment of length 0 has no direction. */
      if (last->x == point.x && last->y == point.y)
        {
          last->pressure = MAX (last->pressure, point.pressure);
          return FALSE;
        }
    }
  if (stroke->n_points >= INK_MAX_POINTS)
    return FALSE;

  if (stroke->n_points == stroke->n_allocated)
    {
      stroke->n_allocated = MAX (16, stroke->n_allocated * 2);
      stroke->points = g_renew (InkPoint, stroke->points, stroke->n_allocated);
    }
  stroke->points[stroke->n_points++] = point;
  return TRUE;
}

double
ink_stroke_width_at (const InkStroke *stroke, double pressure)
{
  return stroke->width * (0.5 + pressure);
}
