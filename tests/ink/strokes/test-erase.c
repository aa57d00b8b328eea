/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>

/* The least distance from the disc's centre to the ink, less its radius: 0 where they touch. Walks
 * along every segment in small steps, and is right to about a thousandth of a segment. */
static double
clearance (const InkDrawing *drawing, double x, double y, double radius)
{
  double least = INFINITY;

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];

      for (guint j = 0; j < stroke->n_points; j++)
        for (guint k = 0; k <= 1000; k++)
          {
            const InkPoint *a = &stroke->points[j];
            const InkPoint *b = &stroke->points[MIN (j + 1, stroke->n_points - 1)];
            const double t = k / 1000.0;
            const double pressure = a->pressure + t * (b->pressure - a->pressure);

            least = MIN (least, hypot (a->x + t * (b->x - a->x) - x, a->y + t * (b->y - a->y) - y) -
                                    radius - ink_stroke_width_at (stroke, pressure) / 2);
          }
    }
  return least;
}

/* A horizontal line of width 4 under a disc of radius 3 at its middle: the ink is touched within
 * 3 + 2 of the disc's centre. */
static void
test_middle (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (4, 0, 0, 100, 0);
  g_autoptr (InkDrawing) left = ink_drawing_erase (drawing, 50, 0, 3);

  g_assert_cmpuint (left->n_strokes, ==, 2);
  g_assert_cmpuint (left->strokes[0]->n_points, ==, 2);
  g_assert_cmpuint (left->strokes[1]->n_points, ==, 2);
  g_assert_cmpfloat (left->strokes[0]->points[0].x, ==, 0);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].x, 45, 1e-4);
  g_assert_cmpfloat_with_epsilon (left->strokes[1]->points[0].x, 55, 1e-4);
  g_assert_cmpfloat (left->strokes[1]->points[1].x, ==, 100);
  g_assert_cmpfloat (left->strokes[0]->width, ==, 4);
  /* The original does not change. */
  g_assert_cmpuint (drawing->n_strokes, ==, 1);
  g_assert_cmpuint (drawing->strokes[0]->n_points, ==, 2);
}

/* Beside the line: Pythagoras, 5 squared less 4 squared. */
static void
test_beside (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (4, 0, 0, 100, 0);
  g_autoptr (InkDrawing) left = ink_drawing_erase (drawing, 50, 4, 3);

  g_assert_cmpuint (left->n_strokes, ==, 2);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].x, 47, 1e-4);
  g_assert_cmpfloat_with_epsilon (left->strokes[1]->points[0].x, 53, 1e-4);
}

static void
test_end (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (4, 0, 0, 100, 0);
  g_autoptr (InkDrawing) left = ink_drawing_erase (drawing, 102, 0, 3);

  g_assert_cmpuint (left->n_strokes, ==, 1);
  g_assert_cmpfloat (left->strokes[0]->points[0].x, ==, 0);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].x, 97, 1e-4);
}

/* Time and pressure are interpolated at a cut. */
static void
test_between (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (1e-3f);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) left = NULL;

  ink_stroke_append (stroke, (InkPoint){ 0, 0, 0.2f, 0 });
  ink_stroke_append (stroke, (InkPoint){ 10, 0, 0.6f, 1 });
  drawing = ink_drawing_new (&stroke, 1);
  left = ink_drawing_erase (drawing, 5, 0, 2.5f);
  g_assert_cmpuint (left->n_strokes, ==, 2);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].pressure, 0.3, 1e-3);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].time, 0.25, 1e-3);
  g_assert_cmpfloat_with_epsilon (left->strokes[1]->points[0].pressure, 0.5, 1e-3);
  g_assert_cmpfloat_with_epsilon (left->strokes[1]->points[0].time, 0.75, 1e-3);
}

/* Ink of growing width is touched further away: its edge is a tangent, not a parallel. Half widths
 * 1 at the left end and 3 at the right end of a line of 10, disc of radius 1 around (5, 0):
 * 5 - x = 1 + 1 + 0.2 x. */
static void
test_pressure (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (4);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) left = NULL;

  ink_stroke_append (stroke, (InkPoint){ 0, 0, 0, 0 });
  ink_stroke_append (stroke, (InkPoint){ 10, 0, 1, 1 });
  drawing = ink_drawing_new (&stroke, 1);
  left = ink_drawing_erase (drawing, 5, 0, 1);
  g_assert_cmpuint (left->n_strokes, ==, 2);
  g_assert_cmpfloat_with_epsilon (left->strokes[0]->points[1].x, 2.5, 1e-4);
  g_assert_cmpfloat_with_epsilon (left->strokes[1]->points[0].x, 8.75, 1e-4);
}

/* If the pen's width grows faster than the pen moves, one end's disc contains the other's. */
static void
test_swallowed_end (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (40);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) part = NULL;
  g_autoptr (InkDrawing) nothing = NULL;

  /* Half widths 10 and 30 within 5 units. */
  ink_stroke_append (stroke, (InkPoint){ 0, 0, 0, 0 });
  ink_stroke_append (stroke, (InkPoint){ 5, 0, 1, 1 });
  drawing = ink_drawing_new (&stroke, 1);
  /* 20 - x = 1 + 10 + 4 x */
  part = ink_drawing_erase (drawing, 20, 0, 1);
  g_assert_cmpuint (part->n_strokes, ==, 1);
  g_assert_cmpfloat_with_epsilon (part->strokes[0]->points[1].x, 1.8, 1e-4);
  nothing = ink_drawing_erase (drawing, 0, 0, 1);
  g_assert_true (ink_drawing_is_empty (nothing));
}

static void
test_miss (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (4, 0, 0, 100, 0);
  const float misses[][3] = {
    { 50, 5.001f, 3 }, { -5.001f, 0, 3 },   { 500, 500, 10 },
    { NAN, 0, 3 },     { 50, INFINITY, 3 }, { 50, 0, NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (misses); i++)
    {
      g_autoptr (InkDrawing) left =
          ink_drawing_erase (drawing, misses[i][0], misses[i][1], misses[i][2]);

      g_assert_true (left == drawing);
    }
}

/* Strokes that are not touched are shared with the drawing before. */
static void
test_others (void)
{
  g_autoptr (InkStroke) touched = ink_test_stroke (2, (const float[]){ 0, 0, 10, 0 }, 2);
  g_autoptr (InkStroke) other = ink_test_stroke (2, (const float[]){ 0, 50, 10, 50 }, 2);
  InkStroke *strokes[] = { other, touched, other };
  g_autoptr (InkDrawing) drawing = ink_drawing_new (strokes, 3);
  g_autoptr (InkDrawing) left = ink_drawing_erase (drawing, 5, 0, 1);

  g_assert_cmpuint (left->n_strokes, ==, 4);
  g_assert_true (left->strokes[0] == other);
  g_assert_true (left->strokes[3] == other);
}

static void
test_dot (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (6, 10, 10);
  g_autoptr (InkDrawing) gone = ink_drawing_erase (drawing, 14, 10, 2);
  g_autoptr (InkDrawing) stays = ink_drawing_erase (drawing, 15.1f, 10, 2);

  g_assert_true (ink_drawing_is_empty (gone));
  g_assert_cmpuint (gone->n_strokes, ==, 0);
  g_assert_true (stays == drawing);
}

static void
test_everything (void)
{
  g_autoptr (InkDrawing) drawing = ink_test_digit (8);
  g_autoptr (InkDrawing) gone = ink_drawing_erase (drawing, 200, 200, 10000);

  g_assert_cmpuint (gone->n_strokes, ==, 0);
}

/* For all digits and positions of the eraser: no ink remains under it, no other ink is lost, and a
 * second pass changes nothing. */
static void
test_digits (void)
{
  InkTestRandom random = { 20 };

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit ((int) (i % 10));
      const InkBox box = ink_drawing_box (drawing);
      const float x = box.x0 + (float) ink_test_random_unit (&random) * (box.x1 - box.x0);
      const float y = box.y0 + (float) ink_test_random_unit (&random) * (box.y1 - box.y0);
      const float radius = 1 + 40 * (float) ink_test_random_unit (&random);
      g_autoptr (InkDrawing) left = ink_drawing_erase (drawing, x, y, radius);
      g_autoptr (InkDrawing) again = ink_drawing_erase (left, x, y, radius);

      g_assert_true (again == left);
      if (left == drawing)
        {
          g_assert_cmpfloat (clearance (drawing, x, y, radius), >, -0.02);
          continue;
        }
      g_assert_cmpfloat (clearance (drawing, x, y, radius), <, 0);
      g_assert_cmpfloat (clearance (left, x, y, radius), >, -0.02);
      /* Every point that was clear of the eraser is still there. */
      for (guint s = 0; s < drawing->n_strokes; s++)
        for (guint j = 0; j < drawing->strokes[s]->n_points; j++)
          {
            const InkPoint *p = &drawing->strokes[s]->points[j];
            gboolean found = FALSE;

            if (hypot (p->x - x, p->y - y) <
                radius + ink_stroke_width_at (drawing->strokes[s], p->pressure) / 2 + 0.02)
              continue;
            for (guint t = 0; t < left->n_strokes && !found; t++)
              for (guint k = 0; k < left->strokes[t]->n_points && !found; k++)
                found =
                    left->strokes[t]->points[k].x == p->x && left->strokes[t]->points[k].y == p->y;
            g_assert_true (found);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/erase/middle", test_middle);
  g_test_add_func ("/ink/erase/beside", test_beside);
  g_test_add_func ("/ink/erase/end", test_end);
  g_test_add_func ("/ink/erase/between", test_between);
  g_test_add_func ("/ink/erase/pressure", test_pressure);
  g_test_add_func ("/ink/erase/swallowed-end", test_swallowed_end);
  g_test_add_func ("/ink/erase/miss", test_miss);
  g_test_add_func ("/ink/erase/others", test_others);
  g_test_add_func ("/ink/erase/dot", test_dot);
  g_test_add_func ("/ink/erase/everything", test_everything);
  g_test_add_func ("/ink/erase/digits", test_digits);
  return g_test_run ();
}
