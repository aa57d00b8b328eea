/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-series.h"

G_BEGIN_DECLS

/**
 * PictureSeries:
 *
 * The samples (x, y) of a curve in the order of measurement. Either it has its own samples, which
 * picture_series_append() adds; or it shows a BaseSeries of others at evenly spaced x, which grows
 * and shrinks with that and takes no memory of its own. Any range is summarised from the pyramid of
 * the BaseSeries. Use it from one thread.
 */
typedef struct _PictureSeries PictureSeries;

PictureSeries *picture_series_new (void);
/* Sample i is at x = (i + 1) / @per_unit. References @values. @per_unit: at least 1 */
PictureSeries *picture_series_new_even (BaseSeries *values, guint64 per_unit);
void picture_series_free (PictureSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PictureSeries, picture_series_free)

/**
 * picture_series_append:
 * @x: a step or a fractional epoch; not less than the previous one
 * @y: a gap if it is not finite
 *
 * Only for a series of picture_series_new().
 *
 * Returns: %FALSE, without adding the sample, if @x is not finite or less than the previous one
 */
gboolean picture_series_append (PictureSeries *series, double x, float y);

gsize picture_series_length (const PictureSeries *series);

/* @index: less than the length */
double picture_series_x (const PictureSeries *series, gsize index);
float picture_series_y (const PictureSeries *series, gsize index);

/* The first sample whose x is not less than @x, or the length if there is none. O(log n). */
gsize picture_series_find (const PictureSeries *series, double x);

/* The sample whose x is nearest to @x, the earlier one of two; G_MAXSIZE if the series is empty. */
gsize picture_series_nearest (const PictureSeries *series, double x);

/**
 * picture_series_span:
 * @first: first sample of the range
 * @end: one beyond the last sample; beyond the length counts as the length
 *
 * Summarises the y of samples @first to @end - 1 in O(log n).
 */
void picture_series_span (const PictureSeries *series, gsize first, gsize end, BaseSpan *span);

/* Prefetches the memory for a range that begins or ends at @index. */
void picture_series_prefetch (const PictureSeries *series, gsize index);

/**
 * picture_series_mean:
 * @window: number of samples; an even number counts as the next odd one
 * @visited: (nullable) (inout): increased by the cost
 *
 * The mean of the finite samples from @first - h to @last + h with h = @window / 2: a centred
 * moving average, shorter at both ends of the series. It has no state: a new window costs one
 * redraw.
 *
 * Returns: NaN if none of them is finite
 */
double picture_series_mean (
    const PictureSeries *series, gsize first, gsize last, guint window, guint *visited);

G_END_DECLS
