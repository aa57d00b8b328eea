/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-motion.h"

#include <math.h>

/* Distance of the points of the curve, in heights of the digit. */
#define STEP 0.018
/* Shorter movements, in heights of the digit, have less jitter. */
#define AIM 0.3
/* Curvature, per height, at which the pen has slowed down to 2^(-1/3) of its speed. */
#define CURVATURE 4.0
/* Length of the acceleration at the start and of the deceleration at the end. */
#define RAMP 0.18
/* Least speed, as a part of the full speed. */
#define SLOWEST 0.18
/* Time in which a pen touches down or lifts, in seconds. */
#define TOUCH 0.04
/* Largest number of points in a stroke. */
#define MAX_SAMPLES 1024

/* As hypot(), without its care for overflow: coordinates are small. */
static inline double
length_of (double x, double y)
{
  return sqrt (x * x + y * y);
}

static void
line_add (InkLine *line, double x, double y)
{
  if (line->n < INK_LINE_MAX_POINTS)
    {
      line->x[line->n] = x;
      line->y[line->n] = y;
      line->n++;
    }
}

/* Knots of the centripetal Catmull-Rom spline, which has no loops and overshoots (Yuksel, Schaefer
 * and Keyser 2011). */
static double
knot (const InkPathPoint *a, const InkPathPoint *b)
{
  return MAX (1e-3, sqrt (length_of (b->x - a->x, b->y - a->y)));
}

static double
mix (double a, double b, double t, double from, double to)
{
  return (a * (to - t) + b * (t - from)) / (to - from);
}

/* Barry and Goldman's pyramid in one dimension, t from t1 to t2. */
static double
spline_at (const double p[4], const double t[4], double at)
{
  const double a1 = mix (p[0], p[1], at, t[0], t[1]);
  const double a2 = mix (p[1], p[2], at, t[1], t[2]);
  const double a3 = mix (p[2], p[3], at, t[2], t[3]);
  const double b1 = mix (a1, a2, at, t[0], t[2]);
  const double b2 = mix (a2, a3, at, t[1], t[3]);

  return mix (b1, b2, at, t[1], t[2]);
}

/* A virtual neighbour for the end of a smooth run: the mirrored point, so that the curve keeps its
 * curvature at the end. */
static InkPathPoint
beyond (const InkPathPoint *end, const InkPathPoint *next)
{
  return (InkPathPoint){ 2 * end->x - next->x, 2 * end->y - next->y, FALSE, FALSE };
}

void
ink_line_from_path (
    InkLine *line, const InkPathPoint *points, guint n, double jitter, InkRandom *random)
{
  InkPathPoint moved[INK_PATH_MAX_POINTS];

  line->n = 0;
  for (guint i = 0; i < n; i++)
    {
      /* A point close to the next one is part of a curve, and gets less jitter. */
      const InkPathPoint *next = &points[i + 1 < n ? i + 1 : MAX (i, 1) - 1];
      const double way = length_of (next->x - points[i].x, next->y - points[i].y);
      const double miss = jitter * MIN (1.0, way / AIM);

      moved[i] = points[i];
      moved[i].x += ink_random_normal (random, 0, miss, 2.5);
      moved[i].y += ink_random_normal (random, 0, miss, 2.5);
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      const InkPathPoint *from = &moved[i], *to = &moved[i + 1];
      const InkPathPoint before = i > 0 && !from->corner ? moved[i - 1] : beyond (from, to);
      const InkPathPoint after = i + 2 < n && !to->corner ? moved[i + 2] : beyond (to, from);
      const double px[4] = { before.x, from->x, to->x, after.x };
      const double py[4] = { before.y, from->y, to->y, after.y };
      const double t1 = knot (&before, from), t2 = t1 + knot (from, to);
      const double t[4] = { 0, t1, t2, t2 + knot (to, &after) };
      const guint pieces = 1 + (guint) (length_of (to->x - from->x, to->y - from->y) / STEP);

      for (guint k = 0; k < pieces; k++)
        {
          const double at = t1 + (t2 - t1) * k / pieces;

          line_add (line, spline_at (px, t, at), spline_at (py, t, at));
        }
    }
  line_add (line, moved[n - 1].x, moved[n - 1].y);
}

static double
turn_at (const InkLine *line, guint i)
{
  const guint a = i > 2 ? i - 2 : 0, b = MIN (i + 2, line->n - 1);
  const double in_x = line->x[i] - line->x[a], in_y = line->y[i] - line->y[a];
  const double out_x = line->x[b] - line->x[i], out_y = line->y[b] - line->y[i];
  const double in = length_of (in_x, in_y), out = length_of (out_x, out_y);

  if (in < 1e-6 || out < 1e-6)
    return 0;
  return fabs (atan2 (in_x * out_y - in_y * out_x, in_x * out_x + in_y * out_y)) / ((in + out) / 2);
}

/* The time at each point, from 0: the two-thirds power law, with acceleration from rest and
 * deceleration to rest. */
static double
clock_line (const InkLine *line, double speed, double at[INK_LINE_MAX_POINTS])
{
  double distance[INK_LINE_MAX_POINTS];

  distance[0] = at[0] = 0;
  for (guint i = 1; i < line->n; i++)
    distance[i] =
        distance[i - 1] + length_of (line->x[i] - line->x[i - 1], line->y[i] - line->y[i - 1]);
  for (guint i = 1; i < line->n; i++)
    {
      const double from_end = MIN (distance[i], distance[line->n - 1] - distance[i - 1]);
      const double ramp = sqrt (MIN (1.0, from_end / RAMP));
      const double bend = 1 / cbrt (1 + turn_at (line, i) / CURVATURE);

      at[i] = at[i - 1] + (distance[i] - distance[i - 1]) / (speed * MAX (SLOWEST, ramp * bend));
    }
  return at[line->n - 1];
}

/* A hasty pen cuts corners: each point becomes the mean of its neighbours in time, with Gaussian
 * weights. The ends do not move. */
static void
smooth (double *values, guint n, double deviation)
{
  const int reach = (int) ceil (2.5 * deviation);
  double weights[16], old[MAX_SAMPLES];

  for (int k = 0; k <= reach; k++)
    weights[k] = exp (-0.5 * k * k / (deviation * deviation));
  for (guint i = 0; i < n; i++)
    old[i] = values[i];
  for (guint i = 1; i + 1 < n; i++)
    {
      /* The same number of neighbours on both sides, fewer near the ends. */
      const int width = MIN (reach, (int) MIN (i, n - 1 - i));
      double sum = old[i], total = 1;

      for (int k = 1; k <= width; k++)
        {
          sum += weights[k] * (old[(int) i - k] + old[(int) i + k]);
          total += 2 * weights[k];
        }
      values[i] = sum / total;
    }
}

InkStroke *
ink_line_write (const InkLine *line, const InkHand *hand, double *time, InkRandom *random)
{
  double at[INK_LINE_MAX_POINTS], x[MAX_SAMPLES], y[MAX_SAMPLES];
  const double duration = clock_line (line, hand->speed, at);
  const guint n = (guint) CLAMP (duration * hand->rate + 1, 2, MAX_SAMPLES);
  InkStroke *stroke = ink_stroke_new ((float) hand->width);

  for (guint i = 0, k = 0; i < n; i++)
    {
      const double when = duration * i / (n - 1);
      double part;

      while (k + 2 < line->n && at[k + 1] < when)
        k++;
      part = at[k + 1] > at[k] ? CLAMP ((when - at[k]) / (at[k + 1] - at[k]), 0, 1) : 0;
      x[i] = line->x[k] + (line->x[k + 1] - line->x[k]) * part;
      y[i] = line->y[k] + (line->y[k + 1] - line->y[k]) * part;
    }
  smooth (x, n, hand->haste);
  smooth (y, n, hand->haste);

  for (guint i = 0; i < n; i++)
    {
      const double when = duration * i / (n - 1);
      const guint j = MAX (i, 1);
      const double speed = length_of (x[j] - x[j - 1], y[j] - y[j - 1]) * (n - 1) / duration;
      const double touch = MIN (1.0, (MIN (when, duration - when) + 0.01) / TOUCH);
      const double force = hand->force * (1.3 - 0.45 * MIN (2.0, speed / hand->speed)) * touch;

      x[i] += ink_random_normal (random, 0, hand->tremor, 2);
      y[i] += ink_random_normal (random, 0, hand->tremor, 2);
      ink_stroke_append (stroke,
                         (InkPoint){ .x = (float) x[i],
                                     .y = (float) y[i],
                                     .pressure = (float) ink_random_normal (random, force, 0.01, 2),
                                     .time = (float) (*time + when) });
    }
  *time += duration;
  return stroke;
}
