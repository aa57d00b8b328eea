/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-trace.h"

/* With so many columns for a sample, samples are drawn as they are. */
#define COLUMNS_PER_SAMPLE 2

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

/* @joined: whether what lies between this column and the one before belongs to the envelope */
static void
add_column (PictureTrace *trace, const PictureCurve *curve, gsize first, gsize end, gboolean joined)
{
  PictureTracePoint point = gap;
  PictureSpan span;
  guint visited = 0;

  point.x =
      0.5 * (picture_series_x (curve->series, first) + picture_series_x (curve->series, end - 1));
  picture_series_span (curve->series, first, end, &span);
  trace->visited += span.visited;
  if (span.count > 0)
    {
      point.low = (double) span.min;
      point.high = (double) span.max;
      point.line = span.sum / (double) span.count;
      if (curve->smoothing > 1)
        point.line =
            picture_series_mean (curve->series, first, end - 1, curve->smoothing, &visited);
      trace->visited += visited;
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

void
picture_trace_init (PictureTrace *trace,
                    const PictureCurve *curve,
                    const PictureAxis *x,
                    guint columns)
{
  const gsize length = picture_series_length (curve->series);
  const gsize first = picture_series_find (curve->series, x->min);
  /* What lies on the very end is on the axis, too. */
  const gsize end = picture_series_find (curve->series, nextafter (x->max, (double) INFINITY));
  gsize at = first, last_column = 0;

  *trace = (PictureTrace){ .per_point = 1 };
  trace->points = g_array_sized_new (FALSE, FALSE, sizeof (PictureTracePoint),
                                     (guint) MIN (end - first, columns) + 2);
  trace->exact = (end - first) <= columns / COLUMNS_PER_SAMPLE;

  if (first > 0)
    add_exact (trace, curve, first - 1);
  if (trace->exact)
    for (; at < end; at++)
      add_exact (trace, curve, at);
  for (guint column = 0; at < end && column < columns; column++)
    {
      const gsize begin = at;

      at =
          column + 1 == columns ?
              end :
              MIN (end,
                   picture_series_find (curve->series,
                                        picture_axis_value (x, (column + 1.0) / (double) columns)));
      at = MAX (at, begin);
      if (at == begin)
        continue;
      add_column (trace, curve, begin, at, begin > 0 && column > 0 && last_column + 1 == column);
      last_column = column;
    }
  if (end < length)
    add_exact (trace, curve, end);

  /* A column is widened by half a window on either side. */
  trace->window = trace->per_point + (curve->smoothing > 1 ? curve->smoothing / 2 * 2 : 0);
}

void
picture_trace_clear (PictureTrace *trace)
{
  g_clear_pointer (&trace->points, g_array_unref);
}
