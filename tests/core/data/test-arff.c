/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"
#include "nn-arff.h"

#define HEADER                                                                       \
  "% Made for a test.\r\n@RELATION 'two digits'\r\n\r\n@Attribute 'a b' numeric\r\n" \
  "@attribute b REAL\r\n@attribute "

static NnDataset *
parse (const char *text, gsize *n_rejected, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_assert_true (nn_arff_is (bytes));
  return nn_arff_parse (bytes, n_rejected, error);
}

typedef struct
{
  const char *name, *text, *class_names;
  gsize n, n_rejected;
  guint8 labels[2];
  float first;
} Good;

static const Good good[] = {
  { "digits",
    HEADER "class {0,1,2}\n@DATA\n5,2.5,2\n% no row\n\n-3, 4 ,1\n",
    NULL,
    2,
    0,
    { 2, 1 },
    5 },
  { "nominal-without-name",
    HEADER "kind{cat,'old ox'}\n@data\n5,6,'old ox'\n7,8,\"cat\"\n",
    "cat\nold ox",
    2,
    0,
    { 1, 0 },
    5 },
  { "numeric-class", HEADER "class integer\n@data\n5,6,3\n7,8,0\n", NULL, 2, 0, { 3, 0 }, 5 },
  { "missing",
    HEADER "class {0,1}\n@data\n?,6,1\n5,?,1\n5,6,?\n7,6,1\n8,6,0\n",
    NULL,
    2,
    3,
    { 1, 0 },
    7 },
  { "label-first",
    "@attribute digit {one,two}\n@attribute a numeric\n@data\none,9\ntwo,10\n",
    NULL,
    2,
    0,
    { 1, 2 },
    9 },
};

static void
test_good (gconstpointer data)
{
  const Good *g = data;
  g_autoptr (GError) error = NULL;
  gsize n_rejected = 99;
  g_autoptr (NnDataset) d = parse (g->text, &n_rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (d->n, ==, g->n);
  g_assert_cmpuint (n_rejected, ==, g->n_rejected);
  g_assert_cmpmem (d->labels, d->n, g->labels, 2);
  g_assert_cmpstr (d->class_names, ==, g->class_names);
  g_assert_cmpfloat (d->values[0], ==, g->first);
}

typedef struct
{
  const char *name, *text;
  NnError code;
  const char *word;
} Bad;

static const Bad bad[] = {
  { "sparse", HEADER "class {0,1}\n@data\n{0 5, 2 1}\n", NN_ERROR_FORMAT, "line 8: this ARFF" },
  { "no-data", HEADER "class {0,1}\n", NN_ERROR_TRUNCATED, "no @data" },
  { "no-rows", HEADER "class {0,1}\n@data\n", NN_ERROR_FORMAT, "no sample" },
  { "string", HEADER "text string\n@data\n", NN_ERROR_FORMAT, "“string”" },
  { "date", HEADER "day date 'yyyy'\n@data\n", NN_ERROR_FORMAT, "line 6" },
  { "open-quote", "@relation x\n@attribute 'a numeric\n", NN_ERROR_FORMAT, "line 2" },
  { "two-nominal", HEADER "class {0,1}\n@attribute colour {red}\n@data\n1,2,0,red\n",
    NN_ERROR_FORMAT, "“colour”" },
  { "nominal-before-label", "@attribute colour {red}\n@attribute class {0,1}\n@data\nred,1\n",
    NN_ERROR_FORMAT, "“colour”" },
  { "unknown-line", "@relation x\n@mistake\n", NN_ERROR_FORMAT, "line 2" },
  { "no-attributes", "@relation x\n@data\n1,2\n", NN_ERROR_FORMAT, "no sample" },
  { "ambiguous", "@attribute a numeric\n@attribute b numeric\n@data\n1,0\n0,1\n", NN_ERROR_FORMAT,
    "header “label”" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *b = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (b->text, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, b->word));
  core_test_error (&error, b->code);
}

static void
test_is (void)
{
  static const char *const others[] = { "", "%\n", "a,b\n1,2\n", "@relative\n", "@\n" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (others[i], strlen (others[i]));

      g_assert_false (nn_arff_is (bytes));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/arff/good/%s", good[i].name);

      g_test_add_data_func (path, &good[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/arff/damaged/%s", bad[i].name);

      g_test_add_data_func (path, &bad[i], test_bad);
    }
  g_test_add_func ("/core/arff/is", test_is);
  return g_test_run ();
}
