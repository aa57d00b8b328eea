/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that another window trains, and runs that cannot be read: nothing changes them here. Another
 * store of the same folder is another window. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "numeral-run-lock.h"
#include "numeral-run-private.h"
#include "numeral-write-queue.h"
#include "trainer-test.h"

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
check (NumeralRun *run)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (runs, run);
  numeral_run_check_async (runs, on_result, &result);
  wait_result (&result);
}

static gboolean
rename_run (NumeralRun *run, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  numeral_run_set_name_async (run, name, on_result, &result);
  wait_result (&result);
  return numeral_run_set_name_finish (run, result, error);
}

static NumeralRun *
create (NumeralRunStore *store)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 500;
  return engine_test_create_run (store, config);
}

/* The other window trains on: two epochs are done, and the run has another name. */
static void
train_on (NumeralRun *run, double epochs)
{
  NumeralRunRecord *record = numeral_run_get_record (run);
  NumeralRunFigures figures = { .status = NUMERAL_RUN_UNFINISHED,
                                .step = 9,
                                .epochs_done = epochs,
                                .best_accuracy = 0.5,
                                .learning_rate_scale = 1 };
  g_autoptr (GError) error = NULL;

  numeral_run_record_set_figures (record, &figures);
  numeral_run_record_set_name (record, "Theirs");
  g_assert_true (numeral_run_record_save (record, &error));
  g_assert_no_error (error);
}

static void
test_elsewhere (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) theirs = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) their_run = create (theirs);
  NumeralRunRecord *record = numeral_run_get_record (their_run);
  g_autoptr (GError) error = NULL;
  const int lock = numeral_run_record_lock (record, &error);
  g_autoptr (NumeralRunStore) ours = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (ours), 0);
  TrainerTest test;

  g_assert_cmpint (lock, >=, 0);
  g_assert_true (numeral_run_get_elsewhere (run));
  g_assert_false (numeral_run_can_resume (run));
  /* Here it is trained, and not elsewhere. */
  check (their_run);
  g_assert_false (numeral_run_get_elsewhere (their_run));

  /* Nothing changes it. */
  g_assert_false (rename_run (run, "Ours", &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_BUSY, "another window");
  g_assert_false (engine_test_delete_run (ours, run, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_BUSY, "trained");
  g_assert_true (numeral_run_store_find (ours, run, NULL));
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, G_IO_ERROR, G_IO_ERROR_BUSY, "trained");
  trainer_test_clear (&test);

  /* Its progress is seen, and its end. */
  train_on (their_run, 2);
  check (run);
  g_assert_true (numeral_run_get_elsewhere (run));
  g_assert_cmpfloat (numeral_run_get_epochs_done (run), ==, 2);
  g_assert_cmpstr (numeral_run_get_name (run), ==, "Theirs");
  train_on (their_run, 3);
  numeral_run_record_unlock (record, lock);
  check (run);
  g_assert_false (numeral_run_get_elsewhere (run));
  g_assert_true (numeral_run_can_resume (run));
  g_assert_cmpfloat (numeral_run_get_epochs_done (run), ==, 3);
  engine_test_remove (folder);
}

/* A new name does not take back what another window learned since the run was listed. */
static void
test_rename_keeps (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) theirs = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) their_run = create (theirs);
  g_autoptr (NumeralRunStore) ours = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (ours), 0);
  g_autoptr (NumeralRunRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  train_on (their_run, 4);
  g_assert_true (rename_run (run, "Ours", &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (numeral_run_get_epochs_done (run), ==, 4);
  read = numeral_run_record_load (g_file_peek_path (numeral_run_get_folder (run)), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, "Ours");
  g_assert_cmpfloat (read->figures.epochs_done, ==, 4);
  engine_test_remove (folder);
}

typedef struct
{
  const char *folder;
  int stop;
} Watcher;

static gpointer
watch (gpointer data)
{
  Watcher *watcher = data;

  while (!g_atomic_int_get (&watcher->stop))
    {
      numeral_run_folder_is_locked (watcher->folder);
      g_usleep (50);
    }
  return NULL;
}

/* Windows that look whether a run is trained do not keep it from being trained. */
static void
test_watched (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) run = create (store);
  Watcher watcher = { .folder = g_file_peek_path (numeral_run_get_folder (run)) };
  GThread *threads[2];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("watch", watch, &watcher);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GError) error = NULL;
      const int lock = numeral_run_record_lock (numeral_run_get_record (run), &error);

      g_assert_no_error (error);
      numeral_run_record_unlock (numeral_run_get_record (run), lock);
    }
  g_atomic_int_set (&watcher.stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  engine_test_remove (folder);
}

static void
assert_same (const char *path, const char *text)
{
  g_autofree char *now = NULL;

  g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
  g_assert_cmpstr (now, ==, text);
}

/* A run that cannot be read is neither trained nor renamed; it is deleted and restored as it is. */
static void
test_unreadable (void)
{
  static const char text[] = "{\"format\": \"numeral-run-77\"}";
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "run-0042", NULL);
  g_autofree char *file = NULL;
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (NumeralRun) next = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  file = engine_test_write (path, "run.json", text, strlen (text));
  store = engine_test_open_runs (folder);
  run = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_UNREADABLE);
  g_assert_nonnull (strstr (numeral_run_get_message (run), "newer Numeral"));
  g_assert_false (numeral_run_can_resume (run));
  g_assert_false (rename_run (run, "Oats", &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "cannot be read");
  g_assert_false (numeral_run_record_save (numeral_run_get_record (run), &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "cannot be read");
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_FORMAT, "newer Numeral");
  trainer_test_clear (&test);
  assert_same (file, text);
  g_assert_true (engine_test_delete_run (store, run, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  next = create (store);
  g_assert_cmpstr (numeral_run_get_id (next), ==, "run-0043");
  g_assert_true (engine_test_undelete_run (store, run, &error));
  g_assert_no_error (error);
  assert_same (file, text);
  engine_test_remove (folder);
}

/* A folder that somebody made in the meantime is not replaced, even if it is empty. */
static void
test_not_replaced (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "run-0001", NULL);
  g_autofree char *next = g_build_filename (folder, "run-0002", NULL);
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) first = create (store), run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (engine_test_delete_run (store, first, &error));
  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (next, 0755), ==, 0);
  run = create (store);
  g_assert_cmpstr (numeral_run_get_id (run), ==, "run-0003");
  g_assert_cmpstr (numeral_run_get_name (run), ==, "Run 3");
  g_assert_false (engine_test_undelete_run (store, first, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_EXISTS, "run-0001");
  g_assert_false (numeral_run_store_find (store, first, NULL));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (engine_test_undelete_run (store, first, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-lock/elsewhere", test_elsewhere);
  g_test_add_func ("/run-lock/rename-keeps", test_rename_keeps);
  g_test_add_func ("/run-lock/watched", test_watched);
  g_test_add_func ("/run-lock/unreadable", test_unreadable);
  g_test_add_func ("/run-lock/not-replaced", test_not_replaced);
  return g_test_run ();
}
