/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 6. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* From the bottom of the tail round the bowl. @top: the top of the bowl; @turn: angle in degrees
 * from the left, counterclockwise */
static void
six_bowl (InkPath *path, InkRandom *random, double top, double turn)
{
  const double radius = (1 - top) / 2, x = 0.06 + radius * between (random, 0.8, 1.4);

  ink_path_arc (path, x, 1 - radius, x - 0.03, radius, 175, 175 - turn,
                around (random, -0.08, 0.1));
}

static void
six_curved (InkPath *path, InkRandom *random)
{
  const double top = between (random, 0.44, 0.7);

  TO (path, between (random, 0.3, 0.56), around (random, 0.02, 0.03));
  TO (path, around (random, 0.24, 0.04), around (random, 0.13, 0.03));
  TO (path, around (random, 0.08, 0.03), around (random, 0.42, 0.04));
  six_bowl (path, random, top, around (random, 350, 28));
}

static void
six_straight (InkPath *path, InkRandom *random)
{
  const double top = between (random, 0.45, 0.74), x = between (random, 0.08, 0.52);

  TO (path, x, 0);
  TO (path, 0.06 + (x - 0.06) * 0.5, top * around (random, 0.55, 0.05));
  six_bowl (path, random, top, around (random, 355, 25));
}

/* The bowl reaches nearly to the top, or does not close. */
static void
six_open (InkPath *path, InkRandom *random)
{
  const double top = between (random, 0.42, 0.62);

  TO (path, between (random, 0.28, 0.55), around (random, 0.02, 0.03));
  TO (path, around (random, 0.15, 0.04), around (random, 0.2, 0.03));
  six_bowl (path, random, top, between (random, 240, 325));
}

static void
six_spiral (InkPath *path, InkRandom *random)
{
  const double top = between (random, 0.42, 0.6);

  TO (path, between (random, 0.3, 0.6), around (random, 0.02, 0.03));
  TO (path, around (random, 0.18, 0.04), around (random, 0.18, 0.03));
  TO (path, around (random, 0.07, 0.03), around (random, 0.45, 0.03));
  six_bowl (path, random, top, between (random, 370, 450));
}

/* Down, up a little, and round clockwise, like a b. */
static void
six_b (InkPath *path, InkRandom *random)
{
  const double top = between (random, 0.5, 0.66), middle = (1 + top) / 2;

  TO (path, between (random, 0.08, 0.3), 0);
  TO (path, around (random, 0.06, 0.03), 0.5);
  CORNER (path, around (random, 0.08, 0.03), around (random, 0.96, 0.03));
  TO (path, around (random, 0.1, 0.02), middle);
  TO (path, around (random, 0.28, 0.04), top);
  TO (path, around (random, 0.48, 0.04), middle);
  TO (path, around (random, 0.3, 0.04), 1);
  TO (path, around (random, 0.08, 0.03), around (random, 0.93, 0.03));
}

const InkAllograph ink_allographs_6[] = {
  { "curved tail", 0.34, six_curved, 1, FALSE }, { "straight tail", 0.34, six_straight, 1, FALSE },
  { "open", 0.12, six_open, 1, FALSE },          { "spiral", 0.13, six_spiral, 1, FALSE },
  { "as a b", 0.07, six_b, 1, FALSE },           { NULL, 0, NULL, 0, FALSE },
};
