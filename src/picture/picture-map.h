/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-style.h"

G_BEGIN_DECLS

/**
 * PictureMap:
 * @n: number of samples
 * @stride: number of coordinates of a sample
 * @coordinates: [n, stride]
 * @labels: [n] classes
 * @axes: which coordinate is to the right and which is up
 * @ratios: share of the variance along each of both axes, 0 to 1
 * @trail: [n_trail, stride] where the drawing was, the last one is where it is
 * @hovered: sample below the pointer; below 0 for none
 *
 * Samples by two of their principal components.
 */
typedef struct
{
  gsize n;
  guint stride;
  const float *coordinates;
  const guint8 *labels;
  guint axes[2];
  double ratios[2];
  guint n_trail;
  const float *trail;
  int hovered;
} PictureMap;

/**
 * PictureMapView:
 * @x: @y: coordinates in the middle of the picture
 * @scale_x: @scale_y: pixels for a unit of the coordinates, above 0
 */
typedef struct
{
  double x, y, scale_x, scale_y;
} PictureMapView;

/* The view that shows all samples, and fills the picture with them in both directions. */
PictureMapView picture_map_fit (const PictureMap *map, double width, double height);

/* @view with the point below (@x, @y) kept in place, and both scales times @factor. */
PictureMapView picture_map_zoom (
    const PictureMapView *view, double width, double height, double x, double y, double factor);

/* Where a sample with these coordinates [stride] is drawn. */
void picture_map_place (const PictureMap *map,
                        const PictureMapView *view,
                        double width,
                        double height,
                        const float *coordinates,
                        double *x,
                        double *y);

/* The sample whose digit is next to a point, or -1 if there is none near it. */
int picture_map_hit (const PictureMap *map,
                     const PictureMapView *view,
                     double width,
                     double height,
                     double x,
                     double y);

/* Draws the samples, each as its digit in the colour of its class, on a grid, and on the axes how
 * much of the variance each explains. */
void picture_map_samples (cairo_t *cr,
                          double width,
                          double height,
                          const PictureMap *map,
                          const PictureMapView *view,
                          const PictureStyle *style);

/* Draws what moves: a ring about the hovered sample, and the drawing as a star with its trail. */
void picture_map_star (cairo_t *cr,
                       double width,
                       double height,
                       const PictureMap *map,
                       const PictureMapView *view,
                       const PictureStyle *style);

/* The colour of a class. */
PictureColour picture_map_colour (guint label, const PictureStyle *style);

G_END_DECLS
