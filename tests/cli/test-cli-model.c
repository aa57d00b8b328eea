/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

static void
test_json (void)
{
  static const struct
  {
    const char *name;
    guint n_dims, shape[2];
  } tensors[] = {
    { "layers.0.weight", 2, { 32, 784 } },
    { "layers.0.bias", 1, { 32, 0 } },
    { "layers.1.weight", 2, { 10, 32 } },
    { "layers.1.bias", 1, { 10, 0 } },
  };
  static const char *const card[] = { "data", "seed", "epochs", "settings", "training_accuracy" };
  const char *model = cli_make_model ();
  g_autoptr (CliRun) run = cli_run ("model", model, "--json", NULL);
  g_autoptr (JsonObject) description = NULL;
  JsonObject *metadata;
  JsonArray *list;

  cli_assert_ok (run);
  description = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (description, "source"), ==, model);
  g_assert_cmpstr (json_object_get_string_member (description, "architecture"), ==, "784-32-10");
  g_assert_cmpstr (json_object_get_string_member (description, "activation"), ==, "relu");
  g_assert_cmpstr (json_object_get_string_member (description, "loss"), ==, "cross-entropy");
  g_assert_cmpfloat (cli_json_number (description, "inputs"), ==, 784);
  g_assert_cmpfloat (cli_json_number (description, "classes"), ==, 10);
  g_assert_cmpfloat (cli_json_number (description, "parameters"), ==, 785 * 32 + 33 * 10);

  list = json_object_get_array_member (description, "tensors");
  g_assert_cmpuint (json_array_get_length (list), ==, G_N_ELEMENTS (tensors));
  for (guint i = 0; i < G_N_ELEMENTS (tensors); i++)
    {
      JsonObject *tensor = json_array_get_object_element (list, i);
      JsonArray *shape = json_object_get_array_member (tensor, "shape");
      double min = cli_json_number (tensor, "min"), max = cli_json_number (tensor, "max");

      g_assert_cmpstr (json_object_get_string_member (tensor, "name"), ==, tensors[i].name);
      g_assert_cmpuint (json_array_get_length (shape), ==, tensors[i].n_dims);
      for (guint d = 0; d < tensors[i].n_dims; d++)
        g_assert_cmpint (json_array_get_int_element (shape, d), ==, tensors[i].shape[d]);
      g_assert_cmpfloat (min, <, max);
      g_assert_cmpfloat (cli_json_number (tensor, "mean"), >=, min);
      g_assert_cmpfloat (cli_json_number (tensor, "mean"), <=, max);
      g_assert_cmpfloat (cli_json_number (tensor, "deviation"), >, 0);
    }
  metadata = json_object_get_object_member (description, "metadata");
  for (guint i = 0; i < G_N_ELEMENTS (card); i++)
    g_assert_true (json_object_has_member (metadata, card[i]));
}

/* A safetensors file of the given header and data. */
static const char *
write_model (const char *name, const char *header, gsize n_zeros)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (strlen (header));
  g_autofree guint8 *zeros = g_malloc0 (n_zeros + 1);

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, strlen (header));
  g_byte_array_append (bytes, zeros, n_zeros);
  return cli_write (name, bytes->data, bytes->len);
}

/* C is written only, and alone has what centres a picture. */
static void
test_convert_to_c (void)
{
  const char *model = cli_make_model ();
  const char *file = cli_path ("digit.c");
  g_autoptr (CliRun) run = cli_run ("convert", model, file, "--centre", "--half", NULL);
  g_autoptr (CliRun) back = cli_run ("model", file, NULL);
  g_autoptr (CliRun) wrong = cli_run ("convert", model, cli_path ("digit.onnx"), "--centre", NULL);
  g_autofree char *text = NULL;
  gsize length;

  cli_assert_ok (run);
  cli_read (file, &text, &length);
  g_assert_nonnull (strstr (text, "int numeral_read (const uint8_t image[784], float "
                                  "probabilities[10]);"));
  g_assert_nonnull (strstr (text, "int numeral_centre ("));
  g_assert_nonnull (strstr (text, "typedef uint16_t NumeralWeight;"));
  cli_assert_error (back, 1, "only written as C");
  cli_assert_error (wrong, 2, "--centre is for a file of C");
}

/* Weights whose shapes fit two networks are read once the network is named. */
static void
test_convert_named (void)
{
  const char *model = write_model (
      "weights.safetensors",
      "{\"conv1.weight\":{\"dtype\":\"F16\",\"shape\":[2,1,3,3],\"data_offsets\":[0,36]},"
      "\"conv2.weight\":{\"dtype\":\"F16\",\"shape\":[2,2,3,3],\"data_offsets\":[36,108]},"
      "\"fc.weight\":{\"dtype\":\"F16\",\"shape\":[10,392],\"data_offsets\":[108,7948]}}",
      7948);
  const char *out = cli_path ("named.safetensors");
  g_autoptr (CliRun) unnamed = cli_run ("convert", model, out, NULL);
  g_autoptr (CliRun) named = cli_run ("convert", model, out, "--architecture",
                                      "28x28-conv3x3x2p1-pool2-conv3x3x2p1-tanh-10", NULL);
  g_autoptr (CliRun) shown = cli_run ("model", out, "--json", NULL);
  g_autoptr (CliRun) wrong =
      cli_run ("convert", model, out, "--architecture", "28x28-conv3x3x2p1-10", NULL);
  g_autoptr (JsonObject) description = NULL;

  cli_assert_error (unnamed, 1, "the shapes fit 2 networks");
  cli_assert_ok (named);
  cli_assert_ok (shown);
  description = cli_json (shown->out);
  g_assert_cmpstr (json_object_get_string_member (description, "architecture"), ==,
                   "28x28-conv3x3x2p1-pool2-conv3x3x2p1-tanh-10");
  cli_assert_error (wrong, 1, "3 layers, but its architecture has 2");
}

static void
test_text (void)
{
  g_autoptr (CliRun) run = cli_run ("model", cli_make_model (), NULL);

  cli_assert_ok (run);
  g_assert_nonnull (strstr (run->out, "architecture  784-32-10\n"));
  g_assert_nonnull (strstr (run->out, "layers.0.weight   32 x 784"));
  g_assert_nonnull (strstr (run->out, "\nmetadata\n"));
}

static void
test_shipped (void)
{
  g_autoptr (CliRun) run = cli_run ("model", "--json", NULL);
  g_autoptr (JsonObject) description = NULL;

  cli_assert_ok (run);
  description = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (description, "inputs"), ==, 784);
  g_assert_cmpfloat (cli_json_number (description, "classes"), ==, 10);
}

/* Control characters in a file must not reach the terminal. */
static void
test_metadata_is_tamed (void)
{
  const char *model =
      write_model ("steering.safetensors",
                   "{\"__metadata__\":{\"format\":\"numeral-1\",\"architecture\":\"1-2\","
                   "\"activation\":\"relu\",\"loss\":\"cross-entropy\",\"name\":\"a\\u001b["
                   "2Jb\\nc\"},"
                   "\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                   "\"layers.0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
                   16);
  g_autoptr (CliRun) run = cli_run ("model", model, NULL);

  cli_assert_ok (run);
  g_assert_null (strchr (run->out, '\033'));
  g_assert_nonnull (strstr (run->out, "a?[2Jb c\n"));
}

#define META                                                                                     \
  "\"__metadata__\":{\"format\":\"numeral-1\",\"architecture\":\"1-2\",\"activation\":\"relu\"," \
  "\"loss\":\"cross-entropy\"}"
#define WEIGHT(shape, offsets) \
  "\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
#define BIAS(shape, offsets) \
  "\"layers.0.bias\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"

static const struct
{
  const char *name, *header;
  gsize n_zeros;
} headers[] = {
  { "no-json", "not json at all", 0 },
  { "array", "[]", 0 },
  { "open", "{\"__metadata__\":{", 0 },
  { "no-tensors", "{" META "}", 0 },
  { "no-bias", "{" META "," WEIGHT ("[2,1]", "[0,8]") "}", 8 },
  { "no-data", "{" META "," WEIGHT ("[2,1]", "[0,8]") "," BIAS ("[2]", "[8,16]") "}", 0 },
  { "short-data", "{" META "," WEIGHT ("[2,1]", "[0,8]") "," BIAS ("[2]", "[8,16]") "}", 15 },
  { "shape", "{" META "," WEIGHT ("[2,2]", "[0,16]") "," BIAS ("[2]", "[16,24]") "}", 24 },
  { "offsets", "{" META "," WEIGHT ("[2,1]", "[8,0]") "," BIAS ("[2]", "[8,16]") "}", 16 },
  { "overlap", "{" META "," WEIGHT ("[2,1]", "[0,8]") "," BIAS ("[2]", "[4,12]") "}", 16 },
  { "beyond",
    "{" META "," WEIGHT ("[2,1]", "[0,8]") "," BIAS ("[2]", "[8,9223372036854775807]") "}", 16 },
  { "overflow",
    "{" META "," WEIGHT ("[4294967296,4294967296]", "[0,8]") "," BIAS ("[2]", "[8,16]") "}", 16 },
  { "negative", "{" META "," WEIGHT ("[-2,1]", "[0,8]") "," BIAS ("[2]", "[8,16]") "}", 16 },
  { "dtype",
    "{" META ",\"layers.0.weight\":{\"dtype\":\"I7\",\"shape\":[2,1],\"data_offsets\":[0,8]}"
    "," BIAS ("[2]", "[8,16]") "}",
    16 },
};

static void
test_damaged_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const char *path = write_model (headers[i].name, headers[i].header, headers[i].n_zeros);
      g_autoptr (CliRun) run = cli_run ("model", path, NULL);

      g_test_message ("%s: %s", headers[i].name, run->err);
      cli_assert_error (run, 1, headers[i].name);
    }
}

static void
test_truncated (void)
{
  g_autofree char *whole = NULL;
  g_autoptr (CliRun) missing = cli_run ("model", cli_path ("missing"), NULL);
  g_autoptr (CliRun) folder = cli_run ("model", g_getenv ("G_TEST_BUILDDIR"), NULL);
  gsize length;
  gsize cuts[] = { 0, 1, 7, 8, 9, 100, 0, 0 };

  cli_assert_error (missing, 1, "missing");
  cli_assert_error (folder, 1, g_getenv ("G_TEST_BUILDDIR"));
  cli_read (cli_make_model (), &whole, &length);
  cuts[6] = length / 2;
  cuts[7] = length - 1;
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      const char *path = cli_write ("cut.safetensors", whole, (gssize) cuts[i]);
      g_autoptr (CliRun) run = cli_run ("model", path, "--json", NULL);

      cli_assert_error (run, 1, "cut.safetensors");
    }
}

static void
test_bent (void)
{
  /* The length of the header, and a NaN in the last bias. */
  static const guint8 huge[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f };
  static const guint8 nan[] = { 0, 0, 0xc0, 0x7f };
  g_autofree char *whole = NULL;
  g_autofree char *bent = NULL;
  g_autoptr (CliRun) length_run = NULL, nan_run = NULL;
  gsize length;

  cli_read (cli_make_model (), &whole, &length);
  bent = g_memdup2 (whole, length);
  memcpy (bent, huge, sizeof huge);
  length_run = cli_run ("model", cli_write ("bent.safetensors", bent, (gssize) length), NULL);
  cli_assert_error (length_run, 1, "bent.safetensors");

  memcpy (whole + length - sizeof nan, nan, sizeof nan);
  nan_run = cli_run ("model", cli_write ("nan.safetensors", whole, (gssize) length), NULL);
  cli_assert_error (nan_run, 1, "nan.safetensors");
}

/* A model that was trained on from another one, averaged with it, still reads what both read. */
static void
test_average (void)
{
  const char *model = cli_make_model (), *ink = cli_make_unipen ("fixture.unipen", 6, 4, 1);
  const char *on = cli_path ("on.safetensors"), *mean = cli_path ("mean.safetensors");
  const char *small = cli_path ("small.safetensors");
  g_autoptr (CliRun) trained =
      cli_run ("train", ink, "--initial", model, "--out", on, "--hidden", "32", "--epochs", "3",
               "--validation", "0", "--quiet", NULL);
  g_autoptr (CliRun) averaged = cli_run ("average", model, on, "--out", mean, NULL);
  g_autoptr (CliRun) measured = cli_run ("evaluate", ink, "--model", mean, "--json", NULL);
  g_autoptr (CliRun) other = cli_run ("train", ink, "--out", small, "--hidden", "8", "--epochs",
                                      "1", "--validation", "0", "--quiet", NULL);
  g_autoptr (CliRun) unlike = cli_run ("average", model, small, "--out", mean, NULL);
  g_autoptr (CliRun) alone = cli_run ("average", model, "--out", mean, NULL);
  g_autoptr (CliRun) nowhere = cli_run ("average", model, on, NULL);
  g_autoptr (JsonObject) card = NULL, figures = NULL;

  cli_assert_ok (trained);
  cli_assert_ok (averaged);
  cli_assert_ok (measured);
  cli_assert_ok (other);
  card = cli_metadata (mean);
  g_assert_cmpstr (json_object_get_string_member (card, "averaged"), ==,
                   "digits.safetensors, on.safetensors");
  g_assert_false (json_object_has_member (card, "training_accuracy"));
  figures = cli_json (measured->out);
  g_assert_cmpfloat (cli_json_number (figures, "accuracy"), >, 0.9);
  cli_assert_error (unlike, 1, "architecture");
  cli_assert_error (alone, 2, "two models");
  cli_assert_error (nowhere, 2, "--out");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/model/json", test_json);
  g_test_add_func ("/cli/model/convert-to-c", test_convert_to_c);
  g_test_add_func ("/cli/model/convert-named", test_convert_named);
  g_test_add_func ("/cli/model/text", test_text);
  g_test_add_func ("/cli/model/shipped", test_shipped);
  g_test_add_func ("/cli/model/metadata-is-tamed", test_metadata_is_tamed);
  g_test_add_func ("/cli/model/damaged-headers", test_damaged_headers);
  g_test_add_func ("/cli/model/truncated", test_truncated);
  g_test_add_func ("/cli/model/average", test_average);
  g_test_add_func ("/cli/model/bent", test_bent);
  return cli_fixture_end ();
}
