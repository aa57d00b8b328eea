/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-distort.h"

#include <math.h>

#include "ink-random.h"

/* Random waves that make up one displacement field. More waves cost time and look no different. */
#define N_WAVES 6

/* Amounts for a @freedom of 1: standard deviations (as parts of the extent, as a share and in
 * degrees), and the largest part of a stroke's length that is cut off at an end. */
#define FREE_MOVE 0.03
#define FREE_SCALE 0.06
#define FREE_TURN 4.0
#define FREE_WAVER 0.012
#define FREE_TRIM 0.06

/* Waves along a stroke have up to this many periods over its whole length. */
#define WAVER_PERIODS 3.0

/* Normal deviates are clamped to this many standard deviations. */
#define LIMIT 2.5

typedef struct
{
  float fx, fy, phase; /* radians per extent, radians */
  float x, y;          /* amplitudes, parts of the extent */
} Wave;

typedef struct
{
  float xx, xy, yx, yy;
} Matrix;

static const InkPoint *
at (const InkStroke *stroke, guint i)
{
  return &stroke->points[i];
}

static double
normal (InkRandom *random)
{
  return ink_random_normal (random, 0, 1, LIMIT);
}

static void
waves_init (Wave waves[N_WAVES], double deviation, double smoothness, InkRandom *random)
{
  /* Noise smoothed by a Gaussian of width s is correlated over s sqrt (2). */
  const double frequency = 1 / (smoothness * G_SQRT2);
  /* The mean square of a cosine is a half. */
  const double amplitude = deviation * sqrt (2.0 / N_WAVES);

  for (guint k = 0; k < N_WAVES; k++)
    waves[k] = (Wave){
      .fx = (float) (normal (random) * frequency),
      .fy = (float) (normal (random) * frequency),
      .phase = (float) ink_random_range (random, 0, 2 * G_PI),
      .x = (float) (normal (random) * amplitude),
      .y = (float) (normal (random) * amplitude),
    };
}

static void
waves_add (const Wave waves[N_WAVES], float px, float py, float *x, float *y)
{
  for (guint k = 0; k < N_WAVES; k++)
    {
      float wave = cosf (waves[k].fx * px + waves[k].fy * py + waves[k].phase);

      *x += waves[k].x * wave;
      *y += waves[k].y * wave;
    }
}

static double
length_of (const InkStroke *stroke)
{
  double length = 0;

  for (guint i = 1; i < stroke->n_points; i++)
    length += hypot (at (stroke, i)->x - at (stroke, i - 1)->x,
                     at (stroke, i)->y - at (stroke, i - 1)->y);
  return length;
}

static Matrix
turn_and_scale (double degrees, double wide, double high, double lean_degrees)
{
  const double angle = degrees * G_PI / 180, lean = tan (lean_degrees * G_PI / 180);
  const double c = cos (angle), s = sin (angle);

  /* Scaled, then leaned, then turned. */
  return (Matrix){
    .xx = (float) (c * wide),
    .xy = (float) ((c * lean - s) * high),
    .yx = (float) (s * wide),
    .yy = (float) ((s * lean + c) * high),
  };
}

/* The distortion of one stroke about its middle, applied before the plane as a whole is bent. */
typedef struct
{
  Matrix matrix;
  float middle_x, middle_y, x, y;
  Wave waver[N_WAVES]; /* over the share of the length, in fx */
  double from, to;     /* the part of the length that is kept, as shares */
} Way;

static void
way_init (Way *way, const InkStroke *stroke, double freedom, float extent, InkRandom *random)
{
  float x0 = G_MAXFLOAT, y0 = G_MAXFLOAT, x1 = -G_MAXFLOAT, y1 = -G_MAXFLOAT;

  for (guint i = 0; i < stroke->n_points; i++)
    {
      x0 = MIN (x0, at (stroke, i)->x);
      y0 = MIN (y0, at (stroke, i)->y);
      x1 = MAX (x1, at (stroke, i)->x);
      y1 = MAX (y1, at (stroke, i)->y);
    }
  way->middle_x = (x0 + x1) / 2;
  way->middle_y = (y0 + y1) / 2;
  way->matrix = turn_and_scale (normal (random) * freedom * FREE_TURN,
                                exp (normal (random) * freedom * FREE_SCALE),
                                exp (normal (random) * freedom * FREE_SCALE), 0);
  way->x = (float) (normal (random) * freedom * FREE_MOVE) * extent;
  way->y = (float) (normal (random) * freedom * FREE_MOVE) * extent;
  waves_init (way->waver, freedom * FREE_WAVER * extent, 1, random);
  for (guint k = 0; k < N_WAVES; k++)
    way->waver[k].fx = (float) (2 * G_PI * ink_random_range (random, 0.3, WAVER_PERIODS));
  way->from = ink_random_range (random, 0, freedom * FREE_TRIM);
  way->to = 1 - ink_random_range (random, 0, freedom * FREE_TRIM);
}

static void
add_point (InkStroke *stroke, const InkPoint *a, const InkPoint *b, double share)
{
  const float t = (float) share;
  InkPoint point = *b;

  point.x = a->x + t * (b->x - a->x);
  point.y = a->y + t * (b->y - a->y);
  ink_stroke_append (stroke, point);
}

/* Keeps the part [from, to] of the length; the ends are interpolated. */
static InkStroke *
trim (const InkStroke *stroke, double length, double from, double to)
{
  InkStroke *trimmed = ink_stroke_new (stroke->width);
  double before = 0;

  if (length <= 0 || stroke->n_points < 2)
    {
      for (guint i = 0; i < stroke->n_points; i++)
        ink_stroke_append (trimmed, *at (stroke, i));
      return trimmed;
    }
  from *= length;
  to *= length;
  for (guint i = 1; i < stroke->n_points; i++)
    {
      const InkPoint *a = at (stroke, i - 1), *b = at (stroke, i);
      double step = hypot (b->x - a->x, b->y - a->y), after = before + step;

      if (trimmed->n_points == 0 && after >= from)
        add_point (trimmed, a, b, step > 0 ? CLAMP ((from - before) / step, 0, 1) : 0);
      if (trimmed->n_points > 0 && after >= to)
        {
          add_point (trimmed, a, b, step > 0 ? CLAMP ((to - before) / step, 0, 1) : 1);
          break;
        }
      if (trimmed->n_points > 0)
        ink_stroke_append (trimmed, *b);
      before = after;
    }
  if (trimmed->n_points == 0)
    ink_stroke_append (trimmed, *at (stroke, stroke->n_points - 1));
  return trimmed;
}

static void
go_own_way (InkStroke *stroke, const Way *way, double length)
{
  double before = 0;
  float last_x = stroke->points[0].x, last_y = stroke->points[0].y;

  for (guint i = 0; i < stroke->n_points; i++)
    {
      InkPoint *point = &stroke->points[i];
      float x = point->x - way->middle_x, y = point->y - way->middle_y;

      before += hypotf (point->x - last_x, point->y - last_y);
      last_x = point->x;
      last_y = point->y;
      point->x = way->middle_x + way->x + way->matrix.xx * x + way->matrix.xy * y;
      point->y = way->middle_y + way->y + way->matrix.yx * x + way->matrix.yy * y;
      if (length > 0)
        waves_add (way->waver, (float) (before / length), 0, &point->x, &point->y);
    }
}

InkDrawing *
ink_drawing_distort (const InkDrawing *drawing, const InkDistortion *d, guint64 seed)
{
  const InkBox box = ink_drawing_box (drawing);
  const float extent = MAX (MAX (box.x1 - box.x0, box.y1 - box.y0), G_MINFLOAT);
  const float middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
  g_autofree InkStroke **strokes = g_new (InkStroke *, MAX (drawing->n_strokes, 1));
  Wave waves[N_WAVES];
  InkDrawing *distorted;
  InkRandom random;
  Matrix matrix;
  double stretch;

  ink_random_init (&random, seed, 0);
  stretch = 1 + ink_random_range (&random, -1, 1) * d->stretch;
  matrix = turn_and_scale (ink_random_range (&random, -1, 1) * d->rotation, sqrt (stretch),
                           1 / sqrt (stretch), ink_random_range (&random, -1, 1) * d->shear);
  waves_init (waves, d->elastic, MAX (d->smoothness, 0.01), &random);

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *from = drawing->strokes[i];
      double length = length_of (from);
      InkStroke *stroke;
      Way way;

      way_init (&way, from, d->freedom, extent, &random);
      stroke = trim (from, length, way.from, way.to);
      go_own_way (stroke, &way, length);
      for (guint j = 0; j < stroke->n_points; j++)
        {
          InkPoint *point = &stroke->points[j];
          float x = (point->x - middle_x) / extent, y = (point->y - middle_y) / extent;
          float bent_x = x, bent_y = y;

          waves_add (waves, x, y, &bent_x, &bent_y);
          point->x = middle_x + extent * (matrix.xx * bent_x + matrix.xy * bent_y);
          point->y = middle_y + extent * (matrix.yx * bent_x + matrix.yy * bent_y);
        }
      strokes[i] = stroke;
    }
  distorted = ink_drawing_new (strokes, drawing->n_strokes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    ink_stroke_unref (strokes[i]);
  return distorted;
}
