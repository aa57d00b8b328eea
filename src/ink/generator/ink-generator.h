/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-random.h"

G_BEGIN_DECLS

/* Every point of a generated drawing, half its pen's width included, is within 0 and this. */
#define INK_GENERATOR_SIDE 500.0

#define INK_GENERATOR_N_DIGITS 10

/**
 * InkGenerator:
 *
 * Writes digits as people do. Each digit has its allographs, the ways in which people write it:
 * the open and the closed 4, the barred 7, the 1 with a flag or a foot. An allograph is a movement
 * of the pen with parameters: where it turns, how far it overshoots, in which order and direction
 * its strokes go. On top of that come the hand (slant, width, rotation, proportions, tremor), and
 * the dynamics: the pen slows down where the path bends, following the two-thirds power law
 * (Lacquaniti, Terzuolo and Viviani 1983), presses less where it is fast, and cuts corners the more
 * the quicker it goes. The points are spaced in time as a tablet reports them.
 *
 * Sample @index of @seed is a pure function of both: threads can make samples in any order and get
 * the same ones. Plain data, owned by one thread at a time.
 */
typedef struct
{
  InkRandom random;
} InkGenerator;

void ink_generator_init (InkGenerator *generator, guint64 seed, guint64 index);

/**
 * ink_generator_digit:
 * @digit: 0 to 9
 * @allograph: (out) (optional): which of the digit's allographs it is
 *
 * Draws the next sample of this stream, as a drawing with time and pressure.
 *
 * Returns: (transfer full): never empty
 */
InkDrawing *ink_generator_digit (InkGenerator *generator, guint digit, guint *allograph);

/* How many ways to write @digit there are. */
guint ink_generator_n_allographs (guint digit);
/* A short English name, e.g. "closed in two strokes". */
const char *ink_generator_allograph_name (guint digit, guint allograph);
/* How often it is drawn, summing to 1 over the allographs of @digit. */
double ink_generator_allograph_share (guint digit, guint allograph);

/* How wide the pen is beside the ink: the width of the first stroke over the longer side of the box
 * of the centrelines. 0 for a drawing without extent. */
double ink_generator_relative_width (const InkDrawing *drawing);

G_END_DECLS
