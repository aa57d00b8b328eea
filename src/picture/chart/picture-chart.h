/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-axis.h"
#include "picture-format.h"
#include "picture-series.h"
#include "picture-style.h"

G_BEGIN_DECLS

/* A line is known by its dashes and a point by its shape; the colour comes on top. */
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
 * @name: (not nullable): for the legend; where the line is a mean, the legend adds that by itself
 * @marker: at every sample, as long as they are apart
 * @envelope: shade what lies between the least and the greatest sample of each column of pixels
 * @smoothing: how many samples the line is the mean of; up to 1: none
 * @width: of the line in pixels; 0: 2
 *
 * Where there are more samples than columns of pixels and no @smoothing, the line is the mean of a
 * column and the envelope is drawn in any case: nothing that was measured is hidden.
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
 * @x: as long as its ends are NaN, from the data
 * @y: as long as its ends are NaN, from what can be seen of the data
 * @y_format: x is always a plain number
 * @x_name: (nullable): what x counts, such as "epoch"
 * @empty: (nullable): what to say where there is nothing to show
 * @cursor: x of the cursor; NaN: none
 * @best: x of the best epoch; NaN: none
 * @best_curve: index of the curve that it is best of
 * @best_name: (nullable): what to call it
 * @text_size: of the figures on the axes in pixels; 0: 11
 *
 * All that a chart is, as values; drawing it keeps nothing. Start from %PICTURE_CHART_INIT, which
 * is empty and fits itself to its data.
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
 * Draws the chart over whatever is there; the background is the caller's. What it costs depends on
 * @width and hardly on the length of the series. x rises to the right in every language; in a
 * right-to-left style title, legend and figures change sides.
 */
void picture_chart_draw (
    cairo_t *cr, double width, double height, const PictureChart *chart, const PictureStyle *style);

/**
 * picture_chart_resolve_x: picture_chart_resolve_y:
 *
 * The axes as they are drawn, with every NaN replaced: where zooming and panning begin, and with
 * %PICTURE_AXIS_AUTO in @chart, what there is to see: their limits.
 *
 * Returns: an axis that is valid
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
 * @curve: which line of the legend; -1: none
 * @place_x: 0 at the left end of the plot and 1 at the right one; what zooming keeps in place
 * @place_y: 0 at its bottom and 1 at its top
 * @x: the value there
 * @y: the value there
 * @plot: where the plot is, for turning the way of a pointer into a share of an axis
 *
 * What is under a point of the picture. Values and places are told outside of the plot as well.
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
 * @index: of the sample
 * @x: where the sample was taken, which need not be where the cursor is
 * @raw: as it was measured; not finite: a gap
 * @value: the mean of the @window samples around it; NaN: nothing
 * @window: 1 where the curve is not smoothed
 *
 * What a curve says under the cursor.
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
 * @x: where
 * @figures: (out): room for n_curves
 *
 * The sample nearest to @x of every curve that has one there: a run that ended before @x or began
 * after it has none.
 *
 * Returns: how many
 */
guint picture_chart_figures (const PictureChart *chart, double x, PictureFigure *figures);

/**
 * picture_chart_figure_text:
 *
 * One figure in words, for the box at the cursor and for those who cannot see it, such as
 * "training 0.0943, mean of 51".
 *
 * Returns: (transfer full)
 */
char *picture_chart_figure_text (const PictureChart *chart, const PictureFigure *figure);

/**
 * picture_chart_step_cursor:
 * @columns: how many columns the plot has: a step is not smaller than one of them
 * @forward: or back
 *
 * Where an arrow key takes the cursor: to the next sample of any curve, within the axis.
 */
double picture_chart_step_cursor (
    const PictureChart *chart, const PictureAxis *axis, double x, guint columns, gboolean forward);

/**
 * picture_chart_colour:
 * @n: which curve; the colours repeat, the dashes with another period
 *
 * Colours that stand out from the paper of @style; the first is the accent.
 */
PictureColour picture_chart_colour (const PictureStyle *style, guint n);
PictureDash picture_chart_dash (guint n);

G_END_DECLS
