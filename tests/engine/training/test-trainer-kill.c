/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that trains is killed at any moment, fifty times (less often with a
 * sanitizer): its runs are listed, and go on to the curve of one that nobody disturbed. */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "engine-test.h"
#include "repeat.h"
#include "trainer-test.h"

#define N_KILLS REPEAT (50, 15)
#define N_EPOCHS 80
#define OPTION "--train"

/* The program that is killed: goes on with the newest run, or begins one where all are done. */
static int
train (const char *runs, const char *data)
{
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (runs);
  g_autoptr (NumeralRunConfig) config = trainer_test_config (data, N_EPOCHS);
  g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_autoptr (GError) error = NULL;
  TrainerTest test;

  if (run == NULL || numeral_run_get_status (run) == NUMERAL_RUN_FINISHED)
    {
      g_clear_object (&run);
      run = numeral_run_store_create (store, config, &error);
      g_assert_no_error (error);
    }
  trainer_test_init (&test, 0.005);
  numeral_trainer_start (test.trainer, run, FALSE);
  trainer_test_wait_finished (&test);
  g_assert_no_error (test.error);
  trainer_test_clear (&test);
  return 0;
}

static void
run_child (char **words, gint64 kill_after_us)
{
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;

  /* GSubprocess has a thread of GLib's, which ThreadSanitizer does not understand. */
  g_spawn_async (NULL, words, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  if (kill_after_us > 0)
    {
      g_usleep ((gulong) kill_after_us);
      kill (pid, SIGKILL);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (WIFEXITED (status))
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  else
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
check_runs (const char *folder, guint *n_runs, guint *n_halfway)
{
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (folder);
  GListModel *list = G_LIST_MODEL (store);

  g_assert_cmpuint (engine_test_count_unreadable (store), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (list), >=, *n_runs);
  *n_runs = g_list_model_get_n_items (list);
  for (guint i = 0; i < *n_runs; i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (list, i);

      double epochs_done;

      trainer_test_check_run (run);
      g_object_get (run, "epochs-done", &epochs_done, NULL);
      *n_halfway += numeral_run_get_status (run) == NUMERAL_RUN_UNFINISHED && epochs_done > 0;
    }
}

static char *program;

static void
test_kill (void)
{
  g_autofree char *path = engine_test_folder ();
  g_autofree char *data = trainer_test_data (path, 2000);
  g_autofree char *runs = g_build_filename (path, "runs", NULL);
  char *words[] = { program, (char *) OPTION, runs, data, NULL };
  g_autoptr (NumeralRunConfig) config = trainer_test_config (data, N_EPOCHS);
  g_autoptr (GBytes) undisturbed = trainer_test_undisturbed (config);
  g_autofree char *epochs = NULL;
  g_autoptr (NumeralRunStore) store = NULL;
  guint n_runs = 0, n_halfway = 0;
  gint64 whole = g_get_monotonic_time ();

  /* How long a run takes here and now says when to kill the others, which go on where they were
   * killed. */
  run_child (words, 0);
  whole = g_get_monotonic_time () - whole;
  check_runs (runs, &n_runs, &n_halfway);
  for (guint i = 0; i < N_KILLS; i++)
    {
      run_child (words, 1 + (gint64) g_test_rand_double_range (0, (double) whole / 3));
      check_runs (runs, &n_runs, &n_halfway);
    }
  /* The last one to its end. */
  run_child (words, 0);
  check_runs (runs, &n_runs, &n_halfway);

  store = engine_test_open_runs (runs);
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autoptr (GBytes) curve = trainer_test_curve (run);
      g_autofree char *its_epochs = trainer_test_epochs (run);

      g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
      g_assert_cmpmem (g_bytes_get_data (curve, NULL), g_bytes_get_size (curve),
                       g_bytes_get_data (undisturbed, NULL), g_bytes_get_size (undisturbed));
      if (epochs == NULL)
        epochs = g_steal_pointer (&its_epochs);
      else
        g_assert_cmpstr (epochs, ==, its_epochs);
    }
  /* Otherwise nothing would be tested but the start. */
  g_assert_cmpuint (n_halfway, >, N_KILLS / 4);
  g_test_message ("%u runs, %u kills halfway", n_runs, n_halfway);
  g_clear_object (&store);
  engine_test_remove (path);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], OPTION))
    return train (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  g_test_add_func ("/trainer/kill", test_kill);
  return g_test_run ();
}
