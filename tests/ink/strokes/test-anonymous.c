/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only the shape of the ink has an influence on an anonymous drawing. */

#include <math.h>

#include "ink-anonymous.h"
#include "ink-random.h"
#include "ink-test.h"

#define N_SEEDS 100
#define SIDE INK_ANONYMOUS_SIDE
#define STEP INK_ANONYMOUS_STEP

/* What a device and a hand add to the shape. @scale is a power of two, and the shifts are whole, so
 * that the coordinates stay exact. */
typedef struct
{
  float scale, dx, dy, width, pressure, time;
  gboolean reverse; /* the order and the direction of the strokes */
} Manner;

static const Manner plain = { .scale = 1, .width = 4, .pressure = 0.5f };

static InkStroke *
draw_stroke (const InkPoint *points, guint n, const Manner *manner)
{
  InkStroke *stroke = ink_stroke_new (manner->width);

  for (guint j = 0; j < n; j++)
    {
      const InkPoint *p = &points[manner->reverse ? n - 1 - j : j];

      ink_stroke_append (stroke, (InkPoint){
                                     .x = p->x * manner->scale + manner->dx,
                                     .y = p->y * manner->scale + manner->dy,
                                     .pressure = manner->pressure * (float) (j + 1) / (float) n,
                                     .time = manner->time * (float) j,
                                 });
    }
  return stroke;
}

/* Strokes with whole coordinates that depend on @seed; every third one ends where it begins. */
static InkDrawing *
draw (guint seed, const Manner *manner)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  InkRandom random;
  guint n_strokes;

  ink_random_init (&random, 3, seed);
  n_strokes = 1 + (guint) (ink_random_uniform (&random) * 3);
  for (guint i = 0; i < n_strokes; i++)
    {
      InkPoint points[12];

      for (guint j = 0; j < G_N_ELEMENTS (points); j++)
        points[j] = (InkPoint){ .x = (float) floor (ink_random_range (&random, 0, 300)),
                                .y = (float) floor (ink_random_range (&random, 0, 400)) };
      if (seed % 3 == 0)
        points[G_N_ELEMENTS (points) - 1] = points[0];
      g_ptr_array_insert (strokes, manner->reverse ? 0 : -1,
                          draw_stroke (points, G_N_ELEMENTS (points), manner));
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

static void
test_manner (void)
{
  static const Manner manners[] = {
    { .scale = 1, .width = 4, .pressure = 1, .time = 0.0131f },
    { .scale = 1, .width = 37, .pressure = 0.5f },
    { .scale = 1, .dx = 31337, .dy = -777, .width = 4, .pressure = 0.5f },
    { .scale = 0.125f, .width = 4, .pressure = 0.5f },
    { .scale = 1, .width = 4, .pressure = 0.5f, .reverse = TRUE },
    { .scale = 8, .dx = -5, .dy = 99, .width = 9, .pressure = 1, .time = 7, .reverse = TRUE },
  };

  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (InkDrawing) drawing = draw (seed, &plain);
      g_autoptr (InkDrawing) shape = ink_drawing_anonymise (drawing);

      g_assert_cmpuint (shape->n_strokes, ==, drawing->n_strokes);
      for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
        {
          g_autoptr (InkDrawing) other = draw (seed, &manners[i]);
          g_autoptr (InkDrawing) same = ink_drawing_anonymise (other);

          ink_test_assert_same (shape, same);
        }
    }
}

/* A pen that is fast at first and then slow, along the same lines. */
static void
test_speed (void)
{
  g_autoptr (InkDrawing) fast = INK_TEST_DRAWING (4, 0, 0, 64, 0, 64, 512, 256, 512);
  g_autoptr (InkDrawing) slow = INK_TEST_DRAWING (4, 0, 0, 1, 0, 2, 0, 3, 0, 32, 0, 64, 0, 64, 256,
                                                  64, 500, 64, 510, 64, 512, 65, 512, 256, 512);
  g_autoptr (InkDrawing) first = ink_drawing_anonymise (fast);
  g_autoptr (InkDrawing) second = ink_drawing_anonymise (slow);

  ink_test_assert_same (first, second);
}

static void
assert_point (const InkPoint *point)
{
  g_assert_cmpfloat (point->x, ==, roundf (point->x));
  g_assert_cmpfloat (point->y, ==, roundf (point->y));
  g_assert_true (point->x >= 0 && point->x <= SIDE && point->y >= 0 && point->y <= SIDE);
  g_assert_false (signbit (point->x) || signbit (point->y));
  g_assert_cmpfloat (point->time, ==, 0);
  g_assert_cmpfloat (point->pressure, ==, 0.5f);
}

/* Whole points in the box, at the distance that was promised: less across a corner, and up to a
 * pixel on each side for the rounding. Strokes go down and are in order. */
static void
test_form (void)
{
  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (InkDrawing) drawing = draw (seed, &plain);
      g_autoptr (InkDrawing) shape = ink_drawing_anonymise (drawing);
      const float width = shape->strokes[0]->width;

      g_assert_false (ink_drawing_has_motion (shape));
      for (guint i = 0; i < shape->n_strokes; i++)
        {
          const InkStroke *stroke = shape->strokes[i];

          g_assert_cmpfloat (stroke->width, ==, width);
          g_assert_cmpfloat (stroke->points[0].y, <=, stroke->points[stroke->n_points - 1].y);
          if (i > 0)
            g_assert_cmpfloat (shape->strokes[i - 1]->points[0].y, <=, stroke->points[0].y);
          for (guint j = 0; j < stroke->n_points; j++)
            {
              assert_point (&stroke->points[j]);
              if (j > 0)
                g_assert_cmpfloat (hypotf (stroke->points[j].x - stroke->points[j - 1].x,
                                           stroke->points[j].y - stroke->points[j - 1].y),
                                   <=, 1.5f * STEP + 2);
            }
        }
    }
}

/* The longer side fills the box, and the shorter one keeps its share in the middle. */
static void
test_box (void)
{
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (4, 20, 30, 120, 30, 120, 530);
  g_autoptr (InkDrawing) shape = ink_drawing_anonymise (drawing);
  const InkBox box = ink_drawing_box (shape);

  g_assert_cmpfloat (box.x0, ==, 400);
  g_assert_cmpfloat (box.x1, ==, 600);
  g_assert_cmpfloat (box.y0, ==, 0);
  g_assert_cmpfloat (box.y1, ==, SIDE);
}

static void
test_dot (void)
{
  g_autoptr (InkDrawing) dot = INK_TEST_DRAWING (8, 20, 30, 21, 30, 20, 31);
  g_autoptr (InkDrawing) none = ink_drawing_new_empty ();
  g_autoptr (InkDrawing) shape = ink_drawing_anonymise (dot);
  g_autoptr (InkDrawing) still_none = ink_drawing_anonymise (none);

  g_assert_cmpuint (ink_drawing_n_points (shape), ==, 1);
  g_assert_cmpfloat (shape->strokes[0]->points[0].x, ==, SIDE / 2.0f);
  g_assert_cmpfloat (shape->strokes[0]->points[0].y, ==, SIDE / 2.0f);
  g_assert_true (ink_drawing_is_empty (still_none));
}

/* A scribble of ten thousand lines across the box does not become a million points. */
static void
test_scribble (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (1);
  g_autoptr (InkDrawing) drawing = NULL, shape = NULL;

  for (guint i = 0; i < 10000; i++)
    ink_stroke_append (stroke, (InkPoint){ .x = (float) (i % 2) * 1000, .y = (float) (i % 7) });
  drawing = ink_drawing_new (&stroke, 1);
  shape = ink_drawing_anonymise (drawing);
  g_assert_cmpuint (ink_drawing_n_points (shape), >, 50000);
  g_assert_cmpuint (ink_drawing_n_points (shape), <=, 100001);
}

/* The network sees the same digit. */
static void
test_tensor (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      g_autoptr (InkDrawing) shape = ink_drawing_anonymise (drawing);
      float before[INK_TENSOR_SIZE], after[INK_TENSOR_SIZE];

      g_assert_true (ink_tensor_from_drawing (drawing, NULL, before));
      g_assert_true (ink_tensor_from_drawing (shape, NULL, after));
      g_assert_cmpfloat (ink_test_correlation (before, after), >, 0.99);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/anonymous/manner", test_manner);
  g_test_add_func ("/ink/anonymous/speed", test_speed);
  g_test_add_func ("/ink/anonymous/form", test_form);
  g_test_add_func ("/ink/anonymous/box", test_box);
  g_test_add_func ("/ink/anonymous/dot", test_dot);
  g_test_add_func ("/ink/anonymous/scribble", test_scribble);
  g_test_add_func ("/ink/anonymous/tensor", test_tensor);
  return g_test_run ();
}
