/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-attribution.h"

#include <math.h>
#include <string.h>

#include "pixels.h"

/* A stroke from the left to the right, of which the left half speaks for the digit. */
static InkDrawing *
make_drawing (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  InkStroke *stroke = ink_stroke_new (20);
  InkDrawing *drawing;

  for (guint i = 0; i <= 100; i++)
    ink_stroke_append (stroke, (InkPoint){ 2.0f * (float) i, 50, 0.5f, 0 });
  drawing = ink_drawing_with_stroke (empty, stroke);
  ink_stroke_unref (stroke);
  return drawing;
}

static void
attribute (PictureAttribution *picture, float *tensor, float *attribution)
{
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    attribution[i] = (i % INK_TENSOR_SIDE < 14 ? 1.0f : -1.0f) * tensor[i];
  picture->tensor = tensor;
  picture->attribution = attribution;
}

/* How much bluer, and how much redder, than the other the pixels of a rectangle are. */
static void
count_colours (Pixels *pixels, int x0, int x1, guint *blue, guint *orange)
{
  *blue = *orange = 0;
  for (int y = 0; y < pixels->height * 9 / 10; y++)
    for (int x = x0; x < x1; x++)
      {
        const guint32 colour = pixels_at (pixels, x, y);
        const int red = (int) (colour >> 16), b = (int) (colour & 255);

        *blue += b > red + 60;
        *orange += red > b + 60;
      }
}

static void
test_ink (void)
{
  static const PictureStyle *const styles[] = { &picture_style_light, &picture_style_dark };
  g_autoptr (InkDrawing) drawing = make_drawing ();
  float tensor[INK_TENSOR_SIZE], attribution[INK_TENSOR_SIZE];
  PictureAttribution picture = { .drawing = drawing, .target = 7, .against = 1 };

  ink_tensor_from_drawing (drawing, NULL, tensor);
  ink_tensor_find_place (drawing, NULL, &picture.place);
  attribute (&picture, tensor, attribution);
  for (guint s = 0; s < G_N_ELEMENTS (styles); s++)
    {
      g_autoptr (Pixels) pixels = pixels_new (300, 300);
      guint blue, orange;

      picture_set_colour (pixels->cr, &styles[s]->paper);
      cairo_paint (pixels->cr);
      picture_attribution (pixels->cr, 300, 300, &picture, styles[s]);
      count_colours (pixels, 0, 120, &blue, &orange);
      g_assert_cmpuint (blue, >, 1000);
      g_assert_cmpuint (orange, ==, 0);
      count_colours (pixels, 180, 300, &blue, &orange);
      g_assert_cmpuint (blue, ==, 0);
      g_assert_cmpuint (orange, >, 1000);
    }
}

/* Signs tell the halves apart without colours: a minus sign has no upright, a plus sign has one. */
static void
test_signs (void)
{
  g_autoptr (Pixels) pixels = pixels_new (560, 560);
  float tensor[INK_TENSOR_SIZE] = { 0 }, attribution[INK_TENSOR_SIZE] = { 0 };
  PictureAttribution picture = { .target = 7, .against = -1 };
  const guint plus = 10 * INK_TENSOR_SIDE + 5, minus = 10 * INK_TENSOR_SIDE + 20;

  tensor[plus] = tensor[minus] = 1;
  picture.tensor = tensor;
  picture.attribution = attribution;
  attribution[plus] = 2;
  attribution[minus] = -2;
  picture_attribution_cells (pixels->cr, 560, 560, &picture, &picture_style_light);
  /* The middle of a cell of 20 pixels is white in both; four pixels above it only in the plus. */
  g_assert_cmphex (pixels_at (pixels, 110, 210), ==, 0xffffff);
  g_assert_cmphex (pixels_at (pixels, 410, 210), ==, 0xffffff);
  g_assert_cmphex (pixels_at (pixels, 110, 206), ==, 0xffffff);
  g_assert_cmphex (pixels_at (pixels, 410, 206), !=, 0xffffff);
  /* What has neither ink nor attribution stays paper. */
  g_assert_cmpuint (pixels_touched (pixels, 0, 0, 560, 199), ==, 0);
}

/* Numbers that are not finite, no attribution, no room. */
static void
test_hostile (void)
{
  g_autoptr (Pixels) pixels = pixels_new (100, 100);
  g_autoptr (InkDrawing) drawing = make_drawing ();
  float tensor[INK_TENSOR_SIZE], attribution[INK_TENSOR_SIZE] = { 0 };
  PictureAttribution picture = { .drawing = drawing, .target = 7, .against = 1 };

  ink_tensor_from_drawing (drawing, NULL, tensor);
  ink_tensor_find_place (drawing, NULL, &picture.place);
  picture.tensor = tensor;
  picture.attribution = attribution;
  picture_attribution (pixels->cr, 100, 100, &picture, &picture_style_light);
  g_assert_cmpuint (pixels_touched (pixels, 0, 0, 100, 90), >, 100);
  attribution[400] = NAN;
  attribution[401] = INFINITY;
  picture_attribution (pixels->cr, 100, 100, &picture, &picture_style_light);
  picture.drawing = NULL;
  picture_attribution (pixels->cr, 100, 100, &picture, &picture_style_light);
  picture_attribution (pixels->cr, 0, 0, &picture, &picture_style_light);
  g_assert_cmpint (cairo_status (pixels->cr), ==, CAIRO_STATUS_SUCCESS);
}

static void
test_export (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = make_drawing ();
  float tensor[INK_TENSOR_SIZE], attribution[INK_TENSOR_SIZE];
  PictureAttribution picture = { .drawing = drawing, .target = 7, .against = 1 };
  g_autoptr (GBytes) png = NULL, svg = NULL;

  ink_tensor_from_drawing (drawing, NULL, tensor);
  ink_tensor_find_place (drawing, NULL, &picture.place);
  attribute (&picture, tensor, attribution);
  png = picture_attribution_export (&picture, FALSE, &picture_style_light, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
  svg = picture_attribution_export (&picture, TRUE, &picture_style_dark, &error);
  g_assert_no_error (error);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (svg, NULL), (gssize) g_bytes_get_size (svg), "<svg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/attribution/ink", test_ink);
  g_test_add_func ("/picture/attribution/signs", test_signs);
  g_test_add_func ("/picture/attribution/hostile", test_hostile);
  g_test_add_func ("/picture/attribution/export", test_export);
  return g_test_run ();
}
