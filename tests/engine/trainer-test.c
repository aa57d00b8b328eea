/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-snapshots.h"
#include "trainer-test.h"

#include <string.h>

#include "engine-test.h"
#include "nn-trainer.h"
#include "numeral-file.h"
#include "numeral-model-file.h"
#include "numeral-history-text.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"
#include "numeral-trainer-link.h"

#define SIDE 8
#define N_CLASSES 4
/* Of waiting, for a machine under load and sanitizers. */
#define PATIENCE (60 * G_USEC_PER_SEC)

static void
put_be32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

char *
trainer_test_data (const char *folder, guint n)
{
  char *path = g_build_filename (folder, "data", NULL);
  g_autofree guint8 *images = g_malloc0 (16 + n * SIDE * SIDE);
  g_autofree guint8 *labels = g_malloc0 (8 + n);
  NnRandom random;

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  put_be32 (images, 0x803);
  put_be32 (images + 4, n);
  put_be32 (images + 8, SIDE);
  put_be32 (images + 12, SIDE);
  put_be32 (labels, 0x801);
  put_be32 (labels + 4, n);
  nn_random_init (&random, 7);
  for (guint i = 0; i < n; i++)
    {
      guint8 *image = images + 16 + i * SIDE * SIDE;
      guint label = nn_random_below (&random, N_CLASSES);

      /* A bar whose row tells the class, in noise. */
      for (guint p = 0; p < SIDE * SIDE; p++)
        image[p] = nn_random_below (&random, 5) == 0 ? (guint8) nn_random_below (&random, 256) : 0;
      for (guint x = 0; x < SIDE; x++)
        image[label * 2 * SIDE + x] = (guint8) (120 + nn_random_below (&random, 120));
      labels[8 + i] = (guint8) label;
    }
  g_free (engine_test_write (path, "train-images-idx3-ubyte", images, 16 + n * SIDE * SIDE));
  g_free (engine_test_write (path, "train-labels-idx1-ubyte", labels, 8 + n));
  return path;
}

void
trainer_fixture_set_up (TrainerFixture *fixture, gconstpointer unused)
{
  g_autofree char *runs = NULL;

  fixture->folder = engine_test_folder ();
  fixture->data = trainer_test_data (fixture->folder, 2000);
  runs = g_build_filename (fixture->folder, "runs", NULL);
  fixture->store = engine_test_open_runs (runs);
}

void
trainer_fixture_tear_down (TrainerFixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->store);
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->data);
}

NumeralRunConfig *
trainer_test_config (const char *data, guint epochs)
{
  NumeralRunConfig *config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup (data);
  config->train.hidden[0] = 16;
  config->train.batch_size = 16;
  config->train.epochs = epochs;
  config->train.dropout = 0.1;
  config->train.schedule = NN_SCHEDULE_COSINE;
  config->train.threads = 2;
  return config;
}

static void
on_finished (TrainerTest *test, const GError *error)
{
  test->n_finished++;
  g_clear_error (&test->error);
  if (error != NULL)
    test->error = g_error_copy (error);
}

static void
on_problem (TrainerTest *test)
{
  const char *problem = numeral_trainer_get_problem (test->trainer);

  if (problem != NULL && !test->has_problem)
    test->n_problems++;
  test->has_problem = problem != NULL;
  if (problem == NULL)
    return;
  g_free (test->problem);
  test->problem = g_strdup (problem);
}

static void
on_unsaved (TrainerTest *test, NumeralUnsavedRun *run)
{
  g_clear_pointer (&test->unsaved, numeral_unsaved_run_unref);
  test->unsaved = numeral_unsaved_run_ref (run);
}

static void
on_history (TrainerTest *test)
{
  test->n_history++;
}

static void
on_snapshot (TrainerTest *test)
{
  test->n_snapshots++;
  g_assert_nonnull (numeral_trainer_get_network (test->trainer));
}

void
trainer_test_init (TrainerTest *test, double checkpoint_seconds)
{
  *test = (TrainerTest){ .trainer = numeral_trainer_new () };
  numeral_trainer_set_checkpoint_interval (test->trainer, checkpoint_seconds);
  g_signal_connect_swapped (test->trainer, "finished", G_CALLBACK (on_finished), test);
  g_signal_connect_swapped (test->trainer, "notify::problem", G_CALLBACK (on_problem), test);
  g_signal_connect_swapped (test->trainer, "unsaved", G_CALLBACK (on_unsaved), test);
  g_signal_connect_swapped (test->trainer, "history-added", G_CALLBACK (on_history), test);
  g_signal_connect_swapped (test->trainer, "snapshot", G_CALLBACK (on_snapshot), test);
}

void
trainer_test_clear (TrainerTest *test)
{
  g_assert_finalize_object (test->trainer);
  g_clear_error (&test->error);
  g_free (test->problem);
  g_clear_pointer (&test->unsaved, numeral_unsaved_run_unref);
}

static void
turn_until_late (gint64 start)
{
  g_main_context_iteration (NULL, FALSE);
  g_usleep (500);
  g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE);
}

void
trainer_test_wait_finished (TrainerTest *test)
{
  guint before = test->n_finished;
  gint64 start = g_get_monotonic_time ();

  while (test->n_finished == before)
    turn_until_late (start);
}

void
trainer_test_wait_state (TrainerTest *test, NumeralTrainerState state)
{
  gint64 start = g_get_monotonic_time ();

  for (;;)
    {
      NumeralTrainerState now;

      g_object_get (test->trainer, "state", &now, NULL);
      if (now == state)
        return;
      turn_until_late (start);
    }
}

void
trainer_test_wait_steps (TrainerTest *test, guint n)
{
  gint64 start = g_get_monotonic_time ();

  for (;;)
    {
      const NumeralHistory *history = numeral_trainer_get_history (test->trainer);

      if (history != NULL && numeral_history_get_n_steps (history) >= n)
        return;
      turn_until_late (start);
    }
}

GBytes *
trainer_test_curve (NumeralRun *run)
{
  g_autoptr (GFile) file = g_file_get_child (numeral_run_get_folder (run), NUMERAL_CURVE_FILE);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = numeral_file_read (file, (gsize) 1 << 30, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

char *
trainer_test_epochs (NumeralRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < history->epochs->len; i++)
    {
      NumeralEpochPoint point = g_array_index (history->epochs, NumeralEpochPoint, i);

      point.seconds = 0;
      numeral_epoch_point_append_json (text, &point, 0);
    }
  return g_string_free (text, FALSE);
}

GBytes *
trainer_test_undisturbed (const NumeralRunConfig *config)
{
  g_autofree char *path = engine_test_folder ();
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (path);
  g_autoptr (NumeralRun) run = engine_test_create_run (store, config);
  TrainerTest test;
  GBytes *curve;

  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  curve = trainer_test_curve (run);
  trainer_test_clear (&test);
  engine_test_remove (path);
  return curve;
}

NumeralModel *
trainer_test_load (NumeralRun *run, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (numeral_run_get_folder (run), name);

  return numeral_model_load (file, NULL, error);
}

void
trainer_test_check_run (NumeralRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_autoptr (NumeralModel) last = NULL;
  g_autoptr (GArray) snapshots =
      numeral_snapshots_list (g_file_peek_path (numeral_run_get_folder (run)));
  g_autoptr (GFile) checkpoint =
      g_file_get_child (numeral_run_get_folder (run), NUMERAL_CHECKPOINT_FILE);

  g_assert_no_error (error);
  g_assert_cmpuint (snapshots->len, <=, 32);
  if (!g_file_query_exists (checkpoint, NULL))
    return;
  last = trainer_test_load (run, NUMERAL_LAST_FILE, &error);
  if (error == NULL)
    g_assert_nonnull (last);
  /* It is written after the checkpoint, so that a kill between the two leaves it out at first. */
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}
