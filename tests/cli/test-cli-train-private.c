/* SPDX-License-Identifier: GPL-3.0-or-later */

/* numeral-cli train --dp-noise */

#include <math.h>
#include <string.h>

#include "cli-fixture.h"

/* The summary, the card and the log say what was spent, as the verb privacy does; another run has
 * other noise. */
static void
test_spent (void)
{
  const char *idx = cli_make_idx ("private", 400, 100), *out = cli_path ("private.safetensors");
  const char *log = cli_path ("private.jsonl");
  const char *const command[] = {
    "train",      idx,     "--dp-noise",   "1.1",    "--dp-clip", "0.5",
    "--dp-delta", "0.001", "--batch-size", "40",     "--hidden",  "16",
    "--epochs",   "3",     "--validation", "0",      "--log",     log,
    "--out",      out,     "--quiet",      "--json", NULL
  };
  g_autoptr (CliRun) run = cli_runv (command);
  g_autoptr (CliRun) told = cli_run ("privacy", "--samples", "400", "--batch", "40", "--noise",
                                     "1.1", "--epochs", "3", "--delta", "0.001", "--json", NULL);
  g_autoptr (CliRun) again = NULL;
  g_autoptr (JsonObject) said = NULL, spent = NULL, card = NULL;
  g_autofree char *lines = NULL, *first = NULL, *second = NULL;
  gsize length, first_length, second_length;

  cli_assert_ok (run);
  cli_assert_ok (told);
  said = cli_json (run->out);
  spent = cli_json (told->out);
  g_assert_cmpfloat (cli_json_number (said, "epsilon"), ==, cli_json_number (spent, "epsilon"));
  g_assert_cmpfloat (cli_json_number (said, "epsilon_tight"), ==,
                     cli_json_number (spent, "epsilon_tight"));
  card = cli_metadata (out);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (json_object_get_string_member (card,
                                                                                 "privacy_epsilon"),
                                                  NULL),
                                  cli_json_number (spent, "epsilon"), 1e-6);
  g_assert_nonnull (
      strstr (json_object_get_string_member (card, "settings"), "--dp-noise 1.1 --dp-clip 0.5"));
  cli_read (log, &lines, &length);
  g_assert_nonnull (strstr (lines, "\"epsilon\":"));

  cli_read (out, &first, &first_length);
  again = cli_runv (command);
  cli_assert_ok (again);
  cli_read (out, &second, &second_length);
  g_assert_false (first_length == second_length && memcmp (first, second, first_length) == 0);
}

/* A run that is not private says nothing of it. */
static void
test_without (void)
{
  const char *idx = cli_make_idx ("public", 100, 20), *out = cli_path ("public.safetensors");
  g_autoptr (CliRun) run = cli_run ("train", idx, "--hidden", "8", "--epochs", "1", "--out", out,
                                    "--quiet", "--json", NULL);
  g_autoptr (JsonObject) said = NULL, card = NULL;

  cli_assert_ok (run);
  said = cli_json (run->out);
  g_assert_false (json_object_has_member (said, "epsilon"));
  card = cli_metadata (out);
  g_assert_false (json_object_has_member (card, "privacy_epsilon"));
  g_assert_null (strstr (json_object_get_string_member (card, "settings"), "--dp"));
}

/* The budget ends the run, or the run does not begin; what would look at the samples is refused. */
static void
test_budget (void)
{
  const char *idx = cli_make_idx ("budget", 400, 100), *out = cli_path ("budget.safetensors");
  g_autoptr (CliRun) run = cli_run ("train", idx, "--dp-noise", "2", "--dp-epsilon", "6",
                                    "--batch-size", "40", "--hidden", "8", "--epochs", "500",
                                    "--validation", "0", "--out", out, "--quiet", "--json", NULL);
  g_autoptr (CliRun) none = cli_run ("train", idx, "--dp-noise", "2", "--dp-epsilon", "0.1",
                                     "--out", cli_path ("none.safetensors"), "--quiet", NULL);
  g_autoptr (CliRun) balanced = cli_run ("train", idx, "--dp-noise", "2", "--balance", "oversample",
                                         "--out", cli_path ("none.safetensors"), "--quiet", NULL);
  g_autoptr (JsonObject) said = NULL;

  cli_assert_ok (run);
  said = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (said, "stopped"), ==, "finished");
  g_assert_cmpfloat (cli_json_number (said, "epsilon"), <=, 6);
  g_assert_cmpfloat (cli_json_number (said, "epsilon"), >, 5);
  g_assert_cmpfloat (cli_json_number (said, "epochs"), <, 500);
  cli_assert_error (none, 1, "epsilon of 0.1");
  cli_assert_error (balanced, 2, "class balancing counts the classes");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/train-private/spent", test_spent);
  g_test_add_func ("/cli/train-private/without", test_without);
  g_test_add_func ("/cli/train-private/budget", test_budget);
  return cli_fixture_end ();
}
