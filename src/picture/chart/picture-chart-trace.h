/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-chart.h"

G_BEGIN_DECLS

/* Private to picture and its tests: a curve reduced to the columns of a plot. */

/**
 * PictureTracePoint:
 * @x: value
 * @low: least value; NaN: a gap, everything else with it
 * @high: greatest value
 * @line: value of the line; NaN: a gap in the line
 * @pixel_x: and @top, @bottom, @middle: the positions in pixels, set by picture_curve_project();
 * @middle is NaN where the line has no place
 */
typedef struct
{
  double x;
  double low, high;
  double line;
  double pixel_x, top, bottom, middle;
} PictureTracePoint;

/**
 * PictureTrace:
 * @points: of PictureTracePoint, ascending in x
 * @columns: number of columns of the plot
 * @exact: a point is one sample; otherwise a column of samples
 * @per_point: largest number of samples in a point
 * @window: number of samples in the mean of the line; 1: no smoothing
 * @visited: number of samples and nodes that were read
 */
typedef struct
{
  GArray *points;
  guint columns;
  gboolean exact;
  gsize per_point;
  gsize window;
  guint64 visited;
} PictureTrace;

/**
 * picture_trace_init:
 * @columns: number of columns of the plot, at least 1
 *
 * O(columns · log n). Includes the samples just before and after the axis, so that lines run to the
 * edge.
 */
void picture_trace_init (PictureTrace *trace,
                         const PictureCurve *curve,
                         const PictureAxis *x,
                         guint columns);
void picture_trace_clear (PictureTrace *trace);

G_END_DECLS
