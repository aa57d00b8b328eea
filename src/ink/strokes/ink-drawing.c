/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-drawing.h"

#include <math.h>

/* Moves the strokes out of @strokes, which is empty afterwards. */
static InkDrawing *
drawing_new_take (GPtrArray *strokes)
{
  InkDrawing *drawing = g_new0 (InkDrawing, 1);

  if (strokes->len > INK_MAX_STROKES)
    g_ptr_array_set_size (strokes, INK_MAX_STROKES);
  drawing->n_strokes = strokes->len;
  drawing->strokes = (InkStroke **) g_ptr_array_steal (strokes, NULL);
  drawing->ref_count = 1;
  return drawing;
}

static GPtrArray *
strokes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
}

InkDrawing *
ink_drawing_new_empty (void)
{
  return ink_drawing_new (NULL, 0);
}

InkDrawing *
ink_drawing_new (InkStroke *const *strokes, guint n_strokes)
{
  InkDrawing *drawing = g_new0 (InkDrawing, 1);

  drawing->n_strokes = MIN (n_strokes, INK_MAX_STROKES);
  drawing->strokes = g_new (InkStroke *, drawing->n_strokes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    drawing->strokes[i] = ink_stroke_ref (strokes[i]);
  drawing->ref_count = 1;
  return drawing;
}

InkDrawing *
ink_drawing_ref (InkDrawing *drawing)
{
  g_atomic_int_inc (&drawing->ref_count);
  return drawing;
}

void
ink_drawing_unref (InkDrawing *drawing)
{
  if (!g_atomic_int_dec_and_test (&drawing->ref_count))
    return;
  for (guint i = 0; i < drawing->n_strokes; i++)
    ink_stroke_unref (drawing->strokes[i]);
  g_free (drawing->strokes);
  g_free (drawing);
}

InkDrawing *
ink_drawing_with_stroke (const InkDrawing *drawing, InkStroke *stroke)
{
  g_autoptr (GPtrArray) strokes = strokes_new ();

  for (guint i = 0; i < drawing->n_strokes; i++)
    g_ptr_array_add (strokes, ink_stroke_ref (drawing->strokes[i]));
  g_ptr_array_add (strokes, ink_stroke_ref (stroke));
  return drawing_new_take (strokes);
}

typedef struct
{
  double x, y, radius;
} Disc;

/**
 * cut_segment:
 * @t0: @t1: (out): the erased part of the segment, 0 to 1 along it
 *
 * Between two points the ink is a disc that moves in a straight line and whose
 * radius changes evenly. It touches the eraser where
 *   |p(t) - c| <= r + w(t),  p(t) = a + t d,  w(t) = w0 + t dw,
 * a quadratic in t once both sides are squared, which they may be, as neither is
 * negative within the segment. The left side is convex and the right one linear,
 * so the erased part is one interval. Contact below the rounding error does not count:
 * the eraser must not find a cut that it has made before.
 */
static gboolean
cut_segment (const InkStroke *stroke,
             const InkPoint *from,
             const InkPoint *to,
             const Disc *disc,
             double *t0,
             double *t1)
{
  const double w0 = ink_stroke_width_at (stroke, from->pressure) / 2;
  const double dw = ink_stroke_width_at (stroke, to->pressure) / 2 - w0;
  const double ax = from->x - disc->x, ay = from->y - disc->y;
  const double dx = (double) to->x - from->x, dy = (double) to->y - from->y;
  const double reach = disc->radius + w0;
  const double scale = fabs (disc->x) + fabs (disc->y) + reach + fabs (dw);
  const double slack = 1e-5 * scale;
  const double a = dx * dx + dy * dy - dw * dw;
  const double b = ax * dx + ay * dy - reach * dw;
  const double c = ax * ax + ay * ay - reach * reach;
  const double root = sqrt (MAX (b * b - a * c, 0.0));
  double lo = 0.0, hi = 1.0, middle, depth;

  if (a > 0.0)
    {
      if (b * b - a * c <= 0.0)
        return FALSE;
      lo = MAX (lo, (-b - root) / a);
      hi = MIN (hi, (-b + root) / a);
    }
  else
    {
      /* One end's disc holds the other's: the interval reaches to the wider end. */
      const gboolean at_start = c <= 0.0;
      const gboolean at_end = a + 2 * b + c <= 0.0;

      if (!at_start && !at_end)
        return FALSE;
      if (at_start != at_end)
        {
          /* The one root of a t^2 + 2 b t + c within the segment, in a form safe for a near 0. */
          const double q = -(b + copysign (root, b));
          const double r1 = q != 0.0 ? c / q : 0.0;
          const double r2 = a != 0.0 ? q / a : r1;
          const double t = r1 >= 0.0 && r1 <= 1.0 ? r1 : CLAMP (r2, 0.0, 1.0);

          if (at_start)
            hi = t;
          else
            lo = t;
        }
    }
  if (!(lo < hi))
    return FALSE;

  /* |p - c| - w is convex: the middle of the interval lies at least half as deep as the deepest. */
  middle = (lo + hi) / 2;
  depth = reach + middle * dw - hypot (ax + middle * dx, ay + middle * dy);
  if (depth <= slack)
    return FALSE;
  *t0 = lo;
  *t1 = hi;
  return TRUE;
}

static InkPoint
point_between (const InkPoint *from, const InkPoint *to, double t)
{
  return (InkPoint){
    .x = (float) (from->x + t * ((double) to->x - from->x)),
    .y = (float) (from->y + t * ((double) to->y - from->y)),
    .pressure = (float) (from->pressure + t * ((double) to->pressure - from->pressure)),
    .time = (float) (from->time + t * ((double) to->time - from->time)),
  };
}

static gboolean
covers_point (const InkStroke *stroke, const InkPoint *point, const Disc *disc)
{
  const double reach = disc->radius + ink_stroke_width_at (stroke, point->pressure) / 2;

  return hypot (point->x - disc->x, point->y - disc->y) < reach;
}

/* Ends a piece. A single point is dropped: it is the remainder of a cut at a stroke's end, not ink
 * that somebody drew. */
static void
finish_piece (GPtrArray *pieces, InkStroke **piece)
{
  if (*piece == NULL)
    return;
  if ((*piece)->n_points > 1)
    g_ptr_array_add (pieces, *piece);
  else
    ink_stroke_unref (*piece);
  *piece = NULL;
}

static void
extend_piece (InkStroke **piece, const InkStroke *stroke, InkPoint point)
{
  if (*piece == NULL)
    *piece = ink_stroke_new (stroke->width);
  ink_stroke_append (*piece, point);
}

/* Adds the parts of @stroke outside the disc to @pieces. Returns whether the disc touched it. */
static gboolean
erase_stroke (InkStroke *stroke, const Disc *disc, GPtrArray *pieces)
{
  const InkPoint *points = stroke->points;
  InkStroke *piece = NULL;
  gboolean touched = FALSE;
  double t0, t1;

  if (stroke->n_points == 1)
    {
      touched = covers_point (stroke, &points[0], disc);
      if (!touched)
        g_ptr_array_add (pieces, ink_stroke_ref (stroke));
      return touched;
    }

  for (guint i = 0; i + 1 < stroke->n_points && !touched; i++)
    touched = cut_segment (stroke, &points[i], &points[i + 1], disc, &t0, &t1);
  if (!touched)
    {
      g_ptr_array_add (pieces, ink_stroke_ref (stroke));
      return FALSE;
    }

  for (guint i = 0; i + 1 < stroke->n_points; i++)
    {
      const InkPoint *from = &points[i], *to = &points[i + 1];

      if (!cut_segment (stroke, from, to, disc, &t0, &t1))
        {
          extend_piece (&piece, stroke, *from);
          extend_piece (&piece, stroke, *to);
          continue;
        }
      if (t0 > 0.0)
        {
          extend_piece (&piece, stroke, *from);
          extend_piece (&piece, stroke, point_between (from, to, t0));
        }
      finish_piece (pieces, &piece);
      if (t1 < 1.0)
        {
          extend_piece (&piece, stroke, point_between (from, to, t1));
          extend_piece (&piece, stroke, *to);
        }
    }
  finish_piece (pieces, &piece);
  return TRUE;
}

InkDrawing *
ink_drawing_erase (InkDrawing *drawing, float x, float y, float radius)
{
  const Disc disc = { x, y, MAX (radius, 0.0f) };
  g_autoptr (GPtrArray) pieces = strokes_new ();
  gboolean touched = FALSE;

  if (!isfinite (x) || !isfinite (y) || !isfinite (radius))
    return ink_drawing_ref (drawing);
  for (guint i = 0; i < drawing->n_strokes; i++)
    touched |= erase_stroke (drawing->strokes[i], &disc, pieces);
  return touched ? drawing_new_take (pieces) : ink_drawing_ref (drawing);
}

InkDrawing *
ink_drawing_transform (const InkDrawing *drawing, float scale, float dx, float dy)
{
  g_autoptr (GPtrArray) strokes = strokes_new ();

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *old = drawing->strokes[i];
      g_autoptr (InkStroke) stroke = ink_stroke_new (old->width * fabsf (scale));

      for (guint j = 0; j < old->n_points; j++)
        {
          InkPoint point = old->points[j];

          point.x = point.x * scale + dx;
          point.y = point.y * scale + dy;
          ink_stroke_append (stroke, point);
        }
      if (stroke->n_points > 0)
        g_ptr_array_add (strokes, g_steal_pointer (&stroke));
    }
  return drawing_new_take (strokes);
}

InkBox
ink_drawing_box (const InkDrawing *drawing)
{
  InkBox box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *p = &drawing->strokes[i]->points[j];

        box.x0 = MIN (box.x0, p->x);
        box.y0 = MIN (box.y0, p->y);
        box.x1 = MAX (box.x1, p->x);
        box.y1 = MAX (box.y1, p->y);
      }
  return box;
}

gboolean
ink_drawing_is_empty (const InkDrawing *drawing)
{
  return ink_drawing_n_points (drawing) == 0;
}

guint
ink_drawing_n_points (const InkDrawing *drawing)
{
  guint n = 0;

  for (guint i = 0; i < drawing->n_strokes; i++)
    n += drawing->strokes[i]->n_points;
  return n;
}

gboolean
ink_drawing_has_motion (const InkDrawing *drawing)
{
  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *point = &drawing->strokes[i]->points[j];

        if (point->time != 0 || point->pressure != 0.5f)
          return TRUE;
      }
  return FALSE;
}
