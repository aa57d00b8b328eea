/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-export.h"

#include <gio/gio.h>
#include <string.h>

#include "pixels.h"

static InkDrawing *
seven (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (60);
  InkStroke *strokes[1] = { stroke };

  ink_stroke_append (stroke, (InkPoint){ .x = 250, .y = 250, .pressure = 0.5 });
  ink_stroke_append (stroke, (InkPoint){ .x = 750, .y = 250, .pressure = 0.5 });
  ink_stroke_append (stroke, (InkPoint){ .x = 500, .y = 800, .pressure = 0.9f });
  return ink_drawing_new (strokes, 1);
}

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

static cairo_status_t
read_some (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static void
test_png (void)
{
  g_autoptr (InkDrawing) drawing = seven ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = picture_export_png (drawing, 1000, 200, &picture_style_light, &error);
  Reader reader = { 0 };
  cairo_surface_t *image;
  g_autoptr (Pixels) pixels = pixels_new (200, 200);

  g_assert_no_error (error);
  reader.data = g_bytes_get_data (bytes, &reader.left);
  image = cairo_image_surface_create_from_png_stream (read_some, &reader);
  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 200);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, 200);
  cairo_set_source_surface (pixels->cr, image, 0, 0);
  cairo_paint (pixels->cr);
  cairo_surface_destroy (image);
  g_assert_cmpint (pixels_gray (pixels, 100, 50), <, 64);
  g_assert_cmpint (pixels_gray (pixels, 5, 5), ==, 255);
  g_assert_cmpint (pixels_gray (pixels, 100, 190), ==, 255);
}

static void
test_svg (void)
{
  g_autoptr (InkDrawing) drawing = seven ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = picture_export_svg (drawing, 1000, &picture_style_dark, &error);
  const char *text;
  gsize length;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &length);
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "<svg"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "viewBox=\"0 0 1000 1000\""));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "<path"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "</svg>"));
  /* Curves, not a picture of them. */
  g_assert_null (g_strstr_len (text, (gssize) length, "<image"));
}

/* A side too large for memory is reduced. */
static void
test_bounds (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  cairo_surface_t *none = picture_export_surface (empty, 1000, 0, &picture_style_light);

  g_assert_cmpint (cairo_surface_status (none), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (none), ==, 1);
  cairo_surface_destroy (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/export/png", test_png);
  g_test_add_func ("/picture/export/svg", test_svg);
  g_test_add_func ("/picture/export/bounds", test_bounds);
  return g_test_run ();
}
