/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

/* One's own handwriting, of a person who has none yet: each test continues where the one before
 * it ended. */

static void
assert_count (double n, guint digit, guint n_of_digit, double n_corrected)
{
  g_autoptr (CliRun) run = cli_run ("handwriting", "count", "--json", NULL);
  g_autoptr (JsonObject) counts = NULL;

  cli_assert_ok (run);
  counts = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (counts, "count"), ==, n);
  g_assert_cmpfloat (cli_json_number (counts, "corrected"), ==, n_corrected);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (counts, "digits"),
                                               digit),
                   ==, n_of_digit);
}

static void
test_empty (void)
{
  g_autoptr (CliRun) list = cli_run ("handwriting", "list", NULL);
  g_autoptr (CliRun) export = cli_run ("handwriting", "export", "--out", cli_path ("none"), NULL);
  g_autoptr (CliRun) evaluate = cli_run ("evaluate", "handwriting", NULL);
  g_autoptr (CliRun) train =
      cli_run ("train", "handwriting", "--out", cli_path ("none.safetensors"), NULL);

  cli_assert_ok (list);
  g_assert_cmpstr (list->out, ==, "");
  assert_count (0, 0, 0, 0);
  cli_assert_error (export, 1, "nothing of your handwriting");
  cli_assert_error (evaluate, 1, "not kept any digits");
  cli_assert_error (train, 1, "not kept any digits");
  g_assert_false (g_file_test (cli_path ("none"), G_FILE_TEST_EXISTS));
}

/* 10 digits of 2 writers, 3 each, and one drawing that is no digit. */
static void
test_add (void)
{
  const char *pen = cli_make_unipen ("own.dat", 2, 3, 5);
  const char *drawing = cli_write ("drawing.inkml",
                                   "<ink xmlns=\"http://www.w3.org/2003/InkML\"><trace>1 2, 30 40, "
                                   "50 1</trace></ink>",
                                   -1);
  g_autoptr (CliRun) import = cli_run ("handwriting", "import", pen, NULL);
  g_autoptr (CliRun) unlabelled = cli_run ("handwriting", "import", drawing, NULL);
  g_autoptr (CliRun) add = cli_run ("handwriting", "add", "--label", "none", drawing, NULL);
  g_autoptr (CliRun) list = cli_run ("handwriting", "list", "--json", "--label", "4", NULL);
  g_autoptr (CliRun) newest = cli_run ("handwriting", "list", NULL);
  g_autoptr (GPtrArray) fours = NULL;

  cli_assert_ok (import);
  g_assert_nonnull (strstr (import->out, "60 added, 0 left out"));
  cli_assert_error (unlabelled, 1, "no ink with a label");
  cli_assert_ok (add);
  assert_count (61, 4, 6, 0);
  cli_assert_ok (list);
  fours = cli_json_lines (list->out);
  g_assert_cmpuint (fours->len, ==, 6);
  for (guint i = 0; i < fours->len; i++)
    {
      JsonObject *four = g_ptr_array_index (fours, i);

      g_assert_cmpfloat (cli_json_number (four, "label"), ==, 4);
      g_assert_cmpfloat (cli_json_number (four, "strokes"), >=, 1);
      g_assert_false (json_object_get_boolean_member (four, "corrected"));
      g_assert_false (json_object_has_member (four, "read"));
    }
  cli_assert_ok (newest);
  g_assert_true (g_str_has_prefix (newest->out, "    61  "));
  g_assert_nonnull (strstr (newest->out, "none"));
}

static void
test_change (void)
{
  g_autoptr (CliRun) relabel = cli_run ("handwriting", "relabel", "1", "9", NULL);
  g_autoptr (CliRun) missing = cli_run ("handwriting", "relabel", "99", "9", NULL);
  g_autoptr (CliRun) letter = cli_run ("handwriting", "relabel", "1", "x", NULL);
  g_autoptr (CliRun) zero = cli_run ("handwriting", "delete", "0", NULL);
  g_autoptr (CliRun) half = cli_run ("handwriting", "delete", "2", "99", NULL);
  g_autoptr (CliRun) delete = NULL;

  cli_assert_ok (relabel);
  cli_assert_error (missing, 1, "99");
  cli_assert_error (letter, 1, "neither a digit");
  cli_assert_error (zero, 1, "0");
  cli_assert_error (half, 1, "99");
  assert_count (61, 9, 7, 1);
  delete = cli_run ("handwriting", "delete", "1", NULL);
  cli_assert_ok (delete);
  g_assert_cmpstr (delete->out, ==, "1 deleted\n");
  assert_count (60, 9, 6, 0);
}

/* The digits that an export holds, in the order of its file. */
static char *
read_unipen (const char *name)
{
  char *text;
  gsize length;

  cli_read (cli_path (name), &text, &length);
  return text;
}

/* The pen digits have times, places and sizes of their own; the anonymous export has none, another
 * order each time, and as many digits, which are read as before. */
static void
test_anonymous (void)
{
  static const char *const formats[] = { "inkml", "png", "idx", "unipen" };
  g_autoptr (CliRun) again = NULL, wrong = NULL;
  g_autofree char *first = NULL, *second = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strdup_printf ("anonymous-%s", formats[i]);
      const char *out = cli_path (name);
      g_autoptr (CliRun) export = cli_run ("handwriting", "export", "--anonymous", "--format",
                                           formats[i], "--out", out, NULL);
      g_autoptr (CliRun) evaluate = NULL;

      cli_assert_ok (export);
      g_assert_nonnull (
          strstr (export->out, i == 0 ? "60 written, 0 left out" : "59 written, 1 left out"));
      evaluate = cli_run ("evaluate", out, "--split", "train", "--json", NULL);
      g_assert_cmpint (evaluate->status, ==, 0);
      g_assert_nonnull (strstr (evaluate->out, "\"count\":59"));
    }
  again = cli_run ("handwriting", "export", "--anonymous", "--format", "unipen", "--out",
                   cli_path ("anonymous-again"), NULL);
  cli_assert_ok (again);
  first = read_unipen ("anonymous-unipen");
  second = read_unipen ("anonymous-again");
  g_assert_true (g_str_has_prefix (first, ".VERSION 1.0\n.COORD X Y\n.SEGMENT DIGIT"));
  g_assert_cmpuint (strlen (first), ==, strlen (second));
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_file_test (cli_path ("anonymous-inkml/00000001.inkml"), G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (cli_path ("anonymous-inkml/00000061.inkml"), G_FILE_TEST_EXISTS));
  wrong = cli_run ("handwriting", "list", "--anonymous", NULL);
  cli_assert_error (wrong, 2, "--anonymous");
}

/* Each format is read by the other verbs, and what can be imported gives as many. */
static void
test_export (void)
{
  static const char *const formats[] = { "inkml", "png", "idx", "unipen" };
  g_autoptr (CliRun) picture = NULL, full = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strdup_printf ("out-%s", formats[i]);
      const char *out = cli_path (name);
      g_autoptr (CliRun) export =
          cli_run ("handwriting", "export", "--format", formats[i], "--out", out, NULL);
      g_autoptr (CliRun) evaluate = NULL;

      cli_assert_ok (export);
      g_assert_nonnull (
          strstr (export->out, i == 0 ? "60 written, 0 left out" : "59 written, 1 left out"));
      evaluate = cli_run ("evaluate", out, "--split", "train", "--json", NULL);
      g_assert_cmpint (evaluate->status, ==, 0);
      g_assert_nonnull (strstr (evaluate->out, "\"count\":59"));
    }
  picture = cli_run ("handwriting", "import", cli_path ("out-png/4"), NULL);
  cli_assert_error (picture, 1, "no ink with a label");
  full = cli_run ("handwriting", "export", "--out", cli_path ("out-inkml"), NULL);
  cli_assert_error (full, 1, "empty folder");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CliRun) import =
          cli_run ("handwriting", "import", cli_path (i == 0 ? "out-inkml" : "out-unipen"), NULL);

      cli_assert_ok (import);
    }
  assert_count (60 + 60 + 59, 4, 3 * 6, 0);
}

/* Training and measuring on it. */
static void
test_data_set (void)
{
  const char *model = cli_path ("own.safetensors");
  g_autoptr (CliRun) train =
      cli_run ("train", "handwriting", "--epochs", "1", "--out", model, "--quiet", NULL);
  g_autoptr (CliRun) more = cli_run ("train", "handwriting:2", "generated:200", "--epochs", "1",
                                     "--out", cli_path ("more.safetensors"), "--quiet", NULL);
  g_autoptr (CliRun) evaluate =
      cli_run ("evaluate", "handwriting", "--model", model, "--json", NULL);
  g_autoptr (JsonObject) result = NULL;

  g_assert_cmpint (train->status, ==, 0);
  g_assert_cmpint (more->status, ==, 0);
  cli_assert_ok (evaluate);
  result = cli_json (evaluate->out);
  g_assert_cmpfloat (cli_json_number (result, "count"), ==, 177);
}

static void
test_damaged (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("XDG_DATA_HOME"), "numeral", "handwriting",
                                            "handwriting.db", NULL);
  g_autoptr (CliRun) run = NULL;

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  cli_write ("home/numeral/handwriting/handwriting.db", "no database", -1);
  run = cli_run ("handwriting", "list", NULL);
  cli_assert_error (run, 1, "damaged");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_setenv ("XDG_DATA_HOME", cli_path ("home"), TRUE);
  g_test_add_func ("/cli/handwriting/empty", test_empty);
  g_test_add_func ("/cli/handwriting/add", test_add);
  g_test_add_func ("/cli/handwriting/change", test_change);
  g_test_add_func ("/cli/handwriting/anonymous", test_anonymous);
  g_test_add_func ("/cli/handwriting/export", test_export);
  g_test_add_func ("/cli/handwriting/data-set", test_data_set);
  g_test_add_func ("/cli/handwriting/damaged", test_damaged);
  return cli_fixture_end ();
}
