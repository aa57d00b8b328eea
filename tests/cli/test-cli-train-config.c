/* SPDX-License-Identifier: GPL-3.0-or-later */

/* numeral-cli train --config: a run of the window, to the same curve bit for bit. */

#include <string.h>

#include "cli-fixture.h"
#include "numeral-trainer.h"

/* Of training, for a machine under load and sanitizers. */
#define PATIENCE (100 * G_USEC_PER_SEC)

static void
on_finished (NumeralTrainer *trainer, GError *error, gboolean *finished)
{
  g_assert_no_error (error);
  *finished = TRUE;
}

/* Trains @config as the window does. */
static NumeralRun *
train_in_window (const NumeralRunConfig *config, const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (NumeralRunStore) store = numeral_run_store_new (file);
  g_autoptr (NumeralTrainer) trainer = numeral_trainer_new ();
  g_autoptr (GError) error = NULL;
  NumeralRun *run = numeral_run_store_create (store, config, &error);
  gboolean finished = FALSE;
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_signal_connect (trainer, "finished", G_CALLBACK (on_finished), &finished);
  numeral_trainer_start (trainer, run, FALSE);
  while (!finished)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE);
    }
  return run;
}

/* The log of the command line says what the curve of the window does. */
static void
assert_same_curve (NumeralRun *run, const char *log)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) history = numeral_run_load_history (run, &error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  guint step = 0, epoch = 0;

  g_assert_no_error (error);
  cli_read (log, &text, NULL);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);

      if (!json_object_has_member (line, "accuracy"))
        {
          const NumeralStepPoint *point;

          g_assert_cmpuint (step, <, history->steps->len);
          point = &g_array_index (history->steps, NumeralStepPoint, step++);
          g_assert_true (point->loss == (float) cli_json_number (line, "loss"));
          g_assert_true (point->learning_rate == (float) cli_json_number (line, "learning_rate"));
        }
      else
        {
          const NumeralEpochPoint *point;

          g_assert_cmpuint (epoch, <, history->epochs->len);
          point = &g_array_index (history->epochs, NumeralEpochPoint, epoch++);
          g_assert_cmpuint (point->step, ==, step);
          g_assert_true (point->validation_loss == cli_json_number (line, "validation_loss"));
          g_assert_true (point->validation_accuracy ==
                         cli_json_number (line, "validation_accuracy"));
        }
    }
  g_assert_cmpuint (step, ==, history->steps->len);
  g_assert_cmpuint (epoch, ==, history->epochs->len);
}

static void
compare (const NumeralRunConfig *config, const char *name)
{
  g_autofree char *folder = g_strdup (cli_path (name));
  g_autoptr (NumeralRun) run = train_in_window (config, folder);
  g_autofree char *json =
      g_build_filename (g_file_peek_path (numeral_run_get_folder (run)), "run.json", NULL);
  g_autofree char *out = g_strconcat (folder, ".safetensors", NULL);
  g_autofree char *log = g_strconcat (folder, ".jsonl", NULL);
  g_autoptr (GFile) out_file = g_file_new_for_path (out);
  g_autoptr (NumeralModel) theirs = NULL;
  g_autoptr (NumeralModel) ours = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CliRun) cli =
      cli_run ("train", "--config", json, "--out", out, "--log", log, "--quiet", NULL);

  cli_assert_ok (cli);
  assert_same_curve (run, log);
  ours = numeral_model_load (out_file, NULL, &error);
  g_assert_no_error (error);
  theirs = numeral_run_load_best (run, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ours->network->params, ours->network->n_params * sizeof (float),
                   theirs->network->params, theirs->network->n_params * sizeof (float));
}

static void
test_generated (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 600;
  config->train.epochs = 3;
  config->train.dropout = 0.2;
  config->train.schedule = NN_SCHEDULE_COSINE;
  config->train.seed = G_MAXUINT64 - 5;
  compare (config, "generated");
}

static void
test_idx (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup (cli_make_idx ("idx", 400, 10));
  config->train.epochs = 60;
  config->train.patience = 2;
  config->train.learning_rate = 0.02;
  config->train.balance = NN_BALANCE_OVERSAMPLE;
  nn_augment_preset (2, &config->train.augment);
  compare (config, "from-idx");
}

/* Whole writers are kept for validation. */
static void
test_writers (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup (cli_make_unipen ("pen.unipen", 5, 2, 9));
  config->train.epochs = 2;
  config->train.validation = 0.2;
  compare (config, "from-pen");
}

static void
test_changed (void)
{
  static const char json[] = "{\"source\": \"generated\", \"generated\": 200, \"epochs\": 3,"
                             " \"hidden\": [12]}";
  const char *config = cli_write ("settings.json", json, -1);
  const char *out = cli_path ("changed.safetensors");
  g_autofree char *equals = g_strconcat ("--config=", config, NULL);
  g_autoptr (CliRun) run = cli_run ("train", equals, "--epochs", "1", "--out", out, "--json", NULL);
  g_autoptr (JsonObject) said = NULL;

  g_assert_cmpint (run->status, ==, 0);
  said = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (said, "epochs"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (said, "architecture"), ==, "784-12-10");
}

static void
test_errors (void)
{
  const char *out = cli_path ("none.safetensors");
  const char *good = cli_write ("good.json", "{\"source\": \"generated\", \"generated\": 200}", -1);
  const char *bad = cli_write ("bad.json", "{\"epoch\": 3}", -1);
  const char *damaged = cli_write ("damaged.json", "{\"epochs\": 3", -1);
  const char *lost = cli_write ("lost.json", "{\"source\": \"path\", \"path\": \"/nowhere\"}", -1);
  const char *csv = cli_make_csv ();
  g_autoptr (CliRun) absent =
      cli_run ("train", "--config", cli_path ("absent.json"), "--out", out, NULL);
  g_autoptr (CliRun) unknown = cli_run ("train", "--config", bad, "--out", out, NULL);
  g_autoptr (CliRun) half = cli_run ("train", "--config", damaged, "--out", out, NULL);
  g_autoptr (CliRun) nowhere = cli_run ("train", "--config", lost, "--out", out, NULL);
  g_autoptr (CliRun) both = cli_run ("train", "--config", good, "--out", out, csv, NULL);
  g_autoptr (CliRun) writers =
      cli_run ("train", "--config", good, "--out", out, "--validation-writers", "1", NULL);
  g_autoptr (CliRun) no_out = cli_run ("train", "--config", good, NULL);
  g_autoptr (CliRun) nothing = cli_run ("train", "--out", out, "--config", NULL);

  cli_assert_error (absent, 1, "absent.json");
  cli_assert_error (unknown, 1, "“epoch”");
  cli_assert_error (half, 1, "damaged.json");
  cli_assert_error (nowhere, 1, "/nowhere");
  cli_assert_error (both, 2, "--config");
  cli_assert_error (writers, 2, "--validation-writers");
  cli_assert_error (no_out, 2, "--out");
  cli_assert_error (nothing, 2, "--config");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/train-config/generated", test_generated);
  g_test_add_func ("/cli/train-config/idx", test_idx);
  g_test_add_func ("/cli/train-config/writers", test_writers);
  g_test_add_func ("/cli/train-config/changed", test_changed);
  g_test_add_func ("/cli/train-config/errors", test_errors);
  return cli_fixture_end ();
}
