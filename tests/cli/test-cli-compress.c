/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static JsonObject *
side (JsonObject *json, const char *name)
{
  return json_object_get_object_member (json, name);
}

static double
accuracy (const char *model, const char *data)
{
  g_autoptr (CliRun) run = cli_run ("evaluate", data, "--json", "--model", model, NULL);
  g_autoptr (JsonObject) json = NULL;

  cli_assert_ok (run);
  json = cli_json (run->out);
  return cli_json_number (json, "accuracy");
}

static void
test_int8 (void)
{
  const char *data = cli_make_unipen ("c.unipen", 4, 3, 1), *model = cli_make_model ();
  const char *small = cli_path ("small.safetensors"), *text = cli_path ("text.safetensors");
  g_autoptr (CliRun) run = cli_run ("compress", model, "--int8", "--data", data, "--validation",
                                    "0.5", "--json", "--out", small, NULL);
  g_autoptr (CliRun) again =
      cli_run ("compress", model, "--int8", "-d", data, "--validation", "0.5", "--out", text, NULL);
  g_autoptr (CliRun) shown = cli_run ("model", small, NULL);
  g_autoptr (CliRun) detail = cli_run ("model", small, "--json", NULL);
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (JsonObject) details = NULL;
  g_autofree char *a = NULL, *b = NULL;
  GStatBuf status;
  gsize n_a, n_b;

  cli_assert_ok (run);
  json = cli_json (run->out);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (json, "methods"),
                                                  0),
                   ==, "int8");
  g_assert_cmpfloat (cli_json_number (json, "samples"), ==, 60);
  g_assert_cmpint (g_stat (small, &status), ==, 0);
  g_assert_cmpfloat (cli_json_number (side (json, "after"), "bytes"), ==, (double) status.st_size);
  g_assert_cmpfloat (cli_json_number (side (json, "after"), "bytes"), <,
                     0.4 * cli_json_number (side (json, "before"), "bytes"));
  g_assert_cmpfloat (cli_json_number (side (json, "before"), "image_us"), >, 0);
  g_assert_cmpfloat_with_epsilon (cli_json_number (side (json, "after"), "accuracy"),
                                  cli_json_number (side (json, "before"), "accuracy"), 0.04);
  /* The same samples give the same file, and text as well as JSON. */
  cli_assert_ok (again);
  g_assert_nonnull (strstr (again->out, "accuracy"));
  g_assert_true (g_file_get_contents (small, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (text, &b, &n_b, NULL));
  g_assert_cmpmem (a, n_a, b, n_b);
  /* All verbs read it. */
  g_assert_cmpfloat_with_epsilon (accuracy (small, data), accuracy (model, data), 0.04);
  cli_assert_ok (shown);
  g_assert_nonnull (strstr (shown->out, "int8"));
  cli_assert_ok (detail);
  details = cli_json (detail->out);
  g_assert_cmpstr (json_object_get_string_member (details, "precision"), ==, "int8");
}

/* What other verbs make of a model in 8 bits. */
static void
test_others (void)
{
  const char *data = cli_make_unipen ("o.unipen", 4, 3, 1);
  const char *small = cli_path ("o.safetensors"), *onnx = cli_path ("o.onnx");
  const char *calibrated = cli_path ("calibrated.safetensors"),
             *copy = cli_path ("copy.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("compress", cli_make_model (), "--int8", "--data", data, "--out", small, NULL);
  g_autoptr (CliRun) to_onnx = cli_run ("convert", small, onnx, NULL);
  g_autoptr (CliRun) to_copy = cli_run ("convert", small, copy, "--half", NULL);
  g_autoptr (CliRun) calibrate =
      cli_run ("calibrate", small, data, "--validation", "0.5", "--out", calibrated, NULL);
  g_autoptr (CliRun) twice = cli_run ("compress", small, "--int8", "--data", data, "--out",
                                      cli_path ("twice.safetensors"), NULL);
  g_autofree char *a = NULL, *b = NULL;
  gsize n_a, n_b;

  cli_assert_ok (run);
  cli_assert_ok (to_onnx);
  cli_assert_ok (to_copy);
  g_assert_cmpint (calibrate->status, ==, 0);
  cli_assert_error (twice, 1, "8 bits already");
  g_assert_cmpfloat_with_epsilon (accuracy (onnx, data), accuracy (small, data), 0.04);
  g_assert_true (g_file_get_contents (small, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (copy, &b, &n_b, NULL));
  g_assert_cmpmem (a, n_a, b, n_b);
}

/* All methods together, from two models. */
static void
test_training (void)
{
  const char *data = cli_make_unipen ("t.unipen", 4, 3, 1), *model = cli_make_model ();
  const char *small = cli_path ("t.safetensors"), *pruned = cli_path ("pruned.safetensors");
  g_autoptr (CliRun) run = cli_run ("compress", model, model, "--distil", "20,12", "--units", "0.5",
                                    "--prune", "0.6", "--int8", "--no-novelty", "--epochs", "1",
                                    "--data", data, "--json", "--out", small, NULL);
  g_autoptr (CliRun) prune = cli_run ("compress", model, "--prune", "0.6", "--half", "--epochs",
                                      "0", "--data", data, "--out", pruned, NULL);
  g_autoptr (CliRun) shown = cli_run ("model", small, "--json", NULL);
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (JsonObject) details = NULL;

  cli_assert_ok (run);
  json = cli_json (run->out);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "methods")), ==, 5);
  g_assert_cmpfloat (cli_json_number (side (json, "after"), "parameters"), ==,
                     784 * 10 + 10 + 10 * 6 + 6 + 6 * 10 + 10);
  g_assert_cmpfloat (cli_json_number (side (json, "after"), "zeros"), >=, 0.55 * 7960);
  cli_assert_ok (shown);
  details = cli_json (shown->out);
  g_assert_true (json_object_get_null_member (details, "novelty"));
  g_assert_cmpstr (json_object_get_string_member (details, "architecture"), ==, "784-10-6-10");
  cli_assert_ok (prune);
  g_assert_nonnull (strstr (prune->out, "of them zero"));
  g_assert_cmpfloat (accuracy (pruned, data), >, 0.1);
}

/* A network with convolutions in 8 bits, which has its own inputs and classes. */
static void
test_distil_text (void)
{
  const char *data = cli_make_unipen ("d.unipen", 4, 3, 1), *model = cli_make_model ();
  const char *small = cli_path ("d.safetensors"), *none = cli_path ("none-d.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("compress", model, "--distil", "28x28-conv5x5x4s2-pool2-10", "--int8",
               "--no-novelty", "--epochs", "1", "--data", data, "--json", "--out", small, NULL);
  g_autoptr (CliRun) shown = cli_run ("model", small, "--json", NULL);
  g_autoptr (CliRun) shape = cli_run ("compress", model, "--distil", "14x56-conv5x5x4-10", "--data",
                                      data, "--out", none, NULL);
  g_autoptr (CliRun) classes =
      cli_run ("compress", model, "--distil", "784-5-9", "--data", data, "--out", none, NULL);
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (JsonObject) details = NULL;

  cli_assert_ok (run);
  json = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (side (json, "after"), "parameters"), ==,
                     4 * 25 + 4 + 4 * 6 * 6 * 10 + 10);
  cli_assert_ok (shown);
  details = cli_json (shown->out);
  g_assert_cmpstr (json_object_get_string_member (details, "precision"), ==, "int8");
  g_assert_cmpstr (json_object_get_string_member (details, "architecture"), ==,
                   "28x28-conv5x5x4s2-pool2-10");
  g_assert_cmpfloat (accuracy (small, data), >, 0);
  cli_assert_error (shape, 1, "1 x 28 x 28");
  cli_assert_error (classes, 1, "gives 9 classes");
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

static void
test_errors (void)
{
  const char *out = cli_path ("none.safetensors");
  g_autoptr (CliRun) no_model = cli_run ("compress", "no-model", "--int8", "--out", out, NULL);
  g_autoptr (CliRun) no_data =
      cli_run ("compress", cli_make_model (), "--int8", "--data", "no-data", "--out", out, NULL);
  g_autoptr (CliRun) table = cli_run ("compress", cli_make_model (), "--int8", "--data",
                                      cli_make_csv (), "--out", out, NULL);

  cli_assert_error (no_model, 1, "no-model");
  cli_assert_error (no_data, 1, "no-data");
  cli_assert_error (table, 1, "features");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/compress/int8", test_int8);
  g_test_add_func ("/cli/compress/others", test_others);
  g_test_add_func ("/cli/compress/training", test_training);
  g_test_add_func ("/cli/compress/distil-text", test_distil_text);
  g_test_add_func ("/cli/compress/errors", test_errors);
  return cli_fixture_end ();
}
