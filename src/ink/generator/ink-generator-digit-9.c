/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 9. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* The loop, counterclockwise, to the top of the stem. Returns that position. */
static double
nine_loop (InkPath *path,
           InkRandom *random,
           double from,
           double from_deviation,
           double end,
           double end_deviation)
{
  const double bottom = between (random, 0.26, 0.58), radius = bottom / 2;
  const double width = radius * between (random, 0.75, 1.45), x = 0.46 - width;

  ARC (path, x, radius, width, radius, around (random, from, from_deviation),
       around (random, end, end_deviation), around (random, 0.02, 0.06));
  return x + width;
}

static void
nine_straight (InkPath *path, InkRandom *random)
{
  const double x = nine_loop (path, random, -28, 20, -345, 10);

  /* Up to the start of the loop, or straight on. */
  if (ink_random_chance (random, 0.5))
    CORNER (path, x + around (random, 0.01, 0.02), between (random, 0.02, 0.2));
  TO (path, x - around (random, 0.01, 0.03), 0.55);
  TO (path, x - around (random, 0.06, 0.08), 1);
}

static void
nine_curved (InkPath *path, InkRandom *random)
{
  const double x = nine_loop (path, random, -35, 22, -358, 10);

  TO (path, x + around (random, 0, 0.02), around (random, 0.48, 0.04));
  TO (path, x - around (random, 0.1, 0.04), around (random, 0.8, 0.04));
  TO (path, x - around (random, 0.26, 0.08), 1);
}

/* The tail turns up at the left, like a g. */
static void
nine_hooked (InkPath *path, InkRandom *random)
{
  const double x = nine_loop (path, random, -32, 22, -350, 10);

  if (ink_random_chance (random, 0.6))
    CORNER (path, x, between (random, 0.05, 0.2));
  TO (path, x + around (random, 0.01, 0.02), around (random, 0.6, 0.04));
  TO (path, x - around (random, 0.04, 0.03), around (random, 0.88, 0.03));
  TO (path, x - around (random, 0.22, 0.05), 1);
  TO (path, x - between (random, 0.32, 0.62), between (random, 0.78, 1.02));
}

/* The loop stays open at the right or the top. */
static void
nine_open (InkPath *path, InkRandom *random)
{
  const double x = nine_loop (path, random, -62, 14, -330, 14);

  CORNER (path, x + around (random, 0, 0.02), between (random, 0.0, 0.12));
  TO (path, x - around (random, 0.02, 0.02), 0.55);
  TO (path, x - around (random, 0.08, 0.07), 1);
}

static void
nine_two_strokes (InkPath *path, InkRandom *random)
{
  const double x = nine_loop (path, random, -40, 30, -400, 20);

  ink_path_lift (path);
  TO (path, x + around (random, 0.01, 0.02), between (random, 0.02, 0.25));
  TO (path, x - around (random, 0.01, 0.02), 0.55);
  TO (path, x - around (random, 0.1, 0.1), around (random, 0.98, 0.02));
}

/* Begins at the crossing at the waist, goes round clockwise, and down. */
static void
nine_clockwise (InkPath *path, InkRandom *random)
{
  const double waist = between (random, 0.38, 0.55), width = between (random, 0.15, 0.24);
  const double x = 0.46 - width;

  ink_path_arc (path, x, waist / 2, width, waist / 2, around (random, 60, 25), 360, 0);
  TO (path, x + width - around (random, 0, 0.02), 0.5);
  TO (path, x + width - around (random, 0.08, 0.07), 1);
}

const InkAllograph ink_allographs_9[] = {
  { "straight tail", 0.32, nine_straight, 1, FALSE },
  { "curved tail", 0.21, nine_curved, 1, FALSE },
  { "hooked tail", 0.24, nine_hooked, 1, FALSE },
  { "open", 0.1, nine_open, 1, FALSE },
  { "two strokes", 0.09, nine_two_strokes, 1, FALSE },
  { "clockwise", 0.07, nine_clockwise, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
