/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of runs: making, naming, deleting and bringing back, models from elsewhere, and folders
 * that are damaged. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine-test.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"
#include "numeral-run-snapshots.h"
#include "numeral-write-queue.h"
#include "syncs.h"
#include "trainer-test.h"
#include "numeral-model-file.h"

static guint
n_runs (NumeralRunStore *store)
{
  return g_list_model_get_n_items (G_LIST_MODEL (store));
}

static NumeralRun *
get_run (NumeralRunStore *store, guint i)
{
  return g_list_model_get_item (G_LIST_MODEL (store), i);
}

static NumeralRunConfig *
make_config (void)
{
  NumeralRunConfig *config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 500;
  return config;
}

/* Something was synced since the last time, and nothing of it in the main thread. */
static void
assert_no_wait (void)
{
  numeral_write_queue_flush ();
  g_assert_cmpint (syncs_get (), >, 0);
  g_assert_cmpint (syncs_get_in_main_thread (), ==, 0);
  syncs_reset ();
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
set_name (NumeralRun *run, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  numeral_run_set_name_async (run, name, on_result, &result);
  return numeral_run_set_name_finish (run, wait_result (&result), error);
}

static NumeralRun *
import (NumeralRunStore *store, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  numeral_run_store_import_async (store, file, on_result, &result);
  return numeral_run_store_import_finish (store, wait_result (&result), error);
}

static NumeralRun *
create (NumeralRunStore *store)
{
  g_autoptr (NumeralRunConfig) config = make_config ();

  return engine_test_create_run (store, config);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
on_changed (GListModel *list, guint at, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", at, removed, added);
}

static void
test_list (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "not", "yet", "there", NULL);
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (path);
  g_autoptr (NumeralRunStore) again = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (NumeralRun) first = NULL;
  g_autoptr (NumeralRun) second = NULL;
  g_autoptr (NumeralRun) listed = NULL;
  g_autoptr (NumeralRunConfig) wrong = make_config ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) created = NULL;
  g_autofree char *summary = NULL;
  double epochs_done, best;

  g_assert_cmpuint (n_runs (store), ==, 0);
  g_assert_null (numeral_run_store_get_problem (store));
  g_signal_connect (store, "items-changed", G_CALLBACK (on_changed), log);
  first = create (store);
  second = create (store);
  g_assert_cmpstr (log->str, ==, "0-0+1 0-0+1 ");
  g_assert_cmpstr (numeral_run_get_name (first), ==, "Run 1");
  g_assert_cmpstr (numeral_run_get_name (second), ==, "Run 2");
  g_assert_cmpstr (numeral_run_get_id (first), !=, numeral_run_get_id (second));
  listed = get_run (store, 0);
  g_assert_true (listed == second);
  g_assert_null (get_run (store, 2));
  g_object_get (first, "created", &created, "summary", &summary, "epochs-done", &epochs_done,
                "best-accuracy", &best, NULL);
  g_assert_cmpstr (summary, ==, "784-128-10, Adam, 5 epochs");
  g_assert_cmpfloat (epochs_done, ==, 0);
  g_assert_true (isnan (best));
  g_assert_cmpint (ABS (g_date_time_to_unix (created) - g_get_real_time () / G_USEC_PER_SEC), <,
                   60);

  wrong->generated = 1;
  g_assert_null (numeral_run_store_create (store, wrong, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "Generated");
  g_assert_cmpuint (count_files (path), ==, 2);

  /* What another program sees. */
  again = engine_test_open_runs (path);
  g_assert_cmpuint (n_runs (again), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NumeralRun) a = get_run (store, i);
      g_autoptr (NumeralRun) b = get_run (again, i);

      g_assert_cmpstr (numeral_run_get_id (a), ==, numeral_run_get_id (b));
      g_assert_cmpstr (numeral_run_get_name (a), ==, numeral_run_get_name (b));
      g_assert_cmpuint (numeral_run_get_config (b)->generated, ==, 500);
    }
  engine_test_remove (folder);
}

static void
on_notify (NumeralRun *run, GParamSpec *pspec, guint *count)
{
  *count += 1;
}

static void
test_name (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRunStore) again = NULL;
  g_autoptr (NumeralRun) run = create (store);
  g_autoptr (NumeralRun) listed = NULL;
  g_autofree char *long_name = g_strnfill (201, 'x');
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_signal_connect (run, "notify::name", G_CALLBACK (on_notify), &n);
  g_assert_true (set_name (run, "  the \"wide\" one\nof März \xff ", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (numeral_run_get_name (run), ==, "the \"wide\" one\nof März \xef\xbf\xbd");
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (set_name (run, " ", &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "name");
  g_assert_false (set_name (run, long_name, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "200");
  again = engine_test_open_runs (folder);
  listed = get_run (again, 0);
  g_assert_cmpstr (numeral_run_get_name (listed), ==, numeral_run_get_name (run));
  engine_test_remove (folder);
}

static void
wait_gone (const char *path)
{
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (1000);
}

static void
test_delete (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRunStore) other = NULL;
  NumeralRun *runs[3];
  g_autoptr (NumeralRun) next = NULL;
  g_autoptr (NumeralRun) middle = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;

  for (guint i = 0; i < 3; i++)
    runs[i] = create (store);
  path = g_file_peek_path (numeral_run_get_folder (runs[1]));
  g_assert_true (engine_test_delete_run (store, runs[1], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_runs (store), ==, 2);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Another window neither shows it nor takes it away. */
  other = engine_test_open_runs (folder);
  g_assert_cmpuint (n_runs (other), ==, 2);
  g_clear_object (&other);
  g_assert_true (engine_test_undelete_run (store, runs[1], &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  middle = get_run (store, 1);
  g_assert_true (middle == runs[1]);

  /* Numbers are not used twice while the run with one can be brought back. */
  g_assert_true (engine_test_delete_run (store, runs[2], &error));
  next = create (store);
  g_assert_cmpstr (numeral_run_get_name (next), ==, "Run 4");

  /* With the store the rest goes away. */
  g_assert_true (engine_test_delete_run (store, runs[0], &error));
  g_clear_object (&store);
  numeral_write_queue_flush ();
  g_assert_cmpuint (count_files (folder), ==, 2);

  for (guint i = 0; i < 3; i++)
    g_object_unref (runs[i]);

  /* So does what a program left behind that was killed. */
  {
    g_autofree char *aside = g_build_filename (folder, ".deleted-abcdef", NULL);
    g_autofree char *made = g_build_filename (folder, ".new-abcdef", NULL);
    g_autofree char *inside = g_build_filename (aside, "run-0001", NULL);
    g_autofree char *link = g_build_filename (inside, "link", NULL);

    g_assert_cmpint (g_mkdir_with_parents (inside, 0755), ==, 0);
    g_assert_cmpint (g_mkdir (made, 0755), ==, 0);
    g_free (engine_test_write (inside, "run.json", "{}", 2));
    g_assert_cmpint (symlink (folder, link), ==, 0);
    store = engine_test_open_runs (folder);
    wait_gone (aside);
    wait_gone (made);
    g_assert_cmpuint (n_runs (store), ==, 2);
  }
  engine_test_remove (folder);
}

static void
test_import (void)
{
  static const guint widths[] = { 784, 20, 15, 10 };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  g_autofree char *path = g_build_filename (folder, "found.safetensors", NULL);
  g_autofree char *bad = engine_test_write (folder, "bad.safetensors", "nonsense", 8);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad_file = g_file_new_for_path (bad);
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 4);
  g_autoptr (GHashTable) card = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (NumeralModel) best = NULL;
  g_autoptr (NumeralHistory) history = NULL;
  g_autoptr (GArray) snapshots = NULL;
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (runs);
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  double accuracy;
  TrainerTest test;

  g_hash_table_insert (card, (char *) "validation_accuracy", (char *) "0.975");
  model = numeral_model_new (network, NULL, card);
  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  run = import (store, file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (numeral_run_get_name (run), ==, "found.safetensors");
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  g_object_get (run, "summary", &summary, "best-accuracy", &accuracy, NULL);
  g_assert_true (g_str_has_prefix (summary, "784-20-15-10"));
  g_assert_cmpfloat (accuracy, ==, 0.975);
  best = trainer_test_load (run, NUMERAL_BEST_FILE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (best->network->params, best->network->n_params * sizeof (float), network->params,
                   network->n_params * sizeof (float));
  history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 0);
  snapshots = numeral_snapshots_list (g_file_peek_path (numeral_run_get_folder (run)));
  g_assert_cmpuint (snapshots->len, ==, 0);

  /* Its weights are shown; there is nothing to train. */
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_nonnull (numeral_trainer_get_network (test.trainer));
  trainer_test_clear (&test);

  g_assert_null (import (store, bad_file, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "bad.safetensors");
  g_assert_cmpuint (n_runs (store), ==, 1);
  g_assert_cmpuint (count_files (runs), ==, 1);
  engine_test_remove (folder);
}

#define RECORD(members) \
  "{\"format\":\"numeral-run-1\",\"name\":\"x\",\"created\":\"2024-05-06T07:08:09Z\"," members "}"

/* %NULL: no run.json at all. */
static const struct
{
  const char *json;
  const char *says;
} damaged[] = {
  { NULL, "there is no such file" },
  { "", "JSON" },
  { "{", "JSON" },
  { "[]", "object" },
  { "{}", "not the record of a run" },
  { "{\"format\":\"numeral-run-2\"}", "newer Numeral" },
  { "{\"format\":7}", "not the record of a run" },
  { "{\"format\":\"numeral-run-1\"}", "“created”" },
  { "{\"format\":\"numeral-run-1\",\"created\":\"yesterday\"}", "“created”" },
  { RECORD ("\"status\":\"lost\""), "“status”" },
  { RECORD ("\"status\":\"failed\""), "“step”" },
  { RECORD ("\"status\":\"failed\",\"step\":-1"), "“step”" },
  { RECORD ("\"status\":\"failed\",\"step\":1e300"), "“step”" },
  { RECORD ("\"status\":\"failed\",\"step\":1"), "“epochs-done”" },
  { RECORD ("\"status\":\"failed\",\"step\":1,\"epochs-done\":\"2\""), "“epochs-done”" },
  { RECORD ("\"status\":\"failed\",\"step\":1,\"epochs-done\":1"), "“learning-rate-scale”" },
  { RECORD ("\"status\":\"failed\",\"step\":1,\"epochs-done\":1,\"learning-rate-scale\":1"),
    "settings" },
  { RECORD ("\"status\":\"failed\",\"step\":1,\"epochs-done\":1,\"learning-rate-scale\":1,"
            "\"settings\":[]"),
    "settings" },
  { RECORD ("\"status\":\"failed\",\"step\":1,\"epochs-done\":1,\"learning-rate-scale\":1,"
            "\"settings\":{\"epochs\":0}"),
    "Epochs" },
};

#define KEPT(created, figures)                                          \
  "{\"format\":\"numeral-run-1\",\"name\":\"x\",\"created\":\"" created \
  "\",\"status\":\"failed\",\"step\":1,\"learning-rate-scale\":1," figures ",\"settings\":{}}"

/* Values that no program of ours writes are held to their ranges. */
static void
test_ranges (void)
{
  static const struct
  {
    const char *json;
    double epochs, accuracy;
  } kept[] = {
    { KEPT ("2024-05-06T07:08:09Z", "\"epochs-done\":2,\"best-accuracy\":0.5"), 2, 0.5 },
    { KEPT ("2024-05-06T07:08:09Z", "\"epochs-done\":8380,\"best-accuracy\":5"), 5, NAN },
    { KEPT ("0001-01-01T00:00:00Z", "\"epochs-done\":0,\"best-accuracy\":-1e308"), 0, NAN },
    { KEPT ("9999-12-31T23:59:59.999999Z", "\"epochs-done\":1,\"best-accuracy\":1e999"), 1, NAN },
  };
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) fresh = NULL, again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *name = g_strdup_printf ("run-000%u", i + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
      g_free (engine_test_write (path, "run.json", kept[i].json, strlen (kept[i].json)));
    }
  store = engine_test_open_runs (folder);
  g_assert_cmpuint (n_runs (store), ==, G_N_ELEMENTS (kept));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (NumeralRun) run = get_run (store, G_N_ELEMENTS (kept) - 1 - i);
      g_autoptr (GDateTime) created = NULL;

      g_object_get (run, "created", &created, NULL);
      g_assert_nonnull (created);
      g_assert_cmpfloat (numeral_run_get_epochs_done (run), ==, kept[i].epochs);
      if (isnan (kept[i].accuracy))
        g_assert_true (isnan (numeral_run_get_best_accuracy (run)));
      else
        g_assert_cmpfloat (numeral_run_get_best_accuracy (run), ==, kept[i].accuracy);
    }

  /* A new run is the first, has the time of today, and is read again. */
  fresh = create (store);
  again = get_run (store, 0);
  g_assert_true (fresh == again);
  g_clear_object (&store);
  store = engine_test_open_runs (folder);
  g_assert_cmpuint (n_runs (store), ==, G_N_ELEMENTS (kept) + 1);
  g_clear_object (&again);
  again = get_run (store, 0);
  g_assert_cmpstr (numeral_run_get_id (again), ==, numeral_run_get_id (fresh));
  g_clear_object (&store);
  engine_test_remove (folder);
}

/* A folder whose number is the last one there is does not use up the numbers. */
static void
test_numbers (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "run-18446744073709551615", NULL);
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  store = engine_test_open_runs (folder);
  run = create (store);
  g_assert_cmpstr (numeral_run_get_id (run), ==, "run-0001");
  g_clear_object (&store);
  engine_test_remove (folder);
}

/* A pipe in place of a file does not stop the program. */
static void
test_pipe (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *path = g_build_filename (folder, "run-0001", NULL);
  g_autofree char *record = g_build_filename (path, "run.json", NULL);
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRun) run = NULL;

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  g_assert_cmpint (mkfifo (record, 0600), ==, 0);
  store = engine_test_open_runs (folder);
  g_assert_cmpuint (n_runs (store), ==, 1);
  run = get_run (store, 0);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_UNREADABLE);
  g_assert_nonnull (strstr (numeral_run_get_message (run), "pipe"));
  g_clear_object (&store);
  engine_test_remove (folder);
}

static void
assert_unreadable (NumeralRunStore *store, guint position, guint number, const char *says)
{
  g_autofree char *id = g_strdup_printf ("run-%u", number);
  g_autoptr (NumeralRun) run = get_run (store, position);

  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_UNREADABLE);
  g_assert_cmpstr (numeral_run_get_id (run), ==, id);
  g_assert_cmpstr (numeral_run_get_name (run), ==, id);
  g_assert_nonnull (strstr (numeral_run_get_message (run), id));
  g_assert_nonnull (strstr (numeral_run_get_message (run), says));
  g_assert_false (numeral_run_can_resume (run));
}

static void
test_damaged (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) run = create (store);
  g_autoptr (NumeralRun) listed = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_strdup_printf ("run-9%03u", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
      if (damaged[i].json != NULL)
        g_free (engine_test_write (path, "run.json", damaged[i].json, strlen (damaged[i].json)));
    }
  /* Not folders at all, and files that are none of ours. */
  g_free (engine_test_write (folder, "run-file", "x", 1));
  g_free (engine_test_write (folder, "notes.txt", "x", 1));
  {
    g_autofree char *path = g_build_filename (folder, "run-8000", NULL);
    g_autofree char *inside = g_build_filename (path, "run.json", NULL);

    g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
    g_assert_cmpint (g_mkdir (inside, 0755), ==, 0);
  }
  g_clear_object (&store);
  store = engine_test_open_runs (folder);
  /* From the highest number down; the one that can be read, the file and the other one. */
  n = G_N_ELEMENTS (damaged);
  g_assert_cmpuint (n_runs (store), ==, n + 3);
  g_assert_cmpuint (engine_test_count_unreadable (store), ==, n + 2);
  for (guint i = 0; i < n; i++)
    assert_unreadable (store, i, 9000 + n - 1 - i, damaged[n - 1 - i].says);
  assert_unreadable (store, n, 8000, "run.json");
  listed = get_run (store, n + 1);
  g_assert_cmpstr (numeral_run_get_id (listed), ==, numeral_run_get_id (run));
  /* All is as it was, but for what is asked for. */
  g_clear_object (&run);
  run = create (store);
  g_assert_cmpstr (numeral_run_get_id (run), ==, "run-9019");
  engine_test_remove (folder);
}

static void
on_lost (NumeralRunStore *store, NumeralRun *run, const GError *error, GError **copy)
{
  g_assert_null (*copy);
  *copy = g_error_copy (error);
}

/* A folder that cannot be written to, and one that cannot be read. */
static void
test_no_permission (void)
{
  if (g_test_subprocess ())
    {
      const char *folder = g_getenv ("TEST_FOLDER");
      g_autofree char *closed = g_build_filename (folder, "closed", NULL);
      g_autoptr (NumeralRunConfig) config = make_config ();
      g_autoptr (NumeralRunStore) store = NULL;
      g_autoptr (NumeralRunStore) unreadable = NULL;
      g_autoptr (NumeralRun) run = NULL;
      TrainerTest test;
      g_autoptr (GError) error = NULL;

      engine_test_drop_privileges ();
      store = engine_test_open_runs (folder);
      g_assert_cmpuint (n_runs (store), ==, 1);
      g_signal_connect (store, "lost", G_CALLBACK (on_lost), &error);
      run = numeral_run_store_create (store, config, NULL);
      g_assert_cmpuint (n_runs (store), ==, 2);
      while (error == NULL)
        g_main_context_iteration (NULL, TRUE);
      engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, folder);
      g_assert_cmpuint (n_runs (store), ==, 1);
      g_assert_null (numeral_run_get_folder (run));
      trainer_test_init (&test, 100);
      numeral_trainer_start (test.trainer, run, FALSE);
      trainer_test_wait_finished (&test);
      engine_test_error (&test.error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, folder);
      trainer_test_clear (&test);
      unreadable = engine_test_open_runs (closed);
      g_assert_cmpuint (n_runs (unreadable), ==, 0);
      g_assert_nonnull (strstr (numeral_run_store_get_problem (unreadable), "closed"));
      return;
    }
  {
    g_autofree char *folder = engine_test_folder ();
    g_autofree char *closed = g_build_filename (folder, "closed", NULL);
    g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
    g_autoptr (NumeralRun) run = create (store);
    const char *path = g_file_peek_path (numeral_run_get_folder (run));
    g_autofree char *record = g_build_filename (path, "run.json", NULL);

    numeral_write_queue_flush ();
    g_assert_cmpint (g_mkdir (closed, 0), ==, 0);
    g_assert_cmpint (g_chmod (record, 0644), ==, 0);
    g_assert_cmpint (g_chmod (path, 0755), ==, 0);
    g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
    g_setenv ("TEST_FOLDER", folder, TRUE);
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
    g_assert_cmpint (g_chmod (closed, 0755), ==, 0);
    engine_test_remove (folder);
  }
}

/* The main thread syncs no file in any operation on runs. */
static void
test_no_wait (void)
{
  static const guint widths[] = { 784, 10 };
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  g_autofree char *path = g_build_filename (folder, "found.safetensors", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (NnNetwork) network = engine_test_network (widths, G_N_ELEMENTS (widths), 4);
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, NULL);
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (runs);
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (NumeralRun) imported = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (numeral_model_save (model, file, NUMERAL_SAVE_DEFAULT, NULL, &error));
  g_assert_cmpint (syncs_get_in_main_thread (), >, 0);
  numeral_write_queue_flush ();
  syncs_reset ();

  run = create (store);
  assert_no_wait ();
  g_assert_true (set_name (run, "Oats", &error));
  assert_no_wait ();
  imported = import (store, file, &error);
  g_assert_no_error (error);
  assert_no_wait ();
  g_assert_true (engine_test_delete_run (store, run, &error));
  g_assert_true (engine_test_undelete_run (store, run, &error));
  g_assert_cmpint (syncs_get_in_main_thread (), ==, 0);
  engine_test_remove (folder);
}

/* A name that cannot be written is taken back, and the reason told. */
static void
test_name_lost (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  g_autoptr (NumeralRun) run = create (store);
  const char *path = g_file_peek_path (numeral_run_get_folder (run));
  g_autofree char *moved = g_strconcat (path, "-moved", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  numeral_write_queue_flush ();
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  numeral_run_set_name_async (run, "Oats", on_result, &result);
  g_assert_cmpstr (numeral_run_get_name (run), ==, "Oats");
  g_assert_false (numeral_run_set_name_finish (run, wait_result (&result), &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "run-0001");
  g_assert_cmpstr (numeral_run_get_name (run), ==, "Run 1");
  engine_test_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-store/list", test_list);
  g_test_add_func ("/run-store/name", test_name);
  g_test_add_func ("/run-store/name-lost", test_name_lost);
  g_test_add_func ("/run-store/no-wait", test_no_wait);
  g_test_add_func ("/run-store/delete", test_delete);
  g_test_add_func ("/run-store/import", test_import);
  g_test_add_func ("/run-store/damaged", test_damaged);
  g_test_add_func ("/run-store/ranges", test_ranges);
  g_test_add_func ("/run-store/numbers", test_numbers);
  g_test_add_func ("/run-store/pipe", test_pipe);
  g_test_add_func ("/run-store/no-permission", test_no_permission);
  return g_test_run ();
}
