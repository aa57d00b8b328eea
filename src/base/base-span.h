/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/**
 * BaseSpan:
 * @min: least finite value; +infinity if there is none
 * @max: greatest finite value; -infinity if there is none
 * @min_positive: least finite value greater than 0; +infinity if there is none
 * @visited: number of values and summaries that were read, the cost
 * @count: number of finite values
 * @sum: sum of the finite values
 *
 * The summary of a range of values. Infinities and NaN are left out.
 */
typedef struct
{
  float min, max, min_positive;
  guint visited;
  guint64 count;
  double sum;
} BaseSpan;

/* A span of no values. */
#define BASE_SPAN_INIT                                          \
  {                                                             \
    .min = INFINITY, .max = -INFINITY, .min_positive = INFINITY \
  }

static inline void
base_span_add_values (BaseSpan *span, const float *values, gsize n)
{
  float min = span->min, max = span->max, min_positive = span->min_positive;
  double sum = span->sum;
  guint64 count = span->count;

  for (gsize i = 0; i < n; i++)
    {
      const float value = values[i];

      if (!isfinite (value))
        continue;
      min = MIN (min, value);
      max = MAX (max, value);
      min_positive = MIN (min_positive, value > 0 ? value : INFINITY);
      sum += (double) value;
      count++;
    }
  *span = (BaseSpan){ min, max, min_positive, span->visited + (guint) n, count, sum };
}

static inline void
base_span_merge (BaseSpan *span, const BaseSpan *other)
{
  span->min = MIN (span->min, other->min);
  span->max = MAX (span->max, other->max);
  span->min_positive = MIN (span->min_positive, other->min_positive);
  span->visited++;
  span->count += other->count;
  span->sum += other->sum;
}

G_END_DECLS
