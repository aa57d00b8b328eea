/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-chart.h"

G_BEGIN_DECLS

/**
 * NumeralChartCurveFlags:
 * @NUMERAL_CHART_NOISY: shade the envelope, and smooth the line by the chart's "smoothing"
 * @NUMERAL_CHART_MARKED: draw a mark at every sample
 * @NUMERAL_CHART_EARLIER: a curve for comparison: thin and dim, smoothed, without an envelope
 */
typedef enum
{
  NUMERAL_CHART_PLAIN = 0,
  NUMERAL_CHART_NOISY = 1 << 0,
  NUMERAL_CHART_MARKED = 1 << 1,
  NUMERAL_CHART_EARLIER = 1 << 2,
} NumeralChartCurveFlags;

#define NUMERAL_TYPE_CHART (numeral_chart_get_type ())
G_DECLARE_FINAL_TYPE (NumeralChart, numeral_chart, NUMERAL, CHART, GtkWidget)

/**
 * NumeralChart:
 *
 * Curves that grow during a run. A curve has its own samples, or shows the values of others without
 * a copy; a frame draws all that have arrived.
 *
 * Pointer: the cursor follows it; wheel with Ctrl, or when the chart has the focus, zooms (with
 * Shift the other axis); dragging pans a zoomed chart; a double click shows everything. Fingers:
 * pinch and drag. Keys: arrows move the cursor, with Shift they pan; + and - zoom; Home shows
 * everything; Escape removes the cursor.
 *
 * Properties: "title" (string; for exports and as accessible name), "log-x", "log-y" (boolean),
 * "smoothing" (uint, samples), "cursor" (double, NaN for none), "zoomed" (boolean, read-only).
 */
NumeralChart *numeral_chart_new (void);

void numeral_chart_set_y_format (NumeralChart *self, PictureFormat format);
/* @x_name: title of the x axis; @empty: text of a chart without data. */
void numeral_chart_set_texts (NumeralChart *self, const char *x_name, const char *empty);
/* The right end of the x axis while the chart is not zoomed; 0 for the last sample. */
void numeral_chart_set_x_end (NumeralChart *self, double x_end);
/* Marks the best epoch on a curve; NaN for none. */
void numeral_chart_set_best (NumeralChart *self, guint curve, double x);

/* Returns: its index */
guint numeral_chart_add_curve (NumeralChart *self, const char *name, NumeralChartCurveFlags flags);
guint numeral_chart_get_n_curves (NumeralChart *self);
const PictureSeries *numeral_chart_get_series (NumeralChart *self, guint curve);
/* x must not decrease. Cheap: it only queues a redraw. */
void numeral_chart_append (NumeralChart *self, guint curve, double x, double y);
/* Shows the values of others at x = (i + 1) / @per_unit from now on, in place of the samples of the
 * curve. Queue a redraw when they have changed. */
void
numeral_chart_show_values (NumeralChart *self, guint curve, BaseSeries *values, guint64 per_unit);
/* Empties a curve. */
void numeral_chart_clear_curve (NumeralChart *self, guint curve);
/* Removes the curves from @first on. */
void numeral_chart_remove_curves (NumeralChart *self, guint first);

double numeral_chart_get_cursor (NumeralChart *self);
void numeral_chart_set_cursor (NumeralChart *self, double cursor);
/* Zooms around the cursor, or the middle without one; a factor above 1 zooms in. */
void numeral_chart_zoom (NumeralChart *self, double factor);
void numeral_chart_reset_view (NumeralChart *self);

/* The axes as they are drawn. */
void numeral_chart_get_view (NumeralChart *self, PictureAxis *x, PictureAxis *y);

/* (transfer full): the figures at the cursor in words; empty without a cursor. */
char *numeral_chart_describe_cursor (NumeralChart *self);

typedef enum
{
  NUMERAL_CHART_PNG,
  NUMERAL_CHART_SVG,
} NumeralChartFormat;

/* (transfer full) (nullable): the chart in its current view, with a background. G_IO_ERROR_*. */
GBytes *numeral_chart_export (
    NumeralChart *self, NumeralChartFormat format, guint width, guint height, GError **error);

G_END_DECLS
