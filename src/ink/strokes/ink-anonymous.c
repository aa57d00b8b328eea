/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-anonymous.h"

#include <math.h>
#include <stdlib.h>

#include "ink-tensor.h"

/* A digit has about 150. It bounds the memory for a scribble. */
#define MAX_POINTS 100000

/* The pen has the width that it has in the tensor, relative to the centreline's box. */
static float
pen_width (void)
{
  const InkTensorStyle *style = &ink_tensor_style_default;

  return (float) round (INK_ANONYMOUS_SIDE * style->pen / (style->box - style->pen));
}

/* By height, then from the left. */
static int
compare_points (const InkPoint *a, const InkPoint *b)
{
  if (a->y != b->y)
    return a->y < b->y ? -1 : 1;
  return (a->x > b->x) - (a->x < b->x);
}

/* Whether a stroke is read from its last point. Ends at the same place are told apart by their
 * neighbours, so that a stroke and its reverse always give the same. */
static gboolean
is_backward (const InkStroke *stroke)
{
  for (guint i = 0, j = stroke->n_points - 1; i < j; i++, j--)
    {
      const int order = compare_points (&stroke->points[i], &stroke->points[j]);

      if (order != 0)
        return order > 0;
    }
  return FALSE;
}

/* The point of a stroke in the direction that is kept. */
static const InkPoint *
point_at (const InkStroke *stroke, gboolean backward, guint i)
{
  return &stroke->points[backward ? stroke->n_points - 1 - i : i];
}

static double
distance (const InkPoint *a, const InkPoint *b)
{
  return hypot ((double) b->x - a->x, (double) b->y - a->y);
}

static double
length_of (const InkStroke *stroke, gboolean backward)
{
  double length = 0;

  for (guint i = 1; i < stroke->n_points; i++)
    length += distance (point_at (stroke, backward, i - 1), point_at (stroke, backward, i));
  return length;
}

/* @x: @y: the middle of the drawing's box */
typedef struct
{
  double scale, x, y;
} Place;

static void
append (InkStroke *to, const Place *place, double x, double y)
{
  /* Rounding may give -0, which is written in another way than 0. */
  const InkPoint point = {
    .x = (float) fabs (round ((x - place->x) * place->scale + INK_ANONYMOUS_SIDE / 2.0)),
    .y = (float) fabs (round ((y - place->y) * place->scale + INK_ANONYMOUS_SIDE / 2.0)),
    .pressure = 0.5f,
  };

  ink_stroke_append (to, point);
}

/* @step: in units of @from */
static InkStroke *
resample (const InkStroke *from, const Place *place, double step)
{
  InkStroke *to = ink_stroke_new (pen_width ());
  const gboolean backward = is_backward (from);
  const double length = length_of (from, backward);
  const guint n = (guint) MAX (1.0, round (length / step));
  const InkPoint *last = point_at (from, backward, from->n_points - 1);
  double passed = 0;
  guint k = 1;

  append (to, place, point_at (from, backward, 0)->x, point_at (from, backward, 0)->y);
  for (guint i = 1; i < from->n_points; i++)
    {
      const InkPoint *a = point_at (from, backward, i - 1), *b = point_at (from, backward, i);
      const double segment = distance (a, b);

      for (; k < n && k * length / n <= passed + segment; k++)
        {
          const double t = segment > 0 ? (k * length / n - passed) / segment : 0;

          append (to, place, a->x + t * ((double) b->x - a->x), a->y + t * ((double) b->y - a->y));
        }
      passed += segment;
    }
  append (to, place, last->x, last->y);
  return to;
}

static int
compare_strokes (const void *a, const void *b)
{
  const InkStroke *first = *(InkStroke *const *) a, *second = *(InkStroke *const *) b;
  const guint n = MIN (first->n_points, second->n_points);

  for (guint i = 0; i < n; i++)
    {
      const int order = compare_points (&first->points[i], &second->points[i]);

      if (order != 0)
        return order;
    }
  return (first->n_points > second->n_points) - (first->n_points < second->n_points);
}

static InkDrawing *
new_dot (void)
{
  static const Place middle = { 0 };
  g_autoptr (InkStroke) stroke = ink_stroke_new (pen_width ());

  append (stroke, &middle, 0, 0);
  return ink_drawing_new (&stroke, 1);
}

InkDrawing *
ink_drawing_anonymise (const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);
  const double extent = MAX ((double) box.x1 - box.x0, (double) box.y1 - box.y0);
  g_autoptr (GPtrArray) strokes = NULL;
  InkTensorPlace in_tensor;
  double step, length = 0;
  Place place;

  if (!ink_tensor_find_place (drawing, NULL, &in_tensor))
    return ink_drawing_new_empty ();
  if (!(in_tensor.scale > 0))
    return new_dot ();
  place = (Place){
    .scale = INK_ANONYMOUS_SIDE / extent,
    .x = ((double) box.x0 + box.x1) / 2,
    .y = ((double) box.y0 + box.y1) / 2,
  };
  for (guint i = 0; i < drawing->n_strokes; i++)
    length += length_of (drawing->strokes[i], FALSE);
  step = MAX (INK_ANONYMOUS_STEP / place.scale, length / MAX_POINTS);
  strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  for (guint i = 0; i < drawing->n_strokes; i++)
    g_ptr_array_add (strokes, resample (drawing->strokes[i], &place, step));
  qsort (strokes->pdata, strokes->len, sizeof (gpointer), compare_strokes);
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}
