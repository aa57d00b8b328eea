/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-canvas-private.h"

/* Minimum radius that a person can aim with. */
#define ERASER_MIN 30.0

double
numeral_canvas_get_eraser_radius (NumeralCanvas *self)
{
  return MAX (self->pen_width * 0.7, ERASER_MIN);
}

/* Seconds since the drawing began. The time of an opened drawing continues from its end. */
static float
time_of (NumeralCanvas *self, gint64 time)
{
  const InkDrawing *drawing = ink_history_current (self->history);

  if (self->began == 0 || (!self->stroke && ink_drawing_is_empty (drawing)))
    {
      float last = 0;

      for (guint i = 0; i < drawing->n_strokes; i++)
        for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
          last = MAX (last, drawing->strokes[i]->points[j].time);
      self->began = time - (gint64) ((double) last * G_USEC_PER_SEC);
    }
  return (float) ((double) MAX (time - self->began, 0) / G_USEC_PER_SEC);
}

/* Limits a coordinate to the canvas and a margin around it: a stroke that leaves the canvas
 * returns at the correct place, and no point is far away. */
static double
bound (double value)
{
  return CLAMP (value, -0.2 * NUMERAL_CANVAS_SIZE, 1.2 * NUMERAL_CANVAS_SIZE);
}

static void
rub (NumeralCanvas *self, double x, double y)
{
  InkDrawing *less = ink_drawing_erase (self->rubbed, (float) x, (float) y,
                                        (float) numeral_canvas_get_eraser_radius (self));

  ink_drawing_unref (self->rubbed);
  self->rubbed = less;
}

/* Erases along the path of the disc, so that no ink is left between two positions. */
static void
rub_towards (NumeralCanvas *self, double x, double y)
{
  const double distance = hypot (x - self->last_x, y - self->last_y);
  const guint steps = (guint) ceil (distance / (numeral_canvas_get_eraser_radius (self) / 2));

  for (guint i = 1; i <= steps; i++)
    {
      const double t = (double) i / steps;

      rub (self, self->last_x + t * (x - self->last_x), self->last_y + t * (y - self->last_y));
    }
}

static InkPoint
point_of (NumeralCanvas *self, double x, double y, double pressure, gint64 time)
{
  return (InkPoint){
    .x = (float) x, .y = (float) y, .pressure = (float) pressure, .time = time_of (self, time)
  };
}

void
numeral_canvas_begin (
    NumeralCanvas *self, double x, double y, double pressure, gint64 time, gboolean erasing)
{
  numeral_canvas_end (self);
  x = bound (x);
  y = bound (y);
  if (erasing)
    {
      self->rubbed = ink_drawing_ref (ink_history_current (self->history));
      rub (self, x, y);
    }
  else
    {
      InkPoint point = point_of (self, x, y, pressure, time);

      self->stroke = ink_stroke_new ((float) self->pen_width);
      ink_stroke_append (self->stroke, point);
    }
  self->last_x = x;
  self->last_y = y;
  numeral_canvas_mark_changed (self);
}

void
numeral_canvas_extend (NumeralCanvas *self, double x, double y, double pressure, gint64 time)
{
  x = bound (x);
  y = bound (y);
  if (self->rubbed)
    rub_towards (self, x, y);
  else if (self->stroke)
    ink_stroke_append (self->stroke, point_of (self, x, y, pressure, time));
  else
    return;
  self->last_x = x;
  self->last_y = y;
  numeral_canvas_mark_changed (self);
}

void
numeral_canvas_end (NumeralCanvas *self)
{
  g_autoptr (InkDrawing) drawing = NULL;

  if (self->stroke)
    {
      g_autoptr (InkStroke) stroke = g_steal_pointer (&self->stroke);

      drawing = ink_drawing_with_stroke (ink_history_current (self->history), stroke);
    }
  else if (self->rubbed)
    drawing = g_steal_pointer (&self->rubbed);
  else
    return;
  numeral_canvas_push (self, drawing, NULL);
  numeral_canvas_mark_changed (self);
}
