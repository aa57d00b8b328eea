/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixels.h"

Pixels *
pixels_new (int width, int height)
{
  Pixels *pixels = g_new0 (Pixels, 1);

  pixels->width = width;
  pixels->height = height;
  pixels->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  pixels->cr = cairo_create (pixels->surface);
  cairo_set_source_rgb (pixels->cr, 1, 1, 1);
  cairo_paint (pixels->cr);
  return pixels;
}

void
pixels_free (Pixels *pixels)
{
  g_assert_cmpint (cairo_status (pixels->cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (pixels->cr);
  cairo_surface_destroy (pixels->surface);
  g_free (pixels);
}

guint32
pixels_at (Pixels *pixels, int x, int y)
{
  const guint8 *data;
  const guint32 *row;

  g_assert_true (x >= 0 && x < pixels->width && y >= 0 && y < pixels->height);
  cairo_surface_flush (pixels->surface);
  data = cairo_image_surface_get_data (pixels->surface);
  row = (const guint32 *) (gconstpointer) (data +
                                           y * cairo_image_surface_get_stride (pixels->surface));
  return row[x] & 0xffffff;
}

int
pixels_gray (Pixels *pixels, int x, int y)
{
  const guint32 pixel = pixels_at (pixels, x, y);

  return (int) (((pixel >> 16) + ((pixel >> 8) & 0xff) + (pixel & 0xff)) / 3);
}

guint
pixels_dark (Pixels *pixels, int x, int y, int width, int height)
{
  guint count = 0;

  for (int j = y; j < y + height; j++)
    for (int i = x; i < x + width; i++)
      count += pixels_gray (pixels, i, j) < 128;
  return count;
}

guint
pixels_touched (Pixels *pixels, int x, int y, int width, int height)
{
  guint count = 0;

  for (int j = y; j < y + height; j++)
    for (int i = x; i < x + width; i++)
      count += pixels_at (pixels, i, j) != 0xffffff;
  return count;
}
