/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "download-test.h"
#include "engine-test.h"

static void
test_good (DownloadTest *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "ok",      "norange", "slow-50000", "chunked",
                                            "unsized", "encoded", "redirect" };

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      download_test_assert_ok (fixture, behaviours[i]);
      download_test_start_anew (fixture);
    }
}

static void
test_all_files (DownloadTest *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DownloadRun run = { 0 }, again = { 0 }, damaged = { 0 };

  download_test_run (fixture, "ok", 2, &run, &error);
  g_assert_no_error (error);
  download_test_assert_whole (fixture, BIG, SIZE_BIG);
  download_test_assert_whole (fixture, SMALL, SIZE_SMALL);
  g_assert_cmpuint (run.total, ==, SIZE_BIG + SIZE_SMALL);
  g_assert_cmpuint (run.done, ==, run.total);
  g_assert_cmpuint (run.n_calls, >, 0);
  download_test_assert_log (fixture, "ok " BIG " - -\nok " SMALL " - -\n");

  /* An existing file is not downloaded again. */
  download_test_run (fixture, "ok", 2, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again.done, ==, again.total);
  download_test_assert_log (fixture, "");

  /* A damaged file is downloaded again. */
  download_test_put (fixture, SMALL, fixture->big + 1, SIZE_SMALL);
  download_test_run (fixture, "ok", 2, &damaged, &error);
  g_assert_no_error (error);
  download_test_assert_whole (fixture, SMALL, SIZE_SMALL);
  download_test_assert_log (fixture, "ok " SMALL " - -\n");
}

static void
test_bad (DownloadTest *fixture, gconstpointer data)
{
  /* kept: number of bytes that remain for the next attempt, -1 for no file. */
  static const struct
  {
    const char *behaviour;
    NumeralDownloadError code;
    const char *word;
    gssize kept;
  } cases[] = {
    { "stall-70000", NUMERAL_DOWNLOAD_ERROR_STALLED, "sent nothing for 0.7 s", 70000 },
    { "stall-0", NUMERAL_DOWNLOAD_ERROR_STALLED, "Try again", -1 },
    { "silent", NUMERAL_DOWNLOAD_ERROR_STALLED, "sent nothing", -1 },
    { "drip", NUMERAL_DOWNLOAD_ERROR_STALLED, "sent nothing", -1 },
    { "flood", NUMERAL_DOWNLOAD_ERROR_CUT, "broke off", -1 },
    { "cut-70000", NUMERAL_DOWNLOAD_ERROR_CUT, "before the file was complete", 70000 },
    { "cut-0", NUMERAL_DOWNLOAD_ERROR_CUT, "before the file was complete", -1 },
    { "reset-70000", NUMERAL_DOWNLOAD_ERROR_CUT, "before the file was complete", 70000 },
    { "chunkcut-70000", NUMERAL_DOWNLOAD_ERROR_CUT, "it goes on from where", 70000 },
    { "unsizedcut-70000", NUMERAL_DOWNLOAD_ERROR_CUT, "before the file was complete", 70000 },
    { "longer", NUMERAL_DOWNLOAD_ERROR_WRONG, "201000 bytes; the published one has 200000", -1 },
    { "shorter", NUMERAL_DOWNLOAD_ERROR_WRONG, "100000 bytes; the published one has 200000", -1 },
    { "empty", NUMERAL_DOWNLOAD_ERROR_WRONG, "0 bytes", -1 },
    { "negative", NUMERAL_DOWNLOAD_ERROR_WRONG, "-1 bytes", -1 },
    { "endless", NUMERAL_DOWNLOAD_ERROR_WRONG, "other data than the published file", -1 },
    { "wrong", NUMERAL_DOWNLOAD_ERROR_WRONG, "other data than the published file", -1 },
    { "html", NUMERAL_DOWNLOAD_ERROR_REFUSED, "web page", -1 },
    { "status-404", NUMERAL_DOWNLOAD_ERROR_REFUSED, "does not have the file (404)", -1 },
    { "status-403", NUMERAL_DOWNLOAD_ERROR_REFUSED, "to everybody (403)", -1 },
    { "status-500", NUMERAL_DOWNLOAD_ERROR_REFUSED, "trouble of its own (500)", -1 },
    { "status-503", NUMERAL_DOWNLOAD_ERROR_REFUSED, "Try again later", -1 },
    { "status-204", NUMERAL_DOWNLOAD_ERROR_REFUSED, "something else", -1 },
    { "status-206", NUMERAL_DOWNLOAD_ERROR_REFUSED, "something else", -1 },
    { "status-416", NUMERAL_DOWNLOAD_ERROR_REFUSED, "something else", -1 },
    { "loop", NUMERAL_DOWNLOAD_ERROR_REFUSED, "without end", -1 },
    { "lost", NUMERAL_DOWNLOAD_ERROR_REFUSED, "something else", -1 },
    { "local", NUMERAL_DOWNLOAD_ERROR_REFUSED, "", -1 },
    { "noise", NUMERAL_DOWNLOAD_ERROR_REFUSED, "", -1 },
    { "hangup", NUMERAL_DOWNLOAD_ERROR_CUT, "broke off", -1 },
    { "http://127.0.0.1:1/", NUMERAL_DOWNLOAD_ERROR_UNREACHABLE, "Check the network", -1 },
    { "nonsense:", NUMERAL_DOWNLOAD_ERROR_UNREACHABLE, "nonsense: has no valid address", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DownloadRun run = { 0 };

      g_test_message ("%s", cases[i].behaviour);
      g_assert_false (download_test_run (fixture, cases[i].behaviour, 2, &run, &error));
      g_assert_nonnull (strstr (error->message, BIG));
      engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, (int) cases[i].code, cases[i].word);
      g_assert_false (download_test_has (fixture, BIG));
      g_assert_false (download_test_has (fixture, SMALL));
      if (cases[i].kept < 0)
        g_assert_cmpint (download_test_count_part (fixture), ==, -1);
      else
        {
          g_assert_cmpint (download_test_count_part (fixture), >, 0);
          g_assert_cmpint (download_test_count_part (fixture), <=, cases[i].kept);
        }
      download_test_start_anew (fixture);
    }
}

static void
test_mirrors (DownloadTest *fixture, gconstpointer data)
{
  static const char *const first[] = {
    "status-404", "stall-70000", "cut-70000",           "wrong",
    "html",       "silent",      "http://127.0.0.1:1/", "longer"
  };
  g_autoptr (GError) error = NULL;
  DownloadRun run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autofree char *both = g_strconcat (first[i], " ok", NULL);

      download_test_assert_ok (fixture, both);
      download_test_start_anew (fixture);
    }

  /* The second mirror is asked only for the rest of the file. */
  download_test_assert_ok (fixture, "cut-70000 ok");
  download_test_assert_log (fixture, "cut-70000 " BIG " - -\nok " BIG " bytes=70000- -\n");
  download_test_start_anew (fixture);

  g_assert_false (
      download_test_run (fixture, "status-404 http://127.0.0.1:1/ status-500", 1, &run, &error));
  g_assert_nonnull (strstr (error->message, "(404)"));
  g_assert_nonnull (strstr (error->message, "(500)"));
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                     "cannot be reached");
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DownloadRun *run = user_data;

  run->ok = numeral_download_finish (result, &run->error);
  run->ended = TRUE;
}

static void
test_no_progress (DownloadTest *fixture, gconstpointer data)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/ok/", fixture->port);
  const char *mirrors[] = { url, NULL };
  NumeralDownloadPlan plan = { fixture->files, 2, mirrors, PATIENCE_MS };
  DownloadRun run = { 0 };

  numeral_download_async (&plan, fixture->target, NULL, NULL, NULL, on_ended, &run);
  while (!run.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (run.error);
  g_assert_true (run.ok);
  download_test_assert_whole (fixture, BIG, SIZE_BIG);
  download_test_assert_whole (fixture, SMALL, SIZE_SMALL);
}

static void
test_cancel (DownloadTest *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DownloadRun run = { .cancellable = cancellable, .cancel_at = SIZE_BIG / 4 };
  DownloadRun before = { .cancellable = cancellable }, again = { 0 };
  g_autofree char *expected = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (download_test_run (fixture, "slow-1000", 2, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (download_test_count_part (fixture), >=, SIZE_BIG / 4);
  g_assert_cmpint (download_test_count_part (fixture), <, SIZE_BIG);
  g_assert_false (download_test_has (fixture, BIG));
  /* Half a second of downloading: the main loop had time for other things. */
  g_assert_cmpuint (run.ticks, >, 10);
  g_assert_cmpuint (run.n_calls, >, 10);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 400000);

  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
  g_assert_false (download_test_run (fixture, "ok", 2, &before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  download_test_assert_log (fixture, "");

  expected = g_strdup_printf ("ok " BIG " bytes=%" G_GSSIZE_FORMAT "- -\nok " SMALL " - -\n",
                              download_test_count_part (fixture));
  download_test_run (fixture, "ok", 2, &again, &error);
  g_assert_no_error (error);
  download_test_assert_whole (fixture, BIG, SIZE_BIG);
  download_test_assert_whole (fixture, SMALL, SIZE_SMALL);
  download_test_assert_log (fixture, expected);
}

static gboolean
on_cancel_time (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Cancelling does not wait for the server. */
static void
test_cancel_silent (DownloadTest *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "silent", "stall-0", "drip" };

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      DownloadRun run = { .cancellable = cancellable, .cancel_at = G_MAXUINT64 };

      g_timeout_add (50, on_cancel_time, cancellable);
      g_assert_false (download_test_run (fixture, behaviours[i], 1, &run, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      download_test_start_anew (fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add (path, DownloadTest, NULL, download_test_set_up, function, download_test_tear_down)
  ADD ("/engine/download/good", test_good);
  ADD ("/engine/download/all-files", test_all_files);
  ADD ("/engine/download/no-progress", test_no_progress);
  ADD ("/engine/download/bad", test_bad);
  ADD ("/engine/download/mirrors", test_mirrors);
  ADD ("/engine/download/cancel", test_cancel);
  ADD ("/engine/download/cancel-silent", test_cancel_silent);
  return g_test_run ();
}
