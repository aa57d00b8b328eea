/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

/* A row of TensorFlow Privacy's table for MNIST, and the noise found back from its epsilon. */
static void
test_epsilon (void)
{
  g_autoptr (CliRun) run = cli_run ("privacy", "--samples", "60000", "--batch", "256", "--noise",
                                    "1.12", "--epochs", "60", "--delta", "1e-5", "--json", NULL);
  g_autoptr (CliRun) back = cli_run ("privacy", "--samples", "60000", "--batch", "256", "--epochs",
                                     "60", "--epsilon", "2.9223", "--json", NULL);
  g_autoptr (JsonObject) report = NULL, found = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat_with_epsilon (cli_json_number (report, "epsilon"), 2.92, 0.03);
  g_assert_cmpfloat (cli_json_number (report, "epsilon_tight"), <,
                     cli_json_number (report, "epsilon"));
  g_assert_cmpfloat (cli_json_number (report, "steps"), ==, 14063);
  cli_assert_ok (back);
  found = cli_json (back->out);
  g_assert_cmpfloat_with_epsilon (cli_json_number (found, "noise"), 1.12, 1e-3);
}

static void
test_text (void)
{
  g_autoptr (CliRun) run = cli_run ("privacy", "--samples", "60000", "--batch", "256", "--noise",
                                    "1.2", "--epochs", "10", NULL);

  cli_assert_ok (run);
  g_assert_true (g_str_has_prefix (run->out, "epsilon    1.198"));
}

static void
test_refused (void)
{
  static const char *const bad[][2] = {
    { "--batch=0", "--batch must be" },
    { "--batch=60001", "--batch must be" },
    { "--noise=0", "--noise must be" },
    { "--noise=nan", "one of --noise" },
    { "--epsilon=1", "one of --noise" },
    { "--epochs=-1", "--epochs must be" },
    { "--delta=1", "--delta must be" },
    { "--samples=inf", "--samples must be" },
    { "--samples=x", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliRun) run = cli_run ("privacy", "--samples=60000", "--batch=256", "--noise=1",
                                        "--epochs=1", bad[i][0], NULL);

      cli_assert_error (run, 2, bad[i][1]);
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/privacy/epsilon", test_epsilon);
  g_test_add_func ("/cli/privacy/text", test_text);
  g_test_add_func ("/cli/privacy/refused", test_refused);
  return cli_fixture_end ();
}
