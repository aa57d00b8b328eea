/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run that cannot be saved: the trainer goes on trying, and what is left at the end is not lost.
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "engine-test.h"
#include "numeral-model-file.h"
#include "trainer-test.h"

static void
assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL),
                   g_bytes_get_size (b));
}

/* Room for the curve, but for no checkpoint, as on a disk that is nearly full. */
static void
set_room (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* One minibatch after the other: a run that is left to itself could come to its end before the
 * test has looked. */
static void
step (TrainerTest *test, guint n_steps)
{
  for (guint i = 0; i < n_steps; i++)
    {
      const guint n = numeral_history_get_n_steps (numeral_trainer_get_history (test->trainer));

      numeral_trainer_step_minibatch (test->trainer);
      trainer_test_wait_steps (test, n + 1);
    }
}

static void
step_until_problem (TrainerTest *test, guint n_problems)
{
  while (test->n_problems < n_problems)
    step (test, 1);
  g_assert_cmpuint (test->n_problems, ==, n_problems);
}

static void
test_disk_full (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 10);
  g_autoptr (NumeralRun) run = engine_test_create_run (fixture->store, config);
  g_autoptr (GBytes) undisturbed = trainer_test_undisturbed (config);
  g_autoptr (GFile) checkpoint = g_file_get_child (numeral_run_get_folder (run), "checkpoint");
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) during = NULL;
  g_autoptr (GBytes) curve = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  trainer_test_init (&test, 0.01);
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  step (&test, 100);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  before = g_file_load_bytes (checkpoint, NULL, NULL, &error);
  g_assert_no_error (error);

  set_room (4000);
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  step_until_problem (&test, 1);
  g_test_message ("%s", test.problem);
  g_assert_nonnull (strstr (test.problem, "too large"));
  /* It goes on, and says no more of it. */
  step (&test, 200);
  g_assert_cmpuint (test.n_problems, ==, 1);
  during = g_file_load_bytes (checkpoint, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same_bytes (before, during);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_nonnull (test.unsaved);
  g_assert_false (numeral_unsaved_run_save (test.unsaved, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "could not be saved");
  set_room (RLIM_INFINITY);
  /* Nobody wants it. */
  g_clear_pointer (&test.unsaved, numeral_unsaved_run_unref);

  /* The run resumes from its last saved checkpoint. */
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  g_assert_cmpuint (numeral_history_get_n_steps (numeral_trainer_get_history (test.trainer)), ==,
                    100);

  /* Full for a while and then not: nothing is missing. */
  set_room (4000);
  step_until_problem (&test, 2);
  set_room (RLIM_INFINITY);
  numeral_trainer_resume (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  curve = trainer_test_curve (run);
  assert_same_bytes (curve, undisturbed);
  trainer_test_clear (&test);
}

/* What could not be saved at the end is there until it is, here or elsewhere. */
static void
test_unsaved (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 3);
  g_autoptr (NumeralRun) run = engine_test_create_run (fixture->store, config);
  g_autoptr (GBytes) undisturbed = trainer_test_undisturbed (config);
  g_autoptr (GFile) best = g_file_get_child (numeral_run_get_folder (run), "best.safetensors");
  g_autoptr (GFile) elsewhere = g_file_get_child (numeral_run_get_folder (run), "x.safetensors");
  g_autoptr (NumeralModel) model = NULL;
  g_autoptr (GBytes) curve = NULL;
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  trainer_test_init (&test, 1000);
  set_room (1000);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_nonnull (test.unsaved);
  name = numeral_unsaved_run_dup_name (test.unsaved);
  g_assert_cmpstr (name, ==, numeral_run_get_name (run));
  reason = numeral_unsaved_run_dup_reason (test.unsaved);
  g_assert_nonnull (strstr (reason, "too large"));
  g_assert_false (g_file_query_exists (best, NULL));
  /* It is nobody else's meanwhile, and outlives the trainer. */
  numeral_trainer_start (test.trainer, run, TRUE);
  trainer_test_wait_finished (&test);
  engine_test_error (&test.error, G_IO_ERROR, G_IO_ERROR_BUSY, "trained");
  g_assert_finalize_object (g_steal_pointer (&test.trainer));

  g_assert_false (numeral_unsaved_run_export (test.unsaved, elsewhere, &error));
  g_clear_error (&error);
  set_room (RLIM_INFINITY);
  g_assert_true (numeral_unsaved_run_export (test.unsaved, elsewhere, &error));
  g_assert_no_error (error);
  model = numeral_model_load (elsewhere, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (numeral_unsaved_run_save (test.unsaved, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_query_exists (best, NULL));
  curve = trainer_test_curve (run);
  assert_same_bytes (curve, undisturbed);
  g_clear_pointer (&test.unsaved, numeral_unsaved_run_unref);
  g_free (test.problem);
}

/* A run that is paused is saved as soon as there is room. */
static void
test_paused_full (TrainerFixture *fixture, gconstpointer unused)
{
  g_autoptr (NumeralRunConfig) config = trainer_test_config (fixture->data, 60);
  g_autoptr (NumeralRun) run = engine_test_create_run (fixture->store, config);
  TrainerTest test;

  trainer_test_init (&test, 0.02);
  set_room (1000);
  numeral_trainer_start (test.trainer, run, TRUE);
  numeral_trainer_step_epoch (test.trainer);
  while (numeral_trainer_get_problem (test.trainer) == NULL)
    g_main_context_iteration (NULL, TRUE);
  trainer_test_wait_state (&test, NUMERAL_TRAINER_PAUSED);
  set_room (RLIM_INFINITY);
  while (numeral_trainer_get_problem (test.trainer) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (numeral_trainer_get_state (test.trainer), ==, NUMERAL_TRAINER_PAUSED);
  numeral_trainer_stop (test.trainer);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  g_assert_null (test.unsaved);
  trainer_test_clear (&test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_test_add ("/trainer/unsaved/disk-full", TrainerFixture, NULL, trainer_fixture_set_up,
              test_disk_full, trainer_fixture_tear_down);
  g_test_add ("/trainer/unsaved/end", TrainerFixture, NULL, trainer_fixture_set_up, test_unsaved,
              trainer_fixture_tear_down);
  g_test_add ("/trainer/unsaved/paused", TrainerFixture, NULL, trainer_fixture_set_up,
              test_paused_full, trainer_fixture_tear_down);
  return g_test_run ();
}
