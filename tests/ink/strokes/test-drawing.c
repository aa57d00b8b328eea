/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

static void
test_empty (void)
{
  g_autoptr (InkDrawing) drawing = ink_drawing_new_empty ();
  const InkBox box = ink_drawing_box (drawing);

  g_assert_true (ink_drawing_is_empty (drawing));
  g_assert_cmpuint (drawing->n_strokes, ==, 0);
  g_assert_cmpuint (ink_drawing_n_points (drawing), ==, 0);
  g_assert_true (box.x1 < box.x0);
  g_assert_true (box.y1 < box.y0);
}

static void
test_with_stroke (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  g_autoptr (InkStroke) stroke = ink_test_stroke (2, (const float[]){ 1, 5, 4, -2 }, 2);
  g_autoptr (InkStroke) other = ink_test_stroke (3, (const float[]){ 9, 9 }, 1);
  g_autoptr (InkDrawing) one = ink_drawing_with_stroke (empty, stroke);
  g_autoptr (InkDrawing) two = ink_drawing_with_stroke (one, other);
  const InkBox box = ink_drawing_box (two);

  g_assert_true (ink_drawing_is_empty (empty));
  g_assert_cmpuint (one->n_strokes, ==, 1);
  g_assert_cmpuint (two->n_strokes, ==, 2);
  g_assert_cmpuint (ink_drawing_n_points (two), ==, 3);
  /* Shared, not copied. */
  g_assert_true (one->strokes[0] == stroke);
  g_assert_true (two->strokes[0] == stroke);
  g_assert_true (two->strokes[1] == other);
  g_assert_cmpfloat (box.x0, ==, 1);
  g_assert_cmpfloat (box.y0, ==, -2);
  g_assert_cmpfloat (box.x1, ==, 9);
  g_assert_cmpfloat (box.y1, ==, 9);
}

/* A stroke lives as long as a drawing that holds it, and no longer (ASan reports leaks). */
static void
test_ownership (void)
{
  InkStroke *stroke = ink_test_stroke (2, (const float[]){ 1, 5 }, 1);
  InkDrawing *drawing = ink_drawing_new (&stroke, 1);
  InkDrawing *more;

  ink_stroke_unref (stroke);
  more = ink_drawing_with_stroke (drawing, drawing->strokes[0]);
  ink_drawing_unref (drawing);
  g_assert_cmpfloat (more->strokes[0]->points[0].y, ==, 5);
  g_assert_cmpfloat (more->strokes[1]->points[0].y, ==, 5);
  ink_drawing_ref (more);
  ink_drawing_unref (more);
  g_assert_cmpuint (more->n_strokes, ==, 2);
  ink_drawing_unref (more);
}

static void
test_bound (void)
{
  g_autoptr (InkStroke) stroke = ink_test_stroke (2, (const float[]){ 1, 5 }, 1);
  g_autofree InkStroke **strokes = g_new (InkStroke *, INK_MAX_STROKES + 5);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) more = NULL;

  for (guint i = 0; i < INK_MAX_STROKES + 5; i++)
    strokes[i] = stroke;
  drawing = ink_drawing_new (strokes, INK_MAX_STROKES + 5);
  g_assert_cmpuint (drawing->n_strokes, ==, INK_MAX_STROKES);
  more = ink_drawing_with_stroke (drawing, stroke);
  g_assert_cmpuint (more->n_strokes, ==, INK_MAX_STROKES);
}

static void
test_transform (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (2, 1, 5, 4, -2);
  g_autoptr (InkDrawing) moved = ink_drawing_transform (drawing, 3, 10, -20);
  g_autoptr (InkDrawing) mirrored = ink_drawing_transform (drawing, -1, 0, 0);

  g_assert_cmpfloat (moved->strokes[0]->width, ==, 6);
  g_assert_cmpfloat (moved->strokes[0]->points[0].x, ==, 13);
  g_assert_cmpfloat (moved->strokes[0]->points[0].y, ==, -5);
  g_assert_cmpfloat (moved->strokes[0]->points[1].x, ==, 22);
  g_assert_cmpfloat (moved->strokes[0]->points[1].y, ==, -26);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].x, ==, 1);
  g_assert_cmpfloat (mirrored->strokes[0]->width, ==, 2);
  g_assert_cmpfloat (mirrored->strokes[0]->points[0].x, ==, -1);
}

/* Points that are not finite are left out; a drawing never has a stroke without points. */
static void
test_transform_overflow (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (2, 1e30f, 0, 1, 1);
  g_autoptr (InkDrawing) other = INK_TEST_DRAWING (2, 1e30f, 1e30f);
  g_autoptr (InkDrawing) large = ink_drawing_transform (drawing, 1e20f, 0, 0);
  g_autoptr (InkDrawing) none = ink_drawing_transform (other, 1e20f, 0, 0);

  g_assert_cmpuint (large->n_strokes, ==, 1);
  g_assert_cmpuint (large->strokes[0]->n_points, ==, 1);
  g_assert_cmpuint (none->n_strokes, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/drawing/empty", test_empty);
  g_test_add_func ("/ink/drawing/with-stroke", test_with_stroke);
  g_test_add_func ("/ink/drawing/ownership", test_ownership);
  g_test_add_func ("/ink/drawing/bound", test_bound);
  g_test_add_func ("/ink/drawing/transform", test_transform);
  g_test_add_func ("/ink/drawing/transform-overflow", test_transform_overflow);
  return g_test_run ();
}
