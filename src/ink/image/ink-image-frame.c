/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-image-private.h"

#include <math.h>
#include <string.h>

/* A frame's line lies within this part of the picture's side from its edge. */
#define DEPTH 0.22
/* Largest slope of a line against the edge. */
#define MAX_SLOPE 0.05
/* Least part of a line that is ink: printed lines are faint and broken in photographs. */
#define MIN_COVER 0.75
/* A line ends where less than this part of the next parallel is ink. */
#define END_COVER 0.4
/* Largest width of a line, and of its soft edge, as parts of the side. */
#define MAX_WIDTH 0.1
#define SOFT 0.015
#define MAX_DEPTH 0.3
/* Paper is looked for this part of the shorter side further inwards. */
#define FURTHER 0.05
/* At most this many points of a line are looked at, to find one and to measure it. */
#define SOME_POINTS 64
#define ALL_POINTS 256
/* Ink is at an edge if it is nearer than this part of the side. */
#define NEAR 0.03

/* The pixels that stand out, seen from one edge: @depth counts from it inwards, @along runs along
 * it. */
typedef struct
{
  guint depth, along;
  guint8 *stands_out; /* [depth, along] whether the pixel or its neighbour in depth does */
} View;

/* How the pixels of a picture are reached from one edge. */
typedef struct
{
  const float *first; /* the pixel at the edge where @along begins */
  gssize inwards, onwards;
  guint depth, along;
} Edge;

static Edge
edge_of (const InkPlane *gray, InkSide side)
{
  const gssize w = gray->width, h = gray->height;

  switch (side)
    {
    case INK_SIDE_LEFT:
      return (Edge){ gray->values, 1, w, gray->width, gray->height };
    case INK_SIDE_RIGHT:
      return (Edge){ gray->values + w - 1, -1, w, gray->width, gray->height };
    case INK_SIDE_TOP:
      return (Edge){ gray->values, w, 1, gray->height, gray->width };
    case INK_SIDE_BOTTOM:
    case INK_N_SIDES:
    default:
      return (Edge){ gray->values + (h - 1) * w, -w, 1, gray->height, gray->width };
    }
}

/* The distance at which a pixel is compared with the paper. */
static guint
distance_to_paper (const InkPlane *gray)
{
  return MAX (2, (guint) (FURTHER * MIN (gray->width, gray->height)));
}

/* A pixel stands out if it is darker (@sign 1) or lighter (-1) than the paper further inwards, so
 * that neither shadows nor a faint line matter. */
static View
view_new (const InkPlane *gray, InkSide side, float sign, float contrast)
{
  const Edge edge = edge_of (gray, side);
  const guint further = distance_to_paper (gray);
  View view = { MIN ((guint) (MAX_DEPTH * edge.depth) + 2, edge.depth), edge.along, NULL };

  view.stands_out = g_malloc0 ((gsize) view.depth * view.along);
  for (guint d = 0; d < view.depth; d++)
    {
      const float *here = edge.first + (gssize) d * edge.inwards;
      const float *there = edge.first + (gssize) MIN (d + further, edge.depth - 1) * edge.inwards;
      const guint last = MIN (d + 1, view.depth - 1);

      for (guint a = 0; a < view.along; a++)
        if (sign * (there[(gssize) a * edge.onwards] - here[(gssize) a * edge.onwards]) > contrast)
          for (guint e = d > 0 ? d - 1 : 0; e <= last; e++)
            view.stands_out[(gsize) e * view.along + a] = 1;
    }
  return view;
}

/* The depth of the line at a place along the edge. */
static double
line_at (double depth, double slope, double along, guint n)
{
  return depth + slope * (along - n / 2.0);
}

/* The part of a line that stands out, from at most @n of its points; 0 as soon as it must be below
 * @least. */
static double
cover (const View *view, double depth, double slope, double least, guint n)
{
  const guint points = MIN (view->along, n);
  const guint allowed = (guint) ((1 - least) * points);
  guint missed = 0;

  for (guint i = 0; i < points; i++)
    {
      const guint along = (guint) ((guint64) (2 * i + 1) * view->along / (2 * points));
      const gssize at = (gssize) floor (line_at (depth, slope, along, view->along) + 0.5);

      if (at < 0 || at >= (gssize) view->depth ||
          !view->stands_out[at * (gssize) view->along + (gssize) along])
        if (++missed > allowed)
          return 0;
    }
  return 1 - (double) missed / points;
}

/* Whether a line ends as abruptly as a straight one does, and is thin; a curved stroke gets thinner
 * little by little. Moves @line to its inner end. @outer: (out): where it begins */
static gboolean
measure_line (const View *view, InkFrameLine *line, double *outer)
{
  const double side = (view->depth - 2) / MAX_DEPTH;
  /* A view makes a line two pixels wider. */
  const double widest = MAX_WIDTH * side + 3, soft = MAX (2, SOFT * side);
  double inner = line->depth, end;

  *outer = line->depth;
  while (*outer > 0 && cover (view, *outer - 1, line->slope, MIN_COVER, ALL_POINTS) > 0)
    *outer -= 1;
  while (inner < view->depth && cover (view, inner + 1, line->slope, MIN_COVER, ALL_POINTS) > 0)
    inner += 1;
  for (end = inner; end < inner + soft + 1; end++)
    if (cover (view, end + 1, line->slope, END_COVER, ALL_POINTS) <= 0)
      break;
  if (end > inner + soft || inner - *outer + 1 > widest)
    return FALSE;
  line->depth = end + 2;
  return TRUE;
}

/* Finds the innermost line along one edge. */
static gboolean
find_line (const View *view, InkFrameLine *line, double *outer)
{
  const double step = 4.0 / view->along; /* two pixels at the ends: a view is three pixels wide */
  const guint n_slopes = (guint) (MAX_SLOPE / step);
  const guint deepest = (guint) (DEPTH / MAX_DEPTH * (view->depth - 2));

  for (guint depth = deepest; depth + 1 > 0; depth--)
    {
      double best = 0;

      for (guint s = 0; s <= 2 * n_slopes; s++)
        {
          const double slope = ((double) s - n_slopes) * step;
          const double covered = cover (view, depth, slope, MAX (MIN_COVER, best), SOME_POINTS);

          if (covered > best)
            {
              best = covered;
              *line = (InkFrameLine){ TRUE, depth, slope };
            }
        }
      if (best > 0 && measure_line (view, line, outer))
        return TRUE;
    }
  *line = (InkFrameLine){ FALSE, 0, 0 };
  return FALSE;
}

gboolean
ink_frame_contains (const InkFrame *frame, double x, double y)
{
  const double depths[INK_N_SIDES] = { x, frame->width - 1 - x, y, frame->height - 1 - y };

  for (guint side = 0; side < INK_N_SIDES; side++)
    {
      const InkFrameLine *line = &frame->lines[side];
      const gboolean upright = side == INK_SIDE_LEFT || side == INK_SIDE_RIGHT;

      if (line->found && depths[side] < line_at (line->depth, line->slope, upright ? y : x,
                                                 upright ? frame->height : frame->width))
        return FALSE;
    }
  return TRUE;
}

void
ink_frame_step_inwards (const InkFrame *frame, guint *x, guint *y)
{
  InkFrame one = { .width = frame->width, .height = frame->height };
  gboolean outside[INK_N_SIDES];

  for (guint side = 0; side < INK_N_SIDES; side++)
    {
      one.lines[side] = frame->lines[side];
      outside[side] = !ink_frame_contains (&one, *x, *y);
      one.lines[side].found = FALSE;
    }
  *x += outside[INK_SIDE_LEFT] && *x + 1 < frame->width;
  *x -= outside[INK_SIDE_RIGHT] && *x > 0;
  *y += outside[INK_SIDE_TOP] && *y + 1 < frame->height;
  *y -= outside[INK_SIDE_BOTTOM] && *y > 0;
}

/* The distance from each edge of what stands out inside of the frame; %FALSE if nothing does. */
static gboolean
margins_inside (const InkPlane *gray,
                const InkFrame *frame,
                float sign,
                float contrast,
                double margins[INK_N_SIDES])
{
  const guint w = gray->width, h = gray->height;
  const guint further = distance_to_paper (gray);
  gsize n = 0;

  for (guint side = 0; side < INK_N_SIDES; side++)
    margins[side] = INFINITY;
  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        const float *here = gray->values + (gsize) y * w + x;
        const float beside[4] = {
          x >= further ? here[-(gssize) further] : *here,
          x + further < w ? here[further] : *here,
          y >= further ? here[-(gssize) (further * w)] : *here,
          y + further < h ? here[further * w] : *here,
        };
        gboolean stands_out = FALSE;

        for (guint i = 0; i < 4; i++)
          stands_out |= sign * (beside[i] - *here) > contrast;
        if (!stands_out || !ink_frame_contains (frame, x, y))
          continue;
        n++;
        margins[INK_SIDE_LEFT] = MIN (margins[INK_SIDE_LEFT], x);
        margins[INK_SIDE_RIGHT] = MIN (margins[INK_SIDE_RIGHT], w - 1.0 - x);
        margins[INK_SIDE_TOP] = MIN (margins[INK_SIDE_TOP], y);
        margins[INK_SIDE_BOTTOM] = MIN (margins[INK_SIDE_BOTTOM], h - 1.0 - y);
      }
  return n > 0;
}

/* Whether the lines are strokes of digits that fill the picture, such as the bar of a 7 or the 1
 * in 10: then the rest reaches the opposite edge, as far as the line is from its own. */
static gboolean
is_writing (const InkPlane *gray,
            const InkFrame *frame,
            float sign,
            float contrast,
            const double outer[INK_N_SIDES])
{
  static const InkSide opposite[INK_N_SIDES] = { INK_SIDE_RIGHT, INK_SIDE_LEFT, INK_SIDE_BOTTOM,
                                                 INK_SIDE_TOP };
  const double size[INK_N_SIDES] = { gray->width, gray->width, gray->height, gray->height };
  double margins[INK_N_SIDES], border = 0;
  gboolean reached[INK_N_SIDES];
  guint n_lines = 0;

  for (guint side = 0; side < INK_N_SIDES; side++)
    if (frame->lines[side].found)
      {
        n_lines++;
        border = MAX (border, outer[side]);
      }
  /* Only a whole frame is one without anything inside. */
  if (!margins_inside (gray, frame, sign, contrast, margins))
    return n_lines < INK_N_SIDES;
  for (guint side = 0; side < INK_N_SIDES; side++)
    reached[side] = margins[side] <= border + NEAR * size[side] + 1;
  if (n_lines >= 3)
    return FALSE;
  for (guint side = 0; side < INK_N_SIDES; side++)
    if (frame->lines[side].found)
      {
        const gboolean upright = side == INK_SIDE_LEFT || side == INK_SIDE_RIGHT;

        if (!frame->lines[opposite[side]].found ? !reached[opposite[side]] :
            upright ? !reached[INK_SIDE_TOP] || !reached[INK_SIDE_BOTTOM] :
                      !reached[INK_SIDE_LEFT] || !reached[INK_SIDE_RIGHT])
          return FALSE;
      }
  return TRUE;
}

gboolean
ink_image_find_frame (const InkPlane *gray, float sign, float contrast, InkFrame *frame)
{
  double outer[INK_N_SIDES] = { 0 };
  gboolean any = FALSE;

  *frame = (InkFrame){ .width = gray->width, .height = gray->height };
  if (gray->width < 16 || gray->height < 16)
    return FALSE;
  for (guint side = 0; side < INK_N_SIDES; side++)
    {
      View view = view_new (gray, side, sign, contrast);

      any |= find_line (&view, &frame->lines[side], &outer[side]);
      g_free (view.stands_out);
    }
  if (any && is_writing (gray, frame, sign, contrast, outer))
    any = FALSE;
  if (!any)
    memset (frame->lines, 0, sizeof frame->lines);
  return any;
}
