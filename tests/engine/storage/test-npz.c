/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrays of NumPy: headers, archives, and the models and data in them, which npz-by-others.py makes
 * with NumPy. */

#include <string.h>

#include "engine-test.h"
#include "numeral-data-npz.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-npz.h"

#define SCRIPT "npz-by-others.py"
#define N 40
#define N_PIXELS 784
#define MAX_BYTES ((gsize) 1 << 20)

/* A file of version 1 with this header. */
static GBytes *
npy_of (const char *header, gsize n_values)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint8 begin[] = { 0x93,
                           'N',
                           'U',
                           'M',
                           'P',
                           'Y',
                           1,
                           0,
                           (guint8) (strlen (header) & 0xff),
                           (guint8) (strlen (header) >> 8) };
  g_autofree guint8 *zeros = g_malloc0 (n_values + 1);

  g_byte_array_append (bytes, begin, sizeof begin);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, zeros, (guint) n_values);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_headers (void)
{
  static const struct
  {
    const char *header;
    gsize n_bytes;
    NumeralNpyType type;
    guint width, n_dims;
    gsize dims[3];
  } valid[] = {
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n",
      24,
      NUMERAL_NPY_FLOAT,
      4,
      2,
      { 2, 3 } },
    { "{\"shape\":(3,),\"descr\":\"|u1\",\"fortran_order\":True}",
      3,
      NUMERAL_NPY_UNSIGNED,
      1,
      1,
      { 3 } },
    { "{'descr':'>i8','fortran_order':False,'shape':()}", 8, NUMERAL_NPY_SIGNED, 8, 0, { 0 } },
    { "{'descr':'b1','fortran_order':False,'shape':(1L, 2L, 2L)}",
      4,
      NUMERAL_NPY_BOOLEAN,
      1,
      3,
      { 1, 2, 2 } },
    { "{'descr':'<f2','fortran_order':True,'shape':(0, 5)}", 0, NUMERAL_NPY_FLOAT, 2, 2, { 0, 5 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GBytes) bytes = npy_of (valid[i].header, valid[i].n_bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralNpyArray) array = numeral_npy_parse (bytes, "x", MAX_BYTES, &error);

      g_assert_no_error (error);
      g_assert_cmpint (array->header.type, ==, valid[i].type);
      g_assert_cmpuint (array->header.width, ==, valid[i].width);
      g_assert_cmpuint (array->header.n_dims, ==, valid[i].n_dims);
      for (guint d = 0; d < valid[i].n_dims; d++)
        g_assert_cmpuint (array->header.dims[d], ==, valid[i].dims[d]);
      g_assert_cmpuint (array->header.size, ==, valid[i].n_bytes);
    }
}

#define HEADER(descr, order, shape) \
  "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape "}"

static void
test_damaged_headers (void)
{
  static const struct
  {
    const char *header;
    NnError code;
    const char *word;
  } damaged[] = {
    { "", NN_ERROR_FORMAT, "header" },
    { "[]", NN_ERROR_FORMAT, "header" },
    { "{", NN_ERROR_FORMAT, "header" },
    { "{}", NN_ERROR_FORMAT, "header" },
    { HEADER ("'<f4'", "False", "(1,)") " x", NN_ERROR_FORMAT, "header" },
    { "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}", NN_ERROR_FORMAT,
      "header" },
    { "{'descr': '<f4' 'fortran_order': False, 'shape': ()}", NN_ERROR_FORMAT, "header" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}", NN_ERROR_FORMAT, "header" },
    { HEADER ("'|O'", "False", "(1,)"), NN_ERROR_FORMAT, "never read" },
    { HEADER ("[('a', '<f4')]", "False", "(1,)"), NN_ERROR_FORMAT, "structures" },
    { HEADER ("'<c8'", "False", "(1,)"), NN_ERROR_FORMAT, "“<c8”" },
    { HEADER ("'<f16'", "False", "(1,)"), NN_ERROR_FORMAT, "“<f16”" },
    { HEADER ("'<f1'", "False", "(1,)"), NN_ERROR_FORMAT, "“<f1”" },
    { HEADER ("'<U3'", "False", "(1,)"), NN_ERROR_FORMAT, "“<U3”" },
    { HEADER ("''", "False", "(1,)"), NN_ERROR_FORMAT, "“”" },
    { HEADER ("'<'", "False", "(1,)"), NN_ERROR_FORMAT, "“<”" },
    { HEADER ("'<f4", "False", "(1,)"), NN_ERROR_FORMAT, "“<f4, ”" },
    { HEADER ("7", "False", "(1,)"), NN_ERROR_FORMAT, "name a type" },
    { HEADER ("'<f4'", "Maybe", "(1,)"), NN_ERROR_FORMAT, "order" },
    { HEADER ("'<f4'", "False", "(1)"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "(-1,)"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "(1 2)"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "1"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "(1,"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "(1,1,1,1,1,1,1,1,1)"), NN_ERROR_SHAPE, "dimensions" },
    { HEADER ("'<f4'", "False", "(18446744073709551616,)"), NN_ERROR_FORMAT, "shape" },
    { HEADER ("'<f4'", "False", "(4294967296, 4294967296)"), NN_ERROR_TOO_LARGE, "overflows" },
    { HEADER ("'<f8'", "False", "(4611686018427387904,)"), NN_ERROR_TOO_LARGE, "overflows" },
    { HEADER ("'<f4'", "False", "(2,)"), NN_ERROR_TRUNCATED, "other values" },
    { HEADER ("'<f4'", "False", "(0,)"), NN_ERROR_FORMAT, "other values" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (GBytes) bytes = npy_of (damaged[i].header, 4);
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_npy_parse (bytes, "x", MAX_BYTES, &error));
      engine_test_error (&error, NN_ERROR, (int) damaged[i].code, damaged[i].word);
    }
}

/* A file that ends anywhere, or is damaged anywhere, gives an error or an array, and nothing else;
 * AddressSanitizer sees a read past its end. */
static void
test_damaged (gconstpointer zipped)
{
  static const float values[12] = { 1, 2, 3 };
  const NumeralTensorValues tensor = {
    .name = "x", .n_dims = 2, .dims = { 3, 4 }, .values = values
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  NnRandom random;
  gsize size;

  numeral_npz_write (&tensor, 1, metadata, FALSE, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  bytes = zipped != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&array)) :
                           npy_of (HEADER ("'<f4'", "True", "(3, 4)"), 48);
  size = g_bytes_get_size (bytes);
  nn_random_init (&random, 2);
  for (gsize i = 0; i < size + 500; i++)
    {
      g_autoptr (GBytes) part = i < size ? g_bytes_new (g_bytes_get_data (bytes, NULL), i) :
                                           engine_test_mutate (bytes, "{}'(),", &random);
      g_autoptr (GPtrArray) arrays = NULL;
      g_autoptr (NumeralNpyArray) one = NULL;
      g_autoptr (GError) local = NULL;

      if (zipped != NULL)
        arrays = numeral_npz_parse (part, NULL, MAX_BYTES, &local);
      else
        one = numeral_npy_parse (part, "x", MAX_BYTES, &local);
      g_assert_true ((arrays == NULL && one == NULL) == (local != NULL));
    }
}

/* A small archive whose values take more than is allowed, and one that claims values that are not
 * there: both fail, and the second takes no memory for them. */
static void
test_bombs (void)
{
  static const float zeros[70000];
  const NumeralTensorValues tensors[] = {
    { .name = "x", .n_dims = 1, .dims = { 70000 }, .values = zeros },
    { .name = "y", .n_dims = 1, .dims = { 70000 }, .values = zeros },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GByteArray) lying = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) lie = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  char *shape;

  numeral_npz_write (tensors, 2, metadata, FALSE, nn_write_to_array, array, &error);
  g_assert_no_error (error);
  g_byte_array_append (lying, array->data, array->len);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  g_assert_null (numeral_npz_parse (bytes, NULL, 300000, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "array “y”: it is too large");
  arrays = numeral_npz_parse (bytes, (const char *[]){ "x", NULL }, 300000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arrays->len, ==, 1);
  /* More than this machine has. */
  shape = memmem (lying->data, lying->len, "(70000,), }      ", 17);
  g_assert_nonnull (shape);
  memcpy (shape, "(7000000000000,)}", 17);
  lie = g_byte_array_free_to_bytes (g_steal_pointer (&lying));
  g_assert_null (numeral_npz_parse (lie, NULL, G_MAXSIZE, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "array “x”: the archive is damaged");
}

static NnDataset *
load_data (const char *folder, const char *name, NumeralSplit split, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return numeral_data_load (path, split, NULL, NULL, error);
}

static void
check_data (const char *folder, const char *name, NumeralSplit split, gsize n, const char *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = load_data (folder, name, split, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dataset->n, ==, n);
  g_assert_cmpuint (dataset->width, ==, 28);
  g_assert_cmpmem (dataset->pixels, n * N_PIXELS, pixels, n * N_PIXELS);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (dataset->labels[i], ==, i % 10);
}

static void
test_data (void)
{
  static const char *const same[] = {
    "fortran.npz", "flat.npz",      "channel.npz",  "half.npz",
    "short.npz",   "positions.npz", "version2.npz", "version3.npz"
  };
  static const struct
  {
    const char *name;
    NnError code;
    const char *word;
  } refused[] = {
    { "objects.npz", NN_ERROR_FORMAT, "array “y”: it holds objects of Python" },
    { "structures.npz", NN_ERROR_FORMAT, "structures" },
    { "texts.npz", NN_ERROR_FORMAT, "“<U1”" },
    { "one-hot.npz", NN_ERROR_SHAPE, "argmax" },
    { "letters.npz", NN_ERROR_VALUE, "less than 10" },
    { "lacking.npz", NN_ERROR_SHAPE, "5 images and 40 labels" },
    { "other.npz", NN_ERROR_FORMAT, "numpy.savez" },
    { "alone.npy", NN_ERROR_FORMAT, "without labels" },
    { "infinite.npz", NN_ERROR_VALUE, "inf" },
  };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "images.u8", NULL);
  g_autofree char *keras = g_build_filename (folder, "keras.npz", NULL);
  g_autofree char *flat = g_build_filename (folder, "flat.npz", NULL);
  g_autofree char *pixels = NULL;

  if (engine_test_python_with (SCRIPT, "NumPy", (const char *[]){ "write", folder, NULL }, NULL))
    {
      g_assert_true (g_file_get_contents (path, &pixels, NULL, NULL));
      check_data (folder, "keras.npz", NUMERAL_SPLIT_TRAIN, N, pixels);
      check_data (folder, "keras.npz", NUMERAL_SPLIT_TEST, 10, pixels);
      g_assert_true (numeral_data_has_test (keras));
      g_assert_false (numeral_data_has_test (flat));
      for (guint i = 0; i < G_N_ELEMENTS (same); i++)
        check_data (folder, same[i], NUMERAL_SPLIT_TEST, N, pixels);
      for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (load_data (folder, refused[i].name, NUMERAL_SPLIT_TRAIN, &error));
          engine_test_error (&error, NN_ERROR, (int) refused[i].code, refused[i].word);
        }
    }
  engine_test_remove (folder);
}

/* A data set that is written is read as the same. */
static void
test_write_data (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "digits.npz", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "digits.npz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) other = g_file_new_for_path (nowhere);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (25, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  numeral_data_write_npz (digits, file, &error);
  g_assert_no_error (error);
  check_data (folder, "digits.npz", NUMERAL_SPLIT_TRAIN, 25, (const char *) digits->pixels);
  g_assert_false (numeral_data_write_npz (digits, other, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nowhere");
  engine_test_remove (folder);
}

static NumeralModel *
load_model (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  /* Unlike numeral_model_load() this does not look how the input was scaled. */
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  return numeral_model_parse (bytes, name, error);
}

/* The hexadecimal digits of the little-endian bytes of floats. (transfer full) */
static char *
hex_of (const float *values, gsize n)
{
  const guint8 *bytes = (const guint8 *) values;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n * sizeof *values; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* NumPy reads what is written. */
static void
check_ours (const char *folder, const NumeralModel *model, NumeralSaveFlags flags)
{
  g_autofree char *path = g_build_filename (folder, "ours.npz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NumeralModel) back = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *expected = hex_of (model->network->params, model->network->n_params);
  g_autoptr (GError) error = NULL;

  numeral_model_save (model, file, flags, NULL, &error);
  g_assert_no_error (error);
  engine_test_python_with (SCRIPT, "NumPy", (const char *[]){ "check", path, NULL }, &printed);
  g_assert_cmpstr (printed, ==, expected);
  back = load_model (folder, "ours.npz", &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&back->network->arch, &model->network->arch));
}

static void
test_models (void)
{
  static const char *const same[] = { "torch.npz", "doubles.npz", "halves.npz",
                                      "keras-weights.npz" };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "weights.f32", NULL);
  g_autofree char *weights = NULL;
  g_autoptr (NumeralModel) linear = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (engine_test_python_with (SCRIPT, "NumPy", (const char *[]){ "write", folder, NULL }, NULL))
    {
      g_assert_true (g_file_get_contents (path, &weights, &size, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (same); i++)
        {
          g_autoptr (NumeralModel) model = load_model (folder, same[i], &error);

          g_assert_no_error (error);
          g_assert_cmpmem (model->network->params, model->network->n_params * sizeof (float),
                           weights, size);
          check_ours (folder, model, NUMERAL_SAVE_DEFAULT);
          check_ours (folder, model, NUMERAL_SAVE_HALF);
        }
      linear = load_model (folder, "linear.npy", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (linear->network->n_params, ==, 10 * N_PIXELS + 10);
      g_assert_null (load_model (folder, "pickled.npz", &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "“fc1.weight”: it holds objects");
      g_assert_null (load_model (folder, "objects.npz", &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "a pickle");
    }
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/npz/headers", test_headers);
  g_test_add_func ("/engine/npz/damaged-headers", test_damaged_headers);
  g_test_add_data_func ("/engine/npz/damaged-array", NULL, test_damaged);
  g_test_add_data_func ("/engine/npz/damaged-archive", "zip", test_damaged);
  g_test_add_func ("/engine/npz/bombs", test_bombs);
  g_test_add_func ("/engine/npz/data", test_data);
  g_test_add_func ("/engine/npz/write-data", test_write_data);
  g_test_add_func ("/engine/npz/models", test_models);
  return g_test_run ();
}
