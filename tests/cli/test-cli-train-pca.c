/* SPDX-License-Identifier: GPL-3.0-or-later */

/* numeral-cli train --pca */

#include <math.h>
#include <string.h>

#include "cli-fixture.h"

/* The model reads what other verbs feed it, as its summary says. */
static void
test_model (void)
{
  const char *idx = cli_make_idx ("reduced", 400, 100), *out = cli_path ("reduced.safetensors");
  g_autoptr (CliRun) run = cli_run ("train", idx, "--pca", "20", "--hidden", "24", "--epochs", "20",
                                    "--out", out, "--quiet", "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("train", idx, "--pca", "20", "--hidden", "24", "--epochs", "2",
                                     "--out", cli_path ("text.safetensors"), NULL);
  g_autoptr (CliRun) evaluated = NULL;
  g_autoptr (JsonObject) said = NULL, figures = NULL, card = NULL;
  double explained;

  cli_assert_ok (run);
  said = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (said, "architecture"), ==, "784-24-10");
  g_assert_cmpfloat (cli_json_number (said, "pca"), ==, 20);
  explained = cli_json_number (said, "explained_variance");
  g_assert_cmpfloat (explained, >, 0.3);
  g_assert_cmpfloat (explained, <, 1);
  card = cli_metadata (out);
  g_assert_nonnull (strstr (json_object_get_string_member (card, "settings"), "--pca 20 "));
  g_assert_cmpfloat_with_epsilon (
      g_ascii_strtod (json_object_get_string_member (card, "explained_variance"), NULL), explained,
      1e-6);
  evaluated = cli_run ("evaluate", "--model", out, "--split", "train", idx, "--json", NULL);
  cli_assert_ok (evaluated);
  figures = cli_json (evaluated->out);
  g_assert_cmpfloat (cli_json_number (figures, "accuracy"), >, 0.5);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_nonnull (strstr (text->out, "input: 20 principal components with "));
}

/* Without the option nothing says anything of it. */
static void
test_without (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("without.safetensors");
  g_autoptr (CliRun) run = cli_run ("train", csv, "--hidden", "8", "--epochs", "2", "--pca", "0",
                                    "--out", out, "--quiet", "--json", NULL);
  g_autoptr (JsonObject) said = NULL, card = NULL;

  cli_assert_ok (run);
  said = cli_json (run->out);
  g_assert_false (json_object_has_member (said, "pca"));
  card = cli_metadata (out);
  g_assert_null (strstr (json_object_get_string_member (card, "settings"), "--pca"));
  g_assert_false (json_object_has_member (card, "explained_variance"));
}

/* A table has components, too. A model with an input of its own can be gone on with. */
static void
test_table (void)
{
  const char *csv = cli_make_csv (), *first = cli_path ("table.safetensors");
  const char *second = cli_path ("table-again.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("train", csv, "--hidden", "16", "--epochs", "300", "--batch-size", "10",
               "--learning-rate", "0.01", "--validation", "0", "--out", first, "--quiet", NULL);
  g_autoptr (CliRun) again = NULL;
  g_autoptr (JsonObject) said = NULL;

  cli_assert_ok (run);
  again = cli_run ("train", csv, "--hidden", "16", "--epochs", "1", "--validation", "0", "--pca",
                   "5", "--initial", first, "--out", second, "--quiet", "--json", NULL);
  cli_assert_ok (again);
  said = cli_json (again->out);
  g_assert_cmpfloat_with_epsilon (cli_json_number (said, "explained_variance"), 1, 1e-5);
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (said, "training"), "accuracy"),
                     >, 0.95);
}

static void
test_refused (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("refused.safetensors");
  const char *idx = cli_make_idx ("refused", 100, 20);
  g_autoptr (CliRun) range = cli_run ("train", csv, "--pca", "785", "--out", out, NULL);
  g_autoptr (CliRun) augment =
      cli_run ("train", idx, "--pca", "20", "--augment", "light", "--out", out, NULL);
  g_autoptr (CliRun) image = cli_run ("train", idx, "--pca", "20", "--network",
                                      "28x28-conv5x5x2-pool2-10", "--out", out, NULL);
  g_autoptr (CliRun) many = cli_run ("train", csv, "--pca", "6", "--out", out, NULL);

  cli_assert_error (range, 2, "Principal Components must be from 0 to 784");
  cli_assert_error (augment, 2, "choose no augmentation or 0 principal components");
  cli_assert_error (image, 1, "choose another network or 0 principal components");
  cli_assert_error (many, 1, "there are 1 to 5 principal components, not 6");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/train-pca/model", test_model);
  g_test_add_func ("/cli/train-pca/without", test_without);
  g_test_add_func ("/cli/train-pca/table", test_table);
  g_test_add_func ("/cli/train-pca/refused", test_refused);
  return cli_fixture_end ();
}
