/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ONNX files: those of other programs, which onnx-by-others.py makes, and Numeral's own. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-predictor.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "repeat.h"

#define SCRIPT "onnx-by-others.py"
#define MODULES "onnx, NumPy or OpenCV"
#define N_PIXELS 784
#define N_CLASSES 10
#define TOLERANCE 1e-5
/* Between the two forms of GELU, after a layer more. */
#define GELU_TOLERANCE 2e-3

static NumeralModel *
load (const char *folder, const char *name, GError **error)
{
  g_autofree char *base = g_strconcat (name, ".onnx", NULL);
  g_autofree char *path = g_build_filename (folder, base, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return numeral_model_load (file, NULL, error);
}

/* The case gives the same probabilities as the graph. */
static void
check_case (const char *folder, const char *name, double tolerance)
{
  g_autofree char *results = g_strconcat (name, ".f32", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = load (folder, name, &error);
  gsize n_images, n;
  g_autofree float *images = engine_test_read_floats (folder, "images.f32", &n_images);
  g_autofree float *expected = engine_test_read_floats (folder, results, &n);
  g_autoptr (NnPredictor) predictor = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (n / N_CLASSES, ==, n_images / N_PIXELS);
  predictor = nn_predictor_new (model->network);
  for (gsize i = 0; i < n / N_CLASSES; i++)
    {
      float probabilities[N_CLASSES];

      nn_predictor_run (predictor, images + i * N_PIXELS, probabilities);
      for (guint c = 0; c < N_CLASSES; c++)
        if (!(fabsf (probabilities[c] - expected[i * N_CLASSES + c]) <= (float) tolerance))
          g_error ("%s: image %" G_GSIZE_FORMAT ", class %u: %g instead of %g", name, i, c,
                   (double) probabilities[c], (double) expected[i * N_CLASSES + c]);
    }
}

static void
test_others (void)
{
  static const char *const read[] = { "pytorch_mlp", "pytorch_cnn", "keras_mlp",  "keras_cnn",
                                      "sklearn_mlp", "zoo_mnist",   "normalized", "windows",
                                      "types",       "external" };
  static const struct
  {
    const char *name, *words[2];
    NnError code;
  } refused[] = {
    { "residual", { "“Gemm”", "branch" }, NN_ERROR_CONFIG },
    { "recurrent", { "“Celu”", "cannot be read" }, NN_ERROR_CONFIG },
    { "leaky", { "“LeakyRelu”", "slope is 0.3" }, NN_ERROR_CONFIG },
    { "old", { "version 6", "version_converter" }, NN_ERROR_FORMAT },
    { "padded_pool", { "“MaxPool”", "padding" }, NN_ERROR_CONFIG },
    { "outside", { "“onnx::Const_2”", "not beside the model" }, NN_ERROR_FORMAT },
  };
  g_autofree char *folder = engine_test_folder ();

  if (engine_test_python_with (SCRIPT, MODULES, (const char *[]){ "write", folder, NULL }, NULL))
    {
      for (guint i = 0; i < G_N_ELEMENTS (read); i++)
        check_case (folder, read[i], TOLERANCE);
      check_case (folder, "gelu", GELU_TOLERANCE);
      for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (load (folder, refused[i].name, &error));
          g_assert_nonnull (strstr (error->message, refused[i].words[0]));
          engine_test_error (&error, NN_ERROR, (int) refused[i].code, refused[i].words[1]);
        }
    }
  engine_test_remove (folder);
}

static const NumeralModelFormat *
onnx (void)
{
  return numeral_model_format_for_name ("model.onnx");
}

static GBytes *
to_bytes (const NumeralModel *model, gboolean half)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  onnx ()->save (model, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, nn_write_to_array, array,
                 &error);
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static NnNetwork *
make_network (const char *text, NnActivation activation, NnLoss loss)
{
  g_autofree NnArchitecture *arch = g_new (NnArchitecture, 1);
  NnRandom random;
  g_autoptr (GError) error = NULL;
  NnNetwork *network;

  nn_architecture_from_string (text, activation, loss, arch, &error);
  g_assert_no_error (error);
  network = nn_network_new (arch, &error);
  g_assert_no_error (error);
  nn_random_init (&random, 7);
  nn_network_init (network, NN_INIT_HE, &random);
  for (gsize i = 0; i < network->n_params; i++)
    if (network->params[i] == 0)
      network->params[i] = nn_random_uniform (&random) - 0.5f;
  return network;
}

static const struct
{
  const char *text;
  NnActivation activation;
  NnLoss loss;
} networks[] = {
  { "784-128-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY },
  { "784-10", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY },
  { "784-32-tanh-dropout0.2-16-10", NN_ACTIVATION_SIGMOID, NN_LOSS_BINARY_CROSS_ENTROPY },
  { "784-32-16-10", NN_ACTIVATION_GELU, NN_LOSS_MSE },
  { "28x28-conv5x5x4-pool2-conv3x3x6s2p1-avgpool2-20-10", NN_ACTIVATION_LEAKY_RELU,
    NN_LOSS_CROSS_ENTROPY },
  { "28x28-conv3x3x4p1-linear-pool3s2-12-10", NN_ACTIVATION_GELU, NN_LOSS_CROSS_ENTROPY },
};

/* A file that is written is read as the same network, weights and card, bit for bit. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    for (guint half = 0; half < 2; half++)
      {
        g_autoptr (NnNetwork) network =
            make_network (networks[i].text, networks[i].activation, networks[i].loss);
        g_autoptr (NnNetwork) other =
            make_network ("784-24-3", NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY);
        g_autoptr (NumeralNovelty) novelty = numeral_novelty_new (other, 0.25, NULL);
        g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
        g_autoptr (NumeralModel) model = NULL;
        g_autoptr (NumeralModel) back = NULL;
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (GBytes) again = NULL;
        g_autoptr (GError) error = NULL;

        g_hash_table_insert (card, "name", "Süße Sieben");
        model = numeral_model_new (network, i % 2 == 0 ? novelty : NULL, card);
        bytes = to_bytes (model, half != 0);
        back = numeral_model_parse (bytes, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (nn_architecture_equal (&back->network->arch, &network->arch));
        if (half == 0)
          g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                           network->params, network->n_params * sizeof (float));
        g_assert_cmpstr (numeral_model_get_metadata (back, "name"), ==, "Süße Sieben");
        g_assert_true ((back->novelty != NULL) == (model->novelty != NULL));
        if (back->novelty != NULL)
          g_assert_cmpfloat (back->novelty->threshold, ==, 0.25);
        again = to_bytes (back, half != 0);
        g_assert_true (g_bytes_equal (bytes, again));
      }
}

/* (transfer full): [n, N_PIXELS]: digits, which are written too */
static float *
write_images (const char *folder, guint n)
{
  float *images = g_new (float, (gsize) n *N_PIXELS);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, 3, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < (gsize) n * N_PIXELS; i++)
    images[i] = (float) digits->pixels[i] / 255;
  g_free (engine_test_write (folder, "images.f32", images, (gsize) n * N_PIXELS * sizeof (float)));
  return images;
}

/* Writes the model, what it says of the images, and the model with float16: that changes the
 * answers, but types and shapes have to fit. */
static void
write_model (
    const char *folder, const char *name, const NumeralModel *model, const float *images, guint n)
{
  g_autofree float *answers = g_new (float, (gsize) n *N_CLASSES);
  g_autofree char *results = g_strconcat (name, ".f32", NULL);
  g_autoptr (NnPredictor) predictor = nn_predictor_new (model->network);

  for (guint i = 0; i < n; i++)
    nn_predictor_run (predictor, images + (gsize) i * N_PIXELS, answers + (gsize) i * N_CLASSES);
  g_free (engine_test_write (folder, results, answers, (gsize) n * N_CLASSES * sizeof (float)));
  for (guint half = 0; half < 2; half++)
    {
      g_autofree char *base = g_strdup_printf ("%s%s.onnx", name, half != 0 ? "-half" : "");
      g_autofree char *path = g_build_filename (folder, base, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;

      numeral_model_save (model, file, half != 0 ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                          &error);
      g_assert_no_error (error);
    }
}

/* onnx.checker accepts what is written, and OpenCV computes the same probabilities. */
static void
test_readers (void)
{
  const guint n = REPEAT (1000, 50);
  g_autofree char *folder = engine_test_folder ();
  g_autofree float *images = write_images (folder, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) shipped = numeral_model_load_shipped (&error);

  g_assert_no_error (error);
  write_model (folder, "shipped", shipped, images, n);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *name = g_strdup_printf ("network-%u", i);
      g_autoptr (NnNetwork) network =
          make_network (networks[i].text, networks[i].activation, networks[i].loss);
      g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);

      write_model (folder, name, model, images, n);
    }
  engine_test_python_with (SCRIPT, MODULES, (const char *[]){ "check", folder, NULL }, NULL);
  engine_test_remove (folder);
}

/* A file that is damaged anywhere gives a model or an error. */
static void
test_damaged (void)
{
  g_autoptr (NnNetwork) network =
      make_network ("6x6-conv3x3x2-pool2-3", NN_ACTIVATION_GELU, NN_LOSS_CROSS_ENTROPY);
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);
  g_autoptr (GBytes) bytes = to_bytes (model, FALSE);
  NnRandom random;

  nn_random_init (&random, 5);
  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) read = numeral_model_parse (cut, "cut.onnx", &error);

      g_assert_true ((read == NULL) == (error != NULL));
    }
  for (guint i = 0; i < REPEAT (5000, 500); i++)
    {
      g_autoptr (GBytes) changed = engine_test_mutate (bytes, "\x08\x12\x1a", &random);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) read = numeral_model_parse (changed, "changed.onnx", &error);

      g_assert_true ((read == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/onnx/others", test_others);
  g_test_add_func ("/engine/onnx/round-trip", test_round_trip);
  g_test_add_func ("/engine/onnx/readers", test_readers);
  g_test_add_func ("/engine/onnx/damaged", test_damaged);
  return g_test_run ();
}
