/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-stroke.h"

#include <math.h>

static void
test_append (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (3);

  g_assert_cmpfloat (stroke->width, ==, 3);
  g_assert_cmpuint (stroke->n_points, ==, 0);
  for (guint i = 0; i < 1000; i++)
    g_assert_true (ink_stroke_append (stroke, (InkPoint){ .x = i, .pressure = 0.25f }));
  g_assert_cmpuint (stroke->n_points, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpfloat (stroke->points[i].x, ==, i);
}

static void
test_resting_pen (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (3);

  g_assert_true (ink_stroke_append (stroke, (InkPoint){ 1, 2, 0.3f, 0 }));
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ 1, 2, 0.7f, 1 }));
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ 1, 2, 0.2f, 2 }));
  g_assert_cmpuint (stroke->n_points, ==, 1);
  g_assert_cmpfloat (stroke->points[0].pressure, ==, 0.7f);
  g_assert_cmpfloat (stroke->points[0].time, ==, 0);
  /* Back again after it moved is another point. */
  g_assert_true (ink_stroke_append (stroke, (InkPoint){ 2, 2, 0.5f, 3 }));
  g_assert_true (ink_stroke_append (stroke, (InkPoint){ 1, 2, 0.5f, 4 }));
  g_assert_cmpuint (stroke->n_points, ==, 3);
}

static void
test_not_finite (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (3);

  g_assert_false (ink_stroke_append (stroke, (InkPoint){ NAN, 0, 0.5f, 0 }));
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ 0, INFINITY, 0.5f, 0 }));
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ 0, 0, NAN, 0 }));
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ 0, 0, 0.5f, -INFINITY }));
  g_assert_cmpuint (stroke->n_points, ==, 0);
}

static void
test_pressure (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (4);

  ink_stroke_append (stroke, (InkPoint){ 0, 0, -1, 0 });
  ink_stroke_append (stroke, (InkPoint){ 1, 0, 7, 0 });
  g_assert_cmpfloat (stroke->points[0].pressure, ==, 0);
  g_assert_cmpfloat (stroke->points[1].pressure, ==, 1);
  g_assert_cmpfloat (ink_stroke_width_at (stroke, 0), ==, 2);
  g_assert_cmpfloat (ink_stroke_width_at (stroke, 0.5), ==, 4);
  g_assert_cmpfloat (ink_stroke_width_at (stroke, 1), ==, 6);
}

static void
test_bound (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (1);

  for (guint i = 0; i < INK_MAX_POINTS; i++)
    ink_stroke_append (stroke, (InkPoint){ .x = i, .pressure = 0.5f });
  g_assert_cmpuint (stroke->n_points, ==, INK_MAX_POINTS);
  g_assert_false (ink_stroke_append (stroke, (InkPoint){ .x = -1, .pressure = 0.5f }));
  g_assert_cmpuint (stroke->n_points, ==, INK_MAX_POINTS);
}

static void
test_copy (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (2);
  g_autoptr (InkStroke) copy = NULL;

  ink_stroke_append (stroke, (InkPoint){ 1, 2, 0.5f, 3 });
  copy = ink_stroke_copy (stroke);
  g_assert_true (ink_stroke_append (copy, (InkPoint){ 4, 5, 0.5f, 6 }));
  g_assert_cmpuint (stroke->n_points, ==, 1);
  g_assert_cmpuint (copy->n_points, ==, 2);
  g_assert_cmpfloat (copy->width, ==, 2);
  g_assert_cmpfloat (copy->points[0].time, ==, 3);
  g_assert_cmpfloat (copy->points[1].x, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/stroke/append", test_append);
  g_test_add_func ("/ink/stroke/resting-pen", test_resting_pen);
  g_test_add_func ("/ink/stroke/not-finite", test_not_finite);
  g_test_add_func ("/ink/stroke/pressure", test_pressure);
  g_test_add_func ("/ink/stroke/bound", test_bound);
  g_test_add_func ("/ink/stroke/copy", test_copy);
  return g_test_run ();
}
