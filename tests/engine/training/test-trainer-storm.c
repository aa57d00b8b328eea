/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thousand commands in random order, fewer with a sanitizer: no run is lost or changed, and no
 * race is found. */

#include "engine-test.h"
#include "repeat.h"
#include "trainer-test.h"

#define N_COMMANDS REPEAT (1000, 200)
#define N_EPOCHS 30

typedef struct
{
  NumeralRunStore *store;
  NumeralRunConfig *config;
  NumeralRun *run;
  TrainerTest test;
  NnRandom random;
  guint n_runs, n_commands[8];
} Storm;

static void
settle (Storm *storm, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      if (i % 4 == 3)
        g_usleep (nn_random_below (&storm->random, 300));
    }
}

/* Begins the run again where it was left, or a new one where it has come to its end. */
static void
start (Storm *storm)
{
  g_autoptr (GError) error = NULL;

  if (storm->run == NULL || numeral_run_get_status (storm->run) == NUMERAL_RUN_FINISHED ||
      nn_random_below (&storm->random, 20) == 0)
    {
      g_clear_object (&storm->run);
      storm->run = numeral_run_store_create (storm->store, storm->config, &error);
      g_assert_no_error (error);
      storm->n_runs++;
    }
  numeral_trainer_start (storm->test.trainer, storm->run, nn_random_below (&storm->random, 2) == 0);
}

static void
command (Storm *storm)
{
  NumeralTrainer *trainer = storm->test.trainer;
  guint which = nn_random_below (&storm->random, G_N_ELEMENTS (storm->n_commands));
  NumeralTrainerState state;

  storm->n_commands[which]++;
  g_object_get (trainer, "state", &state, NULL);
  if (state == NUMERAL_TRAINER_IDLE && nn_random_below (&storm->random, 4) > 0)
    start (storm);
  switch (which)
    {
    case 0:
      numeral_trainer_pause (trainer);
      break;
    case 1:
    case 2:
      numeral_trainer_resume (trainer);
      break;
    case 3:
      numeral_trainer_step_minibatch (trainer);
      break;
    case 4:
      numeral_trainer_step_epoch (trainer);
      break;
    case 5:
      numeral_trainer_stop (trainer);
      break;
    case 6:
      if (nn_random_below (&storm->random, 4) == 0)
        numeral_trainer_close (trainer);
      else
        start (storm);
      break;
    default:
      /* The window is closed, and the program started again. */
      if (nn_random_below (&storm->random, 4) == 0)
        {
          g_assert_no_error (storm->test.error);
          trainer_test_clear (&storm->test);
          trainer_test_init (&storm->test, 0.005);
        }
    }
}

/* Every run that there ever was is listed, and goes on to the curve of one that nobody disturbed.
 */
static void
check_runs (Storm *storm, GFile *folder)
{
  g_autoptr (NumeralRunStore) store = engine_test_open_runs (g_file_peek_path (folder));
  GListModel *list = G_LIST_MODEL (store);
  g_autoptr (GBytes) undisturbed = trainer_test_undisturbed (storm->config);
  TrainerTest test;

  g_assert_cmpuint (engine_test_count_unreadable (store), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, storm->n_runs);
  trainer_test_init (&test, 100);
  for (guint i = 0; i < storm->n_runs; i++)
    {
      g_autoptr (NumeralRun) run = g_list_model_get_item (list, i);
      g_autoptr (GBytes) curve = NULL;

      trainer_test_check_run (run);
      if (numeral_run_get_status (run) != NUMERAL_RUN_FINISHED)
        {
          numeral_trainer_start (test.trainer, run, FALSE);
          trainer_test_wait_finished (&test);
          g_assert_no_error (test.error);
        }
      curve = trainer_test_curve (run);
      g_assert_cmpmem (g_bytes_get_data (curve, NULL), g_bytes_get_size (curve),
                       g_bytes_get_data (undisturbed, NULL), g_bytes_get_size (undisturbed));
    }
  trainer_test_clear (&test);
}

static void
test_storm (void)
{
  g_autofree char *path = engine_test_folder ();
  g_autofree char *data = trainer_test_data (path, 2000);
  g_autofree char *runs = g_build_filename (path, "runs", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (runs);
  g_autoptr (NumeralRunConfig) config = trainer_test_config (data, N_EPOCHS);
  g_autoptr (NumeralRunStore) store = numeral_run_store_new (folder);
  Storm storm = { .store = store, .config = config };

  nn_random_init (&storm.random, (guint64) g_test_rand_int ());
  trainer_test_init (&storm.test, 0.005);
  for (guint i = 0; i < N_COMMANDS; i++)
    {
      command (&storm);
      settle (&storm, nn_random_below (&storm.random, 12));
    }
  g_assert_no_error (storm.test.error);
  g_assert_cmpuint (storm.test.n_problems, ==, 0);
  trainer_test_clear (&storm.test);
  g_clear_object (&storm.run);
  for (guint i = 0; i < G_N_ELEMENTS (storm.n_commands); i++)
    g_assert_cmpuint (storm.n_commands[i], >, N_COMMANDS / 20);
  g_test_message ("%u runs", storm.n_runs);
  check_runs (&storm, folder);
  g_clear_object (&store);
  engine_test_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trainer/storm", test_storm);
  return g_test_run ();
}
