/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

#define PICTURE_GRID_SIDE 28

/**
 * PictureGrid:
 * @columns: and @rows: 5 and 5 for the grid of 25
 * @n: how many samples there are; places beyond them stay empty
 * @pixels: [@n, 28, 28], ink 255, background 0
 * @labels: (nullable): [@n], the right answers
 * @answers: (nullable): [@n], what the network says; below 0: nothing yet
 * @selected: the sample to put forward; below 0: none
 *
 * Samples with the answer under each. Where there is a label, a right answer is green and a wrong
 * one is red, bold, crossed, with a frame around its sample.
 */
typedef struct
{
  guint columns, rows;
  guint n;
  const guint8 *pixels;
  const int *labels;
  const int *answers;
  int selected;
} PictureGrid;

void picture_grid_draw (
    cairo_t *cr, double width, double height, const PictureGrid *grid, const PictureStyle *style);

/* The sample under a point; -1: none. */
int picture_grid_hit (double width,
                      double height,
                      const PictureGrid *grid,
                      const PictureStyle *style,
                      double x,
                      double y);

G_END_DECLS
