/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

#define PICTURE_N_BARS 10

/**
 * picture_bars:
 * @probabilities: (nullable): [10], each 0 to 1; %NULL draws empty bars without figures
 * @winner: index of the bar to emphasise; any other number: none
 *
 * Draws ten rows of the same height: the digit, a bar as long as its probability, and
 * the probability in percent with the decimal sign of the locale. The text is as
 * large as the rows allow, within the readable range. A right-to-left style mirrors
 * everything.
 */
void picture_bars (cairo_t *cr,
                   double width,
                   double height,
                   const float *probabilities,
                   int winner,
                   const PictureStyle *style);

/* The size that the smallest readable text needs. */
void picture_bars_minimum (const PictureStyle *style, double *width, double *height);

G_END_DECLS
