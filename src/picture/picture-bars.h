/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

#define PICTURE_N_BARS 10

/**
 * picture_bars:
 * @probabilities: (nullable): [10], each 0 to 1; empty bars without figures where %NULL
 * @winner: which bar to put forward; any other number: none
 *
 * Ten rows of one height: the digit, a bar as long as its probability, and the
 * probability in percent with the decimal sign of the locale. The text is as
 * large as the rows allow, within what can be read. In a right-to-left style
 * everything is mirrored.
 */
void picture_bars (cairo_t *cr,
                   double width,
                   double height,
                   const float *probabilities,
                   int winner,
                   const PictureStyle *style);

/* What the smallest text that can be read needs. */
void picture_bars_minimum (const PictureStyle *style, double *width, double *height);

G_END_DECLS
