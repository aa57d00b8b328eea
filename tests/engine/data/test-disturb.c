/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine-test.h"
#include "numeral-disturb.h"
#include "numeral-generate.h"
#include "numeral-origin.h"

#define N_KEYS 40

/* An upright bar and a shorter one across its foot: 100 wide, 200 high. */
static InkDrawing *
make (void)
{
  static const float xy[2][4] = { { 50, 0, 50, 200 }, { 0, 200, 100, 200 } };
  InkStroke *strokes[2];
  InkDrawing *drawing;

  for (guint i = 0; i < 2; i++)
    {
      strokes[i] = ink_stroke_new (7);
      ink_stroke_append (strokes[i], (InkPoint){ xy[i][0], xy[i][1], 0.5f, 0 });
      ink_stroke_append (strokes[i], (InkPoint){ xy[i][2], xy[i][3], 0.5f, 0.1f });
    }
  drawing = ink_drawing_new (strokes, 2);
  ink_stroke_unref (strokes[0]);
  ink_stroke_unref (strokes[1]);
  return drawing;
}

static void
assert_whole_pixels (const InkDrawing *drawing)
{
  for (guint i = 0; i < drawing->n_strokes; i++)
    for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
      {
        const InkPoint *p = &drawing->strokes[i]->points[j];

        g_assert_cmpfloat (p->x, ==, roundf (p->x));
        g_assert_cmpfloat (p->y, ==, roundf (p->y));
        g_assert_cmpfloat (p->x, >=, 0);
        g_assert_cmpfloat (p->x, <=, 400);
        g_assert_cmpfloat (p->y, >=, 0);
        g_assert_cmpfloat (p->y, <=, 400);
      }
}

/* The height and the pen that each is drawn with. */
static void
test_sizes (void)
{
  static const struct
  {
    NumeralDisturbance disturbance;
    float height, pen;
  } cases[] = {
    { NUMERAL_DISTURB_NONE, 320, 20 },        { NUMERAL_DISTURB_QUARTER, 80, 20 },
    { NUMERAL_DISTURB_CORNER, 160, 20 },      { NUMERAL_DISTURB_THICK, 320, 60 },
    { NUMERAL_DISTURB_THIN, 320, 20.0f / 3 },
  };
  g_autoptr (InkDrawing) drawing = make ();

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    for (guint64 key = 0; key < N_KEYS; key++)
      {
        g_autoptr (InkDrawing) other = numeral_disturb (drawing, cases[c].disturbance, key);
        InkBox box = ink_drawing_box (other);

        assert_whole_pixels (other);
        g_assert_cmpfloat (box.y1 - box.y0, ==, cases[c].height);
        g_assert_cmpfloat_with_epsilon (other->strokes[0]->width, cases[c].pen, 1e-4f);
      }
}

/* All four corners occur, and all angles within 15 degrees in both directions. */
static void
test_chance (void)
{
  g_autoptr (InkDrawing) drawing = make ();
  gboolean corners[4] = { FALSE };
  double least = 90, most = -90;

  for (guint64 key = 0; key < N_KEYS; key++)
    {
      g_autoptr (InkDrawing) corner = numeral_disturb (drawing, NUMERAL_DISTURB_CORNER, key);
      g_autoptr (InkDrawing) turned = numeral_disturb (drawing, NUMERAL_DISTURB_TURNED, key);
      InkBox box = ink_drawing_box (corner);
      const InkPoint *bar = turned->strokes[0]->points;
      double angle = atan2 (bar[1].x - bar[0].x, bar[1].y - bar[0].y) * 180 / G_PI;

      g_assert_true (box.x0 == 10 || box.x1 == 390);
      g_assert_true (box.y0 == 10 || box.y1 == 390);
      corners[(box.x0 == 10) * 2 + (box.y0 == 10)] = TRUE;
      assert_whole_pixels (turned);
      g_assert_cmpfloat (fabs (angle), <, 15.3);
      least = MIN (least, angle);
      most = MAX (most, angle);
    }
  g_assert_true (corners[0] && corners[1] && corners[2] && corners[3]);
  g_assert_cmpfloat (least, <, -11);
  g_assert_cmpfloat (most, >, 11);
}

static void
test_dataset (void)
{
  g_autoptr (InkDrawing) drawing = make ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) ink = nn_dataset_new_pixels (3, 28, 28, 10, &error);
  g_autoptr (NnDataset) disturbed = NULL;
  g_autoptr (NnDataset) generated =
      numeral_generate_digits (100, INK_GENERATOR_VERSION, 1, 1, NULL, NULL, NULL, &error);
  guint most = 0;

  g_assert_no_error (error);
  /* Empty ink, and a sample without ink. */
  g_assert_null (numeral_disturb_dataset (ink, NUMERAL_DISTURB_NONE, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_null (numeral_disturb_dataset (generated, NUMERAL_DISTURB_NONE, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_VALUE);
  g_clear_error (&error);

  nn_dataset_add_origins (ink);
  for (gsize i = 0; i < 3; i++)
    {
      ink->labels[i] = (guint8) (i + 4);
      ink->origins[i] = numeral_origin_new_for_ink (drawing);
    }
  disturbed = numeral_disturb_dataset (ink, NUMERAL_DISTURB_QUARTER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disturbed->n, ==, 3);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpuint (disturbed->labels[i], ==, i + 4);
  for (guint k = 0; k < INK_TENSOR_SIZE; k++)
    most = MAX (most, disturbed->pixels[2 * INK_TENSOR_SIZE + k]);
  g_assert_cmpuint (most, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/disturb/sizes", test_sizes);
  g_test_add_func ("/engine/disturb/chance", test_chance);
  g_test_add_func ("/engine/disturb/dataset", test_dataset);
  return g_test_run ();
}
