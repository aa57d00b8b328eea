/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureUnits:
 * @n: number of units
 * @columns: units in a row, at least 1
 * @pictures: [n] of picture_unit_new(); %NULL for one that is not drawn
 * @dead: @off: (nullable): [n] units that are never active, and that are switched off
 * @now: (nullable): [n] the present activation as a share of the largest, 0 to 1
 * @selected: the chosen unit; below 0 for none
 *
 * The units of a layer in rows.
 */
typedef struct
{
  guint n, columns;
  cairo_surface_t *const *pictures;
  const gboolean *dead, *off;
  const float *now;
  int selected;
} PictureUnits;

/* A rectangle in the units of the picture. */
typedef struct
{
  double x, y, width, height;
} PictureUnitsCell;

/**
 * picture_unit_new:
 * @values: [height, width]
 *
 * What a unit looks like: values above 0 are blue, those below 0 are orange, and 0 is nearly the
 * paper. The colour is full at 2.5 times the root mean square.
 *
 * Returns: (transfer full): height x width pixels
 */
cairo_surface_t *
picture_unit_new (const float *values, guint height, guint width, const PictureStyle *style);

/* Draws one picture as a square with soft edges between its pixels. @picture: (nullable) */
void picture_unit_draw (
    cairo_t *cr, double x, double y, double side, cairo_surface_t *picture, double opacity);

/* Number of units in a row of a grid of this width. */
guint picture_units_columns (double width);
/* Height of a row, and of the whole grid. */
double picture_units_row_height (double width, guint columns);
double picture_units_height (double width, guint n, guint columns);

/* The square of a unit's picture in a grid of this width. @rtl: as of PictureStyle */
PictureUnitsCell picture_units_cell (double width, guint columns, guint unit, gboolean rtl);

/* The bar of a unit's present activation, @now as in PictureUnits; the width is 0 for none. */
PictureUnitsCell
picture_units_bar (double width, guint columns, guint unit, double now, gboolean rtl);

/* Draws rows @from to @to - 1 of the grid: each unit with a bar of its present activation. Units
 * that are dead are hatched; those that are switched off have a power symbol. */
void picture_units_draw (cairo_t *cr,
                         double width,
                         const PictureUnits *units,
                         guint from,
                         guint to,
                         const PictureStyle *style);

/* Draws a power symbol in an orange disc of @size, with its middle at (@x, @y). */
void picture_power_draw (cairo_t *cr, double x, double y, double size, const PictureStyle *style);

/* A hatched square: the sign of a dead unit. */
void picture_hatch_draw (cairo_t *cr, double x, double y, double side, const PictureStyle *style);

/* The colours of values above and below 0. */
PictureColour picture_unit_colour (gboolean above, const PictureStyle *style);

G_END_DECLS
