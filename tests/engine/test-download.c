/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine-test.h"
#include "nn-random.h"
#include "numeral-data.h"
#include "numeral-mnist.h"

/* Small beside what is downloaded in earnest, and more than one piece of reading. */
#define SIZE_BIG 200000
#define SIZE_SMALL 3000
#define BIG "big.gz"
#define SMALL "small.gz"
#define STALL_MS 400

typedef struct
{
  char *folder;
  char *served;
  char *target;
  char *log;
  GSubprocess *server;
  guint port;
  guint8 *big;
  char *sums[2];
  NumeralDownloadFile files[2];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "engine", "download-server.py", NULL);
  const char *names[] = { BIG, SMALL };
  const guint64 sizes[] = { SIZE_BIG, SIZE_SMALL };
  NnRandom random;

  fixture->folder = engine_test_folder ();
  fixture->served = g_build_filename (fixture->folder, "served", NULL);
  fixture->target = g_build_filename (fixture->folder, "deep", "target", NULL);
  fixture->log = engine_test_write (fixture->folder, "log", "", 0);
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

  fixture->server =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        g_getenv ("PYTHON"), script, fixture->served, fixture->log, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->server));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  fixture->port = (guint) g_ascii_strtoull (line, NULL, 10);
  g_assert_cmpuint (fixture->port, >, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->server), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (fixture->server, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->server);
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->served);
  g_free (fixture->target);
  g_free (fixture->log);
  g_free (fixture->big);
  g_free (fixture->sums[0]);
  g_free (fixture->sums[1]);
}

/**
 * Run:
 * @cancel_at: how many bytes have to be there to cancel
 * @ticks: turns of the main loop's own clock while it was downloading
 */
typedef struct
{
  GCancellable *cancellable;
  guint64 cancel_at;
  guint64 done;
  guint64 total;
  guint n_calls;
  guint ticks;
  gboolean ended;
  gboolean ok;
  GError *error;
} Run;

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Run *run = user_data;

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
  Run *run = user_data;

  g_assert_false (run->ended);
  run->ended = TRUE;
  run->ok = numeral_download_finish (result, &run->error);
  g_assert_true (run->ok == (run->error == NULL));
}

static gboolean
on_tick (gpointer user_data)
{
  ((Run *) user_data)->ticks++;
  return G_SOURCE_CONTINUE;
}

/* Downloads the first @n_files from the mirrors that @behaviours name, parted by spaces. An address
 * stands for itself. */
static gboolean
download (Fixture *fixture, const char *behaviours, gsize n_files, Run *run, GError **error)
{
  g_auto (GStrv) words = g_strsplit (behaviours, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) mirrors = NULL;
  NumeralDownloadPlan plan = { fixture->files, n_files, NULL, STALL_MS };
  guint tick;

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
  /* Whatever would still come, comes now. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_source_remove (tick);
  if (!run->ok)
    g_propagate_error (error, run->error);
  return run->ok;
}

static gboolean
has (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_whole (Fixture *fixture, const char *name, gsize size)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  g_autofree char *tag = g_strconcat (part, ".tag", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpmem (text, length, fixture->big, size);
  g_assert_false (has (fixture, part));
  g_assert_false (has (fixture, tag));
}

/* How many right bytes BIG.part has; -1 without one. */
static gssize
count_part (Fixture *fixture)
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

static void
put (Fixture *fixture, const char *name, gconstpointer data, gsize size)
{
  g_autofree char *path = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->target, 0755), ==, 0);
  path = engine_test_write (fixture->target, name, data, size);
}

/* Asserts what the server was asked for since the last time. */
static void
assert_log (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->log, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}

static void
assert_ok (Fixture *fixture, const char *behaviours)
{
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  g_test_message ("%s", behaviours);
  download (fixture, behaviours, 1, &run, &error);
  g_assert_no_error (error);
  assert_whole (fixture, BIG, SIZE_BIG);
  g_assert_cmpuint (run.done, ==, SIZE_BIG);
  g_assert_cmpuint (run.total, ==, SIZE_BIG);
}

static void
start_anew (Fixture *fixture)
{
  if (g_file_test (fixture->target, G_FILE_TEST_IS_DIR))
    engine_test_remove (fixture->target);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "ok",      "norange", "slow-50000", "chunked",
                                            "unsized", "encoded", "redirect" };

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      assert_ok (fixture, behaviours[i]);
      start_anew (fixture);
    }
}

static void
test_all_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Run run = { 0 }, again = { 0 }, damaged = { 0 };

  download (fixture, "ok", 2, &run, &error);
  g_assert_no_error (error);
  assert_whole (fixture, BIG, SIZE_BIG);
  assert_whole (fixture, SMALL, SIZE_SMALL);
  g_assert_cmpuint (run.total, ==, SIZE_BIG + SIZE_SMALL);
  g_assert_cmpuint (run.done, ==, run.total);
  g_assert_cmpuint (run.n_calls, >, 0);
  assert_log (fixture, "ok " BIG " - -\nok " SMALL " - -\n");

  /* What is there is not asked for again. */
  download (fixture, "ok", 2, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again.done, ==, again.total);
  assert_log (fixture, "");

  /* Unless it is not what it should be. */
  put (fixture, SMALL, fixture->big + 1, SIZE_SMALL);
  download (fixture, "ok", 2, &damaged, &error);
  g_assert_no_error (error);
  assert_whole (fixture, SMALL, SIZE_SMALL);
  assert_log (fixture, "ok " SMALL " - -\n");
}

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  /* kept: how many bytes stay for the next time, -1 for no file at all. */
  static const struct
  {
    const char *behaviour;
    NumeralDownloadError code;
    const char *word;
    gssize kept;
  } cases[] = {
    { "stall-70000", NUMERAL_DOWNLOAD_ERROR_STALLED, "sent nothing for 0.4 s", 70000 },
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
      Run run = { 0 };

      g_test_message ("%s", cases[i].behaviour);
      g_assert_false (download (fixture, cases[i].behaviour, 2, &run, &error));
      g_assert_nonnull (strstr (error->message, BIG));
      engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, (int) cases[i].code, cases[i].word);
      g_assert_false (has (fixture, BIG));
      g_assert_false (has (fixture, SMALL));
      if (cases[i].kept < 0)
        g_assert_cmpint (count_part (fixture), ==, -1);
      else
        {
          g_assert_cmpint (count_part (fixture), >, 0);
          g_assert_cmpint (count_part (fixture), <=, cases[i].kept);
        }
      start_anew (fixture);
    }
}

static void
test_mirrors (Fixture *fixture, gconstpointer data)
{
  static const char *const first[] = {
    "status-404", "stall-70000", "cut-70000",           "wrong",
    "html",       "silent",      "http://127.0.0.1:1/", "longer"
  };
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autofree char *both = g_strconcat (first[i], " ok", NULL);

      assert_ok (fixture, both);
      start_anew (fixture);
    }

  /* The second goes on from where the first one stopped, and is asked for that alone. */
  assert_ok (fixture, "cut-70000 ok");
  assert_log (fixture, "cut-70000 " BIG " - -\nok " BIG " bytes=70000- -\n");
  start_anew (fixture);

  g_assert_false (download (fixture, "status-404 http://127.0.0.1:1/ status-500", 1, &run, &error));
  g_assert_nonnull (strstr (error->message, "(404)"));
  g_assert_nonnull (strstr (error->message, "(500)"));
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                     "cannot be reached");
}

static void
begin (Fixture *fixture, const char *behaviour)
{
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  start_anew (fixture);
  g_assert_false (download (fixture, behaviour, 1, &run, &error));
  g_assert_cmpint (count_part (fixture), ==, 70000);
  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  /* Of another address nothing is known of the version there. */
  begin (fixture, "cut-70000");
  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " bytes=70000- -\n");

  /* The same address is asked whether it still has that version; it is cut again, and again. */
  begin (fixture, "cut-70000");
  {
    g_autoptr (GError) error = NULL;
    Run run = { 0 };

    g_assert_false (download (fixture, "cut-70000", 1, &run, &error));
    g_assert_cmpint (count_part (fixture), ==, 140000);
    assert_log (fixture, "cut-70000 " BIG " bytes=70000- \"first\"\n");
  }
  assert_ok (fixture, "cut-70000");
  assert_log (fixture, "cut-70000 " BIG " bytes=140000- \"first\"\n");

  /* All bytes had come, only the name was missing: nobody is asked. */
  start_anew (fixture);
  put (fixture, BIG ".part", fixture->big, SIZE_BIG);
  assert_ok (fixture, "status-404");
  assert_log (fixture, "");
}

static void
test_resume_anew (Fixture *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "norange", "elsewhere", "resized", "unsatisfied",
                                            "chunked", "unsized",   "encoded" };
  g_autofree guint8 *wrong = g_memdup2 (fixture->big, SIZE_BIG);
  g_autofree char *large = g_strnfill (SIZE_BIG + 1, 'x');
  g_autofree char *tag = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      begin (fixture, "cut-70000");
      assert_ok (fixture, behaviours[i]);
    }

  /* Another ETag: the answer is of another version of the file. */
  start_anew (fixture);
  put (fixture, BIG ".part", fixture->big, 70000);
  tag = g_strdup_printf ("http://127.0.0.1:%u/swapped/" BIG "\n\"first\"\n", fixture->port);
  put (fixture, BIG ".part.tag", tag, strlen (tag));
  assert_ok (fixture, "swapped");
  assert_log (fixture, "swapped " BIG " bytes=70000- \"first\"\nswapped " BIG " - -\n");

  /* A server that knows its version to be another, and sends the whole. */
  start_anew (fixture);
  put (fixture, BIG ".part", fixture->big, 70000);
  g_free (tag);
  tag = g_strdup_printf ("http://127.0.0.1:%u/ok/" BIG "\n\"zeroth\"\n", fixture->port);
  put (fixture, BIG ".part.tag", tag, strlen (tag));
  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " bytes=70000- \"zeroth\"\n");

  /* Bytes that were damaged on the disk: found out at the end, and fetched again. */
  wrong[1000] ^= 1;
  start_anew (fixture);
  put (fixture, BIG ".part", wrong, 70000);
  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " bytes=70000- -\nok " BIG " - -\n");
  start_anew (fixture);
  put (fixture, BIG ".part", wrong, SIZE_BIG);
  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " - -\n");

  start_anew (fixture);
  put (fixture, BIG ".part", large, SIZE_BIG + 1);
  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " - -\n");
}

/* What stands in the file beside goes into a request: nothing but an ETag may get there. */
static void
test_hostile_tag (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (300, 'x');
  g_autofree char *too_long = g_strdup_printf ("\"%s\"", longest);
  const char *tags[] = { "first", "W/\"first\"", "\"a\"b\"", "\"a\r\"", "\"\xc3\xa9\"", "\"",
                         "",      "\"a b\"",     too_long };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *text = g_strdup_printf ("http://127.0.0.1:%u/ok/" BIG "\n%s\nX-More: 1\n",
                                               fixture->port, tags[i]);

      start_anew (fixture);
      put (fixture, BIG ".part", fixture->big, 70000);
      put (fixture, BIG ".part.tag", text, strlen (text));
      assert_ok (fixture, "ok");
      assert_log (fixture, "ok " BIG " bytes=70000- -\n");
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { .cancellable = cancellable, .cancel_at = SIZE_BIG / 4 };
  Run before = { .cancellable = cancellable }, again = { 0 };
  g_autofree char *expected = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (download (fixture, "slow-1000", 2, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (count_part (fixture), >=, SIZE_BIG / 4);
  g_assert_cmpint (count_part (fixture), <, SIZE_BIG);
  g_assert_false (has (fixture, BIG));
  /* Half a second of downloading: the main loop had time for other things. */
  g_assert_cmpuint (run.ticks, >, 10);
  g_assert_cmpuint (run.n_calls, >, 10);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 400000);

  g_assert_true (g_file_set_contents (fixture->log, "", 0, NULL));
  g_assert_false (download (fixture, "ok", 2, &before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_log (fixture, "");

  expected = g_strdup_printf ("ok " BIG " bytes=%" G_GSSIZE_FORMAT "- -\nok " SMALL " - -\n",
                              count_part (fixture));
  download (fixture, "ok", 2, &again, &error);
  g_assert_no_error (error);
  assert_whole (fixture, BIG, SIZE_BIG);
  assert_whole (fixture, SMALL, SIZE_SMALL);
  assert_log (fixture, expected);
}

static gboolean
on_cancel_time (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Cancelling does not wait for the server. */
static void
test_cancel_silent (Fixture *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "silent", "stall-0", "drip" };

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Run run = { .cancellable = cancellable, .cancel_at = G_MAXUINT64 };

      g_timeout_add (50, on_cancel_time, cancellable);
      g_assert_false (download (fixture, behaviours[i], 1, &run, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      start_anew (fixture);
    }
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  Run run = { 0 };

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (download (fixture, "ok ok", 1, &run, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STORAGE, "Make room");
  g_assert_false (has (fixture, BIG));
  g_assert_cmpint (count_part (fixture), ==, 100000);
  /* No other mirror makes room on the disk. */
  assert_log (fixture, "ok " BIG " - -\n");

  assert_ok (fixture, "ok");
  assert_log (fixture, "ok " BIG " bytes=100000- \"first\"\n");
}

static void
assert_storage (Fixture *fixture, NumeralDownloadError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  g_assert_false (download (fixture, "ok", 1, &run, &error));
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, (int) code, word);
}

static void
test_obstacles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->target);
  g_autofree char *part = g_build_filename (fixture->target, BIG ".part", NULL);
  g_autofree char *whole = g_build_filename (fixture->target, BIG, NULL);
  g_autofree char *outside = engine_test_write (fixture->folder, "outside", "mine", 4);
  g_autofree char *text = NULL;

  /* A file where the folder should be. */
  g_assert_true (g_file_set_contents (parent, "", 0, NULL));
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, "could not be made");
  g_assert_cmpint (g_unlink (parent), ==, 0);

  /* Other things where the file should grow: left alone. */
  g_assert_cmpint (g_mkdir_with_parents (part, 0755), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, ".part could not be written");
  g_assert_cmpint (g_rmdir (part), ==, 0);
  g_assert_cmpint (mkfifo (part, 0600), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, ".part could not be written");
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (symlink (outside, part), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, ".part could not be written");
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_true (g_file_get_contents (outside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");

  /* A folder that has the file's own name: all has come, and waits for the name to be free. */
  g_assert_cmpint (g_mkdir (whole, 0755), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, "could not be written");
  g_assert_cmpint (g_rmdir (whole), ==, 0);
  assert_log (fixture, "ok " BIG " - -\n");
  assert_ok (fixture, "ok");
  assert_log (fixture, "");
}

/* Two at once would write into each other's file. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *part = g_build_filename (fixture->target, BIG ".part", NULL);
  int fd;

  put (fixture, BIG ".part", "", 0);
  fd = g_open (part, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_BUSY, "another window or program");
  /* It is the other's, even while it is empty. */
  g_assert_true (has (fixture, BIG ".part"));
  close (fd);
  assert_ok (fixture, "ok");
}

/* Nobody waits for the end any more: the thread ends by itself, and nothing is lost. */
static void
test_no_progress (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/ok/", fixture->port);
  const char *mirrors[] = { url, NULL };
  NumeralDownloadPlan plan = { fixture->files, 2, mirrors, STALL_MS };
  Run run = { 0 };

  numeral_download_async (&plan, fixture->target, NULL, NULL, NULL, on_ended, &run);
  while (!run.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (run.error);
  assert_whole (fixture, BIG, SIZE_BIG);
  assert_whole (fixture, SMALL, SIZE_SMALL);
}

int
main (int argc, char **argv)
{
  /* A proxy of the person who runs this has no business here. */
  g_unsetenv ("http_proxy");
  g_unsetenv ("HTTP_PROXY");
  g_unsetenv ("all_proxy");
  g_unsetenv ("ALL_PROXY");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/download/good", test_good);
  ADD ("/engine/download/all-files", test_all_files);
  ADD ("/engine/download/no-progress", test_no_progress);
  ADD ("/engine/download/bad", test_bad);
  ADD ("/engine/download/mirrors", test_mirrors);
  ADD ("/engine/download/resume", test_resume);
  ADD ("/engine/download/resume-anew", test_resume_anew);
  ADD ("/engine/download/hostile-tag", test_hostile_tag);
  ADD ("/engine/download/cancel", test_cancel);
  ADD ("/engine/download/cancel-silent", test_cancel_silent);
  ADD ("/engine/download/disk-full", test_disk_full);
  ADD ("/engine/download/obstacles", test_obstacles);
  ADD ("/engine/download/busy", test_busy);
  return g_test_run ();
}
