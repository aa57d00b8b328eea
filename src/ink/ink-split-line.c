/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-split-private.h"

/* Strokes that come this near to one another, in units of the line, touch: a pen has a width, and a
 * hand that closes a form stops short of it. */
#define TOUCH 0.06

/* The narrowest that a stroke is taken for where overlaps are measured: the one of a straight "1"
 * would be all or nothing. */
#define NARROWEST 0.1

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

/**
 * link_of:
 *
 * The log odds that two neighbours are parts of one digit. What each term is worth was set on
 * digits of several strokes, against digits beside one another, by pen writers.
 */
static double
link_of (const InkBox *a, const InkBox *b, gboolean touch, double unit)
{
  const double overlap = ((double) MIN (a->x1, b->x1) - MAX (a->x0, b->x0)) / unit;
  const double narrower = MAX (MIN (box_width (a), box_width (b)) / unit, NARROWEST);
  const double small = MIN (box_height (a), box_height (b)) / unit;
  const double cover = CLAMP (overlap / narrower, 0.0, 1.0);
  const double gap = MAX (-overlap, 0.0);
  /* Digits stand on one line; the strokes of an open "4" do not. */
  const double feet = fabs ((double) a->y1 - b->y1) / unit;
  double odds = -1.5;

  odds += 6.0 * cover - 25.0 * gap;
  if (touch)
    odds += 3.0;
  /* What is too small for a digit belongs to something. */
  odds += 10.0 * MAX (0.45 - small, 0.0);
  if (small > 0.8)
    odds -= 1.5;
  odds += 6.0 * CLAMP (feet - 0.12, 0.0, 0.4);
  return odds;
}

double
ink_split_shape (const InkSplitLine *line, const InkBox *box)
{
  const double height = box_height (box) / line->unit, width = box_width (box) / line->unit;

  return -12.0 * MAX (0.45 - height, 0.0) - 4.0 * MAX (width - 1.1, 0.0);
}

static gboolean
pieces_touch (const InkSplitLine *line, guint64 a, guint64 b)
{
  for (guint i = 0; i < line->n_strokes; i++)
    if (a >> i & 1)
      for (guint j = 0; j < line->n_strokes; j++)
        if (b >> j & 1 && strokes_touch (&line->strokes[i], &line->strokes[j], line->unit))
          return TRUE;
  return FALSE;
}

/* Once two pieces are one they may surely belong to a third. */
static gboolean
join_one (InkSplitLine *line)
{
  for (guint i = 0; i < line->n_pieces; i++)
    for (guint j = i + 1; j < line->n_pieces; j++)
      {
        InkSplitPiece *a = &line->pieces[i], *b = &line->pieces[j];

        if (link_of (&a->box, &b->box, FALSE, line->unit) + 3.0 < INK_SPLIT_SURE ||
            link_of (&a->box, &b->box, pieces_touch (line, a->strokes, b->strokes), line->unit) <
                INK_SPLIT_SURE)
          continue;
        a->strokes |= b->strokes;
        a->box = ink_split_box_union (a->box, b->box);
        *b = line->pieces[--line->n_pieces];
        return TRUE;
      }
  return FALSE;
}

static int
by_middle (gconstpointer a, gconstpointer b)
{
  const InkBox *p = &((const InkSplitPiece *) a)->box, *q = &((const InkSplitPiece *) b)->box;
  const double x = (double) p->x0 + p->x1, y = (double) q->x0 + q->x1;

  return (x > y) - (x < y);
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
  /* Where all is flat or a dot there is no height to measure by. */
  line->unit = MAX (height, MAX (width / 2, 1e-6));

  while (join_one (line))
    ;
  qsort (line->pieces, line->n_pieces, sizeof line->pieces[0], by_middle);
  for (guint i = 0; i + 1 < line->n_pieces; i++)
    {
      const InkSplitPiece *a = &line->pieces[i], *b = &line->pieces[i + 1];

      line->links[i] =
          link_of (&a->box, &b->box, pieces_touch (line, a->strokes, b->strokes), line->unit);
    }
}
