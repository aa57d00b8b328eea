/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/* The most classes of a legible matrix. */
#define PICTURE_CONFUSION_MAX 26

/**
 * PictureConfusion:
 * @n: number of classes, 1 to PICTURE_CONFUSION_MAX
 * @counts: [n, n] number of samples; rows are labels, columns are answers
 * @precision: @recall: @f1: [n] 0 to 1
 * @label: @answer: the chosen cell; -1 for none
 *
 * A confusion matrix with the figures of each class on its margins.
 */
typedef struct
{
  guint n;
  const gsize *counts;
  const double *precision, *recall, *f1;
  int label, answer;
} PictureConfusion;

/* A rectangle in the units of the picture. */
typedef struct
{
  double x, y, width, height;
} PictureCell;

/* Where picture_confusion_draw() draws a cell in a picture of this size. */
PictureCell
picture_confusion_cell (double width, double height, guint n, guint label, guint answer);

/* Smallest size at which all figures are legible. */
void picture_confusion_minimum (guint n, double *width, double *height);

/**
 * picture_confusion_draw:
 *
 * Draws the matrix. The answers that are right have the accent colour; the others are orange, more
 * so the more there are, on a logarithmic scale, because one mistake matters beside a thousand
 * right answers. Recall, F1 and the number of samples are at the right of their row, and the
 * precision is below its column.
 */
void picture_confusion_draw (cairo_t *cr,
                             double width,
                             double height,
                             const PictureConfusion *confusion,
                             const PictureStyle *style);

G_END_DECLS
