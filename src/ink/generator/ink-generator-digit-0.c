/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 0. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* The ring of most zeros: its start and its turn in degrees (negative is counterclockwise), and its
 * growth along the way, each with a standard deviation. */
static void
ring (InkPath *path,
      InkRandom *random,
      double from,
      double from_deviation,
      double turn,
      double turn_deviation,
      double growth_deviation)
{
  const double radius = between (random, 0.19, 0.44);
  const double begin = around (random, from, from_deviation);
  const double end = begin + around (random, turn, turn_deviation);

  ink_path_arc (path, 0.3, 0.5, radius, 0.5, begin, end, around (random, 0, growth_deviation));
}

static void
zero_plain (InkPath *path, InkRandom *random)
{
  ring (path, random, -80, 35, -365, 22, 0.07);
}

static void
zero_clockwise (InkPath *path, InkRandom *random)
{
  ring (path, random, ink_random_chance (random, 0.7) ? -100 : 95, 30, 365, 22, 0.07);
}

/* The start lies inside or outside the ring. */
static void
zero_hooked (InkPath *path, InkRandom *random)
{
  TO (path, around (random, 0.3, 0.12), between (random, -0.06, 0.3));
  ring (path, random, -115, 20, -375, 30, 0.06);
}

static void
zero_overlapping (InkPath *path, InkRandom *random)
{
  ring (path, random, -80, 40, -430, 30, 0.1);
}

/* Begins at the upper left and crosses its own start, so that two ends stick out at the top. */
static void
zero_crossed (InkPath *path, InkRandom *random)
{
  TO (path, between (random, 0.3, 0.62), between (random, -0.1, 0.08));
  ring (path, random, -95, 18, -385, 25, 0.06);
  TO (path, between (random, 0.05, 0.35), between (random, -0.12, 0.06));
}

static void
zero_slashed (InkPath *path, InkRandom *random)
{
  const double reach = between (random, 0.12, 0.34);

  zero_plain (path, random);
  ink_path_lift (path);
  TO (path, around (random, 0.3 + reach, 0.03), around (random, 0.5 - reach * 1.3, 0.05));
  TO (path, around (random, 0.3 - reach, 0.03), around (random, 0.5 + reach * 1.3, 0.05));
}

/* The left half, then the right half. */
static void
zero_halves (InkPath *path, InkRandom *random)
{
  const double radius = between (random, 0.22, 0.36);

  ARC (path, 0.3, 0.5, radius, 0.5, around (random, -85, 12), around (random, -270, 15), 0);
  ink_path_lift (path);
  ARC (path, 0.3, 0.5, radius, 0.5, around (random, -95, 12), around (random, 88, 15), 0);
}

const InkAllograph ink_allographs_0[] = {
  { "plain", 0.46, zero_plain, 1, FALSE },
  { "clockwise", 0.1, zero_clockwise, 1, FALSE },
  { "hooked", 0.18, zero_hooked, 1, FALSE },
  { "overlapping", 0.12, zero_overlapping, 1, FALSE },
  { "crossed", 0.05, zero_crossed, 1, FALSE },
  { "slashed", 0.08, zero_slashed, 1, FALSE },
  { "two halves", 0.06, zero_halves, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
