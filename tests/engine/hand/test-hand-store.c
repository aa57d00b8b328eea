/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The face of the database for the main thread. */

#include <sqlite3.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-store.h"
#include "numeral-write-queue.h"

typedef struct
{
  char *folder, *path;
  NumeralHandStore *store;
  guint n_changes;
} Fixture;

static void
on_generation (NumeralHandStore *store, GParamSpec *pspec, Fixture *f)
{
  f->n_changes++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->folder = engine_test_folder ();
  f->path = g_build_filename (f->folder, "hand", "hand.db", NULL);
  f->store = numeral_hand_store_new (f->path);
  g_signal_connect (f->store, "notify::generation", G_CALLBACK (on_generation), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_object_add_weak_pointer (G_OBJECT (f->store), (gpointer *) &f->store);
  g_object_unref (f->store);
  /* It may be looking at the file. */
  while (f->store != NULL)
    g_main_context_iteration (NULL, TRUE);
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static NumeralHandCounts
count (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  numeral_hand_store_count_async (f->store, 0, NULL, on_result, &result);
  numeral_hand_store_count_finish (f->store, wait_for (&result), &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static GArray *
add (Fixture *f, guint n)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (samples, hand_test_sample (i, (int) i, 3));
  numeral_hand_store_add_async (f->store, (NumeralHandSample *const *) samples->pdata, n, on_result,
                                &result);
  ids = numeral_hand_store_add_finish (f->store, wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, n);
  return ids;
}

/* Each operation, and that each change is notified once. */
static void
test_operations (Fixture *f, gconstpointer unused)
{
  const NumeralHandQuery query = { .label = -1, .limit = 10 };
  g_autoptr (GArray) ids = add (f, 3);
  g_autoptr (GAsyncResult) relabelled = NULL, removed = NULL, restored = NULL, listed = NULL,
                           got = NULL;
  g_autoptr (GPtrArray) deleted = NULL, page = NULL;
  g_autoptr (NumeralHandSample) sample = NULL;
  g_autoptr (GError) error = NULL;
  int before;

  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_cmpuint (count (f).n, ==, 3);
  numeral_hand_store_relabel_async (f->store, 2, 8, on_result, &relabelled);
  g_assert_true (
      numeral_hand_store_relabel_finish (f->store, wait_for (&relabelled), &before, &error));
  g_assert_cmpint (before, ==, 1);
  g_assert_cmpuint (f->n_changes, ==, 2);
  numeral_hand_store_delete_async (f->store, (gint64 *) ids->data, 2, on_result, &removed);
  deleted = numeral_hand_store_delete_finish (f->store, wait_for (&removed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, 2);
  g_assert_cmpuint (count (f).n, ==, 1);
  numeral_hand_store_restore_async (f->store, (NumeralHandSample *const *) deleted->pdata,
                                    deleted->len, on_result, &restored);
  g_assert_true (numeral_hand_store_restore_finish (f->store, wait_for (&restored), &error));
  g_assert_cmpuint (f->n_changes, ==, 4);
  numeral_hand_store_list_async (f->store, &query, NULL, on_result, &listed);
  page = numeral_hand_store_list_finish (f->store, wait_for (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 3);
  numeral_hand_store_get_async (f->store, 2, NULL, on_result, &got);
  sample = numeral_hand_store_get_finish (f->store, wait_for (&got), &error);
  g_assert_no_error (error);
  g_assert_cmpint (sample->label, ==, 8);
  hand_test_same (sample, g_ptr_array_index (page, 1));
}

static void
test_errors (Fixture *f, gconstpointer unused)
{
  g_autoptr (GAsyncResult) got = NULL, cancelled = NULL, refused = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (NumeralHandSample) bad = hand_test_sample (1, 20, 3);
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  numeral_hand_store_get_async (f->store, 2, NULL, on_result, &got);
  g_assert_null (numeral_hand_store_get_finish (f->store, wait_for (&got), &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND, "2");
  numeral_hand_store_add_async (f->store, &bad, 1, on_result, &refused);
  g_assert_null (numeral_hand_store_add_finish (f->store, wait_for (&refused), &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID, "label");
  numeral_hand_store_count_async (f->store, 0, cancellable, on_result, &cancelled);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      numeral_hand_store_count_finish (f->store, wait_for (&cancelled), &counts, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_changes, ==, 0);
}

/* A change of another program is notified. */
static void
test_other_program (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) other = numeral_hand_db_new (f->path);

  hand_test_fill (other, 1);
  g_signal_handlers_disconnect_by_data (f->store, f);
  g_clear_object (&f->store);
  f->store = numeral_hand_store_new (f->path);
  g_signal_connect (f->store, "notify::generation", G_CALLBACK (on_generation), f);
  g_assert_cmpuint (count (f).n, ==, 1);
  for (guint i = 2; i < 5; i++)
    {
      const guint before = f->n_changes;

      hand_test_fill (other, 1);
      while (f->n_changes == before)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (count (f).n, ==, i);
    }
}

/* A call of the database itself, such as an import, is notified too. */
static void
test_look (Fixture *f, gconstpointer unused)
{
  hand_test_fill (numeral_hand_store_get_db (f->store), 4);
  numeral_hand_store_look (f->store);
  numeral_hand_store_look (f->store);
  while (f->n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (numeral_hand_store_get_generation (f->store), ==,
                    numeral_hand_db_get_generation (numeral_hand_store_get_db (f->store)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count (f).n, ==, 4);
}

/* Changes without a callback are made in order when the window closes. */
static void
test_close (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 5, 3);
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (NumeralHandSample) kept = NULL;
  g_autoptr (GError) error = NULL;

  numeral_hand_store_add_async (f->store, &sample, 1, NULL, NULL);
  for (int label = 0; label < NUMERAL_HAND_N_LABELS; label++)
    numeral_hand_store_relabel_async (f->store, 1, label, NULL, NULL);
  numeral_write_queue_flush ();
  kept = numeral_hand_db_get (db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kept->label, ==, NUMERAL_HAND_NOT_A_DIGIT);
  while (f->n_changes < 12)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
write_nothing (gpointer data, GError **error)
{
  return TRUE;
}

/* A change that waits for another program holds up no file of a run. */
static void
test_own_queue (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 5, 3);
  g_autoptr (GAsyncResult) added = NULL, written = NULL;
  g_autoptr (GTask) file = g_task_new (NULL, NULL, on_result, &written);
  g_autoptr (GArray) ids = add (f, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  numeral_hand_store_add_async (f->store, &sample, 1, on_result, &added);
  numeral_write_queue_run (file, write_nothing);
  wait_for (&written);
  g_assert_null (added);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_clear_pointer (&ids, g_array_unref);
  ids = numeral_hand_store_add_finish (f->store, wait_for (&added), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (f).n, ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/engine/hand/store/operations", test_operations },
    { "/engine/hand/store/errors", test_errors },
    { "/engine/hand/store/other-program", test_other_program },
    { "/engine/hand/store/look", test_look },
    { "/engine/hand/store/close", test_close },
    { "/engine/hand/store/own-queue", test_own_queue },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
