/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-trace.h"

/* Number of positions at which the mean of a smoothed curve is sampled for its range. */
#define SLICES 256

typedef struct
{
  double min, max, min_positive;
} Range;

static const Range nothing = { INFINITY, -INFINITY, INFINITY };

static void
add_value (Range *range, double value)
{
  if (!isfinite (value))
    return;
  range->min = MIN (range->min, value);
  range->max = MAX (range->max, value);
  if (value > 0)
    range->min_positive = MIN (range->min_positive, value);
}

PictureAxis
picture_chart_resolve_x (const PictureChart *chart)
{
  Range range = nothing;

  for (guint i = 0; i < chart->n_curves; i++)
    {
      const PictureSeries *series = chart->curves[i].series;
      const gsize length = picture_series_length (series);
      const gsize positive = picture_series_find (series, nextafter (0, 1));

      if (length == 0)
        continue;
      add_value (&range, picture_series_x (series, 0));
      add_value (&range, picture_series_x (series, length - 1));
      if (positive < length)
        add_value (&range, picture_series_x (series, positive));
    }
  return picture_axis_fit (chart->x, range.min, range.max, range.min_positive, FALSE);
}

static void
add_curve (Range *range, const PictureCurve *curve, const PictureAxis *x)
{
  const gsize first = picture_series_find (curve->series, x->min);
  const gsize end = picture_series_find (curve->series, nextafter (x->max, (double) INFINITY));
  BaseSpan span;

  picture_series_span (curve->series, first, end, &span);
  if (span.count == 0)
    return;
  if (curve->smoothing > 1 && !curve->envelope)
    {
      PictureTrace trace;

      picture_trace_init (&trace, curve, x, SLICES);
      for (guint i = 0; i < trace.points->len; i++)
        {
          const PictureTracePoint *point = &g_array_index (trace.points, PictureTracePoint, i);

          if (point->x >= x->min && point->x <= x->max)
            add_value (range, point->line);
        }
      picture_trace_clear (&trace);
      return;
    }
  add_value (range, (double) span.min);
  add_value (range, (double) span.max);
  add_value (range, (double) span.min_positive);
}

PictureAxis
picture_chart_resolve_y (const PictureChart *chart, const PictureAxis *x)
{
  Range range = nothing;

  for (guint i = 0; i < chart->n_curves; i++)
    add_curve (&range, &chart->curves[i], x);
  return picture_axis_fit (chart->y, range.min, range.max, range.min_positive, TRUE);
}
