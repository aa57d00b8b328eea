/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureRobustnessAxis:
 * @n: number of columns or rows, at least 2
 * @values: [n] in ascending order
 * @title: name of what is changed, with its unit
 * @format: of a tick, for one double, as "%+.0f°"
 * @neutral: the value that changes nothing
 */
typedef struct
{
  guint n;
  const double *values;
  const char *title;
  const char *format;
  double neutral;
} PictureRobustnessAxis;

/**
 * PictureRobustness:
 * @across: @down: the axes; the first row is at the top
 * @holds: [down.n, across.n] whether the answer is still the same
 * @answers: [down.n, across.n] a character for the answer that is given there
 * @probabilities: [down.n, across.n] of that answer
 *
 * How far a digit can be changed.
 */
typedef struct
{
  PictureRobustnessAxis across, down;
  const gboolean *holds;
  const char *answers;
  const float *probabilities;
} PictureRobustness;

/* The size below which texts overlap. */
#define PICTURE_ROBUSTNESS_WIDTH 180
#define PICTURE_ROBUSTNESS_HEIGHT 130

/* Draws the cells that hold in the accent colour, the stronger the more probable, with a border
 * around them, and a ring where nothing is changed. Beyond the border each area with room for it is
 * marked with its answer. */
void picture_robustness (cairo_t *cr,
                         double width,
                         double height,
                         const PictureRobustness *picture,
                         const PictureStyle *style);

G_END_DECLS
