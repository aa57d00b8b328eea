/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "numeral-run-curve.h"
#include "numeral-lab.h"
#include "numeral-run-snapshots.h"
#include "numeral-write-queue.h"
#include "wait.h"

static NumeralRunConfig *
small_config (guint epochs)
{
  NumeralRunConfig *config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 400;
  config->train.n_hidden = 1;
  config->train.hidden[0] = 16;
  config->train.epochs = epochs;
  config->train.threads = 1;
  return config;
}

static NumeralTrainerState
get_state (NumeralLab *lab)
{
  NumeralTrainerState state;

  g_object_get (numeral_lab_get_trainer (lab), "state", &state, NULL);
  return state;
}

static gboolean
is_idle (gpointer lab)
{
  return get_state (lab) == NUMERAL_TRAINER_IDLE;
}

static gboolean
has_learned (gpointer lab)
{
  const NumeralHistory *history = numeral_trainer_get_history (numeral_lab_get_trainer (lab));

  return history && numeral_history_get_n_steps (history) >= 30;
}

static gboolean
is_read (gpointer lab)
{
  return !numeral_run_store_get_loading (numeral_lab_get_store (lab));
}

static guint
count_runs (NumeralLab *lab)
{
  assert_soon (is_read, lab);
  return g_list_model_get_n_items (G_LIST_MODEL (numeral_lab_get_store (lab)));
}

static void
test_config_kept (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (7);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();

  config->train.learning_rate = 0.00375;
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_get_config (lab) != config);
  numeral_lab_close (lab);
  g_clear_object (&lab);

  lab = numeral_lab_new ();
  g_assert_cmpuint (numeral_lab_get_config (lab)->train.epochs, ==, 7);
  g_assert_cmpfloat (numeral_lab_get_config (lab)->train.learning_rate, ==, 0.00375);
  g_assert_cmpuint (numeral_lab_get_config (lab)->generated, ==, 400);
}

static void
test_config_damaged (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "numeral", NULL);
  g_autofree char *path = g_build_filename (folder, "next-run.json", NULL);
  g_autoptr (NumeralLab) lab = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"epochs\": \"many\"", -1, NULL));
  lab = numeral_lab_new ();
  g_assert_cmpuint (numeral_lab_get_config (lab)->train.epochs, ==, 5);
}

static void
on_model (NumeralLab *lab, GParamSpec *pspec, guint *count)
{
  NumeralModel *model = numeral_lab_get_model (lab);

  g_assert_nonnull (model);
  g_assert_cmpuint (nn_architecture_n_inputs (&model->network->arch), ==, 784);
  (*count)++;
}

static void
assert_reading_with (NumeralLab *lab, const char *part)
{
  g_autofree char *text = NULL;

  g_object_get (lab, "reading-with", &text, NULL);
  g_assert_nonnull (strstr (text, part));
}

typedef struct
{
  gboolean done;
  GError *error;
} Used;

static void
on_used (GObject *source, GAsyncResult *result, gpointer data)
{
  Used *used = data;

  used->done = TRUE;
  numeral_lab_use_finish (result, &used->error);
}

static gboolean
is_used (gpointer data)
{
  Used *used = data;
  const gboolean done = used->done;

  /* For the next one. */
  if (done)
    used->done = FALSE;
  return done;
}

static void
test_train (void)
{
  Used used = { 0 }, stale = { 0 };
  g_autoptr (NumeralRunConfig) config = small_config (3);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) snapshots = NULL;
  NumeralRun *run;
  const guint n_runs = count_runs (lab);
  guint models = 0, before;

  g_signal_connect (lab, "notify::model", G_CALLBACK (on_model), &models);
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  g_assert_no_error (error);
  run = numeral_lab_get_run (lab);
  g_assert_nonnull (run);
  g_assert_cmpuint (count_runs (lab), ==, n_runs + 1);
  assert_soon (is_idle, lab);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_FINISHED);
  g_assert_cmpuint (models, >, 0);
  assert_reading_with (lab, numeral_run_get_name (run));

  before = models;
  g_assert_true (numeral_lab_use_shipped (lab, &error));
  assert_reading_with (lab, "ships");
  numeral_lab_use_run (lab, run, on_used, &used);
  assert_soon (is_used, &used);
  g_assert_no_error (used.error);
  assert_reading_with (lab, "best");
  snapshots = numeral_snapshots_list (g_file_peek_path (numeral_run_get_folder (run)));
  g_assert_cmpuint (snapshots->len, >, 0);
  /* Of two the last one counts, however fast they are asked for. */
  numeral_lab_use_snapshot (lab, run, g_array_index (snapshots, guint64, 1), on_used, &stale);
  numeral_lab_use_snapshot (lab, run, g_array_index (snapshots, guint64, 0), on_used, &used);
  assert_soon (is_used, &used);
  g_assert_no_error (used.error);
  assert_soon (is_used, &stale);
  g_assert_error (stale.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&stale.error);
  g_assert_cmpuint (models, ==, before + 3);
  /* There is none of this step: an error, and the canvas is read as before. */
  numeral_lab_use_snapshot (lab, run, G_MAXUINT64, on_used, &used);
  assert_soon (is_used, &used);
  g_assert_error (used.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&used.error);
  g_assert_cmpuint (models, ==, before + 3);
  numeral_lab_close (lab);
}

static void
test_invalid (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (1);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (GError) error = NULL;
  const guint n_runs = count_runs (lab);

  config->train.patience = 2;
  config->train.validation = 0;
  numeral_lab_set_config (lab, config);
  g_assert_false (numeral_lab_train (lab, FALSE, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  g_assert_cmpuint (count_runs (lab), ==, n_runs);
  g_assert_null (numeral_lab_get_run (lab));
  numeral_lab_close (lab);
}

static void
test_close_and_resume (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (100000);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (NumeralHistory) kept = NULL;
  g_autoptr (GError) error = NULL;

  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  assert_soon (has_learned, lab);
  numeral_lab_close (lab);
  g_clear_object (&lab);

  lab = numeral_lab_new ();
  assert_soon (is_read, lab);
  run = g_list_model_get_item (G_LIST_MODEL (numeral_lab_get_store (lab)), 0);
  g_assert_nonnull (run);
  g_assert_cmpint (numeral_run_get_status (run), ==, NUMERAL_RUN_UNFINISHED);
  kept = numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numeral_history_get_n_steps (kept), >=, 30);
  numeral_lab_resume (lab, run);
  g_assert_true (numeral_lab_get_run (lab) == run);
  assert_soon (has_learned, lab);
  numeral_trainer_stop (numeral_lab_get_trainer (lab));
  assert_soon (is_idle, lab);
  /* What was learned before is still there, sample by sample. */
  {
    const NumeralHistory *now = numeral_trainer_get_history (numeral_lab_get_trainer (lab));

    g_assert_cmpuint (numeral_history_get_n_steps (now), >=, numeral_history_get_n_steps (kept));
    for (gsize i = 0; i < numeral_history_get_n_steps (kept); i++)
      {
        const NumeralStepPoint a = numeral_history_get_step (now, i);
        const NumeralStepPoint b = numeral_history_get_step (kept, i);

        g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
      }
  }
  numeral_lab_close (lab);
}

static gboolean
reads_as_it_learns (gpointer lab)
{
  g_autofree char *text = NULL;

  g_object_get (lab, "reading-with", &text, NULL);
  return strstr (text, "as it learns") != NULL;
}

/* What is still on its way from the trainer is not read with any more. */
static void
test_reset (void)
{
  g_autoptr (NumeralRunConfig) config = small_config (100000);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (GError) error = NULL;

  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  g_assert_no_error (error);
  assert_soon (reads_as_it_learns, lab);
  g_assert_true (numeral_lab_reset (lab, &error));
  g_assert_no_error (error);
  assert_soon (is_idle, lab);
  wait_for (0.2);
  g_assert_null (numeral_lab_get_run (lab));
  assert_reading_with (lab, "the model that ships");
  g_assert_cmpuint (count_runs (lab), >, 0);

  /* The next one is followed again. */
  g_assert_true (numeral_lab_train (lab, FALSE, &error));
  assert_soon (reads_as_it_learns, lab);
  numeral_lab_close (lab);
}

static void
on_finished (NumeralTrainer *trainer, const GError *error, GError **copy)
{
  g_assert_null (*copy);
  *copy = g_error_copy (error);
}

static gboolean
is_failed (gpointer error)
{
  return *(GError **) error != NULL;
}

static gboolean
shows_nothing (gpointer lab)
{
  return numeral_lab_get_run (lab) == NULL;
}

/* Where the folder of a run cannot be made, its training fails and it leaves the list. */
static void
test_lost (void)
{
  g_autofree char *runs = g_build_filename (g_get_user_data_dir (), "numeral", "runs", NULL);
  g_autofree char *moved = g_strconcat (runs, "-moved", NULL);
  g_autoptr (NumeralRunConfig) config = small_config (1);
  g_autoptr (NumeralLab) lab = numeral_lab_new ();
  g_autoptr (GError) error = NULL;
  const guint n_runs = count_runs (lab);

  numeral_write_queue_flush ();
  g_assert_cmpint (g_rename (runs, moved), ==, 0);
  g_assert_true (g_file_set_contents (runs, "no folder", -1, NULL));
  g_signal_connect (numeral_lab_get_trainer (lab), "finished", G_CALLBACK (on_finished), &error);
  numeral_lab_set_config (lab, config);
  g_assert_true (numeral_lab_train (lab, FALSE, NULL));
  g_assert_nonnull (numeral_lab_get_run (lab));
  assert_soon (is_failed, &error);
  g_test_message ("%s", error->message);
  assert_soon (shows_nothing, lab);
  assert_soon (is_idle, lab);
  g_assert_cmpuint (count_runs (lab), ==, n_runs);
  numeral_lab_close (lab);
  g_assert_cmpint (g_remove (runs), ==, 0);
  g_assert_cmpint (g_rename (moved, runs), ==, 0);
}

int
main (int argc, char **argv)
{
  /* The directories are those of the display: GLib's own isolation of them leaks. */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/lab/config/kept", test_config_kept);
  g_test_add_func ("/app/lab/config/damaged", test_config_damaged);
  g_test_add_func ("/app/lab/train", test_train);
  g_test_add_func ("/app/lab/invalid", test_invalid);
  g_test_add_func ("/app/lab/close-and-resume", test_close_and_resume);
  g_test_add_func ("/app/lab/reset", test_reset);
  g_test_add_func ("/app/lab/lost", test_lost);
  return g_test_run ();
}
