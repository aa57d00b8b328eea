/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-chart-private.h"
#include "numeral-style.h"

#define EARLIER_WIDTH 1.25

static PictureAxis
whole_x (NumeralChart *self)
{
  PictureAxis axis = PICTURE_AXIS_AUTO (self->x.scale);

  if (self->x_end > 0)
    {
      axis.max = self->x_end;
      if (axis.scale == PICTURE_SCALE_LINEAR)
        axis.min = 0;
    }
  return axis;
}

void
numeral_chart_scene_init (NumeralChart *self, NumeralChartScene *scene, const PictureStyle *style)
{
  *scene = (NumeralChartScene){ .chart = PICTURE_CHART_INIT };
  if (style)
    scene->style = *style;
  else
    numeral_style_from_widget (&scene->style, GTK_WIDGET (self));
  scene->curves = g_new0 (PictureCurve, MAX (self->curves->len, 1));
  for (guint i = 0; i < self->curves->len; i++)
    {
      const NumeralChartCurve *curve = &g_array_index (self->curves, NumeralChartCurve, i);
      const gboolean earlier = (curve->flags & NUMERAL_CHART_EARLIER) != 0;
      const gboolean noisy = (curve->flags & NUMERAL_CHART_NOISY) != 0;

      scene->curves[i] = (PictureCurve){
        .series = curve->series,
        .name = curve->name,
        .colour = earlier ? scene->style.dim : picture_chart_colour (&scene->style, i),
        .dash = earlier ? PICTURE_DASH_DOTTED : picture_chart_dash (i),
        .marker = curve->flags & NUMERAL_CHART_MARKED ? PICTURE_MARKER_DISC : PICTURE_MARKER_NONE,
        .envelope = noisy,
        .smoothing = noisy || earlier ? self->smoothing : 0,
        .width = earlier ? EARLIER_WIDTH : 0,
      };
    }
  scene->chart.curves = scene->curves;
  scene->chart.n_curves = self->curves->len;
  scene->chart.x = self->zoomed ? self->x : whole_x (self);
  scene->chart.y = self->y;
  scene->chart.y_format = self->y_format;
  scene->chart.x_name = self->x_name;
  scene->chart.empty = self->empty;
  scene->chart.cursor = self->cursor;
  if (self->best_curve < self->curves->len)
    {
      scene->chart.best = self->best;
      scene->chart.best_curve = self->best_curve;
      scene->chart.best_name = _ ("best epoch");
    }
}

void
numeral_chart_scene_clear (NumeralChartScene *scene)
{
  g_clear_pointer (&scene->curves, g_free);
}

void
numeral_chart_get_limits (NumeralChart *self, PictureAxis *x, PictureAxis *y)
{
  g_auto (NumeralChartScene) scene = { 0 };

  numeral_chart_scene_init (self, &scene, NULL);
  scene.chart.x = whole_x (self);
  scene.chart.y = (PictureAxis) PICTURE_AXIS_AUTO (self->y.scale);
  *x = picture_chart_resolve_x (&scene.chart);
  *y = picture_chart_resolve_y (&scene.chart, x);
}

void
numeral_chart_get_view (NumeralChart *self, PictureAxis *x, PictureAxis *y)
{
  g_auto (NumeralChartScene) scene = { 0 };

  g_return_if_fail (NUMERAL_IS_CHART (self));

  numeral_chart_scene_init (self, &scene, NULL);
  *x = picture_chart_resolve_x (&scene.chart);
  *y = picture_chart_resolve_y (&scene.chart, x);
}

void
numeral_chart_hit (NumeralChart *self, double x, double y, PictureChartHit *hit)
{
  g_auto (NumeralChartScene) scene = { 0 };

  numeral_chart_scene_init (self, &scene, NULL);
  picture_chart_hit (&scene.chart, gtk_widget_get_width (GTK_WIDGET (self)),
                     gtk_widget_get_height (GTK_WIDGET (self)), &scene.style, x, y, hit);
}

char *
numeral_chart_describe_cursor (NumeralChart *self)
{
  g_auto (NumeralChartScene) scene = { 0 };
  g_autofree PictureFigure *figures = NULL;
  GString *text = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (NUMERAL_IS_CHART (self), NULL);

  if (isnan (self->cursor))
    return g_string_free (text, FALSE);
  numeral_chart_scene_init (self, &scene, &picture_style_light);
  figures = g_new0 (PictureFigure, MAX (self->curves->len, 1));
  n = picture_chart_figures (&scene.chart, self->cursor, figures);
  if (n > 0)
    {
      g_autofree char *x = picture_format_decimals (self->cursor, 2);

      g_string_append_printf (text, "%s %s", self->x_name ? self->x_name : "x", x);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *figure = picture_chart_figure_text (&scene.chart, &figures[i]);

      g_string_append_printf (text, "; %s", figure);
    }
  return g_string_free (text, FALSE);
}
