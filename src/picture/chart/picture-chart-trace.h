/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-chart.h"

G_BEGIN_DECLS

/* Private to picture and its tests: a curve cut down to the columns of a plot. */

/**
 * PictureTracePoint:
 * @x: value
 * @low: least value; NaN: a gap, everything else with it
 * @high: greatest value
 * @line: what the line shows; NaN: a gap in the line
 * @pixel_x: and @top, @bottom, @middle: where that goes in a picture, once picture_curve_project()
 *   has been there; @middle is NaN where the line has no place
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
 * @points: of PictureTracePoint, rising in x
 * @columns: of the plot
 * @exact: a point is a sample; otherwise a column of them
 * @per_point: how many samples a point stands for, at most
 * @window: how many samples the line is the mean of; 1: none
 * @visited: how many samples and nodes were looked at
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
 * @columns: how many the plot has; at least 1
 *
 * O(columns · log n). Beside what is on the axis, the sample before it and the one after it, so
 * that lines run to the edge.
 */
void picture_trace_init (PictureTrace *trace,
                         const PictureCurve *curve,
                         const PictureAxis *x,
                         guint columns);
void picture_trace_clear (PictureTrace *trace);

G_END_DECLS
