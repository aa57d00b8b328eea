/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "numeral-canvas-private.h"

/* In units of the drawing: distance of a bracket below the ink's centreline, height of its ends,
 * and its minimum width, for a digit such as "1". */
#define BELOW 52.0
#define TICK 14.0
#define NARROWEST 70.0

/* Gap between two brackets. */
#define APART 8.0

/* In units of the drawing: maximum movement of a tap between press and release, and maximum
 * distance of a tap from the ink of its digit. */
#define TAP 12.0
#define REACH 30.0

/* Converts @box from pixels of the picture to units of the canvas, if a picture is shown. */
static InkBox
on_canvas (NumeralCanvas *self, InkBox box)
{
  const NumeralCanvasImage *image = numeral_canvas_get_image (self);

  return image && image->picture ? numeral_canvas_image_map (image, box) : box;
}

void
numeral_canvas_set_marks (NumeralCanvas *self, const InkBox *boxes, guint n, guint chosen)
{
  InkBox marks[INK_SPLIT_MAX_PARTS];

  g_return_if_fail (NUMERAL_IS_CANVAS (self));
  g_return_if_fail (n <= INK_SPLIT_MAX_PARTS);

  for (guint i = 0; i < n; i++)
    marks[i] = on_canvas (self, boxes[i]);
  if (n == self->n_marks && chosen == self->chosen_mark &&
      memcmp (marks, self->marks, n * sizeof *marks) == 0)
    return;
  memcpy (self->marks, marks, n * sizeof *marks);
  self->n_marks = n;
  self->chosen_mark = chosen;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
beside (const InkBox *a, const InkBox *b)
{
  return a->y0 <= b->y1 && b->y0 <= a->y1;
}

/* The position of a digit's bracket. It is as low as the lowest of the row, so that all are in
 * line, and leaves a gap to its neighbours. */
static void
bracket_of (NumeralCanvas *self, guint place, double *x0, double *x1, double *y)
{
  const InkBox *box = &self->marks[place];
  const double middle = ((double) box->x0 + box->x1) / 2;
  const double half = MAX ((double) box->x1 - box->x0, NARROWEST) / 2;

  *x0 = middle - half;
  *x1 = middle + half;
  *y = box->y1;
  for (guint i = 0; i < self->n_marks; i++)
    {
      const InkBox *other = &self->marks[i];

      if (i == place || !beside (box, other))
        continue;
      *y = MAX (*y, (double) other->y1);
      if (i + 1 == place)
        *x0 = MAX (*x0, ((double) other->x1 + box->x0) / 2 + APART / 2);
      else if (i == place + 1)
        *x1 = MIN (*x1, ((double) box->x1 + other->x0) / 2 - APART / 2);
    }
  /* There is no room between digits that overlap. */
  *x1 = MAX (*x1, *x0 + APART);
  *y = MIN (*y + BELOW, NUMERAL_CANVAS_SIZE - TICK);
}

void
numeral_canvas_snapshot_marks (NumeralCanvas *self,
                               GtkSnapshot *snapshot,
                               const GdkRGBA *colour,
                               double side)
{
  const double scale = side / NUMERAL_CANVAS_SIZE;
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA faint = *colour, accent;
  cairo_t *cr;

  if (self->n_marks == 0)
    return;
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = *colour;
  /* A picture has its own background, on which the colour of ink may be invisible. */
  if (numeral_canvas_get_image (self))
    faint = accent;
  faint.alpha *= numeral_canvas_get_image (self) ? 0.5f : 0.3f;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) side, (float) side));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->n_marks; i++)
    {
      double x0, x1, y;

      bracket_of (self, i, &x0, &x1, &y);
      gdk_cairo_set_source_rgba (cr, i == self->chosen_mark ? &accent : &faint);
      cairo_set_line_width (cr, i == self->chosen_mark ? 2.5 : 1.5);
      cairo_move_to (cr, x0 * scale, (y - TICK) * scale);
      cairo_line_to (cr, x0 * scale, y * scale);
      cairo_line_to (cr, x1 * scale, y * scale);
      cairo_line_to (cr, x1 * scale, (y - TICK) * scale);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

guint
numeral_canvas_find_mark (NumeralCanvas *self, double x, double y)
{
  for (guint i = 0; i < self->n_marks; i++)
    {
      double x0, x1, bottom;

      bracket_of (self, i, &x0, &x1, &bottom);
      if (x >= x0 && x <= x1 && y >= self->marks[i].y0 - REACH && y <= bottom + REACH)
        return i;
    }
  return self->n_marks;
}

gboolean
numeral_canvas_is_tap (double dx, double dy)
{
  return fabs (dx) <= TAP && fabs (dy) <= TAP;
}

gboolean
numeral_canvas_tap_mark (NumeralCanvas *self)
{
  const InkStroke *stroke = self->stroke;
  guint place = self->pressed_mark;

  if (!stroke || place >= self->n_marks)
    return FALSE;
  for (guint i = 1; i < stroke->n_points; i++)
    if (!numeral_canvas_is_tap ((double) stroke->points[i].x - stroke->points[0].x,
                                (double) stroke->points[i].y - stroke->points[0].y))
      return FALSE;
  g_clear_pointer (&self->stroke, ink_stroke_unref);
  numeral_canvas_mark_changed (self);
  numeral_canvas_activate_mark (self, place);
  return TRUE;
}
