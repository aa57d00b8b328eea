/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

typedef enum
{
  PICTURE_SCALE_LINEAR,
  PICTURE_SCALE_LOG,
} PictureScale;

/**
 * PictureAxis:
 * @min: NaN: from the data
 * @max: NaN: from the data
 *
 * One side of a chart: it takes a value to its place, 0 at @min and 1 at @max. The functions on
 * places want an axis without NaN (picture_axis_is_valid()), as picture_axis_fit() makes it.
 */
typedef struct
{
  PictureScale scale;
  double min, max;
} PictureAxis;

#define PICTURE_AXIS_AUTO(the_scale) \
  ((PictureAxis){ .scale = (the_scale), .min = (double) NAN, .max = (double) NAN })

/* More ticks than anybody can read. */
#define PICTURE_AXIS_MAX_TICKS 64

/**
 * PictureTicks:
 * @values: [@n], rising
 * @step: between two of them; 0 on a log axis that counts in decades
 */
typedef struct
{
  guint n;
  double step;
  double values[PICTURE_AXIS_MAX_TICKS];
} PictureTicks;

/* Finite, rising, wide enough to be told apart, and above 0 on a log axis. */
gboolean picture_axis_is_valid (const PictureAxis *axis);

/**
 * picture_axis_fit:
 * @axis: an end that is NaN is taken from the data
 * @min: least value of the data; above @max where there are none
 * @max: greatest value of the data
 * @min_positive: least value above 0; not finite where there is none
 * @rounded: move the ends taken from the data outwards to ticks, so that a live chart does not
 *   change its scale with every sample
 *
 * No data: 0 to 1, or 0.01 to 1 on a log axis. All data the same: room around it. On a log axis
 * what is not above 0 does not count, nor what is further below @max than anybody can see.
 *
 * Returns: an axis that is valid, whatever the data
 */
PictureAxis
picture_axis_fit (PictureAxis axis, double min, double max, double min_positive, gboolean rounded);

/* 0 at the least value, 1 at the greatest, beyond them outside; -infinity for what has no place on
 * a log axis. */
double picture_axis_place (const PictureAxis *axis, double value);
/* The way back. */
double picture_axis_value (const PictureAxis *axis, double place);

/**
 * PictureAxisMap:
 *
 * picture_axis_place() for thousands of values: what does not depend on the value, once for all.
 */
typedef struct
{
  PictureScale scale;
  double low, width;
} PictureAxisMap;

PictureAxisMap picture_axis_map (const PictureAxis *axis);
double picture_axis_map_place (const PictureAxisMap *map, double value);

/**
 * picture_axis_zoom: picture_axis_pan: picture_axis_clamp:
 * @place: what stays where it is, 0 to 1
 * @factor: above 1 to see less and larger, below 1 to see more
 * @by: how far the eye moves, in widths of the axis; above 0 to greater values
 * @limits: (nullable): what there is to see: never beyond it
 *
 * Zooming stops where doubles end. Where the result cannot be, @axis comes back unchanged.
 */
PictureAxis
picture_axis_zoom (PictureAxis axis, double place, double factor, const PictureAxis *limits);
PictureAxis picture_axis_pan (PictureAxis axis, double by, const PictureAxis *limits);
PictureAxis picture_axis_clamp (PictureAxis axis, const PictureAxis *limits);

/**
 * picture_axis_ticks:
 * @most: how many there is room for
 *
 * Steps of 1, 2 or 5 times a power of ten. On a log axis 1-2-5, 1-3, or decades, or every so many
 * decades; within less than about a decade as on a linear one.
 */
void picture_axis_ticks (const PictureAxis *axis, guint most, PictureTicks *ticks);

G_END_DECLS
