/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-sheet-private.h"

/* Largest thickness of a line, as a part of the longer side. */
#define THICKNESS 0.02
/* Least length of a line, as a part of the picture's side. */
#define LENGTH 0.35
/* The same for lines that are parallel to at least as many longer ones. */
#define SHORT 0.12
#define FAMILY 4
/* Least part of its length on which its ink stands alone. */
#define COVER 0.5
/* Longest crossing with other ink, as a part of the side, and longest gap. */
#define CROSSING 0.07
#define GAP 0.01
/* A track with fewer points than this has no direction of its own yet. */
#define YOUNG 16
/* How far back the direction is measured. */
#define BACK 48
#define MAX_ACTIVE 512
/* Ink on a line is at least this many times as dark; less where it crosses the line. */
#define DARKER 1.5
#define CROSSED 1.3
/* A line is light if its contrast is below this part of that of the ink. */
#define LIGHT 0.65

typedef struct
{
  guint along;
  float across, thickness;
} Point;

/* A line that is being followed. */
typedef struct
{
  GArray *points;
  guint missed; /* steps on paper since the last point */
  gboolean taken;
} Track;

/**
 * View:
 * @faint: contrast of lines
 * @ink: contrast of the ink
 *
 * The picture, seen along the lines.
 */
typedef struct
{
  const InkPlane *signal;
  double faint, ink;
  gboolean upright;
  guint along, across;
} View;

static gsize
index_of (const View *view, gsize along, gsize across)
{
  return view->upright ? along * view->signal->width + across :
                         across * view->signal->width + along;
}

static gboolean
ink_at (const View *view, guint along, guint across)
{
  return view->signal->values[index_of (view, along, across)] >= view->faint;
}

static void
track_free (gpointer data)
{
  Track *track = data;

  g_array_unref (track->points);
  g_free (track);
}

static const Point *
point_at (const Track *track, guint i)
{
  return &g_array_index (track->points, Point, i);
}

static const Point *
last_of (const Track *track)
{
  return point_at (track, track->points->len - 1);
}

static double
slope_between (const Point *a, const Point *b)
{
  return ((double) b->across - a->across) / ((double) b->along - a->along);
}

static double
predict (const Track *track, guint along)
{
  const guint n = track->points->len;
  const Point *last = last_of (track);

  if (n < YOUNG)
    return last->across;
  return last->across + slope_between (point_at (track, n - 1 - MIN (n - 1, BACK)), last) *
                            ((double) along - last->along);
}

/* Continues the nearest track, or begins a new one. */
static void
add_run (GPtrArray *active, guint along, guint from, guint to)
{
  const Point point = { along, (float) (from + to) / 2, (float) (to - from + 1) };
  Track *nearest = NULL;
  double least = INFINITY;

  for (guint i = 0; i < active->len; i++)
    {
      Track *track = active->pdata[i];
      const double distance = fabs (predict (track, along) - (double) point.across);

      if (!track->taken && distance < least &&
          distance <= 1.5 + 0.03 * (along - last_of (track)->along))
        {
          least = distance;
          nearest = track;
        }
    }
  if (nearest == NULL)
    {
      if (active->len >= MAX_ACTIVE)
        return;
      nearest = g_new0 (Track, 1);
      nearest->points = g_array_new (FALSE, FALSE, sizeof (Point));
      g_ptr_array_add (active, nearest);
    }
  nearest->taken = TRUE;
  nearest->missed = 0;
  g_array_append_val (nearest->points, point);
}

/* Whether a track that was not continued at @along is still followed: over other ink for a while,
 * over paper only for a short gap. */
static gboolean
is_alive (const View *view, Track *track, guint along)
{
  const gboolean young = track->points->len < YOUNG;
  const double at = floor (predict (track, along) + 0.5);
  const guint gap = along - last_of (track)->along;

  if (at < 0 || at >= view->across)
    return FALSE;
  if (!ink_at (view, along, (guint) at))
    track->missed++;
  return track->missed <= (young ? 2 : MAX (4, (guint) (GAP * view->along))) &&
         gap <= (young ? 4 : MAX (8, (guint) (CROSSING * view->along)));
}

/* (transfer full) (element-type Track): everything thin that was followed for some length. */
static GPtrArray *
follow (const View *view)
{
  const guint thickest = MAX (5, (guint) (THICKNESS * MAX (view->along, view->across)));
  const guint least = MAX (8, view->along / 25);
  g_autoptr (GPtrArray) active = g_ptr_array_new ();
  GPtrArray *found = g_ptr_array_new_with_free_func (track_free);

  for (guint along = 0; along <= view->along; along++)
    {
      for (guint i = 0; i < active->len; i++)
        ((Track *) active->pdata[i])->taken = FALSE;
      for (guint across = 0; along < view->along && across < view->across; across++)
        {
          const guint from = across;

          while (across < view->across && ink_at (view, along, across))
            across++;
          if (across > from && across - from <= thickest)
            add_run (active, along, from, across - 1);
        }
      for (guint i = 0; i < active->len;)
        {
          Track *track = active->pdata[i];

          if (along < view->along && (track->taken || is_alive (view, track, along)))
            {
              i++;
              continue;
            }
          g_ptr_array_remove_index_fast (active, i);
          if (track->points->len >= least)
            g_ptr_array_add (found, track);
          else
            track_free (track);
        }
    }
  return found;
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const guint p = point_at (*(Track *const *) a, 0)->along;
  const guint q = point_at (*(Track *const *) b, 0)->along;

  return (p > q) - (p < q);
}

static double
direction_of (const Track *track)
{
  return slope_between (point_at (track, 0), last_of (track));
}

/* Whether @next continues @track. */
static gboolean
continues (const Track *track, const Track *next, guint length)
{
  const Point *end = last_of (track), *start = point_at (next, 0);
  const double gap = (double) start->along - end->along;
  const double miss = start->across - (end->across + direction_of (track) * gap);
  const double back = end->across - (start->across - direction_of (next) * gap);

  return gap > 0 && gap < 0.3 * length && MIN (fabs (miss), fabs (back)) <= 2.5 + 0.015 * gap &&
         fabs (direction_of (track) - direction_of (next)) < 0.08;
}

/* Joins tracks that were interrupted. */
static void
join (GPtrArray *tracks, guint length)
{
  g_ptr_array_sort (tracks, by_start);
  for (guint i = 0; i < tracks->len; i++)
    {
      Track *track = tracks->pdata[i];
      gboolean joined = TRUE;

      while (joined)
        {
          joined = FALSE;
          for (guint j = i + 1; j < tracks->len && !joined; j++)
            {
              Track *next = tracks->pdata[j];

              if (!continues (track, next, length))
                continue;
              g_array_append_vals (track->points, next->points->data, next->points->len);
              g_ptr_array_remove_index (tracks, j);
              joined = TRUE;
            }
        }
    }
}

/* The median contrast along the middle of a track. */
static double
median_tone (const View *view, const Track *track)
{
  g_autofree float *values = g_new (float, track->points->len);

  for (guint i = 0; i < track->points->len; i++)
    {
      const Point *point = point_at (track, i);

      values[i] = view->signal->values[index_of (view, point->along, (gsize) point->across)];
    }
  return ink_quantile (values, track->points->len, 0.5);
}

static double
median_thickness (const Track *track)
{
  g_autofree float *values = g_new (float, track->points->len);

  for (guint i = 0; i < track->points->len; i++)
    values[i] = point_at (track, i)->thickness;
  return ink_quantile (values, track->points->len, 0.5);
}

/* (transfer full): with a position at every step along the picture. */
static InkRuling *
ruling_new (const Track *track, guint n)
{
  InkRuling *ruling = g_new0 (InkRuling, 1);
  const Point *first = point_at (track, 0), *last = last_of (track);
  const double slope = direction_of (track);
  guint next = 0;

  ruling->n = n;
  ruling->from = first->along;
  ruling->to = last->along;
  ruling->at = g_new (float, n);
  ruling->thickness = median_thickness (track);
  for (guint along = 0; along < n; along++)
    {
      while (next < track->points->len && point_at (track, next)->along < along)
        next++;
      if (next == 0)
        ruling->at[along] = (float) (first->across + slope * ((double) along - first->along));
      else if (next == track->points->len)
        ruling->at[along] = (float) (last->across + slope * ((double) along - last->along));
      else
        {
          const Point *a = point_at (track, next - 1), *b = point_at (track, next);

          ruling->at[along] =
              (float) (a->across + slope_between (a, b) * ((double) along - a->along));
        }
    }
  return ruling;
}

InkRuling *
ink_ruling_new_between (const InkRuling *a, const InkRuling *b, double share)
{
  InkRuling *ruling = g_new0 (InkRuling, 1);

  *ruling = *a;
  ruling->at = g_new (float, a->n);
  for (guint i = 0; i < a->n; i++)
    ruling->at[i] = (float) ((1 - share) * (double) a->at[i] + share * (double) b->at[i]);
  return ruling;
}

void
ink_ruling_free (InkRuling *ruling)
{
  g_free (ruling->at);
  g_free (ruling);
}

/* Marks the line at one step. Where it is thicker because other ink crosses it, only what is as
 * light as the line is marked, if that tells it from ink; and darker ink on the line never is.
 * @at: (inout): where it is expected; where it is. Returns %FALSE if there is no ink. */
static gboolean
mark_at (const View *view, guint along, const InkRuling *ruling, double *at, guint8 *marks)
{
  const double most = 1.5 * ruling->thickness + 1;
  const gssize middle = (gssize) floor (*at + 0.5), last = (gssize) view->across - 1;
  double limit = DARKER * ruling->tone;

  for (gssize shift = 0; shift <= 4; shift++)
    {
      const gssize place = middle + (shift % 2 == 0 ? shift / 2 : -(shift + 1) / 2);
      gssize from = place, to = place;

      if (place < 0 || place > last || !ink_at (view, along, (guint) place))
        continue;
      while (from > 0 && ink_at (view, along, (guint) from - 1))
        from--;
      while (to < last && ink_at (view, along, (guint) to + 1))
        to++;
      if (to - from + 1 <= most)
        *at = (double) (from + to) / 2;
      else if (ruling->tone > LIGHT * view->ink)
        return TRUE;
      else
        {
          limit = CROSSED * ruling->tone;
          from = MAX (from, middle - (gssize) (most / 2));
          to = MIN (to, middle + (gssize) (most / 2));
        }
      for (gssize i = MAX (from - 1, 0); i <= MIN (to + 1, last); i++)
        {
          const gsize pixel = index_of (view, along, (gsize) i);

          marks[pixel] |= view->signal->values[pixel] <= limit;
        }
      return TRUE;
    }
  return FALSE;
}

/* Marks the pixels of a line, also where it was not followed, and continues it at its ends. */
static void
mark (const View *view, InkRuling *ruling, guint8 *marks)
{
  const guint gap = MAX (4, view->along / 30);
  const double slope = ((double) ruling->at[ruling->to] - ruling->at[ruling->from]) /
                       ((double) ruling->to - ruling->from);

  for (guint along = ruling->from; along <= ruling->to; along++)
    {
      double at = ruling->at[along];

      mark_at (view, along, ruling, &at, marks);
    }
  for (int step = -1; step <= 1; step += 2)
    {
      gssize along = step < 0 ? ruling->from : ruling->to;
      double at = ruling->at[along];
      guint missed = 0;

      for (along += step; along >= 0 && along < (gssize) view->along && missed <= gap;
           along += step)
        {
          double found = at += step * slope;

          missed = mark_at (view, (guint) along, ruling, &found, marks) ? 0 : missed + 1;
          at += 0.3 * (found - at);
          ruling->at[along] = (float) at;
          if (missed == 0 && step < 0)
            ruling->from = (guint) along;
          else if (missed == 0)
            ruling->to = (guint) along;
        }
    }
}

static int
by_position (gconstpointer a, gconstpointer b)
{
  const InkRuling *p = *(InkRuling *const *) a, *q = *(InkRuling *const *) b;
  const float x = p->at[p->n / 2], y = q->at[q->n / 2];

  return (x > y) - (x < y);
}

/* (transfer full) (nullable): @track as a line, if it is long enough. */
static InkRuling *
take (const View *view, const Track *track, double least)
{
  const guint span = last_of (track)->along - point_at (track, 0)->along + 1;
  InkRuling *ruling;

  if (span < least * view->along || track->points->len < COVER * span)
    return NULL;
  ruling = ruling_new (track, view->along);
  ruling->tone = median_tone (view, track);
  return ruling;
}

/* Whether a shorter line is parallel to the others and drawn as they are. */
static gboolean
is_like (const InkRuling *line, const GPtrArray *others)
{
  const double span = (double) line->to - line->from;
  const double slope = ((double) line->at[line->to] - line->at[line->from]) / span;
  const InkRuling *nearest = NULL;
  double least = INFINITY;

  for (guint i = 0; i < others->len; i++)
    {
      const InkRuling *other = others->pdata[i];
      const double distance = fabs ((double) other->at[line->from] - line->at[line->from]);

      if (distance < least)
        {
          least = distance;
          nearest = other;
        }
    }
  return nearest != NULL && least > 2 * nearest->thickness &&
         line->thickness <= 1.5 * nearest->thickness && line->tone <= CROSSED * nearest->tone &&
         fabs (slope - ((double) nearest->at[line->to] - nearest->at[line->from]) / span) < 0.03;
}

GPtrArray *
ink_sheet_find_rulings (const InkSheetSignal *signal, gboolean upright, guint8 *marks)
{
  const InkPlane *plane = signal->plane;
  const View view = { plane,
                      signal->faint,
                      signal->threshold / INK_SHEET_EDGE,
                      upright,
                      upright ? plane->height : plane->width,
                      upright ? plane->width : plane->height };
  g_autoptr (GPtrArray) tracks = follow (&view);
  GPtrArray *rulings = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_ruling_free);
  guint n_long;

  join (tracks, view.along);
  for (guint i = 0; i < tracks->len; i++)
    {
      InkRuling *ruling = take (&view, tracks->pdata[i], LENGTH);

      if (ruling != NULL)
        {
          mark (&view, ruling, marks);
          g_ptr_array_add (rulings, ruling);
        }
    }
  n_long = rulings->len;
  for (guint i = 0; i < tracks->len && n_long >= FAMILY; i++)
    {
      InkRuling *ruling = take (&view, tracks->pdata[i], SHORT);

      if (ruling != NULL && is_like (ruling, rulings))
        {
          mark (&view, ruling, marks);
          g_ptr_array_add (rulings, ruling);
        }
      else if (ruling != NULL)
        ink_ruling_free (ruling);
    }
  g_ptr_array_sort (rulings, by_position);
  return rulings;
}
