/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-tensor.h"

#include <math.h>

#include "pixels.h"

static void
test_cells (void)
{
  g_autoptr (Pixels) pixels = pixels_new (280, 280);
  float tensor[INK_TENSOR_SIZE] = { 0 };

  tensor[0] = 1;
  tensor[5 * INK_TENSOR_SIDE + 7] = 0.5;
  tensor[INK_TENSOR_SIZE - 1] = 1;
  picture_tensor (pixels->cr, 280, 280, tensor);
  for (int y = 0; y < 280; y++)
    for (int x = 0; x < 280; x++)
      {
        const gboolean gap = x % 10 == 9 || y % 10 == 9;
        const float value = tensor[(y / 10) * INK_TENSOR_SIDE + x / 10];

        g_assert_cmpint (pixels_gray (pixels, x, y), ==,
                         gap || value == 0 ? 0 : (value == 1 ? 255 : 128));
      }
}

/* Cells stay sharp if the size is no multiple of 28, and small ones have no gap. */
static void
test_odd_room (void)
{
  g_autoptr (Pixels) pixels = pixels_new (101, 75);
  float tensor[INK_TENSOR_SIZE];
  guint white = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    tensor[i] = 1;
  picture_tensor (pixels->cr, 101, 75, tensor);
  for (int y = 0; y < 75; y++)
    for (int x = 13; x < 88; x++)
      {
        const int gray = pixels_gray (pixels, x, y);

        g_assert_true (gray == 0 || gray == 255);
        white += gray == 255;
      }
  g_assert_cmpuint (white, ==, 56 * 56);
}

/* A screen with two pixels per unit uses both. */
static void
test_scaled (void)
{
  g_autoptr (Pixels) pixels = pixels_new (308, 308);
  float tensor[INK_TENSOR_SIZE] = { 1, 1 };

  cairo_scale (pixels->cr, 2, 2);
  picture_tensor (pixels->cr, 154, 154, tensor);
  g_assert_cmpint (pixels_gray (pixels, 9, 9), ==, 255);
  g_assert_cmpint (pixels_gray (pixels, 10, 9), ==, 0);
  g_assert_cmpint (pixels_gray (pixels, 11, 9), ==, 255);
}

static void
test_hostile (void)
{
  g_autoptr (Pixels) pixels = pixels_new (280, 280);
  float tensor[INK_TENSOR_SIZE] = { 0 };

  tensor[0] = NAN;
  tensor[1] = 7;
  tensor[2] = -INFINITY;
  picture_tensor (pixels->cr, 280, 280, tensor);
  g_assert_cmpint (pixels_gray (pixels, 2, 2), ==, 0);
  g_assert_cmpint (pixels_gray (pixels, 12, 2), ==, 255);
  g_assert_cmpint (pixels_gray (pixels, 22, 2), ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr (Pixels) pixels = pixels_new (40, 40);

  picture_tensor (pixels->cr, 40, 40, NULL);
  g_assert_cmpuint (pixels_dark (pixels, 0, 0, 40, 40), ==, 1600);
  picture_tensor (pixels->cr, 0, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/tensor/cells", test_cells);
  g_test_add_func ("/picture/tensor/odd-room", test_odd_room);
  g_test_add_func ("/picture/tensor/scaled", test_scaled);
  g_test_add_func ("/picture/tensor/hostile", test_hostile);
  g_test_add_func ("/picture/tensor/nothing", test_nothing);
  return g_test_run ();
}
