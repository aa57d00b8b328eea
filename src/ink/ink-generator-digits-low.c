/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

/* How people write 0 to 4. Shares follow what is common, with enough of the rest to learn it. */

/* 0 */

/* The ring that most zeros are: where it begins and how far it goes, in degrees (below 0
 * counterclockwise), and how much larger it gets on the way, each with its deviation. */
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

/* The start lies within the ring or sticks out of it. */
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

static void
zero_slashed (InkPath *path, InkRandom *random)
{
  const double reach = between (random, 0.12, 0.34);

  zero_plain (path, random);
  ink_path_lift (path);
  TO (path, around (random, 0.3 + reach, 0.03), around (random, 0.5 - reach * 1.3, 0.05));
  TO (path, around (random, 0.3 - reach, 0.03), around (random, 0.5 + reach * 1.3, 0.05));
}

/* Left half and right half. */
static void
zero_halves (InkPath *path, InkRandom *random)
{
  const double radius = between (random, 0.22, 0.36);

  ARC (path, 0.3, 0.5, radius, 0.5, around (random, -85, 12), around (random, -270, 15), 0);
  ink_path_lift (path);
  ARC (path, 0.3, 0.5, radius, 0.5, around (random, -95, 12), around (random, 88, 15), 0);
}

const InkAllograph ink_allographs_0[] = {
  { "plain", 0.46, zero_plain },
  { "clockwise", 0.1, zero_clockwise },
  { "hooked", 0.18, zero_hooked },
  { "overlapping", 0.12, zero_overlapping },
  { "slashed", 0.08, zero_slashed },
  { "two halves", 0.06, zero_halves },
  { NULL, 0, NULL },
};

/* 1 */

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
  /* Slanted more than other digits are, for there is nothing else to it. */
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

/* The upstroke that is taught in much of Europe. */
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

const InkAllograph ink_allographs_1[] = {
  { "stick", 0.36, one_stick },
  { "flag", 0.22, one_flag },
  { "long upstroke", 0.09, one_upstroke },
  { "retraced", 0.09, one_retraced },
  { "flag, hooked", 0.05, one_hooked },
  { "flag and foot", 0.08, one_foot },
  { "flag and foot in one stroke", 0.07, one_drawn_foot },
  { "stick and foot", 0.04, one_bare_foot },
  { NULL, 0, NULL },
};

/* 2 */

/* From the start at the left over the top to where the neck begins. */
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

/* A curl that goes round before the head. */
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

/* Nearly all of its lower half is the loop. */
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
  { "angular", 0.26, two_angular },
  { "curled", 0.1, two_curled },
  { "swan", 0.11, two_swan },
  { "looped", 0.29, two_looped },
  { "balloon", 0.11, two_balloon },
  { "straight", 0.13, two_straight },
  { NULL, 0, NULL },
};

/* 3 */

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

const InkAllograph ink_allographs_3[] = {
  { "round", 0.44, three_round },   { "smooth", 0.14, three_smooth },
  { "looped", 0.12, three_looped }, { "flat-topped", 0.18, three_flat },
  { "curled", 0.09, three_curled }, { NULL, 0, NULL },
};

/* 4 */

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
  /* The stem may be as short as what the bar leaves of it. */
  if (ink_random_chance (random, 0.14))
    four_stem (path, random, x, bar - between (random, 0.02, 0.15));
  else
    four_stem (path, random, x, bar - between (random, 0.15, 0.6));
  ink_path_lift (path);
  if (ink_random_chance (random, 0.1))
    ink_path_reorder (path);
}

/* A cup and a stem without the pen lifting: as a y. */
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

/* As a flash: down, across, down. */
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

const InkAllograph ink_allographs_4[] = {
  { "open in two strokes", 0.4, four_open },
  { "open, a cup", 0.17, four_cup },
  { "open, a flash", 0.09, four_flash },
  { "closed in two strokes", 0.13, four_closed },
  { "closed in one stroke", 0.035, four_closed_at_once },
  { "closed, from the foot", 0.05, four_sail },
  { NULL, 0, NULL },
};
