/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-split-private.h"

/* Strokes nearer than this, in units of the line, count as touching: a pen has a width, and people
 * often stop just short of the stroke that they aim at. */
#define TOUCH 0.06

/* Least width of a stroke for measuring overlap. Without it, the overlap of a straight "1" would be
 * either 0 or 1. */
#define NARROWEST 0.1

/* Ink lower than this is a bar or a dot. */
#define SMALL 0.3

InkBox
ink_split_box_union (InkBox a, InkBox b)
{
  return (InkBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

static double
box_width (const InkBox *box)
{
  return (double) box->x1 - box->x0;
}

static double
box_height (const InkBox *box)
{
  return (double) box->y1 - box->y0;
}

static double
length_of (const InkStroke *stroke)
{
  double length = 0.0;

  for (guint i = 1; i < stroke->n_points; i++)
    length += hypot ((double) stroke->points[i].x - stroke->points[i - 1].x,
                     (double) stroke->points[i].y - stroke->points[i - 1].y);
  return length;
}

void
ink_split_stroke_init (InkSplitStroke *self, const InkStroke *stroke, guint index)
{
  const double step = length_of (stroke) / (INK_SPLIT_MAX_SAMPLES - 1);
  double walked = 0.0;

  self->index = index;
  self->box = (InkBox){ stroke->points[0].x, stroke->points[0].y, stroke->points[0].x,
                        stroke->points[0].y };
  self->x[0] = stroke->points[0].x;
  self->y[0] = stroke->points[0].y;
  self->n_samples = 1;
  for (guint i = 1; i < stroke->n_points; i++)
    {
      const InkPoint *from = &stroke->points[i - 1], *to = &stroke->points[i];
      const double length = hypot ((double) to->x - from->x, (double) to->y - from->y);

      self->box = ink_split_box_union (self->box, (InkBox){ to->x, to->y, to->x, to->y });
      while (self->n_samples < INK_SPLIT_MAX_SAMPLES && length > 0.0 &&
             self->n_samples * step <= walked + length)
        {
          const double t = (self->n_samples * step - walked) / length;

          self->x[self->n_samples] = (float) (from->x + t * ((double) to->x - from->x));
          self->y[self->n_samples] = (float) (from->y + t * ((double) to->y - from->y));
          self->n_samples++;
        }
      walked += length;
    }
}

static gboolean
strokes_touch (const InkSplitStroke *a, const InkSplitStroke *b, double unit)
{
  const float reach = (float) (TOUCH * unit);

  if (a->box.x0 > b->box.x1 + reach || b->box.x0 > a->box.x1 + reach ||
      a->box.y0 > b->box.y1 + reach || b->box.y0 > a->box.y1 + reach)
    return FALSE;
  for (guint i = 0; i < a->n_samples; i++)
    for (guint j = 0; j < b->n_samples; j++)
      {
        const float dx = a->x[i] - b->x[j], dy = a->y[i] - b->y[j];

        if (dx * dx + dy * dy < reach * reach)
          return TRUE;
      }
  return FALSE;
}

/* The width of the ink in the lowest quarter of a piece. */
static double
foot_of (const InkSplitLine *line, const InkSplitPiece *piece)
{
  const float from = piece->box.y1 - 0.25f * (piece->box.y1 - piece->box.y0);
  float x0 = INFINITY, x1 = -INFINITY;

  for (guint i = 0; i < line->n_strokes; i++)
    if (piece->strokes >> i & 1)
      for (guint j = 0; j < line->strokes[i].n_samples; j++)
        if (line->strokes[i].y[j] >= from)
          {
            x0 = MIN (x0, line->strokes[i].x[j]);
            x1 = MAX (x1, line->strokes[i].x[j]);
          }
  return x1 > x0 ? (double) x1 - x0 : 0.0;
}

/**
 * link_of:
 * @a: @b: ordered by their middles from left to right
 * @foot: of @a, see foot_of()
 *
 * The log odds that two neighbours are parts of one digit. For two pieces that might each be a
 * digit, the coefficients come from logistic regression, rounded: on borders inside pen digits of
 * several strokes, and between the digits of 7,000 four-digit numbers, by 24 writers, both classes
 * weighted equally. The fall-off at large gaps is set by hand, because those writers left no such
 * gaps. So are the odds of bars and dots, where the question is mostly which neighbour they belong
 * to.
 */
static double
link_of (const InkBox *a, const InkBox *b, double foot, gboolean touch, double unit)
{
  const double overlap = ((double) MIN (a->x1, b->x1) - MAX (a->x0, b->x0)) / unit;
  const double narrower = MAX (MIN (box_width (a), box_width (b)) / unit, NARROWEST);
  const double small = MIN (box_height (a), box_height (b)) / unit;
  const double cover = CLAMP (overlap / narrower, 0.0, 1.0);
  const double gap = MAX (-overlap, 0.0);
  /* How much lower the right piece is. Digits share a baseline; the stem of a "4" that is open at
   * its right reaches further down than its hook, begins lower, and is narrow. */
  const double feet = ((double) b->y1 - a->y1) / unit, tops = ((double) b->y0 - a->y0) / unit;
  double odds = (touch ? 2.0 : 0.0) - 10.5 * gap - 15.0 * MAX (gap - 0.25, 0.0);

  if (small <= SMALL)
    {
      /* A dot has no width: use the least width. */
      const double room = MAX (NARROWEST - MIN (box_width (a), box_width (b)) / unit, 0.0) / 2;

      return odds - 4.3 + 10.9 * CLAMP ((overlap + room) / narrower, 0.0, 1.0) +
             13.7 * (0.45 - small);
    }

  /* The hook of a "4" ends in a line towards the stem, a "1" in a point. */
  odds += -3.4 + 4.7 * MIN (foot / unit, 0.25) + 14.0 * cover;
  odds += 4.5 * MAX (0.45 - small, 0.0) - 7.7 * MAX (small - 0.75, 0.0);
  odds += 13.5 * CLAMP (feet - 0.06, 0.0, 0.4) + 3.5 * CLAMP (-feet - 0.1, 0.0, 1.0);
  odds += 12.1 * CLAMP (tops, 0.0, 0.5) * CLAMP (feet / 0.1, 0.0, 1.0);
  odds -= 0.8 * MAX (narrower - 0.3, 0.0) + 11.2 * CLAMP (box_width (b) / unit - 0.25, 0.0, 0.4);
  return odds;
}

double
ink_split_shape (const InkSplitLine *line, guint first, guint last)
{
  InkBox box = line->pieces[first].box;

  for (guint i = first + 1; i <= last; i++)
    box = ink_split_box_union (box, line->pieces[i].box);
  return -25.0 * MAX (SMALL - box_height (&box) / line->unit, 0.0);
}

static gboolean
pieces_touch (const InkSplitLine *line, guint64 a, guint64 b)
{
  for (guint i = 0; i < line->n_strokes; i++)
    if (a >> i & 1 && (line->touching[i] & b) != 0)
      return TRUE;
  return FALSE;
}

static int
by_middle (gconstpointer a, gconstpointer b)
{
  const InkBox *p = &((const InkSplitPiece *) a)->box, *q = &((const InkSplitPiece *) b)->box;
  const double x = (double) p->x0 + p->x1, y = (double) q->x0 + q->x1;

  return (x > y) - (x < y);
}

static double
piece_link (const InkSplitLine *line, const InkSplitPiece *a, const InkSplitPiece *b)
{
  if (by_middle (a, b) > 0)
    return piece_link (line, b, a);
  return link_of (&a->box, &b->box, foot_of (line, a), pieces_touch (line, a->strokes, b->strokes),
                  line->unit);
}

/* Joins the two pieces with the highest log odds, so that a bar joins the body that it lies on and
 * not a digit nearby. The joined piece may then surely belong to a third one. */
static gboolean
join_surest (InkSplitLine *line)
{
  guint first = 0, second = 0;
  double surest = INK_SPLIT_SURE_JOIN;

  for (guint i = 0; i < line->n_pieces; i++)
    for (guint j = i + 1; j < line->n_pieces; j++)
      {
        const double odds = piece_link (line, &line->pieces[i], &line->pieces[j]);

        if (odds > surest)
          {
            surest = odds;
            first = i;
            second = j;
          }
      }
  if (first == second)
    return FALSE;
  line->pieces[first].strokes |= line->pieces[second].strokes;
  line->pieces[first].box = ink_split_box_union (line->pieces[first].box, line->pieces[second].box);
  line->pieces[second] = line->pieces[--line->n_pieces];
  return TRUE;
}

void
ink_split_line_init (InkSplitLine *line)
{
  double height = 0.0, width = 0.0;

  for (guint i = 0; i < line->n_strokes; i++)
    {
      const InkBox *box = &line->strokes[i].box;

      height = MAX (height, box_height (box));
      width = MAX (width, box_width (box));
      line->pieces[i] = (InkSplitPiece){ (guint64) 1 << i, *box };
    }
  line->n_pieces = line->n_strokes;
  /* Flat ink and dots have no height: use half the width, or a small number. */
  line->unit = MAX (height, MAX (width / 2, 1e-6));

  for (guint i = 0; i < line->n_strokes; i++)
    for (guint j = 0; j < line->n_strokes; j++)
      if (i != j && strokes_touch (&line->strokes[i], &line->strokes[j], line->unit))
        line->touching[i] |= (guint64) 1 << j;
  while (join_surest (line))
    ;
  qsort (line->pieces, line->n_pieces, sizeof line->pieces[0], by_middle);
  for (guint i = 0; i + 1 < line->n_pieces; i++)
    line->links[i] = piece_link (line, &line->pieces[i], &line->pieces[i + 1]);
}
