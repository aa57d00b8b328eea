/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-pieces.h"

#include <math.h>

/* Samples along the longer side of the drawing, and the largest number of samples of a drawing: a
 * scribble is sampled more coarsely. */
#define SAMPLES_PER_EXTENT 40
#define MAX_SAMPLES 600

/* A direction is measured over so many samples. */
#define WINDOW 3

/* Two cuts, or a cut and an end, are at least this many samples apart. */
#define MIN_LENGTH 4

#define RADIANS(degrees) ((degrees) *G_PI / 180)
#define SHARP RADIANS (55)
#define MAX_BEND RADIANS (200)
#define BEND_PART RADIANS (150)

/* A crossing is a stronger cut than any turn. */
#define CROSSING 4.0

/* A point at an equal distance from the one before. */
typedef struct
{
  double x, y;
  guint point; /* the nearest point of the stroke */
} Sample;

/* One stroke while it is cut. */
typedef struct
{
  guint index;
  guint n;
  Sample *samples; /* [n] at least 1 */
  double *cuts;    /* [n] the strength of a cut there; 0 for none */
} Line;

static double
distance (const InkPoint *a, const InkPoint *b)
{
  return hypot ((double) b->x - (double) a->x, (double) b->y - (double) a->y);
}

static double
stroke_length (const InkStroke *stroke, guint first, guint last)
{
  double length = 0;

  for (guint i = first + 1; i <= last; i++)
    length += distance (&stroke->points[i - 1], &stroke->points[i]);
  return length;
}

static double
drawing_length (const InkDrawing *drawing)
{
  double length = 0;

  for (guint i = 0; i < drawing->n_strokes; i++)
    length += stroke_length (drawing->strokes[i], 0, drawing->strokes[i]->n_points - 1);
  return length;
}

static void
append_sample (GArray *samples, const InkPoint *from, const InkPoint *to, double share, guint point)
{
  const Sample sample = { (double) from->x + share * ((double) to->x - (double) from->x),
                          (double) from->y + share * ((double) to->y - (double) from->y),
                          share < 0.5 ? point - 1 : point };

  g_array_append_val (samples, sample);
}

static void
line_init (Line *line, const InkStroke *stroke, guint index, double spacing)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  double next = spacing; /* from the point before to the next sample */
  const Sample start = { (double) stroke->points[0].x, (double) stroke->points[0].y, 0 };

  g_array_append_val (samples, start);
  for (guint i = 1; i < stroke->n_points; i++)
    {
      const InkPoint *from = &stroke->points[i - 1], *to = &stroke->points[i];
      const double length = distance (from, to);

      for (; next <= length; next += spacing)
        append_sample (samples, from, to, next / length, i);
      next -= length;
    }
  line->index = index;
  line->n = samples->len;
  line->samples = (Sample *) (gpointer) g_array_free (samples, FALSE);
  line->cuts = g_new0 (double, line->n);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_free (line->samples);
  g_free (line->cuts);
}

/* The angle by which a line turns at sample @i, in (-pi, pi]; 0 near its ends. */
static double
turn_at (const Line *line, guint i)
{
  const Sample *s = line->samples;
  double ax, ay, bx, by;

  if (i < WINDOW || i + WINDOW >= line->n)
    return 0;
  ax = s[i].x - s[i - WINDOW].x;
  ay = s[i].y - s[i - WINDOW].y;
  bx = s[i + WINDOW].x - s[i].x;
  by = s[i + WINDOW].y - s[i].y;
  return atan2 (ax * by - ay * bx, ax * bx + ay * by);
}

/* Whether a cut at @i leaves enough on both sides. */
static gboolean
has_room (const Line *line, guint i)
{
  if (i < MIN_LENGTH || i + MIN_LENGTH >= line->n)
    return FALSE;
  for (guint j = i - MIN_LENGTH + 1; j < i + MIN_LENGTH; j++)
    if (line->cuts[j] > 0)
      return FALSE;
  return TRUE;
}

/* Keeps of the cuts that are too near to each other or to an end the strongest. */
static void
thin_out (Line *line)
{
  g_autofree double *candidates = line->cuts;

  line->cuts = g_new0 (double, line->n);
  for (;;)
    {
      guint best = 0;

      for (guint i = 1; i < line->n; i++)
        if (candidates[i] > candidates[best])
          best = i;
      if (!(candidates[best] > 0))
        return;
      if (has_room (line, best))
        line->cuts[best] = candidates[best];
      candidates[best] = 0;
    }
}

static void
mark_turns (Line *line)
{
  for (guint i = 0; i < line->n; i++)
    {
      const double turn = fabs (turn_at (line, i));

      if (turn > SHARP)
        line->cuts[i] = MAX (line->cuts[i], turn);
    }
}

static double
side (const Sample *a, const Sample *b, const Sample *c)
{
  return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

/* Whether the segments ab and cd have a point in common, their ends included. */
static gboolean
cross (const Sample *a, const Sample *b, const Sample *c, const Sample *d)
{
  const double ac = side (a, b, c), ad = side (a, b, d);
  const double ca = side (c, d, a), cb = side (c, d, b);

  return ((ac >= 0) != (ad >= 0) || ac == 0 || ad == 0) &&
         ((ca >= 0) != (cb >= 0) || ca == 0 || cb == 0) && (ac != 0 || ad != 0);
}

/* Marks where two lines, or two parts of one, cross. */
static void
mark_crossings (Line *a, Line *b)
{
  for (guint i = 0; i + 1 < a->n; i++)
    for (guint j = a == b ? i + 2 * WINDOW : 0; j + 1 < b->n; j++)
      if (cross (&a->samples[i], &a->samples[i + 1], &b->samples[j], &b->samples[j + 1]))
        {
          a->cuts[i] = CROSSING;
          b->cuts[j] = CROSSING;
        }
}

/* Cuts the part [first, last] of a line, which has no cut inside, if it bends too far. */
static void
cut_bend (Line *line, guint first, guint last)
{
  double total = 0, sum = 0;
  guint n_parts, part = 1;

  /* turn_at() is the turning along WINDOW samples. */
  for (guint i = first + 1; i < last; i++)
    total += fabs (turn_at (line, i)) / WINDOW;
  if (total <= MAX_BEND)
    return;
  n_parts = (guint) ceil (total / BEND_PART);
  for (guint i = first + 1; i < last && part < n_parts; i++)
    {
      sum += fabs (turn_at (line, i)) / WINDOW;
      if (sum < total * part / n_parts)
        continue;
      part++;
      if (has_room (line, i))
        line->cuts[i] = total / n_parts;
    }
}

static void
cut_bends (Line *line)
{
  g_autofree double *sharp = g_memdup2 (line->cuts, line->n * sizeof (double));
  guint first = 0;

  for (guint i = 1; i < line->n; i++)
    if (sharp[i] > 0 || i + 1 == line->n)
      {
        cut_bend (line, first, i);
        first = i;
      }
}

/* (element-type Line): the strokes with their cuts. */
static GArray *
cut_strokes (const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);
  const double extent = MAX ((double) box.x1 - (double) box.x0, (double) box.y1 - (double) box.y0);
  double spacing = MAX (extent / SAMPLES_PER_EXTENT, drawing_length (drawing) / MAX_SAMPLES);
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (Line));
  Line *data;

  /* A dot has no extent. */
  if (!(spacing > 0))
    spacing = 1;
  g_array_set_clear_func (lines, line_clear);
  g_array_set_size (lines, drawing->n_strokes);
  data = (Line *) (gpointer) lines->data;
  for (guint i = 0; i < lines->len; i++)
    line_init (&data[i], drawing->strokes[i], i, spacing);
  for (guint i = 0; i < lines->len; i++)
    for (guint j = i; j < lines->len; j++)
      mark_crossings (&data[i], &data[j]);
  for (guint i = 0; i < lines->len; i++)
    {
      mark_turns (&data[i]);
      thin_out (&data[i]);
      cut_bends (&data[i]);
    }
  return lines;
}

/* A piece and its length. */
typedef struct
{
  InkPiece piece;
  double length;
} Span;

/* Adds the pieces of one stroke. Where points are far apart, several cuts may be the same point. */
static void
append_spans (GArray *spans, const Line *line, const InkStroke *stroke)
{
  const guint end = stroke->n_points - 1;
  Span span = { .piece = { line->index, 1, 0, 0 } };

  for (guint i = 0; i < line->n; i++)
    {
      const guint point = line->samples[i].point;

      if (!(line->cuts[i] > 0) || point <= span.piece.first || point >= end)
        continue;
      span.piece.last = point;
      span.length = stroke_length (stroke, span.piece.first, point);
      g_array_append_val (spans, span);
      span.piece.first = point;
    }
  span.piece.last = end;
  span.length = stroke_length (stroke, span.piece.first, end);
  g_array_append_val (spans, span);
}

/* The piece that is shortest together with the next one: of the same stroke, if there is one that
 * is in pieces, else any. */
static guint
shortest_pair (const Span *spans, guint n)
{
  double shortest[2] = { G_MAXDOUBLE, G_MAXDOUBLE };
  guint best[2] = { 0, 0 };

  for (guint i = 0; i + 1 < n; i++)
    {
      const gboolean joined = spans[i].piece.stroke == spans[i + 1].piece.stroke;
      const double length = spans[i].length + spans[i + 1].length;

      if (length >= shortest[joined])
        continue;
      shortest[joined] = length;
      best[joined] = i;
    }
  return best[shortest[TRUE] < G_MAXDOUBLE];
}

static void
join_pieces (GArray *spans)
{
  while (spans->len > INK_MAX_PIECES)
    {
      Span *data = (Span *) (gpointer) spans->data;
      const guint i = shortest_pair (data, spans->len);

      if (data[i].piece.stroke != data[i + 1].piece.stroke)
        data[i].piece.n_strokes += data[i + 1].piece.n_strokes;
      data[i].piece.last = data[i + 1].piece.last;
      data[i].length += data[i + 1].length;
      g_array_remove_index (spans, i + 1);
    }
}

guint
ink_pieces_find (const InkDrawing *drawing, InkPiece pieces[INK_MAX_PIECES])
{
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  if (ink_drawing_is_empty (drawing))
    return 0;
  lines = cut_strokes (drawing);
  for (guint i = 0; i < drawing->n_strokes; i++)
    append_spans (spans, &g_array_index (lines, Line, i), drawing->strokes[i]);
  join_pieces (spans);
  for (guint i = 0; i < spans->len; i++)
    pieces[i] = g_array_index (spans, Span, i).piece;
  return spans->len;
}

/* The points [first, last] of a stroke. */
static InkStroke *
cut_out (InkStroke *stroke, guint first, guint last)
{
  InkStroke *part;

  if (first == 0 && last + 1 == stroke->n_points)
    return ink_stroke_ref (stroke);
  part = ink_stroke_new (stroke->width);
  for (guint i = first; i <= last; i++)
    ink_stroke_append (part, stroke->points[i]);
  return part;
}

InkDrawing *
ink_pieces_select (const InkDrawing *drawing, const InkPiece *pieces, guint n, guint mask)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (guint i = 0; i < n; i++)
    {
      const InkPiece *piece = &pieces[i];
      guint last = piece->last;

      if (!(mask >> i & 1))
        continue;
      if (piece->n_strokes > 1)
        {
          for (guint j = 0; j < piece->n_strokes; j++)
            g_ptr_array_add (strokes, ink_stroke_ref (drawing->strokes[piece->stroke + j]));
          continue;
        }
      /* Neighbours on a stroke stay one stroke. */
      while (i + 1 < n && mask >> (i + 1) & 1 && pieces[i + 1].stroke == piece->stroke)
        last = pieces[++i].last;
      g_ptr_array_add (strokes, cut_out (drawing->strokes[piece->stroke], piece->first, last));
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}
