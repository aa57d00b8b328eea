/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "engine-test.h"
#include "ink-generator.h"
#include "ink-tensor.h"
#include "nn-lazy.h"
#include "numeral-generate.h"
#include "numeral-hand-db.h"
#include "numeral-origin.h"
#include "numeral-source.h"

/* Every kind of source is found, loaded and counted in the same way. */

static const char CSV[] = "a,b,label\n1,2,0\n3,4,1\n5,6,1\n";

static NumeralSource *
new_source (NumeralSourceKind kind, const char *path, guint generated)
{
  const NumeralSourceOptions options = { .path = path,
                                         .generated = generated,
                                         .generator = INK_GENERATOR_VERSION,
                                         .seed = 7,
                                         .threads = 1 };

  return numeral_source_new (kind, &options);
}

static void
test_table (void)
{
  static const char *const names[] = { "mnist", "generated", "path", "handwriting", "gan" };

  for (guint i = 0; i < NUMERAL_N_SOURCES; i++)
    {
      const NumeralSourceClass *kind = numeral_source_get_kind (i);
      g_autoptr (NumeralSource) source = new_source (i, NULL, 0);

      /* Files of 0.1.0 have these names. */
      g_assert_cmpstr (kind->name, ==, names[i]);
      g_assert_nonnull (kind->title);
      g_assert_true ((const NumeralSourceClass *) NUMERAL_SOURCE_GET_CLASS (source) == kind);
    }
  g_assert_null (numeral_source_get_kind (NUMERAL_N_SOURCES));
}

static void
test_generator (void)
{
  g_autoptr (NumeralSource) source = new_source (NUMERAL_SOURCE_GENERATED, NULL, 123);
  g_autoptr (NumeralSource) few = new_source (NUMERAL_SOURCE_GENERATED, NULL, 1);
  NumeralSourceRequest request = { 0 };
  g_autoptr (NnDataset) dataset = NULL, lazy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gsize *counts = NULL, *counted = NULL;
  guint n;

  g_assert_false (numeral_source_find (few, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "100");
  g_assert_true (numeral_source_find (source, &error));
  g_assert_false (numeral_source_has_test (source));

  dataset = numeral_source_load (source, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 123);
  g_assert_true (nn_lazy_is_complete (dataset));
  counts = numeral_source_count (source, &n, NULL, &error);
  g_assert_cmpuint (n, ==, 10);
  counted = g_new0 (gsize, n);
  nn_dataset_count_classes (dataset, counted);
  g_assert_cmpmem (counts, n * sizeof *counts, counted, n * sizeof *counted);

  /* A lazy data set has no pixels yet, and then the same ones. */
  request.lazy = TRUE;
  lazy = numeral_source_load (source, &request, &error);
  g_assert_false (nn_lazy_is_complete (lazy));
  nn_lazy_complete (lazy, NULL);
  g_assert_cmpmem (lazy->pixels, 123 * 784, dataset->pixels, 123 * 784);
  g_assert_cmpmem (lazy->labels, 123, dataset->labels, 123);
}

static void
test_path (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "table.csv", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.csv", NULL);
  g_autoptr (NumeralSource) source = new_source (NUMERAL_SOURCE_PATH, path, 0);
  g_autoptr (NumeralSource) nowhere = new_source (NUMERAL_SOURCE_PATH, missing, 0);
  g_autoptr (NumeralSource) none = new_source (NUMERAL_SOURCE_PATH, NULL, 0);
  const NumeralSourceRequest request = { .lazy = TRUE };
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree char *label = NULL, *text = NULL;
  g_autofree gsize *counts = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (g_file_set_contents (path, CSV, -1, &error));
  g_assert_false (numeral_source_find (none, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "choose");
  g_assert_false (numeral_source_find (nowhere, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "missing.csv");
  g_assert_null (numeral_source_load (none, &request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "choose");
  g_assert_null (numeral_source_count (nowhere, &n, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "missing.csv");

  g_assert_true (numeral_source_find (source, &error));
  dataset = numeral_source_load (source, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 3);
  counts = numeral_source_count (source, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 2);
  label = numeral_source_dup_label (source);
  g_assert_cmpstr (label, ==, path);
  text = numeral_source_describe (source);
  g_assert_cmpstr (text, ==, "table.csv");
  engine_test_remove (folder);
}

static void
test_mnist (void)
{
  g_autofree char *found = numeral_data_find_mnist ();
  g_autoptr (NumeralSource) source = new_source (NUMERAL_SOURCE_MNIST, NULL, 0);
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TEST };
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (numeral_source_find (source, NULL), ==, found != NULL);
  g_assert_cmpint (numeral_source_has_test (source), ==, found != NULL);
  dataset = numeral_source_load (source, &request, &error);
  if (found == NULL)
    {
      engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "MNIST");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 10000);
}

static InkDrawing *
write_digit (guint i)
{
  InkGenerator generator;

  ink_generator_init (&generator, 7, i);
  return ink_generator_digit (&generator, i % 10, NULL);
}

/* Keeps @n digits from 0 on in one change. */
static void
keep (NumeralHandDb *db, guint n, gboolean digits)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (InkDrawing) drawing = write_digit (i);
      const int label = digits ? (int) (i % 10) : NUMERAL_HAND_NOT_A_DIGIT;

      g_ptr_array_add (samples, numeral_hand_sample_new (drawing, label));
    }
  numeral_hand_db_add (db, (NumeralHandSample *const *) samples->pdata, n, NULL, &error);
  g_assert_no_error (error);
}

/* The digits that were kept, oldest first, drawn as on the canvas; the rest is left out. */
/* Each sample keeps its number in the database when samples are divided, put in another order and
 * combined with others. */
static void
check_numbers (NumeralHandDb *db, NnDataset *dataset)
{
  g_autoptr (NnDataset) generated =
      numeral_generate_digits (5, INK_GENERATOR_VERSION, 7, 0, NULL, NULL, NULL, NULL);
  const guint32 indices[] = { 1009, 3, 500 };
  g_autoptr (NnDataset) subset = nn_dataset_subset (dataset, indices, G_N_ELEMENTS (indices));
  NnDataset *const parts[] = { generated, subset };
  g_autoptr (NnDataset) whole = nn_dataset_concat (parts, G_N_ELEMENTS (parts), NULL);
  g_autoptr (GPtrArray) all = numeral_hand_db_read_all (db, NULL, NULL);
  const guint first = all->len - (guint) dataset->n;

  for (gsize i = 0; i < generated->n; i++)
    g_assert_cmpint (numeral_origin_find_number (whole, i), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (all, first + indices[i]);

      g_assert_cmpint (sample->id, >, 0);
      g_assert_cmpint (numeral_origin_find_number (whole, generated->n + i), ==, sample->id);
      g_assert_cmpuint (whole->labels[generated->n + i], ==, (guint) sample->label);
    }
}

static void
test_handwriting (void)
{
  g_autoptr (NumeralSource) source = new_source (NUMERAL_SOURCE_HANDWRITING, NULL, 0);
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  gsize n_rejected = 99;
  const NumeralSourceRequest request = { .n_rejected = &n_rejected, .lazy = TRUE };
  g_autoptr (NnDataset) dataset = NULL;
  g_autofree gsize *counts = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_false (numeral_source_find (source, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "keep some");
  g_assert_null (numeral_source_load (source, &request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "keep some");
  keep (db, 3, FALSE);
  g_assert_true (numeral_source_find (source, &error));
  g_assert_null (numeral_source_load (source, &request, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "keep some");
  g_assert_false (numeral_source_has_test (source));

  keep (db, NUMERAL_HAND_MAX_PAGE + 12, TRUE);
  dataset = numeral_source_load (source, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rejected, ==, 0);
  g_assert_cmpuint (dataset->n, ==, NUMERAL_HAND_MAX_PAGE + 12);
  g_assert_null (dataset->groups);
  for (guint i = 0; i < dataset->n; i++)
    {
      g_autoptr (InkDrawing) drawing = write_digit (i);
      float tensor[INK_TENSOR_SIZE];
      guint8 pixels[INK_TENSOR_SIZE];

      g_assert_true (ink_tensor_from_drawing (drawing, NULL, tensor));
      ink_tensor_to_pixels (tensor, pixels);
      g_assert_cmpuint (dataset->labels[i], ==, i % 10);
      g_assert_cmpmem (dataset->pixels + i * INK_TENSOR_SIZE, INK_TENSOR_SIZE, pixels,
                       INK_TENSOR_SIZE);
      g_assert_nonnull (numeral_origin_find_drawing (dataset, i));
    }
  counts = numeral_source_count (source, &n, NULL, &error);
  g_assert_cmpuint (n, ==, 10);
  g_assert_cmpuint (counts[0], ==, 102);
  g_assert_cmpuint (counts[9], ==, 101);
  check_numbers (db, dataset);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = engine_test_folder ();
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/source/table", test_table);
  g_test_add_func ("/engine/source/generator", test_generator);
  g_test_add_func ("/engine/source/path", test_path);
  g_test_add_func ("/engine/source/mnist", test_mnist);
  g_test_add_func ("/engine/source/handwriting", test_handwriting);
  status = g_test_run ();
  engine_test_remove (home);
  return status;
}
