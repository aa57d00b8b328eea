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
 * One axis of a chart. It maps a value to a place, 0 at @min and 1 at @max. The functions on places
 * need an axis without NaN (picture_axis_is_valid()), as picture_axis_fit() returns it.
 */
typedef struct
{
  PictureScale scale;
  double min, max;
} PictureAxis;

#define PICTURE_AXIS_AUTO(the_scale) \
  ((PictureAxis){ .scale = (the_scale), .min = (double) NAN, .max = (double) NAN })

/* Largest number of ticks, more than a reader can use. */
#define PICTURE_AXIS_MAX_TICKS 64

/**
 * PictureTicks:
 * @values: [@n], ascending
 * @step: distance of two ticks; 0 on a log axis with ticks at decades
 */
typedef struct
{
  guint n;
  double step;
  double values[PICTURE_AXIS_MAX_TICKS];
} PictureTicks;

/* Whether the ends are finite, ascending and distinguishable, and greater than 0 on a log axis. */
gboolean picture_axis_is_valid (const PictureAxis *axis);

/**
 * picture_axis_fit:
 * @axis: a NaN end is computed from the data
 * @min: least value of the data; greater than @max if there is no data
 * @max: greatest value of the data
 * @min_positive: least value greater than 0; not finite if there is none
 * @rounded: move the ends taken from the data outwards to ticks, so that a live chart does not
 *   change its scale with every sample
 *
 * Without data the axis goes from 0 to 1, or from 0.01 to 1 on a log scale. Constant data get room
 * on both sides. A log axis ignores values that are not greater than 0, and values more than 12
 * decades below @max.
 *
 * Returns: a valid axis for all data
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
 * @place: the fixed point of the zoom, 0 to 1
 * @factor: greater than 1 zooms in, less than 1 zooms out
 * @by: distance to pan, in widths of the axis; positive towards greater values
 * @limits: (nullable): the whole range; the result stays within it
 *
 * Zooming stops at the precision of doubles. If the result would be invalid, @axis is returned
 * unchanged.
 */
PictureAxis
picture_axis_zoom (PictureAxis axis, double place, double factor, const PictureAxis *limits);
PictureAxis picture_axis_pan (PictureAxis axis, double by, const PictureAxis *limits);
PictureAxis picture_axis_clamp (PictureAxis axis, const PictureAxis *limits);

/**
 * picture_axis_ticks:
 * @most: largest number of ticks
 *
 * Steps of 1, 2 or 5 times a power of ten. On a log axis ticks are at
 * 1-2-5, at 1-3, at decades, or at every n-th decade; within less than about a decade they are
 * those of a linear axis.
 */
void picture_axis_ticks (const PictureAxis *axis, guint most, PictureTicks *ticks);

G_END_DECLS
