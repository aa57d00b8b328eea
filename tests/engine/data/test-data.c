/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "ink-tensor.h"
#include "ink-unipen.h"
#include "nn-idx.h"
#include "numeral-data.h"
#include "numeral-file.h"

#define N 7

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = engine_test_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
}

/* N images of 3x2 pixels; pixel p of image i is first + 10 i + p, its label i. */
static NnDataset *
make_images (guint8 first)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (N, 3, 2, 10, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    {
      dataset->labels[i] = (guint8) i;
      for (guint p = 0; p < 6; p++)
        dataset->pixels[i * 6 + p] = (guint8) (first + 10 * i + p);
    }
  return dataset;
}

static void
write_idx (const char *folder, const char *images_name, const char *labels_name, guint8 first)
{
  g_autoptr (NnDataset) dataset = make_images (first);
  g_autoptr (GBytes) images = nn_idx_format_images (dataset);
  g_autoptr (GBytes) labels = nn_idx_format_labels (dataset);
  GBytes *parts[] = { images, labels };
  const char *names[] = { images_name, labels_name };

  for (guint i = 0; i < 2; i++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (parts[i], &size);
      g_autoptr (GBytes) packed = engine_test_gzip (data, size);

      if (g_str_has_suffix (names[i], ".gz"))
        data = g_bytes_get_data (packed, &size);
      g_free (engine_test_write (folder, names[i], data, size));
    }
}

static void
assert_images (const char *folder, NumeralSplit split, guint8 first)
{
  g_autoptr (GError) error = NULL;
  gsize n_rejected = 99;
  g_autoptr (NnDataset) dataset = numeral_data_load (folder, split, &n_rejected, NULL, &error);
  g_autoptr (NnDataset) expected = make_images (first);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rejected, ==, 0);
  g_assert_cmpuint (dataset->n, ==, N);
  g_assert_cmpuint (dataset->width, ==, 3);
  g_assert_cmpuint (dataset->height, ==, 2);
  g_assert_cmpmem (dataset->pixels, N * 6, expected->pixels, N * 6);
  g_assert_cmpmem (dataset->labels, N, expected->labels, N);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][4] = {
    { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte" },
    { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
      "t10k-labels-idx1-ubyte.gz" },
    { "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
      "t10k-labels.idx1-ubyte" },
    { "train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte", "test-images.idx3-ubyte",
      "test-labels-idx1-ubyte.gz" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *folder = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
      write_idx (folder, rows[i][0], rows[i][1], 1);
      write_idx (folder, rows[i][2], rows[i][3], 100);
      assert_images (folder, NUMERAL_SPLIT_TRAIN, 1);
      assert_images (folder, NUMERAL_SPLIT_TEST, 100);
    }
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);
  g_autofree char *labels = g_build_filename (fixture->folder, "t10k-labels-idx1-ubyte", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_null (numeral_data_load (nowhere, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, nowhere);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "train-images-idx3-ubyte");

  write_idx (fixture->folder, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", 0);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "train-images-idx3-ubyte");
  assert_images (fixture->folder, NUMERAL_SPLIT_TEST, 0);
  g_assert_cmpint (g_unlink (labels), ==, 0);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TEST, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "t10k-labels-idx1-ubyte");
  /* A folder where a file should be. */
  g_assert_cmpint (g_mkdir (labels, 0755), ==, 0);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TEST, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, labels);

  g_cancellable_cancel (cancelled);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TEST, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define UNIPEN(label, comment)                          \
  ".SEGMENT DIGIT 0 ? \"" label "\"\n.COMMENT " comment \
  "\n.PEN_DOWN\n 10 10\n 20 40\n 30 10\n.PEN_UP\n"

/* The format follows from the contents and not from the name; damaged and valid files. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *content;
    gsize size; /* 0: it is text */
    GQuark (*domain) (void);
    int code;
    const char *word;
  } rows[] = {
    { "", 0, nn_error_quark, NN_ERROR_TRUNCATED, "empty" },
    { "\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\x07", 17, nn_error_quark, NN_ERROR_CONFIG,
      "folder" },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, nn_error_quark, NN_ERROR_FORMAT, "not a data set" },
    { "\x1f\x8b", 2, nn_error_quark, NN_ERROR_TRUNCATED, "gzip" },
    { "\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff", 13, g_io_error_quark, G_IO_ERROR_INVALID_DATA,
      "gzip" },
    { "hello\nworld\n", 0, nn_error_quark, NN_ERROR_FORMAT, "CSV" },
    { "1,nan,0\n", 0, nn_error_quark, NN_ERROR_FORMAT, "" },
    { "1,2,\xff\xfe\n", 0, nn_error_quark, NN_ERROR_FORMAT, "" },
    { ".INCLUDE x\n", 0, ink_error_quark, INK_ERROR_EMPTY, "" },
    { UNIPEN ("?", "x"), 0, ink_error_quark, INK_ERROR_EMPTY, "labelled" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size = rows[i].size != 0 ? rows[i].size : strlen (rows[i].content);
      g_autofree char *path = engine_test_write (fixture->folder, "set.dat", rows[i].content, size);
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      g_assert_null (numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "set.dat: "));
      engine_test_error (&error, rows[i].domain (), rows[i].code, rows[i].word);
    }
}

/* Every prefix of a pair of IDX files, and headers with arbitrary sizes. */
static void
test_damaged_idx (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint at;
    guint8 value;
    NnError code;
  } rows[] = {
    { 0, 1, NN_ERROR_FORMAT },       /* magic */
    { 2, 0x0a, NN_ERROR_FORMAT },    /* no type */
    { 2, 0x0d, NN_ERROR_TRUNCATED }, /* floats */
    { 3, 1, NN_ERROR_FORMAT },       /* dimensions */
    { 4, 0xff, NN_ERROR_TOO_LARGE }, { 7, N + 1, NN_ERROR_TRUNCATED },
    { 7, N - 1, NN_ERROR_FORMAT }, /* bytes left over */
    { 7, 0, NN_ERROR_FORMAT },       { 8, 0xff, NN_ERROR_TOO_LARGE },
    { 15, 4, NN_ERROR_TRUNCATED },
  };
  g_autoptr (NnDataset) dataset = make_images (0);
  g_autoptr (GBytes) images = nn_idx_format_images (dataset);
  gsize size;
  const guint8 *good = g_bytes_get_data (images, &size);
  g_autofree guint8 *bad = g_memdup2 (good, size);
  g_autoptr (GError) error = NULL;

  write_idx (fixture->folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", 0);
  for (gsize n = 0; n < size; n++)
    {
      g_free (engine_test_write (fixture->folder, "train-images-idx3-ubyte", good, n));
      g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_TRUNCATED, "train-images-idx3-ubyte");
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      memcpy (bad, good, size);
      bad[rows[i].at] = rows[i].value;
      g_free (engine_test_write (fixture->folder, "train-images-idx3-ubyte", bad, size));
      g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
      engine_test_error (&error, NN_ERROR, rows[i].code, fixture->folder);
    }
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "a,b,class\n0.5,-1,0\n2,3,1\n4,x,1\n";
  g_autofree char *path = engine_test_write (fixture->folder, "two.csv", text, strlen (text));
  g_autoptr (GError) error = NULL;
  gsize n_rejected = 99;
  g_autoptr (NnDataset) dataset =
      numeral_data_load (path, NUMERAL_SPLIT_TEST, &n_rejected, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 2);
  g_assert_cmpuint (dataset->n_features, ==, 2);
  g_assert_cmpuint (n_rejected, ==, 1);
  g_assert_cmpfloat (dataset->values[1], ==, -1);
}

static void
test_unipen (Fixture *fixture, gconstpointer data)
{
  static const char text[] = UNIPEN ("8", "8 12 224") UNIPEN ("?", "x") UNIPEN ("3", "3 7 1");
  g_autoptr (GBytes) packed = engine_test_gzip (text, strlen (text));
  g_autofree char *path =
      engine_test_write (fixture->folder, "ink", g_bytes_get_data (packed, NULL),
                         g_bytes_get_size (packed));
  g_autoptr (GError) error = NULL;
  gsize n_rejected = 99;
  g_autoptr (NnDataset) dataset =
      numeral_data_load (path, NUMERAL_SPLIT_TRAIN, &n_rejected, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 2);
  g_assert_cmpuint (n_rejected, ==, 1);
  g_assert_cmpuint (dataset->width, ==, INK_TENSOR_SIDE);
  g_assert_cmpuint (dataset->height, ==, INK_TENSOR_SIDE);
  g_assert_cmpuint (dataset->n_classes, ==, 10);
  g_assert_cmpuint (dataset->labels[0], ==, 8);
  g_assert_cmpuint (dataset->labels[1], ==, 3);
  g_assert_cmpuint (dataset->groups[0], ==, 12);
  g_assert_cmpuint (dataset->groups[1], ==, 7);
  /* The same ink, so the same picture. */
  g_assert_cmpmem (dataset->pixels, INK_TENSOR_SIZE, dataset->pixels + INK_TENSOR_SIZE,
                   INK_TENSOR_SIZE);
}

/* The samples have the same order as with one thread. */
static void
test_pen_digits (void)
{
  const char *place = g_getenv ("NUMERAL_DATA_DIR");
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_rejected;
  guint8 writers[31] = { 0 };

  if (place == NULL)
    {
      g_test_skip ("NUMERAL_DATA_DIR is not set");
      return;
    }
  path = g_build_filename (place, "pendigits", "pendigits-orig.tra.unipen.gz", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there are no pen digits");
      return;
    }
  dataset = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, &n_rejected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 7494);
  g_assert_cmpuint (n_rejected, ==, 0);

  file = g_file_new_for_path (path);
  bytes = numeral_file_read (file, 100 << 20, NULL, &error);
  samples = ink_unipen_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);

      g_assert_cmpint (dataset->labels[i], ==, sample->label);
      g_assert_cmpuint (dataset->groups[i], ==, sample->writer);
      g_assert_cmpuint (sample->writer, <=, 30);
      writers[sample->writer] = 1;
      if (i % 50 == 0)
        {
          float tensor[INK_TENSOR_SIZE];
          guint8 pixels[INK_TENSOR_SIZE];

          ink_tensor_from_drawing (sample->drawing, NULL, tensor);
          ink_tensor_to_pixels (tensor, pixels);
          g_assert_cmpmem (dataset->pixels + (gsize) i * INK_TENSOR_SIZE, INK_TENSOR_SIZE, pixels,
                           INK_TENSOR_SIZE);
        }
    }
  g_assert_cmpuint (writers[0], ==, 0);
  for (guint w = 1; w <= 30; w++)
    g_assert_cmpuint (writers[w], ==, 1);
}

/* The names of other sets, and the folders that programs unpack them to. */
static void
test_other_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *folder, *images, *labels;
    NumeralSplit split;
  } rows[] = {
    { "a", "emnist-digits-train-images-idx3-ubyte.gz", "emnist-digits-train-labels-idx1-ubyte.gz",
      NUMERAL_SPLIT_TRAIN },
    { "b", "emnist-mnist-test-images-idx3-ubyte", "emnist-mnist-test-labels-idx1-ubyte",
      NUMERAL_SPLIT_TEST },
    { "c", "qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx2-int", NUMERAL_SPLIT_TRAIN },
    { "d/MNIST/raw", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz", NUMERAL_SPLIT_TEST },
    { "e/raw", "train-images.idx3-ubyte", "train-labels.idx1-ubyte", NUMERAL_SPLIT_TRAIN },
    { "f/KMNIST/raw", "train-images-idx3-ubyte", "train-labels-idx1-ubyte", NUMERAL_SPLIT_TRAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folder = g_build_filename (fixture->folder, rows[i].folder, NULL);
      g_auto (GStrv) parts = g_strsplit (rows[i].folder, "/", 2);
      g_autofree char *top = g_build_filename (fixture->folder, parts[0], NULL);

      g_test_message ("%s", rows[i].images);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      write_idx (folder, rows[i].images, rows[i].labels, (guint8) i);
      assert_images (top, rows[i].split, (guint8) i);
      g_assert_cmpint (numeral_data_has_test (top), ==, rows[i].split == NUMERAL_SPLIT_TEST);
    }
}

/* Of several sets in a folder it is the digits; two folders are not told apart. */
static void
test_several (Fixture *fixture, gconstpointer data)
{
  static const char *const sets[] = { "emnist-balanced", "emnist-digits", "emnist-mnist" };
  g_autofree char *raw = g_build_filename (fixture->folder, "x", "raw", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "y", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (raw, 0755), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (other, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *images = g_strconcat (sets[i], "-train-images-idx3-ubyte", NULL);
      g_autofree char *labels = g_strconcat (sets[i], "-train-labels-idx1-ubyte", NULL);

      write_idx (raw, images, labels, (guint8) i);
    }
  assert_images (fixture->folder, NUMERAL_SPLIT_TRAIN, 1);
  write_idx (other, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", 5);
  g_assert_null (numeral_data_load (fixture->folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, fixture->folder);
}

static void
test_find_mnist (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = g_strdup (g_getenv ("NUMERAL_DATA_DIR"));
  g_autofree char *below = g_build_filename (fixture->folder, "mnist", NULL);
  g_autofree char *found = NULL;
  g_autofree char *incomplete = NULL;
  g_autofree char *itself = NULL;

  g_setenv ("NUMERAL_DATA_DIR", fixture->folder, TRUE);
  g_assert_cmpint (g_mkdir (below, 0755), ==, 0);
  write_idx (below, "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", 0);
  /* An incomplete set of files is not found. */
  incomplete = numeral_data_find_mnist ();
  g_assert_cmpstr (incomplete, !=, below);
  write_idx (below, "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", 0);
  found = numeral_data_find_mnist ();
  g_assert_cmpstr (found, ==, below);
  g_setenv ("NUMERAL_DATA_DIR", below, TRUE);
  itself = numeral_data_find_mnist ();
  g_assert_cmpstr (itself, ==, below);

  if (old != NULL)
    g_setenv ("NUMERAL_DATA_DIR", old, TRUE);
  else
    g_unsetenv ("NUMERAL_DATA_DIR");
}

static void
test_mnist (void)
{
  g_autofree char *path = numeral_data_find_mnist ();
  g_autoptr (NnDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  gsize counts[10], n_rejected;

  if (path == NULL)
    {
      g_test_skip ("there is no MNIST; NUMERAL_DATA_DIR may say where it is");
      return;
    }
  dataset = numeral_data_load (path, NUMERAL_SPLIT_TEST, &n_rejected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, 10000);
  g_assert_cmpuint (n_rejected, ==, 0);
  g_assert_cmpuint (dataset->width, ==, 28);
  nn_dataset_count_classes (dataset, counts);
  /* As published: 980 zeros, 1135 ones. */
  g_assert_cmpuint (counts[0], ==, 980);
  g_assert_cmpuint (counts[1], ==, 1135);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/data/names", test_names);
  ADD ("/engine/data/missing", test_missing);
  ADD ("/engine/data/damaged", test_damaged);
  ADD ("/engine/data/damaged-idx", test_damaged_idx);
  ADD ("/engine/data/csv", test_csv);
  ADD ("/engine/data/other-names", test_other_names);
  ADD ("/engine/data/several", test_several);
  ADD ("/engine/data/unipen", test_unipen);
  ADD ("/engine/data/find-mnist", test_find_mnist);
  g_test_add_func ("/engine/data/pen-digits", test_pen_digits);
  g_test_add_func ("/engine/data/mnist", test_mnist);
  return g_test_run ();
}
