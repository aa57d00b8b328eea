/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PictureSeries:
 *
 * A curve as it is measured: samples (x, y) in the order in which they came, every one of them
 * kept. Above them lies a pyramid in which each node sums up PICTURE_SERIES_FAN nodes of the level
 * below (least, greatest, sum, count), so that any stretch of ten million samples is summed up by
 * looking at a hundred numbers or so. A node is made when the last of its samples arrives, which
 * makes appending O(1) on average; what is not full yet is read from below.
 *
 * Sums are kept per node and not as running totals from the beginning: nothing is ever subtracted,
 * so a loss that once was 1e30 does not spoil the mean of what comes after it.
 *
 * 12 bytes a sample and 1.6 for the pyramid. To be used from one thread.
 */
typedef struct _PictureSeries PictureSeries;

#define PICTURE_SERIES_FAN 16

/**
 * PictureSpan:
 * @min: least finite y; +infinity where there is none
 * @max: greatest finite y; -infinity where there is none
 * @min_positive: least finite y above 0; +infinity where there is none
 * @count: how many y are finite
 * @sum: of the finite y
 * @visited: how many samples and nodes were looked at, which is what it cost
 *
 * What a stretch of samples sums up to.
 */
typedef struct
{
  float min, max, min_positive;
  guint visited;
  guint64 count;
  double sum;
} PictureSpan;

PictureSeries *picture_series_new (void);
void picture_series_free (PictureSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PictureSeries, picture_series_free)

/**
 * picture_series_append:
 * @x: a step or an epoch with its fraction; no less than the one before
 * @y: a gap where it is not finite
 *
 * Returns: FALSE, and nothing is kept, where @x is not finite or goes back
 */
gboolean picture_series_append (PictureSeries *series, double x, float y);

gsize picture_series_length (const PictureSeries *series);

/* @index: less than the length */
double picture_series_x (const PictureSeries *series, gsize index);
float picture_series_y (const PictureSeries *series, gsize index);

/* The first sample whose x is not less than @x; the length where there is none. O(log n). */
gsize picture_series_find (const PictureSeries *series, double x);

/* The sample whose x is nearest to @x, the earlier one of two; G_MAXSIZE where there are none. */
gsize picture_series_nearest (const PictureSeries *series, double x);

/**
 * picture_series_span:
 * @first: where the stretch begins
 * @end: one beyond where it ends; no more than the length
 *
 * Sums up samples @first to @end - 1 in O(log n).
 */
void picture_series_span (const PictureSeries *series, gsize first, gsize end, PictureSpan *span);

/* Tells the processor that a stretch that begins or ends at @index is going to be summed up: of
 * millions of samples none is in its cache. */
void picture_series_prefetch (const PictureSeries *series, gsize index);

/**
 * picture_series_mean:
 * @window: how many samples on the whole; an even number counts as the next odd one
 * @visited: (nullable) (inout): raised by what it cost
 *
 * The mean of the finite samples from @first - h to @last + h, h = @window / 2, as far as there are
 * any: a centred moving average, shorter at both ends of the series. No state: another window
 * costs nothing but the next drawing.
 *
 * Returns: NaN where none of them is finite
 */
double picture_series_mean (
    const PictureSeries *series, gsize first, gsize last, guint window, guint *visited);

G_END_DECLS
