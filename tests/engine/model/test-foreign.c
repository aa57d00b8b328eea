/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks that other programs wrote. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-predictor.h"
#include "nn-trainer.h"
#include "numeral-generate.h"
#include "numeral-input-scale.h"
#include "numeral-model-file.h"

#define N_PIXELS 784
#define N_CLASSES 10

/* A safetensors file in the making. */
typedef struct
{
  GString *header;
  GByteArray *data;
} Writer;

static void
writer_init (Writer *writer)
{
  writer->header = g_string_new ("{");
  writer->data = g_byte_array_new ();
}

static void
put (Writer *writer,
     const char *name,
     const char *type,
     const char *shape,
     gconstpointer data,
     gsize size)
{
  g_string_append_printf (writer->header,
                          "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%u,%u]}",
                          writer->data->len > 0 ? "," : "", name, type, shape, writer->data->len,
                          writer->data->len + (guint) size);
  g_byte_array_append (writer->data, data, (guint) size);
}

/* (transfer full): the file; clears @writer */
static GBytes *
writer_end (Writer *writer)
{
  GByteArray *file = g_byte_array_new ();
  guint64 size;

  g_string_append_c (writer->header, '}');
  size = GUINT64_TO_LE ((guint64) writer->header->len);
  g_byte_array_append (file, (const guint8 *) &size, sizeof size);
  g_byte_array_append (file, (const guint8 *) writer->header->str, (guint) writer->header->len);
  g_byte_array_append (file, writer->data->data, writer->data->len);
  g_string_free (writer->header, TRUE);
  g_byte_array_unref (writer->data);
  return g_byte_array_free_to_bytes (file);
}

/* Weights of other types have their values, and whole numbers beside them are left out. */
static void
test_types (void)
{
  static const guint16 bfloat[] = { 0x3f80, 0xc000, 0x3e80, 0, 0, 0x4040 };
  static const double wide[] = { 0.5, -1.25 };
  static const gint64 counter = 7;
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const NnWeights *layer;
  Writer writer;

  writer_init (&writer);
  put (&writer, "fc.num_batches_tracked", "I64", "", &counter, sizeof counter);
  put (&writer, "fc.bias", "F64", "2", wide, sizeof wide);
  put (&writer, "fc.weight", "BF16", "2,3", bfloat, sizeof bfloat);
  bytes = writer_end (&writer);
  model = numeral_model_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  layer = &model->network->weights[0];
  g_assert_cmpuint (layer->n_in, ==, 3);
  g_assert_cmpfloat (layer->weight[0], ==, 1);
  g_assert_cmpfloat (layer->weight[1], ==, -2);
  g_assert_cmpfloat (layer->weight[2], ==, 0.25f);
  g_assert_cmpfloat (layer->weight[5], ==, 3);
  g_assert_cmpfloat (layer->bias[0], ==, 0.5f);
  g_assert_cmpfloat (layer->bias[1], ==, -1.25f);
}

/* Too large for a float, no number at all, and whole numbers as weights. */
static void
test_values (void)
{
  static const double large[] = { 1e300, 1 };
  static const guint16 nan[] = { 0x7fc0, 0 };
  static const gint32 whole[] = { 1, 2 };
  const struct
  {
    const char *type;
    gconstpointer data;
    gsize size;
    NnError code;
    const char *word;
  } rows[] = {
    { "F64", large, sizeof large, NN_ERROR_VALUE, "not a number" },
    { "BF16", nan, sizeof nan, NN_ERROR_VALUE, "not a number" },
    { "I32", whole, sizeof whole, NN_ERROR_FORMAT, "no tensors" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      Writer writer;

      writer_init (&writer);
      put (&writer, "fc.weight", rows[i].type, "2,1", rows[i].data, rows[i].size);
      bytes = writer_end (&writer);
      g_assert_null (numeral_model_parse (bytes, NULL, &error));
      engine_test_error (&error, NN_ERROR, rows[i].code, rows[i].word);
    }
}

/* A network for digits that has learned a little. */
static NnNetwork *
train_on (NnDataset *digits, const char *architecture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = NULL;
  NnTrainConfig config;
  NnStep step = { 0 };

  nn_train_config_init (&config);
  g_strlcpy (config.network, architecture, sizeof config.network);
  config.epochs = 3;
  trainer = nn_trainer_new (&config, digits, &error);
  g_assert_no_error (error);
  while (!step.run_done)
    g_assert_true (nn_trainer_step (trainer, &step, &error));
  return nn_trainer_snapshot (trainer);
}

static NnNetwork *
train (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (3000, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return train_on (digits, "784-32-10");
}

/* The names of the two layers' tensors in a file; weights [in, out] if @kernels. */
typedef struct
{
  const char *weights[2], *biases[2];
  gboolean kernels;
} Names;

static void
put_weight (Writer *writer, const char *name, const NnWeights *layer, gboolean kernel)
{
  g_autofree float *values = g_new (float, (gsize) layer->n_in * layer->n_out);
  g_autofree char *shape = kernel ? g_strdup_printf ("%u,%u", layer->n_in, layer->n_out) :
                                    g_strdup_printf ("%u,%u", layer->n_out, layer->n_in);

  for (gsize o = 0; o < layer->n_out; o++)
    for (gsize i = 0; i < layer->n_in; i++)
      values[kernel ? i * layer->n_out + o : o * layer->n_in + i] =
          layer->weight[o * layer->n_in + i];
  put (writer, name, "F32", shape, values, sizeof (float) * layer->n_in * layer->n_out);
}

static GBytes *
write_named (const NnNetwork *network, const Names *names)
{
  Writer writer;

  writer_init (&writer);
  for (guint l = 0; l < 2; l++)
    {
      const NnWeights *layer = &network->weights[l];
      g_autofree char *shape = g_strdup_printf ("%u", layer->n_out);

      if (names->biases[l] != NULL)
        put (&writer, names->biases[l], "F32", shape, layer->bias, sizeof (float) * layer->n_out);
      put_weight (&writer, names->weights[l], layer, names->kernels);
    }
  return writer_end (&writer);
}

/* Names of several programs give the same network. */
static void
test_names (void)
{
  static const Names rows[] = {
    { { "0.weight", "2.weight" }, { "0.bias", "2.bias" }, FALSE },
    { { "dense.kernel", "dense_1.kernel" }, { "dense.bias", "dense_1.bias" }, TRUE },
    { { "dense/kernel:0", "dense_1/kernel:0" }, { "dense/bias:0", "dense_1/bias:0" }, TRUE },
    { { "Linear-0-0", "Linear-1-0" }, { "Linear-0-1", "Linear-1-1" }, FALSE },
    { { "Linear-0-0", "Linear-1-0" }, { "Linear-0-1", "Linear-1-1" }, TRUE },
    { { "W1", "W2" }, { "b1", "b2" }, TRUE },
    { { "l1.weight", "output.weight" }, { "l1.bias", "output.bias" }, TRUE },
    /* Not in the order of their names. */
    { { "input.weight", "head.weight" }, { "input.bias", "head.bias" }, FALSE },
  };
  g_autoptr (NnNetwork) network = train ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = write_named (network, &rows[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) model = numeral_model_parse (bytes, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (model->network->params, model->network->n_params * sizeof (float),
                       network->params, network->n_params * sizeof (float));
    }
}

/* Many layers fit everywhere but one nowhere: the search ends. */
static void
test_many_orders (void)
{
  static const float zeros[N_PIXELS * N_PIXELS];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Writer writer;

  writer_init (&writer);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("l%u.weight", i);

      put (&writer, name, "F32", "784,784", zeros, sizeof zeros);
    }
  put (&writer, "l20.weight", "F32", "3,5", zeros, 15 * sizeof *zeros);
  bytes = writer_end (&writer);
  g_assert_null (numeral_model_parse (bytes, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "takes 5 inputs");
}

/* Changes the first layer so that it wants @factor x + @offset in place of x. */
static NnNetwork *
want_scaled (const NnNetwork *network, float factor, float offset)
{
  NnNetwork *other = nn_network_copy (network);
  const NnWeights *layer = &other->weights[0];

  for (guint o = 0; o < layer->n_out; o++)
    {
      double sum = 0;

      for (guint i = 0; i < layer->n_in; i++)
        {
          layer->weight[(gsize) o * layer->n_in + i] /= factor;
          sum += (double) layer->weight[(gsize) o * layer->n_in + i];
        }
      layer->bias[o] -= (float) ((double) offset * sum);
    }
  return other;
}

static double
largest_difference (const NnNetwork *a, const NnNetwork *b)
{
  double largest = 0;

  g_assert_cmpuint (a->n_params, ==, b->n_params);
  for (gsize i = 0; i < a->n_params; i++)
    largest = MAX (largest, fabs ((double) a->params[i] - (double) b->params[i]));
  return largest;
}

/* A network that learned from scaled input is found out, told, and made to take what Numeral
 * draws. */
static void
test_scales (void)
{
  static const Names names = { { "0.weight", "2.weight" }, { "0.bias", "2.bias" }, FALSE };
  static const struct
  {
    float factor, offset;
    const char *told;
  } rows[] = {
    { 1, 0, NULL },
    { 1 / 0.3081f, -0.1307f / 0.3081f, "(x - 0.1307) / 0.3081" },
    { 255, 0, "255 x" },
    { -1, 1, "1 - x" },
  };
  g_autoptr (NnNetwork) network = train ();
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "other.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (NnNetwork) wanting = want_scaled (network, rows[i].factor, rows[i].offset);
      g_autoptr (GBytes) bytes = write_named (wanting, &names);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) model = NULL;

      g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                          (gssize) g_bytes_get_size (bytes), &error));
      model = numeral_model_load (file, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (numeral_model_get_metadata (model, NUMERAL_MODEL_INPUT), ==, rows[i].told);
      g_assert_cmpfloat (largest_difference (model->network, network), <, 1e-4);
    }
  engine_test_remove (folder);
}

/* The same for a convolution with padding, which learned from dark ink on white. */
static void
test_scales_image (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (2000, INK_GENERATOR_VERSION, 5, 0, NULL, NULL, NULL, &error);
  g_autoptr (NnPredictor) before = NULL;
  g_autoptr (NnPredictor) after = NULL;
  g_autoptr (NnNetwork) learned = NULL;
  g_autoptr (NnNetwork) network = NULL;

  g_assert_no_error (error);
  for (gsize i = 0; i < digits->n * N_PIXELS; i++)
    digits->pixels[i] = 255 - digits->pixels[i];
  learned = train_on (digits, "28x28-conv5x5x6p2-pool4-10");
  network = nn_network_copy (learned);
  g_assert_cmpstr (numeral_input_scale_find (&network), ==, "1 - x");
  before = nn_predictor_new (learned);
  after = nn_predictor_new (network);
  for (gsize s = 0; s < 100; s++)
    {
      float dark[N_PIXELS], light[N_PIXELS], wanted[N_CLASSES], found[N_CLASSES];

      for (guint i = 0; i < N_PIXELS; i++)
        {
          dark[i] = (float) digits->pixels[s * N_PIXELS + i] / 255;
          light[i] = 1 - dark[i];
        }
      nn_predictor_run (before, dark, wanted);
      nn_predictor_run (after, light, found);
      for (guint c = 0; c < N_CLASSES; c++)
        g_assert_cmpfloat_with_epsilon (found[c], wanted[c], 1e-5);
    }
}

/* Convolutions and batch normalizations of other programs give what NumPy computes.
 * @architecture: (nullable): what a person says of the file */
static void
check_images (const char *folder, const char *name, const char *architecture, const char *found)
{
  g_autofree char *file_name = g_strconcat (name, ".safetensors", NULL);
  g_autofree char *result_name = g_strconcat (name, ".f32", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_model_load_as (file, architecture, NULL, &error);
  g_autoptr (NnPredictor) predictor = NULL;
  g_autofree char *text = NULL;
  gsize n_images, n;
  g_autofree float *images = engine_test_read_floats (folder, "images.f32", &n_images);
  g_autofree float *expected = engine_test_read_floats (folder, result_name, &n);

  g_assert_no_error (error);
  text = nn_architecture_to_string (&model->network->arch);
  g_assert_cmpstr (text, ==, found);
  g_assert_null (numeral_model_get_metadata (model, NUMERAL_MODEL_INPUT));
  predictor = nn_predictor_new (model->network);
  for (gsize i = 0; i < n / N_CLASSES; i++)
    {
      float probabilities[N_CLASSES];

      nn_predictor_run (predictor, images + i * N_PIXELS, probabilities);
      for (guint c = 0; c < N_CLASSES; c++)
        g_assert_cmpfloat_with_epsilon (probabilities[c], expected[i * N_CLASSES + c], 1e-5);
    }
}

static void
test_images (void)
{
  static const char plain[] = "28x28-conv5x5x6-pool2-conv5x5x9-pool2-20-10";
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "keras.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (engine_test_python_with ("convolutions-by-numpy.py", "NumPy",
                               (const char *[]){ folder, NULL }, NULL))
    {
      check_images (folder, "named", NULL, plain);
      check_images (folder, "named", plain, plain);
      check_images (folder, "sequential", NULL, "28x28-conv5x5x6p2-pool2-conv5x5x9p2-pool2-20-10");
      check_images (folder, "keras", plain, plain);
      g_assert_null (numeral_model_load (file, NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "before the activation");
      g_assert_null (numeral_model_load_as (file, "28x28-conv5x5x6-10", NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "4 layers, but its architecture has 2");
      g_assert_null (numeral_model_load_as (file, "28x28-conv5x5x6-pool2-conv5x5x8-pool2-20-10",
                                            NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "is not 5 × 5 × 6 × 8");
      g_assert_null (numeral_model_load_as (file, "much", NULL, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "“much” is not a network");
    }
  engine_test_remove (folder);
}

/* Files that cannot be read say what they are, and what to do. */
static void
test_named (void)
{
  static const struct
  {
    const char *name, *data;
    gsize size;
    const char *word;
  } rows[] = {
    { "model.gguf", "GGUF\3\0\0\0", 8, "language" },
    { "model.h5", "\x89HDF\r\n\x1a\n", 8, "Keras" },
    { "model.keras", "PK\3\4\x14\0\0\0", 8, "Keras" },
    { "mnist.pt", "PK\3\4\0\0\x08\x08", 8, "save_file(model.state_dict()" },
    { "mnist.npz", "PK\3\4\x14\0\0\0", 8, "damaged" },
    { "mnist.pth", "\x80\2\x8a\nl\xfc\x9c\x46", 8, "pickle" },
    { "mnist.txt", "nothing", 7, "safetensors" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].data, rows[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_model_parse (bytes, rows[i].name, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, rows[i].word);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/foreign/types", test_types);
  g_test_add_func ("/engine/foreign/values", test_values);
  g_test_add_func ("/engine/foreign/names", test_names);
  g_test_add_func ("/engine/foreign/many-orders", test_many_orders);
  g_test_add_func ("/engine/foreign/scales", test_scales);
  g_test_add_func ("/engine/foreign/scales-image", test_scales_image);
  g_test_add_func ("/engine/foreign/images", test_images);
  g_test_add_func ("/engine/foreign/named", test_named);
  return g_test_run ();
}
