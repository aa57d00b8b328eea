/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-projection.h"

G_BEGIN_DECLS

#define NUMERAL_TYPE_MAP_VIEW (numeral_map_view_get_type ())
G_DECLARE_FINAL_TYPE (NumeralMapView, numeral_map_view, NUMERAL, MAP_VIEW, GtkWidget)

/**
 * NumeralMapView:
 *
 * Samples by two of their principal components, and the drawing as a star among them, with its
 * trail. A pinch, the keys + and -, and the wheel with Ctrl or when the map has the focus zoom; 0
 * shows everything, and a drag and the arrow keys move the view. The sample below the pointer is
 * shown in the corner.
 *
 * Actions: "map.zoom-in", "map.zoom-out", "map.fit".
 */

/* @projection: (nullable); @dataset: (nullable): its samples. The view stays where it is as long as
 * the samples are the same. */
void numeral_map_view_set (NumeralMapView *self, NumeralProjection *projection, NnDataset *dataset);

/* Which components are to the right and up, from 0. */
void numeral_map_view_set_axes (NumeralMapView *self, guint right, guint up);

/**
 * numeral_map_view_move_star:
 * @coordinates: (nullable): [n_components] where the drawing is; %NULL if there is none
 * @goes_on: whether the drawing goes on, so that the trail does; otherwise it begins here
 */
void numeral_map_view_move_star (NumeralMapView *self, const float *coordinates, gboolean goes_on);

/* The sample below the pointer, or -1. */
int numeral_map_view_get_hovered (NumeralMapView *self);
/* Number of places of the trail; the last one is the star. */
guint numeral_map_view_get_n_trail (NumeralMapView *self);
/* Where a sample is in the widget; %FALSE if there is no such sample. */
gboolean numeral_map_view_locate (NumeralMapView *self, guint sample, double *x, double *y);
/* Pixels for a unit of the coordinate to the right. */
double numeral_map_view_get_scale (NumeralMapView *self);

G_END_DECLS
