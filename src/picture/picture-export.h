/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-ink.h"

G_BEGIN_DECLS

/* Largest side of a PNG in pixels, more than any print needs. */
#define PICTURE_EXPORT_MAX_SIDE 16384

/**
 * picture_export_png: picture_export_svg:
 * @size: side of the square drawing area, in the units of the drawing; ink outside is cut off
 * @pixels: side of the image
 *
 * Renders the drawing in the style's foreground on its paper.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NO_SPACE if there is not enough memory,
 *   G_IO_ERROR_FAILED for any other error of Cairo
 */
GBytes *picture_export_png (const InkDrawing *drawing,
                            double size,
                            guint pixels,
                            const PictureStyle *style,
                            GError **error);
GBytes *picture_export_svg (const InkDrawing *drawing,
                            double size,
                            const PictureStyle *style,
                            GError **error);

/* (transfer full): the same as an ARGB32 image surface; its status reports an error. */
cairo_surface_t *picture_export_surface (const InkDrawing *drawing,
                                         double size,
                                         guint pixels,
                                         const PictureStyle *style);

/**
 * PicturePage:
 * @draw: draws a picture of @width times @height
 * @data: passed to @draw
 *
 * A picture to be exported on its paper with a margin of PICTURE_PAGE_MARGIN, which is part of
 * @width and @height.
 */
typedef struct
{
  void (*draw) (
      cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style);
  gconstpointer data;
  double width, height;
} PicturePage;

#define PICTURE_PAGE_MARGIN 16.0

/* (transfer full) (nullable): errors as of picture_export_png(). @scale: image pixels per pixel of
 * the picture */
GBytes *
picture_page_png (const PicturePage *page, double scale, const PictureStyle *style, GError **error);
GBytes *picture_page_svg (const PicturePage *page, const PictureStyle *style, GError **error);

/* Private to picture: a cairo_write_func_t that appends to a GByteArray, and the contents of the
 * array, which is freed, or %NULL with G_IO_ERROR_* for a @status that is an error. */
cairo_status_t
picture_export_append (void *closure, const unsigned char *data, unsigned int length);
GBytes *picture_export_take_bytes (GByteArray *bytes, cairo_status_t status, GError **error);

G_END_DECLS
