/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-hand.h"

#include <math.h>
#include <string.h>

#include "ink-generator-motion.h"

/* Number of slow waves along the path that make up the wobble. */
#define N_WAVES 2

typedef struct
{
  double amplitude, frequency, phase;
} Wave;

void
ink_hand_init (InkHand *hand, InkRandom *random)
{
  hand->slant = ink_random_normal (random, 0.13, 0.24, 2.5);
  hand->rotation = ink_random_normal (random, 0, 0.09, 2.5);
  hand->aspect = exp (ink_random_normal (random, 0.15, 0.26, 2.2));
  hand->middle = ink_random_normal (random, 0, 0.07, 2.2);
  hand->taper = ink_random_normal (random, 0, 0.13, 2.2);
  hand->bow = ink_random_normal (random, 0, 0.05, 2.2);
  hand->sway = ink_random_normal (random, 0, 0.08, 2.2);
  hand->jitter = ink_random_range (random, 0.005, 0.035);
  hand->wobble = ink_random_range (random, 0.0, 0.02);
  hand->tremor = ink_random_chance (random, 0.12) ? ink_random_range (random, 0.001, 0.0045) :
                                                    ink_random_range (random, 0.0, 0.001);
  hand->haste = ink_random_range (random, 0.3, 2.6);
  hand->speed = exp (ink_random_normal (random, log (3.2), 0.3, 2.2));
  hand->rate = ink_random_range (random, 60, 125);
  hand->force = ink_random_range (random, 0.35, 0.65);
  hand->width = exp (ink_random_normal (random, log (0.165), 0.34, 2.2));
  hand->size = ink_random_range (random, 0.3, 0.85);
}

void
ink_hand_steady (InkHand *hand)
{
  const double share = 1.0 / 3;

  hand->slant *= share;
  hand->rotation *= share;
  hand->aspect = pow (hand->aspect, share);
  hand->middle *= share;
  hand->taper *= share;
  hand->bow *= share;
  hand->sway *= share;
  hand->jitter *= share;
}

/* Maps a point of the ideal digit to the hand. @cosine: @sine: of its rotation. The origin is the
 * middle of the field. */
static void
deform (const InkHand *hand, double cosine, double sine, double *x, double *y)
{
  double u = *x - 0.3, v = *y - 0.5;
  const double taper = 1 - hand->taper * v * 2;

  /* The factor is 1 in the middle and 0 at the ends: the middle moves, the height does not change.
   */
  v += hand->middle * (1 - 4 * v * v);
  u = u * hand->aspect * taper + hand->bow * (1 - 4 * v * v);
  v += hand->sway * u * u * 4;
  u -= hand->slant * v;
  *x = u * cosine - v * sine;
  *y = u * sine + v * cosine;
}

static void
init_waves (Wave waves[N_WAVES], double amplitude, InkRandom *random)
{
  for (guint i = 0; i < N_WAVES; i++)
    {
      /* Slower waves have larger amplitudes, as in drawn lines. */
      waves[i].frequency = (i + 1) * ink_random_range (random, 2, 5);
      waves[i].amplitude = ink_random_range (random, 0, amplitude) / (i + 1);
      waves[i].phase = ink_random_range (random, 0, 2 * G_PI);
    }
}

static double
wave_at (const Wave waves[N_WAVES], double s)
{
  double sum = 0;

  for (guint i = 0; i < N_WAVES; i++)
    sum += waves[i].amplitude * sin (waves[i].frequency * s + waves[i].phase);
  return sum;
}

static void
deform_line (const InkHand *hand,
             InkLine *line,
             const Wave along_x[N_WAVES],
             const Wave along_y[N_WAVES],
             double *length)
{
  const double cosine = cos (hand->rotation), sine = sin (hand->rotation);
  double last_x = line->x[0], last_y = line->y[0];

  for (guint i = 0; i < line->n; i++)
    {
      const double dx = line->x[i] - last_x, dy = line->y[i] - last_y;

      *length += sqrt (dx * dx + dy * dy);
      last_x = line->x[i];
      last_y = line->y[i];
      deform (hand, cosine, sine, &line->x[i], &line->y[i]);
      line->x[i] += wave_at (along_x, *length);
      line->y[i] += wave_at (along_y, *length);
    }
}

/* Scales the strokes and moves them to a random position within the field. */
static InkDrawing *
place (const InkHand *hand, InkDrawing *drawing, double side, InkRandom *random)
{
  const InkBox box = ink_drawing_box (drawing);
  const double width = box.x1 - box.x0, height = box.y1 - box.y0;
  /* The ink extends up to 1.5 times half the pen's width from the centreline. */
  const double margin = 0.75 * hand->width;
  const double extent = MAX (width, height) + 2 * margin + 0.02;
  const double scale = side * MIN (hand->size, 1.0) / MAX (extent, 1.0);
  const double free_x = side - scale * (width + 2 * margin + 0.02);
  const double free_y = side - scale * (height + 2 * margin + 0.02);
  const double dx = ink_random_uniform (random) * free_x - scale * (box.x0 - margin - 0.01);
  const double dy = ink_random_uniform (random) * free_y - scale * (box.y0 - margin - 0.01);

  return ink_drawing_transform (drawing, (float) scale, (float) dx, (float) dy);
}

InkDrawing *
ink_hand_write (const InkHand *hand, const InkPath *path, double side, InkRandom *random)
{
  InkStroke *strokes[INK_PATH_MAX_POINTS];
  guint n_strokes = 0, begin = 0;
  Wave along_x[N_WAVES], along_y[N_WAVES];
  double length = 0, time = 0;
  InkDrawing *drawing, *placed;

  init_waves (along_x, hand->wobble, random);
  init_waves (along_y, hand->wobble, random);
  for (guint i = 0; i < path->n_points; i++)
    {
      InkLine line;

      if (!path->points[i].last && i + 1 < path->n_points)
        continue;
      ink_line_from_path (&line, path->points + begin, i + 1 - begin, hand->jitter, random);
      deform_line (hand, &line, along_x, along_y, &length);
      strokes[n_strokes++] = ink_line_write (&line, hand, &time, random);
      /* The pen moves to the next stroke in the air. */
      time += ink_random_range (random, 0.08, 0.3);
      begin = i + 1;
    }
  drawing = ink_drawing_new (strokes, n_strokes);
  for (guint i = 0; i < n_strokes; i++)
    ink_stroke_unref (strokes[i]);
  placed = place (hand, drawing, side, random);
  ink_drawing_unref (drawing);
  return placed;
}
