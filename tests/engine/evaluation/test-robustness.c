/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-test.h"
#include "ink-generator.h"
#include "numeral-model-file.h"
#include "numeral-reader.h"
#include "numeral-robustness.h"

static InkDrawing *
new_digit (guint digit)
{
  InkGenerator generator;

  ink_generator_init (&generator, 5, digit);
  return ink_generator_digit (&generator, digit, NULL);
}

/* The cell that changes nothing, on a map whose middle does so. */
static const NumeralRobustCell *
middle (const NumeralRobustness *map)
{
  return &map->cells[map->n_rows / 2 * map->n_columns + map->n_columns / 2];
}

static void
assert_map (const NumeralRobustness *map)
{
  guint n_same = 0;

  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    {
      g_assert_cmpint (map->cells[i].digit, >=, 0);
      g_assert_cmpint (map->cells[i].digit, <, 10);
      g_assert_cmpfloat (map->cells[i].probability, >, 0.1 - 1e-6);
      g_assert_cmpfloat (map->cells[i].probability, <=, 1);
      n_same += map->cells[i].digit == (int) map->answer && !map->cells[i].refused;
    }
  g_assert_cmpfloat_with_epsilon (map->share, n_same / (double) (map->n_rows * map->n_columns),
                                  1e-9);
}

/* Ink and its picture: the middle of rotation and shift is the digit as it is. */
static void
test_middle (gconstpointer data)
{
  const gboolean ink = GPOINTER_TO_INT (data);
  const NumeralRobustnessConfig config = { NUMERAL_CHANGE_ROTATION, NUMERAL_CHANGE_SHIFT_X, 7, 5 };
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NumeralReader) reader = numeral_reader_new (model);
  g_autoptr (InkDrawing) drawing = new_digit (7);
  g_autoptr (NumeralRobustness) map = NULL;
  g_autoptr (GError) error = NULL;
  NumeralReading reading;

  ink_tensor_from_drawing (drawing, NULL, reading.tensor);
  numeral_reader_read (reader, &reading);
  g_assert_cmpuint (reading.digit, ==, 7);
  map = numeral_robustness_new (model, ink ? drawing : NULL, reading.tensor, &config, NULL, &error);
  g_assert_no_error (error);
  assert_map (map);
  g_assert_cmpuint (map->answer, ==, 7);
  g_assert_cmpfloat (map->columns[0], ==, -map->columns[6]);
  g_assert_cmpfloat_with_epsilon (map->columns[3], 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (map->rows[2], 0, 1e-9);
  g_assert_cmpint (middle (map)->digit, ==, 7);
  g_assert_cmpint (middle (map)->refused, ==, reading.refused);
  /* The drawing is rotated about another point than its centre of mass, and then centred. */
  g_assert_cmpfloat_with_epsilon (middle (map)->probability, reading.probabilities[7], 1e-3);
}

/* A 6 upside down is a 9, and a rotation of 60 degrees to one side is nearer to it than none. */
static void
test_rotation_matters (void)
{
  const NumeralRobustnessConfig config = { NUMERAL_CHANGE_ROTATION, NUMERAL_CHANGE_WIDTH, 13, 5 };
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (InkDrawing) drawing = new_digit (1);
  g_autoptr (NumeralRobustness) map =
      numeral_robustness_new (model, drawing, NULL, &config, NULL, NULL);

  assert_map (map);
  g_assert_cmpuint (map->answer, ==, 1);
  /* A 1 that lies nearly on its side is read as no 1, or not as surely. */
  g_assert_cmpfloat (map->share, >, 0.1);
  g_assert_cmpfloat (map->share, <, 1);
}

static void
test_refused (void)
{
  static const guint other[] = { 5, 10 };
  static const float tensor[INK_TENSOR_SIZE] = { 0 };
  g_autoptr (NnNetwork) small = engine_test_network (other, G_N_ELEMENTS (other), 1);
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NumeralModel) no_digits = numeral_model_new (small, NULL, NULL);
  NumeralRobustnessConfig config = numeral_robustness_config_default;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  NumeralChange change;

  g_assert_null (numeral_robustness_new (no_digits, NULL, tensor, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "784");
  config.down = NUMERAL_CHANGE_WIDTH;
  g_assert_null (numeral_robustness_new (model, NULL, tensor, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "width");
  config.down = config.across;
  g_assert_null (numeral_robustness_new (model, NULL, tensor, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "different");
  config = numeral_robustness_config_default;
  config.n_rows = 1;
  g_assert_null (numeral_robustness_new (model, NULL, tensor, &config, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "2 to 65");
  config.n_rows = 5;
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_robustness_new (model, NULL, tensor, &config, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < NUMERAL_N_CHANGES; i++)
    {
      g_assert_true (numeral_change_from_name (numeral_change_name (i), &change));
      g_assert_cmpuint (change, ==, i);
    }
  g_assert_false (numeral_change_from_name ("colour", &change));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/robustness/ink", GINT_TO_POINTER (TRUE), test_middle);
  g_test_add_data_func ("/robustness/picture", GINT_TO_POINTER (FALSE), test_middle);
  g_test_add_func ("/robustness/rotation-matters", test_rotation_matters);
  g_test_add_func ("/robustness/refused", test_refused);
  return g_test_run ();
}
