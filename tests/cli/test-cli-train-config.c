/* SPDX-License-Identifier: GPL-3.0-or-later */

/* numeral-cli train --config: a run of the window gives the same files byte for byte. */

#include <string.h>

#include "cli-fixture.h"
#include "numeral-run-curve.h"
#include "numeral-run-store.h"
#include "numeral-trainer.h"

/* Timeout of training, long enough for a machine under load and for sanitizers. */
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

static void
assert_same_file (const char *ours, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize a_length, b_length;

  cli_read (ours, &a, &a_length);
  cli_read (path, &b, &b_length);
  g_assert_cmpmem (a, a_length, b, b_length);
}

/* The lines of a log without those of the minibatches, and without the durations, which differ
 * between runs. */
static char *
read_epochs (const char *path)
{
  static const char *const durations[] = { "seconds", "images_per_second" };
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  GString *epochs = g_string_new (NULL);

  cli_read (path, &text, NULL);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);
      g_autoptr (JsonNode) node = json_node_alloc ();
      g_autofree char *printed = NULL;

      if (!json_object_has_member (line, "accuracy"))
        continue;
      for (guint d = 0; d < G_N_ELEMENTS (durations); d++)
        if (json_object_has_member (line, durations[d]))
          json_object_remove_member (line, durations[d]);
      json_node_init_object (node, line);
      printed = json_to_string (node, FALSE);
      g_string_append_printf (epochs, "%s\n", printed);
    }
  return g_string_free (epochs, FALSE);
}

/* The log and the curve have the same figures for each minibatch. */
static void
assert_same_steps (NumeralRun *run, const char *log)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  guint step = 0;

  g_assert_no_error (error);
  cli_read (log, &text, NULL);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);
      NumeralStepPoint point;

      if (json_object_has_member (line, "accuracy"))
        continue;
      g_assert_cmpuint (step, <, numeral_history_get_n_steps (history));
      point = numeral_history_get_step (history, step++);
      g_assert_true (point.loss == (float) cli_json_number (line, "loss"));
      g_assert_true (point.learning_rate == (float) cli_json_number (line, "learning_rate"));
    }
  g_assert_cmpuint (step, ==, numeral_history_get_n_steps (history));
}

/* These are the same byte for byte: the model with its card, the curve, and the trainer's state.
 * The figures of the epochs are the same except for their durations. */
static void
compare (const NumeralRunConfig *config, const char *name)
{
  g_autofree char *folder = g_strdup (cli_path (name));
  g_autoptr (NumeralRun) run = train_in_window (config, folder);
  const char *run_folder = g_file_peek_path (numeral_run_get_folder (run));
  g_autofree char *json = g_build_filename (run_folder, "run.json", NULL);
  g_autofree char *epochs = g_build_filename (run_folder, "epochs.jsonl", NULL);
  g_autofree char *out = g_strconcat (folder, ".safetensors", NULL);
  g_autofree char *log = g_strconcat (folder, ".jsonl", NULL);
  g_autofree char *state = g_strconcat (folder, ".state", NULL);
  g_autofree char *curve = g_strconcat (state, ".curve.bin", NULL);
  g_autofree char *best = g_strconcat (state, ".best.safetensors", NULL);
  g_autofree char *their_epochs = NULL;
  g_autofree char *our_epochs = NULL;
  g_autoptr (JsonObject) said = NULL;
  g_autoptr (JsonObject) card = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralHistory) history = NULL;
  g_autoptr (CliRun) cli =
      cli_run ("train", "--config", json, "--out", out, "--log", log, "--checkpoint", state,
               "--name", numeral_run_get_name (run), "--quiet", "--json", NULL);

  cli_assert_ok (cli);
  assert_same_file (out, run_folder, "best.safetensors");
  assert_same_file (best, run_folder, "best.safetensors");
  assert_same_file (curve, run_folder, "curve.bin");
  assert_same_file (state, run_folder, "checkpoint");
  assert_same_steps (run, log);
  their_epochs = read_epochs (epochs);
  our_epochs = read_epochs (log);
  g_assert_cmpstr (their_epochs, ==, our_epochs);

  history =
      numeral_curve_read_folder (g_file_peek_path (numeral_run_get_folder (run)), NULL, &error);
  g_assert_no_error (error);
  said = cli_json (cli->out);
  g_assert_cmpfloat (cli_json_number (said, "best_epoch"), ==, history->best_epoch + 1);
  g_assert_cmpfloat (cli_json_number (said, "epochs"), ==, history->epochs->len);
  card = cli_metadata (out);
  g_assert_cmpstr (json_object_get_string_member (card, "stopped"), ==,
                   json_object_get_string_member (said, "stopped"));
  g_assert_cmpfloat (g_ascii_strtod (json_object_get_string_member (card, "best_epoch"), NULL), ==,
                     history->best_epoch + 1);
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

/* Whole writers are held out for validation. */
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

/* Without validation the last epoch is the best. */
static void
test_no_validation (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();

  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup (cli_make_idx ("all", 300, 10));
  config->train.epochs = 4;
  config->train.validation = 0;
  config->train.dropout = 0.5;
  config->train.threads = 2;
  compare (config, "no-validation");
}

/* What learns reads 12 values, and all models 784. */
static void
test_principal (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (JsonObject) card = NULL;
  const char *explained;

  config->source = NUMERAL_SOURCE_GENERATED;
  config->generated = 600;
  config->train.epochs = 3;
  config->train.hidden[0] = 24;
  config->train.dropout = 0.2;
  config->train.threads = 2;
  config->train.pca = 12;
  compare (config, "principal");
  g_strlcpy (config->train.network, "28x28-20-tanh-10", sizeof config->train.network);
  compare (config, "principal-network");
  card = cli_metadata (cli_path ("principal-network.safetensors"));
  g_assert_nonnull (strstr (json_object_get_string_member (card, "settings"), "--pca 12 "));
  explained = json_object_get_string_member (card, "explained_variance");
  g_assert_cmpfloat (g_ascii_strtod (explained, NULL), >, 0.2);
  g_assert_cmpfloat (g_ascii_strtod (explained, NULL), <, 1);
}

/* The same pen digits without --config: the same writers are held out. */
static void
test_same_writers (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  const char *ink = cli_make_unipen ("same-pen.unipen", 5, 2, 9);
  const char *out = cli_path ("same-pen.safetensors");
  g_autofree char *folder = g_strdup (cli_path ("same-writers"));
  g_autoptr (NumeralRun) run = NULL;
  g_autoptr (CliRun) cli = NULL;
  g_autoptr (JsonObject) card = NULL;

  config->source = NUMERAL_SOURCE_PATH;
  config->path = g_strdup (ink);
  config->train.epochs = 2;
  config->train.validation = 0.2;
  run = train_in_window (config, folder);
  cli = cli_run ("train", ink, "--epochs", "2", "--validation", "0.2", "--out", out, "--name",
                 numeral_run_get_name (run), "--quiet", NULL);
  cli_assert_ok (cli);
  assert_same_file (out, g_file_peek_path (numeral_run_get_folder (run)), "best.safetensors");
  card = cli_metadata (out);
  g_assert_nonnull (strstr (json_object_get_string_member (card, "data"),
                            "80 samples, 20 of held-out writers for validation"));
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
  g_test_add_func ("/cli/train-config/no-validation", test_no_validation);
  g_test_add_func ("/cli/train-config/principal", test_principal);
  g_test_add_func ("/cli/train-config/same-writers", test_same_writers);
  g_test_add_func ("/cli/train-config/changed", test_changed);
  g_test_add_func ("/cli/train-config/errors", test_errors);
  return cli_fixture_end ();
}
