/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "download-test.h"
#include "engine-test.h"

static void
test_resume (DownloadTest *fixture, gconstpointer data)
{
  /* The version at another address is unknown. */
  download_test_begin (fixture, "cut-70000");
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " bytes=70000- -\n");

  /* The same address is asked whether it still has that version; it is cut again, and again. */
  download_test_begin (fixture, "cut-70000");
  {
    g_autoptr (GError) error = NULL;
    DownloadRun run = { 0 };

    g_assert_false (download_test_run (fixture, "cut-70000", 1, &run, &error));
    g_assert_cmpint (download_test_count_part (fixture), ==, 140000);
    download_test_assert_log (fixture, "cut-70000 " BIG " bytes=70000- \"first\"\n");
  }
  download_test_assert_ok (fixture, "cut-70000");
  download_test_assert_log (fixture, "cut-70000 " BIG " bytes=140000- \"first\"\n");

  /* All bytes had arrived and only the rename was missing: no request is sent. */
  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", fixture->big, SIZE_BIG);
  download_test_assert_ok (fixture, "status-404");
  download_test_assert_log (fixture, "");
}

static void
test_resume_anew (DownloadTest *fixture, gconstpointer data)
{
  static const char *const behaviours[] = { "norange", "elsewhere", "resized", "unsatisfied",
                                            "chunked", "unsized",   "encoded" };
  g_autofree guint8 *wrong = g_memdup2 (fixture->big, SIZE_BIG);
  g_autofree char *large = g_strnfill (SIZE_BIG + 1, 'x');
  g_autofree char *tag = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      download_test_begin (fixture, "cut-70000");
      download_test_assert_ok (fixture, behaviours[i]);
    }

  /* Another ETag: the answer is of another version of the file. */
  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", fixture->big, 70000);
  tag = g_strdup_printf ("http://127.0.0.1:%u/swapped/" BIG "\n\"first\"\n", fixture->port);
  download_test_put (fixture, BIG ".part.tag", tag, strlen (tag));
  download_test_assert_ok (fixture, "swapped");
  download_test_assert_log (fixture,
                            "swapped " BIG " bytes=70000- \"first\"\nswapped " BIG " - -\n");

  /* The server has another version, and sends the whole file. */
  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", fixture->big, 70000);
  g_free (tag);
  tag = g_strdup_printf ("http://127.0.0.1:%u/ok/" BIG "\n\"zeroth\"\n", fixture->port);
  download_test_put (fixture, BIG ".part.tag", tag, strlen (tag));
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " bytes=70000- \"zeroth\"\n");

  /* Bytes that were damaged on the disk are detected at the end, and downloaded again. */
  wrong[1000] ^= 1;
  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", wrong, 70000);
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " bytes=70000- -\nok " BIG " - -\n");
  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", wrong, SIZE_BIG);
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " - -\n");

  download_test_start_anew (fixture);
  download_test_put (fixture, BIG ".part", large, SIZE_BIG + 1);
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " - -\n");
}

/* The saved ETag becomes part of a request: nothing but a valid ETag may be used. */
static void
test_hostile_tag (DownloadTest *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (300, 'x');
  g_autofree char *too_long = g_strdup_printf ("\"%s\"", longest);
  const char *tags[] = { "first", "W/\"first\"", "\"a\"b\"", "\"a\r\"", "\"\xc3\xa9\"", "\"",
                         "",      "\"a b\"",     too_long };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *text = g_strdup_printf ("http://127.0.0.1:%u/ok/" BIG "\n%s\nX-More: 1\n",
                                               fixture->port, tags[i]);

      download_test_start_anew (fixture);
      download_test_put (fixture, BIG ".part", fixture->big, 70000);
      download_test_put (fixture, BIG ".part.tag", text, strlen (text));
      download_test_assert_ok (fixture, "ok");
      download_test_assert_log (fixture, "ok " BIG " bytes=70000- -\n");
    }
}

static void
test_disk_full (DownloadTest *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  DownloadRun run = { 0 };

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (download_test_run (fixture, "ok ok", 1, &run, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STORAGE, "Make room");
  g_assert_false (download_test_has (fixture, BIG));
  g_assert_cmpint (download_test_count_part (fixture), ==, 100000);
  /* Other mirrors are not tried: they do not help if the disk is full. */
  download_test_assert_log (fixture, "ok " BIG " - -\n");

  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "ok " BIG " bytes=100000- \"first\"\n");
}

static void
assert_storage (DownloadTest *fixture, NumeralDownloadError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  DownloadRun run = { 0 };

  g_assert_false (download_test_run (fixture, "ok", 1, &run, &error));
  engine_test_error (&error, NUMERAL_DOWNLOAD_ERROR, (int) code, word);
}

static void
test_obstacles (DownloadTest *fixture, gconstpointer data)
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

  /* Other things at the path of the partial file are not changed. */
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

  /* A folder has the name of the file: the complete download waits until the name is free. */
  g_assert_cmpint (g_mkdir (whole, 0755), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_STORAGE, "could not be written");
  g_assert_cmpint (g_rmdir (whole), ==, 0);
  download_test_assert_log (fixture, "ok " BIG " - -\n");
  download_test_assert_ok (fixture, "ok");
  download_test_assert_log (fixture, "");
}

/* Two downloads at once must not write into the same file. */
static void
test_busy (DownloadTest *fixture, gconstpointer data)
{
  g_autofree char *part = g_build_filename (fixture->target, BIG ".part", NULL);
  int fd;

  download_test_put (fixture, BIG ".part", "", 0);
  fd = g_open (part, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  assert_storage (fixture, NUMERAL_DOWNLOAD_ERROR_BUSY, "another window or program");
  /* The partial file belongs to the first download, even while it is empty. */
  g_assert_true (download_test_has (fixture, BIG ".part"));
  close (fd);
  download_test_assert_ok (fixture, "ok");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add (path, DownloadTest, NULL, download_test_set_up, function, download_test_tear_down)
  ADD ("/engine/download/resume", test_resume);
  ADD ("/engine/download/resume-anew", test_resume_anew);
  ADD ("/engine/download/hostile-tag", test_hostile_tag);
  ADD ("/engine/download/disk-full", test_disk_full);
  ADD ("/engine/download/obstacles", test_obstacles);
  ADD ("/engine/download/busy", test_busy);
  return g_test_run ();
}
