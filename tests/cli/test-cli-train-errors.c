/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>
#include <unistd.h>

/* A loss that is not finite is an error whose message suggests a remedy. The best weights before
 * it are written; if there are none, no file is left. */
static void
test_divergence (void)
{
  const char *steep = cli_write ("steep.csv", "1e20,0\n-1e20,1\n1e20,0\n-1e20,1\n", -1);
  const char *kept = cli_path ("steep.safetensors"), *none = cli_path ("none.safetensors");
  g_autoptr (CliRun) late =
      cli_run ("train", steep, "--out", kept, "--optimizer", "sgd", "--learning-rate", "1000",
               "--epochs", "50", "--hidden", "8,8", "--validation", "0", "--quiet", NULL);
  g_autoptr (CliRun) early =
      cli_run ("train", steep, "--out", none, "--optimizer", "sgd", "--learning-rate", "1000",
               "--epochs", "50", "--hidden", "8,8", "--validation", "0", "--batch-size", "1",
               "--quiet", NULL);
  g_autoptr (JsonObject) card = NULL;

  g_assert_nonnull (strstr (late->err, "steep.safetensors is the model of epoch 1: "));
  g_assert_nonnull (strstr (late->err, "learning rate"));
  g_assert_cmpint (late->status, ==, 1);
  card = cli_metadata (kept);
  g_assert_cmpstr (json_object_get_string_member (card, "stopped"), ==, "diverged");
  cli_assert_error (early, 1, "training stopped in epoch 1 and no model was written: ");
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

static void
test_out (void)
{
  const char *csv = cli_make_csv (), *kept = cli_write ("kept.safetensors", "precious", -1);
  g_autoptr (CliRun) folder =
      cli_run ("train", csv, "--out", g_getenv ("G_TEST_BUILDDIR"), "--quiet", NULL);
  g_autoptr (CliRun) nowhere =
      cli_run ("train", csv, "--out", cli_path ("no/such/folder/m"), "--quiet", NULL);
  g_autoptr (CliRun) failed =
      cli_run ("train", cli_path ("missing.csv"), "--out", kept, "--quiet", NULL);
  g_autoptr (CliRun) log = cli_run ("train", csv, "--out", kept, "--log",
                                    cli_path ("no/such/folder/log"), "--quiet", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  cli_assert_error (folder, 1, "is a folder");
  cli_assert_error (nowhere, 1, "no/such/folder");
  cli_assert_error (failed, 1, "missing.csv");
  cli_assert_error (log, 1, "cannot write the log");
  cli_read (kept, &bytes, &length);
  g_assert_cmpstr (bytes, ==, "precious");
}

/* A full disk loses the log, but not the model. */
static void
test_full_log (void)
{
  const char *out = cli_path ("full-log.safetensors");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonObject) card = NULL;

  if (access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  run = cli_run ("train", cli_make_csv (), "--out", out, "--epochs", "2", "--quiet", "--log",
                 "/dev/full", NULL);
  cli_assert_error (run, 1, "cannot write the log /dev/full");
  card = cli_metadata (out);
  g_assert_cmpstr (json_object_get_string_member (card, "epochs"), ==, "2");
}

/* The folder of the model goes away while the network learns: the model is in another place. The
 * log is a pipe that holds less than the training writes: it waits until the folder is gone. */
static void
test_no_place (void)
{
  g_autofree char *script =
      g_strdup_printf ("cd '%s' && mkdir goes rescue && mkfifo pipe || exit 9\n"
                       "TMPDIR=$PWD/rescue \"$CLI\" train '%s' --epochs 40 --batch-size 1 "
                       "--quiet --out goes/m.safetensors --log pipe &\n"
                       "exec 3< pipe && rmdir goes && cat <&3 > /dev/null; wait $!",
                       cli_path (""), cli_make_csv ());
  g_autoptr (CliRun) run = cli_run_shell (script);
  g_autoptr (JsonObject) card = NULL;

  cli_assert_error (run, 1, "The model is not lost");
  g_assert_nonnull (strstr (run->err, "rescue/rescued-1-m.safetensors"));
  card = cli_metadata (cli_path ("rescue/rescued-1-m.safetensors"));
  g_assert_cmpstr (json_object_get_string_member (card, "epochs"), ==, "40");
}

typedef struct
{
  const char *name;
  const char *data;
  gssize length;
} Damaged;

static const Damaged damaged[] = {
  { "empty.csv", "", 0 },
  { "header-only.csv", "a,b,class\n", -1 },
  { "words.csv", "a,b\nc,d\n", -1 },
  { "one-column.csv", "1\n0\n", -1 },
  { "nan.csv", "nan,1\ninf,0\n", -1 },
  { "binary", "\x01\x02\0\x03", 4 },
  { "cut.gz", "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10 },
  { "no-ink.unipen", ".VERSION 1.0\n.SEGMENT DIGIT 0 ? \"3\"\n.PEN_DOWN\n.PEN_UP\n", -1 },
};

static void
test_damaged (void)
{
  const char *out = cli_path ("damaged.safetensors");

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      const char *path = cli_write (damaged[i].name, damaged[i].data, damaged[i].length);
      g_autoptr (CliRun) run = cli_run ("train", path, "--out", out, "--epochs", "1", "--quiet",
                                        "--validation", "0", NULL);

      g_test_message ("%s: status %d: %s", damaged[i].name, run->status, run->err);
      cli_assert_error (run, 1, damaged[i].name);
      g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
    }
}

/* Damaged rows are left out, and counted. */
static void
test_rejected (void)
{
  const char *data =
      cli_write ("rejected.csv",
                 "a,b,class\n1,2,0\n3,4,1\nnan,1,0\n1,inf,1\n1,1\n1,1,99999999999\n5,6,1\n", -1);
  g_autoptr (CliRun) run =
      cli_run ("train", data, "--out", cli_path ("rejected.safetensors"), "--epochs", "1",
               "--validation", "0", "--quiet", "--json", NULL);
  g_autoptr (JsonObject) summary = NULL;
  JsonObject *part;

  cli_assert_ok (run);
  summary = cli_json (run->out);
  part = json_array_get_object_element (json_object_get_array_member (summary, "datasets"), 0);
  g_assert_cmpfloat (cli_json_number (part, "training_samples"), ==, 3);
  g_assert_cmpfloat (cli_json_number (part, "rejected"), ==, 4);
}

static void
test_mismatches (void)
{
  const char *csv = cli_make_csv (), *out = cli_path ("mismatch.safetensors");
  const char *ink = cli_make_unipen ("mismatch.unipen", 2, 1, 27);
  g_autoptr (CliRun) mixed = cli_run ("train", csv, ink, "--out", out, "--quiet", NULL);
  g_autoptr (CliRun) writers =
      cli_run ("train", csv, "--out", out, "--quiet", "--validation-writers", "1", NULL);
  g_autoptr (CliRun) nobody =
      cli_run ("train", ink, "--out", out, "--quiet", "--validation-writers", "1,2", NULL);
  g_autoptr (CliRun) unknown =
      cli_run ("train", ink, "--out", out, "--quiet", "--validation-writers", "7", NULL);
  g_autoptr (CliRun) patience =
      cli_run ("train", csv, "--out", out, "--quiet", "--validation", "0", "--patience", "2", NULL);

  cli_assert_error (mixed, 1, "cannot be combined");
  cli_assert_error (writers, 1, "who wrote what");
  cli_assert_error (nobody, 1, "nothing to train on");
  cli_assert_error (unknown, 1, "writer 7 has no samples");
  cli_assert_error (patience, 2, "--patience");
}

/* A file with a name that ends like a repetition is not a repetition. */
static void
test_colon_in_a_name (void)
{
  g_autofree char *text = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonObject) summary = NULL;
  const char *path;
  gsize length;

  cli_read (cli_make_csv (), &text, &length);
  path = cli_write ("data:4", text, (gssize) length);
  run = cli_run ("train", path, "--out", cli_path ("colon.safetensors"), "--epochs", "1", "--json",
                 "--quiet", "--validation", "0", NULL);
  cli_assert_ok (run);
  summary = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (json_object_get_object_member (summary, "training"), "count"),
                     ==, 100);
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/train-errors/divergence", test_divergence);
  g_test_add_func ("/cli/train-errors/out", test_out);
  g_test_add_func ("/cli/train-errors/full-log", test_full_log);
  g_test_add_func ("/cli/train-errors/no-place", test_no_place);
  g_test_add_func ("/cli/train-errors/damaged", test_damaged);
  g_test_add_func ("/cli/train-errors/rejected", test_rejected);
  g_test_add_func ("/cli/train-errors/mismatches", test_mismatches);
  g_test_add_func ("/cli/train-errors/colon-in-a-name", test_colon_in_a_name);
  return cli_fixture_end ();
}
