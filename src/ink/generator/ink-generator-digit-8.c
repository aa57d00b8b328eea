/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

#include <math.h>

/* The allographs of 8. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/**
 * eight:
 * @from: @turn: with their deviations, degrees along the figure: 0 is the top, 90 and 270 the
 * crossing, 180 the bottom
 * @side: 1 if the pen goes from the top to the left, -1 for the mirrored direction
 *
 * A Lissajous curve (1:2) with a larger lower loop.
 */
static void
eight (InkPath *path,
       InkRandom *random,
       double from,
       double from_deviation,
       double turn,
       double turn_deviation,
       double side)
{
  const double begin = around (random, from, from_deviation);
  const double way = around (random, turn, turn_deviation);
  const double upper = between (random, 0.1, 0.25), lower = upper * between (random, 0.7, 1.45);
  const double crossing = around (random, 0.47, 0.06);
  const double drift = around (random, 0, 0.07);
  /* 1 gives pointed loops that cross, 2 two circles that touch. */
  const double round = between (random, 1.0, 1.75);
  const guint n = (guint) ceil (way / 20);

  for (guint i = 0; i <= n; i++)
    {
      const double part = (double) i / n;
      const double angle = (begin + way * part) * G_PI / 180;
      /* -1 at the top. */
      const double height = copysign (pow (fabs (cos (angle)), round), -cos (angle));
      const double width = height < 0 ? upper : lower;
      const double y = height < 0 ? crossing * (1 + height) : crossing + (1 - crossing) * height;

      TO (path, 0.3 - side * width * sin (2 * angle) + drift * part, y);
    }
}

static void
eight_from_right (InkPath *path, InkRandom *random)
{
  /* The start and the end may stick out to the right. */
  if (ink_random_chance (random, 0.3))
    TO (path, between (random, 0.45, 0.72), between (random, -0.04, 0.16));
  eight (path, random, -42, 14, 358, 20, 1);
  if (ink_random_chance (random, 0.25))
    TO (path, between (random, 0.5, 0.7), between (random, 0, 0.2));
}

static void
eight_from_top (InkPath *path, InkRandom *random)
{
  eight (path, random, -5, 14, 360, 20, 1);
}

static void
eight_from_left (InkPath *path, InkRandom *random)
{
  eight (path, random, -25, 20, 362, 20, -1);
}

static void
eight_from_crossing (InkPath *path, InkRandom *random)
{
  const double from = ink_random_chance (random, 0.5) ? 80 : 262;
  const double side = ink_random_chance (random, 0.5) ? 1 : -1;

  /* The end misses the start, which then sticks out. */
  if (ink_random_chance (random, 0.5))
    TO (path, 0.3 + between (random, -0.3, 0.3), around (random, 0.45, 0.05));
  eight (path, random, from, 14, 365, 18, side);
}

/* The upper loop stays open. */
static void
eight_open (InkPath *path, InkRandom *random)
{
  eight (path, random, -42, 10, 318, 9, 1);
}

/* An S, and a straight line back up. */
static void
eight_straight (InkPath *path, InkRandom *random)
{
  const double top = around (random, 0.47, 0.05);

  TO (path, top, around (random, 0.08, 0.05));
  TO (path, around (random, 0.3, 0.04), 0);
  TO (path, around (random, 0.11, 0.04), around (random, 0.17, 0.03));
  TO (path, around (random, 0.26, 0.04), around (random, 0.44, 0.03));
  TO (path, around (random, 0.47, 0.05), around (random, 0.72, 0.04));
  TO (path, around (random, 0.28, 0.05), around (random, 1, 0.01));
  TO (path, around (random, 0.1, 0.05), around (random, 0.84, 0.04));
  TO (path, around (random, 0.25, 0.04), around (random, 0.53, 0.04));
  TO (path, top + around (random, 0.01, 0.05), around (random, 0.1, 0.06));
}

static void
eight_circles (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.46, 0.05), from = around (random, -80, 40);
  const double upper = waist / 2 * between (random, 0.75, 1.15);
  const double lower = (1 - waist) / 2 * between (random, 0.75, 1.15);

  ARC (path, around (random, 0.3, 0.02), waist / 2, upper, waist / 2, from,
       from + around (random, -360, 18), around (random, 0, 0.05));
  ink_path_lift (path);
  ARC (path, around (random, 0.3, 0.03), (1 + waist) / 2 - around (random, 0.01, 0.025), lower,
       (1 - waist) / 2, around (random, -90, 25), around (random, -450, 25),
       around (random, 0, 0.05));
}

const InkAllograph ink_allographs_8[] = {
  { "from the right", 0.37, eight_from_right, 1, FALSE },
  { "from the top", 0.16, eight_from_top, 1, FALSE },
  { "from the left", 0.1, eight_from_left, 1, FALSE },
  { "from the crossing", 0.08, eight_from_crossing, 1, FALSE },
  { "open", 0.09, eight_open, 1, FALSE },
  { "straight back", 0.1, eight_straight, 1, FALSE },
  { "two circles", 0.1, eight_circles, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
