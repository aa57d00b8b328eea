/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-export.h"

#include <cairo-svg.h>
#include <math.h>

#include "picture-export.h"

#define MARGIN 16.0

static void
draw (cairo_surface_t *surface,
      double scale,
      const PictureChart *chart,
      double width,
      double height,
      const PictureStyle *style)
{
  cairo_t *cr = cairo_create (surface);

  picture_set_colour (cr, &style->paper);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, MARGIN, MARGIN);
  picture_chart_draw (cr, width - 2 * MARGIN, height - 2 * MARGIN, chart, style);
  cairo_destroy (cr);
}

GBytes *
picture_chart_png (const PictureChart *chart,
                   double width,
                   double height,
                   double scale,
                   const PictureStyle *style,
                   GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  const int columns = (int) CLAMP (ceil (width * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  const int rows = (int) CLAMP (ceil (height * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  cairo_status_t status;

  draw (surface, scale, chart, width, height, style);
  status = cairo_surface_write_to_png_stream (surface, picture_export_append, bytes);
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}

GBytes *
picture_chart_svg (const PictureChart *chart,
                   double width,
                   double height,
                   const PictureStyle *style,
                   GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (picture_export_append, bytes, width, height);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw (surface, 1, chart, width, height, style);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}
