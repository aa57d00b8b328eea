/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "engine-test.h"
#include "numeral-draft.h"
#include "numeral-file.h"
#include "numeral-private.h"
#include "numeral-run-store.h"
#include "numeral-sweep.h"

/* What belongs to a person is nobody else's, and what a killed program left is removed. */

static char *
data_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "numeral", name, NULL);
}

static guint
mode_of (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
make_old (const char *path)
{
  const struct utimbuf long_ago = { 1000000000, 1000000000 };

  g_assert_cmpint (utime (path, &long_ago), ==, 0);
}

static void
write_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (numeral_file_write (file, bytes, NULL, &error));
  g_assert_no_error (error);
}

static void
test_contains (void)
{
  g_autofree char *inside = data_path ("a"), *folder = data_path (NULL);
  g_autofree char *beside = g_strconcat (folder, "-other/a", NULL);

  g_assert_true (numeral_private_contains (inside));
  g_assert_true (numeral_private_contains (folder));
  g_assert_false (numeral_private_contains (beside));
  g_assert_false (numeral_private_contains ("/tmp/numeral/a"));
}

static void
test_modes (void)
{
  const mode_t mask = umask (0);
  g_autofree char *folder = data_path ("runs"), *home = data_path (NULL);
  g_autofree char *path = data_path ("runs/a"), *elsewhere = engine_test_folder ();
  g_autofree char *other = g_build_filename (elsewhere, "a", NULL);
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autofree char *record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (numeral_private_make (folder, &error));
  g_assert_cmphex (mode_of (folder), ==, 0700);
  g_assert_cmphex (mode_of (home), ==, 0700);
  write_file (path);
  g_assert_cmphex (mode_of (path), ==, 0600);
  write_file (other);
  g_assert_cmphex (mode_of (other), ==, 0666);

  config = numeral_run_config_new ();
  config->source = NUMERAL_SOURCE_GENERATED;
  store = numeral_run_store_new (NULL);
  run = engine_test_create_run (store, config);
  record = g_build_filename (g_file_peek_path (numeral_run_get_folder (run)), "run.json", NULL);
  g_assert_cmphex (mode_of (g_file_peek_path (numeral_run_get_folder (run))), ==, 0700);
  g_assert_cmphex (mode_of (record), ==, 0600);
  umask (mask);
  engine_test_remove (elsewhere);
}

/* Files of 0.1.0 had the permissions that the umask left. */
static void
test_sweep (void)
{
  g_autofree char *run = data_path ("runs/run-7777"),
                  *record = data_path ("runs/run-7777/run.json");
  g_autofree char *left = data_path ("runs/run-7777/.numeral-AbCdE1");
  g_autofree char *used = data_path ("runs/run-7777/.numeral-AbCdE2");
  g_autofree char *young = data_path ("runs/run-7777/.numeral-AbCdE3");
  g_autofree char *name = data_path ("runs/run-7777/.numeral-notes.txt");
  g_autofree char *outside = engine_test_folder (), *link = data_path ("link");
  const char *const files[] = { record, left, used, young, name };
  int fd;

  g_assert_cmpint (g_mkdir_with_parents (run, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (files[i], "x", 1, NULL));
      g_assert_cmpint (g_chmod (files[i], 0644), ==, 0);
      if (files[i] != young)
        make_old (files[i]);
    }
  g_assert_cmpint (g_chmod (run, 0755), ==, 0);
  g_assert_cmpint (g_chmod (outside, 0755), ==, 0);
  g_assert_cmpint (symlink (outside, link), ==, 0);
  fd = g_open (used, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  numeral_sweep ();
  g_assert_cmphex (mode_of (run), ==, 0700);
  g_assert_cmphex (mode_of (record), ==, 0600);
  g_assert_cmphex (mode_of (outside), ==, 0755);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (name, G_FILE_TEST_EXISTS));

  /* Writing in a folder sweeps it as well, which is what the command line does. */
  close (fd);
  write_file (record);
  g_assert_false (g_file_test (used, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (name, G_FILE_TEST_EXISTS));
  engine_test_remove (outside);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  home = engine_test_folder ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_test_add_func ("/engine/private/contains", test_contains);
  g_test_add_func ("/engine/private/modes", test_modes);
  g_test_add_func ("/engine/private/sweep", test_sweep);
  status = g_test_run ();
  engine_test_remove (home);
  return status;
}
