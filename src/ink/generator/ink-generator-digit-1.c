/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 1. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* The stem, from the top to the bottom, at x = 0.3, bent a little or ending in a hook. */
static void
stem (InkPath *path, InkRandom *random, double hook)
{
  TO (path, around (random, 0.3, 0.015), 0.5);
  TO (path, around (random, 0.3, 0.012), 0.85);
  TO (path, 0.3 - hook, 1);
}

static void
one_stick (InkPath *path, InkRandom *random)
{
  /* A 1 is slanted more than other digits. */
  const double lean = around (random, 0.08, 0.12);

  TO (path, 0.3 + lean, 0);
  TO (path, around (random, 0.3, 0.012), 0.5);
  TO (path, 0.3 - lean, 1);
  if (ink_random_chance (random, 0.12))
    ink_path_reverse (path);
}

static void
one_flag (InkPath *path, InkRandom *random)
{
  const double drop = between (random, 0.08, 0.42), width = between (random, 0.06, 0.34);

  TO (path, 0.3 - width, drop);
  TO (path, 0.3 - width * between (random, 0.4, 0.6), drop * between (random, 0.3, 0.75));
  CORNER (path, 0.3, 0);
  stem (path, random, 0);
}

/* With the upstroke that many European schools teach. */
static void
one_upstroke (InkPath *path, InkRandom *random)
{
  const double drop = between (random, 0.4, 0.85);

  TO (path, 0.3 - drop * between (random, 0.3, 0.8), drop);
  CORNER (path, 0.3, 0);
  stem (path, random, 0);
}

/* Up and down on nearly the same line. */
static void
one_retraced (InkPath *path, InkRandom *random)
{
  const double drop = between (random, 0.25, 0.75);

  TO (path, 0.3 - drop * between (random, -0.04, 0.24), drop);
  CORNER (path, 0.3, 0);
  stem (path, random, 0);
}

static void
one_hooked (InkPath *path, InkRandom *random)
{
  one_flag (path, random);
  path->n_points--;
  TO (path, 0.3 - between (random, 0.03, 0.08), 0.98);
  TO (path, 0.3 - between (random, 0.1, 0.28), between (random, 0.95, 1.02));
}

static void
one_foot (InkPath *path, InkRandom *random)
{
  const double left = between (random, 0.12, 0.34), right = between (random, 0.12, 0.34);

  one_flag (path, random);
  ink_path_lift (path);
  TO (path, 0.3 - left, around (random, 1, 0.025));
  TO (path, 0.3 + right, around (random, 0.99, 0.03));
}

/* The pen stays down: to the left, and back along the foot. */
static void
one_drawn_foot (InkPath *path, InkRandom *random)
{
  one_flag (path, random);
  path->points[path->n_points - 1].corner = TRUE;
  CORNER (path, 0.3 - between (random, 0.1, 0.3), around (random, 1.01, 0.03));
  TO (path, 0.3 + between (random, 0.1, 0.36), around (random, 0.98, 0.03));
}

static void
one_bare_foot (InkPath *path, InkRandom *random)
{
  one_stick (path, random);
  ink_path_lift (path);
  TO (path, 0.3 - between (random, 0.15, 0.34), around (random, 1, 0.025));
  TO (path, 0.3 + between (random, 0.08, 0.32), around (random, 0.99, 0.03));
}

/* Straight lines, as on a form or a sign: a wide flag that falls at an angle, and an upright stem.
 * The fall tells it from a 7 with a level top. */
static void
one_angular (InkPath *path, InkRandom *random)
{
  const double width = between (random, 0.12, 0.5), lean = around (random, 0, 0.03);

  CORNER (path, 0.3 - width, width * between (random, 0.42, 1.2));
  CORNER (path, 0.3 + lean, 0);
  CORNER (path, 0.3 - lean, 1);
}

static void
one_angular_foot (InkPath *path, InkRandom *random)
{
  one_angular (path, random);
  ink_path_lift (path);
  TO (path, 0.3 - between (random, 0.12, 0.36), around (random, 1, 0.02));
  TO (path, 0.3 + between (random, 0.12, 0.36), around (random, 1, 0.02));
}

/* As in the box of a form: a straight flag at a natural slope, 20 to 55 degrees, and of any length
 * up to 0.6 of the stem's height. */
static void
one_form (InkPath *path, InkRandom *random)
{
  const double slope = between (random, 0.36, 1.4), drop = between (random, 0.08, 0.6);
  const double width = MIN (drop / slope, 0.6), lean = around (random, 0.01, 0.03);

  CORNER (path, 0.3 - width, width * slope);
  if (ink_random_chance (random, 0.3))
    TO (path, 0.3 - width / 2, width * slope * around (random, 0.52, 0.06));
  CORNER (path, 0.3 + lean, 0);
  CORNER (path, 0.3 - lean, 1);
}

static void
one_form_foot (InkPath *path, InkRandom *random)
{
  one_form (path, random);
  ink_path_lift (path);
  TO (path, 0.3 - between (random, 0.1, 0.36), around (random, 1, 0.015));
  TO (path, 0.3 + between (random, 0.1, 0.36), around (random, 1, 0.015));
}

const InkAllograph ink_allographs_1[] = {
  { "stick", 0.36, one_stick, 1, FALSE },
  { "flag", 0.22, one_flag, 1, FALSE },
  { "flag, angular", 0.16, one_angular, 2, FALSE },
  { "flag and foot, angular", 0.06, one_angular_foot, 2, FALSE },
  { "long upstroke", 0.09, one_upstroke, 1, FALSE },
  { "retraced", 0.09, one_retraced, 1, FALSE },
  { "flag, hooked", 0.05, one_hooked, 1, FALSE },
  { "flag and foot", 0.08, one_foot, 1, FALSE },
  { "flag and foot in one stroke", 0.07, one_drawn_foot, 1, FALSE },
  { "stick and foot", 0.04, one_bare_foot, 1, FALSE },
  { "flag, form", 0.5, one_form, 3, TRUE },
  { "flag and foot, form", 0.1, one_form_foot, 3, TRUE },
  { NULL, 0, NULL, 0, FALSE },
};
