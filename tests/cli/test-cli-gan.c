/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

#define SMALL                                                                                \
  "--generative", "gan", "--generator", "20-16-784-sigmoid", "--discriminator", "784-16-10", \
      "--batch-size", "32", "--threads", "2"

/* A generator that was trained for a moment. */
static const char *
make_generator (void)
{
  static const char *path;
  g_autoptr (CliRun) run = NULL;

  if (path != NULL)
    return path;
  path = cli_path ("gan.safetensors");
  run = cli_run ("train", SMALL, "--epochs", "2", "--out", path, "--quiet", "generated:200", NULL);
  cli_assert_ok (run);
  return path;
}

static char *
spec (const char *counts)
{
  return g_strdup_printf ("gan:%s:%s", make_generator (), counts);
}

/* The summary, the log, and the same file again with the same seed. */
static void
test_train (void)
{
  const char *out = cli_path ("again.safetensors"), *log = cli_path ("gan.jsonl");
  g_autoptr (CliRun) run = cli_run ("train", SMALL, "--epochs", "2", "--out", out, "--log", log,
                                    "--json", "generated:200", NULL);
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *text = NULL, *first = NULL, *again = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  gsize length, n_first, n_again;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "epoch 2/2"));
  report = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (report, "generator"), ==, "20-16-784-sigmoid");
  g_assert_cmpstr (json_object_get_string_member (report, "stopped"), ==, "finished");
  g_assert_cmpfloat (cli_json_number (report, "epochs"), ==, 2);
  g_assert_cmpfloat (cli_json_number (report, "steps"), ==, 12);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "diversity")), ==,
                    10);
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  /* Those of the steps, and of the epochs. */
  g_assert_cmpuint (lines->len, ==, 14);
  g_assert_true (json_object_has_member (lines->pdata[0], "discriminator_loss"));
  g_assert_true (json_object_has_member (lines->pdata[6], "diversity"));
  cli_read (make_generator (), &first, &n_first);
  cli_read (out, &again, &n_again);
  g_assert_cmpmem (first, n_first, again, n_again);
}

/* Its digits are a data set of every verb, by themselves and beside others. */
static void
test_data_set (void)
{
  const char *model = cli_path ("by-gan.safetensors"), *folder = cli_path ("gan-digits");
  g_autofree char *classes = spec ("3=60,7=40"), *all = spec ("100");
  g_autoptr (CliRun) trained = cli_run ("train", "--out", model, "--hidden", "8", "--epochs", "1",
                                        "--json", "--quiet", classes, "generated:100", NULL);
  g_autoptr (CliRun) measured = cli_run ("evaluate", "--json", classes, NULL);
  g_autoptr (CliRun) projected = cli_run ("project", "--components", "2", "--json", all, NULL);
  g_autoptr (CliRun) made = cli_run ("generate", "--kind", "gan", "--out", folder, all, NULL);
  g_autoptr (CliRun) read = cli_run ("evaluate", "--json", "--split", "train", folder, NULL);
  g_autoptr (JsonObject) summary = NULL;
  g_autoptr (JsonObject) evaluation = NULL;
  g_autoptr (JsonObject) projection = NULL;
  g_autoptr (JsonObject) written = NULL;
  JsonArray *sets;
  JsonObject *metadata;

  cli_assert_ok (trained);
  summary = cli_json (trained->out);
  sets = json_object_get_array_member (summary, "datasets");
  g_assert_cmpfloat (cli_json_number (json_array_get_object_element (sets, 0), "training_samples"),
                     ==, 100);
  metadata = cli_metadata (model);
  g_assert_nonnull (strstr (json_object_get_string_member (metadata, "data"),
                            "gan:gan.safetensors:3=60,7=40: 100 samples"));
  json_object_unref (metadata);
  cli_assert_ok (measured);
  evaluation = cli_json (measured->out);
  g_assert_cmpfloat (cli_json_number (evaluation, "count"), ==, 100);
  cli_assert_ok (projected);
  projection = cli_json (projected->out);
  g_assert_cmpfloat (cli_json_number (projection, "count"), ==, 100);
  g_assert_cmpint (made->status, ==, 0);
  cli_assert_ok (read);
  written = cli_json (read->out);
  g_assert_cmpfloat (cli_json_number (written, "count"), ==, 100);
}

/* ONNX, and training that goes on. */
static void
test_convert (void)
{
  const char *onnx = cli_path ("gan.onnx"), *c = cli_path ("gan.c");
  const char *more = cli_path ("more.safetensors");
  g_autoptr (CliRun) converted = cli_run ("convert", make_generator (), onnx, NULL);
  g_autoptr (CliRun) refused = cli_run ("convert", make_generator (), c, NULL);
  g_autoptr (CliRun) shown = cli_run ("model", make_generator (), NULL);
  g_autoptr (CliRun) initial =
      cli_run ("train", SMALL, "--epochs", "1", "--initial", make_generator (), "--out", more,
               "--quiet", "generated:200", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  cli_assert_ok (converted);
  cli_read (onnx, &bytes, &length);
  g_assert_cmpuint (length, >, 784 * 16 * 4);
  cli_assert_error (refused, 1, "safetensors or ONNX");
  cli_assert_error (shown, 1, "gan:FILE:N");
  cli_assert_ok (initial);
}

static void
test_errors (void)
{
  const char *out = cli_path ("x.safetensors");
  g_autofree char *nothing = spec ("0"), *class = spec ("12=5");
  const struct
  {
    const char *arguments[9];
    int status;
    const char *says;
  } wrong[] = {
    { { "train", "--generative", "vae", "--out", out, "generated:200" }, 2, "\"gan\"" },
    { { "train", "--generative", "gan", "generated:200" }, 2, "--out" },
    { { "train", "--generative", "gan", "--out", out }, 2, "no data set" },
    { { "train", "--generative", "gan", "--hidden", "5", "--out", out, "generated:200" },
      2,
      "--generator" },
    { { "train", "--generative=gan", "--patience=3", "--out", out, "generated:200" },
      2,
      "--patience" },
    { { "train", "--generative", "gan", "--generator", "74-784", "--out", out, "generated:200" },
      1,
      "sigmoid" },
    { { "train", "--out", out, nothing }, 1, "1 to 1000000" },
    { { "train", "--out", out, class }, 1, "0 to 9" },
    { { "evaluate", "gan:/nowhere/file:100" }, 1, "/nowhere/file" },
    { { "evaluate", "gan:100" }, 1, "gan:FILE:5000" },
    { { "generate", "--kind", "gan", "--out", out }, 2, "needs a data set" },
    { { "generate", "--kind", "gan", "--out", out, "generated:200" }, 1, "gan:FILE:5000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CliRun) run = cli_runv (wrong[i].arguments);

      cli_assert_error (run, wrong[i].status, wrong[i].says);
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/gan/train", test_train);
  g_test_add_func ("/cli/gan/data-set", test_data_set);
  g_test_add_func ("/cli/gan/convert", test_convert);
  g_test_add_func ("/cli/gan/errors", test_errors);
  return cli_fixture_end ();
}
