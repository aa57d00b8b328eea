/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that switches encryption on and off, and changes samples and files in between, is
 * killed at any moment, NUMERAL_TEST_KILLS times (10 if it is not set). Afterwards every sample and
 * file is there and opens with the key, the database is sound, and when the switch is finished,
 * nothing is left in the other form. */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-file.h"
#include "numeral-hand-protect.h"
#include "numeral-sealed-file.h"

#define OPTION "--switch"
#define SECRET "correct horse"
#define N 12

static NumeralKey *
secret (void)
{
  g_autoptr (GError) error = NULL;
  NumeralKey *key = numeral_key_new_passphrase (SECRET, &error);

  g_assert_no_error (error);
  return key;
}

/* Unlocks the database if it is locked. */
static NumeralHandProtection
unlock (NumeralHandDb *db)
{
  g_autoptr (NumeralKey) key = secret ();
  g_autoptr (GError) error = NULL;
  NumeralHandProtection now;

  numeral_hand_db_get_protection (db, &now, &error);
  g_assert_no_error (error);
  if (now.access == NUMERAL_HAND_LOCKED)
    numeral_hand_db_unlock (db, key, &error);
  g_assert_no_error (error);
  numeral_hand_db_get_protection (db, &now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (now.access, !=, NUMERAL_HAND_LOCKED);
  return now;
}

static void
protect (NumeralHandDb *db)
{
  g_autoptr (NumeralKey) key = secret ();
  NumeralKey *const keys[] = { key };
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralVault) vault = numeral_vault_new (&error);

  numeral_hand_db_protect (db, vault, keys, 1, &numeral_slot_limits_least, &error);
  g_assert_no_error (error);
}

/* The text of a file begins with the number of its version. */
static void
write_file (const char *path, guint version)
{
  g_autofree char *text = g_strdup_printf ("%u %s", version, path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  numeral_hand_file_write (path, bytes, &error);
  g_assert_no_error (error);
}

static guint
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = numeral_hand_file_read (path, 1 << 20, NULL, &error);
  g_autofree char *text = NULL;
  guint64 version;
  char *rest;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  version = g_ascii_strtoull (text, &rest, 10);
  g_assert_cmpstr (rest + 1, ==, path);
  return (guint) version;
}

static gboolean
is_sealed (const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bytes = g_bytes_new_take (data, size);
  return numeral_sealed_file_is (bytes);
}

/* The program that is killed: a line says which version of the files was written. */
G_NORETURN static void
run_switches (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autofree char *drawing = numeral_hand_file_last_drawing ();
  g_autofree char *model = numeral_hand_file_path ("my-hand.safetensors");

  unlock (db);
  for (guint version = read_file (drawing) + 1;; version++)
    {
      g_autoptr (GError) error = NULL;
      const NumeralHandProtection now = unlock (db);
      gint64 id = 1 + version % N;

      write_file (model, version);
      write_file (drawing, version);
      dprintf (STDOUT_FILENO, "%u\n", version);
      numeral_hand_db_relabel (db, id, (int) (version % NUMERAL_HAND_N_LABELS), NULL, &error);
      g_assert_no_error (error);
      if (now.access == NUMERAL_HAND_PLAIN)
        protect (db);
      else
        numeral_hand_db_unprotect (db, &error);
      g_assert_no_error (error);
    }
}

static void
check_samples (NumeralHandDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = numeral_hand_db_read_all (db, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, N);
  for (guint i = 0; i < N; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (all, i);
      g_autoptr (InkDrawing) drawing = hand_test_drawing (i);

      g_assert_null (sample->damage);
      g_assert_cmpint (sample->id, ==, i + 1);
      hand_test_same_drawing (sample->drawing, drawing);
    }
}

/* @version: of the files, confirmed. Returns whether the database is encrypted. */
static gboolean
check (guint version)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autofree char *path = numeral_hand_default_path ();
  g_autofree char *sound = hand_test_query (path, "PRAGMA integrity_check");
  g_autofree char *drawing = numeral_hand_file_last_drawing ();
  g_autofree char *model = numeral_hand_file_path ("my-hand.safetensors");
  g_autofree char *plain = NULL, *sealed = NULL, *log = NULL;
  const NumeralHandProtection now = unlock (db);
  const gboolean on = now.access == NUMERAL_HAND_UNLOCKED;
  GStatBuf info;

  g_assert_cmpstr (sound, ==, "ok");
  check_samples (db);
  g_assert_cmpuint (read_file (model), >=, version);
  g_assert_cmpuint (read_file (drawing), >=, version);
  /* The switch that was killed is finished by now. */
  g_assert_false (now.unfinished);
  g_assert_true (is_sealed (drawing) == on);
  g_assert_true (is_sealed (model) == on);
  plain = hand_test_query (path, "SELECT count(*) FROM sample");
  sealed = hand_test_query (path, "SELECT count(*) FROM sealed_sample");
  g_assert_cmpstr (on ? sealed : plain, ==, "12");
  g_assert_cmpstr (on ? plain : sealed, ==, "0");
  log = g_strconcat (path, "-wal", NULL);
  if (on && g_stat (log, &info) == 0)
    {
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (log, &data, &size, NULL));
      g_assert_null (memmem (data, size, "Ink1", 4));
    }
  return on;
}

static char *program;

static void
run_and_kill (guint *version)
{
  char *words[] = { program, (char *) OPTION, NULL };
  const guint n_lines = (guint) g_test_rand_int_range (0, 4);
  g_autoptr (GError) error = NULL;
  char line[100];
  int fd, status;
  GPid pid;
  FILE *lines;

  g_spawn_async_with_pipes (NULL, words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &fd, NULL, &error);
  g_assert_no_error (error);
  lines = fdopen (fd, "r");
  for (guint i = 0;; i++)
    {
      if (i == n_lines)
        {
          g_usleep ((gulong) g_test_rand_int_range (0, 30000));
          kill (pid, SIGKILL);
        }
      if (fgets (line, sizeof line, lines) == NULL)
        break;
      *version = (guint) g_ascii_strtoull (line, NULL, 10);
    }
  fclose (lines);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
test_kill (void)
{
  const char *text = g_getenv ("NUMERAL_TEST_KILLS");
  const guint n_kills = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 10;
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autofree char *drawing = numeral_hand_file_last_drawing ();
  g_autofree char *model = numeral_hand_file_path ("my-hand.safetensors");
  guint version = 1, n_on = 0;

  hand_test_fill (db, N);
  write_file (drawing, version);
  write_file (model, version);
  for (guint i = 0; i < n_kills; i++)
    {
      run_and_kill (&version);
      n_on += check (version);
    }
  g_test_message ("%u kills, %u of them left it encrypted; %u switches", n_kills, n_on, version);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  int status;

  if (argc == 2 && g_str_equal (argv[1], OPTION))
    run_switches ();
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  home = engine_test_folder ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_add_func ("/engine/hand/protect/kill", test_kill);
  status = g_test_run ();
  engine_test_remove (home);
  return status;
}
