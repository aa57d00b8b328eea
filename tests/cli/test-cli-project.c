/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <math.h>
#include <string.h>

static double
element (JsonObject *object, const char *member, guint i)
{
  return json_array_get_double_element (json_object_get_array_member (object, member), i);
}

/* The coordinates in the file, of which there is a row for each sample, have the variances of the
 * report. */
static void
assert_csv (const char *path, JsonObject *report, guint n, guint k)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  double squares[8] = { 0 };
  gsize length;

  cli_read (path, &text, &length);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n + 2);
  g_assert_true (g_str_has_prefix (lines[0], "index,label,c1,c2"));
  g_assert_cmpstr (lines[n + 1], ==, "");
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, k + 2);
      g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, i);
      g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), <, 10);
      for (guint j = 0; j < k; j++)
        squares[j] += pow (g_ascii_strtod (cells[j + 2], NULL), 2);
    }
  for (guint j = 0; j < k; j++)
    g_assert_cmpfloat_with_epsilon (squares[j] / (n - 1), element (report, "explained_variance", j),
                                    1e-4 * element (report, "explained_variance", 0));
}

static void
test_pixels (void)
{
  const char *idx = cli_make_idx ("project-idx", 50, 40), *out = cli_path ("project.csv");
  g_autoptr (CliRun) run =
      cli_run ("project", idx, "--components", "3", "--json", "--out", out, NULL);
  g_autoptr (JsonObject) report = NULL;
  double sum = 0;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 40);
  g_assert_cmpfloat (cli_json_number (report, "layer"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "components")), ==,
                    3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "mean")), ==, 784);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (element (report, "explained_variance", i) /
                                          cli_json_number (report, "variance"),
                                      element (report, "explained_variance_ratio", i), 1e-9);
      sum += element (report, "explained_variance_ratio", i);
    }
  g_assert_cmpfloat (sum, <=, 1);
  assert_csv (out, report, 40, 3);
}

static void
test_layer (void)
{
  const char *ink = cli_make_unipen ("project.unipen", 2, 3, 4), *out = cli_path ("layer.csv");
  g_autoptr (CliRun) run = cli_run ("project", ink, "--model", cli_make_model (), "--layer", "2",
                                    "--count", "30", "--json", "--out", out, NULL);
  g_autoptr (CliRun) text = cli_run ("project", ink, "--components", "4", NULL);
  g_autoptr (JsonObject) report = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "layer"), ==, 2);
  assert_csv (out, report, 30, 2);
  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "samples   60"));
  g_assert_nonnull (strstr (text->out, "\n        4 "));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *option, *value, *says;
    int status;
  } cases[] = {
    { "--components", "0", "--components is at least 1", 2 },
    { "--components", "100", "1 to 60 principal components", 1 },
    { "--layer", "100", "no layer 100", 1 },
    { "--split", "both", "--split", 2 },
    { "--model", "m.safetensors", "--model goes with --layer", 2 },
    { "--out", "/nowhere/at/all.csv", "/nowhere/at/all.csv", 1 },
  };
  const char *ink = cli_make_unipen ("errors.unipen", 2, 3, 4);
  g_autoptr (CliRun) none = cli_run ("project", NULL);
  g_autoptr (CliRun) missing = cli_run ("project", cli_path ("missing"), NULL);

  cli_assert_error (none, 2, "exactly one data set");
  cli_assert_error (missing, 1, "missing");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run ("project", ink, cases[i].option, cases[i].value, NULL);

      cli_assert_error (run, cases[i].status, cases[i].says);
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/project/pixels", test_pixels);
  g_test_add_func ("/cli/project/layer", test_layer);
  g_test_add_func ("/cli/project/errors", test_errors);
  return cli_fixture_end ();
}
