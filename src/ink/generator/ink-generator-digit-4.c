/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* The allographs of 4. The weights follow how common they are; rare ones are raised enough to be
 * learned. */

/* The left part of an open four: down, and to the right. */
static void
four_angle (InkPath *path, InkRandom *random, double bar, double end)
{
  const double top = around (random, 0.14, 0.06);

  TO (path, top, between (random, -0.05, 0.16));
  TO (path, top - between (random, 0.02, 0.08), bar * 0.6);
  CORNER (path, around (random, 0.04, 0.03), bar + around (random, 0, 0.02));
  TO (path, end, bar - around (random, 0.02, 0.04));
}

static void
four_stem (InkPath *path, InkRandom *random, double x, double top)
{
  TO (path, x + around (random, 0.05, 0.03), top);
  TO (path, x + around (random, 0, 0.01), (1 + top) / 2);
  TO (path, x - around (random, 0.05, 0.04), 1);
}

static void
four_open (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.56, 0.08), x = around (random, 0.42, 0.05);

  four_angle (path, random, bar, x + between (random, 0.03, 0.26));
  ink_path_lift (path);
  /* The stem may end at the bar. */
  if (ink_random_chance (random, 0.14))
    four_stem (path, random, x, bar - between (random, 0.02, 0.15));
  else
    four_stem (path, random, x, bar - between (random, 0.15, 0.6));
  ink_path_lift (path);
  if (ink_random_chance (random, 0.1))
    ink_path_reorder (path);
}

/* A cup and a stem without lifting the pen, like a y. */
static void
four_cup (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.5, 0.06), right = around (random, 0.52, 0.05);

  TO (path, around (random, 0.04, 0.04), around (random, 0.04, 0.05));
  TO (path, around (random, 0, 0.03), bar * 0.65);
  TO (path, around (random, 0.13, 0.04), bar + around (random, 0, 0.03));
  TO (path, around (random, 0.32, 0.04), bar * around (random, 0.94, 0.06));
  CORNER (path, right, around (random, 0.06, 0.07));
  TO (path, right - around (random, 0.05, 0.02), 0.5);
  TO (path, right - around (random, 0.1, 0.05), 1);
}

/* Like a lightning bolt: down, across, down. */
static void
four_flash (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.5, 0.06), right = around (random, 0.5, 0.05);

  TO (path, around (random, 0.16, 0.06), 0);
  TO (path, around (random, 0.1, 0.04), bar * 0.5);
  CORNER (path, around (random, 0.03, 0.03), bar);
  CORNER (path, right, bar - between (random, 0, 0.16));
  TO (path, right - around (random, 0.06, 0.03), 0.8);
  TO (path, right - around (random, 0.1, 0.05), 1);
}

static void
four_closed (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.63, 0.06), x = around (random, 0.42, 0.04);

  TO (path, x + around (random, 0, 0.03), around (random, 0, 0.02));
  CORNER (path, around (random, 0.02, 0.03), bar);
  TO (path, x + between (random, 0.03, 0.28), bar + around (random, 0, 0.025));
  ink_path_lift (path);
  four_stem (path, random, x, between (random, -0.03, 0.2));
  ink_path_lift (path);
  if (ink_random_chance (random, 0.15))
    ink_path_reorder (path);
}

/* Down to the left, to the right, round and up to the top, and down the stem. */
static void
four_closed_at_once (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.53, 0.06), x = around (random, 0.45, 0.03);
  const double top = around (random, 0.03, 0.04);

  TO (path, x - between (random, 0.02, 0.18), top + between (random, 0, 0.08));
  TO (path, around (random, 0.2, 0.04), bar * 0.5);
  CORNER (path, around (random, 0.02, 0.03), bar);
  TO (path, x - 0.12, bar - between (random, 0, 0.08));
  TO (path, x - 0.01, bar * 0.55);
  CORNER (path, x + around (random, 0, 0.02), top);
  TO (path, x - around (random, 0.01, 0.02), 0.55);
  TO (path, x - around (random, 0.04, 0.04), 1);
}

/* From the foot up the stem, down to the left, and across. */
static void
four_sail (InkPath *path, InkRandom *random)
{
  const double bar = around (random, 0.65, 0.06), x = around (random, 0.42, 0.04);

  TO (path, x - around (random, 0.02, 0.02), 1);
  TO (path, x, 0.5);
  CORNER (path, x + around (random, 0.01, 0.02), 0);
  CORNER (path, around (random, 0.02, 0.03), bar);
  TO (path, x + between (random, 0.08, 0.28), bar + around (random, 0, 0.025));
}

/* Straight lines, as printed: a triangle whose bar goes on past the stem. */
static void
four_angular (InkPath *path, InkRandom *random)
{
  const double bar = between (random, 0.55, 0.8), x = between (random, 0.36, 0.52);

  CORNER (path, x + around (random, 0, 0.01), 0);
  CORNER (path, around (random, 0.01, 0.015), bar);
  TO (path, x + between (random, 0.06, 0.26), bar + around (random, 0, 0.012));
  ink_path_lift (path);
  CORNER (path, x, between (random, 0, 0.06));
  TO (path, x + around (random, 0, 0.02), 1);
}

/* As a display of seven segments shows it: two upright lines and the bar between them. */
static void
four_display (InkPath *path, InkRandom *random)
{
  const double bar = between (random, 0.42, 0.62), right = between (random, 0.36, 0.56);

  CORNER (path, around (random, 0, 0.02), between (random, -0.03, 0.14));
  CORNER (path, around (random, 0, 0.02), bar);
  TO (path, right, bar + around (random, 0, 0.015));
  ink_path_lift (path);
  CORNER (path, right + around (random, 0, 0.015), between (random, 0, 0.06));
  TO (path, right + around (random, 0, 0.015), 1);
}

/* As in the box of a form, closed: the slope meets the upright stem at its top or just below. */
static void
four_form_closed (InkPath *path, InkRandom *random)
{
  const double bar = between (random, 0.55, 0.85), x = between (random, 0.3, 0.6);
  const double past = between (random, 0.03, 0.24);

  CORNER (path, x - between (random, 0, 0.05), between (random, 0, 0.05));
  CORNER (path, 0, bar);
  TO (path, x + past, bar + around (random, 0, 0.012));
  ink_path_lift (path);
  CORNER (path, x, 0);
  TO (path, x + around (random, 0, 0.012), 1);
}

/* The same, open: the stem begins anywhere between the top and the bar. */
static void
four_form_open (InkPath *path, InkRandom *random)
{
  const double bar = between (random, 0.45, 0.75), x = between (random, 0.3, 0.56);
  const double top = between (random, 0, 0.3), past = between (random, 0.03, 0.24);

  CORNER (path, between (random, 0, 0.6) * x, top);
  CORNER (path, 0, bar);
  TO (path, x + past, bar + around (random, 0, 0.012));
  ink_path_lift (path);
  CORNER (path, x, top > 0.1 ? 0 : between (random, 0, 0.75) * bar);
  TO (path, x + around (random, 0, 0.012), 1);
}

const InkAllograph ink_allographs_4[] = {
  { "open in two strokes", 0.4, four_open, 1, FALSE },
  { "open, a cup", 0.17, four_cup, 1, FALSE },
  { "open, a flash", 0.09, four_flash, 1, FALSE },
  { "closed in two strokes", 0.13, four_closed, 1, FALSE },
  { "closed in one stroke", 0.035, four_closed_at_once, 1, FALSE },
  { "closed, from the foot", 0.05, four_sail, 1, FALSE },
  { "closed, angular", 0.08, four_angular, 2, FALSE },
  { "open, as on a display", 0.05, four_display, 2, FALSE },
  { "closed, form", 0.2, four_form_closed, 3, TRUE },
  { "open, form", 0.16, four_form_open, 3, TRUE },
  { NULL, 0, NULL, 0, FALSE },
};
