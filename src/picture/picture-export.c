/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-export.h"

#include <cairo-svg.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>

cairo_status_t
picture_export_append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw (cairo_surface_t *surface, double scale, const InkDrawing *drawing, const PictureStyle *style)
{
  cairo_t *cr = cairo_create (surface);

  picture_set_colour (cr, &style->paper);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  picture_ink (cr, drawing, &style->foreground);
  cairo_destroy (cr);
}

GBytes *
picture_export_take_bytes (GByteArray *bytes, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR,
               status == CAIRO_STATUS_NO_MEMORY ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED,
               _ ("the picture could not be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}

cairo_surface_t *
picture_export_surface (const InkDrawing *drawing,
                        double size,
                        guint pixels,
                        const PictureStyle *style)
{
  const int side = (int) CLAMP (pixels, 1, PICTURE_EXPORT_MAX_SIDE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);

  draw (surface, side / size, drawing, style);
  cairo_surface_flush (surface);
  return surface;
}

GBytes *
picture_export_png (
    const InkDrawing *drawing, double size, guint pixels, const PictureStyle *style, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = picture_export_surface (drawing, size, pixels, style);
  const cairo_status_t status =
      cairo_surface_write_to_png_stream (surface, picture_export_append, bytes);

  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}

GBytes *
picture_export_svg (const InkDrawing *drawing,
                    double size,
                    const PictureStyle *style,
                    GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (picture_export_append, bytes, size, size);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw (surface, 1, drawing, style);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}

static void
draw_page (cairo_surface_t *surface,
           double scale,
           const PicturePage *page,
           const PictureStyle *style)
{
  cairo_t *cr = cairo_create (surface);

  picture_set_colour (cr, &style->paper);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, PICTURE_PAGE_MARGIN, PICTURE_PAGE_MARGIN);
  page->draw (cr, page->width - 2 * PICTURE_PAGE_MARGIN, page->height - 2 * PICTURE_PAGE_MARGIN,
              page->data, style);
  cairo_destroy (cr);
}

GBytes *
picture_page_png (const PicturePage *page, double scale, const PictureStyle *style, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  const int columns = (int) CLAMP (ceil (page->width * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  const int rows = (int) CLAMP (ceil (page->height * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  cairo_status_t status;

  draw_page (surface, scale, page, style);
  status = cairo_surface_write_to_png_stream (surface, picture_export_append, bytes);
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}

GBytes *
picture_page_svg (const PicturePage *page, const PictureStyle *style, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (picture_export_append, bytes, page->width, page->height);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw_page (surface, 1, page, style);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return picture_export_take_bytes (bytes, status, error);
}
