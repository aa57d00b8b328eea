/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureFaithfulness:
 * @n: number of points of each curve, at least 2; the share of the features goes from 0 to 1
 * @insertion: @deletion: @random: [n] probability, 0 to 1, when the most important features are
 *   inserted or deleted first, and for random orders
 *
 * Curves that tell how far an explanation can be trusted.
 */
typedef struct
{
  guint n;
  const double *insertion, *deletion, *random;
} PictureFaithfulness;

/* The size below which texts overlap. */
#define PICTURE_FAITHFULNESS_WIDTH 200
#define PICTURE_FAITHFULNESS_HEIGHT 140

/* Draws the curves with axes and their names, over all of @width x @height. */
void picture_faithfulness (cairo_t *cr,
                           double width,
                           double height,
                           const PictureFaithfulness *picture,
                           const PictureStyle *style);

G_END_DECLS
