/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-export.h"

#include "picture-export.h"

static void
draw (cairo_t *cr, double width, double height, gconstpointer chart, const PictureStyle *style)
{
  picture_chart_draw (cr, width, height, chart, style);
}

GBytes *
picture_chart_png (const PictureChart *chart,
                   double width,
                   double height,
                   double scale,
                   const PictureStyle *style,
                   GError **error)
{
  const PicturePage page = { draw, chart, width, height };

  return picture_page_png (&page, scale, style, error);
}

GBytes *
picture_chart_svg (const PictureChart *chart,
                   double width,
                   double height,
                   const PictureStyle *style,
                   GError **error)
{
  const PicturePage page = { draw, chart, width, height };

  return picture_page_svg (&page, style, error);
}
