/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-predictor.h"
#include "nn-half.h"
#include "numeral-model-format.h"
#include "numeral-model-file.h"
#include "numeral-safetensors.h"

static const guint widths[] = { 784, 12, 11, 10 };
static const guint small_widths[] = { 3, 4, 2 };

/* The same file with another value of @key, or without @key where it is %NULL. */
static GBytes *
with_metadata (GBytes *bytes, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, &error);
  NumeralTensorValues tensors[8] = { 0 };
  GBytes *changed;

  g_assert_no_error (error);
  g_assert_cmpuint (file->tensors->len, <=, G_N_ELEMENTS (tensors));
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);
      float *values = g_new (float, tensor->n_values);

      g_assert_true (numeral_tensor_read (tensor, values, &error));
      tensors[i].name = tensor->name;
      tensors[i].n_dims = tensor->n_dims;
      memcpy (tensors[i].dims, tensor->dims, sizeof tensor->dims);
      tensors[i].values = values;
    }
  g_hash_table_remove (file->metadata, key);
  if (value != NULL)
    g_hash_table_insert (file->metadata, g_strdup (key), g_strdup (value));
  changed = engine_test_tensor_bytes (tensors, file->tensors->len, file->metadata, FALSE);
  for (guint i = 0; i < file->tensors->len; i++)
    g_free ((gpointer) tensors[i].values);
  return changed;
}

static NumeralModel *
make_model (const guint *shape, guint n)
{
  g_autoptr (NnNetwork) network = engine_test_network_of (shape, n, NN_ACTIVATION_TANH, 1);
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);

  network->arch.loss = NN_LOSS_BINARY_CROSS_ENTROPY;
  g_hash_table_insert (metadata, "name", "Süße Sieben");
  g_hash_table_insert (metadata, "seed", "18446744073709551615");
  /* Not the card's to say. */
  g_hash_table_insert (metadata, "architecture", "1-1");
  return numeral_model_new (network, NULL, metadata);
}

static void
test_round_trip (gconstpointer data)
{
  gboolean half = GPOINTER_TO_INT (data);
  g_autoptr (NumeralModel) model = make_model (widths, G_N_ELEMENTS (widths));
  g_autoptr (GBytes) bytes = engine_test_model_bytes (model, half);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&back->network->arch, &model->network->arch));
  for (gsize i = 0; i < model->network->n_params; i++)
    {
      float expected = model->network->params[i];

      if (half)
        expected = nn_half_to_float (nn_half_from_float (expected));
      g_assert_cmpfloat (back->network->params[i], ==, expected);
    }
  g_assert_cmpstr (numeral_model_get_metadata (back, "name"), ==, "Süße Sieben");
  g_assert_cmpstr (numeral_model_get_metadata (back, "seed"), ==, "18446744073709551615");
  g_assert_cmpstr (numeral_model_get_metadata (back, "preprocessing"), ==,
                   "mnist-20x20-centre-of-mass");
  g_assert_null (numeral_model_get_metadata (back, "architecture"));
  again = engine_test_model_bytes (back, half);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* Every layer count and activation and loss that there are. */
static void
test_architectures (void)
{
  for (guint n_layers = 1; n_layers <= NN_MAX_DENSE; n_layers++)
    {
      guint shape[NN_MAX_DENSE + 1];
      g_autoptr (NnNetwork) network = NULL;
      g_autoptr (NumeralModel) model = NULL;
      g_autoptr (NumeralModel) back = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i <= n_layers; i++)
        shape[i] = 2 + i;
      network = engine_test_network_of (shape, n_layers + 1, n_layers % NN_N_ACTIVATIONS, n_layers);
      network->arch.loss = n_layers % NN_N_LOSSES;
      model = numeral_model_new (network, NULL, NULL);
      bytes = engine_test_model_bytes (model, FALSE);
      back = numeral_model_parse (bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (nn_architecture_equal (&back->network->arch, &network->arch));
      g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                       network->params, network->n_params * sizeof (float));
      g_assert_cmpstr (numeral_model_get_metadata (back, "preprocessing"), ==, "none");
    }
}

/* What Numeral writes, with one thing in its metadata changed. */
static void
test_metadata (void)
{
  static const struct
  {
    const char *key, *value;
    int code; /* -1: good */
    const char *word;
  } rows[] = {
    { "format", "numeral-2", NN_ERROR_FORMAT, "newer" },
    { "format", "pt", -1, NULL },
    { "format", NULL, -1, NULL },
    { "preprocessing", "imagenet", NN_ERROR_CONFIG, "imagenet" },
    { "preprocessing", "none", -1, NULL },
    { "preprocessing", NULL, -1, NULL },
    { "activation", "swish", NN_ERROR_CONFIG, "swish" },
    { "activation", "", NN_ERROR_CONFIG, "activation" },
    { "loss", "hinge\n", NN_ERROR_CONFIG, "hinge" },
    { "architecture", "", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3--4-2", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-4-x", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-0-2", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-+4-2", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-65537-2", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "3-4294967300-2", NN_ERROR_FORMAT, "784-128-10" },
    { "architecture", "2-2-2-2-2-2-2-2-2-2-2-2-2-2-2-2-2-2-2", NN_ERROR_FORMAT,
      "“layers.2.weight” is missing" },
    { "architecture", "65536-65536-2", NN_ERROR_FORMAT, "65536-65536-2" },
    { "architecture", "3-5-2", NN_ERROR_SHAPE, "5 × 3" },
    { "architecture", "4-3-2", NN_ERROR_SHAPE, "3 × 4" },
    { "architecture", "3-4-2-2", NN_ERROR_FORMAT, "“layers.2.weight” is missing" },
    { "architecture", "3-2", NN_ERROR_FORMAT, "“layers.1.weight” is not part" },
    { "architecture", "3-4-1", NN_ERROR_FORMAT, "3-4-1" },
    /* Without it the layers are found by their names. */
    { "architecture", NULL, -1, NULL },
  };
  g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
  g_autoptr (GBytes) good = engine_test_model_bytes (model, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = with_metadata (good, rows[i].key, rows[i].value);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);

      g_test_message ("%s = %s", rows[i].key, rows[i].value);
      if (rows[i].code >= 0)
        {
          g_assert_null (back);
          engine_test_error (&error, NN_ERROR, rows[i].code, rows[i].word);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                       model->network->params, model->network->n_params * sizeof (float));
    }
}

typedef struct
{
  const char *name;
  guint n_dims;
  gsize dims[4];
} Shape;

static NumeralModel *
parse_shapes (const Shape *shapes, guint n, const char *architecture, GError **error)
{
  NumeralTensorValues tensors[48] = { 0 };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree float *values = g_new (float, 1 << 17);
  g_autoptr (GBytes) bytes = NULL;

  /* Distinct in float16 and float32. */
  for (guint i = 0; i < 1 << 17; i++)
    values[i] = (float) (i % 2048) / 1024;
  for (guint i = 0; i < n; i++)
    {
      tensors[i].name = shapes[i].name;
      tensors[i].n_dims = shapes[i].n_dims;
      memcpy (tensors[i].dims, shapes[i].dims, sizeof shapes[i].dims);
      tensors[i].values = values;
    }
  if (architecture != NULL)
    g_hash_table_insert (metadata, "architecture", (char *) architecture);
  bytes = engine_test_tensor_bytes (tensors, n, metadata, FALSE);
  return numeral_model_parse (bytes, NULL, error);
}

#define MAX_SHAPES 8

static void
test_foreign (void)
{
  static const struct
  {
    Shape shapes[MAX_SHAPES];
    const char *architecture; /* NULL: an error */
    NnError code;
    const char *word;
  } rows[] = {
    { { { "0.bias", 1, { 4 } },
        { "0.weight", 2, { 4, 3 } },
        { "2.bias", 1, { 2 } },
        { "2.weight", 2, { 2, 4 } } },
      "3-4-2",
      0,
      NULL },
    { { { "fc1.weight", 2, { 4, 3 } },
        { "fc2.weight", 2, { 5, 4 } },
        { "fc3.weight", 2, { 2, 5 } } },
      "3-4-5-2",
      0,
      NULL },
    { { { "layers.10.weight", 2, { 2, 5 } },
        { "layers.2.weight", 2, { 5, 4 } },
        { "layers.0.weight", 2, { 4, 3 } } },
      "3-4-5-2",
      0,
      NULL },
    { { { "net.model.0.weight", 2, { 4, 3 } }, { "net.model.02.weight", 2, { 2, 4 } } },
      "3-4-2",
      0,
      NULL },
    { { { "weight", 2, { 2, 3 } }, { "bias", 1, { 2 } } }, "3-2", 0, NULL },
    { { { "0.weight", 2, { 4, 3 } }, { "2.weight", 2, { 2, 5 } } },
      NULL,
      NN_ERROR_SHAPE,
      "takes 5 inputs" },
    { { { "conv1.weight", 4, { 4, 1, 3, 3 } }, { "conv1.bias", 1, { 4 } } },
      NULL,
      NN_ERROR_CONFIG,
      "nothing tells" },
    { { { "conv1.weight", 4, { 6, 1, 5, 5 } },
        { "conv2.weight", 4, { 16, 6, 5, 5 } },
        { "fc1.weight", 2, { 120, 256 } },
        { "fc2.weight", 2, { 10, 120 } } },
      "28x28-conv5x5x6-pool2-conv5x5x16-pool2-120-10",
      0,
      NULL },
    { { { "features.0.weight", 4, { 32, 1, 3, 3 } },
        { "features.3.weight", 4, { 64, 32, 3, 3 } },
        { "classifier.1.weight", 2, { 10, 3136 } } },
      "28x28-conv3x3x32p1-pool2-conv3x3x64p1-pool2-10",
      0,
      NULL },
    { { { "conv1.weight", 4, { 32, 1, 3, 3 } },
        { "conv2.weight", 4, { 64, 32, 3, 3 } },
        { "fc1.weight", 2, { 8, 9216 } },
        { "fc2.weight", 2, { 10, 8 } } },
      "28x28-conv3x3x32-conv3x3x64-pool2-8-10",
      0,
      NULL },
    { { { "conv2d/kernel", 4, { 3, 3, 1, 4 } }, { "dense/kernel", 2, { 676, 10 } } },
      "28x28-conv3x3x4-pool2-10",
      0,
      NULL },
    { { { "conv1.weight", 4, { 4, 1, 3, 3 } },
        { "conv2.weight", 4, { 4, 4, 3, 3 } },
        { "fc.weight", 2, { 10, 784 } } },
      NULL,
      NN_ERROR_CONFIG,
      "the shapes fit 2 networks, such as 28x28-conv3x3x4p1-pool2-conv3x3x4p1-10 and" },
    { { { "conv1.weight", 4, { 4, 1, 3, 3 } }, { "fc.weight", 2, { 10, 400 } } },
      NULL,
      NN_ERROR_CONFIG,
      "from the 400 values" },
    { { { "conv1.weight", 4, { 4, 3, 3, 3 } }, { "fc.weight", 2, { 10, 400 } } },
      NULL,
      NN_ERROR_SHAPE,
      "the channels of convolution “conv1”" },
    { { { "conv1.weight", 4, { 4, 1, 3, 3 } }, { "fc.weight", 2, { 10, 401 } } },
      NULL,
      NN_ERROR_SHAPE,
      "do not match the 4 channels" },
    { { { "conv1.weight", 4, { 4, 1, 0, 3 } }, { "fc.weight", 2, { 10, 400 } } },
      NULL,
      NN_ERROR_CONFIG,
      "from the 400 values" },
    { { { "conv1.weight", 4, { 4, 1, 3, 3 } }, { "fc.weight", 2, { 10, 0 } } },
      NULL,
      NN_ERROR_CONFIG,
      "from the 0 values" },
    { { { "0.weight", 2, { 4, 3 } }, { "1.running_mean", 1, { 4 } } },
      NULL,
      NN_ERROR_FORMAT,
      "“1” lacks its mean or its variance" },
    { { { "0.weight", 2, { 4, 3 } },
        { "2.running_mean", 1, { 4 } },
        { "2.running_var", 1, { 4 } } },
      NULL,
      NN_ERROR_FORMAT,
      "no layer directly before the batch normalization “2”" },
    { { { "fc1.weight", 2, { 4, 3 } },
        { "bn1.running_mean", 1, { 5 } },
        { "bn1.running_var", 1, { 5 } } },
      NULL,
      NN_ERROR_FORMAT,
      "no layer directly before the batch normalization “bn1”" },
    { { { "0.weight", 2, { 2, 3 } }, { "0.bias", 1, { 3 } } },
      NULL,
      NN_ERROR_SHAPE,
      "bias of layer" },
    { { { "0.bias", 1, { 3 } } }, NULL, NN_ERROR_FORMAT, "no weight" },
    { { { "0.weight", 2, { 0, 3 } } }, NULL, NN_ERROR_CONFIG, "dense layer of 0" },
    { { { "0.weight", 2, { 2, 0 } } }, NULL, NN_ERROR_CONFIG, "input of 0" },
    { { { "0.weight", 2, { 0, 4294967296 } } }, NULL, NN_ERROR_TOO_LARGE, "wider" },
    { { { "0.weight", 2, { 300, 3 } } }, NULL, NN_ERROR_CONFIG, "classes" },
    { { { NULL, 0, { 0 } } }, NULL, NN_ERROR_FORMAT, "no tensors" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) model = NULL;
      g_autofree char *architecture = NULL;
      guint n = 0;

      while (n < MAX_SHAPES && rows[i].shapes[n].name != NULL)
        n++;
      model = parse_shapes (rows[i].shapes, n, NULL, &error);
      if (rows[i].architecture == NULL)
        {
          g_assert_null (model);
          engine_test_error (&error, NN_ERROR, rows[i].code, rows[i].word);
          continue;
        }
      g_assert_no_error (error);
      architecture = nn_architecture_to_string (&model->network->arch);
      g_assert_cmpstr (architecture, ==, rows[i].architecture);
      g_assert_cmpint (nn_architecture_get_activation (&model->network->arch), ==,
                       NN_ACTIVATION_RELU);
      g_assert_cmpint (model->network->arch.loss, ==, NN_LOSS_CROSS_ENTROPY);
      /* Kernels of Keras have the same values in another order. */
      for (guint l = 0;
           l < model->network->n_weights && strstr (rows[i].shapes[0].name, "kernel") == NULL; l++)
        g_assert_cmpfloat (model->network->weights[l].weight[1], ==, 1.0f / 1024);
    }
}

static void
test_too_many_layers (void)
{
  Shape shapes[NN_MAX_DENSE + 1];
  char names[NN_MAX_DENSE + 1][16];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_snprintf (names[i], sizeof names[i], "%u.weight", i);
      shapes[i] = (Shape){ names[i], 2, { 2, 2 } };
    }
  g_assert_null (parse_shapes (shapes, G_N_ELEMENTS (shapes), NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TOO_LARGE, "layers");
}

/* With an architecture there are exactly its tensors, each of its shape. */
static void
test_own_names (void)
{
  static const struct
  {
    Shape shapes[MAX_SHAPES];
    NnError code;
    const char *word;
  } rows[] = {
    { { { "layers.0.weight", 2, { 2, 3 } } }, NN_ERROR_FORMAT, "“layers.0.bias” is missing" },
    { { { "layers.0.bias", 1, { 2 } } }, NN_ERROR_FORMAT, "“layers.0.weight” is missing" },
    { { { "layers.0.weight", 2, { 2, 3 } }, { "layers.0.bias", 1, { 2 } }, { "extra", 1, { 1 } } },
      NN_ERROR_FORMAT,
      "“extra” is not part" },
    { { { "layers.0.weight", 2, { 3, 2 } }, { "layers.0.bias", 1, { 2 } } },
      NN_ERROR_SHAPE,
      "2 × 3" },
    { { { "layers.0.weight", 1, { 6 } }, { "layers.0.bias", 1, { 2 } } }, NN_ERROR_SHAPE, "2 × 3" },
    { { { "layers.0.weight", 2, { 2, 3 } }, { "layers.0.bias", 2, { 2, 1 } } },
      NN_ERROR_SHAPE,
      "bias" },
    { { { "layers.0.weight", 2, { 2, 3 } }, { "layers.0.bias", 1, { 3 } } },
      NN_ERROR_SHAPE,
      "bias" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint n = 0;

      while (n < MAX_SHAPES && rows[i].shapes[n].name != NULL)
        n++;
      g_assert_null (parse_shapes (rows[i].shapes, n, "3-2", &error));
      engine_test_error (&error, NN_ERROR, rows[i].code, rows[i].word);
    }
}

static void
test_not_finite (void)
{
  static const float bad[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *folder = engine_test_folder ();
      g_autofree char *path = engine_test_write (folder, "model", "kept", 4);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
      g_autofree char *contents = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      model->network->weights[1].bias[1] = bad[i];
      bytes = engine_test_model_bytes (model, FALSE);
      g_assert_null (numeral_model_parse (bytes, NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "layers.1.bias");
      /* Nor is it written over what is there. */
      g_assert_false (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, path);
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "kept");
      engine_test_remove (folder);
    }
}

static void
test_file (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "model.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
  g_autoptr (NumeralModel) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_model_load (file, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, path);
  g_assert_null (numeral_model_load (directory, NULL, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, folder);
  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  g_assert_no_error (error);
  back = numeral_model_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                   model->network->params, model->network->n_params * sizeof (float));
  g_free (engine_test_write (folder, "model.safetensors", "", 0));
  g_assert_null (numeral_model_load (file, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_TRUNCATED, "model.safetensors: the file is empty");
  engine_test_remove (folder);
}

/* Every format has what the table promises, and its own files are known by bytes and by name. */
static void
test_formats (void)
{
  g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
  const NumeralModelFormat *const *formats = numeral_model_formats ();
  g_autofree char *names = numeral_model_format_dup_names (FALSE);
  g_autofree char *read = numeral_model_format_dup_names (TRUE);

  g_assert_nonnull (formats[0]);
  g_assert_cmpstr (formats[0]->name, ==, "safetensors");
  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GByteArray) array = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = NULL;

      g_assert_nonnull (strstr (names, formats[i]->name));
      for (guint k = 0; formats[i]->suffixes[k] != NULL; k++)
        {
          g_autofree char *name = g_strconcat ("Model.1.", formats[i]->suffixes[k], NULL);
          g_autofree char *upper = g_ascii_strup (name, -1);

          g_assert_true (numeral_model_format_for_name (name) == formats[i]);
          g_assert_true (numeral_model_format_for_name (upper) == formats[i]);
        }
      g_assert_true (
          formats[i]->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array, array, &error));
      g_assert_no_error (error);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
      if (formats[i]->load == NULL)
        {
          g_autofree char *name = g_strconcat ("model.", formats[i]->suffixes[0], NULL);

          g_assert_null (strstr (read, formats[i]->name));
          g_assert_null (numeral_model_format_for_reading (name));
          g_assert_null (numeral_model_parse (bytes, name, &error));
          engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "only written");
          continue;
        }
      g_assert_true (numeral_model_format_for_bytes (bytes) == formats[i]);
      back = formats[i]->load (bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (nn_architecture_equal (&back->network->arch, &model->network->arch));
    }
  g_assert_null (numeral_model_format_for_name ("model.png"));
  g_assert_null (numeral_model_format_for_name ("safetensors"));
}

/* By its bytes where they say what it is, otherwise by its name; and where neither does, the
 * message says what could be read. */
static void
test_unknown (void)
{
  static const char text[] = "neither this nor that";
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *unknown = engine_test_write (folder, "model.bin", text, sizeof text);
  g_autofree char *damaged = engine_test_write (folder, "model.safetensors", text, sizeof text);
  g_autofree char *renamed = g_build_filename (folder, "renamed.bin", NULL);
  g_autoptr (GFile) unknown_file = g_file_new_for_path (unknown);
  g_autoptr (GFile) damaged_file = g_file_new_for_path (damaged);
  g_autoptr (GFile) renamed_file = g_file_new_for_path (renamed);
  g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
  g_autoptr (NumeralModel) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_model_load (unknown_file, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "(safetensors, ONNX, NumPy)");
  g_assert_null (numeral_model_load (damaged_file, NULL, &error));
  g_assert_null (strstr (error->message, "(safetensors, ONNX, NumPy)"));
  g_clear_error (&error);
  g_assert_true (numeral_model_save (model, renamed_file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  back = numeral_model_load (renamed_file, NULL, &error);
  g_assert_no_error (error);
  engine_test_remove (folder);
}

/* The calibration and the preparation of the input are the model's, wherever it goes. */
static void
test_calibration (void)
{
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 1);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralModel) plain = numeral_model_new (network, NULL, NULL);
  g_autoptr (NumeralModel) model = NULL, back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (plain->temperature, ==, 1);
  g_assert_cmpfloat (plain->smoothing, ==, 0);
  g_assert_cmpstr (plain->preprocessing, ==, NUMERAL_PREPROCESSING_MNIST);
  g_hash_table_insert (card, "temperature", "1.25");
  g_hash_table_insert (card, "smoothing", "0.05");
  g_hash_table_insert (card, "preprocessing", NUMERAL_PREPROCESSING_NONE);
  model = numeral_model_new (network, NULL, card);
  bytes = engine_test_model_bytes (model, FALSE);
  back = numeral_model_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (back->temperature, ==, 1.25);
  g_assert_cmpfloat (back->smoothing, ==, 0.05);
  g_assert_cmpstr (back->preprocessing, ==, NUMERAL_PREPROCESSING_NONE);
}

/* Good files with a few bytes changed, cut or grown: read or refused, and what is read is sound. */
static void
test_mutations (void)
{
  g_autoptr (NumeralModel) model = make_model (small_widths, G_N_ELEMENTS (small_widths));
  g_autoptr (GBytes) good = engine_test_model_bytes (model, FALSE);
  guint n_read = 0, n_refused = 0;
  NnRandom random;

  nn_random_init (&random, 20260101);
  for (guint i = 0; i < 30000; i++)
    {
      g_autoptr (GBytes) bytes = engine_test_mutate (good, "{}[]\",:0189\\ ", &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);

      g_assert_true ((back != NULL) == (error == NULL));
      if (back != NULL)
        g_assert_true (nn_network_check_finite (back->network, NULL));
      if (back != NULL)
        n_read++;
      else
        n_refused++;
    }
  g_test_message ("%u read, %u refused", n_read, n_refused);
  /* Both happen, or this tests nothing. */
  g_assert_cmpuint (n_read, >, 1000);
  g_assert_cmpuint (n_refused, >, 1000);
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (nn_architecture_n_inputs (&model->network->arch), ==, 784);
  g_assert_cmpuint (nn_architecture_n_classes (&model->network->arch), ==, 10);
  g_assert_nonnull (numeral_model_get_metadata (model, "licence"));
  g_assert_cmpstr (numeral_model_get_metadata (model, "preprocessing"), ==,
                   "mnist-20x20-centre-of-mass");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/model/round-trip/float32", GINT_TO_POINTER (FALSE),
                        test_round_trip);
  g_test_add_data_func ("/engine/model/round-trip/float16", GINT_TO_POINTER (TRUE),
                        test_round_trip);
  g_test_add_func ("/engine/model/architectures", test_architectures);
  g_test_add_func ("/engine/model/metadata", test_metadata);
  g_test_add_func ("/engine/model/foreign", test_foreign);
  g_test_add_func ("/engine/model/too-many-layers", test_too_many_layers);
  g_test_add_func ("/engine/model/own-names", test_own_names);
  g_test_add_func ("/engine/model/not-finite", test_not_finite);
  g_test_add_func ("/engine/model/file", test_file);
  g_test_add_func ("/engine/model/formats", test_formats);
  g_test_add_func ("/engine/model/unknown", test_unknown);
  g_test_add_func ("/engine/model/calibration", test_calibration);
  g_test_add_func ("/engine/model/mutations", test_mutations);
  g_test_add_func ("/engine/model/shipped", test_shipped);
  return g_test_run ();
}
