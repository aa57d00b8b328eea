/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-test.h"
#include "ink-generator.h"
#include "numeral-counterfactual.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"

static InkDrawing *
new_digit (guint digit)
{
  InkGenerator generator;

  ink_generator_init (&generator, 5, digit);
  return ink_generator_digit (&generator, digit, NULL);
}

static void
draw_digit (guint digit, float tensor[INK_TENSOR_SIZE])
{
  g_autoptr (InkDrawing) drawing = new_digit (digit);

  ink_tensor_from_drawing (drawing, NULL, tensor);
}

static void
on_progress (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  g_assert_cmpfloat (share, <=, 1);
  *last = share;
}

/* What the model that ships reads as something else is read as that by the canvas too, and not
 * refused. */
static void
test_found (void)
{
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);
  g_autoptr (NumeralCounterfactual) found = NULL;
  g_autoptr (GError) error = NULL;
  NumeralReading before, between;
  double last = 0;

  draw_digit (3, before.tensor);
  numeral_reader_read (reader, &before);
  g_assert_cmpuint (before.digit, ==, 3);
  found = numeral_counterfactual_find (model, before.tensor, before.runner_up, on_progress, &last,
                                       NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->target, ==, before.runner_up);
  g_assert_cmpuint (found->reading.digit, ==, before.runner_up);
  g_assert_false (found->reading.refused);
  g_assert_cmpfloat (found->displacement, >, 0);
  /* A fifth of the digit's size would be another drawing. */
  g_assert_cmpfloat (found->displacement, <, 4);
  g_assert_cmpfloat (found->bending, >, 0);
  g_assert_cmpfloat (last, >, 0);

  /* Both ends of the way. */
  numeral_counterfactual_between (found, 0, between.tensor);
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_cmpfloat (between.tensor[i], ==, before.tensor[i]);
  numeral_counterfactual_between (found, 1, between.tensor);
  numeral_reader_read (reader, &between);
  g_assert_cmpuint (between.digit, ==, before.runner_up);
  g_assert_cmpfloat (between.novelty, ==, found->reading.novelty);
}

static void
test_not_found (void)
{
  static const guint widths[] = { INK_TENSOR_SIZE, 10 }, other[] = { 5, 10 };
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 1);
  g_autoptr (NnNetwork) small = engine_test_network (other, G_N_ELEMENTS (other), 1);
  g_autoptr (NumeralModel) model = NULL, no_digits = numeral_model_new (small, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  float tensor[INK_TENSOR_SIZE];

  /* No image changes the answer of a network that looks at none. */
  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = 0;
  network->weights[0].bias[2] = 1;
  model = numeral_model_new (network, NULL, NULL);
  draw_digit (3, tensor);
  g_assert_null (numeral_counterfactual_find (model, tensor, 7, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "7");
  g_assert_null (numeral_counterfactual_find (no_digits, tensor, 7, NULL, NULL, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "784");
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_counterfactual_find (model, tensor, 7, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counterfactual/found", test_found);
  g_test_add_func ("/counterfactual/not-found", test_not_found);
  return g_test_run ();
}
