/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-ink.h"

#include <math.h>

/* Number of pieces of a curve between two points of different width. */
#define PIECES 6

typedef struct
{
  double x, y, width;
} Knot;

static Knot
knot_of (const InkStroke *stroke, guint i)
{
  const InkPoint *point = &stroke->points[i];

  return (Knot){ point->x, point->y, ink_stroke_width_at (stroke, point->pressure) };
}

static Knot
between (Knot a, Knot b, double t)
{
  return (Knot){ a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), a.width + t * (b.width - a.width) };
}

static gboolean
is_even (const InkStroke *stroke)
{
  for (guint i = 1; i < stroke->n_points; i++)
    if (stroke->points[i].pressure != stroke->points[0].pressure)
      return FALSE;
  return TRUE;
}

/* The hull of two discs. All hulls have the same orientation, so that the nonzero fill rule joins
 * them into one shape and a translucent colour shows no overlap. */
static void
add_hull (cairo_t *cr, Knot a, Knot b)
{
  const double ra = a.width / 2;
  const double rb = b.width / 2;
  const double distance = hypot (b.x - a.x, b.y - a.y);

  cairo_new_sub_path (cr);
  if (distance <= fabs (ra - rb))
    {
      const Knot large = ra > rb ? a : b;

      cairo_arc (cr, large.x, large.y, large.width / 2, 0, 2 * G_PI);
    }
  else
    {
      const double angle = atan2 (b.y - a.y, b.x - a.x);
      /* Angle of the points where the common tangents touch, from the line between the centres. */
      const double spread = acos ((ra - rb) / distance);

      cairo_arc (cr, a.x, a.y, ra, angle + spread, angle - spread + 2 * G_PI);
      cairo_arc (cr, b.x, b.y, rb, angle - spread, angle + spread);
    }
  cairo_close_path (cr);
}

/* The quadratic Bezier curve from @from to @to, with the control point @control, in one or more
 * pieces. */
static void
add_curve (cairo_t *cr, Knot from, Knot control, Knot to)
{
  Knot last = from;

  for (guint i = 1; i <= PIECES; i++)
    {
      const double t = (double) i / PIECES;
      const Knot next = between (between (from, control, t), between (control, to, t), t);

      add_hull (cr, last, next);
      last = next;
    }
}

static void
fill_uneven (cairo_t *cr, const InkStroke *stroke)
{
  Knot last = knot_of (stroke, 0);

  cairo_new_path (cr);
  for (guint i = 1; i + 1 < stroke->n_points; i++)
    {
      const Knot control = knot_of (stroke, i);
      const Knot middle = between (control, knot_of (stroke, i + 1), 0.5);

      add_curve (cr, last, control, middle);
      last = middle;
    }
  add_hull (cr, last, knot_of (stroke, stroke->n_points - 1));
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_fill (cr);
}

static void
line_even (cairo_t *cr, const InkStroke *stroke)
{
  Knot last = knot_of (stroke, 0);
  const Knot end = knot_of (stroke, stroke->n_points - 1);

  cairo_new_path (cr);
  cairo_move_to (cr, last.x, last.y);
  for (guint i = 1; i + 1 < stroke->n_points; i++)
    {
      const Knot control = knot_of (stroke, i);
      const Knot middle = between (control, knot_of (stroke, i + 1), 0.5);

      /* Cairo has cubic curves only; this one equals the quadratic. */
      cairo_curve_to (cr, last.x + (control.x - last.x) * 2 / 3,
                      last.y + (control.y - last.y) * 2 / 3,
                      middle.x + (control.x - middle.x) * 2 / 3,
                      middle.y + (control.y - middle.y) * 2 / 3, middle.x, middle.y);
      last = middle;
    }
  cairo_line_to (cr, end.x, end.y);
  cairo_set_line_width (cr, end.width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

void
picture_ink_stroke (cairo_t *cr, const InkStroke *stroke)
{
  cairo_save (cr);
  if (stroke->n_points == 1)
    {
      const Knot dot = knot_of (stroke, 0);

      cairo_new_path (cr);
      cairo_arc (cr, dot.x, dot.y, dot.width / 2, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  else if (is_even (stroke))
    line_even (cr, stroke);
  else
    fill_uneven (cr, stroke);
  cairo_restore (cr);
}

void
picture_ink (cairo_t *cr, const InkDrawing *drawing, const PictureColour *colour)
{
  cairo_save (cr);
  picture_set_colour (cr, colour);
  for (guint i = 0; i < drawing->n_strokes; i++)
    picture_ink_stroke (cr, drawing->strokes[i]);
  cairo_restore (cr);
}

PictureExtents
picture_ink_stroke_extents (const InkStroke *stroke)
{
  PictureExtents extents = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < stroke->n_points; i++)
    {
      const Knot knot = knot_of (stroke, i);
      const double radius = knot.width / 2;

      extents.x0 = MIN (extents.x0, knot.x - radius);
      extents.y0 = MIN (extents.y0, knot.y - radius);
      extents.x1 = MAX (extents.x1, knot.x + radius);
      extents.y1 = MAX (extents.y1, knot.y + radius);
    }
  return extents;
}
