/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a store reads many runs in its thread, while runs are made and deleted. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "folder-calls.h"
#include "numeral-run-folders.h"
#include "numeral-run-list.h"
#include "numeral-write-queue.h"

#define RECORD                                                                         \
  "{\"format\":\"numeral-run-1\",\"name\":\"x\",\"created\":\"2024-05-06T07:08:09Z\"," \
  "\"status\":\"finished\",\"step\":1,\"epochs-done\":1,\"learning-rate-scale\":1,"    \
  "\"settings\":{}}"

/* Most rows that come at a time. */
#define BATCH 256

/* What a view of the list has; it is updated by the signal alone. */
typedef struct
{
  NumeralRunStore *store;
  GPtrArray *runs;
  guint n_changes;
} View;

static void
on_changed (GListModel *list, guint at, guint removed, guint added, View *view)
{
  view->n_changes++;
  g_assert_cmpuint (at + removed, <=, view->runs->len);
  if (removed > 0)
    g_ptr_array_remove_range (view->runs, at, removed);
  for (guint i = at; i < at + added; i++)
    g_ptr_array_insert (view->runs, (int) i, g_list_model_get_item (list, i));
}

static void
view_init (View *view, NumeralRunStore *store)
{
  *view = (View){ .store = store, .runs = g_ptr_array_new_with_free_func (g_object_unref) };
  g_signal_connect (store, "items-changed", G_CALLBACK (on_changed), view);
}

/* The view shows the list, which is in order and has each run once. */
static void
assert_view (View *view)
{
  GListModel *list = G_LIST_MODEL (view->store);

  g_assert_cmpuint (view->runs->len, ==, g_list_model_get_n_items (list));
  for (guint i = 0; i < view->runs->len; i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (list, i);
      guint at;

      g_assert_true (view->runs->pdata[i] == run);
      g_assert_true (numeral_run_store_find (view->store, run, &at));
      g_assert_cmpuint (at, ==, i);
      if (i > 0)
        g_assert_cmpint (numeral_run_compare (view->runs->pdata[i - 1], run), <, 0);
    }
}

static void
view_clear (View *view)
{
  g_signal_handlers_disconnect_by_data (view->store, view);
  g_ptr_array_unref (view->runs);
}

static void
make_runs (const char *folder, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/run-%04u", folder, i);

      g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
      g_free (engine_test_write (path, "run.json", RECORD, strlen (RECORD)));
    }
}

static NumeralRunStore *
open_store (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  return numeral_run_store_new (folder);
}

static NumeralRun *
create (NumeralRunStore *store)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GError) error = NULL;
  NumeralRun *run;

  config->source = NUMERAL_SOURCE_GENERATED;
  run = numeral_run_store_create (store, config, &error);
  g_assert_no_error (error);
  return run;
}

static void
turn (void)
{
  numeral_write_queue_flush ();
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* Nothing is read before the main loop turns; then the newest come first, in parts. */
static void
test_batches (void)
{
  const guint n = 3000;
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = NULL;
  View view;
  guint before = 0;

  make_runs (folder, n);
  (void) g_vfs_get_default (); /* lists GIO's modules */
  folder_calls_reset ();
  store = open_store (folder);
  view_init (&view, store);
  g_assert_true (numeral_run_store_get_loading (store));
  g_assert_cmpuint (view.runs->len, ==, 0);
  while (numeral_run_store_get_loading (store))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (view.runs->len - before, <=, BATCH);
      if (view.runs->len > 0)
        g_assert_cmpstr (numeral_run_get_id (view.runs->pdata[0]), ==, "run-3000");
      before = view.runs->len;
    }
  g_assert_cmpint (folder_calls_get (), ==, 0);
  g_assert_cmpuint (view.runs->len, ==, n);
  g_assert_cmpuint (view.n_changes, >=, n / BATCH);
  assert_view (&view);
  /* A reload does not add a run a second time. */
  numeral_run_store_reload (store);
  engine_test_wait_runs (store);
  g_assert_cmpuint (view.runs->len, ==, n);
  view_clear (&view);
  g_clear_object (&store);
  engine_test_remove (folder);
}

/* Runs that are made and deleted meanwhile are in the list once, or not at all. */
static void
test_meanwhile (void)
{
  const guint n = 600, n_new = 20;
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRunStore) again = NULL;
  g_autoptr (GPtrArray) deleted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  View view;

  make_runs (folder, n);
  store = open_store (folder);
  view_init (&view, store);
  /* The first before any number is known. */
  g_ptr_array_add (made, create (store));
  g_assert_cmpuint (view.runs->len, ==, 1);
  while (numeral_run_store_get_loading (store))
    {
      g_main_context_iteration (NULL, TRUE);
      assert_view (&view);
      if (made->len < n_new)
        g_ptr_array_add (made, create (store));
      if (view.runs->len > 40 && deleted->len == 0)
        {
          g_ptr_array_add (deleted, g_object_ref (view.runs->pdata[30]));
          g_ptr_array_add (deleted, g_object_ref (view.runs->pdata[35]));
          numeral_run_store_delete_async (store, deleted, NULL, NULL);
        }
    }
  turn ();
  assert_view (&view);
  g_assert_cmpuint (deleted->len, ==, 2);
  g_assert_cmpuint (view.runs->len, ==, n + made->len - 2);
  /* In front of all others, each with a number of its own. */
  for (guint i = 0; i < made->len; i++)
    {
      const guint64 number = numeral_run_folder_number (numeral_run_get_id (made->pdata[i]));
      g_autofree char *name = g_strdup_printf ("Run %" G_GUINT64_FORMAT, number);
      guint at;

      g_assert_cmpuint (number, >, n);
      g_assert_cmpstr (numeral_run_get_name (made->pdata[i]), ==, name);
      g_assert_true (numeral_run_store_find (store, made->pdata[i], &at));
      g_assert_cmpuint (at, <, made->len);
    }
  numeral_run_store_undelete_async (store, deleted, NULL, NULL);
  turn ();
  assert_view (&view);
  g_assert_cmpuint (view.runs->len, ==, n + made->len);
  again = engine_test_open_runs (folder);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, n + made->len);
  g_assert_cmpuint (engine_test_count_unreadable (again), ==, 0);
  view_clear (&view);
  g_clear_object (&again);
  g_clear_object (&store);
  engine_test_remove (folder);
}

/* A run that is deleted before its folder is made is deleted all the same. */
static void
test_delete_new (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = open_store (folder);
  g_autoptr (NumeralRun) run = create (store);
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autofree char *path = g_build_filename (folder, "run-0001", NULL);
  View view;

  view_init (&view, store);
  g_ptr_array_add (view.runs, g_object_ref (run));
  g_ptr_array_add (runs, run);
  numeral_run_store_delete_async (store, runs, NULL, NULL);
  g_assert_cmpuint (view.runs->len, ==, 0);
  turn ();
  engine_test_wait_runs (store);
  g_assert_cmpuint (view.runs->len, ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  numeral_run_store_undelete_async (store, runs, NULL, NULL);
  turn ();
  assert_view (&view);
  g_assert_cmpuint (view.runs->len, ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  view_clear (&view);
  g_clear_object (&store);
  engine_test_remove (folder);
}

/* A store is dropped at any moment while it reads. */
static void
test_dropped (void)
{
  g_autofree char *folder = engine_test_folder ();

  make_runs (folder, 300);
  for (guint i = 0; i < 40; i++)
    {
      NumeralRunStore *store = open_store (folder);

      g_usleep (500 * (i % 5));
      for (guint turns = i % 7; turns > 0; turns--)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (store);
    }
  turn ();
  engine_test_remove (folder);
}

/* Every change of a run makes, moves and removes folders in other threads. */
static void
test_no_wait (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  g_autofree char *left = g_build_filename (runs, ".deleted-abcdef", NULL);
  g_autoptr (NumeralRunStore) store = NULL;
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (left, 0755), ==, 0);
  g_assert_cmpint (folder_calls_get (), >, 0);
  (void) g_vfs_get_default ();
  folder_calls_reset ();
  store = engine_test_open_runs (runs);
  config->source = NUMERAL_SOURCE_GENERATED;
  run = engine_test_create_run (store, config);
  g_assert_true (engine_test_delete_run (store, run, &error));
  g_assert_true (engine_test_undelete_run (store, run, &error));
  g_assert_true (engine_test_delete_run (store, run, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  numeral_write_queue_flush ();
  g_assert_cmpint (folder_calls_get (), ==, 0);
  engine_test_remove (folder);
}

static guint n_list_changes;

static void
on_list_changed (guint at, guint removed, guint added, gpointer data)
{
  GPtrArray *mirror = ((gpointer *) data)[0];
  NumeralRunList *list = ((gpointer *) data)[1];

  n_list_changes++;
  if (removed > 0)
    g_ptr_array_remove_range (mirror, at, removed);
  for (guint i = at; i < at + added; i++)
    g_ptr_array_insert (mirror, (int) i, list->runs->pdata[i]);
}

/* Random sets of runs come and go; what the list tells of its changes is what happens. */
static void
test_list (void)
{
  const guint n = 400;
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new ();
  NumeralRunList list;
  gpointer data[] = { mirror, &list };

  numeral_run_list_init (&list, on_list_changed, data);
  for (guint i = 0; i < n; i++)
    {
      /* Some have the same number, and some have none. */
      g_autofree char *path = g_strdup_printf (i % 10 == 0 ? "/x/run-%u" :
                                               i % 10 == 1 ? "/x/run-copy%u" :
                                                             "/x/run-%04u",
                                               i % 10 == 0 ? i + 2 : i);
      g_autoptr (NumeralRunRecord) record = numeral_run_record_new (path, config, "x");

      g_ptr_array_add (all, numeral_run_new (record));
    }
  numeral_run_list_sort (all);
  for (guint round = 0; round < 300; round++)
    {
      const int share = g_test_rand_int_range (1, 30);
      const gboolean adding = g_test_rand_bit ();
      g_autoptr (GPtrArray) some = g_ptr_array_new ();

      for (guint i = 0; i < n; i++)
        if (numeral_run_list_find (&list, all->pdata[i], NULL) != adding &&
            g_test_rand_int_range (0, 100) < share)
          g_ptr_array_add (some, all->pdata[i]);
      if (adding)
        numeral_run_list_add (&list, some);
      else
        numeral_run_list_remove (&list, some);
      g_assert_cmpuint (mirror->len, ==, list.runs->len);
      for (guint i = 0; i < mirror->len; i++)
        {
          g_assert_true (mirror->pdata[i] == list.runs->pdata[i]);
          if (i > 0)
            g_assert_cmpint (numeral_run_compare (mirror->pdata[i - 1], mirror->pdata[i]), <, 0);
        }
    }
  numeral_run_list_clear (&list);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (G_OBJECT (all->pdata[i])->ref_count, ==, 1);
}

/* A run that is made before any number is known gets its own later. Its row stays as it is if its
 * place does, so that what is picked in a view stays picked. */
static void
test_renumber (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new ();
  NumeralRunList list;
  gpointer data[] = { mirror, &list };
  guint n_before;

  for (guint number = 40; number >= 10; number -= 10)
    {
      g_autofree char *path = g_strdup_printf ("/x/run-%04u", number);
      g_autoptr (NumeralRunRecord) record = numeral_run_record_new (path, config, "x");

      g_ptr_array_add (all, numeral_run_new (record));
    }
  numeral_run_list_init (&list, on_list_changed, data);
  numeral_run_list_add (&list, all);
  n_before = n_list_changes;
  numeral_run_list_renumber (&list, all->pdata[0], 31);
  numeral_run_list_renumber (&list, all->pdata[1], 21);
  numeral_run_list_renumber (&list, all->pdata[3], 19);
  g_assert_cmpuint (n_list_changes, ==, n_before);
  /* From the first place to the third. */
  numeral_run_list_renumber (&list, all->pdata[0], 20);
  numeral_run_list_renumber (&list, all->pdata[0], 19);
  g_assert_cmpuint (n_list_changes, >, n_before);
  g_assert_cmpuint (mirror->len, ==, 4);
  for (guint i = 0; i < mirror->len; i++)
    {
      g_assert_true (mirror->pdata[i] == list.runs->pdata[i]);
      if (i > 0)
        g_assert_cmpint (numeral_run_compare (mirror->pdata[i - 1], mirror->pdata[i]), <, 0);
    }
  numeral_run_list_clear (&list);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpuint (G_OBJECT (all->pdata[i])->ref_count, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-reading/batches", test_batches);
  g_test_add_func ("/run-reading/meanwhile", test_meanwhile);
  g_test_add_func ("/run-reading/delete-new", test_delete_new);
  g_test_add_func ("/run-reading/dropped", test_dropped);
  g_test_add_func ("/run-reading/no-wait", test_no_wait);
  g_test_add_func ("/run-reading/list", test_list);
  g_test_add_func ("/run-reading/renumber", test_renumber);
  return g_test_run ();
}
