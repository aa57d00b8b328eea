/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-drawing.h"
#include "ink-random.h"

G_BEGIN_DECLS

/* All ink of a generated drawing, pen width included, lies between 0 and this. */
#define INK_GENERATOR_SIDE 500.0

#define INK_GENERATOR_N_DIGITS 10

/* The newest version. Version 1 had no angular ones, sevens and fours, version 2 none as in the
 * boxes of a form. */
#define INK_GENERATOR_VERSION 3

/**
 * InkGenerator:
 *
 * Generates handwritten digits. Each digit has allographs, the ways in which people write it: the
 * open and the closed 4, the barred 7, the 1 with a flag or a foot. An allograph is a movement of
 * the pen with parameters: its turns, its overshoots, the order and direction of its strokes. The
 * hand adds slant, width, rotation, proportions and tremor. The dynamics follow the two-thirds
 * power law (Lacquaniti, Terzuolo and Viviani 1983): the pen slows down in curves. It presses less
 * when it is fast, and cuts corners more the faster it moves. The points are spaced in time as a
 * tablet reports them.
 *
 * Sample @index of @seed of a version is a pure function of them, so threads can make samples in
 * any order, and a run that is repeated years later gets the same. Plain data, owned by one thread
 * at a time.
 *
 * @version: of the digits; non-digits are the same in all
 */
typedef struct
{
  InkRandom random;
  guint version;
} InkGenerator;

/* Sets the newest version, which may be changed then. */
void ink_generator_init (InkGenerator *generator, guint64 seed, guint64 index);

/**
 * ink_generator_digit:
 * @digit: 0 to 9
 * @allograph: (out) (optional): the index of the allograph
 *
 * Draws the next sample of this stream, as a drawing with time and pressure.
 *
 * Returns: (transfer full): never empty
 */
InkDrawing *ink_generator_digit (InkGenerator *generator, guint digit, guint *allograph);

/* The relative pen width: the width of the first stroke over the longer side of the bounding box of
 * the centrelines. 0 for a drawing without extent. */
double ink_generator_relative_width (const InkDrawing *drawing);

G_END_DECLS
