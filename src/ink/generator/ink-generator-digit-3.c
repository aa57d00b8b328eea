/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 3. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

static void
three_head (InkPath *path, InkRandom *random, double waist)
{
  TO (path, around (random, 0.07, 0.06), between (random, 0.03, 0.22));
  TO (path, around (random, 0.28, 0.05), 0);
  TO (path, around (random, 0.48, 0.04), waist * 0.3);
  TO (path, around (random, 0.46, 0.04), waist * 0.65);
}

static void
three_belly (InkPath *path, InkRandom *random, double waist)
{
  const double right = around (random, 0.54, 0.06), half = (1 - waist) / 2;

  TO (path, right - 0.12, waist + half * around (random, 0.18, 0.06));
  TO (path, right, waist + half * around (random, 0.9, 0.1));
  TO (path, right - 0.1, waist + half * around (random, 1.65, 0.07));
  TO (path, around (random, 0.25, 0.05), around (random, 1, 0.015));
  TO (path, between (random, -0.08, 0.16), between (random, 0.8, 1.02));
}

static void
three_round (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.46, 0.06);

  three_head (path, random, waist);
  CORNER (path, between (random, 0.14, 0.34), waist);
  three_belly (path, random, waist);
}

/* There is hardly a waist: the pen swings from one bow to the other. */
static void
three_smooth (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.43, 0.05);

  three_head (path, random, waist);
  TO (path, between (random, 0.27, 0.4), waist);
  three_belly (path, random, waist);
}

static void
three_looped (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.45, 0.04), x = between (random, 0.16, 0.28);
  const double size = between (random, 0.02, 0.06);

  three_head (path, random, waist);
  TO (path, x + 0.08, waist + size * 0.6);
  TO (path, x, waist + size);
  TO (path, x - size, waist);
  TO (path, x, waist - size);
  three_belly (path, random, waist);
}

static void
three_flat (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.38, 0.05), right = around (random, 0.5, 0.05);

  TO (path, around (random, 0.06, 0.04), around (random, 0.03, 0.03));
  CORNER (path, right, around (random, 0.01, 0.025));
  CORNER (path, between (random, 0.14, 0.3), waist);
  three_belly (path, random, waist);
}

static void
three_curled (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.46, 0.04), radius = between (random, 0.03, 0.07);

  ARC (path, 0.1, around (random, 0.17, 0.03), radius, radius, between (random, -60, 60), 240, 0);
  TO (path, around (random, 0.3, 0.04), 0);
  TO (path, around (random, 0.48, 0.04), waist * 0.35);
  TO (path, around (random, 0.42, 0.04), waist * 0.75);
  CORNER (path, between (random, 0.18, 0.3), waist);
  three_belly (path, random, waist);
  if (ink_random_chance (random, 0.5))
    ARC (path, around (random, 0.08, 0.03), around (random, 0.84, 0.03), radius, radius, 170,
         between (random, 250, 400), 0);
}

/* Written in haste: the right side has hardly a waist, and only the curved end distinguishes it
 * from a 7 or a 9. */
static void
three_hasty (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.42, 0.06), right = around (random, 0.48, 0.04);
  const double half = 1 - waist;

  if (ink_random_chance (random, 0.35))
    {
      TO (path, around (random, 0.06, 0.04), around (random, 0.04, 0.03));
      CORNER (path, right, around (random, 0.01, 0.025));
    }
  else
    {
      TO (path, around (random, 0.08, 0.05), between (random, 0.04, 0.24));
      TO (path, around (random, 0.28, 0.05), 0);
      TO (path, right, waist * around (random, 0.35, 0.06));
    }
  if (ink_random_chance (random, 0.5))
    CORNER (path, right - between (random, 0.03, 0.16), waist);
  else
    TO (path, right - between (random, 0.02, 0.12), waist);
  TO (path, right - between (random, -0.04, 0.04), waist + half * around (random, 0.38, 0.06));
  TO (path, right - around (random, 0.1, 0.03), waist + half * around (random, 0.78, 0.05));
  TO (path, around (random, 0.22, 0.05), around (random, 1, 0.02));
  TO (path, between (random, -0.04, 0.12), between (random, 0.84, 1.0));
}

const InkAllograph ink_allographs_3[] = {
  { "round", 0.44, three_round, 1, FALSE },
  { "smooth", 0.14, three_smooth, 1, FALSE },
  { "looped", 0.12, three_looped, 1, FALSE },
  { "flat-topped", 0.18, three_flat, 1, FALSE },
  { "curled", 0.09, three_curled, 1, FALSE },
  { "hasty", 0.2, three_hasty, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
