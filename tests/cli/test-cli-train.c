/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A small problem: 100 samples, 5 features, 2 classes and one hidden layer, trained to the end. */
static void
test_classic (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("classic.safetensors");
  const char *log = cli_path ("classic.jsonl");
  g_autoptr (CliRun) run = cli_run ("train", csv, "--out", out, "--hidden", "16", "--epochs", "300",
                                    "--batch-size", "10", "--learning-rate", "0.01", "--validation",
                                    "0", "--log", log, "--quiet", "--json", NULL);
  g_autoptr (CliRun) measured = NULL;
  g_autoptr (JsonObject) summary = NULL, report = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  JsonObject *last;
  gsize length;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  g_assert_cmpstr (json_object_get_string_member (summary, "architecture"), ==, "5-16-2");
  g_assert_cmpstr (json_object_get_string_member (summary, "stopped"), ==, "finished");
  g_assert_cmpfloat (cli_json_number (summary, "epochs"), ==, 300);
  g_assert_cmpfloat (cli_json_number (summary, "best_epoch"), ==, 300);
  g_assert_cmpfloat (cli_json_number (summary, "steps"), ==, 3000);
  g_assert_true (json_object_get_null_member (summary, "validation"));
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (summary, "training"),
                                      "accuracy"),
                     ==, 1);

  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  last = g_ptr_array_index (lines, lines->len - 1);
  g_assert_cmpfloat (cli_json_number (last, "epoch"), ==, 300);
  g_assert_cmpfloat (cli_json_number (last, "accuracy"), ==, 1);
  g_assert_true (json_object_get_null_member (last, "validation_loss"));

  measured = cli_run ("evaluate", csv, "--model", out, "--json", NULL);
  cli_assert_ok (measured);
  report = cli_json (measured->out);
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), ==, 1);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 100);
}

/* The same command gives the same bytes with every number of threads; another seed gives others. */
static void
test_same_bytes (void)
{
  static const char *const runs[][2] = {
    { "1", "1" }, { "1", "1" }, { "2", "1" }, { "3", "1" }, { "1", "2" },
  };
  const char *ink = cli_make_unipen ("same.unipen", 3, 3, 20);
  g_autofree char *first = NULL;
  gsize first_length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      const char *out = cli_path ("same.safetensors");
      g_autoptr (CliRun) run =
          cli_run ("train", ink, "--out", out, "--hidden", "32,16", "--epochs", "3", "--dropout",
                   "0.1", "--threads", runs[i][0], "--seed", runs[i][1], "--quiet", NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      cli_assert_ok (run);
      g_assert_cmpstr (run->out, ==, "");
      cli_read (out, &bytes, &length);
      if (i == 0)
        {
          first = g_steal_pointer (&bytes);
          first_length = length;
        }
      else if (g_str_equal (runs[i][1], "1"))
        g_assert_cmpmem (bytes, length, first, first_length);
      else
        g_assert_false (length == first_length && memcmp (bytes, first, length) == 0);
    }
}

static void
test_log (void)
{
  const char *ink = cli_make_unipen ("log.unipen", 5, 2, 21), *log = cli_path ("log.jsonl");
  g_autoptr (CliRun) run = cli_run ("train", ink, "--out", cli_path ("log.safetensors"), "--hidden",
                                    "8", "--epochs", "3", "--batch-size", "16", "--validation",
                                    "0.2", "--schedule", "cosine", "--log", log, "--quiet", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  double last_rate = 1;
  gsize length;
  /* 80 samples in minibatches of 16. */
  guint per_epoch = 5, n_steps = 0;

  cli_assert_ok (run);
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  g_assert_cmpuint (lines->len, ==, 3 * (per_epoch + 1));
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);
      guint epoch = i / (per_epoch + 1);
      double rate = cli_json_number (line, "learning_rate");

      g_assert_cmpfloat (cli_json_number (line, "epoch"), ==, epoch + 1);
      g_assert_cmpfloat (cli_json_number (line, "loss"), >, 0);
      g_assert_cmpfloat (rate, <=, last_rate);
      last_rate = rate;
      if (i % (per_epoch + 1) < per_epoch)
        {
          n_steps++;
          g_assert_cmpuint (json_object_get_size (line), ==, 4);
        }
      else
        {
          double accuracy = cli_json_number (line, "validation_accuracy") * 20;

          g_assert_cmpfloat (cli_json_number (line, "validation_loss"), >, 0);
          g_assert_cmpfloat_with_epsilon (accuracy, (int) (accuracy + 0.5), 1e-6);
          g_assert_cmpfloat (cli_json_number (line, "images_per_second"), >, 0);
          g_assert_cmpfloat (cli_json_number (line, "seconds"), >, 0);
          g_assert_cmpfloat (cli_json_number (line, "accuracy"), >=, 0);
        }
      g_assert_cmpfloat (cli_json_number (line, "step"), ==, n_steps);
    }
}

/* One line per epoch if stderr is not a terminal. */
static void
test_progress (void)
{
  const char *ink = cli_make_unipen ("progress.unipen", 1, 5, 22);
  g_autoptr (CliRun) run = cli_run ("train", ink, "--out", cli_path ("progress.safetensors"),
                                    "--hidden", "8", "--epochs", "4", NULL);
  g_auto (GStrv) lines = g_strsplit (run->err, "\n", -1);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *start = g_strdup_printf ("epoch %u/4: loss ", i + 1);

      g_assert_true (g_str_has_prefix (lines[i], start));
      g_assert_nonnull (strstr (lines[i], "accuracy "));
      g_assert_nonnull (strstr (lines[i], "validation "));
      g_assert_nonnull (strstr (lines[i], " images/s"));
      g_assert_true (g_str_has_suffix (lines[i], " s left"));
    }
  g_assert_nonnull (strstr (run->out, "progress.safetensors: epoch "));
  g_assert_nonnull (strstr (run->out, "validation on "));
}

/* On a terminal one line is rewritten, and it is never wider than the terminal. */
static void
test_terminal (void)
{
  const char *ink = cli_make_unipen ("terminal.unipen", 3, 5, 23);
  int master = posix_openpt (O_RDWR | O_NOCTTY);
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  gssize n;
  int slave;

  if (master < 0 || grantpt (master) != 0 || unlockpt (master) != 0)
    {
      g_test_skip ("no pseudo-terminal can be made");
      return;
    }
  slave = open (ptsname (master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (slave, >=, 0);
  g_subprocess_launcher_setenv (launcher, "TERM", "xterm", TRUE);
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  process = cli_spawn (launcher, "train", ink, "--out", cli_path ("terminal.safetensors"),
                       "--hidden", "64", "--epochs", "2", "--batch-size", "1", NULL);
  g_clear_object (&launcher);
  /* Ends with EIO when the other side is closed. */
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (seen, buffer, n);
  close (master);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (seen->str, "\repoch 1/2  "));
  g_assert_nonnull (strstr (seen->str, "\033[K"));
  g_assert_nonnull (strstr (seen->str, "epoch 2/2: loss "));
  g_assert_true (g_str_has_suffix (seen->str, "\n"));
}

/* Whole writers are held out from the data set that names its writers; from the other one random
 * samples are. */
static void
test_validation_writers (void)
{
  const char *ink = cli_make_unipen ("held-out.unipen", 4, 3, 24);
  const char *idx = cli_make_idx ("held-out", 50, 10), *out = cli_path ("held-out.safetensors");
  g_autofree char *thrice = g_strconcat (ink, ":3", NULL);
  g_autoptr (CliRun) run =
      cli_run ("train", idx, thrice, "--out", out, "--hidden", "16", "--epochs", "2",
               "--validation", "0.1", "--validation-writers", "1,3", "--quiet", "--json", NULL);
  g_autoptr (CliRun) theirs = NULL;
  g_autoptr (JsonObject) summary = NULL, report = NULL, card = NULL;
  JsonArray *parts;
  JsonObject *first, *second, *held_out;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  parts = json_object_get_array_member (summary, "datasets");
  g_assert_cmpuint (json_array_get_length (parts), ==, 2);
  first = json_array_get_object_element (parts, 0);
  second = json_array_get_object_element (parts, 1);
  g_assert_cmpfloat (cli_json_number (first, "training_samples"), ==, 45);
  g_assert_cmpfloat (cli_json_number (first, "repeat"), ==, 1);
  g_assert_cmpfloat (cli_json_number (second, "training_samples"), ==, 60);
  g_assert_cmpfloat (cli_json_number (second, "samples"), ==, 120);
  g_assert_cmpfloat (cli_json_number (second, "repeat"), ==, 3);
  held_out = json_object_get_object_member (second, "validation");
  g_assert_cmpfloat (cli_json_number (held_out, "count"), ==, 60);
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (summary, "training"), "count"),
                     ==, 45 + 3 * 60);
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (summary, "validation"),
                                      "count"),
                     ==, 5 + 60);

  /* evaluate with the same writers gives the same figures. */
  theirs = cli_run ("evaluate", ink, "--writers", "1,3", "--model", out, "--json", NULL);
  cli_assert_ok (theirs);
  report = cli_json (theirs->out);
  g_assert_cmpfloat_with_epsilon (cli_json_number (report, "loss"),
                                  cli_json_number (held_out, "loss"), 1e-9);
  card = cli_metadata (out);
  g_assert_nonnull (strstr (json_object_get_string_member (card, "data"), "3 times an epoch"));
  g_assert_nonnull (strstr (json_object_get_string_member (card, "data"), "held-out writers"));
}

/* The figures of the summary are those of the file: the best epoch's, not the last one's. */
static void
test_best_is_kept (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("best.safetensors");
  const char *log = cli_path ("best.jsonl");
  g_autoptr (CliRun) run =
      cli_run ("train", csv, "--out", out, "--hidden", "64", "--epochs", "150", "--batch-size", "8",
               "--learning-rate", "0.02", "--validation", "0.3", "--patience", "15", "--log", log,
               "--quiet", "--json", NULL);
  g_autoptr (JsonObject) summary = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  double best = G_MAXDOUBLE, best_epoch = 0, epochs;
  gsize length;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = g_ptr_array_index (lines, i);

      if (json_object_has_member (line, "validation_loss") &&
          cli_json_number (line, "validation_loss") < best)
        {
          best = cli_json_number (line, "validation_loss");
          best_epoch = cli_json_number (line, "epoch");
        }
    }
  epochs = cli_json_number (summary, "epochs");
  g_assert_cmpstr (json_object_get_string_member (summary, "stopped"), ==, "patience");
  g_assert_cmpfloat (cli_json_number (summary, "best_epoch"), ==, best_epoch);
  g_assert_cmpfloat (epochs, ==, best_epoch + 15);
  g_assert_cmpfloat_with_epsilon (cli_json_number (json_object_get_object_member (summary,
                                                                                  "validation"),
                                                   "loss"),
                                  best, 1e-5);
}

static void
test_half_and_name (void)
{
  const char *ink = cli_make_unipen ("half.unipen", 1, 3, 25);
  const char *full = cli_path ("full.safetensors"), *half = cli_path ("half.safetensors");
  g_autoptr (CliRun) a = cli_run ("train", ink, "-o", full, "--epochs", "1", "-q", NULL);
  g_autoptr (CliRun) b = cli_run ("train", ink, "-o", half, "--epochs", "1", "-q", "--half",
                                  "--name", "My digits", NULL);
  g_autoptr (JsonObject) card = NULL;
  GStatBuf full_stat, half_stat;

  cli_assert_ok (a);
  cli_assert_ok (b);
  g_assert_cmpint (g_stat (full, &full_stat), ==, 0);
  g_assert_cmpint (g_stat (half, &half_stat), ==, 0);
  g_assert_cmpint (full_stat.st_size, >, 4 * 101770);
  g_assert_cmpint (half_stat.st_size, <, 2 * 101770 + 4096);
  card = cli_metadata (half);
  g_assert_cmpstr (json_object_get_string_member (card, "name"), ==, "My digits");
  g_assert_nonnull (strstr (json_object_get_string_member (card, "settings"), " --half"));
}

/* The settings from the card, given as options, repeat the run. */
static void
test_card_repeats_the_run (void)
{
  const char *ink = cli_make_unipen ("card.unipen", 2, 3, 26);
  const char *out = cli_path ("card.safetensors"), *again = cli_path ("again.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("train", ink, "--out", out, "--hidden", "12,6", "--activation", "tanh", "--init",
               "xavier", "--loss", "binary-cross-entropy", "--optimizer", "rmsprop",
               "--learning-rate", "0.003", "--beta2", "0.9", "--epsilon", "1e-6", "--weight-decay",
               "0.001", "--dropout", "0.05", "--label-smoothing", "0.02", "--schedule", "step",
               "--step-epochs", "1", "--step-factor", "0.5", "--warmup", "0.5", "--batch-size", "7",
               "--epochs", "3", "--seed", "18446744073709551615", "--validation-writers", "2",
               "--patience", "3", "--quiet", NULL);
  g_autoptr (CliRun) second = NULL;
  g_autoptr (JsonObject) card = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) settings = NULL;
  g_autofree char *one = NULL, *two = NULL;
  gsize one_length, two_length;

  cli_assert_ok (run);
  card = cli_metadata (out);
  settings = g_strsplit (json_object_get_string_member (card, "settings"), " ", -1);
  g_ptr_array_add (words, (gpointer) "train");
  g_ptr_array_add (words, (gpointer) ink);
  g_ptr_array_add (words, (gpointer) "--quiet");
  g_ptr_array_add (words, (gpointer) "--out");
  g_ptr_array_add (words, (gpointer) again);
  for (guint i = 0; settings[i] != NULL; i++)
    g_ptr_array_add (words, settings[i]);
  g_ptr_array_add (words, NULL);
  second = cli_runv ((const char *const *) words->pdata);
  cli_assert_ok (second);
  cli_read (out, &one, &one_length);
  cli_read (again, &two, &two_length);
  g_assert_cmpmem (one, one_length, two, two_length);
}

/* Trains one epoch with each setting: the card has the given values. */
static void
test_choices (void)
{
  static const char *const choices[][2] = {
    { "--activation", "relu" },
    { "--activation", "leaky-relu" },
    { "--activation", "gelu" },
    { "--activation", "sigmoid" },
    { "--activation", "tanh" },
    { "--init", "zero" },
    { "--init", "gaussian" },
    { "--init", "xavier" },
    { "--init", "he" },
    { "--loss", "cross-entropy" },
    { "--loss", "binary-cross-entropy" },
    { "--loss", "mse" },
    { "--optimizer", "sgd" },
    { "--optimizer", "momentum" },
    { "--optimizer", "rmsprop" },
    { "--optimizer", "adam" },
    { "--optimizer", "adamw" },
    { "--schedule", "constant" },
    { "--schedule", "cosine" },
    { "--schedule", "step" },
    { "--hidden", "none" },
    { "--balance", "weights" },
  };
  const char *csv = cli_make_csv (), *out = cli_path ("choice.safetensors");

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (CliRun) run = cli_run ("train", csv, "--out", out, "--epochs", "1", "--quiet",
                                        choices[i][0], choices[i][1], NULL);
      g_autofree char *words = g_strjoin (" ", choices[i][0], choices[i][1], NULL);
      g_autoptr (JsonObject) card = NULL;

      cli_assert_ok (run);
      card = cli_metadata (out);
      g_assert_nonnull (strstr (json_object_get_string_member (card, "settings"), words));
    }
}

/* A network learns to read ink from generated digits and augmented views of ink; the card has
 * the settings. */
static void
test_augment (void)
{
  const char *ink = cli_make_unipen ("bent.unipen", 2, 3, 12);
  const char *out = cli_path ("bent.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("train", ink, "generated:200", "--out", out, "--hidden", "24", "--epochs", "3",
               "--validation", "0.2", "--augment", "light,elastic=0.75", "--quiet", "--json", NULL);
  g_autoptr (JsonObject) summary = NULL, card = NULL;
  JsonArray *parts;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  parts = json_object_get_array_member (summary, "datasets");
  g_assert_cmpuint (json_array_get_length (parts), ==, 2);
  /* Together with ink, all generated digits are for training. */
  g_assert_cmpfloat (cli_json_number (json_array_get_object_element (parts, 1), "training_samples"),
                     ==, 200);
  card = cli_metadata (out);
  g_assert_nonnull (strstr (json_object_get_string_member (card, "settings"),
                            "--augment rotation=8,scale=0.08,shear=6,shift=0.5,elastic=0.75,"
                            "stroke=0.2,ink=0.5"));
}

/* A run that is interrupted and resumed gives the same bytes as an uninterrupted run. */
static void
test_checkpoint (void)
{
  const char *ink = cli_make_unipen ("kept.unipen", 3, 3, 20);
  const char *whole = cli_path ("whole.safetensors"), *parted = cli_path ("parted.safetensors");
  const char *state = cli_path ("run.state"), *log = cli_path ("parted.jsonl");
  g_autoptr (CliRun) one =
      cli_run ("train", ink, "--out", whole, "--hidden", "256,64", "--epochs", "150", "--augment",
               "strong", "--schedule", "cosine", "--validation", "0.2", "--quiet", NULL);
  g_autofree char *expected = NULL, *bytes = NULL, *text = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint n_lines = 0;
  gsize expected_length, length;
  gboolean finished = FALSE;

  cli_assert_ok (one);
  cli_read (whole, &expected, &expected_length);
  for (guint n_stops = 0; !finished; n_stops++)
    {
      g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_NONE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
          cli_spawn (launcher, "train", ink, "--out", parted, "--hidden", "256,64", "--epochs",
                     "150", "--augment", "strong", "--schedule", "cosine", "--validation", "0.2",
                     "--quiet", "--checkpoint", state, "--log", log, NULL);

      /* The first process is killed, the second one is interrupted, the third one runs to the
       * end. */
      if (n_stops < 2)
        {
          g_usleep (200000 + 150000 * n_stops);
          g_subprocess_send_signal (process, n_stops == 0 ? SIGKILL : SIGINT);
        }
      g_subprocess_wait (process, NULL, &error);
      g_assert_no_error (error);
      /* The whole run takes ten times as long. */
      if (n_stops == 0)
        g_assert_true (g_subprocess_get_if_signaled (process));
      finished = n_stops == 2;
      if (finished)
        g_assert_true (g_subprocess_get_successful (process));
    }
  cli_read (parted, &bytes, &length);
  g_assert_cmpmem (bytes, length, expected, expected_length);

  /* The log has each step once, in order. */
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  for (guint i = 0; i < lines->len; i++)
    if (!json_object_has_member (g_ptr_array_index (lines, i), "validation_loss"))
      g_assert_cmpfloat (cli_json_number (g_ptr_array_index (lines, i), "step"), ==, ++n_lines);
  g_assert_cmpuint (n_lines, >=, 150);
}

/* A checkpoint of another run and a damaged one are rejected before training begins. */
static void
test_checkpoint_refused (void)
{
  const char *ink = cli_make_unipen ("refused.unipen", 2, 2, 20);
  const char *out = cli_path ("refused.safetensors"), *state = cli_path ("refused.state");
  g_autoptr (CliRun) first = cli_run ("train", ink, "--out", out, "--hidden", "8", "--epochs", "1",
                                      "--checkpoint", state, "--quiet", NULL);
  g_autoptr (CliRun) other = NULL, damaged = NULL;

  cli_assert_ok (first);
  other = cli_run ("train", ink, "--out", out, "--hidden", "9", "--epochs", "1", "--checkpoint",
                   state, "--quiet", NULL);
  cli_assert_error (other, 1, "other settings");
  cli_write ("refused.state", "NUMSTATE and no more", -1);
  damaged = cli_run ("train", ink, "--out", out, "--hidden", "8", "--epochs", "1", "--checkpoint",
                     state, "--quiet", NULL);
  cli_assert_error (damaged, 1, "ends inside its header");
}

/* With the weights of a trained model, the first epoch is already good. */
static void
test_initial (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("again.safetensors");
  const char *log = cli_path ("again.jsonl");
  const char *learned = cli_path ("learned.safetensors");
  g_autoptr (CliRun) first =
      cli_run ("train", csv, "--out", learned, "--hidden", "16", "--epochs", "300", "--batch-size",
               "10", "--learning-rate", "0.01", "--validation", "0", "--quiet", NULL);
  g_autoptr (CliRun) second = NULL, wrong = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;
  gsize length;

  cli_assert_ok (first);
  second = cli_run ("train", csv, "--out", out, "--hidden", "16", "--epochs", "1", "--validation",
                    "0", "--initial", learned, "--log", log, "--quiet", NULL);
  cli_assert_ok (second);
  cli_read (log, &text, &length);
  lines = cli_json_lines (text);
  g_assert_cmpfloat (cli_json_number (g_ptr_array_index (lines, lines->len - 1), "accuracy"), >,
                     0.98);
  wrong = cli_run ("train", csv, "--out", out, "--hidden", "17", "--epochs", "1", "--initial",
                   learned, "--quiet", NULL);
  cli_assert_error (wrong, 1, "5-17-2");
}

/* One epoch of MNIST, if it is installed. */
static void
test_mnist (void)
{
  const char *data = g_getenv ("NUMERAL_DATA_DIR");
  const char *out = cli_path ("mnist.safetensors");
  g_autofree char *mnist = data != NULL ? g_build_filename (data, "mnist", NULL) : NULL;
  g_autoptr (CliRun) run = NULL, measured = NULL;
  g_autoptr (JsonObject) report = NULL;

  if (mnist == NULL || !g_file_test (mnist, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("NUMERAL_DATA_DIR names no directory with MNIST");
      return;
    }
  run = cli_run ("train", mnist, "--out", out, "--hidden", "32", "--epochs", "1", "--quiet", NULL);
  cli_assert_ok (run);
  measured = cli_run ("evaluate", mnist, "--model", out, "--json", NULL);
  cli_assert_ok (measured);
  report = cli_json (measured->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 10000);
  g_assert_cmpfloat (cli_json_number (report, "rejected"), ==, 0);
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), >, 0.9);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/train/classic", test_classic);
  g_test_add_func ("/cli/train/same-bytes", test_same_bytes);
  g_test_add_func ("/cli/train/log", test_log);
  g_test_add_func ("/cli/train/progress", test_progress);
  g_test_add_func ("/cli/train/terminal", test_terminal);
  g_test_add_func ("/cli/train/validation-writers", test_validation_writers);
  g_test_add_func ("/cli/train/best-is-kept", test_best_is_kept);
  g_test_add_func ("/cli/train/half-and-name", test_half_and_name);
  g_test_add_func ("/cli/train/card-repeats-the-run", test_card_repeats_the_run);
  g_test_add_func ("/cli/train/choices", test_choices);
  g_test_add_func ("/cli/train/augment", test_augment);
  g_test_add_func ("/cli/train/checkpoint", test_checkpoint);
  g_test_add_func ("/cli/train/checkpoint-refused", test_checkpoint_refused);
  g_test_add_func ("/cli/train/initial", test_initial);
  g_test_add_func ("/cli/train/mnist", test_mnist);
  return cli_fixture_end ();
}
