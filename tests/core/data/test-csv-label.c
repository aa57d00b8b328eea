/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-csv.h"

/* Which column is the label, what its classes are, and how the values are scaled. */

static NnDataset *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return nn_csv_parse (bytes, NULL, error);
}

#define ROWS 30

typedef enum
{
  DIGITS,   /* 0 to 9 */
  WORDS,    /* zero to nine */
  ONE,      /* 4 in every row */
  GREYS,    /* 0 to 255, a different one in each row */
  FEW,      /* 0 and 1 */
  FRACTIONS /* 0.5 and more */
} Column;

static void
append (GString *text, Column column, guint row)
{
  static const char *const words[] = { "zero", "one", "two",   "three", "four",
                                       "five", "Six", "seven", "eight", "nine" };

  if (column == WORDS)
    g_string_append (text, words[row * 7 % 10]);
  else if (column == FRACTIONS)
    g_string_append_printf (text, "%u.5", row % 4);
  else
    g_string_append_printf (text, "%u",
                            column == DIGITS ? row * 7 % 10 :
                            column == ONE    ? 4 :
                            column == GREYS  ? row * 37 % 256 :
                                               row % 2);
}

/* (transfer full): a table of @ROWS rows with @n_between columns of @between, which begin with 0.
 */
static char *
make_table (Column first, Column between, guint n_between, Column last)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < ROWS; row++)
    {
      append (text, first, row);
      for (guint j = 0; j < n_between; j++)
        {
          g_string_append_c (text, ',');
          append (text, between, row + j);
        }
      g_string_append_c (text, ',');
      append (text, last, row);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  Column first, between, last;
  guint n_between;
  int label; /* 0: the first column, 1: the last one, -1: not told */
} Ends;

static const Ends ends[] = {
  /* The label first, as in the CSV files of MNIST: the last pixel is always blank. */
  { "first-with-constant-last", DIGITS, GREYS, ONE, 784 - 1, 0 },
  { "last-with-constant-first", ONE, GREYS, DIGITS, 784 - 1, 1 },
  { "first-with-grey-last", DIGITS, GREYS, GREYS, 255, 0 },
  { "last-with-grey-first", GREYS, GREYS, DIGITS, 255, 1 },
  { "first-of-black-and-white", DIGITS, FEW, FEW, 63, 0 },
  { "last-of-black-and-white", FEW, FEW, DIGITS, 63, 1 },
  { "words-first", WORDS, GREYS, GREYS, 10, 0 },
  { "words-last", GREYS, GREYS, WORDS, 10, 1 },
  { "fractions-first", FRACTIONS, FRACTIONS, DIGITS, 3, 1 },
  { "fractions-last", DIGITS, FRACTIONS, FRACTIONS, 3, 0 },
  { "both", DIGITS, GREYS, DIGITS, 10, -1 },
  { "few-and-digits", FEW, FRACTIONS, DIGITS, 3, -1 },
  { "constant-and-grey", ONE, GREYS, GREYS, 10, -1 },
  { "constants", ONE, GREYS, ONE, 10, -1 },
  { "fractions", FRACTIONS, GREYS, FRACTIONS, 10, -1 },
};

static void
test_ends (gconstpointer data)
{
  const Ends *e = data;
  g_autofree char *text = make_table (e->first, e->between, e->n_between, e->last);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) d = parse (text, &error);

  if (e->label < 0)
    {
      g_assert_null (d);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "the header “label”"));
      core_test_error (&error, NN_ERROR_FORMAT);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (d->n, ==, ROWS);
  g_assert_cmpuint (d->n_features, ==, e->n_between + 1);
  g_assert_cmpuint (d->n_classes, ==, 10);
  for (guint i = 0; i < ROWS; i++)
    g_assert_cmpuint (d->labels[i], ==, i * 7 % 10);
}

typedef struct
{
  const char *name, *text, *class_names;
  guint n_classes;
  guint8 labels[4];
} Names;

static const Names names[] = {
  { "sorted",
    "a,class\n1,dog\n2,cat\n3,\"ox, old\"\n4,cat\n",
    "cat\ndog\nox, old",
    3,
    { 1, 0, 2, 0 } },
  { "semicolons", "1,5;\"b\"\n2,5;\"a\"\n3,5;\"b\"\n4,5;\"b\"\n", "a\nb", 2, { 1, 0, 1, 1 } },
  { "quotes", "\"x\"\"y\",1\nz,2\n\"x\"\"y\",3\nz,9\n", "x\"y\nz", 2, { 0, 1, 0, 1 } },
  { "digits", "a,class\n1,nine\n2,Zero\n3,4\n4,\"7\"\n", NULL, 10, { 9, 0, 4, 7 } },
  { "digits-and-names", "a,class\n1,1\n2,x\n3,0\n4,b\n", "0\n1\nb\nx", 4, { 1, 3, 0, 2 } },
  { "decimals", "a,class\n1,1.0\n2,2.0\n3,0.0\n4,2\n", NULL, 3, { 1, 2, 0, 2 } },
};

static void
test_names (gconstpointer data)
{
  const Names *n = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) d = parse (n->text, &error);
  g_autoptr (NnDataset) first = NULL;
  const guint32 index = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (d->n_classes, ==, n->n_classes);
  g_assert_cmpmem (d->labels, d->n, n->labels, 4);
  g_assert_cmpstr (d->class_names, ==, n->class_names);
  first = nn_dataset_subset (d, &index, 1);
  g_assert_cmpstr (first->class_names, ==, n->class_names);
  g_assert_cmpfloat (first->scale, ==, d->scale);
}

static void
test_too_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("a,class\n");
  g_autoptr (NnDataset) d = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 250; i++)
    g_string_append_printf (text, "1,%u\n1,n%u\n", i, i);
  g_assert_null (parse (text->str, &error));
  g_assert_nonnull (strstr (error->message, "more than 256 classes"));
  core_test_error (&error, NN_ERROR_FORMAT);
}

/* @values: of the columns in turn; @first: what the first becomes */
typedef struct
{
  const char *name;
  guint n_features;
  const char *values[2];
  float scale, second;
  gboolean pixels;
} Scale;

static const Scale scales[] = {
  { "pixels", 784, { "0", "255" }, 255, 1, TRUE },
  { "faint-pixels", 784, { "0", "51" }, 255, 0.2f, TRUE },
  { "small-pixels", 256, { "0", "102" }, 255, 0.4f, TRUE },
  { "fractions-of-bytes", 784, { "0.5", "204" }, 255, 0.8f, FALSE },
  { "uci", 64, { "0", "16" }, 16, 1, FALSE },
  { "uci-of-bytes", 64, { "0", "255" }, 255, 1, TRUE },
  { "levels", 784, { "0", "0.502" }, 0, 128 / 255.0f, TRUE },
  { "black-and-white", 784, { "0", "1" }, 0, 1, TRUE },
  { "not-levels", 784, { "0.25", "0.5" }, 0, 0.5f, FALSE },
  { "bytes", 5, { "0", "255" }, 255, 1, FALSE },
  { "measures", 5, { "0", "100" }, 1, 100, FALSE },
  { "measures-with-fractions", 5, { "0.5", "200" }, 1, 200, FALSE },
  { "negative", 784, { "-1", "200" }, 1, 200, FALSE },
  { "large", 784, { "0", "256" }, 1, 256, FALSE },
  { "shares", 5, { "0", "0.75" }, 0, 0.75f, FALSE },
};

static NnDataset *
make_scaled (guint n_features, const char *even, const char *odd)
{
  g_autoptr (GString) text = g_string_new ("label");
  g_autoptr (GError) error = NULL;
  NnDataset *d;

  for (guint j = 0; j < n_features; j++)
    g_string_append_printf (text, ",p%u", j);
  for (guint i = 0; i < 3; i++)
    {
      g_string_append_printf (text, "\n%u", i);
      for (guint j = 0; j < n_features; j++)
        g_string_append_printf (text, ",%s", j % 2 == 0 ? even : odd);
    }
  d = parse (text->str, &error);
  g_assert_no_error (error);
  return d;
}

static void
test_scale (gconstpointer data)
{
  const Scale *s = data;
  g_autoptr (NnDataset) d = make_scaled (s->n_features, s->values[0], s->values[1]);
  g_autofree float *x = g_new (float, s->n_features);

  g_assert_cmpuint (d->n_features, ==, s->n_features);
  g_assert_cmpfloat (d->scale, ==, s->scale);
  g_assert_cmpint (d->pixels != NULL, ==, s->pixels);
  g_assert_cmpuint (d->width * d->height, ==, s->pixels ? s->n_features : 0);
  nn_dataset_get (d, 2, x);
  g_assert_cmpfloat_with_epsilon (x[1], s->second, 1e-6f * MAX (s->second, 1));
}

/* A few rows of a table may look as if they had another scale than all of them. */
static void
test_set_scale (void)
{
  g_autoptr (NnDataset) bytes = make_scaled (5, "0", "255");
  g_autoptr (NnDataset) few = make_scaled (5, "0", "51");
  g_autoptr (NnDataset) shares = make_scaled (5, "0", "0.5");
  g_autoptr (NnDataset) image = make_scaled (64, "0", "255");
  NnDataset *parts[] = { few, bytes };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) both = nn_dataset_concat (parts, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (both->scale, ==, 255);
  g_assert_cmpfloat_with_epsilon (both->values[1], 0.2f, 1e-6f);
  g_assert_cmpfloat (both->values[3 * 5 + 1], ==, 1);

  nn_dataset_set_scale (few, 255);
  g_assert_cmpfloat (few->scale, ==, 255);
  g_assert_cmpfloat_with_epsilon (few->values[1], 0.2f, 1e-6f);
  nn_dataset_set_scale (few, 0);
  g_assert_cmpfloat (few->scale, ==, 255);
  nn_dataset_set_scale (shares, 255);
  g_assert_cmpfloat (shares->scale, ==, 0);
  g_assert_cmpfloat (shares->values[1], ==, 0.5f);
  nn_dataset_set_scale (image, 1);
  g_assert_null (image->pixels);
  g_assert_cmpfloat (image->values[1], ==, 255);
}

static void
test_concat_names (void)
{
  g_autoptr (NnDataset) cats = parse ("a,class\n1,cat\n2,dog\n", NULL);
  g_autoptr (NnDataset) owls = parse ("a,class\n1,owl\n2,dog\n", NULL);
  NnDataset *same[] = { cats, cats }, *other[] = { cats, owls };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) both = nn_dataset_concat (same, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (both->class_names, ==, "cat\ndog");
  g_assert_null (nn_dataset_concat (other, 2, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(folder, rows, test)                                                                \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                              \
    {                                                                                          \
      g_autofree char *path = g_strdup_printf ("/core/csv-label/" folder "/%s", rows[i].name); \
                                                                                               \
      g_test_add_data_func (path, &rows[i], test);                                             \
    }
  ADD ("ends", ends, test_ends)
  ADD ("names", names, test_names)
  ADD ("scale", scales, test_scale)
  g_test_add_func ("/core/csv-label/too-many-names", test_too_many_names);
  g_test_add_func ("/core/csv-label/set-scale", test_set_scale);
  g_test_add_func ("/core/csv-label/concat-names", test_concat_names);
  return g_test_run ();
}
