/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random orders of what a person does with the own handwriting, while a training runs: teach, undo,
 * label anew, delete, learn, cancel, keep, forget, close. Nothing is lost, nothing that was taken
 * back is learned, and no race is found. NUMERAL_STORM sets the number of orders. */

#include <stdlib.h>

#include "engine-test.h"
#include "learner-test.h"
#include "numeral-data.h"
#include "numeral-hand-learner.h"
#include "numeral-hand-model.h"
#include "numeral-write-queue.h"
#include "repeat.h"
#include "trainer-test.h"

#define N_ORDERS REPEAT (30, 4)
#define N_COMMANDS 12
#define MOST_SAMPLES 24
#define FIRST_SAMPLES 8
/* One learning in so many is waited for. */
#define PATIENT 12

typedef struct
{
  NumeralModel *model;
  char *database, *file;
  NumeralHandStore *store;
  NumeralHandLearner *learner;
  NumeralRunStore *runs;
  NumeralRun *run;
  TrainerTest training;
  NnRandom random;
  guint n_written, n_kept, n_offered;
  /* What the database must hold: the label of each sample, by its number; -1 if there is none. */
  GArray *labels;
  NumeralModel *kept; /* (nullable): what the file must hold */
} Storm;

static guint
below (Storm *storm, guint n)
{
  return nn_random_below (&storm->random, n);
}

static void
settle (Storm *storm)
{
  const guint n = below (storm, 12);

  for (guint i = 0; i < n; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      if (i % 4 == 3)
        g_usleep (below (storm, 300));
    }
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static GAsyncResult *
wait_result (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static void
teach (Storm *storm)
{
  const int label = (int) (storm->n_written % 10);
  g_autoptr (NumeralHandSample) sample = learner_test_sample (storm->n_written++, label);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  numeral_hand_store_add_async (storm->store, &sample, 1, on_result, &result);
  ids = numeral_hand_store_add_finish (storm->store, wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, (gint64) storm->labels->len);
  g_array_append_val (storm->labels, label);
}

/* The number of a sample that is there; 0 for none. */
static gint64
pick (Storm *storm)
{
  for (guint i = 0; i < 20 && storm->labels->len > 1; i++)
    {
      const guint id = 1 + below (storm, storm->labels->len - 1);

      if (g_array_index (storm->labels, int, id) >= 0)
        return id;
    }
  return 0;
}

/* Undo is a deletion of the newest sample. */
static void
take_back (Storm *storm, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;

  if (id == 0 || g_array_index (storm->labels, int, id) < 0)
    return;
  numeral_hand_store_delete_async (storm->store, &id, 1, on_result, &result);
  deleted = numeral_hand_store_delete_finish (storm->store, wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, 1);
  g_array_index (storm->labels, int, id) = -1;
}

static void
relabel (Storm *storm, gint64 id)
{
  const int label = (int) below (storm, NUMERAL_HAND_N_LABELS);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == 0)
    return;
  numeral_hand_store_relabel_async (storm->store, id, label, on_result, &result);
  g_assert_true (
      numeral_hand_store_relabel_finish (storm->store, wait_result (&result), NULL, &error));
  g_array_index (storm->labels, int, id) = label;
}

/* Waits until the file was changed, which never fails. */
static void
wait_saved (Storm *storm)
{
  while (numeral_hand_learner_get_state (storm->learner) == NUMERAL_HAND_LEARNER_SAVING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (numeral_hand_learner_get_state (storm->learner), ==, NUMERAL_HAND_LEARNER_IDLE);
}

static void
open_hand (Storm *storm)
{
  storm->store = numeral_hand_store_new (storm->database);
  storm->learner = numeral_hand_learner_new (storm->store, storm->file);
  numeral_hand_learner_load (storm->learner);
}

static void
close_hand (Storm *storm)
{
  numeral_hand_learner_close (storm->learner);
  numeral_write_queue_flush ();
  g_clear_object (&storm->learner);
  g_clear_object (&storm->store);
}

static void
take_kept (Storm *storm, NumeralModel *model)
{
  g_clear_pointer (&storm->kept, numeral_model_unref);
  storm->kept = model != NULL ? numeral_model_ref (model) : NULL;
}

/* Keeps what is offered, now and then closing the window at once, which loses nothing. */
static void
keep (Storm *storm)
{
  if (numeral_hand_learner_get_state (storm->learner) != NUMERAL_HAND_LEARNER_OFFERING)
    return;
  take_kept (storm, numeral_hand_learner_get_lesson (storm->learner)->adaptation->model);
  g_assert_true (numeral_hand_learner_keep (storm->learner));
  storm->n_kept++;
  if (below (storm, 2) == 0)
    wait_saved (storm);
  else
    {
      close_hand (storm);
      open_hand (storm);
    }
}

static void
forget (Storm *storm)
{
  g_autoptr (NumeralModel) kept = storm->kept != NULL ? numeral_model_ref (storm->kept) : NULL;

  if (!numeral_hand_learner_forget (storm->learner))
    return;
  wait_saved (storm);
  take_kept (storm, NULL);
  if (kept == NULL || below (storm, 2) == 0)
    return;
  g_assert_true (numeral_hand_learner_restore (storm->learner, kept));
  wait_saved (storm);
  take_kept (storm, kept);
}

/* What it learned was there with these labels when it was done. */
static void
check_offer (Storm *storm)
{
  const NumeralHandLesson *lesson = numeral_hand_learner_get_lesson (storm->learner);
  gsize n = 0;

  if (lesson == NULL)
    return;
  storm->n_offered++;
  for (guint id = 1; id < storm->labels->len; id++)
    n += g_array_index (storm->labels, int, id) >= 0 &&
         g_array_index (storm->labels, int, id) < NUMERAL_HAND_NOT_A_DIGIT;
  g_assert_cmpuint (lesson->adaptation->own[1].n, ==, n);
  g_assert_cmpint (lesson->newest, <, (gint64) storm->labels->len);
}

static void
learn (Storm *storm)
{
  if (!numeral_hand_learner_start (storm->learner, storm->kept != NULL ? storm->kept : storm->model,
                                   NULL) ||
      below (storm, PATIENT) > 0)
    return;
  /* Changes while it learns. */
  for (guint i = 0; i < 3; i++)
    {
      settle (storm);
      relabel (storm, pick (storm));
      take_back (storm, pick (storm));
    }
  while (numeral_hand_learner_get_state (storm->learner) == NUMERAL_HAND_LEARNER_LEARNING)
    g_main_context_iteration (NULL, TRUE);
  check_offer (storm);
}

/* A training that came to its end begins again. */
static void
train (Storm *storm)
{
  NumeralTrainerState state;

  g_object_get (storm->training.trainer, "state", &state, NULL);
  if (state != NUMERAL_TRAINER_IDLE)
    return;
  numeral_trainer_start (storm->training.trainer, storm->run, FALSE);
}

static void
command (Storm *storm)
{
  switch (below (storm, 12))
    {
    case 0:
    case 1:
      learn (storm);
      break;
    case 2:
      numeral_hand_learner_cancel (storm->learner);
      break;
    case 3:
      keep (storm);
      break;
    case 4:
      numeral_hand_learner_dismiss (storm->learner);
      break;
    case 5:
      take_back (storm, pick (storm));
      break;
    case 6:
      take_back (storm, (gint64) storm->labels->len - 1);
      break;
    case 7:
      relabel (storm, pick (storm));
      break;
    case 8:
      if (below (storm, 3) == 0)
        forget (storm);
      break;
    default:
      teach (storm);
    }
}

/* The database and the file hold what they must. */
static void
check (Storm *storm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples =
      numeral_hand_db_read_all (numeral_hand_store_get_db (storm->store), NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (samples, i);

      g_assert_cmpint (sample->label, ==, g_array_index (storm->labels, int, sample->id));
    }
  for (guint id = 1; id < storm->labels->len; id++)
    n += g_array_index (storm->labels, int, id) >= 0;
  g_assert_cmpuint (samples->len, ==, n);
  while (samples->len > MOST_SAMPLES)
    {
      take_back (storm, ((NumeralHandSample *) g_ptr_array_index (samples, 0))->id);
      g_ptr_array_remove_index (samples, 0);
    }
}

static void
check_file (Storm *storm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = numeral_hand_model_load (storm->file, NULL, &error);

  if (storm->kept == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (model->network->params, model->network->n_params * sizeof (float),
                   storm->kept->network->params, storm->kept->network->n_params * sizeof (float));
  g_assert_cmpint (numeral_hand_model_get_newest (model), ==,
                   numeral_hand_model_get_newest (storm->kept));
}

/* The window is closed, and the program started again. */
static void
order (Storm *storm)
{
  open_hand (storm);
  while (storm->n_written < FIRST_SAMPLES)
    teach (storm);
  for (guint i = 0; i < N_COMMANDS; i++)
    {
      command (storm);
      settle (storm);
      train (storm);
    }
  check (storm);
  close_hand (storm);
  check_file (storm);
}

static guint
get_n_orders (void)
{
  const char *text = g_getenv ("NUMERAL_STORM");

  return text != NULL ? (guint) strtoul (text, NULL, 10) : N_ORDERS;
}

static void
test_storm (void)
{
  g_autofree char *folder = engine_test_folder ();
  g_autofree char *mnist = learner_test_mnist ();
  g_autofree char *data = trainer_test_data (folder, 2000);
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  g_autoptr (NumeralRunConfig) config = trainer_test_config (data, 3000);
  g_autoptr (NumeralModel) model = learner_test_model ();
  g_autofree char *database = g_build_filename (folder, "hand", "hand.db", NULL);
  g_autofree char *file = g_build_filename (folder, "hand", "my-hand.safetensors", NULL);
  Storm storm = { .model = model, .database = database, .file = file };
  const guint n_orders = get_n_orders ();
  const int none = -1;

  nn_random_init (&storm.random, (guint64) g_test_rand_int ());
  storm.labels = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (storm.labels, none);
  storm.runs = engine_test_open_runs (runs);
  storm.run = engine_test_create_run (storm.runs, config);
  trainer_test_init (&storm.training, 100);
  for (guint i = 0; i < n_orders; i++)
    order (&storm);
  g_test_message ("%u orders, %u samples, %u learned to the end, %u kept, %u steps of training",
                  n_orders, storm.n_written, storm.n_offered, storm.n_kept,
                  storm.training.n_history);
  g_assert_no_error (storm.training.error);
  trainer_test_clear (&storm.training);
  g_clear_object (&storm.run);
  g_clear_object (&storm.runs);
  take_kept (&storm, NULL);
  g_array_unref (storm.labels);
  engine_test_remove (folder);
  engine_test_remove (mnist);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/hand-learner/storm", test_storm);
  return g_test_run ();
}
