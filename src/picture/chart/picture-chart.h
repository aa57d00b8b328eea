/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-axis.h"
#include "picture-format.h"
#include "picture-series.h"
#include "picture-style.h"

G_BEGIN_DECLS

/* Dashes and marker shapes distinguish curves without colour. */
typedef enum
{
  PICTURE_DASH_SOLID,
  PICTURE_DASH_DASHED,
  PICTURE_DASH_DOTTED,
  PICTURE_DASH_DASH_DOT,
  PICTURE_DASH_LONG,
} PictureDash;

typedef enum
{
  PICTURE_MARKER_NONE,
  PICTURE_MARKER_DISC,
  PICTURE_MARKER_SQUARE,
  PICTURE_MARKER_DIAMOND,
  PICTURE_MARKER_TRIANGLE,
} PictureMarker;

/**
 * PictureCurve:
 * @series: (not nullable)
 * @name: (not nullable): for the legend, which adds the smoothing by itself
 * @marker: drawn at every sample, unless the samples are too close
 * @envelope: fill the area between the least and the greatest sample of each pixel column
 * @smoothing: number of samples in the moving average of the line; up to 1: none
 * @width: line width in pixels; 0: 2
 *
 * With more samples than pixel columns and without @smoothing, the line is the mean of each column
 * and the envelope is always drawn, so that no sample is hidden.
 */
typedef struct
{
  const PictureSeries *series;
  const char *name;
  PictureColour colour;
  PictureDash dash;
  PictureMarker marker;
  gboolean envelope;
  guint smoothing;
  double width;
} PictureCurve;

/**
 * PictureChart:
 * @title: (nullable)
 * @curves: [@n_curves]; later ones are drawn above earlier ones
 * @x: NaN ends are computed from the data
 * @y: NaN ends are computed from the visible data
 * @y_format: format of y; x is always a plain number
 * @x_name: (nullable): unit of x, such as "epoch"
 * @empty: (nullable): text of a chart without data
 * @cursor: x of the cursor; NaN: none
 * @best: x of the best epoch; NaN: none
 * @best_curve: index of the curve that @best belongs to
 * @best_name: (nullable): label of @best
 * @text_size: size of the figures on the axes in pixels; 0: 11
 *
 * A complete description of a chart; drawing keeps no state. Start from %PICTURE_CHART_INIT, an
 * empty chart with automatic axes.
 */
typedef struct
{
  const char *title;
  const PictureCurve *curves;
  guint n_curves;
  PictureAxis x, y;
  PictureFormat y_format;
  const char *x_name;
  const char *empty;
  double cursor;
  double best;
  guint best_curve;
  const char *best_name;
  double text_size;
} PictureChart;

#define PICTURE_CHART_INIT                                                                        \
  {                                                                                               \
    .x = PICTURE_AXIS_AUTO (PICTURE_SCALE_LINEAR), .y = PICTURE_AXIS_AUTO (PICTURE_SCALE_LINEAR), \
    .cursor = (double) NAN, .best = (double) NAN,                                                 \
  }

typedef struct
{
  double x, y, width, height;
} PictureRectangle;

/**
 * picture_chart_draw:
 *
 * Draws the chart; the caller draws the background. The cost depends on @width and hardly on the
 * length of the series. x ascends to the right in every language; a right-to-left style mirrors
 * title, legend and figures.
 */
void picture_chart_draw (
    cairo_t *cr, double width, double height, const PictureChart *chart, const PictureStyle *style);

/**
 * picture_chart_resolve_x: picture_chart_resolve_y:
 *
 * The axes as they are drawn, without NaN: the start of zooming and panning. With
 * %PICTURE_AXIS_AUTO in
 * @chart they are the whole range, the limits of zooming and panning.
 *
 * Returns: a valid axis
 */
PictureAxis picture_chart_resolve_x (const PictureChart *chart);
PictureAxis picture_chart_resolve_y (const PictureChart *chart, const PictureAxis *x);

typedef enum
{
  PICTURE_CHART_OUTSIDE,
  PICTURE_CHART_PLOT,
  PICTURE_CHART_X_AXIS,
  PICTURE_CHART_Y_AXIS,
  PICTURE_CHART_LEGEND,
} PictureChartPart;

/**
 * PictureChartHit:
 * @curve: index of the curve whose legend entry was hit; -1: none
 * @place_x: 0 at the left end of the plot, 1 at the right end; the fixed point of zooming
 * @place_y: 0 at its bottom and 1 at its top
 * @x: the value there
 * @y: the value there
 * @plot: area of the plot, to convert a pointer's movement to a share of an axis
 *
 * The parts of the chart at a point. Values and places are valid outside of the plot, too.
 */
typedef struct
{
  PictureChartPart part;
  int curve;
  double place_x, place_y;
  double x, y;
  PictureRectangle plot;
} PictureChartHit;

void picture_chart_hit (const PictureChart *chart,
                        double width,
                        double height,
                        const PictureStyle *style,
                        double at_x,
                        double at_y,
                        PictureChartHit *hit);

/**
 * PictureFigure:
 * @curve: index of the curve
 * @index: index of the sample
 * @x: x of the sample, which may differ from the cursor's
 * @raw: the measured value; not finite: a gap
 * @value: the mean of the @window samples around it; NaN: none
 * @window: 1 if the curve is not smoothed
 *
 * The value of a curve at the cursor.
 */
typedef struct
{
  guint curve;
  gsize index;
  double x;
  double raw;
  double value;
  guint window;
} PictureFigure;

/**
 * picture_chart_figures:
 * @x: position of the cursor
 * @figures: (out): room for n_curves
 *
 * Finds the sample nearest to @x of every curve that covers @x.
 *
 * Returns: the number of figures
 */
guint picture_chart_figures (const PictureChart *chart, double x, PictureFigure *figures);

/**
 * picture_chart_figure_text:
 *
 * One figure as text, for the box at the cursor and for screen readers, such as
 * "training 0.0943, mean of 51".
 *
 * Returns: (transfer full)
 */
char *picture_chart_figure_text (const PictureChart *chart, const PictureFigure *figure);

/**
 * picture_chart_step_cursor:
 * @columns: number of columns of the plot, the least step
 * @forward: %FALSE for backward
 *
 * The cursor's position after an arrow key: the next sample of any curve, within the axis.
 */
double picture_chart_step_cursor (
    const PictureChart *chart, const PictureAxis *axis, double x, guint columns, gboolean forward);

/**
 * picture_chart_colour:
 * @n: index of the curve; colours and dashes repeat with different periods
 *
 * A colour with contrast to the paper of @style; the first one is the accent.
 */
PictureColour picture_chart_colour (const PictureStyle *style, guint n);
PictureDash picture_chart_dash (guint n);

G_END_DECLS
