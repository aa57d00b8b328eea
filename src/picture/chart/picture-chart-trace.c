/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-trace.h"

/* With at least this many columns per sample, samples are drawn individually. */
#define COLUMNS_PER_SAMPLE 2

/* Number of columns to prefetch. */
#define AHEAD 6

static const PictureTracePoint gap = { .low = NAN, .high = NAN, .line = NAN };

static void
add_exact (PictureTrace *trace, const PictureCurve *curve, gsize index)
{
  PictureTracePoint point = gap;
  const double y = (double) picture_series_y (curve->series, index);
  guint visited = 1;

  point.x = picture_series_x (curve->series, index);
  if (isfinite (y))
    {
      point.low = point.high = point.line = y;
      if (curve->smoothing > 1)
        point.line = picture_series_mean (curve->series, index, index, curve->smoothing, &visited);
    }
  trace->visited += visited;
  g_array_append_val (trace->points, point);
}

/* The mean of a column and of half a window on both sides. The sum of the column itself, which may
 * be long, is known already. */
static double
mean_around (
    PictureTrace *trace, const PictureCurve *curve, gsize first, gsize end, const BaseSpan *column)
{
  const gsize half = curve->smoothing > 1 ? curve->smoothing / 2 : 0;
  BaseSpan before, after;

  if (half == 0)
    return column->sum / (double) column->count;
  picture_series_span (curve->series, first > half ? first - half : 0, first, &before);
  picture_series_span (curve->series, end, end + half, &after);
  trace->visited += before.visited + after.visited;
  return (before.sum + column->sum + after.sum) /
         (double) (before.count + column->count + after.count);
}

/* @joined: whether the envelope includes the line between this column and the one before */
static void
add_column (PictureTrace *trace, const PictureCurve *curve, gsize first, gsize end, gboolean joined)
{
  PictureTracePoint point = gap;
  BaseSpan span;

  point.x =
      0.5 * (picture_series_x (curve->series, first) + picture_series_x (curve->series, end - 1));
  picture_series_span (curve->series, first, end, &span);
  trace->visited += span.visited;
  if (span.count > 0)
    {
      point.low = (double) span.min;
      point.high = (double) span.max;
      point.line = mean_around (trace, curve, first, end, &span);
      if (joined)
        {
          const double before = (double) picture_series_y (curve->series, first - 1);

          if (isfinite (before))
            {
              point.low = MIN (point.low, before);
              point.high = MAX (point.high, before);
            }
        }
    }
  trace->per_point = MAX (trace->per_point, end - first);
  g_array_append_val (trace->points, point);
}

static void
add_columns (PictureTrace *trace,
             const PictureCurve *curve,
             const PictureAxis *x,
             guint columns,
             gsize first,
             gsize end)
{
  /* bounds[i]: the first sample of column i */
  g_autofree gsize *bounds = g_new (gsize, columns + 1);
  gboolean joined = FALSE;

  bounds[0] = first;
  bounds[columns] = end;
  for (guint i = 1; i < columns; i++)
    {
      const gsize bound =
          picture_series_find (curve->series, picture_axis_value (x, i / (double) columns));

      bounds[i] = CLAMP (bound, bounds[i - 1], end);
    }
  for (guint i = 0; i < columns; i++)
    {
      picture_series_prefetch (curve->series, bounds[MIN (i + AHEAD, columns)]);
      if (bounds[i] < bounds[i + 1])
        add_column (trace, curve, bounds[i], bounds[i + 1], joined);
      joined = bounds[i] < bounds[i + 1];
    }
}

void
picture_trace_init (PictureTrace *trace,
                    const PictureCurve *curve,
                    const PictureAxis *x,
                    guint columns)
{
  const gsize length = picture_series_length (curve->series);
  const gsize first = picture_series_find (curve->series, x->min);
  /* A sample exactly at the end is on the axis, too. */
  const gsize end = picture_series_find (curve->series, nextafter (x->max, (double) INFINITY));

  *trace = (PictureTrace){ .per_point = 1, .columns = columns };
  trace->points = g_array_sized_new (FALSE, FALSE, sizeof (PictureTracePoint),
                                     (guint) MIN (end - first, columns) + 2);
  trace->exact = (end - first) <= columns / COLUMNS_PER_SAMPLE;

  if (first > 0)
    add_exact (trace, curve, first - 1);
  if (trace->exact)
    for (gsize at = first; at < end; at++)
      add_exact (trace, curve, at);
  else
    add_columns (trace, curve, x, columns, first, end);
  if (end < length)
    add_exact (trace, curve, end);

  /* A column is extended by half a window on both sides. */
  trace->window = trace->per_point + (curve->smoothing > 1 ? curve->smoothing / 2 * 2 : 0);
}

void
picture_trace_clear (PictureTrace *trace)
{
  g_clear_pointer (&trace->points, g_array_unref);
}
