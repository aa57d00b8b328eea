/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-test.h"
#include "nn-random.h"

void
download_test_set_up (DownloadTest *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "engine", "download-server.py", NULL);
  char *argv[] = { (char *) g_getenv ("PYTHON"), script, NULL, NULL, NULL };
  const char *names[] = { BIG, SMALL };
  const guint64 sizes[] = { SIZE_BIG, SIZE_SMALL };
  NnRandom random;
  int server_stdout;
  FILE *lines;

  /* Ignore the user's proxy settings. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);

  fixture->folder = engine_test_folder ();
  fixture->served = g_build_filename (fixture->folder, "served", NULL);
  fixture->target = g_build_filename (fixture->folder, "deep", "target", NULL);
  fixture->log = engine_test_write (fixture->folder, "log", "", 0);
  argv[2] = fixture->served;
  argv[3] = fixture->log;
  g_assert_cmpint (g_mkdir (fixture->served, 0755), ==, 0);

  nn_random_init (&random, 1);
  fixture->big = g_malloc (SIZE_BIG);
  for (guint i = 0; i < SIZE_BIG; i++)
    fixture->big[i] = (guint8) nn_random_next (&random);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = engine_test_write (fixture->served, names[i], fixture->big, sizes[i]);

      fixture->sums[i] = g_compute_checksum_for_data (G_CHECKSUM_SHA256, fixture->big, sizes[i]);
      fixture->files[i] = (NumeralDownloadFile){ names[i], sizes[i], fixture->sums[i] };
    }

  /* Not by GSubprocess, whose helper thread ThreadSanitizer misunderstands. */
  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &fixture->server, &fixture->server_stdin, &server_stdout, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (server_stdout, "r");
  g_assert_nonnull (lines);
  g_assert_cmpint (fscanf (lines, "%u", &fixture->port), ==, 1);
  fclose (lines);
}

void
download_test_tear_down (DownloadTest *fixture, gconstpointer data)
{
  int status;

  close (fixture->server_stdin);
  g_assert_cmpint (waitpid (fixture->server, &status, 0), ==, fixture->server);
  g_assert_cmpint (status, ==, 0);
  g_spawn_close_pid (fixture->server);
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->served);
  g_free (fixture->target);
  g_free (fixture->log);
  g_free (fixture->big);
  g_free (fixture->sums[0]);
  g_free (fixture->sums[1]);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  DownloadRun *run = user_data;

  g_assert_false (run->ended);
  g_assert_cmpuint (done, <=, total);
  run->done = done;
  run->total = total;
  run->n_calls++;
  if (run->cancellable != NULL && done >= run->cancel_at)
    g_cancellable_cancel (run->cancellable);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DownloadRun *run = user_data;

  g_assert_false (run->ended);
  run->ended = TRUE;
  run->ok = numeral_download_finish (result, &run->error);
  g_assert_true (run->ok == (run->error == NULL));
}

static gboolean
on_tick (gpointer user_data)
{
  ((DownloadRun *) user_data)->ticks++;
  return G_SOURCE_CONTINUE;
}

gboolean
download_test_run (
    DownloadTest *fixture, const char *behaviours, gsize n_files, DownloadRun *run, GError **error)
{
  g_auto (GStrv) words = g_strsplit (behaviours, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) mirrors = NULL;
  NumeralDownloadPlan plan = { fixture->files, n_files, NULL, PATIENCE_MS };
  guint tick;

  for (guint i = 0; words[i] != NULL; i++)
    {
      /* Busy machines answer late: only stalling servers get a short timeout. */
      if (g_str_has_prefix (words[i], "stall") || g_str_equal (words[i], "silent") ||
          g_str_equal (words[i], "drip"))
        plan.stall_ms = STALL_MS;
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/%s/", fixture->port, words[i]);

      g_strv_builder_add (builder, strchr (words[i], ':') != NULL ? words[i] : url);
    }
  mirrors = g_strv_builder_end (builder);
  plan.mirrors = (const char *const *) mirrors;

  tick = g_timeout_add (5, on_tick, run);
  numeral_download_async (&plan, fixture->target, run->cancellable, on_progress, run, on_ended,
                          run);
  while (!run->ended)
    g_main_context_iteration (NULL, TRUE);
  /* Dispatch all pending events. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_source_remove (tick);
  if (!run->ok)
    g_propagate_error (error, run->error);
  return run->ok;
}

gboolean
download_test_has (DownloadTest *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
download_test_assert_whole (DownloadTest *fixture, const char *name, gsize size)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  g_autofree char *tag = g_strconcat (part, ".tag", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpmem (text, length, fixture->big, size);
  g_assert_false (download_test_has (fixture, part));
  g_assert_false (download_test_has (fixture, tag));
}

gssize
download_test_count_part (DownloadTest *fixture)
{
  g_autofree char *path = g_build_filename (fixture->target, BIG ".part", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return -1;
  g_assert_cmpuint (length, <=, SIZE_BIG);
  g_assert_cmpmem (text, length, fixture->big, length);
  return (gssize) length;
}

void
download_test_put (DownloadTest *fixture, const char *name, gconstpointer data, gsize size)
{
  g_autofree char *path = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->target, 0755), ==, 0);
  path = engine_test_write (fixture->target, name, data, size);
}

void
download_test_assert_log (DownloadTest *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->log, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}

void
download_test_assert_ok (DownloadTest *fixture, const char *behaviours)
{
  g_autoptr (GError) error = NULL;
  DownloadRun run = { 0 };

  g_test_message ("%s", behaviours);
  download_test_run (fixture, behaviours, 1, &run, &error);
  g_assert_no_error (error);
  download_test_assert_whole (fixture, BIG, SIZE_BIG);
  g_assert_cmpuint (run.done, ==, SIZE_BIG);
  g_assert_cmpuint (run.total, ==, SIZE_BIG);
}

void
download_test_start_anew (DownloadTest *fixture)
{
  if (g_file_test (fixture->target, G_FILE_TEST_IS_DIR))
    engine_test_remove (fixture->target);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}

void
download_test_begin (DownloadTest *fixture, const char *behaviour)
{
  g_autoptr (GError) error = NULL;
  DownloadRun run = { 0 };

  download_test_start_anew (fixture);
  g_assert_false (download_test_run (fixture, behaviour, 1, &run, &error));
  g_assert_cmpint (download_test_count_part (fixture), ==, 70000);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}
