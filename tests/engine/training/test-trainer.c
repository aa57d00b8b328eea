/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NumeralTrainer as the window sees it: commands, news, what is kept. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "engine-test.h"
#include "numeral-model-file.h"
#include "numeral-history-text.h"
#include "numeral-run-curve.h"
#include "numeral-run-record.h"
#include "numeral-run-snapshots.h"
#include "repeat.h"
#include "trainer-test.h"

static double
get_double (gpointer object, const char *name)
{
  double value;

  g_object_get (object, name, &value, NULL);
  return value;
}

/* As another start of the program would see it. */
static NumeralRunStatus
status_on_disk (NumeralRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralRunRecord) record =
      numeral_run_record_load (g_file_peek_path (numeral_run_get_folder (run)), &error);

  g_assert_no_error (error);
  return record->figures.status;
}

static void
test_to_the_end (TrainerFixture *fixture, gconstpointer pca)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 3);
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) kept = NULL;
  g_autoptr (NumeralModel) best = NULL;
  g_autoptr (NumeralModel) last = NULL;
  g_autoptr (GArray) snapshots = NULL;
  const NumeralHistory *history;
  TrainerTest test;

  config->train.pca = GPOINTER_TO_UINT (pca);
  if (pca != NULL)
    config->train.learning_rate = 0.01;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 0.05);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpuint (test.n_problems, ==, 0);
  g_assert_cmpuint (test.n_history, >, 0);
  g_assert_cmpuint (test.n_snapshots, >, 0);

  /* 1800 samples to train on, in minibatches of 16. */
  history = numeral_trainer_get_history (test.trainer);
  g_assert_cmpuint (history->steps_per_epoch, ==, 113);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 3 * 113);
  g_assert_cmpuint (history->epochs->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const NumeralEpochPoint *point = &g_array_index (history->epochs, NumeralEpochPoint, i);

      g_assert_cmpuint (point->epoch, ==, i);
      g_assert_cmpuint (point->step, ==, (i + 1) * 113);
      g_assert_true (isfinite (point->train_loss) && isfinite (point->validation_loss));
      g_assert_cmpfloat (point->seconds, >, 0);
    }
  g_assert_cmpfloat (g_array_index (history->epochs, NumeralEpochPoint, 2).validation_accuracy, >,
                     0.9);
  g_assert_cmpuint (numeral_trainer_get_train_data (test.trainer)->n, ==, 1800);
  g_assert_cmpuint (numeral_trainer_get_validation_data (test.trainer)->n, ==, 200);
  g_assert_cmpfloat (get_double (test.trainer, "progress"), ==, 1);
  g_assert_cmpfloat (get_double (test.trainer, "epochs-done"), ==, 3);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  g_assert_cmpfloat (get_double (run, "epochs-done"), ==, 3);
  g_assert_cmpfloat (get_double (run, "best-accuracy"), >, 0.9);

  /* The saved curve is the one that was reported. */
  kept = numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numeral_history_get_n_steps (kept), ==, numeral_history_get_n_steps (history));
  for (gsize i = 0; i < 3 * 113; i++)
    {
      const NumeralStepPoint a = numeral_history_get_step (kept, i);
      const NumeralStepPoint b = numeral_history_get_step (history, i);

      g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GString) said = g_string_new (NULL);
      g_autoptr (GString) read_back = g_string_new (NULL);

      numeral_epoch_point_append_json (said, &g_array_index (history->epochs, NumeralEpochPoint, i),
                                       0);
      numeral_epoch_point_append_json (read_back,
                                       &g_array_index (kept->epochs, NumeralEpochPoint, i), 0);
      g_assert_cmpstr (said->str, ==, read_back->str);
    }
  g_assert_cmpint (kept->best_epoch, ==, history->best_epoch);
  last = trainer_test_load (run, NUMERAL_LAST_FILE, &error);
  g_assert_no_error (error);
  best = trainer_test_load (run, NUMERAL_BEST_FILE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (last->network->params, last->network->n_params * sizeof (float),
                   numeral_trainer_get_network (test.trainer)->params,
                   last->network->n_params * sizeof (float));
  snapshots = numeral_snapshots_list (g_file_peek_path (numeral_run_get_folder (run)));
  g_assert_cmpuint (snapshots->len, >, 8);
  g_assert_cmpuint (snapshots->len, <=, 32);
  g_assert_cmpuint (g_array_index (snapshots, guint64, 0), ==, 0);
  g_assert_cmpuint (g_array_index (snapshots, guint64, snapshots->len - 1), ==, 3 * 113);
  for (guint i = 0; i < snapshots->len; i++)
    {
      const char *folder = g_file_peek_path (numeral_run_get_folder (run));
      g_autofree char *path = numeral_snapshot_path (folder, g_array_index (snapshots, guint64, i));
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (NumeralModel) model = numeral_model_load (file, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (nn_architecture_equal (&model->network->arch, &last->network->arch));
    }
  g_assert_cmpuint (nn_architecture_n_inputs (&last->network->arch), ==,
                    numeral_trainer_get_train_data (test.trainer)->n_features);
  trainer_test_clear (&test);
}

static void
assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL),
                   g_bytes_get_size (b));
}

/* Stopped, closed and dropped in the middle of epochs, taken up by another trainer and by a store
 * that was opened anew: the curve of a run that nobody disturbed. */
static void
test_resume (TrainerFixture *fixture, gconstpointer pca)
{
  g_autoptr (NumeralRunConfig) config =
      trainer_test_config (fixture->data, pca == NULL ? REPEAT (20, 8) : 6);
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (GBytes) undisturbed = NULL;
  g_autoptr (GBytes) curve = NULL;
  TrainerTest test;

  config->train.balance = NN_BALANCE_OVERSAMPLE;
  config->train.pca = GPOINTER_TO_UINT (pca);
  run = engine_test_create_run (fixture->store, config);
  undisturbed = trainer_test_undisturbed (config);
  for (guint i = 1; numeral_run_get_status (run) != NUMERAL_RUN_FINISHED; i++)
    {
      trainer_test_init (&test, 0.02);
      numeral_trainer_start (test.trainer, run, i % 2 == 0);
      numeral_trainer_resume (test.trainer);
      trainer_test_wait_steps (&test, MIN (150 * i, 113 * config->train.epochs));
      if (i % 3 == 0)
        {
          numeral_trainer_stop (test.trainer);
          if (test.n_finished == 0)
            trainer_test_wait_finished (&test);
          g_assert_no_error (test.error);
        }
      else if (i % 3 == 1)
        {
          NumeralTrainerState state;

          numeral_trainer_close (test.trainer);
          g_object_get (test.trainer, "state", &state, NULL);
          g_assert_cmpint (state, ==, NUMERAL_TRAINER_IDLE);
          g_assert_cmpuint (test.n_finished, ==, 1);
        }
      g_assert_cmpuint (test.n_problems, ==, 0);
      trainer_test_clear (&test);
      trainer_test_check_run (run);
    }
  curve = trainer_test_curve (run);
  assert_same_bytes (curve, undisturbed);
}

static void
test_pause_and_step (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 500);
  g_autoptr (NumeralRun) run = engine_test_create_run (fixture->store, config);
  const NumeralHistory *history;
  g_autoptr (NnNetwork) first = NULL;
  g_autoptr (GFile) checkpoint = g_file_get_child (numeral_run_get_folder (run), "checkpoint");
  TrainerTest test;
  guint n;

  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  history = numeral_trainer_get_history (test.trainer);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 0);
  first = nn_network_ref (numeral_trainer_get_network (test.trainer));

  for (n = 1; n <= 5; n++)
    {
      numeral_trainer_step_minibatch (test.trainer);
      trainer_test_wait_steps (&test, n);
      trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
      g_assert_cmpuint (numeral_history_get_n_steps (history), ==, n);
    }
  g_assert_true (first != numeral_trainer_get_network (test.trainer));

  numeral_trainer_step_epoch (test.trainer);
  trainer_test_wait_steps (&test, 113);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, 113);
  g_assert_cmpuint (history->epochs->len, ==, 1);

  /* Several at once are all trained. */
  for (guint i = 0; i < 7; i++)
    numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, 120);

  numeral_trainer_resume (test.trainer);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_RUNNING);
  trainer_test_wait_steps (&test, 200);
  numeral_trainer_pause (test.trainer);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  n = numeral_history_get_n_steps (history);
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (numeral_history_get_n_steps (history), ==, n);
  /* A pause is kept, however long the interval between checkpoints is. */
  g_assert_true (g_file_query_exists (checkpoint, NULL));

  /* A step while running does nothing. */
  numeral_trainer_resume (test.trainer);
  numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, n + 100);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_STOPPED);

  /* Taken up again it is interrupted by whatever ends the program. */
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  g_assert_cmpint (status_on_disk (run), ==, NUMERAL_RUN_UNFINISHED);
  numeral_trainer_close (test.trainer);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_UNFINISHED);
  g_assert_cmpint (status_on_disk (run), ==, NUMERAL_RUN_UNFINISHED);
  trainer_test_clear (&test);
}

static void
test_learning_rate (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 500);
  g_autoptr (NumeralRun) run = NULL;
  const NumeralHistory *history;
  TrainerTest test;

  config->train.schedule = NN_SCHEDULE_CONSTANT;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, TRUE);
  numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, 1);
  numeral_trainer_set_learning_rate_scale (test.trainer, 0.25);
  numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, 2);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  trainer_test_clear (&test);

  /* Kept with the run. */
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, TRUE);
  numeral_trainer_step_minibatch (test.trainer);
  trainer_test_wait_steps (&test, 3);
  g_assert_cmpfloat (get_double (test.trainer, "learning-rate-scale"), ==, 0.25);
  history = numeral_trainer_get_history (test.trainer);
  g_assert_cmpfloat (numeral_history_get_step (history, 0).learning_rate, ==, 0.001f);
  g_assert_cmpfloat (numeral_history_get_step (history, 1).learning_rate, ==, 0.00025f);
  g_assert_cmpfloat (numeral_history_get_step (history, 2).learning_rate, ==, 0.00025f);
  trainer_test_clear (&test);
}

static void
test_early_stopping (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 400);
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (NumeralModel) best = NULL;
  g_autoptr (GError) error = NULL;
  const NumeralHistory *history;
  TrainerTest test;

  config->train.patience = 3;
  config->train.learning_rate = 0.05;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  history = numeral_trainer_get_history (test.trainer);
  g_assert_cmpuint (history->epochs->len, <, 400);
  g_assert_cmpuint (history->epochs->len - 1 - (guint) history->best_epoch, ==, 3);

  /* The best weights are those of the best epoch, not the last. */
  best = trainer_test_load (run, NUMERAL_BEST_FILE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_ascii_strtoull (numeral_model_get_metadata (best, "best_epoch"), NULL, 10),
                    ==, (guint) history->best_epoch + 1);
  g_assert_true (memcmp (best->network->params, numeral_trainer_get_network (test.trainer)->params,
                         best->network->n_params * sizeof (float)) != 0);
  trainer_test_clear (&test);

  /* Started again, it is only shown. */
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_nonnull (numeral_trainer_get_network (test.trainer));
  g_assert_cmpuint (numeral_trainer_get_history (test.trainer)->epochs->len, >, 3);
  trainer_test_clear (&test);
}

static void
test_divergence (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 50);
  g_autoptr (NumeralRun) run = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (NumeralRunStore) again = NULL;
  g_autoptr (NumeralRun) listed = NULL;
  TrainerTest test;

  config->train.optimizer = NN_OPTIMIZER_SGD;
  /* Each step takes the weights times a hundred thousand. */
  config->train.weight_decay = 100;
  config->train.learning_rate = 1000;
  config->train.schedule = NN_SCHEDULE_CONSTANT;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_VALUE, "learning rate");
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FAILED);
  g_object_get (run, "message", &message, NULL);
  g_assert_nonnull (strstr (message, "learning rate"));
  trainer_test_clear (&test);

  folder = g_file_get_parent (numeral_run_get_folder (run));
  again = engine_test_open_runs (g_file_peek_path (folder));
  g_assert_cmpuint (engine_test_count_unreadable (again), ==, 0);
  listed = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpint (numeral_run_get_status (listed), ==, NUMERAL_RUN_FAILED);
}

/* A learning rate that is far too large ends at chance level, and the run says so, also when it is
 * read again. */
static void
test_chance (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 3);
  g_autoptr (NumeralRun) run = NULL, good = NULL, listed = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (NumeralRunStore) again = NULL;
  TrainerTest test;

  good = engine_test_create_run (fixture->store, config);
  config->train.optimizer = NN_OPTIMIZER_SGD;
  config->train.learning_rate = 10;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, good, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_cmpint (numeral_run_get_outcome (good), ==, NUMERAL_OUTCOME_LEARNED);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  g_assert_cmpint (numeral_run_get_outcome (run), ==, NUMERAL_OUTCOME_CHANCE);
  trainer_test_clear (&test);

  folder = g_file_get_parent (numeral_run_get_folder (run));
  again = engine_test_open_runs (g_file_peek_path (folder));
  g_assert_cmpuint (engine_test_count_unreadable (again), ==, 0);
  listed = g_list_model_get_item (G_LIST_MODEL (again), 0);
  g_assert_cmpint (numeral_run_get_outcome (listed), ==, NUMERAL_OUTCOME_CHANCE);
}

/* Another run is started while one goes on: the first is kept, and only the second is told of. */
static gboolean
is_in (NumeralRun *run, const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (numeral_run_get_folder (run), name);

  return g_file_query_exists (file, NULL);
}

static void
put_draft (NumeralRun *run, const char *name, gint64 age)
{
  g_autoptr (GFile) file = g_file_get_child (numeral_run_get_folder (run), name);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const struct utimbuf times = { now - age, now - age };

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "half", -1, NULL));
  g_assert_cmpint (g_utime (g_file_peek_path (file), (struct utimbuf *) &times), ==, 0);
}

/* Snapshots of a large network wait in the memory for no checkpoint; and what a program that was
 * killed left half-written goes, but not what another is just writing. */
static void
test_large (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 20);
  g_autoptr (NumeralRun) run = NULL;
  TrainerTest test;

  config->train.n_hidden = 2;
  config->train.hidden[0] = config->train.hidden[1] = 1100;
  run = engine_test_create_run (fixture->store, config);
  put_draft (run, ".numeral-stale", 1000);
  put_draft (run, ".numeral-fresh", 0);
  trainer_test_init (&test, 1000);
  numeral_trainer_start (test.trainer, run, FALSE);
  for (guint n = 0; n < 3;)
    {
      g_autoptr (GArray) snapshots =
          numeral_snapshots_list (g_file_peek_path (numeral_run_get_folder (run)));

      n = snapshots->len;
      /* The threads that it waits for need the processor. */
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (10000);
      g_assert_cmpuint (test.n_finished, ==, 0);
    }
  g_assert_false (is_in (run, "checkpoint"));
  g_assert_false (is_in (run, ".numeral-stale"));
  g_assert_true (is_in (run, ".numeral-fresh"));
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpuint (test.n_problems, ==, 0);
  g_assert_true (is_in (run, "checkpoint"));
  trainer_test_check_run (run);
  trainer_test_clear (&test);
}

static void
test_start_another (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 400);
  g_autoptr (NumeralRun) first = engine_test_create_run (fixture->store, config);
  g_autoptr (NumeralRun) second = NULL;
  g_autoptr (NumeralRun) shown = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  config->train.epochs = 2;
  second = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, first, FALSE);
  trainer_test_wait_steps (&test, 50);
  g_assert_false (engine_test_delete_run (fixture->store, first, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_BUSY, "trained");
  numeral_trainer_start (test.trainer, second, FALSE);
  g_object_get (test.trainer, "run", &shown, NULL);
  g_assert_true (shown == second);
  g_assert_null (numeral_trainer_get_history (test.trainer));
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpuint (test.n_finished, ==, 1);
  g_assert_cmpuint (numeral_history_get_n_steps (numeral_trainer_get_history (test.trainer)), ==,
                    226);
  g_assert_cmpint (numeral_run_get_status (second), ==, NUMERAL_RUN_FINISHED);
  g_assert_cmpint (numeral_run_get_status (first), ==, NUMERAL_RUN_STOPPED);
  g_assert_cmpfloat (get_double (first, "epochs-done"), >, 0);
  trainer_test_check_run (first);

  /* One run, two trainers. */
  numeral_trainer_start (test.trainer, first, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  {
    TrainerTest other;

    trainer_test_init (&other, 100);
    numeral_trainer_start (other.trainer, first, TRUE);
    trainer_test_wait_finished (&other);
    engine_test_error (&other.error, G_IO_ERROR, G_IO_ERROR_BUSY, "trained");
    trainer_test_clear (&other);
  }
  trainer_test_clear (&test);
}

/* Missing data and a damaged checkpoint are errors, and no file is overwritten. */
static void
test_cannot_go_on (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 400);
  g_autoptr (NumeralRun) run = engine_test_create_run (fixture->store, config);
  g_autofree char *moved = g_strconcat (fixture->data, "-moved", NULL);
  g_autofree char *checkpoint =
      g_build_filename (g_file_peek_path (numeral_run_get_folder (run)), "checkpoint", NULL);
  g_autofree char *curve =
      g_build_filename (g_file_peek_path (numeral_run_get_folder (run)), "curve.bin", NULL);
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  TrainerTest test;

  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_steps (&test, 150);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);

  g_assert_cmpint (g_rename (fixture->data, moved), ==, 0);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_CONFIG, "no such file");
  g_assert_cmpint (g_rename (moved, fixture->data), ==, 0);

  g_assert_true (g_file_get_contents (checkpoint, &state, &size, NULL));
  state[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (checkpoint, state, (gssize) size, NULL));
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_FORMAT, "checksum");
  g_assert_cmpint (g_unlink (checkpoint), ==, 0);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_FORMAT, "checkpoint is not there");
  state[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (checkpoint, state, (gssize) size, NULL));

  g_assert_cmpint (truncate (curve, 24 + 12 * 100), ==, 0);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, NN_ERROR, NN_ERROR_FORMAT, "ends before its checkpoint");
  trainer_test_clear (&test);
}

/* Generated digits, stopped while they are being made. */
/* run.json has how the table was fed; a run that goes on does not find it out again. */
static void
test_feed (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new ("a,b,label\n");
  g_autofree char *small = NULL;
  g_autofree char *path = NULL;
  g_autoptr (NumeralRunConfig) config = NULL;
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (NumeralRunRecord) record = NULL;
  g_autoptr (NumeralModel) last = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%u,%u,%u\n", i * 97 % 256, i * 41 % 256, i % 2);
  path = engine_test_write (fixture->folder, "bytes.csv", text->str, text->len);
  config = trainer_test_config (path, 100000);
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_steps (&test, 30);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  trainer_test_clear (&test);
  record = numeral_run_record_load (g_file_peek_path (numeral_run_get_folder (run)), &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (record->figures.input_scale, ==, 255);

  /* The same number of smaller values, whose own scale is 1. */
  g_string_assign (text, "a,b,label\n");
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%u,%u,%u\n", i * 97 % 100, i * 41 % 100, i % 2);
  small = engine_test_write (fixture->folder, "bytes.csv", text->str, text->len);
  trainer_test_init (&test, 0.02);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_steps (&test, (guint) record->figures.step + 30);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  trainer_test_clear (&test);
  last = trainer_test_load (run, NUMERAL_LAST_FILE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (numeral_model_get_metadata (last, NUMERAL_CARD_SCALE), ==, "255");
}

static void
test_stop_preparing (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 1);
  g_autoptr (NumeralRun) run = NULL;
  gint64 start;
  TrainerTest test;

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 500000;
  run = engine_test_create_run (fixture->store, config);
  trainer_test_init (&test, 100);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PREPARING);
  while (!(get_double (test.trainer, "progress") > 0))
    g_main_context_iteration (NULL, TRUE);
  start = g_get_monotonic_time ();
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_STOPPED);
  g_assert_cmpint (status_on_disk (run), ==, NUMERAL_RUN_STOPPED);
  trainer_test_clear (&test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/trainer/to-the-end", TrainerFixture, NULL, trainer_fixture_set_up, test_to_the_end,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/to-the-end-principal", TrainerFixture, GUINT_TO_POINTER (40),
              trainer_fixture_set_up, test_to_the_end, trainer_fixture_tear_down);
  g_test_add ("/trainer/resume", TrainerFixture, NULL, trainer_fixture_set_up, test_resume,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/resume-principal", TrainerFixture, GUINT_TO_POINTER (15),
              trainer_fixture_set_up, test_resume, trainer_fixture_tear_down);
  g_test_add ("/trainer/pause-and-step", TrainerFixture, NULL, trainer_fixture_set_up,
              test_pause_and_step, trainer_fixture_tear_down);
  g_test_add ("/trainer/learning-rate", TrainerFixture, NULL, trainer_fixture_set_up,
              test_learning_rate, trainer_fixture_tear_down);
  g_test_add ("/trainer/early-stopping", TrainerFixture, NULL, trainer_fixture_set_up,
              test_early_stopping, trainer_fixture_tear_down);
  g_test_add ("/trainer/chance", TrainerFixture, NULL, trainer_fixture_set_up, test_chance,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/divergence", TrainerFixture, NULL, trainer_fixture_set_up, test_divergence,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/large", TrainerFixture, NULL, trainer_fixture_set_up, test_large,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/start-another", TrainerFixture, NULL, trainer_fixture_set_up,
              test_start_another, trainer_fixture_tear_down);
  g_test_add ("/trainer/cannot-go-on", TrainerFixture, NULL, trainer_fixture_set_up,
              test_cannot_go_on, trainer_fixture_tear_down);
  g_test_add ("/trainer/feed", TrainerFixture, NULL, trainer_fixture_set_up, test_feed,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/stop-preparing", TrainerFixture, NULL, trainer_fixture_set_up,
              test_stop_preparing, trainer_fixture_tear_down);
  return g_test_run ();
}
