/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static double
cell (JsonArray *confusion, guint label, guint answer)
{
  return json_array_get_double_element (json_array_get_array_element (confusion, label), answer);
}

/* The ends of a 95 % interval are on both sides of the share. */
static void
assert_interval (JsonObject *object)
{
  JsonArray *interval = json_object_get_array_member (object, "interval");
  const double low = json_array_get_double_element (interval, 0);
  const double high = json_array_get_double_element (interval, 1);
  const double accuracy = cli_json_number (object, "accuracy");

  g_assert_cmpuint (json_array_get_length (interval), ==, 2);
  g_assert_cmpfloat (low, >=, 0);
  g_assert_cmpfloat (high, <=, 1);
  g_assert_true (low < accuracy || accuracy == 0);
  g_assert_true (high > accuracy || accuracy == 1);
}

/* The bins have all samples, and the calibration error follows from them. */
static void
assert_reliability (JsonObject *report)
{
  JsonArray *bins = json_object_get_array_member (report, "reliability");
  const double count = cli_json_number (report, "count");
  double total = 0, ece = 0;

  for (guint b = 0; b < json_array_get_length (bins); b++)
    {
      JsonObject *bin = json_array_get_object_element (bins, b);
      const double n = cli_json_number (bin, "count");

      assert_interval (bin);
      total += n;
      ece += n / count *
             fabs (cli_json_number (bin, "accuracy") - cli_json_number (bin, "confidence"));
    }
  g_assert_cmpfloat (total, ==, count);
  g_assert_cmpfloat_with_epsilon (ece, cli_json_number (report, "ece"), 1e-9);
}

/* The schema, and that the figures follow from the confusion matrix. */
static void
assert_report (JsonObject *report, guint n_classes)
{
  static const char *const members[] = { "count",     "rejected",  "refused", "accuracy",
                                         "interval",  "loss",      "ece",     "reliability",
                                         "per_class", "confusion", "data" };
  JsonArray *per_class = json_object_get_array_member (report, "per_class");
  JsonArray *confusion = json_object_get_array_member (report, "confusion");
  g_autoptr (GList) names = json_object_get_members (report);
  double total = 0, right = 0, count = cli_json_number (report, "count");
  double ece = cli_json_number (report, "ece");

  g_assert_cmpuint (g_list_length (names), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (report, members[i]));
  g_assert_cmpfloat (cli_json_number (report, "loss"), >=, 0);
  g_assert_cmpfloat (ece, >=, 0);
  g_assert_cmpfloat (ece, <=, 1);
  g_assert_cmpuint (json_array_get_length (per_class), ==, n_classes);
  g_assert_cmpuint (json_array_get_length (confusion), ==, n_classes);
  for (guint i = 0; i < n_classes; i++)
    {
      JsonObject *one = json_array_get_object_element (per_class, i);
      double support = 0, answered = 0, hits = cell (confusion, i, i), p, r, f1;

      g_assert_cmpuint (json_array_get_length (json_array_get_array_element (confusion, i)), ==,
                        n_classes);
      for (guint j = 0; j < n_classes; j++)
        {
          support += cell (confusion, i, j);
          answered += cell (confusion, j, i);
        }
      p = answered > 0 ? hits / answered : 0;
      r = support > 0 ? hits / support : 0;
      f1 = p + r > 0 ? 2 * p * r / (p + r) : 0;
      g_assert_cmpfloat (cli_json_number (one, "digit"), ==, i);
      g_assert_cmpfloat (cli_json_number (one, "support"), ==, support);
      g_assert_cmpfloat_with_epsilon (cli_json_number (one, "precision"), p, 1e-9);
      g_assert_cmpfloat_with_epsilon (cli_json_number (one, "recall"), r, 1e-9);
      g_assert_cmpfloat_with_epsilon (cli_json_number (one, "f1"), f1, 1e-9);
      total += support;
      right += hits;
    }
  g_assert_cmpfloat (total, ==, count);
  g_assert_cmpfloat_with_epsilon (cli_json_number (report, "accuracy"), right / count, 1e-9);
  assert_interval (report);
  assert_reliability (report);
}

static void
test_unipen (void)
{
  const char *ink = cli_make_unipen ("evaluate.unipen", 3, 4, 90);
  g_autoptr (CliRun) run = cli_run ("evaluate", ink, "--json", "--model", cli_make_model (), NULL);
  g_autoptr (JsonObject) report = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  assert_report (report, 10);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 120);
  g_assert_cmpfloat (cli_json_number (report, "rejected"), ==, 0);
  g_assert_cmpfloat (cli_json_number (report, "accuracy"), >=, 0.9);
}

/* evaluate and recognize agree. */
static void
test_agrees_with_recognize (void)
{
  const char *ink = cli_make_unipen ("agree.unipen", 2, 3, 91);
  g_autoptr (CliRun) run = cli_run ("evaluate", ink, "--json", "--model", cli_make_model (), NULL);
  g_autoptr (CliRun) read =
      cli_run ("recognize", ink, "--json", "--model", cli_make_model (), NULL);
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  guint n_right = 0;

  cli_assert_ok (run);
  cli_assert_ok (read);
  report = cli_json (run->out);
  answers = cli_json_lines (read->out);
  for (guint i = 0; i < answers->len; i++)
    {
      JsonObject *answer = g_ptr_array_index (answers, i);

      n_right += json_object_get_int_member (answer, "digit") ==
                 json_object_get_int_member (answer, "label");
    }
  g_assert_cmpfloat_with_epsilon (cli_json_number (report, "accuracy"),
                                  (double) n_right / answers->len, 1e-9);
}

static void
test_writers (void)
{
  const char *ink = cli_make_unipen ("writers.unipen", 4, 2, 92);
  const char *model = cli_make_model ();
  g_autoptr (CliRun) two =
      cli_run ("evaluate", ink, "--json", "--writers", "2,4", "--model", model, NULL);
  g_autoptr (CliRun) none =
      cli_run ("evaluate", ink, "--json", "--writers", "2,9", "--model", model, NULL);
  g_autoptr (CliRun) csv =
      cli_run ("evaluate", cli_make_csv (), "--writers", "2", "--model", model, NULL);
  g_autoptr (JsonObject) report = NULL;
  JsonArray *writers;

  cli_assert_ok (two);
  report = cli_json (two->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 40);
  writers = json_object_get_array_member (report, "writers");
  g_assert_cmpuint (json_array_get_length (writers), ==, 2);
  g_assert_cmpint (json_array_get_int_element (writers, 0), ==, 2);
  g_assert_cmpint (json_array_get_int_element (writers, 1), ==, 4);
  json_object_remove_member (report, "writers");
  assert_report (report, 10);
  cli_assert_error (none, 1, "writer 9 has no samples in");
  cli_assert_error (csv, 1, "does not name the writers");
}

static void
test_splits (void)
{
  static const struct
  {
    const char *split;
    double count;
  } splits[] = { { "train", 70 }, { "test", 30 }, { NULL, 30 } };
  const char *folder = cli_make_idx ("idx", 70, 30);

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      const char *words[] = { "evaluate",        folder,
                              "--json",          "--model",
                              cli_make_model (), splits[i].split != NULL ? "--split" : NULL,
                              splits[i].split,   NULL };
      g_autoptr (CliRun) run = cli_runv (words);
      g_autoptr (JsonObject) report = NULL;

      cli_assert_ok (run);
      report = cli_json (run->out);
      assert_report (report, 10);
      g_assert_cmpfloat (cli_json_number (report, "count"), ==, splits[i].count);
    }
}

/* A sample whose label is not a digit is left out and counted. */
static void
test_rejected (void)
{
  const char *folder = cli_make_idx ("idx-rejected", 10, 30);
  const char *labels = cli_path ("idx-rejected/t10k-labels-idx1-ubyte");
  g_autofree char *bytes = NULL;
  g_autoptr (CliRun) run = NULL, text = NULL;
  g_autoptr (JsonObject) report = NULL;
  gsize length;

  cli_read (labels, &bytes, &length);
  bytes[8] = 10;
  bytes[length - 1] = (char) 0xff;
  cli_write ("idx-rejected/t10k-labels-idx1-ubyte", bytes, (gssize) length);

  run = cli_run ("evaluate", folder, "--json", "--model", cli_make_model (), NULL);
  cli_assert_ok (run);
  report = cli_json (run->out);
  assert_report (report, 10);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 28);
  g_assert_cmpfloat (cli_json_number (report, "rejected"), ==, 2);
  text = cli_run ("evaluate", folder, "--model", cli_make_model (), NULL);
  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "rejected  2"));
}

static void
test_text (void)
{
  const char *ink = cli_make_unipen ("table.unipen", 1, 2, 93);
  g_autoptr (CliRun) run = cli_run ("evaluate", ink, "--model", cli_make_model (), NULL);

  cli_assert_ok (run);
  g_assert_nonnull (strstr (run->out, "samples   20\n"));
  g_assert_nonnull (strstr (run->out, "accuracy  "));
  g_assert_nonnull (strstr (run->out, "ECE  "));
  g_assert_nonnull (strstr (run->out, "\nclass  precision    recall"));
  g_assert_nonnull (strstr (run->out, "\nconfusion"));
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
  { "no-number.csv", "a,b,class\nx,y,z\n", -1 },
  { "nan.csv", "nan,1,0\ninf,2,1\n", -1 },
  { "binary", "\x01\x02\0\x03", 4 },
  { "one.idx", "\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\xff", 17 },
  { "cut.gz", "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10 },
  { "no-ink.unipen", ".VERSION 1.0\n.SEGMENT DIGIT 0 ? \"3\"\n.PEN_DOWN\n.PEN_UP\n", -1 },
  /* Valid, but with the wrong number of features for the model. */
  { "narrow.csv", "a,b,class\n1,2,0\n3,4,1\n", -1 },
};

static void
test_damaged (void)
{
  const char *model = cli_make_model ();
  g_autoptr (CliRun) missing = cli_run ("evaluate", cli_path ("missing"), "-m", model, NULL);
  g_autoptr (CliRun) no_model = NULL;

  cli_assert_error (missing, 1, "missing");
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      const char *path = cli_write (damaged[i].name, damaged[i].data, damaged[i].length);
      g_autoptr (CliRun) run = cli_run ("evaluate", path, "--json", "--model", model, NULL);

      g_test_message ("%s: %s", damaged[i].name, run->err);
      cli_assert_error (run, 1, damaged[i].name);
    }
  no_model = cli_run ("evaluate", cli_make_unipen ("x.unipen", 1, 1, 1), "--model",
                      cli_path ("missing.safetensors"), NULL);
  cli_assert_error (no_model, 1, "missing.safetensors");
}

/* IDX files that are cut off or damaged at every field of their headers. */
static void
test_damaged_idx (void)
{
  static const struct
  {
    gsize offset;
    guint8 byte;
  } bends[] = { { 0, 1 }, { 2, 0x0d }, { 3, 1 }, { 4, 0xff }, { 7, 29 }, { 8, 0xff }, { 15, 0 } };
  static const gsize cuts[] = { 0, 1, 3, 4, 7, 8, 12, 15, 16, 17, 1000 };
  const char *folder = cli_make_idx ("idx-damaged", 10, 30);
  const char *name = "idx-damaged/t10k-images-idx3-ubyte";
  g_autofree char *whole = NULL;
  gsize length;

  cli_read (cli_path (name), &whole, &length);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (CliRun) run = NULL;

      cli_write (name, whole, (gssize) cuts[i]);
      run = cli_run ("evaluate", folder, "--model", cli_make_model (), NULL);
      cli_assert_error (run, 1, name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bends); i++)
    {
      g_autofree char *bent = g_memdup2 (whole, length);
      g_autoptr (CliRun) run = NULL;

      bent[bends[i].offset] = (char) bends[i].byte;
      cli_write (name, bent, (gssize) length);
      run = cli_run ("evaluate", folder, "--model", cli_make_model (), NULL);
      g_test_message ("byte %" G_GSIZE_FORMAT ": %s", bends[i].offset, run->err);
      cli_assert_error (run, 1, "idx-damaged");
    }
  g_remove (cli_path (name));
  {
    g_autoptr (CliRun) run = cli_run ("evaluate", folder, "--model", cli_make_model (), NULL);

    cli_assert_error (run, 1, folder);
  }
}

/* The same digits, disturbed, are equally many, and are read about as well. */
static void
test_disturbed (void)
{
  static const char *const names[] = { "none", "quarter", "corner", "thick", "thin", "turned" };
  const char *ink = cli_make_unipen ("disturbed.unipen", 2, 3, 5);
  const char *csv = cli_make_csv ();
  g_autoptr (CliRun) run =
      cli_run ("evaluate", ink, "--model", cli_make_model (), "--disturbed", "--json", NULL);
  g_autoptr (CliRun) text = NULL, table = NULL;
  g_autoptr (JsonObject) report = NULL;
  JsonObject *accuracy;

  cli_assert_ok (run);
  report = cli_json (run->out);
  g_assert_cmpfloat (cli_json_number (report, "count"), ==, 60);
  accuracy = json_object_get_object_member (report, "accuracy");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpfloat (cli_json_number (accuracy, names[i]), >, 0.6);

  text = cli_run ("evaluate", ink, "--model", cli_make_model (), "--disturbed", NULL);
  cli_assert_ok (text);
  g_assert_nonnull (strstr (text->out, "+0.00  large, in the middle"));
  table = cli_run ("evaluate", csv, "--model", cli_make_model (), "--disturbed", NULL);
  cli_assert_error (table, 1, "pen strokes");
}

/* The picture has as many samples as were misread. */
static void
test_mistakes (void)
{
  const char *ink = cli_make_unipen ("mistaken.unipen", 2, 3, 5);
  const char *png = cli_path ("mistakes.png"), *csv = cli_make_csv ();
  g_autoptr (CliRun) run =
      cli_run ("evaluate", ink, "--model", cli_make_model (), "--mistakes", png, NULL);
  g_autoptr (CliRun) table = NULL, nowhere = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  cli_assert_ok (run);
  cli_read (png, &bytes, &length);
  g_assert_cmpuint (length, >, 100);
  g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  nowhere = cli_run ("evaluate", ink, "--model", cli_make_model (), "--mistakes",
                     cli_path ("no/such/folder.png"), NULL);
  cli_assert_error (nowhere, 1, "folder.png");
  table = cli_run ("evaluate", csv, "--model", cli_make_model (), "--mistakes", png, NULL);
  cli_assert_error (table, 1, "features");
}

/* The digits of the fixture have one stroke each and stand apart. */
static void
test_numbers (void)
{
  const char *ink = cli_make_unipen ("numbers.unipen", 3, 4, 79);
  const char *folder = cli_path ("misread");
  g_autoptr (CliRun) run =
      cli_run ("evaluate", "--json", "--numbers=3", "--model", cli_make_model (), ink, NULL);
  g_autoptr (CliRun) again =
      cli_run ("evaluate", "--json", "--numbers=3", "--model", cli_make_model (), ink, NULL);
  g_autoptr (CliRun) writers = NULL, tight = NULL, bad_length = NULL, bad_gap = NULL, lone = NULL;
  JsonObject *result;
  guint n_files = 0;
  g_autoptr (GDir) dir = NULL;

  cli_assert_ok (run);
  g_assert_cmpstr (run->out, ==, again->out);
  result = cli_json (run->out);
  /* Ten times 40 digits of each of 3 writers, by threes. */
  g_assert_cmpfloat (cli_json_number (result, "count"), ==, 390);
  g_assert_cmpfloat (cli_json_number (result, "digits"), ==, 1170);
  g_assert_cmpfloat (cli_json_number (result, "split_accuracy"), >, 0.9);
  g_assert_cmpfloat (cli_json_number (result, "accuracy"), ==,
                     cli_json_number (result, "right") / 390);
  g_assert_cmpfloat (cli_json_number (result, "digits_right"), >=,
                     3 * cli_json_number (result, "right") - 3);
  json_object_unref (result);

  writers = cli_run ("evaluate", "--json", "--numbers=4", "--writers=2", "--model",
                     cli_make_model (), ink, NULL);
  cli_assert_ok (writers);
  result = cli_json (writers->out);
  g_assert_cmpfloat (cli_json_number (result, "count"), ==, 100);
  json_object_unref (result);

  /* Digits that overlap: misread numbers are saved for inspection. */
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  tight = cli_run ("evaluate", "--json", "--numbers=3", "--gap=-0.5,-0.5", "--failures", folder,
                   "--model", cli_make_model (), ink, NULL);
  cli_assert_ok (tight);
  result = cli_json (tight->out);
  dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_str_has_suffix (name, ".inkml"));
      g_assert_cmpint (g_unlink (path), ==, 0);
      n_files++;
    }
  g_assert_cmpfloat (n_files, ==, 390 - cli_json_number (result, "right"));
  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  json_object_unref (result);

  bad_length = cli_run ("evaluate", "--numbers=17", ink, NULL);
  cli_assert_error (bad_length, 2, "1 to 16");
  bad_gap = cli_run ("evaluate", "--numbers=4", "--gap=0.1", ink, NULL);
  cli_assert_error (bad_gap, 2, "0.1,0.45");
  lone = cli_run ("evaluate", "--gap=0,1", ink, NULL);
  cli_assert_error (lone, 2, "--numbers");
}

/* The four kinds of samples add up to what both models read. */
static void
test_compare (void)
{
  const char *ink = cli_make_unipen ("compare.unipen", 3, 4, 93);
  const char *model = cli_make_model ();
  g_autoptr (CliRun) run = cli_run ("evaluate", ink, "--json", "--compare", model, NULL);
  g_autoptr (CliRun) text = cli_run ("evaluate", ink, "--compare", model, NULL);
  g_autoptr (CliRun) other = cli_run ("evaluate", ink, "--json", "--model", model, NULL);
  g_autoptr (CliRun) none = cli_run ("evaluate", ink, "--compare", "missing.safetensors", NULL);
  g_autoptr (CliRun) disturbed = cli_run ("evaluate", ink, "--compare", model, "--disturbed", NULL);
  g_autoptr (JsonObject) report = NULL, alone = NULL;
  JsonObject *compare;
  double both;

  cli_assert_ok (run);
  cli_assert_ok (text);
  report = cli_json (run->out);
  alone = cli_json (other->out);
  compare = json_object_get_object_member (report, "compare");
  both = cli_json_number (compare, "both_right");
  assert_interval (compare);
  g_assert_cmpfloat (cli_json_number (compare, "accuracy"), ==,
                     cli_json_number (alone, "accuracy"));
  g_assert_cmpfloat (both + cli_json_number (compare, "mended"), ==,
                     round (120 * cli_json_number (report, "accuracy")));
  g_assert_cmpfloat (both + cli_json_number (compare, "broken"), ==,
                     round (120 * cli_json_number (alone, "accuracy")));
  g_assert_cmpfloat (both + cli_json_number (compare, "mended") +
                         cli_json_number (compare, "broken") +
                         cli_json_number (compare, "both_wrong"),
                     ==, 120);
  g_assert_cmpfloat (cli_json_number (compare, "p"), <=, 1);
  g_assert_nonnull (strstr (text->out, "McNemar"));
  cli_assert_error (none, 1, "missing.safetensors");
  cli_assert_error (disturbed, 2, "--disturbed");
}

static void
test_mislabelled (void)
{
  const char *idx = cli_make_idx ("mislabelled", 70, 200);
  g_autoptr (CliRun) run =
      cli_run ("evaluate", idx, "--json", "--mislabelled", "--model", cli_make_model (), NULL);
  g_autoptr (CliRun) text =
      cli_run ("evaluate", idx, "--mislabelled", "--model", cli_make_model (), NULL);
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) report = NULL;
  JsonArray *suspects;

  cli_assert_ok (run);
  cli_assert_ok (text);
  report = cli_json (run->out);
  suspects = json_object_get_array_member (report, "mislabelled");
  for (guint i = 0; i < json_array_get_length (suspects); i++)
    {
      JsonObject *suspect = json_array_get_object_element (suspects, i);

      g_assert_cmpfloat (cli_json_number (suspect, "index"), <, 200);
      g_assert_cmpfloat (cli_json_number (suspect, "label"), !=,
                         cli_json_number (suspect, "better"));
      g_assert_cmpfloat (cli_json_number (suspect, "margin"), >, 0);
    }
  line = g_strdup_printf ("probably mislabelled: %u\n", json_array_get_length (suspects));
  g_assert_nonnull (strstr (text->out, line));
}

/* The samples of a list of evaluate are left out by train, and those of other data are not. */
static void
test_left_out (void)
{
  const char *idx = cli_make_idx ("left-out", 200, 70), *other = cli_make_idx ("others", 190, 70);
  const char *list = cli_path ("left-out.json"), *bad = cli_path ("bad.json");
  const char *out = cli_path ("left-out.safetensors");
  g_autoptr (CliRun) run = cli_run ("evaluate", idx, "--split", "train", "--json", "--mislabelled",
                                    "--model", cli_make_model (), NULL);
  g_autoptr (CliRun) trained = NULL, wrong = NULL, broken = NULL, missing = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *text = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  text = g_strdup_printf ("{\"identity\": \"%s\", "
                          "\"mislabelled\": [{\"index\": 7}, {\"index\": 3}]}",
                          json_object_get_string_member (report, "identity"));
  cli_write ("left-out.json", text, -1);
  cli_write ("bad.json", "{\"identity\": \"x\", \"mislabelled\": [{\"index\": 1}]}", -1);
  trained = cli_run ("train", idx, "--out", out, "--left-out", list, "--epochs", "1", "--hidden",
                     "8", "--quiet", NULL);
  g_assert_cmpint (trained->status, ==, 0);
  g_assert_nonnull (strstr (trained->err, "2 samples are left out"));
  wrong = cli_run ("train", other, "--out", out, "--left-out", list, NULL);
  cli_assert_error (wrong, 1, "other data");
  broken = cli_run ("train", idx, "--out", out, "--left-out", bad, NULL);
  cli_assert_error (broken, 1, "bad.json");
  missing = cli_run ("train", idx, "--out", out, "--left-out", "nowhere.json", NULL);
  cli_assert_error (missing, 1, "nowhere.json");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/evaluate/unipen", test_unipen);
  g_test_add_func ("/cli/evaluate/agrees-with-recognize", test_agrees_with_recognize);
  g_test_add_func ("/cli/evaluate/writers", test_writers);
  g_test_add_func ("/cli/evaluate/splits", test_splits);
  g_test_add_func ("/cli/evaluate/rejected", test_rejected);
  g_test_add_func ("/cli/evaluate/text", test_text);
  g_test_add_func ("/cli/evaluate/damaged", test_damaged);
  g_test_add_func ("/cli/evaluate/damaged-idx", test_damaged_idx);
  g_test_add_func ("/cli/evaluate/disturbed", test_disturbed);
  g_test_add_func ("/cli/evaluate/mistakes", test_mistakes);
  g_test_add_func ("/cli/evaluate/compare", test_compare);
  g_test_add_func ("/cli/evaluate/mislabelled", test_mislabelled);
  g_test_add_func ("/cli/evaluate/left-out", test_left_out);
  g_test_add_func ("/cli/evaluate/numbers", test_numbers);
  return cli_fixture_end ();
}
