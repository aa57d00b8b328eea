/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs on one's own handwriting are encrypted with it: those that are there already, and new ones
 * from their first byte on. Nothing of them can be read on the disk, and decrypted they are as they
 * were. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-test.h"
#include "hand-test.h"
#include "ink-generator.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"
#include "numeral-sealed-file.h"
#include "numeral-sealed-folder.h"
#include "protect-test.h"
#include "trainer-test.h"

#define N_SAMPLES 100
#define N_KILLS 4
#define OPTION "--switch"

static char *program;

static void
fill (NumeralHandDb *db)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      g_autoptr (InkDrawing) drawing = NULL;
      InkGenerator generator;

      ink_generator_init (&generator, 5, i);
      drawing = ink_generator_digit (&generator, i % 10, NULL);
      g_ptr_array_add (samples, numeral_hand_sample_new (drawing, (int) (i % 10)));
    }
  numeral_hand_db_add (db, (NumeralHandSample *const *) samples->pdata, samples->len, NULL, &error);
  g_assert_no_error (error);
}

static NumeralRunConfig *
make_config (guint epochs)
{
  NumeralRunConfig *config = trainer_test_config ("", epochs);

  config->source = NUMERAL_SOURCE_HANDWRITING;
  config->train.schedule = NN_SCHEDULE_CONSTANT;
  return config;
}

static gboolean
is_loaded (NumeralRunStore *store)
{
  return !numeral_run_store_get_loading (store);
}

static void
wait_loaded (NumeralRunStore *store)
{
  while (!is_loaded (store))
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full): a run of some epochs. */
static NumeralRun *
train (NumeralRunStore *store, guint epochs)
{
  g_autoptr (NumeralRunConfig) config = make_config (epochs);
  NumeralRun *run = engine_test_create_run (store, config);
  TrainerTest test;

  trainer_test_init (&test, 0.01);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  trainer_test_clear (&test);
  return run;
}

/* Adds the contents of the files of a folder, by their paths. */
static void
read_files (const char *folder, GHashTable *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *data;
      gsize size;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          read_files (path, files);
          continue;
        }
      if (g_str_equal (name, NUMERAL_SEALED_FOLDER_MARK))
        continue;
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_hash_table_insert (files, g_steal_pointer (&path), g_bytes_new_take (data, size));
    }
}

/* (transfer full): path to GBytes */
static GHashTable *
read_run (NumeralRun *run)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  read_files (g_file_peek_path (numeral_run_get_folder (run)), files);
  return files;
}

static void
assert_same (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      GBytes *other = g_hash_table_lookup (b, path);

      g_assert_nonnull (other);
      g_assert_true (g_bytes_equal (bytes, other));
    }
}

/* What a plain run has in its files; long enough never to be in random bytes. */
static const char *const telltale[] = { "handwriting",  "settings", "\"status\"",   "numeral-run",
                                        "__metadata__", "NUMCURVE", "data_offsets", "\"epoch\"" };

static guint
count_readable (GHashTable *files)
{
  GHashTableIter iter;
  gpointer path, bytes;
  guint n = 0;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (bytes, &size);

      for (guint i = 0; i < G_N_ELEMENTS (telltale); i++)
        n += memmem (data, size, telltale[i], strlen (telltale[i])) != NULL;
    }
  return n;
}

/* All of its files are encrypted, or none. */
static void
assert_sealed (GHashTable *files, gboolean sealed)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_assert_cmpuint (g_hash_table_size (files), >, 5);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    if (numeral_sealed_file_is (bytes) != sealed)
      g_error ("%s is %s", (char *) path, sealed ? "plain" : "encrypted");
  if (sealed)
    g_assert_cmpuint (count_readable (files), ==, 0);
  else
    g_assert_cmpuint (count_readable (files), >, 5);
}

static void
check_run (NumeralRun *run, gboolean sealed)
{
  g_autoptr (GHashTable) files = read_run (run);

  assert_sealed (files, sealed);
}

/* The curve and the models of the run can be read. */
static void
assert_readable (NumeralRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) best = trainer_test_load (run, NUMERAL_BEST_FILE, &error);
  g_autoptr (NumeralHistory) history = NULL;

  g_assert_no_error (error);
  history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (best);
  g_assert_cmpuint (numeral_history_get_n_steps (history), >, 0);
}

/* Decrypted, a run is what it was, bit for bit. */
static void
test_switch (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL, again = NULL;
  g_autoptr (GHashTable) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  fill (f->db);
  store = numeral_run_store_new (NULL);
  wait_loaded (store);
  run = train (store, 2);
  before = read_run (run);
  assert_sealed (before, FALSE);
  protect_test_switch_on (f);
  check_run (run, TRUE);
  assert_readable (run);

  protect_test_lock (f);
  g_assert_null (trainer_test_load (run, NUMERAL_BEST_FILE, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_LOCKED, "unlock");
  numeral_run_store_reload_own (store);
  wait_loaded (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpint (numeral_run_get_status (again), ==, NUMERAL_RUN_LOCKED);
  g_assert_cmpstr (numeral_run_get_name (again), ==, "Protected Run");
  g_assert_false (numeral_run_can_resume (again));
  g_clear_object (&again);

  protect_test_unlock (f->db, f->secret);
  numeral_run_store_reload_own (store);
  wait_loaded (store);
  again = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpint (numeral_run_get_status (again), ==, NUMERAL_RUN_FINISHED);
  g_assert_cmpstr (numeral_run_get_name (again), ==, numeral_run_get_name (run));
  protect_test_switch_off (f);
  after = read_run (run);
  assert_same (before, after);
}

/* A run that begins while it is on is never plain, and goes on while it is locked. */
static void
test_training (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = make_config (3);
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  fill (f->db);
  protect_test_switch_on (f);
  store = numeral_run_store_new (NULL);
  wait_loaded (store);
  run = engine_test_create_run (store, config);
  trainer_test_init (&test, 0.01);
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, 1);

  /* The key is not taken from a run that is under way. */
  g_assert_false (numeral_hand_db_unprotect (f->db, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_STATE, "stop it");
  protect_test_lock (f);
  numeral_trainer_resume (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_null (test.problem);
  trainer_test_clear (&test);
  check_run (run, TRUE);
  g_assert_null (trainer_test_load (run, NUMERAL_BEST_FILE, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_LOCKED, "unlock");
  protect_test_unlock (f->db, f->secret);
  assert_readable (run);
  trainer_test_check_run (run);
  protect_test_switch_off (f);
  check_run (run, FALSE);
  trainer_test_check_run (run);
}

/* Runs on other data stay as they are. */
static void
test_others (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GHashTable) before = NULL, after = NULL;
  g_autoptr (NumeralRunConfig) config = make_config (1);

  fill (f->db);
  store = numeral_run_store_new (NULL);
  wait_loaded (store);
  config->source = NUMERAL_SOURCE_GENERATED;
  run = engine_test_create_run (store, config);
  before = read_run (run);
  protect_test_switch_on (f);
  after = read_run (run);
  assert_same (before, after);
}

/* The program that is killed. */
G_NORETURN static void
run_switches (void)
{
  ProtectTest f;

  protect_test_set_up (&f, NULL);
  for (;;)
    {
      const NumeralHandProtection now = protect_test_look (f.db);

      if (now.access == NUMERAL_HAND_LOCKED)
        protect_test_unlock (f.db, f.secret);
      if (protect_test_look (f.db).access == NUMERAL_HAND_PLAIN)
        protect_test_protect (f.db, &f.secret, 1);
      else
        protect_test_switch_off (&f);
      dprintf (STDOUT_FILENO, "\n");
    }
}

/* Killed at any moment, a switch is finished by the next program, and nothing is lost. */
static void
test_kill (ProtectTest *f, gconstpointer unused)
{
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GHashTable) before = NULL;

  fill (f->db);
  store = numeral_run_store_new (NULL);
  wait_loaded (store);
  run = train (store, 1);
  before = read_run (run);
  for (guint i = 0; i < N_KILLS; i++)
    {
      char *words[] = { program, (char *) OPTION, NULL };
      g_autoptr (GHashTable) files = NULL;
      g_autoptr (GError) error = NULL;
      NumeralHandProtection now;
      GPid child;
      char byte;
      int fd;

      g_spawn_async_with_pipes (NULL, words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child,
                                NULL, &fd, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read (fd, &byte, 1), ==, 1);
      g_usleep ((gulong) g_test_rand_int_range (0, 30000));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      close (fd);

      /* As the next program does. */
      numeral_hand_db_unref (f->db);
      f->db = numeral_hand_db_new (NULL);
      now = protect_test_look (f->db);
      if (now.access == NUMERAL_HAND_LOCKED)
        protect_test_unlock (f->db, f->secret);
      now = protect_test_look (f->db);
      g_assert_false (now.unfinished);
      check_run (run, now.access == NUMERAL_HAND_UNLOCKED);
      if (now.access == NUMERAL_HAND_UNLOCKED)
        protect_test_switch_off (f);
      files = read_run (run);
      assert_same (before, files);
    }
}

int
main (int argc, char **argv)
{
  static const ProtectTestCase cases[] = {
    { "/engine/protected-run/switch", test_switch },
    { "/engine/protected-run/training", test_training },
    { "/engine/protected-run/others", test_others },
    { "/engine/protected-run/kill", test_kill },
  };

  program = argv[0];
  if (argc == 2 && g_str_equal (argv[1], OPTION))
    run_switches ();
  return protect_test_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
