/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ink-split-private.h"

/* Largest number of pieces in one digit. */
#define MAX_GROUP 4

/* Weight of a part's score against the odds of its borders; fitted together with the odds. */
#define SCORE_WEIGHT 0.6

/* Least gap between lines of writing, in heights of the tallest stroke, and least height of a
 * line's tallest stroke. Strokes of one digit that lie above one another do not satisfy both. */
#define LINE_GAP 0.25
#define LINE_HEIGHT 0.5

/**
 * Asker:
 *
 * The caller's score of groups of pieces, with its data.
 */
typedef struct
{
  InkDrawing *drawing;
  InkSplitScore score;
  gpointer user_data;
} Asker;

/* (transfer full): pieces @first to @last. */
static InkDrawing *
join (const Asker *asker, const InkSplitLine *line, guint first, guint last)
{
  InkStroke *strokes[INK_SPLIT_MAX_STROKES];
  guint64 members = 0;
  guint n = 0;

  for (guint i = first; i <= last; i++)
    members |= line->pieces[i].strokes;
  for (guint i = 0; i < line->n_strokes; i++)
    if (members >> i & 1)
      strokes[n++] = asker->drawing->strokes[line->strokes[i].index];
  return ink_drawing_new (strokes, n);
}

/* The log probability of log odds @x. */
static double
log_sigmoid (double x)
{
  return x < -30.0 ? x : -log1p (exp (-x));
}

static double
group_score (const Asker *asker, const InkSplitLine *line, guint first, guint last)
{
  double score = ink_split_shape (line, first, last);

  for (guint i = first; i < last; i++)
    score += log_sigmoid (line->links[i]);
  if (asker->score != NULL)
    {
      g_autoptr (InkDrawing) part = join (asker, line, first, last);

      score += SCORE_WEIGHT * asker->score (part, asker->user_data);
    }
  return score;
}

/* The most probable way to group the pieces @begin to @end - 1, which have no sure cut between
 * them. best[i] is the score of all pieces before i, and from[i] is where the last of their groups
 * begins. */
static void
group_run (const Asker *asker, const InkSplitLine *line, guint begin, guint end, GPtrArray *parts)
{
  double best[INK_SPLIT_MAX_STROKES + 1];
  guint from[INK_SPLIT_MAX_STROKES + 1], starts[INK_SPLIT_MAX_STROKES], n = 0;

  if (end - begin == 1)
    {
      g_ptr_array_add (parts, join (asker, line, begin, begin));
      return;
    }
  best[begin] = 0.0;
  for (guint i = begin + 1; i <= end; i++)
    {
      best[i] = -INFINITY;
      from[i] = i - 1;
      for (guint k = i; k-- > begin && i - k <= MAX_GROUP;)
        {
          const double cut = k > begin ? log_sigmoid (-line->links[k - 1]) : 0.0;
          const double score = best[k] + cut + group_score (asker, line, k, i - 1);

          if (score > best[i])
            {
              best[i] = score;
              from[i] = k;
            }
        }
    }
  for (guint i = end; i > begin; i = from[i])
    starts[n++] = from[i];
  for (guint last; n-- > 0;)
    {
      last = n > 0 ? starts[n - 1] - 1 : end - 1;
      g_ptr_array_add (parts, join (asker, line, starts[n], last));
    }
}

static void
split_digits (const Asker *asker, InkSplitStroke *strokes, guint n_strokes, GPtrArray *parts)
{
  InkSplitLine line = { .n_strokes = n_strokes, .strokes = strokes };
  guint begin = 0;

  if (n_strokes == 0)
    return;
  ink_split_line_init (&line);
  for (guint i = 0; i < line.n_pieces; i++)
    if (i + 1 == line.n_pieces || line.links[i] <= INK_SPLIT_SURE_CUT)
      {
        group_run (asker, &line, begin, i + 1, parts);
        begin = i + 1;
      }
}

static double
middle_of (const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);

  return ((double) box.x0 + box.x1) / 2;
}

/* Takes ownership of @part. @first: where the parts of this line begin */
static void
insert_by_middle (GPtrArray *parts, guint first, InkDrawing *part)
{
  guint at = first;

  while (at < parts->len && middle_of (parts->pdata[at]) < middle_of (part))
    at++;
  g_ptr_array_insert (parts, (int) at, part);
}

/* Takes the signs out, splits the digits, and puts the signs between them. */
static void
split_line (const Asker *asker, InkSplitStroke *strokes, guint n_strokes, GPtrArray *parts)
{
  guint sign_of[INK_SPLIT_MAX_STROKES], n_digit_strokes = 0;
  const guint n_signs = ink_split_find_signs (strokes, n_strokes, sign_of);
  const guint first = parts->len;
  g_autoptr (GPtrArray) signs = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_drawing_unref);

  for (guint sign = 1; sign <= n_signs; sign++)
    {
      InkStroke *members[INK_SPLIT_MAX_STROKES];
      guint n = 0;

      for (guint i = 0; i < n_strokes; i++)
        if (sign_of[i] == sign)
          members[n++] = asker->drawing->strokes[strokes[i].index];
      g_ptr_array_add (signs, ink_drawing_new (members, n));
    }
  for (guint i = 0; i < n_strokes; i++)
    if (sign_of[i] == 0)
      strokes[n_digit_strokes++] = strokes[i];
  split_digits (asker, strokes, n_digit_strokes, parts);
  for (guint i = 0; i < signs->len; i++)
    insert_by_middle (parts, first, ink_drawing_ref (signs->pdata[i]));
}

static int
by_top (gconstpointer a, gconstpointer b)
{
  const InkSplitStroke *p = a, *q = b;

  return p->box.y0 != q->box.y0 ? (p->box.y0 > q->box.y0) - (p->box.y0 < q->box.y0) :
                                  (p->index > q->index) - (p->index < q->index);
}

static int
by_index (gconstpointer a, gconstpointer b)
{
  const guint p = ((const InkSplitStroke *) a)->index, q = ((const InkSplitStroke *) b)->index;

  return (p > q) - (p < q);
}

static float
tallest (const InkSplitStroke *strokes, guint n)
{
  float height = 0;

  for (guint i = 0; i < n; i++)
    height = MAX (height, strokes[i].box.y1 - strokes[i].box.y0);
  return height;
}

/* The number of strokes in the first line of writing. The @n strokes are sorted from top to bottom;
 * @n if they are all on one line. */
static guint
end_of_line (const InkSplitStroke *strokes, guint n, float unit)
{
  float bottom = strokes[0].box.y1;

  for (guint i = 1; i < n; i++)
    {
      if (strokes[i].box.y0 - bottom > LINE_GAP * unit &&
          tallest (strokes, i) >= LINE_HEIGHT * unit &&
          tallest (strokes + i, n - i) >= LINE_HEIGHT * unit)
        return i;
      bottom = MAX (bottom, strokes[i].box.y1);
    }
  return n;
}

static GPtrArray *
parts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ink_drawing_unref);
}

GPtrArray *
ink_split_drawing (InkDrawing *drawing, InkSplitScore score, gpointer user_data)
{
  const Asker asker = { drawing, score, user_data };
  g_autoptr (GPtrArray) parts = parts_new ();
  g_autofree InkSplitStroke *strokes = NULL;
  float unit;

  if (drawing->n_strokes == 0)
    return g_steal_pointer (&parts);
  if (drawing->n_strokes == 1 || drawing->n_strokes > INK_SPLIT_MAX_STROKES)
    {
      g_ptr_array_add (parts, ink_drawing_ref (drawing));
      return g_steal_pointer (&parts);
    }

  strokes = g_new (InkSplitStroke, drawing->n_strokes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    ink_split_stroke_init (&strokes[i], drawing->strokes[i], i);
  qsort (strokes, drawing->n_strokes, sizeof *strokes, by_top);
  unit = tallest (strokes, drawing->n_strokes);
  for (guint begin = 0; begin < drawing->n_strokes;)
    {
      const guint n = end_of_line (strokes + begin, drawing->n_strokes - begin, unit);

      qsort (strokes + begin, n, sizeof *strokes, by_index);
      split_line (&asker, strokes + begin, n, parts);
      begin += n;
    }
  if (parts->len == 1 || parts->len > INK_SPLIT_MAX_PARTS)
    {
      g_ptr_array_set_size (parts, 0);
      g_ptr_array_add (parts, ink_drawing_ref (drawing));
    }
  return g_steal_pointer (&parts);
}
