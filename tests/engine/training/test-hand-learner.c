/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning a person's hand from the database of samples, in a thread, and the file of the model. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "learner-test.h"
#include "numeral-hand-learner.h"
#include "numeral-hand-model.h"

/* The model before: it learned generated digits. */
static NumeralModel *model;

typedef struct
{
  char *folder, *hand, *file;
  NumeralHandStore *store;
  NumeralHandLearner *learner;
  guint n_written;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->folder = engine_test_folder ();
  f->hand = g_build_filename (f->folder, "hand", NULL);
  f->file = g_build_filename (f->hand, "my-hand.safetensors", NULL);
  g_assert_cmpint (g_mkdir (f->hand, 0700), ==, 0);
  {
    g_autofree char *path = g_build_filename (f->hand, "hand.db", NULL);

    f->store = numeral_hand_store_new (path);
  }
  f->learner = numeral_hand_learner_new (f->store, f->file);
}

static void
drop (gpointer *object)
{
  g_object_add_weak_pointer (*object, object);
  g_object_unref (*object);
  while (*object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  numeral_hand_learner_close (f->learner);
  drop ((gpointer *) &f->learner);
  drop ((gpointer *) &f->store);
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->hand);
  g_free (f->file);
}

/* Another state that comes instead, and stays, is a failure. */
static void
wait_state (Fixture *f, NumeralHandLearnerState wanted)
{
  for (;;)
    {
      const NumeralHandLearnerState state = numeral_hand_learner_get_state (f->learner);

      if (state == wanted)
        return;
      if (state == NUMERAL_HAND_LEARNER_FAILED)
        g_error ("%s", numeral_hand_learner_get_message (f->learner));
      if (state == NUMERAL_HAND_LEARNER_OFFERING || state == NUMERAL_HAND_LEARNER_NO_BETTER)
        g_error ("it is %s",
                 numeral_adapt_verdict_name (
                     numeral_hand_learner_get_lesson (f->learner)->adaptation->verdict));
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
wait_counts (Fixture *f, gsize n, gsize n_new)
{
  while (numeral_hand_learner_get_n_digits (f->learner) != n ||
         numeral_hand_learner_get_n_new (f->learner) != n_new)
    g_main_context_iteration (NULL, TRUE);
}

/* Writes @n digits with labels that are @off by so much. */
static void
write_digits (Fixture *f, guint n, guint off)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++, f->n_written++)
    g_ptr_array_add (samples,
                     learner_test_sample (f->n_written, (int) ((f->n_written * (1 + off)) % 10)));
  numeral_hand_db_add (numeral_hand_store_get_db (f->store),
                       (NumeralHandSample *const *) samples->pdata, n, NULL, &error);
  g_assert_no_error (error);
  numeral_hand_store_look (f->store);
}

static void
begin (Fixture *f)
{
  numeral_hand_learner_load (f->learner);
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
}

static NumeralModel *
kept_of (Fixture *f)
{
  return numeral_hand_learner_get_kept (f->learner);
}

static gboolean
same_weights (const NumeralModel *a, const NumeralModel *b)
{
  return a->network->n_params == b->network->n_params &&
         memcmp (a->network->params, b->network->params, a->network->n_params * sizeof (float)) ==
             0;
}

/* The program starts again. */
static void
start_again (Fixture *f)
{
  numeral_hand_learner_close (f->learner);
  drop ((gpointer *) &f->learner);
  f->learner = numeral_hand_learner_new (f->store, f->file);
  begin (f);
}

static void
learn (Fixture *f, NumeralModel *from)
{
  g_assert_true (numeral_hand_learner_start (f->learner, from, NULL));
  g_assert_cmpint (numeral_hand_learner_get_state (f->learner), ==, NUMERAL_HAND_LEARNER_LEARNING);
  /* Nothing else goes on meanwhile. */
  g_assert_false (numeral_hand_learner_start (f->learner, from, NULL));
  g_assert_false (numeral_hand_learner_forget (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_OFFERING);
  g_assert_cmpfloat (numeral_hand_learner_get_progress (f->learner), >, 0.5);
}

/* Samples are new until a kept model knows them, also after a start. What was learned before is
 * learned again from the same model, and not on top of it. */
static void
test_keep (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralModel) first = NULL;
  GStatBuf info;

  begin (f);
  g_assert_null (kept_of (f));
  write_digits (f, NUMERAL_ADAPT_MIN_SAMPLES - 1, 0);
  wait_counts (f, 4, 4);
  g_assert_false (numeral_hand_learner_start (f->learner, model, NULL));
  write_digits (f, 26, 0);
  wait_counts (f, 30, 30);
  learn (f, model);
  g_assert_cmpuint (numeral_hand_learner_get_lesson (f->learner)->adaptation->own[1].n, ==, 30);
  g_assert_null (kept_of (f));
  g_assert_false (g_file_test (f->file, G_FILE_TEST_EXISTS));

  g_assert_true (numeral_hand_learner_keep (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  wait_counts (f, 30, 0);
  g_assert_cmpint (numeral_hand_learner_get_newest (f->learner), ==, 30);
  g_assert_cmpint (g_stat (f->hand, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  first = numeral_model_ref (kept_of (f));
  g_assert_cmpstr (numeral_model_get_metadata (first, NUMERAL_CARD_ADAPTED_FROM), ==, "Before");
  g_assert_cmpuint (numeral_hand_model_get_n_samples (first), ==, 30);

  write_digits (f, 3, 0);
  wait_counts (f, 33, 3);
  learn (f, first);
  g_assert_true (numeral_hand_learner_get_lesson (f->learner)->base == model);
  numeral_hand_learner_dismiss (f->learner);
  g_assert_true (kept_of (f) == first);

  start_again (f);
  wait_counts (f, 33, 3);
  g_assert_nonnull (kept_of (f));
  g_assert_true (same_weights (kept_of (f), first));
  g_assert_true (numeral_hand_model_is_adapted (kept_of (f)));
}

static void
test_forget (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralModel) kept = NULL;

  begin (f);
  write_digits (f, 30, 0);
  wait_counts (f, 30, 30);
  learn (f, model);
  g_assert_true (numeral_hand_learner_keep (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  kept = numeral_model_ref (kept_of (f));
  g_assert_true (numeral_hand_learner_forget (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_null (kept_of (f));
  g_assert_false (g_file_test (f->file, G_FILE_TEST_EXISTS));
  wait_counts (f, 30, 30);
  g_assert_true (numeral_hand_learner_restore (f->learner, kept));
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  wait_counts (f, 30, 0);
  start_again (f);
  g_assert_true (same_weights (kept_of (f), kept));
}

static gboolean
has_begun (Fixture *f)
{
  return numeral_hand_learner_get_progress (f->learner) > 0.1;
}

/* It stops at once, and another one may begin before the thread has ended. Closing waits for it. */
static void
test_cancel (Fixture *f, gconstpointer unused)
{
  begin (f);
  write_digits (f, 30, 0);
  wait_counts (f, 30, 30);
  g_assert_true (numeral_hand_learner_start (f->learner, model, NULL));
  numeral_hand_learner_cancel (f->learner);
  g_assert_cmpint (numeral_hand_learner_get_state (f->learner), ==, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_true (numeral_hand_learner_start (f->learner, model, NULL));
  while (!has_begun (f))
    g_main_context_iteration (NULL, TRUE);
  numeral_hand_learner_cancel (f->learner);
  learn (f, model);
  numeral_hand_learner_dismiss (f->learner);
  g_assert_true (numeral_hand_learner_start (f->learner, model, NULL));
  numeral_hand_learner_close (f->learner);
  g_assert_false (numeral_hand_learner_start (f->learner, model, NULL));
}

/* A model that is no better cannot be kept. */
static void
test_no_better (Fixture *f, gconstpointer unused)
{
  begin (f);
  write_digits (f, 40, 6);
  wait_counts (f, 40, 40);
  for (guint i = 0; i < 40; i++)
    g_assert_true (numeral_hand_db_relabel (numeral_hand_store_get_db (f->store), i + 1,
                                            (int) (i * i / 3 % 10), NULL, NULL));
  g_assert_true (numeral_hand_learner_start (f->learner, model, NULL));
  wait_state (f, NUMERAL_HAND_LEARNER_NO_BETTER);
  g_assert_false (numeral_hand_learner_get_lesson (f->learner)->adaptation->keep);
  g_assert_false (numeral_hand_learner_keep (f->learner));
  numeral_hand_learner_dismiss (f->learner);
  g_assert_cmpint (numeral_hand_learner_get_state (f->learner), ==, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_false (g_file_test (f->file, G_FILE_TEST_EXISTS));
}

/* A sample that is taken back meanwhile is not in the model; one that is added is new afterwards.
 */
static void
test_taken_back (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) deleted = NULL;
  const gint64 ids[] = { 1, 2, 3 };

  begin (f);
  write_digits (f, 30, 0);
  wait_counts (f, 30, 30);
  g_assert_true (numeral_hand_learner_start (f->learner, model, NULL));
  while (!has_begun (f))
    g_main_context_iteration (NULL, TRUE);
  deleted = numeral_hand_db_delete (numeral_hand_store_get_db (f->store), ids, 3, NULL);
  g_assert_cmpuint (deleted->len, ==, 3);
  wait_state (f, NUMERAL_HAND_LEARNER_OFFERING);
  g_assert_cmpuint (numeral_hand_learner_get_lesson (f->learner)->adaptation->own[1].n, ==, 27);
  g_assert_cmpint (numeral_hand_learner_get_lesson (f->learner)->newest, ==, 30);
}

static void
assert_unreadable (Fixture *f, GBytes *bytes, const char *word)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (f->file, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  numeral_hand_learner_load (f->learner);
  while (numeral_hand_learner_get_state (f->learner) != NUMERAL_HAND_LEARNER_FAILED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (numeral_hand_learner_is_unreadable (f->learner));
  g_assert_nonnull (strstr (numeral_hand_learner_get_message (f->learner), word));
  g_assert_nonnull (strstr (numeral_hand_learner_get_message (f->learner), f->file));
  numeral_hand_learner_dismiss (f->learner);
  g_assert_false (numeral_hand_learner_start (f->learner, model, NULL));
  g_assert_false (numeral_hand_model_save (model, f->file, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "not overwritten");
  g_assert_true (g_file_get_contents (f->file, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A damaged file, and one of a newer version, stay until they are removed on purpose. */
static void
test_unreadable (Fixture *f, gconstpointer unused)
{
  g_autoptr (GBytes) damaged = g_bytes_new_static ("a model no more", 15);
  g_autoptr (GHashTable) card = numeral_model_copy_card (model);
  g_autoptr (NumeralModel) newer = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_unreadable (f, damaged, "safetensors");
  g_assert_true (numeral_hand_learner_forget (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_SAVING);
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_false (g_file_test (f->file, G_FILE_TEST_EXISTS));

  g_hash_table_insert (card, g_strdup (NUMERAL_CARD_HAND_VERSION), g_strdup ("2"));
  newer = numeral_model_new (model->network, NULL, card);
  bytes = engine_test_model_bytes (newer, FALSE);
  assert_unreadable (f, bytes, "newer version");
  /* Repaired elsewhere. */
  g_assert_cmpint (g_unlink (f->file), ==, 0);
  numeral_hand_learner_retry (f->learner);
  wait_state (f, NUMERAL_HAND_LEARNER_SAVING);
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_false (numeral_hand_learner_is_unreadable (f->learner));
}

/* A folder that may not be written: the offer is not lost. */
static void
test_unwritable (Fixture *f, gconstpointer unused)
{
  begin (f);
  write_digits (f, 30, 0);
  wait_counts (f, 30, 30);
  learn (f, model);
  g_assert_cmpint (g_mkdir (f->file, 0700), ==, 0);
  g_assert_true (numeral_hand_learner_keep (f->learner));
  while (numeral_hand_learner_get_state (f->learner) != NUMERAL_HAND_LEARNER_FAILED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (numeral_hand_learner_is_unreadable (f->learner));
  g_assert_nonnull (strstr (numeral_hand_learner_get_message (f->learner), f->file));
  numeral_hand_learner_dismiss (f->learner);
  g_assert_cmpint (numeral_hand_learner_get_state (f->learner), ==, NUMERAL_HAND_LEARNER_OFFERING);
  g_assert_cmpint (g_rmdir (f->file), ==, 0);
  g_assert_true (numeral_hand_learner_keep (f->learner));
  wait_state (f, NUMERAL_HAND_LEARNER_IDLE);
  g_assert_nonnull (kept_of (f));
}

int
main (int argc, char **argv)
{
  g_autofree char *mnist = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  model = learner_test_model ();
  mnist = learner_test_mnist ();
#define ADD(name) \
  g_test_add ("/engine/hand-learner/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (keep);
  ADD (forget);
  ADD (cancel);
  ADD (no_better);
  ADD (taken_back);
  ADD (unreadable);
  ADD (unwritable);
  status = g_test_run ();
  numeral_model_unref (model);
  engine_test_remove (mnist);
  return status;
}
