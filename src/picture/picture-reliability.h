/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureReliabilityBin:
 * @count: number of answers
 * @confidence: mean of their probabilities, 0 to 1
 * @accuracy: share of them that is right
 * @low: @high: ends of the interval of @accuracy
 */
typedef struct
{
  gsize count;
  double confidence, accuracy, low, high;
} PictureReliabilityBin;

/**
 * PictureReliability:
 * @bins: [n] answers by their probability, in bins of equal width from 0 to 1
 */
typedef struct
{
  const PictureReliabilityBin *bins;
  guint n;
} PictureReliability;

/* The accuracy of fewer answers is drawn as a ring apart from the line. */
#define PICTURE_RELIABILITY_ENOUGH 10

/**
 * picture_reliability_draw:
 *
 * Draws a reliability diagram (Niculescu-Mizil and Caruana 2005): the accuracy of the answers
 * against their confidence, with intervals, beside the line on which both are the same; below, the
 * number of answers in each bin on a logarithmic scale. The horizontal axis begins with the first
 * bin that has answers.
 */
void picture_reliability_draw (cairo_t *cr,
                               double width,
                               double height,
                               const PictureReliability *reliability,
                               const PictureStyle *style);

/* The horizontal position of a confidence in a picture of this width. */
double
picture_reliability_x (double width, const PictureReliability *reliability, double confidence);
/* The vertical position of an accuracy in a picture of this height. */
double picture_reliability_y (double height, double accuracy);

G_END_DECLS
