/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <math.h>
#include <string.h>

static char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("NUMERAL_SAMPLES"), name, NULL);
}

static double
sum_of (JsonArray *array)
{
  double sum = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    sum += json_array_get_double_element (array, i);
  return sum;
}

/* The members that every explanation has, and that its figures agree. */
static void
check_report (JsonObject *report, const char *method, gboolean ink)
{
  JsonArray *attribution = json_object_get_array_member (report, "attribution");
  JsonArray *pieces = json_object_get_array_member (report, "pieces");
  double sum = 0;

  g_assert_cmpstr (json_object_get_string_member (report, "method"), ==, method);
  g_assert_cmpuint (json_array_get_length (attribution), ==, 784);
  g_assert_cmpfloat_with_epsilon (sum_of (attribution), cli_json_number (report, "sum"), 1e-3);
  g_assert_cmpfloat (fabs (cli_json_number (report, "faithfulness")), <=, 1);
  g_assert_cmpuint (json_array_get_length (pieces) > 0, ==, ink);
  for (guint i = 0; i < json_array_get_length (pieces); i++)
    {
      JsonObject *piece = json_array_get_object_element (pieces, i);

      g_assert_cmpfloat (cli_json_number (piece, "first"), <=, cli_json_number (piece, "last"));
      g_assert_cmpfloat (cli_json_number (piece, "stroke"), >=, 0);
      sum += cli_json_number (piece, "value");
    }
  /* All of the ink belongs to a piece. */
  if (ink && strcmp (method, "expected-gradients") != 0)
    g_assert_cmpfloat_with_epsilon (sum, cli_json_number (report, "sum"), 1e-3);
}

static void
test_all (void)
{
  static const char *const methods[] = { "integrated-gradients", "shapley", "expected-gradients",
                                         "lime", "occlusion" };
  g_autofree char *seven = sample ("digit-7.inkml");
  g_autoptr (CliRun) run = cli_run ("explain", seven, "--method", "all", "--json", NULL);
  g_autoptr (GPtrArray) reports = NULL;

  cli_assert_ok (run);
  reports = cli_json_lines (run->out);
  g_assert_cmpuint (reports->len, ==, G_N_ELEMENTS (methods));
  for (guint i = 0; i < reports->len; i++)
    {
      JsonObject *report = g_ptr_array_index (reports, i);

      check_report (report, methods[i], TRUE);
      g_assert_cmpfloat (cli_json_number (report, "answer"), ==, 7);
      g_assert_cmpfloat (cli_json_number (report, "target"), ==, 7);
      g_assert_cmpfloat (cli_json_number (report, "against"), !=, 7);
      g_assert_cmpuint (json_object_has_member (report, "path"), ==, i == 0);
      g_assert_cmpuint (json_object_has_member (report, "r2"), ==, i == 3);
      if (i < 2)
        g_assert_cmpfloat_with_epsilon (cli_json_number (report, "sum"),
                                        cli_json_number (report, "difference"),
                                        0.01 * fabs (cli_json_number (report, "difference")) +
                                            1e-6);
    }
}

/* Target, rival and baseline are as they were asked for. */
static void
test_question (void)
{
  g_autofree char *four = sample ("digit-4.inkml");
  g_autoptr (CliRun) run = cli_run ("explain", four, "--target", "9", "--against", "none",
                                    "--baseline", "mean", "--json", NULL);
  g_autoptr (CliRun) other =
      cli_run ("explain", four, "--target", "9", "--against", "4", "--json", NULL);
  g_autoptr (JsonObject) report = NULL, against = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "target"), ==, 9);
  g_assert_true (json_object_get_null_member (report, "against"));
  g_assert_cmpstr (json_object_get_string_member (report, "baseline"), ==, "mean");
  cli_assert_ok (other);
  against = cli_json (other->out);
  g_assert_cmpfloat (cli_json_number (against, "against"), ==, 4);
  g_assert_cmpfloat (cli_json_number (against, "value"), <, 0);
}

/* For people: who is compared, the pieces, and the digit in signs. */
static void
test_text (void)
{
  g_autofree char *seven = sample ("digit-7.inkml");
  g_autoptr (CliRun) run = cli_run ("explain", seven, "--method", "shapley", NULL);

  cli_assert_ok (run);
  g_assert_true (g_str_has_prefix (run->out, "Why 7 and not "));
  g_assert_nonnull (strstr (run->out, "faithfulness: "));
  g_assert_nonnull (strstr (run->out, "stroke 0, points 0 to "));
  g_assert_nonnull (strstr (run->out, "++"));
}

/* A sample of an ink file and one of a data set. */
static void
test_index (void)
{
  g_autofree char *ink = sample ("digits.unipen");
  const char *idx = cli_make_idx ("explain-idx", 20, 10);
  g_autoptr (CliRun) first = cli_run ("explain", ink, "--json", NULL);
  g_autoptr (CliRun) third = cli_run ("explain", ink, "--index", "2", "--json", NULL);
  g_autoptr (CliRun) picture =
      cli_run ("explain", idx, "--index", "9", "--method", "lime", "--json", NULL);
  g_autoptr (CliRun) beyond = cli_run ("explain", idx, "--index", "10", NULL);
  g_autoptr (JsonObject) report = NULL;

  cli_assert_ok (first);
  cli_assert_ok (third);
  g_assert_cmpstr (first->out, !=, third->out);
  cli_assert_ok (picture);
  report = cli_json (picture->out);
  check_report (report, "lime", FALSE);
  cli_assert_error (beyond, 1, "10 samples");
}

static void
test_picture (void)
{
  g_autofree char *seven = sample ("digit-7.inkml");
  const char *png = cli_path ("explained.png"), *svg = cli_path ("explained.svg");
  g_autoptr (CliRun) as_png = cli_run ("explain", seven, "--out", png, NULL);
  g_autoptr (CliRun) as_svg =
      cli_run ("explain", seven, "--method", "occlusion", "--patch", "5", "--out", svg, NULL);
  g_autofree char *first = NULL, *second = NULL;
  gsize length;

  cli_assert_ok (as_png);
  cli_read (png, &first, &length);
  g_assert_cmpmem (first, 4, "\x89PNG", 4);
  cli_assert_ok (as_svg);
  cli_read (svg, &second, &length);
  g_assert_nonnull (g_strstr_len (second, (gssize) length, "<svg"));
}

static void
test_errors (void)
{
  g_autofree char *seven = sample ("digit-7.inkml");
  const char *idx = cli_make_idx ("explain-idx", 20, 10);
  g_autoptr (CliRun) nothing = cli_run ("explain", NULL);
  g_autoptr (CliRun) method = cli_run ("explain", seven, "--method", "magic", NULL);
  g_autoptr (CliRun) target = cli_run ("explain", seven, "--target", "12", NULL);
  g_autoptr (CliRun) itself = cli_run ("explain", seven, "--target", "3", "--against", "3", NULL);
  g_autoptr (CliRun) baseline = cli_run ("explain", seven, "--baseline", "black", NULL);
  g_autoptr (CliRun) patch = cli_run ("explain", seven, "--patch", "10", NULL);
  g_autoptr (CliRun) out = cli_run ("explain", seven, "--out", "picture.gif", NULL);
  g_autoptr (CliRun) every =
      cli_run ("explain", seven, "--method", "all", "--out", "picture.png", NULL);
  g_autoptr (CliRun) strokes = cli_run ("explain", idx, "--method", "shapley", NULL);
  g_autoptr (CliRun) missing = cli_run ("explain", cli_path ("missing.png"), NULL);

  cli_assert_error (nothing, 2, "one file");
  cli_assert_error (method, 2, "integrated-gradients");
  cli_assert_error (target, 2, "0 to 9");
  cli_assert_error (itself, 1, "itself");
  cli_assert_error (baseline, 2, "mean");
  cli_assert_error (patch, 1, "1 to 9");
  cli_assert_error (out, 2, ".png");
  cli_assert_error (every, 2, "one method");
  cli_assert_error (strokes, 1, "strokes");
  cli_assert_error (missing, 1, "missing.png");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/explain/all", test_all);
  g_test_add_func ("/cli/explain/question", test_question);
  g_test_add_func ("/cli/explain/text", test_text);
  g_test_add_func ("/cli/explain/index", test_index);
  g_test_add_func ("/cli/explain/picture", test_picture);
  g_test_add_func ("/cli/explain/errors", test_errors);
  return cli_fixture_end ();
}
