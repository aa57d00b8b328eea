/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_UNIT_GRID (numeral_unit_grid_get_type ())
G_DECLARE_FINAL_TYPE (NumeralUnitGrid, numeral_unit_grid, NUMERAL, UNIT_GRID, GtkWidget)

/**
 * NumeralUnitGrid:
 *
 * The units of a layer as pictures, each with a bar of its present activation. Each unit is a
 * widget with a name such as "Unit 26, switched off". Tab goes to the grid and out of it, the arrow
 * keys go from unit to unit and choose it, a click chooses, and Space switches a unit off or on. In
 * a scrolled window only the units that can be seen have a widget.
 *
 * Properties: "selected" (int, read-only, explicit notify): the chosen unit, or -1.
 *
 * Signals: "toggled" (guint unit): the unit should be switched off, or on again.
 */

/* Shows so many units; the chosen one stays if there are as many as before. */
void numeral_unit_grid_set_n (NumeralUnitGrid *self, guint n);

/**
 * NumeralUnitLook:
 * @height: @width: (out): of the picture
 *
 * Returns: (transfer full) (nullable): [height, width] what a unit looks like; %NULL if it has no
 *   picture
 */
typedef float *(*NumeralUnitLook) (guint unit, guint *height, guint *width, gpointer data);

/* The units look different. @look: (scope forever): called for a unit when that is first drawn, as
 * the pictures of a layer of thousands would take longer than a frame. */
void numeral_unit_grid_set_look (NumeralUnitGrid *self, NumeralUnitLook look, gpointer data);

/* Which units are dead, and which are off: (nullable): [n] */
void numeral_unit_grid_set_dead (NumeralUnitGrid *self, const gboolean *dead);
void numeral_unit_grid_set_off (NumeralUnitGrid *self, const gboolean *off);

/* @shares: (nullable): [n] present activations as shares of the largest */
void numeral_unit_grid_set_now (NumeralUnitGrid *self, const float *shares);

int numeral_unit_grid_get_selected (NumeralUnitGrid *self);
void numeral_unit_grid_select (NumeralUnitGrid *self, int unit);

/* (nullable) (transfer none): the picture of a unit, in the colours of the grid. */
cairo_surface_t *numeral_unit_grid_get_picture (NumeralUnitGrid *self, guint unit);

/* (transfer none): the widget of a unit; %NULL if it is scrolled out of sight. */
GtkWidget *numeral_unit_grid_get_cell (NumeralUnitGrid *self, guint unit);

G_END_DECLS
