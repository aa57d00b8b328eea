/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-generator-digits.h"

#include <math.h>

/* How people write 5 to 9. */

/* 5 */

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

/* Without a corner anywhere. */
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

/* Slanted and narrow, the belly small, the bar long: quick. */
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
  { "two strokes", 0.42, five_two_strokes },
  { "one stroke", 0.24, five_one_stroke },
  { "one stroke, round", 0.16, five_s },
  { "swift", 0.18, five_swift },
  { NULL, 0, NULL },
};

/* 6 */

/* From the bottom of the tail round the bowl. @top: of the bowl; @turn: how far, in degrees from
 * the left, counterclockwise */
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

/* Down, up again a little, and round clockwise: as a b. */
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
  { "curved tail", 0.34, six_curved }, { "straight tail", 0.34, six_straight },
  { "open", 0.12, six_open },          { "spiral", 0.13, six_spiral },
  { "as a b", 0.07, six_b },           { NULL, 0, NULL },
};

/* 7 */

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
  const double y = around (random, 0.5, 0.06), rise = around (random, 0.02, 0.05);
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

/* The top falls to the right, as half a z. */
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

const InkAllograph ink_allographs_7[] = {
  { "plain", 0.32, seven_plain },
  { "serif", 0.18, seven_serif },
  { "round", 0.16, seven_round },
  { "barred", 0.13, seven_barred },
  { "barred, serif", 0.06, seven_barred_serif },
  { "barred, round", 0.1, seven_barred_round },
  { "wavy", 0.1, seven_wavy },
  { NULL, 0, NULL },
};

/* 8 */

/**
 * eight:
 * @from: @turn: with their deviations, degrees along the figure: 0 is the top, 90 and 270 the
 * crossing, 180 the bottom
 * @side: 1 where the pen goes over to the left from the top, -1 for the mirrored way
 *
 * A curve of Lissajous's (1:2), whose lower loop is the larger one.
 */
static void
eight (InkPath *path,
       InkRandom *random,
       double from,
       double from_deviation,
       double turn,
       double turn_deviation,
       double side)
{
  const double begin = around (random, from, from_deviation);
  const double way = around (random, turn, turn_deviation);
  const double upper = between (random, 0.1, 0.25), lower = upper * between (random, 0.7, 1.45);
  const double crossing = around (random, 0.47, 0.06);
  const double drift = around (random, 0, 0.07);
  /* 1 gives pointed loops that cross, 2 a pair of circles that touch. */
  const double round = between (random, 1.0, 1.75);
  const guint n = (guint) ceil (way / 20);

  for (guint i = 0; i <= n; i++)
    {
      const double part = (double) i / n;
      const double angle = (begin + way * part) * G_PI / 180;
      /* -1 at the top. */
      const double height = copysign (pow (fabs (cos (angle)), round), -cos (angle));
      const double width = height < 0 ? upper : lower;
      const double y = height < 0 ? crossing * (1 + height) : crossing + (1 - crossing) * height;

      TO (path, 0.3 - side * width * sin (2 * angle) + drift * part, y);
    }
}

static void
eight_from_right (InkPath *path, InkRandom *random)
{
  /* The start and the end may stick out to the right. */
  if (ink_random_chance (random, 0.3))
    TO (path, between (random, 0.45, 0.72), between (random, -0.04, 0.16));
  eight (path, random, -42, 14, 358, 20, 1);
  if (ink_random_chance (random, 0.25))
    TO (path, between (random, 0.5, 0.7), between (random, 0, 0.2));
}

static void
eight_from_top (InkPath *path, InkRandom *random)
{
  eight (path, random, -5, 14, 360, 20, 1);
}

static void
eight_from_left (InkPath *path, InkRandom *random)
{
  eight (path, random, -25, 20, 362, 20, -1);
}

static void
eight_from_crossing (InkPath *path, InkRandom *random)
{
  const double from = ink_random_chance (random, 0.5) ? 80 : 262;
  const double side = ink_random_chance (random, 0.5) ? 1 : -1;

  /* The start sticks out where it is not hit. */
  if (ink_random_chance (random, 0.5))
    TO (path, 0.3 + between (random, -0.3, 0.3), around (random, 0.45, 0.05));
  eight (path, random, from, 14, 365, 18, side);
}

/* The upper loop stays open. */
static void
eight_open (InkPath *path, InkRandom *random)
{
  eight (path, random, -42, 10, 318, 9, 1);
}

/* An S, and a straight line back up. */
static void
eight_straight (InkPath *path, InkRandom *random)
{
  const double top = around (random, 0.47, 0.05);

  TO (path, top, around (random, 0.08, 0.05));
  TO (path, around (random, 0.3, 0.04), 0);
  TO (path, around (random, 0.11, 0.04), around (random, 0.17, 0.03));
  TO (path, around (random, 0.26, 0.04), around (random, 0.44, 0.03));
  TO (path, around (random, 0.47, 0.05), around (random, 0.72, 0.04));
  TO (path, around (random, 0.28, 0.05), around (random, 1, 0.01));
  TO (path, around (random, 0.1, 0.05), around (random, 0.84, 0.04));
  TO (path, around (random, 0.25, 0.04), around (random, 0.53, 0.04));
  TO (path, top + around (random, 0.01, 0.05), around (random, 0.1, 0.06));
}

static void
eight_circles (InkPath *path, InkRandom *random)
{
  const double waist = around (random, 0.46, 0.05), from = around (random, -80, 40);
  const double upper = waist / 2 * between (random, 0.75, 1.15);
  const double lower = (1 - waist) / 2 * between (random, 0.75, 1.15);

  ARC (path, around (random, 0.3, 0.02), waist / 2, upper, waist / 2, from,
       from + around (random, -360, 18), around (random, 0, 0.05));
  ink_path_lift (path);
  ARC (path, around (random, 0.3, 0.03), (1 + waist) / 2 - around (random, 0.01, 0.025), lower,
       (1 - waist) / 2, around (random, -90, 25), around (random, -450, 25),
       around (random, 0, 0.05));
}

const InkAllograph ink_allographs_8[] = {
  { "from the right", 0.37, eight_from_right },
  { "from the top", 0.16, eight_from_top },
  { "from the left", 0.1, eight_from_left },
  { "from the crossing", 0.08, eight_from_crossing },
  { "open", 0.09, eight_open },
  { "straight back", 0.1, eight_straight },
  { "two circles", 0.1, eight_circles },
  { NULL, 0, NULL },
};

/* 9 */

/* The loop, counterclockwise, that ends at the top of the stem; returns where that is. */
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

  /* Up to where the loop began, or straight on. */
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

/* The tail comes up again at the left: as a g. */
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

/* It begins where it crosses itself: at the waist, round clockwise, and down. */
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
  { "straight tail", 0.32, nine_straight },
  { "curved tail", 0.21, nine_curved },
  { "hooked tail", 0.24, nine_hooked },
  { "open", 0.1, nine_open },
  { "two strokes", 0.09, nine_two_strokes },
  { "clockwise", 0.07, nine_clockwise },
  { NULL, 0, NULL },
};
