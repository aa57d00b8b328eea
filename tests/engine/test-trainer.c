/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NumeralTrainer as the window sees it: commands, news, what is kept. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "trainer-test.h"

typedef struct
{
  char *folder;
  char *data;
  NumeralRunStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *runs = NULL;

  fixture->folder = engine_test_folder ();
  fixture->data = trainer_test_data (fixture->folder, 2000);
  runs = g_build_filename (fixture->folder, "runs", NULL);
  file = g_file_new_for_path (runs);
  fixture->store = numeral_run_store_new (file);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->store);
  engine_test_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->data);
}

static NumeralRun *
create (Fixture *fixture, const NumeralRunConfig *config)
{
  g_autoptr (GError) error = NULL;
  NumeralRun *run = numeral_run_store_create (fixture->store, config, &error);

  g_assert_no_error (error);
  return run;
}

static double
get_double (gpointer object, const char *name)
{
  double value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static void
test_to_the_end (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 3);
  g_autoptr (NumeralRun) run = create (fixture, config);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) kept = NULL;
  g_autoptr (NumeralModel) best = NULL;
  g_autoptr (NumeralModel) last = NULL;
  g_autoptr (GArray) snapshots = NULL;
  const NumeralHistory *history;
  TrainerTest test;

  trainer_test_init (&test, 0.05);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_cmpuint (test.n_warnings, ==, 0);
  g_assert_cmpuint (test.n_history, >, 0);
  g_assert_cmpuint (test.n_snapshots, >, 0);

  /* 1800 samples to train on, in minibatches of 16. */
  history = numeral_trainer_get_history (test.trainer);
  g_assert_cmpuint (history->steps_per_epoch, ==, 113);
  g_assert_cmpuint (history->steps->len, ==, 3 * 113);
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

  /* What is kept is what was said. */
  kept = numeral_run_load_history (run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->steps->len, ==, history->steps->len);
  g_assert_cmpint (memcmp (kept->steps->data, history->steps->data,
                           history->steps->len * sizeof (NumeralStepPoint)),
                   ==, 0);
  g_assert_cmpint (memcmp (kept->epochs->data, history->epochs->data,
                           history->epochs->len * sizeof (NumeralEpochPoint)),
                   ==, 0);
  g_assert_cmpint (kept->best_epoch, ==, history->best_epoch);
  last = numeral_run_load_last (run, &error);
  g_assert_no_error (error);
  best = numeral_run_load_best (run, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (last->network->params, last->network->n_params * sizeof (float),
                   numeral_trainer_get_network (test.trainer)->params,
                   last->network->n_params * sizeof (float));
  snapshots = numeral_run_list_snapshots (run);
  g_assert_cmpuint (snapshots->len, >, 8);
  g_assert_cmpuint (snapshots->len, <=, 32);
  g_assert_cmpuint (g_array_index (snapshots, guint64, 0), ==, 0);
  g_assert_cmpuint (g_array_index (snapshots, guint64, snapshots->len - 1), ==, 3 * 113);
  for (guint i = 0; i < snapshots->len; i++)
    {
      g_autoptr (NumeralModel) model =
          numeral_run_load_snapshot (run, g_array_index (snapshots, guint64, i), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (model->network->n_params, ==, last->network->n_params);
    }
  trainer_test_clear (&test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/trainer/to-the-end", Fixture, NULL, set_up, test_to_the_end, tear_down);
  return g_test_run ();
}
