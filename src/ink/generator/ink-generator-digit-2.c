/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 2. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* From the start at the left over the top to the start of the neck. */
static void
two_head (InkPath *path, InkRandom *random)
{
  const double y = between (random, 0.1, 0.34), right = between (random, 0.46, 0.6);

  TO (path, around (random, 0.07, 0.04), y);
  TO (path, around (random, 0.13, 0.03), y * between (random, 0.25, 0.5));
  TO (path, around (random, 0.31, 0.04), 0);
  TO (path, right - 0.04, around (random, 0.1, 0.02));
  TO (path, right, around (random, 0.26, 0.04));
}

/* A curl before the head. */
static void
two_curl (InkPath *path, InkRandom *random)
{
  const double x = around (random, 0.12, 0.03), y = around (random, 0.2, 0.04);
  const double radius = between (random, 0.04, 0.09);

  ink_path_arc (path, x, y, radius, radius, between (random, -90, 60), 230, 0);
  TO (path, around (random, 0.32, 0.04), 0);
  TO (path, around (random, 0.5, 0.03), around (random, 0.12, 0.02));
  TO (path, around (random, 0.52, 0.03), around (random, 0.28, 0.03));
}

static void
two_neck (InkPath *path, InkRandom *random)
{
  TO (path, around (random, 0.42, 0.04), around (random, 0.52, 0.03));
  TO (path, around (random, 0.22, 0.04), around (random, 0.77, 0.03));
}

static void
two_base (InkPath *path, InkRandom *random)
{
  const double end = between (random, 0.42, 0.95);

  CORNER (path, around (random, 0.03, 0.03), around (random, 0.98, 0.02));
  TO (path, end / 2, around (random, 0.98, 0.025));
  TO (path, end, between (random, 0.88, 1.04));
}

static void
two_angular (InkPath *path, InkRandom *random)
{
  two_head (path, random);
  two_neck (path, random);
  two_base (path, random);
}

static void
two_curled (InkPath *path, InkRandom *random)
{
  two_curl (path, random);
  two_neck (path, random);
  two_base (path, random);
}

/* The base bends out of the neck without a corner. */
static void
two_swan (InkPath *path, InkRandom *random)
{
  two_head (path, random);
  TO (path, around (random, 0.4, 0.04), around (random, 0.5, 0.03));
  TO (path, around (random, 0.15, 0.04), around (random, 0.76, 0.03));
  TO (path, around (random, 0.08, 0.03), around (random, 0.92, 0.02));
  TO (path, around (random, 0.2, 0.03), around (random, 1, 0.015));
  TO (path, between (random, 0.48, 0.75), around (random, 0.95, 0.04));
}

/* The pen goes through a loop at the lower left. */
static void
two_looped (InkPath *path, InkRandom *random)
{
  const double size = between (random, 0.25, 1.4), x = around (random, 0.1, 0.06);
  const double wide = between (random, 0.7, 1.8);

  if (ink_random_chance (random, 0.25))
    two_curl (path, random);
  else
    two_head (path, random);
  TO (path, around (random, 0.4, 0.04), around (random, 0.56, 0.03));
  TO (path, x + 0.12, around (random, 0.86, 0.02));
  TO (path, x, around (random, 0.97, 0.015));
  TO (path, x - 0.08 * size * wide, 0.97 - 0.05 * size);
  TO (path, x, 0.96 - 0.13 * size);
  TO (path, x + 0.16 * size, 0.97 - 0.08 * size);
  TO (path, x + 0.3, around (random, 0.97, 0.02));
  TO (path, between (random, 0.52, 0.98), between (random, 0.84, 1.06));
}

/* The loop fills nearly all of the lower half. */
static void
two_balloon (InkPath *path, InkRandom *random)
{
  const double left = around (random, 0.04, 0.04), top = between (random, 0.48, 0.66);

  two_head (path, random);
  TO (path, around (random, 0.49, 0.03), around (random, 0.55, 0.04));
  TO (path, around (random, 0.4, 0.04), around (random, 0.84, 0.03));
  TO (path, around (random, 0.2, 0.04), around (random, 1, 0.01));
  TO (path, left, around (random, 0.86, 0.04));
  TO (path, left + 0.11, top);
  TO (path, left + 0.3, top + around (random, 0.06, 0.03));
  TO (path, around (random, 0.5, 0.04), around (random, 0.87, 0.04));
  if (ink_random_chance (random, 0.6))
    TO (path, between (random, 0.56, 0.75), around (random, 0.96, 0.03));
}

static void
two_straight (InkPath *path, InkRandom *random)
{
  const double right = between (random, 0.42, 0.58);

  TO (path, around (random, 0.06, 0.03), around (random, 0.06, 0.04));
  TO (path, 0.28, around (random, 0.02, 0.03));
  if (ink_random_chance (random, 0.5))
    CORNER (path, right, around (random, 0.03, 0.03));
  else
    TO (path, right, around (random, 0.12, 0.03));
  TO (path, around (random, 0.28, 0.04), around (random, 0.55, 0.04));
  two_base (path, random);
}

const InkAllograph ink_allographs_2[] = {
  { "angular", 0.26, two_angular, 1, FALSE },
  { "curled", 0.1, two_curled, 1, FALSE },
  { "swan", 0.11, two_swan, 1, FALSE },
  { "looped", 0.29, two_looped, 1, FALSE },
  { "balloon", 0.11, two_balloon, 1, FALSE },
  { "straight", 0.13, two_straight, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
