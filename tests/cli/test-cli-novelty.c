/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

#include "ink-generator-nondigit.h"
#include "ink-inkml.h"
#include "numeral-data.h"

/* The digits of the fixture, non-digits, and a model that learned to tell them apart. */
static const char *ink, *calibrated;

static NnDataset *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = numeral_data_load (folder, NUMERAL_SPLIT_TRAIN, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
make_models (void)
{
  const char *folder = cli_path ("apart"), *network = cli_path ("apart.safetensors");
  g_autoptr (CliRun) made = NULL, trained = NULL, run = NULL;

  ink = cli_make_unipen ("apart.unipen", 4, 10, 40);
  calibrated = cli_path ("calibrated.safetensors");
  made = cli_run ("generate", "--kind", "non-digits", "--count", "700", "--validation", "0.1",
                  "--out", folder, ink, NULL);
  cli_assert_ok (made);
  trained = cli_run ("train", folder, "--hidden", "24", "--epochs", "12", "--quiet", "--out",
                     network, NULL);
  cli_assert_ok (trained);
  /* Use two of the four writers: one alone would set the threshold for all others. */
  run = cli_run ("calibrate", cli_make_model (), ink, "--novelty", network, "--refuse", "0.03",
                 "--validation", "0.5", "--out", calibrated, NULL);
  cli_assert_ok (run);
  g_assert_nonnull (strstr (run->out, "temperature"));
}

static void
test_generate (void)
{
  const char *digits = cli_path ("made-digits"), *nondigits = cli_path ("made-nondigits");
  const char *unseen = cli_path ("made-unseen"), *both = cli_path ("made-both");
  g_autoptr (CliRun) a = cli_run ("generate", "--count", "50", "--out", digits, NULL);
  g_autoptr (CliRun) b =
      cli_run ("generate", "--count", "70", "--kind", "non-digits", "--out", nondigits, NULL);
  g_autoptr (CliRun) c =
      cli_run ("generate", "--count", "70", "--kind", "unseen-non-digits", "--out", unseen, NULL);
  g_autoptr (CliRun) d = cli_run ("generate", "--count", "70", "--kind", "scrap", "--out", both,
                                  "--validation-writers", "2,3", ink, NULL);
  g_autoptr (NnDataset) digit_data = NULL, nondigit_data = NULL, unseen_data = NULL,
                        both_data = NULL;

  cli_assert_ok (a);
  cli_assert_ok (b);
  cli_assert_ok (c);
  cli_assert_ok (d);
  digit_data = load (digits);
  nondigit_data = load (nondigits);
  unseen_data = load (unseen);
  both_data = load (both);
  g_assert_cmpuint (digit_data->n, ==, 50);
  g_assert_cmpuint (nondigit_data->n, ==, 70);
  for (guint i = 0; i < 70; i++)
    g_assert_cmpuint (nondigit_data->labels[i], ==, 1 + i % 7);
  g_assert_true (memcmp (nondigit_data->pixels, unseen_data->pixels, 70 * 784) != 0);
  /* Two of the four writers, then the non-digits, which version 0.1 called scrap. */
  g_assert_cmpuint (both_data->n, ==, 270);
  g_assert_cmpuint (both_data->labels[0], ==, 0);
  g_assert_cmpuint (both_data->labels[199], ==, 0);
  g_assert_cmpmem (both_data->pixels + 200 * 784, 70 * 784, nondigit_data->pixels, 70 * 784);
}

/* The answers stay the same, their probabilities improve, and the card has the temperature. */
static void
test_calibrate (void)
{
  g_autoptr (CliRun) before =
      cli_run ("evaluate", ink, "--json", "--model", cli_make_model (), NULL);
  g_autoptr (CliRun) after = cli_run ("evaluate", ink, "--json", "--model", calibrated, NULL);
  g_autoptr (CliRun) shown = cli_run ("model", calibrated, NULL);
  g_autoptr (JsonObject) old_report = NULL, report = NULL;
  g_autoptr (JsonObject) card = cli_metadata (calibrated);
  const char *temperature = json_object_get_string_member (card, "temperature");

  cli_assert_ok (before);
  cli_assert_ok (after);
  cli_assert_ok (shown);
  old_report = cli_json (before->out);
  report = cli_json (after->out);
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), ==,
                     cli_json_number (old_report, "accuracy"));
  g_assert_cmpfloat (cli_json_number (report, "loss"), <, cli_json_number (old_report, "loss"));
  g_assert_cmpfloat (g_ascii_strtod (temperature, NULL), >, 0.05);
  g_assert_true (json_object_get_null_member (old_report, "refused"));
  g_assert_cmpfloat (cli_json_number (report, "refused"), <=, 40);
  g_assert_nonnull (strstr (shown->out, "784-24-10, refuses above 0.5"));
}

/* The input filter has the lowest loss, and the card has its tap. */
static void
test_smooth (void)
{
  const char *smooth = cli_path ("smooth.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("calibrate", cli_make_model (), ink, "--smooth", "--out", smooth, NULL);
  g_autoptr (CliRun) before = cli_run ("evaluate", ink, "--json", "--model", calibrated, NULL);
  g_autoptr (CliRun) after = cli_run ("evaluate", ink, "--json", "--model", smooth, NULL);
  g_autoptr (JsonObject) old_report = NULL, report = NULL;
  g_autoptr (JsonObject) card = NULL;
  double tap;

  cli_assert_ok (run);
  g_assert_nonnull (strstr (run->out, "smoothing"));
  cli_assert_ok (before);
  cli_assert_ok (after);
  old_report = cli_json (before->out);
  report = cli_json (after->out);
  card = cli_metadata (smooth);
  tap = json_object_has_member (card, "smoothing") ?
            g_ascii_strtod (json_object_get_string_member (card, "smoothing"), NULL) :
            0;
  g_assert_cmpfloat (tap, >=, 0);
  g_assert_cmpfloat (tap, <=, 0.25);
  /* The validation samples are a tenth of these; without a better filter the network stays the
   * same. */
  if (tap == 0)
    g_assert_cmpfloat_with_epsilon (cli_json_number (report, "loss"),
                                    cli_json_number (old_report, "loss"), 1e-6);
  else
    g_assert_cmpfloat (cli_json_number (report, "loss"), !=, cli_json_number (old_report, "loss"));
}

/* As InkML: a drawing of the generator of non-digits. */
static const char *
write_nondigit (const char *name, InkNondigitKind kind, guint64 index)
{
  InkGenerator generator;
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (GBytes) bytes = NULL;

  ink_generator_init (&generator, 4321, index);
  drawing = ink_generator_nondigit (&generator, kind, FALSE, NULL);
  bytes = ink_inkml_format (drawing);
  return cli_write (name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
test_recognize (void)
{
  guint n_refused = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("scribble-%u.inkml", i);
      const char *path = write_nondigit (name, INK_NONDIGIT_SCRIBBLE, i);
      g_autoptr (CliRun) json = cli_run ("recognize", "--json", "-m", calibrated, path, NULL);
      g_autoptr (CliRun) text = cli_run ("recognize", "-m", calibrated, path, NULL);
      g_autoptr (JsonObject) answer = NULL;

      cli_assert_ok (json);
      cli_assert_ok (text);
      answer = cli_json (json->out);
      if (json_object_get_null_member (answer, "digit"))
        {
          g_autofree char *says =
              g_strdup_printf ("%s[0]: not sure this is a digit (best guess %d ", path,
                               (int) cli_json_number (answer, "best_guess"));

          n_refused++;
          g_assert_cmpfloat (cli_json_number (answer, "novelty"), >, 0.5);
          g_assert_cmpstr (json_object_get_string_member (answer, "reason"), ==, "not a digit");
          g_assert_true (g_str_has_prefix (text->out, says));
        }
      else
        g_assert_cmpfloat (cli_json_number (answer, "novelty"), <=, 0.5);
      g_assert_cmpuint (json_array_get_length (
                            json_object_get_array_member (answer, "probabilities")),
                        ==, 10);
    }
  g_assert_cmpuint (n_refused, >=, 17);
}

static void
test_measure (void)
{
  g_autoptr (CliRun) run = cli_run ("novelty", "-m", calibrated, ink, "--count", "140", NULL);
  g_autoptr (CliRun) compared =
      cli_run ("novelty", "-m", calibrated, ink, "--count", "140", "--compare", NULL);
  g_autoptr (CliRun) without =
      cli_run ("novelty", "-m", cli_make_model (), ink, "--count", "140", NULL);
  const char *area;

  cli_assert_ok (run);
  cli_assert_ok (compared);
  area = strstr (run->out, "own network: AUROC ");
  g_assert_nonnull (area);
  g_assert_cmpfloat (g_ascii_strtod (area + strlen ("own network: AUROC "), NULL), >, 0.9);
  g_assert_null (strstr (run->out, "softmax"));
  g_assert_nonnull (strstr (run->out, "several"));
  g_assert_nonnull (strstr (run->out, "rotated"));
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (strstr (compared->out, (const char *const[]){ "softmax", "energy",
                                                                    "mahalanobis", "own +" }[i]));
  cli_assert_error (without, 1, "no network for non-digits");
}

static void
test_errors (void)
{
  const char *model = cli_make_model (), *out = cli_path ("never.safetensors");
  static const struct
  {
    const char *words[9];
    int status;
    const char *says;
  } rows[] = {
    { { "generate", NULL }, 2, "--out" },
    { { "generate", "--out", "x", "--kind", "letters", NULL }, 2, "letters" },
    { { "generate", "--out", "x", "--count", "0", NULL }, 2, "--count" },
    { { "generate", "--out", "x", "--seed", "one", NULL }, 2, "--seed" },
    { { "generate", "--out", "x", "data", NULL }, 2, "non-digits" },
    { { "generate", "--out", "x", "--kind", "printed", "data", NULL }, 2, "non-digits" },
    { { "generate", "--out", "x", "--kind", "stretched", NULL }, 2, "a data set" },
    { { "generate", "--out", "/dev/null/x", "--count", "1", NULL }, 1, "/dev/null" },
    { { "calibrate", "model", NULL }, 2, "--out" },
    { { "calibrate", "--out", "x", "model", NULL }, 2, "data set" },
    { { "calibrate", "--out", "x", "model", "data", "--refuse", "1", NULL }, 2, "--refuse" },
    { { "calibrate", "--out", "x", "no-model", "data", NULL }, 1, "no-model" },
    { { "calibrate", "--out", "x", "model", "data", "--validation", "1", NULL },
      2,
      "--validation" },
    { { "calibrate", "--out", "x", "model", "data", "--seed", "-1", NULL }, 2, "--seed" },
    { { "novelty", NULL }, 2, "data set" },
    { { "novelty", "data", "--validation", "nan", NULL }, 2, "--validation" },
    { { "novelty", "data", "--validation-writers", "1,x", NULL }, 2, "\"x\"" },
    { { "novelty", "data", "--rotate", "91", NULL }, 2, "--rotate" },
    { { "novelty", "data", "--split", "train", NULL }, 2, "--split" },
    { { "novelty", "no-data", "--compare", NULL }, 1, "no-data" },
  };
  g_autoptr (CliRun) nothing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CliRun) run = cli_runv (rows[i].words);

      cli_assert_error (run, rows[i].status, rows[i].says);
    }
  nothing = cli_run ("calibrate", model, ink, "--validation", "0", "--out", out, NULL);
  cli_assert_error (nothing, 1, "validation");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  make_models ();
  g_test_add_func ("/cli/novelty/generate", test_generate);
  g_test_add_func ("/cli/novelty/calibrate", test_calibrate);
  g_test_add_func ("/cli/novelty/smooth", test_smooth);
  g_test_add_func ("/cli/novelty/recognize", test_recognize);
  g_test_add_func ("/cli/novelty/measure", test_measure);
  g_test_add_func ("/cli/novelty/errors", test_errors);
  return cli_fixture_end ();
}
