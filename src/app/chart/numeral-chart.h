/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-chart.h"

G_BEGIN_DECLS

/**
 * NumeralChartCurveFlags:
 * @NUMERAL_CHART_NOISY: shade the envelope, and smooth the line as the chart's "smoothing" says
 * @NUMERAL_CHART_MARKED: a mark at every sample
 * @NUMERAL_CHART_EARLIER: something to compare with: thin and dim, smoothed, without an envelope
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
 * Curves that grow while they are looked at. Samples are only appended; a frame
 * draws them all, however many came.
 *
 * Pointer: the cursor follows it; wheel with Ctrl, or when the chart has the focus, zooms (with
 * Shift the other axis); dragging pans what is zoomed; a double click shows everything. Fingers:
 * pinch and drag. Keys: arrows move the cursor, with Shift they pan; + and - zoom; Home shows
 * everything; Escape takes the cursor away.
 *
 * Properties: "title" (string; for exports and as accessible name), "log-x", "log-y" (boolean),
 * "smoothing" (uint, samples), "cursor" (double, NaN: none), "zoomed" (boolean, read-only).
 */
NumeralChart *numeral_chart_new (void);

void numeral_chart_set_y_format (NumeralChart *self, PictureFormat format);
/* @x_name: title of the x axis; @empty: text of a chart without data. */
void numeral_chart_set_texts (NumeralChart *self, const char *x_name, const char *empty);
/* The right end of what there is to see while it is not zoomed; 0: as far as the samples go. */
void numeral_chart_set_x_end (NumeralChart *self, double x_end);
/* Marks the best epoch on a curve; NaN: none. */
void numeral_chart_set_best (NumeralChart *self, guint curve, double x);

/* Returns: its index */
guint numeral_chart_add_curve (NumeralChart *self, const char *name, NumeralChartCurveFlags flags);
guint numeral_chart_get_n_curves (NumeralChart *self);
const PictureSeries *numeral_chart_get_series (NumeralChart *self, guint curve);
/* x must not go back. Cheap: no more than a note that a frame is due. */
void numeral_chart_append (NumeralChart *self, guint curve, double x, double y);
/* Empties a curve. */
void numeral_chart_clear_curve (NumeralChart *self, guint curve);
/* Takes away the curves from @first on. */
void numeral_chart_remove_curves (NumeralChart *self, guint first);

double numeral_chart_get_cursor (NumeralChart *self);
void numeral_chart_set_cursor (NumeralChart *self, double cursor);
/* Around the cursor, or the middle; above 1: closer. */
void numeral_chart_zoom (NumeralChart *self, double factor);
void numeral_chart_reset_view (NumeralChart *self);

/* The axes as they are drawn now. */
void numeral_chart_get_view (NumeralChart *self, PictureAxis *x, PictureAxis *y);

/* The figures under the cursor in words; empty where there is none. (transfer full) */
char *numeral_chart_describe_cursor (NumeralChart *self);

typedef enum
{
  NUMERAL_CHART_PNG,
  NUMERAL_CHART_SVG,
} NumeralChartFormat;

/* (transfer full) (nullable): the chart as it is seen, on a ground of its own. G_IO_ERROR_*. */
GBytes *numeral_chart_export (
    NumeralChart *self, NumeralChartFormat format, guint width, guint height, GError **error);

G_END_DECLS
