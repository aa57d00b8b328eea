/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-test.h"
#include "numeral-model-file.h"
#include "numeral-omission.h"
#include "numeral-reader.h"

static void
add_line (InkStroke *stroke, float x0, float y0, float x1, float y1)
{
  for (guint i = 0; i <= 20; i++)
    {
      const float t = (float) i / 20;

      ink_stroke_append (stroke, (InkPoint){ x0 + t * (x1 - x0), y0 + t * (y1 - y0), 0.5f, 0 });
    }
}

/* A 7 without its bar is a 1. */
static InkDrawing *
draw_seven (void)
{
  g_autoptr (InkStroke) stroke = ink_stroke_new (10);

  add_line (stroke, 100, 100, 200, 100);
  add_line (stroke, 200, 100, 150, 300);
  return ink_drawing_new (&stroke, 1);
}

static void
test_found (void)
{
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);
  g_autoptr (InkDrawing) drawing = draw_seven ();
  g_autoptr (NumeralPrediction) whole = numeral_reader_read_digit (reader, drawing), rest = NULL;
  g_autoptr (NumeralOmission) found = NULL;
  g_autoptr (InkDrawing) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (whole->digits[0].digit, ==, 7);
  found = numeral_omission_find (model, drawing, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->n_left_out, ==, 1);
  g_assert_cmpuint (__builtin_popcount (found->kept), ==, found->n_pieces - 1);
  /* The bar is 100 of 306 long. */
  g_assert_cmpfloat (found->ink, >, 0.1);
  g_assert_cmpfloat (found->ink, <, 0.5);
  kept = ink_pieces_select (drawing, found->pieces, found->n_pieces, found->kept);
  rest = numeral_reader_read_digit (reader, kept);
  g_assert_cmpuint (rest->digits[0].digit, ==, 1);
  g_assert_false (rest->digits[0].refused);
  g_assert_cmpfloat (rest->digits[0].probabilities[1], ==, found->reading.probabilities[1]);
}

static void
test_not_found (void)
{
  static const guint other[] = { 5, 10 };
  g_autoptr (NnNetwork) small = engine_test_network (other, G_N_ELEMENTS (other), 1);
  g_autoptr (NumeralModel) no_digits = numeral_model_new (small, NULL, NULL);
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (InkDrawing) drawing = draw_seven (), empty = ink_drawing_new_empty ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_omission_find (model, drawing, 8, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "8");
  g_assert_null (numeral_omission_find (model, empty, 8, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "8");
  g_assert_null (numeral_omission_find (no_digits, drawing, 8, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "784");
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_omission_find (model, drawing, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/omission/found", test_found);
  g_test_add_func ("/omission/not-found", test_not_found);
  return g_test_run ();
}
