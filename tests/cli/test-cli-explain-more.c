/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

/* What explain does besides attributions. */

static char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("NUMERAL_SAMPLES"), name, NULL);
}

static void
test_counterfactual (void)
{
  g_autofree char *ink = sample ("digit-7.inkml");
  g_autoptr (CliRun) run = cli_run ("explain", ink, "--counterfactual", "1", "--json", NULL);
  g_autoptr (JsonObject) report = NULL;
  JsonObject *omission, *first, *last;
  JsonArray *steps;
  guint n_left_out;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "answer"), ==, 7);
  g_assert_cmpfloat (cli_json_number (report, "target"), ==, 1);
  g_assert_cmpfloat (cli_json_number (report, "displacement"), >, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "tensor")), ==,
                    784);
  steps = json_object_get_array_member (report, "steps");
  first = json_array_get_object_element (steps, 0);
  last = json_array_get_object_element (steps, json_array_get_length (steps) - 1);
  g_assert_cmpfloat (cli_json_number (first, "share"), ==, 0);
  g_assert_cmpfloat (cli_json_number (first, "digit"), ==, 7);
  g_assert_cmpfloat (cli_json_number (last, "share"), ==, 1);
  g_assert_cmpfloat (cli_json_number (last, "digit"), ==, 1);
  omission = json_object_get_object_member (report, "omission");
  n_left_out = json_array_get_length (json_object_get_array_member (omission, "left_out"));
  g_assert_cmpuint (n_left_out, >, 0);
  g_assert_cmpfloat (n_left_out, <, cli_json_number (omission, "pieces"));
  g_assert_cmpfloat (cli_json_number (omission, "ink"), <, 1);
}

static void
test_robustness (void)
{
  g_autofree char *ink = sample ("digit-4.inkml");
  g_autoptr (CliRun) run =
      cli_run ("explain", ink, "--robustness", "--map", "width,shift-y", "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("explain", ink, "--robustness", NULL);
  g_autoptr (JsonObject) report = NULL;
  JsonObject *across, *down;
  JsonArray *cells;

  cli_assert_ok (run);
  report = cli_json (run->out);
  across = json_object_get_object_member (report, "across");
  down = json_object_get_object_member (report, "down");
  g_assert_cmpfloat (cli_json_number (report, "answer"), ==, 4);
  g_assert_cmpfloat (cli_json_number (report, "share"), >, 0);
  g_assert_cmpstr (json_object_get_string_member (across, "change"), ==, "width");
  g_assert_cmpstr (json_object_get_string_member (down, "change"), ==, "shift-y");
  cells = json_object_get_array_member (report, "cells");
  g_assert_cmpuint (json_array_get_length (cells), ==,
                    json_array_get_length (json_object_get_array_member (down, "values")));
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (cells, 0)), ==,
                    json_array_get_length (json_object_get_array_member (across, "values")));
  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "read as 4"));
}

/* The nearest sample of the data set that the digit is from is the digit itself. */
static void
test_neighbours (void)
{
  const char *ink = cli_make_unipen ("neighbours.unipen", 2, 3, 4);
  g_autoptr (CliRun) run =
      cli_run ("explain", ink, "--index", "11", "--neighbours", ink, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("explain", ink, "--neighbours", ink, NULL);
  g_autoptr (JsonObject) report = NULL;
  JsonArray *neighbours;
  JsonObject *first;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 60);
  neighbours = json_object_get_array_member (report, "neighbours");
  g_assert_cmpuint (json_array_get_length (neighbours), ==, 8);
  first = json_array_get_object_element (neighbours, 0);
  g_assert_cmpfloat (cli_json_number (first, "index"), ==, 11);
  /* The samples are rounded to 8 bits. */
  g_assert_cmpfloat (cli_json_number (first, "similarity"), >, 0.999);
  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "similarity"));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *options[4];
    const char *says;
    int status;
  } cases[] = {
    { { "--counterfactual", "x" }, "--counterfactual", 2 },
    { { "--counterfactual", "1", "--robustness" }, "do not go together", 2 },
    { { "--robustness", "--method", "lime" }, "do not go together", 2 },
    { { "--map", "size,width" }, "--map goes with --robustness", 2 },
    { { "--robustness", "--map", "size" }, "not \"size\"", 2 },
    { { "--robustness", "--map", "size,size" }, "two different changes", 1 },
    { { "--neighbours", "nowhere" }, "nowhere", 1 },
  };
  g_autofree char *ink = sample ("digit-4.inkml");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *options = cases[i].options;
      const char *const arguments[] = { "explain",  ink,        options[0], options[1],
                                        options[2], options[3], NULL };
      g_autoptr (CliRun) run = cli_runv (arguments);

      cli_assert_error (run, cases[i].status, cases[i].says);
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/explain-more/counterfactual", test_counterfactual);
  g_test_add_func ("/cli/explain-more/robustness", test_robustness);
  g_test_add_func ("/cli/explain-more/neighbours", test_neighbours);
  g_test_add_func ("/cli/explain-more/errors", test_errors);
  return cli_fixture_end ();
}
