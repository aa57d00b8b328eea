/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const verbs[] = { "recognize",   "evaluate", "train",   "calibrate", "novelty",
                                     "model",       "generate", "bench",   "project",   "explain",
                                     "handwriting", "protect",  "compress" };

static void
test_help (void)
{
  g_autoptr (CliRun) all = cli_run ("--help", NULL);

  cli_assert_ok (all);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliRun) one = cli_run (verbs[i], "--help", NULL);
      g_autoptr (CliRun) brief = cli_run (verbs[i], "-h", NULL);
      g_autofree char *usage = g_strdup_printf ("numeral-cli %s ", verbs[i]);

      g_assert_nonnull (strstr (all->out, verbs[i]));
      cli_assert_ok (one);
      g_assert_nonnull (strstr (one->out, usage));
      g_assert_nonnull (strstr (one->out, "--version"));
      cli_assert_ok (brief);
      g_assert_cmpstr (brief->out, ==, one->out);
    }
}

static void
test_version (void)
{
  g_autoptr (CliRun) all = cli_run ("--version", NULL);
  g_autofree char *expected = g_strdup_printf ("numeral-cli %s\n", g_getenv ("NUMERAL_VERSION"));

  cli_assert_ok (all);
  g_assert_cmpstr (all->out, ==, expected);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliRun) one = cli_run (verbs[i], "--version", NULL);

      cli_assert_ok (one);
      g_assert_cmpstr (one->out, ==, expected);
    }
}

typedef struct
{
  const char *words[8];
  const char *says;
} Wrong;

static const Wrong wrong[] = {
  { { NULL }, "no verb" },
  { { "frobnicate" }, "unknown verb \"frobnicate\"" },
  { { "--frobnicate" }, "unknown option \"--frobnicate\"" },
  { { "recognise\nme" }, "unknown verb \"recognise me\"" },
  { { "recognize" }, "no file" },
  { { "recognize", "--frobnicate", "a.png" }, "--frobnicate" },
  { { "recognize", "--model" }, "--model" },
  { { "evaluate" }, "exactly one data set" },
  { { "evaluate", "a", "b" }, "exactly one data set" },
  { { "evaluate", "a", "--split", "both" }, "--split" },
  { { "evaluate", "a", "--writers", "5,x" }, "\"x\"" },
  { { "evaluate", "a", "--writers", "" }, "--writers" },
  { { "evaluate", "a", "--writers", "5,-1" }, "\"-1\"" },
  { { "train", "--out", "m" }, "no data set" },
  { { "train", "a" }, "--out" },
  { { "train", "a", "--out", "" }, "--out" },
  { { "train", "a", "--out", "m", "--hidden", "12,," }, "whole number" },
  { { "train", "a", "--out", "m", "--hidden", "0" }, "Hidden Layers" },
  { { "train", "a", "--out", "m", "--hidden", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1" }, "at most 16" },
  { { "train", "a", "--out", "m", "--hidden", "65537" }, "65536" },
  { { "train", "a", "--out", "m", "--activation", "step" }, "step" },
  { { "train", "a", "--out", "m", "--init", "ones" }, "ones" },
  { { "train", "a", "--out", "m", "--loss", "hinge" }, "hinge" },
  { { "train", "a", "--out", "m", "--optimizer", "lbfgs" }, "lbfgs" },
  { { "train", "a", "--out", "m", "--schedule", "linear" }, "linear" },
  { { "train", "a", "--out", "m", "--learning-rate", "0" }, "Learning Rate" },
  { { "train", "a", "--out", "m", "--learning-rate", "nan" }, "Learning Rate" },
  { { "train", "a", "--out", "m", "--learning-rate", "quick" }, "quick" },
  { { "train", "a", "--out", "m", "--momentum", "1" }, "Momentum" },
  { { "train", "a", "--out", "m", "--beta1", "1" }, "Beta 1" },
  { { "train", "a", "--out", "m", "--beta2", "-0.1" }, "Beta 2" },
  { { "train", "a", "--out", "m", "--epsilon", "0" }, "Epsilon" },
  { { "train", "a", "--out", "m", "--weight-decay", "-1" }, "Weight Decay" },
  { { "train", "a", "--out", "m", "--dropout", "1" }, "Dropout" },
  { { "train", "a", "--out", "m", "--label-smoothing", "inf" }, "Label Smoothing" },
  { { "train", "a", "--out", "m", "--step-epochs", "0" }, "Decay Interval" },
  { { "train", "a", "--out", "m", "--step-factor", "0" }, "Decay Factor" },
  { { "train", "a", "--out", "m", "--warmup", "-1" }, "Warm-up" },
  { { "train", "a", "--out", "m", "--batch-size", "0" }, "Minibatch Size" },
  { { "train", "a", "--out", "m", "--batch-size", "-5" }, "--batch-size" },
  { { "train", "a", "--out", "m", "--epochs", "0" }, "Epochs" },
  { { "train", "a", "--out", "m", "--epochs", "99999999999" }, "99999999999" },
  { { "train", "a", "--out", "m", "--seed", "-1" }, "seed" },
  { { "train", "a", "--out", "m", "--seed", "18446744073709551616" }, "seed" },
  { { "train", "a", "--out", "m", "--threads", "257" }, "Threads" },
  { { "train", "a", "--out", "m", "--patience", "-1" }, "--patience" },
  { { "train", "a", "--out", "m", "--validation", "1" }, "Validation" },
  { { "train", "a", "--out", "m", "--validation-writers", "one" }, "\"one\"" },
  { { "train", "a:0", "--out", "m" }, "1 to 1000 times" },
  { { "train", "a:1001", "--out", "m" }, "1 to 1000 times" },
  { { "model", "a", "b" }, "one model file" },
  { { "model", "--split", "a" }, "--split" },
  { { "compress", "--int8", "--out", "a.safetensors" }, "exactly one model" },
  { { "compress", "m", "--int8" }, "--out" },
  { { "compress", "m", "--out", "a.safetensors" }, "--int8" },
  { { "compress", "m", "--int8", "--out", "a.onnx" }, "safetensors" },
  { { "compress", "m", "n", "--int8", "--out", "a.safetensors" }, "exactly one model" },
  { { "compress", "m", "--prune", "1", "--out", "a.safetensors" }, "--prune" },
  { { "compress", "m", "--units", "-2", "--out", "a.safetensors" }, "--units" },
  { { "compress", "m", "--distil", "12,x", "--out", "a.safetensors" }, "\"x\"" },
  { { "compress", "m", "--distil", "28x28-conv5x5-10", "--out", "a" }, "conv5x5" },
  { { "compress", "m", "--distil", "28x28-conv5x5x4-pool40-10", "--out", "a" }, "--distil" },
  { { "compress", "m", "--prune", "0.5", "--epochs", "-3", "--out", "a" }, "--epochs" },
  { { "compress", "m", "--int8", "--out", "a.safetensors", "--validation", "1" }, "--validation" },
  { { "bench", "a" }, "no argument" },
  { { "handwriting" }, "say what to do" },
  { { "handwriting", "show" }, "none of list" },
  { { "handwriting", "list", "3" }, "arguments" },
  { { "handwriting", "relabel", "3" }, "ID DIGIT" },
  { { "handwriting", "add", "a.inkml" }, "--label is missing" },
  { { "handwriting", "count", "--label", "3" }, "takes no --label" },
  { { "handwriting", "list", "--label", "12" }, "12" },
  { { "handwriting", "delete", "1", "--json" }, "takes no --json" },
  { { "handwriting", "count", "--out", "a" }, "takes none of --out" },
  { { "handwriting", "export" }, "--out is missing" },
  { { "handwriting", "export", "--out", "a", "--format", "gif" }, "gif" },
  { { "bench", "--seconds", "-1" }, "--seconds" },
  { { "bench", "--seconds", "nan" }, "--seconds" },
  { { "bench", "--images", "0" }, "--images" },
  { { "bench", "--augment", "heavy" }, "heavy" },
  { { "bench", "--network", "784-swish-10" }, "swish" },
  { { "bench", "--network", "784-20-10", "--hidden", "20" }, "--hidden and --network" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CliRun) run = cli_runv (wrong[i].words);

      g_test_message ("row %u: %s", i, run->err);
      cli_assert_error (run, 2, wrong[i].says);
    }
}

/* After "--" every argument is a file, even if it begins with "-". */
static void
test_dashes (void)
{
  g_autoptr (CliRun) run = cli_run ("recognize", "--", "--json", NULL);

  cli_assert_error (run, 1, "--json");
}

static void
test_closed_output (void)
{
  g_autoptr (CliRun) out = cli_run_shell ("exec \"$CLI\" --help >&-");
  g_autoptr (CliRun) all = cli_run_shell ("exec \"$CLI\" model --json <&- 2>&- >&-");

  cli_assert_error (out, 1, "cannot write to the standard output");
  g_assert_cmpint (all->status, ==, 1);
}

static void
test_full_output (void)
{
  g_autoptr (CliRun) run = NULL;

  if (access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  run = cli_run_shell ("exec \"$CLI\" model --json >/dev/full");
  cli_assert_error (run, 1, "cannot write to the standard output");
}

/* A closed pipe is not an error to report. */
static void
test_broken_pipe (void)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  close (fds[0]);
  g_subprocess_launcher_take_stdout_fd (launcher, fds[1]);
  process = cli_spawn (launcher, "model", "--json", NULL);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/version", test_version);
  g_test_add_func ("/cli/usage/wrong", test_wrong);
  g_test_add_func ("/cli/usage/dashes", test_dashes);
  g_test_add_func ("/cli/usage/closed-output", test_closed_output);
  g_test_add_func ("/cli/usage/full-output", test_full_output);
  g_test_add_func ("/cli/usage/broken-pipe", test_broken_pipe);
  return cli_fixture_end ();
}
