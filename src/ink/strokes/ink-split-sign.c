/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-split-sign.h"

#include <math.h>

#include "ink-split-private.h"

/* All lengths are in heights of the line: from the tops to the feet of its digits. */

/* A taller comma is the stem of an open 4. */
#define MAX_COMMA 0.38
/* Writing by which a line is measured is at least this many times as tall as the sign. */
#define TALLER 1.8
/* Largest extent of a point. */
#define POINT 0.24
/* A sign keeps this distance from other ink; the parts of a broken digit are nearer. */
#define DISTANCE 0.1
/* Ink that lies this near above or below a sign belongs to the same digit, as the foot of a 1. */
#define STACKED 0.25
/* Beside a single digit, a small piece is more often a part of it that a poor pen or the scan has
 * cut off. A sign is beside all of the digit, at least this far for commas and pluses, and for
 * points and dashes. */
#define LONE_GAP 0.1
#define LONE_WIDE_GAP 0.18
/* There a point and a comma are no higher than this, and a dash is as long. */
#define LONE_POINT 0.85
#define LONE_COMMA 0.66
#define LONE_DASH 0.18

/* Strokes that overlap by this part of the narrower one are of one digit. */
#define SAME_DIGIT 0.5

/* The ends of a cross are these parts of its height, and not in these of its width. */
#define CROSS_END 0.25
#define CROSS_SIDE 0.2

/* The tops and the feet of digits. @n: how many */
typedef struct
{
  double top, foot;
  guint n;
} Line;

static double
width_of (const InkBox *box)
{
  return (double) box->x1 - box->x0;
}

static double
height_of (const InkBox *box)
{
  return (double) box->y1 - box->y0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

/* Whether two tall boxes are strokes of one digit, as the two of a 4 are: most of one is above the
 * other. */
static gboolean
is_one_digit (const InkBox *a, const InkBox *b)
{
  const double overlap = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);

  return overlap >= SAME_DIGIT * MIN (width_of (a), width_of (b));
}

/* Replaces the strokes of each digit by what is around all of them. Returns: the number of digits
 */
static guint
join_digits (InkBox *boxes, guint n)
{
  for (guint i = 1; i < n;)
    {
      guint j = 0;

      while (j < i && !is_one_digit (&boxes[i], &boxes[j]))
        j++;
      if (j == i)
        {
          i++;
          continue;
        }
      boxes[j] = ink_split_box_union (boxes[j], boxes[i]);
      boxes[i] = boxes[--n];
      /* It may have grown into another one. */
      i = 1;
    }
  return n;
}

/* The line of what is tall beside @box; %FALSE if nothing is. @height: of the tallest stroke in it
 */
static gboolean
line_beside (const InkBox *box, double height, const InkBox *boxes, guint n, Line *line)
{
  g_autofree double *tops = g_new (double, n), *feet = g_new (double, n);
  g_autofree InkBox *tall = g_new (InkBox, n);
  const double middle = ((double) box->y0 + box->y1) / 2;
  guint n_tall = 0;

  for (guint i = 0; i < n; i++)
    {
      const double other = height_of (&boxes[i]);

      if (other < TALLER * height || other < TALLER * width_of (box) / 2 || other <= 0 ||
          middle < boxes[i].y0 - 0.1 * other || middle > boxes[i].y1 + 0.3 * other)
        continue;
      tall[n_tall++] = boxes[i];
    }
  if (n_tall == 0)
    return FALSE;
  n_tall = join_digits (tall, n_tall);
  for (guint i = 0; i < n_tall; i++)
    {
      tops[i] = tall[i].y0;
      feet[i] = tall[i].y1;
    }
  line->n = n_tall;
  line->top = median (tops, n_tall);
  line->foot = median (feet, n_tall);
  return line->foot > line->top;
}

static InkSign
sign_on (const Line *line, const InkBox *box, guint n_strokes)
{
  const double unit = line->foot - line->top;
  const double width = width_of (box) / unit, height = height_of (box) / unit;
  const double top = (box->y0 - line->top) / unit, foot = (box->y1 - line->top) / unit;
  const double middle = (top + foot) / 2;

  if (height <= POINT && width <= POINT && middle > 0.7)
    return height > 1.6 * width && foot > 0.95 && height > 0.12 ? INK_SIGN_COMMA : INK_SIGN_POINT;
  if (height <= MAX_COMMA && width <= 0.4 && height >= 1.2 * width && top > 0.6 && foot > 0.88)
    return INK_SIGN_COMMA;
  if (height <= 0.24 && width >= 0.16 && width >= 1.4 * height && width <= 0.9 && middle > 0.28 &&
      middle < 0.76)
    return INK_SIGN_DASH;
  if (n_strokes == 2 && width <= POINT && height >= 1.5 * width && height <= 0.7 && top > 0.15)
    return INK_SIGN_COLON;
  if (height <= 0.7 && height >= 0.2 && width <= 0.8 && width >= 0.2 && top > 0.14 && foot < 0.92 &&
      middle > 0.3)
    return INK_SIGN_PLUS;
  return INK_SIGN_NONE;
}

/* Whether a sign is one although there is a single digit on the line. @which: of the sign in @boxes
 */
static gboolean
is_apart (const Line *line, InkSign sign, const InkBox *boxes, guint n, guint which)
{
  const InkBox *box = &boxes[which];
  const double unit = line->foot - line->top;
  const double top = (box->y0 - line->top) / unit, foot = (box->y1 - line->top) / unit;
  InkBox rest = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  double before, after;

  for (guint i = 0; i < n; i++)
    if (i != which)
      rest = ink_split_box_union (rest, boxes[i]);
  before = ((double) rest.x0 - box->x1) / unit;
  after = ((double) box->x0 - rest.x1) / unit;
  switch (sign)
    {
    case INK_SIGN_POINT:
      return after >= LONE_WIDE_GAP && (top + foot) / 2 >= LONE_POINT;
    case INK_SIGN_COMMA:
      return after >= LONE_GAP && top >= LONE_COMMA;
    case INK_SIGN_DASH:
      return MAX (before, after) >= LONE_WIDE_GAP && width_of (box) >= LONE_DASH * unit &&
             width_of (box) >= 2 * height_of (box);
    case INK_SIGN_PLUS:
      return MAX (before, after) >= LONE_GAP;
    case INK_SIGN_NONE:
    case INK_SIGN_COLON:
    default:
      return FALSE;
    }
}

/* Whether a point may be the upper one of a colon. */
static gboolean
is_upper_point (const Line *line, const InkBox *box)
{
  const double unit = line->foot - line->top;
  const double middle = (((double) box->y0 + box->y1) / 2 - line->top) / unit;

  return width_of (box) <= POINT * unit && height_of (box) <= POINT * unit && middle > 0.15 &&
         middle <= 0.7;
}

/* Whether other ink is so near, or so placed around a stroke, that they are one digit. */
static gboolean
belongs_to (const InkSplitStroke *stroke, const InkSplitStroke *other, double unit)
{
  const double near_by = DISTANCE * unit;
  gboolean left = FALSE, right = FALSE;

  for (guint j = 0; j < other->n_samples; j++)
    {
      const double x = other->x[j], y = other->y[j];

      for (guint i = 0; i < stroke->n_samples; i++)
        if (hypot (x - stroke->x[i], y - stroke->y[i]) < near_by)
          return TRUE;
      if (x >= stroke->box.x0 && x <= stroke->box.x1 && y > stroke->box.y0 - STACKED * unit &&
          y < stroke->box.y1 + STACKED * unit)
        return TRUE;
      if (y >= stroke->box.y0 - near_by && y <= stroke->box.y1 + near_by)
        {
          left |= x < stroke->box.x0;
          right |= x > stroke->box.x1;
        }
    }
  return left && right;
}

/* Whether a dash lies over or under other ink, as the bar of a digit does. A comma may lie under
 * the overhang of a 7. */
static gboolean
is_bar_of (const InkBox *box, const InkBox *other)
{
  const double overlap = MIN (box->x1, other->x1) - MAX (box->x0, other->x0);

  return width_of (box) > height_of (box) && overlap > 0.4 * width_of (box);
}

static gboolean
stands_alone (const InkSplitStroke *strokes, guint n, guint which, double unit)
{
  const InkBox *box = &strokes[which].box;
  const double least = TALLER * height_of (box);

  for (guint i = 0; i < n; i++)
    if (i != which && height_of (&strokes[i].box) >= MAX (least, 0.3 * unit) &&
        (is_bar_of (box, &strokes[i].box) || belongs_to (&strokes[which], &strokes[i], unit)))
      return FALSE;
  return TRUE;
}

/* Whether two small strokes are parts of one sign: the points of a colon, the bars of a plus. */
static gboolean
is_pair (const InkBox *a, const InkBox *b, double unit)
{
  const double overlap_x = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  const double overlap_y = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);

  return overlap_x > -0.1 * unit && overlap_y > -0.8 * unit && (overlap_y < 0 || overlap_x >= 0);
}

guint
ink_split_find_signs (const InkSplitStroke *strokes, guint n, guint *sign_of)
{
  g_autofree InkBox *boxes = g_new (InkBox, n);
  guint n_signs = 0;

  for (guint i = 0; i < n; i++)
    {
      boxes[i] = strokes[i].box;
      sign_of[i] = 0;
    }
  for (guint i = 0; i < n; i++)
    {
      InkSign sign;
      Line line;

      if (!line_beside (&boxes[i], height_of (&boxes[i]), boxes, n, &line))
        continue;
      /* A stroke that could be a plus may as well be half a digit. */
      sign = sign_on (&line, &boxes[i], 1);
      if (((sign == INK_SIGN_NONE || sign == INK_SIGN_PLUS) &&
           (line.n < 2 || !is_upper_point (&line, &boxes[i]))) ||
          (line.n < 2 && !is_apart (&line, sign, boxes, n, i)) ||
          !stands_alone (strokes, n, i, line.foot - line.top))
        continue;
      sign_of[i] = ++n_signs;
      for (guint j = 0; j < i; j++)
        if (sign_of[j] > 0 && is_pair (&boxes[i], &boxes[j], line.foot - line.top))
          {
            sign_of[i] = sign_of[j];
            n_signs--;
            break;
          }
    }
  return n_signs;
}

static double
height_of_stroke (const InkStroke *stroke)
{
  float top = INFINITY, foot = -INFINITY;

  for (guint i = 0; i < stroke->n_points; i++)
    {
      top = MIN (top, stroke->points[i].y);
      foot = MAX (foot, stroke->points[i].y);
    }
  return (double) foot - top;
}

/* Whether the upper and the lower end are narrow, and in the middle. */
static gboolean
is_cross (const InkDrawing *drawing, const InkBox *box)
{
  const double width = width_of (box), height = height_of (box);

  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *point = &drawing->strokes[i]->points[j];
        const double x = (point->x - box->x0) / width, y = (point->y - box->y0) / height;

        if ((y < CROSS_END || y > 1 - CROSS_END) && (x < CROSS_SIDE || x > 1 - CROSS_SIDE))
          return FALSE;
      }
  return TRUE;
}

InkSign
ink_split_get_sign (const GPtrArray *parts, guint part, gboolean refused)
{
  const InkDrawing *drawing = parts->pdata[part];
  const InkBox box = ink_drawing_box (drawing);
  g_autofree InkBox *boxes = g_new (InkBox, parts->len);
  double height = 0;
  InkSign sign;
  Line line;

  for (guint i = 0; i < drawing->n_strokes; i++)
    height = MAX (height, height_of_stroke (drawing->strokes[i]));
  for (guint i = 0; i < parts->len; i++)
    boxes[i] = ink_drawing_box (parts->pdata[i]);
  if (!line_beside (&box, height, boxes, parts->len, &line))
    return INK_SIGN_NONE;
  sign = sign_on (&line, &box, drawing->n_strokes);
  if (line.n < 2 && (!is_apart (&line, sign, boxes, parts->len, part) ||
                     (sign == INK_SIGN_PLUS && !is_cross (drawing, &box))))
    return INK_SIGN_NONE;
  return sign == INK_SIGN_PLUS && (drawing->n_strokes > 2 || !refused) ? INK_SIGN_NONE : sign;
}

char
ink_sign_character (InkSign sign)
{
  static const char characters[] = { '\0', '.', ',', '-', ':', '+' };

  return characters[sign];
}
