/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Digits whose rows and columns are swapped are turned; others are not. */

#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "ink-tensor.h"
#include "nn-idx.h"
#include "numeral-generate.h"
#include "numeral-run-data.h"
#include "numeral-upright.h"

static NnDataset *
make (gsize n, gboolean transposed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) generated =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, 3, 0, NULL, NULL, NULL, &error);
  NnDataset *dataset = nn_dataset_new_pixels (n, INK_TENSOR_SIDE, INK_TENSOR_SIDE, 10, &error);

  g_assert_no_error (error);
  memcpy (dataset->labels, generated->labels, n);
  for (gsize i = 0; i < n * INK_TENSOR_SIZE; i++)
    {
      const gsize image = i / INK_TENSOR_SIZE, p = i % INK_TENSOR_SIZE;
      const gsize other = p % INK_TENSOR_SIDE * INK_TENSOR_SIDE + p / INK_TENSOR_SIDE;

      dataset->pixels[i] = generated->pixels[image * INK_TENSOR_SIZE + (transposed ? other : p)];
    }
  return dataset;
}

/* @known: what is known before. @turned: whether the data is turned. */
static const struct
{
  const char *name;
  gsize n;
  gboolean transposed, mislabelled;
  guint n_classes;
  NumeralTurn known, found;
  gboolean turned;
} cases[] = {
  { "transposed", 400, TRUE, FALSE, 10, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_YES, TRUE },
  { "few-hundred", 100, TRUE, FALSE, 10, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_YES, TRUE },
  { "upright", 400, FALSE, FALSE, 10, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_NO, FALSE },
  { "other-things", 400, TRUE, TRUE, 10, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_NO, FALSE },
  { "too-few", 49, TRUE, FALSE, 10, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_UNKNOWN, FALSE },
  { "letters", 400, TRUE, FALSE, 26, NUMERAL_TURN_UNKNOWN, NUMERAL_TURN_UNKNOWN, FALSE },
  { "known-upright", 400, TRUE, FALSE, 10, NUMERAL_TURN_NO, NUMERAL_TURN_NO, FALSE },
  { "known-transposed", 400, FALSE, FALSE, 10, NUMERAL_TURN_YES, NUMERAL_TURN_YES, TRUE },
};

static void
test_turn (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnDataset) dataset = make (cases[i].n, cases[i].transposed);
      g_autoptr (NnDataset) expected = make (cases[i].n, cases[i].transposed != cases[i].turned);
      g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
      NumeralTurn turn = cases[i].known;

      g_test_message ("%s", cases[i].name);
      dataset->n_classes = cases[i].n_classes;
      for (gsize k = 0; k < dataset->n && cases[i].mislabelled; k++)
        dataset->labels[k] = (guint8) (k * 7 % 10);
      numeral_upright_turn (dataset, &turn, report);
      g_assert_cmpint (turn, ==, cases[i].found);
      g_assert_cmpuint (report->notes->len, ==, cases[i].turned);
      g_assert_cmpmem (dataset->pixels, dataset->n * INK_TENSOR_SIZE, expected->pixels,
                       expected->n * INK_TENSOR_SIZE);
    }
}

static void
save (const char *folder, const char *name, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_free (engine_test_write (folder, name, data, size));
}

/* What a run trains on is upright, and the run keeps that it was turned. */
static void
test_run (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NnDataset) dataset = make (400, TRUE);
  g_autoptr (NnDataset) upright = make (400, FALSE);
  g_autoptr (GBytes) images = nn_idx_format_images (dataset);
  g_autoptr (GBytes) labels = nn_idx_format_labels (dataset);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new_for_source (NUMERAL_SOURCE_PATH);
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TRAIN };
  NumeralRunFeed feed = { NULL };
  g_autoptr (NumeralRunData) data = NULL;
  g_autoptr (GError) error = NULL;

  save (folder, "emnist-digits-train-images-idx3-ubyte", images);
  save (folder, "emnist-digits-train-labels-idx1-ubyte", labels);
  config->path = g_strdup (folder);
  config->train.validation = 0;
  data = numeral_run_data_load_fed (config, &request, &feed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (feed.turn, ==, NUMERAL_TURN_YES);
  g_assert_cmpmem (data->train->pixels, 400 * INK_TENSOR_SIZE, upright->pixels,
                   400 * INK_TENSOR_SIZE);
  g_clear_pointer (&data, numeral_run_data_free);

  /* A run that began without turning goes on without. */
  feed.turn = NUMERAL_TURN_NO;
  data = numeral_run_data_load_fed (config, &request, &feed, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (data->train->pixels, 400 * INK_TENSOR_SIZE, dataset->pixels,
                   400 * INK_TENSOR_SIZE);
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/upright/turn", test_turn);
  g_test_add_func ("/engine/upright/run", test_run);
  return g_test_run ();
}
