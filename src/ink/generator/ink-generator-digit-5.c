/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 5. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

static void
five_belly (InkPath *path, InkRandom *random, double shoulder)
{
  const double right = around (random, 0.55, 0.07), height = 1 - shoulder;

  TO (path, around (random, 0.3, 0.05), shoulder - around (random, 0.02, 0.02));
  TO (path, right - 0.05, shoulder + height * around (random, 0.22, 0.05));
  TO (path, right, shoulder + height * around (random, 0.5, 0.07));
  TO (path, right - 0.11, shoulder + height * around (random, 0.84, 0.05));
  TO (path, around (random, 0.22, 0.06), around (random, 1, 0.015));
  TO (path, between (random, -0.1, 0.14), between (random, 0.76, 1.02));
}

/* From the top to the corner at the shoulder. */
static double
five_stem (InkPath *path, InkRandom *random, double x)
{
  const double shoulder = around (random, 0.42, 0.06);

  TO (path, x + around (random, 0.01, 0.02), around (random, 0.02, 0.03));
  TO (path, x - around (random, 0.02, 0.02), shoulder * 0.6);
  if (ink_random_chance (random, 0.6))
    CORNER (path, x - around (random, 0.03, 0.03), shoulder + around (random, 0.02, 0.02));
  else
    TO (path, x - around (random, 0.01, 0.03), shoulder - around (random, 0.02, 0.02));
  return shoulder;
}

static void
five_bar (InkPath *path, InkRandom *random, double x)
{
  const double y = around (random, 0.01, 0.035), end = between (random, 0.4, 0.72);

  TO (path, x - between (random, -0.03, 0.1), y);
  TO (path, (x + end) / 2, y - around (random, 0.01, 0.015));
  TO (path, end, y - around (random, 0.02, 0.03));
}

/* The bar comes last. */
static void
five_two_strokes (InkPath *path, InkRandom *random)
{
  const double x = around (random, 0.15, 0.04);

  five_belly (path, random, five_stem (path, random, x));
  ink_path_lift (path);
  five_bar (path, random, x);
  ink_path_lift (path);
  if (ink_random_chance (random, 0.2))
    ink_path_reorder (path);
}

static void
five_one_stroke (InkPath *path, InkRandom *random)
{
  const double x = around (random, 0.14, 0.04);

  TO (path, between (random, 0.4, 0.68), around (random, 0, 0.03));
  CORNER (path, x + around (random, 0.01, 0.02), around (random, 0.02, 0.03));
  five_belly (path, random, five_stem (path, random, x));
}

/* Without a corner. */
static void
five_s (InkPath *path, InkRandom *random)
{
  const double shoulder = around (random, 0.42, 0.05);

  TO (path, between (random, 0.42, 0.62), around (random, 0.05, 0.04));
  TO (path, around (random, 0.3, 0.04), around (random, 0.01, 0.02));
  TO (path, around (random, 0.14, 0.04), around (random, 0.1, 0.03));
  TO (path, around (random, 0.11, 0.03), shoulder * around (random, 0.68, 0.06));
  five_belly (path, random, shoulder);
}

/* Written quickly: slanted and narrow, with a small belly and a long bar. */
static void
five_swift (InkPath *path, InkRandom *random)
{
  const double x = around (random, 0.24, 0.04), shoulder = around (random, 0.45, 0.06);

  TO (path, x, around (random, 0.05, 0.03));
  TO (path, x - 0.1, shoulder);
  TO (path, around (random, 0.4, 0.05), shoulder + around (random, 0.16, 0.04));
  TO (path, around (random, 0.4, 0.05), around (random, 0.82, 0.04));
  TO (path, around (random, 0.2, 0.05), around (random, 0.98, 0.02));
  TO (path, around (random, 0, 0.08), between (random, 0.68, 1.02));
  ink_path_lift (path);
  TO (path, x - around (random, 0.02, 0.03), around (random, 0.04, 0.03));
  TO (path, between (random, 0.5, 0.85), around (random, -0.02, 0.05));
}

const InkAllograph ink_allographs_5[] = {
  { "two strokes", 0.42, five_two_strokes, 1, FALSE },
  { "one stroke", 0.24, five_one_stroke, 1, FALSE },
  { "one stroke, round", 0.16, five_s, 1, FALSE },
  { "swift", 0.18, five_swift, 1, FALSE },
  { NULL, 0, NULL, 0, FALSE },
};
