/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* Starts a training without end, and waits until its log shows the first minibatch. */
static GSubprocess *
start_training (const char *out, const char *log)
{
  g_autoptr (GSubprocessLauncher) launcher =
      cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  GSubprocess *process;
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  GStatBuf status;

  g_remove (log);
  process = cli_spawn (launcher, "train", cli_make_csv (), "--out", out, "--log", log, "--quiet",
                       "--json", "--hidden", "256,256", "--epochs", "1000000", "--batch-size", "4",
                       "--threads", "1", NULL);
  while (g_stat (log, &status) != 0 || status.st_size < 4000)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (2000);
    }
  return process;
}

static JsonObject *
finish (GSubprocess *process)
{
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return cli_json (out);
}

static void
test_stops_cleanly (gconstpointer data)
{
  const char *out = cli_path ("interrupted.safetensors"), *log = cli_path ("interrupted.jsonl");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) summary = NULL, report = NULL;
  g_autoptr (CliRun) measured = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  JsonObject *validation;
  double best = G_MAXDOUBLE;
  gsize length;

  g_remove (out);
  process = start_training (out, log);
  g_subprocess_send_signal (process, GPOINTER_TO_INT (data));
  summary = finish (process);
  g_assert_cmpstr (json_object_get_string_member (summary, "stopped"), ==, "interrupted");

  /* Every line of the log is complete, and the model is at least as good as that of every epoch. */
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);

      if (json_object_has_member (line, "validation_loss"))
        best = MIN (best, cli_json_number (line, "validation_loss"));
    }
  validation = json_object_get_object_member (summary, "validation");
  g_assert_cmpfloat (cli_json_number (validation, "loss"), <=, best + 1e-5);
  measured = cli_run ("evaluate", cli_make_csv (), "--model", out, "--json", NULL);
  cli_assert_ok (measured);
  report = cli_json (measured->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 100);
}

/* A second signal, here together with the first, ends the process; the old model file stays
 * intact. */
static void
test_second_signal (void)
{
  const char *out = cli_write ("second.safetensors", "precious", -1);
  g_autoptr (GSubprocess) process = start_training (out, cli_path ("second.jsonl"));
  g_autofree char *kept = NULL;
  gsize length;

  g_subprocess_send_signal (process, SIGSTOP);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_send_signal (process, SIGCONT);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (process));
  cli_read (out, &kept, &length);
  g_assert_cmpstr (kept, ==, "precious");
}

/* nohup ignores SIGHUP: the run continues without its terminal. */
static void
test_ignored_stays_ignored (void)
{
  const char *out = cli_path ("nohup.safetensors");
  g_autofree char *script =
      g_strdup_printf ("trap '' HUP; \"$CLI\" train '%s' --out '%s' --hidden 64 --epochs 40 "
                       "--quiet --json & pid=$!; "
                       "for i in 1 2 3 4 5; do kill -HUP $pid; done; wait $pid",
                       cli_make_csv (), out);
  g_autoptr (CliRun) run = cli_run_shell (script);
  g_autoptr (JsonObject) summary = NULL;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (summary, "stopped"), ==, "finished");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_data_func ("/cli/interrupt/sigint", GINT_TO_POINTER (SIGINT), test_stops_cleanly);
  g_test_add_data_func ("/cli/interrupt/sigterm", GINT_TO_POINTER (SIGTERM), test_stops_cleanly);
  g_test_add_data_func ("/cli/interrupt/sighup", GINT_TO_POINTER (SIGHUP), test_stops_cleanly);
  g_test_add_func ("/cli/interrupt/second-signal", test_second_signal);
  g_test_add_func ("/cli/interrupt/ignored-stays-ignored", test_ignored_stays_ignored);
  return cli_fixture_end ();
}
