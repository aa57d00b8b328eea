/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

#include "numeral-origin.h"

/* Tables as other programs write them, trained on and measured. */

#define ROWS 60

/* Two classes that a line separates.
 * @first: whether the label is the first column
 * @constant: whether there is a column of zeros at the end */
typedef struct
{
  const char *name, *header, *separator, *decimal;
  const char *classes[2];
  gboolean first, constant;
} Table;

static const Table tables[] = {
  { "label-first.csv", "label,a,b\n", ",", ".", { "0", "1" }, TRUE, FALSE },
  { "label-last.csv", "a,b,target\n", ",", ".", { "0", "1" }, FALSE, FALSE },
  { "no-header-first.csv", "", ",", ".", { "0", "1" }, TRUE, FALSE },
  { "no-header-last.csv", "", "\t", ".", { "0", "1" }, FALSE, FALSE },
  { "decimal-commas.csv", "a;b;class\r\n", ";", ",", { "0", "1" }, FALSE, FALSE },
  { "names.csv", "\"a\",\"b\",\"kind\"\n", ",", ".", { "\"cat, grey\"", "\"dog\"" }, FALSE, FALSE },
  { "constant-last.csv", "", ",", ".", { "3", "7" }, TRUE, TRUE },
  { "dense.arff",
    "@relation x\n@attribute a numeric\n@attribute b numeric\n@attribute k {yes,'not "
    "yet'}\n@data\n",
    ",",
    ".",
    { "yes", "'not yet'" },
    FALSE,
    FALSE },
};

static void
add_number (GString *text, const Table *table, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.4f", value);
  g_strdelimit (number, ".", table->decimal[0]);
  g_string_append (text, number);
}

static const char *
write_table (const Table *table)
{
  g_autoptr (GString) text = g_string_new (table->header);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < ROWS; i++)
    {
      double a = g_rand_double_range (random, -1, 1), b = g_rand_double_range (random, -1, 1);
      const char *name;

      a += a > b ? 0.2 : -0.2;
      name = table->classes[a > b];
      if (table->first)
        g_string_append_printf (text, "%s%s", name, table->separator);
      add_number (text, table, a);
      g_string_append (text, table->separator);
      add_number (text, table, b);
      if (table->constant)
        g_string_append_printf (text, "%s0", table->separator);
      if (!table->first)
        g_string_append_printf (text, "%s%s", table->separator, name);
      g_string_append_c (text, '\n');
    }
  return cli_write (table->name, text->str, (gssize) text->len);
}

static double
accuracy_of (const char *data, const char *model)
{
  g_autoptr (CliRun) run = cli_run ("evaluate", data, "--model", model, "--json", NULL);
  g_autoptr (JsonObject) report = NULL;

  cli_assert_ok (run);
  report = cli_json (run->out);
  return cli_json_number (report, "accuracy");
}

static void
test_table (gconstpointer data)
{
  const Table *table = data;
  const char *path = write_table (table), *out = cli_path ("table.safetensors");
  g_autoptr (CliRun) run =
      cli_run ("train", path, "--out", out, "--hidden", "8", "--epochs", "60", "--batch-size", "6",
               "--learning-rate", "0.01", "--validation", "0", "--quiet", NULL);

  cli_assert_ok (run);
  g_assert_cmpfloat (accuracy_of (path, out), >=, 0.98);
}

/* A class keeps its number although the other file has fewer or does not begin with it. */
static void
test_class_names (void)
{
  const char *path = write_table (&tables[5]), *out = cli_path ("names.safetensors");
  const char *dogs = cli_write ("dogs.csv", "a,b,kind\n0.9,-0.9,dog\n0.8,0.1,dog\n", -1);
  const char *owls = cli_write ("owls.csv", "a,b,class\n0.9,-0.9,owl\n0.8,0.1,dog\n", -1);
  const char *named = cli_write ("named.csv", "a,b,class\n0.9,-0.9,dog\n0.8,0.1,dog\n", -1);
  g_autoptr (CliRun) train =
      cli_run ("train", path, "--out", out, "--hidden", "8", "--epochs", "60", "--batch-size", "6",
               "--learning-rate", "0.01", "--validation", "0", "--quiet", NULL);
  g_autoptr (CliRun) constant = cli_run ("evaluate", dogs, "--model", out, NULL);
  g_autoptr (CliRun) unknown = cli_run ("evaluate", owls, "--model", out, NULL);
  g_autoptr (JsonObject) card = NULL;

  cli_assert_ok (train);
  g_assert_cmpfloat (accuracy_of (named, out), ==, 1);
  cli_assert_error (constant, 1, "column 3 is the same in all rows");
  cli_assert_error (unknown, 1, "“owl”");
  card = cli_metadata (out);
  g_assert_cmpstr (json_object_get_string_member (card, "classes"), ==, "cat, grey\ndog");
}

/* (transfer none): digits of the generator, the label first. @unit: whether as shares of 255 */
static const char *
write_digits (const char *name, gboolean unit)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 pixels[INK_TENSOR_SIZE];

  for (guint i = 0; i < 300; i++)
    {
      numeral_generate_digit (i % 10, INK_GENERATOR_VERSION, 1, i, pixels);
      g_string_append_printf (text, "%u", i % 10);
      for (guint j = 0; j < INK_TENSOR_SIZE; j++)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (text, ",%s",
                                  g_ascii_formatd (number, sizeof number, unit ? "%.4f" : "%.0f",
                                                   unit ? pixels[j] / 255.0 : (double) pixels[j]));
        }
      g_string_append_c (text, '\n');
    }
  return cli_write (name, text->str, (gssize) text->len);
}

/* Pixels of 0 to 255 and of 0 to 1 give the same network, which reads ink that is drawn. */
static void
test_pixels (void)
{
  const char *paths[] = { write_digits ("bytes.csv", FALSE), write_digits ("unit.csv", TRUE) };
  const char *ink = cli_make_unipen ("ink.unipen", 3, 2, 1);
  double on_ink[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("pixels-%u.safetensors", i);
      const char *out = cli_path (name);
      g_autoptr (CliRun) train = cli_run ("train", paths[i], "--out", out, "--hidden", "64",
                                          "--epochs", "20", "--quiet", "--validation", "0", NULL);
      g_autoptr (JsonObject) card = NULL;

      cli_assert_ok (train);
      card = cli_metadata (out);
      if (i == 0)
        g_assert_cmpstr (json_object_get_string_member (card, "input_scale"), ==, "255");
      else
        g_assert_false (json_object_has_member (card, "input_scale"));
      g_assert_cmpfloat (accuracy_of (paths[0], out), >, 0.9);
      g_assert_cmpfloat (accuracy_of (paths[1], out), ==, accuracy_of (paths[0], out));
      on_ink[i] = accuracy_of (ink, out);
    }
  g_test_message ("accuracy on ink: %g", on_ink[0]);
  g_assert_cmpfloat (on_ink[0], >, 0.5);
  g_assert_cmpfloat (on_ink[0], ==, on_ink[1]);
}

/* Few rows of whole numbers seem to have no scale; the card of the model knows it. */
static void
test_scale (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,class\n");
  const char *path, *out = cli_path ("scale.safetensors");
  const char *small = cli_write ("small.csv", "a,b,class\n100,3,1\n12,90,0\n", -1);
  g_autoptr (CliRun) train = NULL;

  for (guint i = 0; i < ROWS; i++)
    {
      guint a = i * 97 % 256, b = i * 41 % 256;

      g_string_append_printf (text, "%u,%u,%d\n", a, b, a > b);
    }
  path = cli_write ("scale.csv", text->str, (gssize) text->len);
  train = cli_run ("train", path, "--out", out, "--hidden", "8", "--epochs", "100", "--batch-size",
                   "6", "--learning-rate", "0.01", "--validation", "0", "--quiet", NULL);
  cli_assert_ok (train);
  g_assert_cmpfloat (accuracy_of (path, out), >=, 0.95);
  {
    g_autoptr (CliRun) run = cli_run ("evaluate", small, "--model", out, "--json", NULL);
    g_autoptr (JsonObject) report = NULL;

    cli_assert_ok (run);
    report = cli_json (run->out);
    g_assert_cmpfloat (cli_json_number (report, "accuracy"), ==, 1);
    /* Unscaled numbers would make it certain. */
    g_assert_cmpfloat (cli_json_number (report, "loss"), >, 1e-4);
  }
}

/* A model that is continued, calibrated or measured is fed as its card says. */
static void
test_card (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,class\n");
  const char *names = write_table (&tables[5]), *named = cli_path ("card-names.safetensors");
  const char *owls = cli_write ("owls.csv", "a,b,class\n0.9,-0.9,owl\n0.8,0.1,dog\n", -1);
  const char *out = cli_path ("card.safetensors"), *on = cli_path ("card-on.safetensors");
  const char *const refused[][6] = {
    { "calibrate", named, owls, "--out", on, NULL },
    { "novelty", owls, "--compare", "--model", named, NULL },
    { "train", owls, "--initial", named, "--out", on },
  };
  g_autoptr (JsonObject) card = NULL;

  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (text, "%u,%u,%d\n", i * 97 % 256, i * 41 % 256, i * 97 % 256 > 99);
  {
    g_autoptr (CliRun) whole = cli_run ("train", cli_write ("whole.csv", text->str, -1), "--out",
                                        out, "--hidden", "4", "--epochs", "1", "--quiet", NULL);
    g_autoptr (CliRun) small =
        cli_run ("train", cli_write ("few.csv", "a,b,class\n100,3,1\n12,90,0\n7,8,0\n", -1),
                 "--initial", out, "--out", on, "--hidden", "4", "--epochs", "1", "--validation",
                 "0", "--quiet", NULL);
    g_autoptr (CliRun) classes =
        cli_run ("train", names, "--out", named, "--hidden", "4", "--epochs", "1", "--quiet", NULL);

    cli_assert_ok (whole);
    cli_assert_ok (small);
    cli_assert_ok (classes);
  }
  card = cli_metadata (on);
  g_assert_cmpstr (json_object_get_string_member (card, "input_scale"), ==, "255");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      const char *words[8] = { NULL };
      g_autoptr (CliRun) run = NULL;

      memcpy (words, refused[i], sizeof refused[i]);
      run = cli_runv (words);
      g_test_message ("%s", run->err);
      cli_assert_error (run, 1, "“owl”");
      g_assert_nonnull (strstr (run->err, "owls.csv"));
    }
}

/* "mnist" is where the program finds it, but a file of that name comes first. */
static void
test_mnist (void)
{
  const char *model = cli_make_model ();
  g_autofree char *script = NULL;
  g_autoptr (CliRun) found = NULL;

  cli_make_idx ("home", 20, 10);
  script = g_strdup_printf ("cd '%s' && NUMERAL_DATA_DIR=$PWD/home \"$CLI\" evaluate mnist --model "
                            "'%s' --json && printf 'a,label\\n1,2\\n' > mnist && "
                            "NUMERAL_DATA_DIR=$PWD/home \"$CLI\" evaluate mnist --model '%s'",
                            cli_path (""), model, model);
  found = cli_run_shell (script);
  g_assert_cmpint (found->status, ==, 1);
  g_assert_nonnull (strstr (found->out, "\"count\":10"));
  g_assert_nonnull (strstr (found->err, "mnist: "));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *name, *text, *word;
  } rows[] = {
    { "both.csv", "1,2,0\n3,4,1\n5,6,1\n", "the label may be in column 1 or in column 3" },
    { "neither.csv", "0.5,2,0.5\n1.5,3,-1\n", "neither column 1 nor column 3" },
    { "sparse.arff", "@relation a\n@attribute a numeric\n@attribute b {x,y}\n@data\n{0 1, 1 x}\n",
      "sparse" },
    { "place.csv", "a,b,label\n1,x,0\n", "line 2, column 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *path = cli_write (rows[i].name, rows[i].text, -1);
      g_autoptr (CliRun) run =
          cli_run ("train", path, "--out", cli_path ("refused.safetensors"), "--quiet", NULL);

      cli_assert_error (run, 1, rows[i].word);
      g_assert_nonnull (strstr (run->err, rows[i].name));
    }
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/csv/table/%s", tables[i].name);

      g_test_add_data_func (path, &tables[i], test_table);
    }
  g_test_add_func ("/cli/csv/class-names", test_class_names);
  g_test_add_func ("/cli/csv/pixels", test_pixels);
  g_test_add_func ("/cli/csv/scale", test_scale);
  g_test_add_func ("/cli/csv/card", test_card);
  g_test_add_func ("/cli/csv/mnist", test_mnist);
  g_test_add_func ("/cli/csv/refused", test_refused);
  return cli_fixture_end ();
}
