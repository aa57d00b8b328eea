/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-pieces.h"

#include <math.h>

#include "ink-generator.h"
#include "ink-test.h"

/* An arc of a circle of radius 50 about (x, y), in steps of three degrees. */
static InkStroke *
arc (double x, double y, double from, double to)
{
  InkStroke *stroke = ink_stroke_new (5);
  const guint n = (guint) (fabs (to - from) / 3);

  for (guint i = 0; i <= n; i++)
    {
      const double angle = (from + (to - from) * i / n) * G_PI / 180;

      ink_stroke_append (stroke, (InkPoint){ (float) (x + 50 * cos (angle)),
                                             (float) (y + 50 * sin (angle)), 0.5f, 0 });
    }
  return stroke;
}

static InkDrawing *
take (InkStroke *stroke)
{
  InkDrawing *drawing = ink_drawing_new (&stroke, 1);

  ink_stroke_unref (stroke);
  return drawing;
}

/* A stroke along straight lines with a point at each unit. */
static InkStroke *
walk (const float *xy, guint n)
{
  InkStroke *stroke = ink_stroke_new (5);

  for (guint i = 0; i + 1 < n; i++)
    {
      const float dx = xy[2 * i + 2] - xy[2 * i], dy = xy[2 * i + 3] - xy[2 * i + 1];
      const guint steps = (guint) hypotf (dx, dy);

      for (guint k = 0; k <= steps; k++)
        ink_stroke_append (stroke,
                           (InkPoint){ xy[2 * i] + dx * (float) k / (float) steps,
                                       xy[2 * i + 1] + dy * (float) k / (float) steps, 0.5f, 0 });
    }
  return stroke;
}
#define WALK(...) walk ((float[]){ __VA_ARGS__ }, G_N_ELEMENTS (((float[]){ __VA_ARGS__ })) / 2)

/* The pieces are in order, without gaps, and cover every stroke. */
static void
check_cover (const InkDrawing *drawing, const InkPiece *pieces, guint n)
{
  guint stroke = 0, next = 0;

  g_assert_cmpuint (n, <=, INK_MAX_PIECES);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (pieces[i].stroke, ==, stroke);
      g_assert_cmpuint (pieces[i].first, ==, next);
      g_assert_cmpuint (pieces[i].n_strokes, >=, 1);
      next = pieces[i].last;
      stroke += pieces[i].n_strokes - 1;
      g_assert_cmpuint (next, <, drawing->strokes[stroke]->n_points);
      if (next + 1 == drawing->strokes[stroke]->n_points)
        {
          stroke++;
          next = 0;
        }
      else
        g_assert_cmpuint (pieces[i].n_strokes, ==, 1);
    }
  g_assert_cmpuint (stroke, ==, drawing->n_strokes);
}

static void
test_straight (void)
{
  g_autoptr (InkDrawing) drawing = take (WALK (10, 0, 0, 100));
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_cmpuint (ink_pieces_find (drawing, pieces), ==, 1);
  check_cover (drawing, pieces, 1);
}

/* A 7 is cut at its corner. */
static void
test_corner (void)
{
  g_autoptr (InkDrawing) drawing = take (WALK (0, 0, 60, 0, 20, 100));
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_cmpuint (ink_pieces_find (drawing, pieces), ==, 2);
  check_cover (drawing, pieces, 2);
  /* The corner is point 60; samples are 2.5 units apart. */
  g_assert_cmpuint (pieces[0].last, >=, 57);
  g_assert_cmpuint (pieces[0].last, <=, 63);
}

/* The bar of a 7 and its stem cut each other. */
static void
test_crossing (void)
{
  InkStroke *strokes[] = { WALK (40, 0, 40, 100), WALK (10, 50, 70, 50) };
  g_autoptr (InkDrawing) drawing = ink_drawing_new (strokes, 2);
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_cmpuint (ink_pieces_find (drawing, pieces), ==, 4);
  check_cover (drawing, pieces, 4);
  g_assert_cmpuint (pieces[0].last, >=, 47);
  g_assert_cmpuint (pieces[0].last, <=, 53);
  g_assert_cmpuint (pieces[2].last, >=, 27);
  g_assert_cmpuint (pieces[2].last, <=, 33);
  ink_stroke_unref (strokes[0]);
  ink_stroke_unref (strokes[1]);
}

/* A stroke that crosses itself, as an 8 does, is cut there twice. */
static void
test_loop (void)
{
  g_autoptr (InkDrawing) drawing = take (WALK (0, 0, 60, 60, 60, 100, 0, 100, 0, 60, 60, 0));
  InkPiece pieces[INK_MAX_PIECES];
  const guint n = ink_pieces_find (drawing, pieces);
  guint at_crossing = 0;

  check_cover (drawing, pieces, n);
  for (guint i = 0; i + 1 < n; i++)
    {
      const InkPoint *cut = &drawing->strokes[0]->points[pieces[i].last];

      at_crossing += hypot ((double) cut->x - 30, (double) cut->y - 30) < 4;
    }
  g_assert_cmpuint (at_crossing, ==, 2);
}

/* A round 0 has no corner: it is cut into equal parts; half a circle is not cut. */
static void
test_bend (void)
{
  g_autoptr (InkDrawing) zero = take (arc (50, 50, -90, 265));
  g_autoptr (InkDrawing) half = take (arc (50, 50, -90, 90));
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_cmpuint (ink_pieces_find (half, pieces), ==, 1);
  g_assert_cmpuint (ink_pieces_find (zero, pieces), ==, 3);
  check_cover (zero, pieces, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon ((double) (pieces[i].last - pieces[i].first), 118.0 / 3, 10);
}

static void
test_dots (void)
{
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  g_autoptr (InkDrawing) dot = INK_TEST_DRAWING (5, 30, 30);
  g_autoptr (InkDrawing) dash = INK_TEST_DRAWING (5, 30, 30, 31, 30);
  InkPiece pieces[INK_MAX_PIECES];

  g_assert_cmpuint (ink_pieces_find (empty, pieces), ==, 0);
  g_assert_cmpuint (ink_pieces_find (dot, pieces), ==, 1);
  check_cover (dot, pieces, 1);
  g_assert_cmpuint (ink_pieces_find (dash, pieces), ==, 1);
  check_cover (dash, pieces, 1);
}

/* Too many pieces are joined: those of a scribble, and many strokes. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  g_autoptr (InkDrawing) scribble = NULL, dashes = NULL;
  InkStroke *stroke = ink_stroke_new (3);
  InkPiece pieces[INK_MAX_PIECES];

  for (guint i = 0; i < 400; i++)
    ink_stroke_append (stroke,
                       (InkPoint){ (float) (i * 37 % 101), (float) (i * 53 % 97), 0.5f, 0 });
  scribble = take (stroke);
  g_assert_cmpuint (ink_pieces_find (scribble, pieces), ==, INK_MAX_PIECES);
  check_cover (scribble, pieces, INK_MAX_PIECES);
  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (strokes, WALK (0, 5.0f * (float) i, 20, 5.0f * (float) i));
  dashes = ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
  g_assert_cmpuint (ink_pieces_find (dashes, pieces), ==, INK_MAX_PIECES);
  check_cover (dashes, pieces, INK_MAX_PIECES);
}

/* All pieces are the drawing; each point of the ink is in the pieces that are drawn. */
static void
test_select (void)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit ((int) digit);
      InkPiece pieces[INK_MAX_PIECES];
      const guint n = ink_pieces_find (drawing, pieces), all = (1u << n) - 1;
      g_autoptr (InkDrawing) whole = ink_pieces_select (drawing, pieces, n, all);
      g_autoptr (InkDrawing) none = ink_pieces_select (drawing, pieces, n, 0);

      check_cover (drawing, pieces, n);
      ink_test_assert_same (whole, drawing);
      g_assert_true (ink_drawing_is_empty (none));
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (InkDrawing) one = ink_pieces_select (drawing, pieces, n, 1u << i);
          g_autoptr (InkDrawing) rest = ink_pieces_select (drawing, pieces, n, all & ~(1u << i));
          /* A point at a cut belongs to both. */
          const InkStroke *stroke = drawing->strokes[pieces[i].stroke];
          const guint shared = (pieces[i].first > 0) + (pieces[i].last + 1 < stroke->n_points);

          g_assert_cmpuint (one->n_strokes, ==, 1);
          g_assert_cmpuint (ink_drawing_n_points (one), ==, pieces[i].last - pieces[i].first + 1);
          g_assert_cmpuint (ink_drawing_n_points (one) + ink_drawing_n_points (rest), ==,
                            ink_drawing_n_points (drawing) + shared);
        }
    }
}

/* Generated digits have few pieces, whatever their size and place. */
static void
test_digits (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (InkDrawing) drawing = NULL, larger = NULL;
      InkPiece pieces[INK_MAX_PIECES], again[INK_MAX_PIECES];
      InkGenerator generator;
      guint n;

      ink_generator_init (&generator, 3, i);
      drawing = ink_generator_digit (&generator, i % 10, NULL);
      n = ink_pieces_find (drawing, pieces);
      check_cover (drawing, pieces, n);
      g_assert_cmpuint (n, >=, 1);
      /* A power of two changes no digit of a float. */
      larger = ink_drawing_transform (drawing, 4, 0, 0);
      g_assert_cmpuint (ink_pieces_find (larger, again), ==, n);
      for (guint k = 0; k < n; k++)
        g_assert_cmpuint (again[k].last, ==, pieces[k].last);
    }
}

/* The place of the tensor: the ink is where it says. */
static void
test_place (void)
{
  g_autoptr (InkDrawing) drawing = ink_test_digit (7);
  g_autoptr (InkDrawing) empty = ink_drawing_new_empty ();
  const InkStroke *stroke = drawing->strokes[0];
  float tensor[INK_TENSOR_SIZE];
  InkTensorPlace place;

  g_assert_false (ink_tensor_find_place (empty, NULL, &place));
  g_assert_true (ink_tensor_find_place (drawing, NULL, &place));
  g_assert_cmpfloat (place.pen, ==, ink_tensor_style_default.pen);
  ink_tensor_from_drawing (drawing, NULL, tensor);
  for (guint i = 0; i < stroke->n_points; i++)
    {
      const double x = place.scale * (double) stroke->points[i].x + place.dx;
      const double y = place.scale * (double) stroke->points[i].y + place.dy;

      g_assert_cmpfloat (tensor[(guint) y * INK_TENSOR_SIDE + (guint) x], >, 0.8f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/pieces/straight", test_straight);
  g_test_add_func ("/ink/pieces/corner", test_corner);
  g_test_add_func ("/ink/pieces/crossing", test_crossing);
  g_test_add_func ("/ink/pieces/loop", test_loop);
  g_test_add_func ("/ink/pieces/bend", test_bend);
  g_test_add_func ("/ink/pieces/dots", test_dots);
  g_test_add_func ("/ink/pieces/many", test_many);
  g_test_add_func ("/ink/pieces/select", test_select);
  g_test_add_func ("/ink/pieces/digits", test_digits);
  g_test_add_func ("/ink/tensor/place", test_place);
  return g_test_run ();
}
