/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-distort.h"
#include "ink-test.h"

#define N_SEEDS 300

static InkDrawing *
cross (void)
{
  const float across[] = { 0, 50, 25, 50, 50, 50, 75, 50, 100, 50 };
  const float down[] = { 50, 0, 50, 25, 50, 50, 50, 75, 50, 100 };
  g_autoptr (InkStroke) first = ink_test_stroke (4, across, 5);
  g_autoptr (InkStroke) second = ink_test_stroke (4, down, 5);
  InkStroke *strokes[] = { first, second };

  return ink_drawing_new (strokes, 2);
}

static void
test_none (void)
{
  static const InkDistortion none = { .smoothness = 0.25 };
  g_autoptr (InkDrawing) drawing = cross ();

  for (guint64 seed = 0; seed < 10; seed++)
    {
      g_autoptr (InkDrawing) same = ink_drawing_distort (drawing, &none, seed);

      g_assert_cmpuint (same->n_strokes, ==, 2);
      for (guint i = 0; i < 2; i++)
        {
          g_assert_cmpuint (same->strokes[i]->n_points, ==, 5);
          for (guint j = 0; j < 5; j++)
            {
              g_assert_cmpfloat_with_epsilon (same->strokes[i]->points[j].x,
                                              drawing->strokes[i]->points[j].x, 1e-3f);
              g_assert_cmpfloat_with_epsilon (same->strokes[i]->points[j].y,
                                              drawing->strokes[i]->points[j].y, 1e-3f);
            }
        }
    }
}

static double
slope_of (const InkStroke *stroke)
{
  const InkPoint *a = &stroke->points[0], *b = &stroke->points[stroke->n_points - 1];

  return atan2 (b->y - a->y, b->x - a->x) * 180 / G_PI;
}

/* A rotation turns both bars alike, a shear only the vertical one, and neither exceeds its bound.
 */
static void
test_bounds (void)
{
  static const InkDistortion turn = { .rotation = 20, .smoothness = 0.25 };
  static const InkDistortion lean = { .shear = 20, .smoothness = 0.25 };
  g_autoptr (InkDrawing) drawing = cross ();
  double most_turn = 0, most_lean = 0;

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (InkDrawing) turned = ink_drawing_distort (drawing, &turn, seed);
      g_autoptr (InkDrawing) leaned = ink_drawing_distort (drawing, &lean, seed);
      double angle = slope_of (turned->strokes[0]);

      g_assert_cmpfloat_with_epsilon (slope_of (turned->strokes[1]) - 90, angle, 0.01);
      g_assert_cmpfloat (fabs (angle), <=, 20.01);
      most_turn = MAX (most_turn, fabs (angle));
      g_assert_cmpfloat_with_epsilon (slope_of (leaned->strokes[0]), 0, 0.01);
      angle = slope_of (leaned->strokes[1]) - 90;
      g_assert_cmpfloat (fabs (angle), <=, 20.01);
      most_lean = MAX (most_lean, fabs (angle));
    }
  g_assert_cmpfloat (most_turn, >, 18);
  g_assert_cmpfloat (most_lean, >, 18);
}

/* The smooth displacement has the given deviation, and nearby points move alike. */
static void
test_elastic (void)
{
  static const InkDistortion elastic = { .elastic = 0.05, .smoothness = 0.25 };
  g_autoptr (InkDrawing) drawing = cross ();
  double squares = 0, apart = 0;
  const guint n = 3000;

  for (guint64 seed = 0; seed < n; seed++)
    {
      g_autoptr (InkDrawing) bent = ink_drawing_distort (drawing, &elastic, seed);
      /* The bars cross at their third points. */
      const InkPoint *one = &bent->strokes[0]->points[2], *other = &bent->strokes[1]->points[2];
      double dx = one->x - 50;

      squares += dx * dx;
      apart += fabs (one->x - other->x) + fabs (one->y - other->y);
    }
  g_assert_cmpfloat_with_epsilon (sqrt (squares / n), 5, 0.5);
  g_assert_cmpfloat (apart / n, <, 1e-3);
}

/* Freedom moves strokes against each other and shortens them, but not by much. */
static void
test_freedom (void)
{
  static const InkDistortion freedom = { .freedom = 1, .smoothness = 0.25 };
  g_autoptr (InkDrawing) drawing = cross ();
  guint n_apart = 0;

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (InkDrawing) moved = ink_drawing_distort (drawing, &freedom, seed);
      InkBox box = ink_drawing_box (moved);

      g_assert_cmpuint (moved->n_strokes, ==, 2);
      g_assert_cmpfloat (box.x1 - box.x0, >, 60);
      g_assert_cmpfloat (box.x1 - box.x0, <, 150);
      g_assert_cmpfloat (moved->strokes[0]->width, ==, 4);
      n_apart += fabs (moved->strokes[0]->points[0].y - 50) > 1;
    }
  g_assert_cmpuint (n_apart, >, N_SEEDS / 2);
}

static void
test_seeds (void)
{
  static const InkDistortion all = { 10, 10, 0.1, 0.05, 0.25, 1 };
  g_autoptr (InkDrawing) drawing = ink_test_digit (7);
  g_autoptr (InkDrawing) one = ink_drawing_distort (drawing, &all, 1);
  g_autoptr (InkDrawing) same = ink_drawing_distort (drawing, &all, 1);
  g_autoptr (InkDrawing) other = ink_drawing_distort (drawing, &all, 2);

  ink_test_assert_same (one, same);
  g_assert_cmpfloat (fabs (one->strokes[0]->points[0].x - other->strokes[0]->points[0].x), >, 1e-3);
}

/* Dots, nothing, and all points at one place. */
static void
test_small (void)
{
  static const InkDistortion all = { 10, 10, 0.1, 0.05, 0.25, 1 };
  g_autoptr (InkDrawing) nothing = ink_drawing_new_empty ();
  g_autoptr (InkDrawing) dot = INK_TEST_DRAWING (3, 5, 5);
  g_autoptr (InkDrawing) still = INK_TEST_DRAWING (3, 5, 5, 5, 5, 5, 5);

  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autoptr (InkDrawing) a = ink_drawing_distort (nothing, &all, seed);
      g_autoptr (InkDrawing) b = ink_drawing_distort (dot, &all, seed);
      g_autoptr (InkDrawing) c = ink_drawing_distort (still, &all, seed);

      g_assert_true (ink_drawing_is_empty (a));
      g_assert_cmpuint (ink_drawing_n_points (b), ==, 1);
      g_assert_cmpuint (c->n_strokes, ==, 1);
      g_assert_true (isfinite (b->strokes[0]->points[0].x));
      g_assert_true (isfinite (c->strokes[0]->points[0].y));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/distort/none", test_none);
  g_test_add_func ("/ink/distort/bounds", test_bounds);
  g_test_add_func ("/ink/distort/elastic", test_elastic);
  g_test_add_func ("/ink/distort/freedom", test_freedom);
  g_test_add_func ("/ink/distort/seeds", test_seeds);
  g_test_add_func ("/ink/distort/small", test_small);
  return g_test_run ();
}
