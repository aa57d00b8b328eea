/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "picture-chart-layout.h"

/* As a share of the axis: the text of a sample further from the cursor includes its x. */
#define ELSEWHERE 0.004

/* Distance from the plot, in pixels, within which a point still hits an axis. */
#define AXIS_REACH 40.0

static gboolean
is_in (const PictureRectangle *area, double x, double y)
{
  return x >= area->x && x < area->x + area->width && y >= area->y && y < area->y + area->height;
}

void
picture_chart_hit (const PictureChart *chart,
                   double width,
                   double height,
                   const PictureStyle *style,
                   double at_x,
                   double at_y,
                   PictureChartHit *hit)
{
  PictureChartLayout layout;
  const PictureRectangle *plot = &layout.plot;

  picture_chart_layout_init (&layout, chart, width, height, style);
  *hit = (PictureChartHit){ .part = PICTURE_CHART_OUTSIDE, .curve = -1, .plot = layout.plot };
  hit->place_x = (at_x - plot->x) / plot->width;
  hit->place_y = 1 - (at_y - plot->y) / plot->height;
  hit->x = picture_axis_value (&layout.x, hit->place_x);
  hit->y = picture_axis_value (&layout.y, hit->place_y);

  for (guint i = 0; i < layout.legend->len; i++)
    if (is_in (&g_array_index (layout.legend, PictureLegendEntry, i).area, at_x, at_y))
      {
        hit->part = PICTURE_CHART_LEGEND;
        hit->curve = (int) i;
      }
  if (hit->part == PICTURE_CHART_LEGEND)
    ;
  else if (at_x >= plot->x && at_x <= plot->x + plot->width && at_y >= plot->y &&
           at_y <= plot->y + plot->height)
    hit->part = PICTURE_CHART_PLOT;
  else if (at_x >= plot->x && at_x <= plot->x + plot->width && at_y > plot->y + plot->height &&
           at_y <= height)
    hit->part = PICTURE_CHART_X_AXIS;
  else if (at_y >= plot->y && at_y <= plot->y + plot->height && at_x >= 0 && at_x <= width &&
           at_x > plot->x - AXIS_REACH - layout.size && (style->rtl || at_x < plot->x))
    hit->part = PICTURE_CHART_Y_AXIS;
  picture_chart_layout_clear (&layout);
}

guint
picture_chart_figures (const PictureChart *chart, double x, PictureFigure *figures)
{
  guint n = 0;

  for (guint i = 0; i < chart->n_curves && isfinite (x); i++)
    {
      const PictureCurve *curve = &chart->curves[i];
      const gsize length = picture_series_length (curve->series);
      const gsize index = picture_series_nearest (curve->series, x);
      PictureFigure *figure = &figures[n];
      double begin, end, reach;

      if (length == 0)
        continue;
      begin = picture_series_x (curve->series, 0);
      end = picture_series_x (curve->series, length - 1);
      /* A curve is extended by one sample distance beyond its end; a single sample is not. */
      reach = length > 1 ? (end - begin) / (double) (length - 1) : 0;
      if (x < begin - reach || x > end + reach)
        continue;
      *figure = (PictureFigure){ .curve = i, .index = index, .window = 1 };
      figure->x = picture_series_x (curve->series, index);
      figure->raw = figure->value = (double) picture_series_y (curve->series, index);
      if (!isfinite (figure->raw))
        figure->value = (double) NAN;
      else if (curve->smoothing > 1)
        {
          figure->window = curve->smoothing | 1;
          figure->value = picture_series_mean (curve->series, index, index, curve->smoothing, NULL);
        }
      n++;
    }
  return n;
}

char *
picture_chart_figure_text (const PictureChart *chart, const PictureFigure *figure)
{
  const PictureCurve *curve = &chart->curves[figure->curve];
  const PictureAxis axis = picture_chart_resolve_x (chart);
  const gboolean gap = isnan (figure->value);
  /* For a gap, show the value that was measured. */
  g_autofree char *value =
      picture_format_value (chart->y_format, gap ? figure->raw : figure->value);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s %s", curve->name, value);
  if (figure->window > 1)
    {
      g_string_append (text, _ (", "));
      g_string_append_printf (text, _ ("mean of %u"), figure->window);
    }
  if (isfinite (chart->cursor) && fabs (picture_axis_place (&axis, figure->x) -
                                        picture_axis_place (&axis, chart->cursor)) > ELSEWHERE)
    {
      g_autofree char *x = picture_format_decimals (figure->x, 3);

      if (chart->x_name)
        g_string_append_printf (text, " (%s %s)", chart->x_name, x);
      else
        g_string_append_printf (text, " (%s)", x);
    }
  return g_string_free (text, FALSE);
}

/* The nearest sample beyond @from in this direction; NaN if there is none. */
static double
next_sample (const PictureSeries *series, double from, gboolean forward)
{
  const gsize after = picture_series_find (series, from);

  if (forward)
    return after < picture_series_length (series) ? picture_series_x (series, after) : (double) NAN;
  if (after < picture_series_length (series) && !(picture_series_x (series, after) > from))
    return from;
  return after > 0 ? picture_series_x (series, after - 1) : (double) NAN;
}

double
picture_chart_step_cursor (
    const PictureChart *chart, const PictureAxis *axis, double x, guint columns, gboolean forward)
{
  const double column = (forward ? 1.0 : -1.0) / MAX (columns, 1);
  double from, best;
  gboolean found = FALSE;

  if (!isfinite (x))
    x = forward ? axis->min : axis->max;
  from = picture_axis_value (axis, picture_axis_place (axis, x) + column);
  best = x;
  for (guint i = 0; i < chart->n_curves; i++)
    {
      const double next = next_sample (chart->curves[i].series, from, forward);

      if (isnan (next))
        continue;
      if (!found || (forward ? next < best : next > best))
        best = next;
      found = TRUE;
    }
  /* Less than a step from the end: go to the end. */
  for (guint i = 0; i < chart->n_curves && !found; i++)
    {
      const PictureSeries *series = chart->curves[i].series;
      const gsize length = picture_series_length (series);

      if (length > 0)
        best = forward ? MAX (best, picture_series_x (series, length - 1)) :
                         MIN (best, picture_series_x (series, 0));
    }
  return CLAMP (best, axis->min, axis->max);
}
