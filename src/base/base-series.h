/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-block.h"

G_BEGIN_DECLS

/**
 * BaseSeries:
 *
 * A growing sequence of floats, kept bit for bit, such as the loss of every minibatch. It is stored
 * in blocks, so that growing never copies it, and full blocks are stored in a compact form: see
 * base-block.h. A pyramid summarises the values, so that a few hundred numbers summarise any range
 * of ten million values. Appending is O(1) on average.
 *
 * Sums are stored per summary and not as running totals: nothing is subtracted, so a single loss of
 * 1e30 does not spoil the later means.
 *
 * Counted (atomic). Use one series from one thread at a time; copies share their full blocks and
 * may be used in different threads.
 */
typedef struct _BaseSeries BaseSeries;

/* Number of blocks, or of summaries, under a summary above the blocks. */
#define BASE_SERIES_FAN 16

BaseSeries *base_series_new (void);
BaseSeries *base_series_ref (BaseSeries *series);
void base_series_unref (BaseSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaseSeries, base_series_unref)
/* (transfer full): the values up to now, sharing the full blocks. O(n / BASE_BLOCK). */
BaseSeries *base_series_copy (const BaseSeries *series);

void base_series_append (BaseSeries *series, const float *values, gsize n);
/* Removes the values from @length on. */
void base_series_truncate (BaseSeries *series, gsize length);

gsize base_series_length (const BaseSeries *series);
/* @index: less than the length */
float base_series_get (const BaseSeries *series, gsize index);
/* Writes values @first to @first + @n - 1, which must exist, to @values. */
void base_series_read (const BaseSeries *series, gsize first, gsize n, float *values);
/* Summarises values @first to @end - 1 in O(log n); an @end beyond the length counts as the length.
 */
void base_series_span (const BaseSeries *series, gsize first, gsize end, BaseSpan *span);
/* Prefetches the memory for a range that begins or ends at @index: millions of values do not fit
 * into the processor's cache. */
void base_series_prefetch (const BaseSeries *series, gsize index);
/* Size in bytes, with the blocks that it shares. O(n / BASE_BLOCK). */
gsize base_series_size (const BaseSeries *series);

G_END_DECLS
