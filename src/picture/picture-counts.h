/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

#define PICTURE_N_COUNTS 10

/**
 * picture_counts:
 * @counts: [10]: number of samples of each digit
 * @fresh: [10]: how many of them are new; they are stacked on the others in a darker colour
 *
 * Draws a column for each digit, with its number above and the digit below. A right-to-left style
 * mirrors the order.
 */
void picture_counts (cairo_t *cr,
                     double width,
                     double height,
                     const gsize *counts,
                     const gsize *fresh,
                     const PictureStyle *style);

G_END_DECLS
