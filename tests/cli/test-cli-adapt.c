/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

/* The digits of three writers who lean more than those that the model learned from, and a small
 * data set that stands for MNIST. */
static const char *ink, *everybody;

static double
figure (JsonObject *report, const char *time, const char *kind, const char *member)
{
  JsonObject *figures = json_object_get_object_member (report, time);

  return cli_json_number (json_object_get_object_member (figures, kind), member);
}

/* Where MNIST is not found, everybody's digits are generated. The same seed gives the same model,
 * and its card tells where it is from. */
static void
test_one (void)
{
  const char *model = cli_make_model ();
  const char *a = cli_path ("a.safetensors"), *b = cli_path ("b.safetensors");
  g_autoptr (CliRun) run = cli_run ("adapt", model, "--samples", ink, "--per-class", "4", "--seed",
                                    "3", "--json", "--out", a, NULL);
  g_autoptr (CliRun) again = cli_run ("adapt", model, "--samples", ink, "--per-class", "4",
                                      "--seed", "3", "--out", b, NULL);
  g_autoptr (JsonObject) report = NULL, card = NULL;
  g_autofree char *bytes = NULL, *same = NULL;
  gsize size, same_size;

  cli_assert_ok (run);
  cli_assert_ok (again);
  report = cli_json (run->out);
  g_assert_true (json_object_get_boolean_member (report, "keep"));
  g_assert_cmpstr (json_object_get_string_member (report, "verdict"), ==, "better");
  g_assert_cmpstr (json_object_get_string_member (report, "everybody"), ==, "generated");
  g_assert_cmpfloat (cli_json_number (report, "samples"), ==, 40);
  g_assert_cmpfloat (figure (report, "before", "own", "samples"), ==, 40);
  g_assert_cmpfloat (figure (report, "before", "tested", "samples"), ==, 80);
  g_assert_cmpfloat (figure (report, "after", "own", "loss"), <,
                     figure (report, "before", "own", "loss"));
  g_assert_cmpfloat (figure (report, "after", "tested", "loss"), <,
                     figure (report, "before", "tested", "loss"));
  g_assert_nonnull (strstr (again->out, "kept"));
  cli_read (a, &bytes, &size);
  cli_read (b, &same, &same_size);
  g_assert_cmpmem (bytes, size, same, same_size);
  card = cli_metadata (a);
  g_assert_cmpstr (json_object_get_string_member (card, "adapted_from"), ==, "digits.safetensors");
  g_assert_cmpstr (json_object_get_string_member (card, "adapted_samples"), ==, "40");
  g_assert_cmpstr (json_object_get_string_member (card, "adapted_seed"), ==, "3");
}

/* Every writer by itself, beside a data set. */
static void
test_writers (void)
{
  const char *model = cli_make_model ();
  g_autofree char *begin =
      g_strdup_printf ("NUMERAL_DATA_DIR='%s' \"$CLI\" adapt '%s' --samples '%s'", everybody, model,
                       ink);
  g_autofree char *two = g_strdup_printf ("%s --writers 2 --json", begin);
  g_autofree char *one = g_strdup_printf ("%s --writers 1 --per-class 2 --out '%s'", begin,
                                          cli_path ("writer.safetensors"));
  g_autoptr (CliRun) run = cli_run_shell (two), text = cli_run_shell (one);
  g_autoptr (JsonObject) report = NULL;
  JsonArray *writers;

  cli_assert_ok (run);
  cli_assert_ok (text);
  report = cli_json (run->out);
  writers = json_object_get_array_member (report, "writers");
  g_assert_cmpuint (json_array_get_length (writers), ==, 2);
  g_assert_cmpfloat (cli_json_number (json_array_get_object_element (writers, 0), "writer"), <,
                     cli_json_number (json_array_get_object_element (writers, 1), "writer"));
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *writer = json_array_get_object_element (writers, i);

      g_assert_cmpfloat (cli_json_number (writer, "samples"), ==, 30);
      g_assert_cmpfloat (figure (writer, "before", "tested", "samples"), ==, 10);
      g_assert_cmpfloat (figure (writer, "before", "everybody", "samples"), ==, 60);
    }
  g_assert_cmpstr (json_object_get_string_member (report, "everybody"), ==, "mnist");
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (report, "before"), "lowest"),
                     <=, figure (report, "before", "tested", "accuracy"));
  g_assert_nonnull (strstr (text->out, "lowest of the writers"));
  g_assert_true (g_file_test (cli_path ("writer.safetensors"), G_FILE_TEST_EXISTS));
}

static void
test_errors (void)
{
  const char *model = cli_make_model (), *out = cli_path ("never.safetensors");
  const char *few = cli_path ("few.unipen");
  const char *idx = cli_make_idx ("pictures", 20, 10);
  const struct
  {
    const char *words[9];
    int status;
    const char *says;
  } rows[] = {
    { { "adapt", "--out", out, NULL }, 2, "--samples" },
    { { "adapt", "--samples", ink, NULL }, 2, "--out" },
    { { "adapt", "a", "b", "--samples", ink, "--out", out, NULL }, 2, "one model" },
    { { "adapt", "--samples", ink, "--out", out, "--writers", "0", NULL }, 2, "--writers" },
    { { "adapt", "--samples", ink, "--out", out, "--per-class", "0", NULL }, 2, "--per-class" },
    { { "adapt", "--samples", ink, "--out", out, "--seed", "x", NULL }, 2, "--seed" },
    { { "adapt", model, "--samples", "no-data", "--out", out, NULL }, 1, "no-data" },
    { { "adapt", "no-model", "--samples", ink, "--out", out, NULL }, 1, "no-model" },
    { { "adapt", model, "--samples", few, "--out", out, NULL }, 1, "too few samples" },
    { { "adapt", model, "--samples", ink, "--writers", "4", NULL }, 1, "3 writers" },
    { { "adapt", model, "--samples", idx, "--writers", "1", NULL }, 1, "name its writers" },
  };

  cli_write ("few.unipen", ".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n 1 1\n 1 90\n.PEN_UP\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CliRun) run = cli_runv (rows[i].words);

      cli_assert_error (run, rows[i].status, rows[i].says);
    }
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_setenv ("NUMERAL_DATA_DIR", cli_path ("nowhere"), TRUE);
  ink = cli_make_unipen ("hands.unipen", 3, 4, 77);
  everybody = cli_make_idx ("everybody", 120, 10);
  g_test_add_func ("/cli/adapt/one", test_one);
  g_test_add_func ("/cli/adapt/writers", test_writers);
  g_test_add_func ("/cli/adapt/errors", test_errors);
  return cli_fixture_end ();
}
