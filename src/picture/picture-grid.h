/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

#define PICTURE_GRID_SIDE 28

/**
 * PictureGrid:
 * @columns: and @rows: 5 and 5 for the grid of 25
 * @n: number of samples; further cells stay empty
 * @pixels: [@n, 28, 28], ink 255, background 0
 * @labels: (nullable): [@n], the correct answers
 * @answers: (nullable): [@n], the network's answers; below 0: none yet
 * @selected: index of the selected sample; below 0: none
 *
 * Samples with the answer under each. With a label, a correct answer is green; a wrong one is red,
 * bold and crossed, with a frame around its sample.
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

/* The index of the sample under a point, or -1. */
int picture_grid_hit (double width,
                      double height,
                      const PictureGrid *grid,
                      const PictureStyle *style,
                      double x,
                      double y);

G_END_DECLS
