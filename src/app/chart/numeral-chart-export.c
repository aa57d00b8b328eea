/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-chart-private.h"
#include "picture-chart-export.h"

/* Scale of PNG images, so that they are sharp in print. */
#define PNG_SCALE 2

GBytes *
numeral_chart_export (
    NumeralChart *self, NumeralChartFormat format, guint width, guint height, GError **error)
{
  g_auto (NumeralChartScene) scene = { 0 };

  g_return_val_if_fail (NUMERAL_IS_CHART (self), NULL);

  /* Use a white background, in a dark window too. */
  numeral_chart_scene_init (self, &scene, &picture_style_light);
  scene.chart.title = self->title;
  scene.chart.cursor = (double) NAN;
  if (format == NUMERAL_CHART_SVG)
    return picture_chart_svg (&scene.chart, width, height, &scene.style, error);
  return picture_chart_png (&scene.chart, width, height, PNG_SCALE, &scene.style, error);
}
