/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-quantized.h"
#include "numeral-compress.h"
#include "numeral-generate.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "numeral-safetensors.h"
#include "repeat.h"

static NnDataset *
make_digits (gsize n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  NnDataset *digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, seed, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return digits;
}

static NumeralModel *
make_small (void)
{
  static const guint widths[] = { 784, 12, 11, 10 };
  g_autoptr (NnNetwork) network =
      engine_test_network_of (widths, G_N_ELEMENTS (widths), NN_ACTIVATION_RELU, 1);
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);
  g_autoptr (NnDataset) digits = make_digits (50, 1);
  const NumeralCompressRequest request = { .model = model, .samples = digits };
  g_autoptr (GError) error = NULL;
  NumeralModel *small = numeral_compress_int8 (&request, &error);

  g_assert_no_error (error);
  return small;
}

static void
count (double share, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (share, >=, *last);
  *last = share;
}

/* The model that ships loses next to nothing, and its file is about half of that in float16. */
static void
test_shipped (void)
{
  const guint n = REPEAT (600, 100);
  g_autoptr (NumeralModel) model = numeral_model_load_shipped (NULL);
  g_autoptr (NnDataset) samples = make_digits (n / 2, 1);
  g_autoptr (NnDataset) digits = make_digits (n, 2);
  double share = 0;
  const NumeralCompressRequest request = {
    .model = model, .samples = samples, .progress = count, .user_data = &share
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) small = numeral_compress_int8 (&request, &error);
  g_autoptr (GBytes) before = engine_test_model_bytes (model, TRUE);
  g_autoptr (GBytes) after = NULL;
  NumeralCompressFigures was, is;

  g_assert_no_error (error);
  g_assert_cmpfloat (share, ==, 1);
  g_assert_true (numeral_compress_measure (model, digits, &was, &error));
  g_assert_true (numeral_compress_measure (small, digits, &is, &error));
  g_assert_cmpuint (is.n, ==, n);
  g_assert_cmpfloat (is.accuracy, >=, was.accuracy - 0.005);
  g_assert_cmpfloat (is.seconds, >, 0);
  after = engine_test_model_bytes (small, TRUE);
  g_assert_cmpuint (g_bytes_get_size (after), <, g_bytes_get_size (before) * 54 / 100);
  g_assert_true (small->novelty == model->novelty);
  g_assert_nonnull (numeral_model_get_metadata (model, "validation_accuracy"));
  g_assert_null (numeral_model_get_metadata (small, "validation_accuracy"));
  g_assert_nonnull (strstr (numeral_model_get_metadata (small, NUMERAL_CARD_COMPRESSED), "int8"));
}

/* A file gives the same network, bit for bit. */
static void
test_round_trip (void)
{
  g_autoptr (NumeralModel) model = make_small ();
  const NnQuantized *was = model->network->quantized;

  for (guint half = 0; half < 2; half++)
    {
      g_autoptr (GBytes) bytes = engine_test_model_bytes (model, half);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralModel) back = numeral_model_parse (bytes, NULL, &error);
      g_autoptr (GBytes) again = NULL;
      const NnQuantized *is;

      g_assert_no_error (error);
      is = back->network->quantized;
      g_assert_nonnull (is);
      g_assert_cmpmem (is->scale, sizeof is->scale, was->scale, sizeof was->scale);
      g_assert_cmpmem (is->zero, sizeof is->zero, was->zero, sizeof was->zero);
      for (guint i = 0; i < was->n_weights; i++)
        {
          const NnQuantizedWeights *a = &is->weights[i], *b = &was->weights[i];
          const gsize n_out = b->n_out;

          g_assert_cmpmem (a->weight, n_out * a->n_in, b->weight, n_out * b->n_in);
          g_assert_cmpmem (a->scale, n_out * sizeof (float), b->scale, n_out * sizeof (float));
          g_assert_cmpmem (a->bias, n_out * sizeof (float), b->bias, n_out * sizeof (float));
        }
      again = engine_test_model_bytes (back, half);
      g_assert_true (g_bytes_equal (bytes, again));
      g_assert_null (numeral_model_get_metadata (back, "quantization"));
    }
}

/* ONNX gets the same weights in float32. */
static void
test_onnx (void)
{
  g_autoptr (NumeralModel) model = make_small ();
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (NumeralModel) back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  numeral_model_format_for_name ("a.onnx")->save (model, NUMERAL_SAVE_DEFAULT, nn_write_to_array,
                                                  array, &error);
  g_assert_no_error (error);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  back = numeral_model_parse (bytes, "a.onnx", &error);
  g_assert_no_error (error);
  g_assert_null (back->network->quantized);
  g_assert_cmpmem (back->network->params, back->network->n_params * sizeof (float),
                   model->network->params, model->network->n_params * sizeof (float));
}

/* Replaces @old by @new, which is as long, at its first place in the header. */
static void
replace (guint8 *data, gsize size, const char *old, const char *new)
{
  guint8 *at = memmem (data, size, old, strlen (old));

  g_assert_nonnull (at);
  g_assert_cmpuint (strlen (old), ==, strlen (new));
  memcpy (at, new, strlen (new));
}

/* Where the data of a tensor begins in the file. */
static gsize
find_data (GBytes *bytes, const char *name)
{
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, NULL);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  return (gsize) (numeral_safetensors_find (file, name)->data - data);
}

/* What Numeral writes with one thing changed: an error that says what. */
static void
test_hostile (void)
{
  static const float zero = 0, nan = NAN, huge = 1e30f;
  static const gint8 least = G_MININT8;
  static const guint8 other = 7;
  static const struct
  {
    const char *old, *new; /* (nullable): in the header, or */
    const char *tensor;    /* the data of this one */
    gconstpointer value;
    gsize size;
    NnError code;
    const char *word;
  } rows[] = {
    { "\"int8\"", "\"int4\"", NULL, NULL, 0, NN_ERROR_FORMAT, "int4" },
    { "\"I8\"", "\"U8\"", NULL, NULL, 0, NN_ERROR_SHAPE, "layers.0.weight" },
    { "[12,784]", "[784,12]", NULL, NULL, 0, NN_ERROR_SHAPE, "layers.0.weight" },
    { "layers.1.weight_scale", "layers.1.weight_scalf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "layers.1.weight_scale" },
    { "layers.2.bias", "layers.7.bias", NULL, NULL, 0, NN_ERROR_FORMAT, "layers.2.bias" },
    { "activations.scale", "activations.scalf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "activations.scale" },
    { "activations.zero_point", "activations.zero_poinf", NULL, NULL, 0, NN_ERROR_FORMAT,
      "activations.zero_point" },
    { "784-12-11-10", "784-12-11-1a", NULL, NULL, 0, NN_ERROR_FORMAT, "architecture" },
    { NULL, NULL, "layers.1.weight", &least, 1, NN_ERROR_VALUE, "-128" },
    { NULL, NULL, "layers.1.weight_scale", &zero, 4, NN_ERROR_VALUE, "scale" },
    { NULL, NULL, "layers.1.weight_scale", &nan, 4, NN_ERROR_VALUE, "not a number" },
    { NULL, NULL, "layers.0.bias", &huge, 4, NN_ERROR_VALUE, "bias" },
    { NULL, NULL, "activations.scale", &huge, 4, NN_ERROR_VALUE, "scale" },
    { NULL, NULL, "activations.zero_point", &other, 1, -1, NULL },
  };
  g_autoptr (NumeralModel) model = make_small ();
  g_autoptr (GBytes) bytes = engine_test_model_bytes (model, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size;
      guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (NumeralModel) back = NULL;
      g_autoptr (GError) error = NULL;

      if (rows[i].old != NULL)
        replace (data, size, rows[i].old, rows[i].new);
      else
        memcpy (data + find_data (bytes, rows[i].tensor), rows[i].value, rows[i].size);
      changed = g_bytes_new_take (data, size);
      back = numeral_model_parse (changed, NULL, &error);
      g_test_message ("row %u: %s", i, error != NULL ? error->message : "no error");
      if (rows[i].word == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, NN_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].word));
    }
}

static void
test_errors (void)
{
  g_autoptr (NumeralModel) small = make_small ();
  g_autoptr (NumeralModel) shipped = numeral_model_load_shipped (NULL);
  g_autoptr (NnDataset) digits = make_digits (20, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  NumeralCompressRequest request = { .model = small,
                                     .samples = digits,
                                     .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_compress_int8 (&request, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_clear_error (&error);
  request.model = shipped;
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_compress_int8 (&request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/compress/shipped", test_shipped);
  g_test_add_func ("/engine/compress/round-trip", test_round_trip);
  g_test_add_func ("/engine/compress/onnx", test_onnx);
  g_test_add_func ("/engine/compress/hostile", test_hostile);
  g_test_add_func ("/engine/compress/errors", test_errors);
  return g_test_run ();
}
