/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-generator-nondigits.h"
#include "ink-generator.h"

/* Meaningless ink: curves, hatching, dots. They have so many turns that none becomes a digit by
 * chance. */

static guint
count (InkRandom *random, guint low, guint high)
{
  return (guint) ink_random_range (random, low, high + 1.0);
}

/* The pen moves to random points, each far from the one before. */
static void
wander (InkPath *path, InkRandom *random, guint n, double corners)
{
  double x = between (random, 0, 0.9), y = between (random, 0, 1);

  for (guint i = 0; i < n; i++)
    {
      const double last_x = x, last_y = y;

      if (ink_random_chance (random, corners))
        CORNER (path, x, y);
      else
        TO (path, x, y);
      do
        {
          x = between (random, 0, 0.9);
          y = between (random, 0, 1);
        }
      while (hypot (x - last_x, y - last_y) < 0.3);
    }
  ink_path_lift (path);
}

static void
scribble_curve (InkPath *path, InkRandom *random)
{
  wander (path, random, count (random, 7, 18), 0);
}

static void
scribble_edges (InkPath *path, InkRandom *random)
{
  wander (path, random, count (random, 6, 14), 0.7);
}

/* Two or three independent curves. */
static void
scribble_pieces (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 2, 4);

  for (guint i = 0; i < n; i++)
    wander (path, random, count (random, 3, 6), 0.2);
}

/* Hatching: back and forth along one direction, moving across it. */
static void
to_and_fro (
    InkPath *path, InkRandom *random, guint n, double height, double length, gboolean corner)
{
  for (guint i = 0; i < n; i++)
    {
      const double x = length * i / n + around (random, 0, 0.02);
      const double y = 0.5 + (i % 2 == 0 ? -0.5 : 0.5) * height + around (random, 0, 0.05);

      if (corner)
        ink_path_corner (path, x, y);
      else
        ink_path_to (path, x, y);
    }
  ink_path_lift (path);
}

static void
scribble_zigzag (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 6, 14);
  const double height = between (random, 0.3, 1), length = between (random, 0.9, 1.6);

  to_and_fro (path, random, n, height, length, TRUE);
}

static void
scribble_wave (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 6, 14);
  const double height = between (random, 0.2, 0.8), length = between (random, 1, 1.8);

  to_and_fro (path, random, n, height, length, FALSE);
}

static void
scribble_hatching (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 10, 26);
  const double height = between (random, 0.6, 1), length = between (random, 0.5, 1.1);

  to_and_fro (path, random, n, height, length, FALSE);
}

static void
scribble_spiral (InkPath *path, InkRandom *random)
{
  const double begin = between (random, 0, 360);
  const double turns = between (random, 2.5, 4.5) * (ink_random_chance (random, 0.5) ? 360 : -360);
  const double radius = between (random, 0.03, 0.08), flat = between (random, 0.7, 1);

  ARC (path, 0.4, 0.5, radius * flat, radius, begin, begin + turns, between (random, 5, 9));
  ink_path_lift (path);
}

/* Like a chain of l's or e's. */
static void
scribble_loops (InkPath *path, InkRandom *random)
{
  const guint turns = count (random, 3, 6);
  const double step = between (random, 0.1, 0.22), radius = between (random, 0.12, 0.2);
  const double height = between (random, 0.3, 0.5);

  for (guint i = 0; i < turns * 8; i++)
    {
      const double angle = 2 * G_PI * (i / 8.0) + G_PI / 2;

      TO (path, step * 2 * i / 8.0 + radius * cos (angle), 0.5 + height * sin (angle));
    }
  ink_path_lift (path);
}

/* Round and round in one place, each time differently. */
static void
scribble_tangle (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 12, 40);

  for (guint i = 0; i < n; i++)
    {
      const double angle = 2 * G_PI * i * 0.23;
      /* Through the middle too, otherwise it would be a thick 0. */
      const double radius = between (random, 0.05, 0.5);

      TO (path, 0.4 + radius * cos (angle), 0.5 + radius * sin (angle));
    }
  ink_path_lift (path);
}

/* Straight lines across each other. */
static void
scribble_sticks (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 4, 8);

  for (guint i = 0; i < n; i++)
    {
      const double x = between (random, 0.2, 0.7), y = between (random, 0.2, 0.8);
      const double angle = between (random, 0, G_PI), reach = between (random, 0.2, 0.6);

      TO (path, x - reach * cos (angle), y - reach * sin (angle));
      TO (path, x + reach * cos (angle), y + reach * sin (angle));
      ink_path_lift (path);
    }
}

/* Signs of an invented script: random lines, bows and hooks, so many that a digit is very unlikely.
 */
static void
scribble_glyph (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 3, 5);

  for (guint i = 0; i < n; i++)
    {
      const double x = between (random, 0.1, 0.7), y = between (random, 0.15, 0.85);
      const double angle = G_PI / 4 * count (random, 0, 7) + around (random, 0, 0.15);
      const double reach = between (random, 0.2, 0.5);
      const double dx = reach * cos (angle), dy = reach * sin (angle);
      const double lot = ink_random_uniform (random);

      if (lot < 0.5)
        {
          TO (path, x - dx, y - dy);
          TO (path, x + dx, y + dy);
        }
      else if (lot < 0.75)
        {
          const double begin = between (random, 0, 360);
          const double radius = between (random, 0.1, 0.3);

          ARC (path, x, y, radius, radius, begin, begin + between (random, 90, 300), 0);
        }
      else
        {
          TO (path, x - dx, y - dy);
          CORNER (path, x, y);
          TO (path, x + dy * 0.7, y - dx * 0.7);
        }
      ink_path_lift (path);
    }
}

const InkNondigitForm ink_nondigit_scribbles[] = {
  { "curve", FALSE, 180, NULL, scribble_curve, NULL },
  { "edges", FALSE, 180, NULL, scribble_edges, NULL },
  { "pieces", FALSE, 180, NULL, scribble_pieces, NULL },
  { "zigzag", FALSE, 25, NULL, scribble_zigzag, NULL },
  { "wave", TRUE, 20, NULL, scribble_wave, NULL },
  { "glyph", FALSE, 20, NULL, scribble_glyph, NULL },
  { "turned glyph", FALSE, 180, NULL, scribble_glyph, NULL },
  { "hatching", FALSE, 180, NULL, scribble_hatching, NULL },
  { "spiral", FALSE, 180, NULL, scribble_spiral, NULL },
  { "loops", TRUE, 25, NULL, scribble_loops, NULL },
  { "tangle", FALSE, 180, NULL, scribble_tangle, NULL },
  { "sticks", TRUE, 180, NULL, scribble_sticks, NULL },
  { NULL, FALSE, 0, NULL, NULL, NULL },
};

static void
dash (InkPath *path, InkRandom *random, double x, double y, double dx, double dy)
{
  TO (path, x, y);
  TO (path, x + dx / 2 + around (random, 0, 0.01), y + dy / 2 + around (random, 0, 0.01));
  TO (path, x + dx, y + dy);
  ink_path_lift (path);
}

/* A touch of the pen. */
static void
dot (InkPath *path, InkRandom *random, double x, double y)
{
  dash (path, random, x, y, between (random, -0.02, 0.02), between (random, 0.005, 0.03));
}

static void
dots_scattered (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 3, 12);

  for (guint i = 0; i < n; i++)
    {
      const double x = between (random, 0, 1), y = between (random, 0, 1);

      dot (path, random, x, y);
    }
}

static void
dots_ellipsis (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 2, 5);

  for (guint i = 0; i < n; i++)
    {
      const double x = 0.3 * i + around (random, 0, 0.03), y = 0.5 + around (random, 0, 0.04);

      dot (path, random, x, y);
    }
}

/* Not upright: that would be a 1. */
static void
dots_dash (InkPath *path, InkRandom *random)
{
  const double y = around (random, 0, 0.12);

  dash (path, random, 0, 0.5 - y, 1, 2 * y);
}

static void
dots_dashes (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 2, 4);
  const double pitch = between (random, 0.16, 0.45);

  for (guint i = 0; i < n; i++)
    {
      const double x = around (random, 0, 0.05), slope = around (random, 0, 0.06);

      dash (path, random, x, pitch * i - slope, around (random, 0.9, 0.1), slope * 2);
    }
}

static void
dots_morse (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 3, 6);
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      const double length = ink_random_chance (random, 0.5) ? between (random, 0.2, 0.4) : 0.02;

      dash (path, random, x, 0.5 + around (random, 0, 0.03), length, 0);
      x += length + between (random, 0.15, 0.3);
    }
}

static void
dots_rain (InkPath *path, InkRandom *random)
{
  const guint n = count (random, 4, 12);
  const double slope = between (random, -0.1, 0.1);

  for (guint i = 0; i < n; i++)
    {
      const double x = between (random, 0, 1), y = between (random, 0, 1);

      dash (path, random, x, y, slope, between (random, 0.12, 0.25));
    }
}

static void
dots_division (InkPath *path, InkRandom *random)
{
  dash (path, random, 0, 0.5, 0.9, around (random, 0, 0.04));
  dot (path, random, around (random, 0.45, 0.03), between (random, 0.1, 0.25));
  dot (path, random, around (random, 0.45, 0.03), between (random, 0.75, 0.9));
}

/* A single touch, or a blot where the pen goes round in its own ink. */
static InkDrawing *
dots_single (const InkHand *hand, InkRandom *random)
{
  const double reach = ink_random_chance (random, 0.5) ? 0 : hand->width * between (random, 0, 0.5);
  const double scale = INK_GENERATOR_SIDE * hand->size;
  const double x = between (random, 0.2, 0.8), y = between (random, 0.2, 0.8);
  InkStroke *stroke = ink_stroke_new ((float) (hand->width * scale * 0.5));
  InkDrawing *drawing;

  for (guint i = 0; i < 12; i++)
    {
      const double angle = 2 * G_PI * i * 0.38, r = reach * between (random, 0.3, 1);

      ink_stroke_append (stroke,
                         (InkPoint){
                             (float) (x * INK_GENERATOR_SIDE + scale * 0.5 * r * cos (angle)),
                             (float) (y * INK_GENERATOR_SIDE + scale * 0.5 * r * sin (angle)),
                             (float) hand->force, (float) (i * 0.012) });
    }
  drawing = ink_drawing_new (&stroke, 1);
  ink_stroke_unref (stroke);
  return drawing;
}

const InkNondigitForm ink_nondigit_dots[] = {
  { "scattered", FALSE, 180, NULL, dots_scattered, NULL },
  { "ellipsis", FALSE, 180, NULL, dots_ellipsis, NULL },
  { "dash", FALSE, 20, NULL, dots_dash, NULL },
  { "dashes", FALSE, 20, NULL, dots_dashes, NULL },
  { "morse", TRUE, 15, NULL, dots_morse, NULL },
  { "rain", FALSE, 30, NULL, dots_rain, NULL },
  { "division", TRUE, 20, NULL, dots_division, NULL },
  { "single", FALSE, 0, NULL, NULL, dots_single },
  { NULL, FALSE, 0, NULL, NULL, NULL },
};
