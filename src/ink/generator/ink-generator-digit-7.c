/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 7. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

static void
seven_top (InkPath *path, InkRandom *random, double right)
{
  const double y = around (random, 0.03, 0.035);

  TO (path, around (random, 0.02, 0.04), y);
  TO (path, right / 2, y + around (random, -0.01, 0.025));
  CORNER (path, right, around (random, 0.02, 0.03));
}

static void
seven_stem (InkPath *path, InkRandom *random, double right)
{
  const double foot = around (random, 0.26, 0.14);

  TO (path, foot + (right - foot) * around (random, 0.5, 0.13), around (random, 0.45, 0.05));
  TO (path, foot, 1);
}

static void
seven_bar (InkPath *path, InkRandom *random)
{
  const double y = around (random, 0.53, 0.08), rise = around (random, 0.02, 0.05);
  const double x = around (random, 0.31, 0.06), reach = between (random, 0.12, 0.3);

  ink_path_lift (path);
  if (ink_random_chance (random, 0.2))
    TO (path, x - reach, y + between (random, 0.04, 0.1));
  TO (path, x - reach * 0.9, y + rise);
  TO (path, x + reach, y - rise);
}

static void
seven_plain (InkPath *path, InkRandom *random)
{
  const double right = around (random, 0.56, 0.06);

  seven_top (path, random, right);
  seven_stem (path, random, right);
}

static void
seven_serif (InkPath *path, InkRandom *random)
{
  const double right = around (random, 0.56, 0.06), drop = between (random, 0.06, 0.36);

  TO (path, around (random, 0.03, 0.04), drop + 0.02);
  if (ink_random_chance (random, 0.5))
    CORNER (path, around (random, 0.04, 0.03), around (random, 0.03, 0.02));
  else
    TO (path, around (random, 0.06, 0.03), around (random, 0.04, 0.02));
  TO (path, right / 2, around (random, 0.04, 0.025));
  CORNER (path, right, around (random, 0.02, 0.03));
  seven_stem (path, random, right);
}

/* The top bends into the stem: the corner is round. */
static void
seven_round (InkPath *path, InkRandom *random)
{
  const double right = around (random, 0.54, 0.06), foot = around (random, 0.28, 0.13);

  TO (path, around (random, 0.03, 0.04), around (random, 0.14, 0.07));
  TO (path, around (random, 0.14, 0.04), around (random, 0.03, 0.03));
  TO (path, around (random, 0.36, 0.05), around (random, 0, 0.02));
  TO (path, right, around (random, 0.11, 0.04));
  TO (path, foot + (right - foot) * around (random, 0.75, 0.12), around (random, 0.42, 0.05));
  TO (path, foot, 1);
}

static void
seven_barred (InkPath *path, InkRandom *random)
{
  seven_plain (path, random);
  seven_bar (path, random);
}

static void
seven_barred_serif (InkPath *path, InkRandom *random)
{
  seven_serif (path, random);
  seven_bar (path, random);
}

static void
seven_barred_round (InkPath *path, InkRandom *random)
{
  seven_round (path, random);
  seven_bar (path, random);
}

/* The top slopes down to the right, like half a z. */
static void
seven_wavy (InkPath *path, InkRandom *random)
{
  const double right = around (random, 0.54, 0.05), foot = around (random, 0.16, 0.07);

  TO (path, around (random, 0.02, 0.03), around (random, 0.14, 0.06));
  TO (path, around (random, 0.14, 0.03), around (random, 0, 0.03));
  TO (path, around (random, 0.34, 0.04), around (random, 0.08, 0.03));
  CORNER (path, right, around (random, 0, 0.04));
  seven_stem (path, random, right - (0.2 - foot) * 0.2);
  if (ink_random_chance (random, 0.3))
    seven_bar (path, random);
}

/* A level top and a straight stem that may stand upright, as on a form. The top is level or falls,
 * where the flag of a 1 rises. */
static void
seven_angular (InkPath *path, InkRandom *random)
{
  const double right = between (random, 0.42, 0.66), rise = between (random, -0.06, 0.05);

  CORNER (path, around (random, 0.02, 0.02), 0.03 + rise);
  CORNER (path, right, 0.03);
  CORNER (path, right * between (random, 0.3, 1.02), 1);
}

static void
seven_angular_barred (InkPath *path, InkRandom *random)
{
  seven_angular (path, random);
  seven_bar (path, random);
}

/* As in the box of a form: a level top, straight or a little waved, that may begin with a short
 * stroke down, and a stem that is straight or bends towards its foot. */
static void
seven_form (InkPath *path, InkRandom *random)
{
  const double right = between (random, 0.36, 0.66), foot = right * between (random, 0.2, 1);
  const double left = 0.03 + around (random, 0, 0.025), drop = between (random, 0.06, 0.2);

  if (ink_random_chance (random, 0.2))
    CORNER (path, around (random, 0.01, 0.015), left + drop);
  CORNER (path, around (random, 0.01, 0.015), left);
  if (ink_random_chance (random, 0.3))
    TO (path, right / 2, left + around (random, 0, 0.03));
  CORNER (path, right, 0.03);
  if (ink_random_chance (random, 0.4))
    TO (path, foot + (right - foot) * between (random, 0.2, 0.5), between (random, 0.4, 0.6));
  CORNER (path, foot, 1);
}

static void
seven_form_barred (InkPath *path, InkRandom *random)
{
  seven_form (path, random);
  seven_bar (path, random);
}

const InkAllograph ink_allographs_7[] = {
  { "plain", 0.32, seven_plain, 1, FALSE },
  { "serif", 0.18, seven_serif, 1, FALSE },
  { "round", 0.16, seven_round, 1, FALSE },
  { "barred", 0.13, seven_barred, 1, FALSE },
  { "barred, serif", 0.06, seven_barred_serif, 1, FALSE },
  { "barred, round", 0.1, seven_barred_round, 1, FALSE },
  { "wavy", 0.1, seven_wavy, 1, FALSE },
  { "angular", 0.1, seven_angular, 2, FALSE },
  { "angular, barred", 0.03, seven_angular_barred, 2, FALSE },
  { "form", 0.2, seven_form, 3, TRUE },
  { "form, barred", 0.1, seven_form_barred, 3, TRUE },
  { NULL, 0, NULL, 0, FALSE },
};
