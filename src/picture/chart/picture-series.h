/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PictureSeries:
 *
 * The samples (x, y) of a curve in the order of measurement; every one is kept. A pyramid
 * summarises them: each node holds the least, greatest, sum and count of PICTURE_SERIES_FAN nodes
 * of the level below, so that about a hundred numbers summarise any range of ten million samples. A
 * node is made when its last sample arrives, so appending is O(1) on average; incomplete nodes are
 * read from the level below.
 *
 * Sums are stored per node and not as running totals: nothing is subtracted, so a single loss of
 * 1e30 does not spoil the later means.
 *
 * 12 bytes per sample and 1.6 for the pyramid. Use it from one thread.
 */
typedef struct _PictureSeries PictureSeries;

#define PICTURE_SERIES_FAN 16

/**
 * PictureSpan:
 * @min: least finite y; +infinity if there is none
 * @max: greatest finite y; -infinity if there is none
 * @min_positive: least finite y greater than 0; +infinity if there is none
 * @count: number of finite y
 * @sum: sum of the finite y
 * @visited: number of samples and nodes that were read, the cost
 *
 * The summary of a range of samples.
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
 * @x: a step or a fractional epoch; not less than the previous one
 * @y: a gap if it is not finite
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
 * @end: one beyond the last sample; not more than the length
 *
 * Summarises samples @first to @end - 1 in O(log n).
 */
void picture_series_span (const PictureSeries *series, gsize first, gsize end, PictureSpan *span);

/* Prefetches the memory for a range that begins or ends at @index: millions of samples do not fit
 * into the processor's cache. */
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
