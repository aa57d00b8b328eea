/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-csv.h"

static NnDataset *
parse (const char *text, gsize size, gsize *rejected, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return nn_csv_parse (bytes, rejected, error);
}

typedef struct
{
  const char *name, *text;
  gsize n, n_rejected;
  guint n_features, n_classes;
  float first; /* of the first sample */
} Good;

#define HEADER "a,b,class\n"

static const Good good[] = {
  { "plain", HEADER "1,2,0\n3,4,1\n", 2, 0, 2, 2, 1 },
  { "without-last-newline", HEADER "1,2,0\n3,4,1", 2, 0, 2, 2, 1 },
  { "header", "width,height,class\n1,2,0\n3,4,1\n", 2, 0, 2, 2, 1 },
  { "header-of-other-length", "data\n-1,2,0\n3,4,1\n", 2, 0, 2, 2, -1 },
  { "crlf", "a,b,class\r\n1,2,0\r\n3,4,1\r\n", 2, 0, 2, 2, 1 },
  { "byte-order-mark",
    "\xef\xbb\xbf"
    "-1,2,0\n3,4,1\n",
    2, 0, 2, 2, -1 },
  { "byte-order-mark-and-header",
    "\xef\xbb\xbf"
    "x,y,class\n1,2,0\n",
    1, 0, 2, 2, 1 },
  { "blank-lines", HEADER "\n\n1,2,0\n\n  \n3,4,1\n\n", 2, 0, 2, 2, 1 },
  { "spaces", HEADER "  -1.5e0 ,\t2 , 0 \n", 1, 0, 2, 2, -1.5f },
  { "classes", "a,label\n7,255\n8,3\n", 2, 0, 1, 256, 7 },
  { "missing-field", HEADER "1,2,0\n3,1\n", 1, 1, 2, 2, 1 },
  { "additional-field", HEADER "1,2,0\n1,2,3,0\n5,6,1\n", 2, 1, 2, 2, 1 },
  { "empty-field", HEADER "1,2,0\n,2,0\n1,,0\n1,2,\n", 1, 3, 2, 2, 1 },
  { "words", HEADER "1,2,0\none,2,0\n1x,2,0\n1 2,2,0\n", 1, 3, 2, 2, 1 },
  { "not-finite", HEADER "1,2,0\nnan,2,0\ninf,2,0\n-inf,2,0\n1e39,2,0\n1e999,0,0\n", 1, 5, 2, 2,
    1 },
  { "bad-labels", HEADER "1,2,0\n1,2,-1\n1,2,0.5\n1,2,256\n1,2,1e9\n1,2,nan\n1,2,inf\n", 1, 6, 2, 2,
    1 },
  { "second-header", "-1.5,2,0\n3,2,1\na,b,c\n", 2, 1, 2, 2, -1.5f },
  { "long-field",
    HEADER "1,2,0\n0000000000000000000000000000000000000000000000000000000000000000000001,2,0\n", 1,
    1, 2, 2, 1 },
  { "quoted-lines", "\"a\nb\",c,class\r\n1,2,\"0\"\n3,4,\"1\n\"\n", 2, 0, 2, 2, 1 },
  { "quoted-names", "a,b,class\n1,2,\"a\nb\"\n3,4,\"c,\n\"\"d\"\"\"\n5,6,\"a\nb\" \n", 3, 0, 2, 2,
    1 },
  { "stray-quote", HEADER "1,2,0\n\"3,4,1\n5,6,1\n7,\"8,1\n9,1,0\n", 3, 2, 2, 2, 1 },
  { "semicolons", "a;b;class\n1;2;0\n3;4;1\n", 2, 0, 2, 2, 1 },
  { "decimal-commas", "1,5;2,25;0\r\n-3,5;4;1\r\n", 2, 0, 2, 2, 1.5f },
  { "tabs", "-1.5\t2\t0\n3\t4\t1\n", 2, 0, 2, 2, -1.5f },
  { "tabs-and-decimal-commas", "1,5\t2,5\t0\n3\t4\t1\n", 2, 0, 2, 2, 1.5f },
  { "blanks", " -1.5  2 0\n 3 4\t1\n", 2, 0, 2, 2, -1.5f },
  { "quotes", "\"a\",\"b\",\"class\"\n\"1\",\"2\",\"0\"\n\"3\", \"4\" ,\"1\"\n", 2, 0, 2, 2, 1 },
  { "quoted-comma", "\"a,b\",\"c\"\"d\",class\n1,2,0\n3,4,1\n", 2, 0, 2, 2, 1 },
  { "open-quote", HEADER "1,2,0\n\"3,4,1\n5,6,\"1\"x\n", 1, 2, 2, 2, 1 },
  { "row-numbers", ",a,b,class\n0,5,2,0\n1,3,4,1\n", 2, 0, 2, 2, 5 },
  { "label-first", "label,a,b\n0,5,2\n1,3,4\n", 2, 0, 2, 2, 5 },
  { "label-between", "a,Label,b\n5,0,2\n3,1,4\n", 2, 0, 2, 2, 5 },
};

static void
test_good (gconstpointer data)
{
  const Good *g = data;
  g_autoptr (GError) error = NULL;
  gsize rejected = 99;
  g_autoptr (NnDataset) d = parse (g->text, strlen (g->text), &rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (d->n, ==, g->n);
  g_assert_cmpuint (rejected, ==, g->n_rejected);
  g_assert_cmpuint (d->n_features, ==, g->n_features);
  g_assert_cmpuint (d->n_classes, ==, g->n_classes);
  g_assert_cmpfloat (d->values[0], ==, g->first);
  g_assert_null (d->pixels);
  g_assert_cmpuint (d->width, ==, 0);
}

static void
test_order (void)
{
  static const char text[] = HEADER "1,2,0\nbad,0,0\n3,-4.25,1\n5,6e-3,2\n";
  static const float values[] = { 1, 2, 3, -4.25f, 5, 6e-3f };
  static const guint8 labels[] = { 0, 1, 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) d = parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (d->n, ==, 3);
  g_assert_cmpmem (d->values, 6 * sizeof (float), values, sizeof values);
  g_assert_cmpmem (d->labels, 3, labels, sizeof labels);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) before = core_test_values (200, 5, 7, 1);
  g_autoptr (GString) text = g_string_new ("f1,f2,f3,f4,f5,class\n");
  g_autoptr (NnDataset) after = NULL;
  gsize rejected = 99;

  for (gsize i = 0; i < before->n; i++)
    {
      for (guint j = 0; j < 5; j++)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append (text, g_ascii_dtostr (number, sizeof number,
                                                 (double) before->values[i * 5 + j]));
          g_string_append_c (text, ',');
        }
      g_string_append_printf (text, "%u\n", before->labels[i]);
    }
  after = parse (text->str, text->len, &rejected, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejected, ==, 0);
  g_assert_cmpmem (after->values, after->n * 5 * sizeof (float), before->values,
                   before->n * 5 * sizeof (float));
  g_assert_cmpmem (after->labels, after->n, before->labels, before->n);
}

typedef struct
{
  const char *name, *text;
  gsize size; /* 0: to the end of the string */
  const char *word;
} Bad;

static const Bad bad[] = {
  { "empty", "", 0, "no sample" },
  { "blank", "\n \n\r\n", 0, "no sample" },
  { "header-only", "a,b,c\n", 0, "no sample" },
  { "one-column", "1\n2\n3\n", 0, "no sample" },
  { "nul", "1,2,0\n\0,4,1\n", 13, "not text" },
  { "only-bad-labels", "a,b,label\n1,2,999\n1,2,-3\n", 0, "column 3 holds no class" },
  { "mark-only", "\xef\xbb\xbf", 0, "no sample" },
  { "commas", ",,,\n,,,\n", 0, "" },
  { "place", "a,b,class\n\n1,x,0\n", 0, "line 3, column 2: “x”" },
  { "not-finite", "class,b,c\n1,2,inf\n", 0, "line 2, column 3: “inf”" },
  { "missing", "class,b,c\n1,,3\n", 0, "line 2, column 2: there is no value" },
  { "both-ends", "1,2,0\n3,4,1\n", 0, "header “label”" },
  { "two-labels", "label,a,class\n0,5,1\n", 0, "columns 1 and 3" },
  { "constant", "-0.5,2,4\n1.5,4,4\n2.5,4,4\n", 0, "column 3 is the same in all rows" },
  { "neither", "-0.5,2,0.25\n1.5,4,0.75\n", 0, "no column can be told" },
  { "words-among-features", "label,a,name\n1,2,x\n0,3,y\n", 0, "line 2, column 3: “x”" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *b = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (b->text, b->size > 0 ? b->size : strlen (b->text), NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, b->word));
  core_test_error (&error, NN_ERROR_FORMAT);
}

/* 65536 features and the label; more than a data set may have. */
static void
test_widest (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) d = NULL;

  for (guint row = 0; row < 2; row++)
    {
      for (guint j = 0; j < 65536; j++)
        g_string_append (line, "-1,");
      g_string_append_printf (line, "%u\n", row);
    }
  d = parse (line->str, line->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (d->n_features, ==, 65536);
  g_string_assign (line, "label,");
  for (guint j = 0; j < 65538; j++)
    g_string_append (line, "x,");
  g_string_append (line, "x\n");
  for (guint j = 0; j < 65539; j++)
    g_string_append (line, "1,");
  g_string_append_c (line, '1');
  g_assert_null (parse (line->str, line->len, NULL, &error));
  core_test_error (&error, NN_ERROR_FORMAT);
}

static void
test_fuzz (void)
{
  static const char seed_text[] = "a,b,class\n1,2,0\n-3.5,4e2,1\n 5 ,6,2\r\n7,8,3\n";
  static const char alphabet[] = "0123456789,,,.-+eEx \t\r\n\nnaif\xef\xbb\xbf\"";
  NnRandom random;
  guint n_good = 0, n_bad = 0;

  nn_random_init (&random, 77);
  for (guint round = 0; round < 20000; round++)
    {
      char text[sizeof seed_text];
      gsize size = 1 + nn_random_below (&random, sizeof seed_text - 1), rejected = 0;
      guint n_changes = nn_random_below (&random, 12);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDataset) d = NULL;

      memcpy (text, seed_text, sizeof text);
      for (guint c = 0; c < n_changes; c++)
        text[nn_random_below (&random, sizeof text - 1)] =
            nn_random_below (&random, 30) == 0 ?
                (char) nn_random_next (&random) :
                alphabet[nn_random_below (&random, sizeof alphabet - 1)];
      d = parse (text, size, &rejected, &error);
      if (d == NULL)
        {
          g_assert_nonnull (error);
          g_assert_true (error->domain == NN_ERROR);
          n_bad++;
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (d->n, >, 0);
      g_assert_cmpuint (d->n + rejected, <=, size);
      for (gsize i = 0; i < d->n; i++)
        {
          g_assert_cmpuint (d->labels[i], <, d->n_classes);
          for (guint j = 0; j < d->n_features; j++)
            g_assert_true (d->values == NULL || isfinite (d->values[i * d->n_features + j]));
        }
      n_good++;
    }
  g_assert_cmpuint (n_good, >, 1000);
  g_assert_cmpuint (n_bad, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/csv/good/%s", good[i].name);

      g_test_add_data_func (path, &good[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/csv/damaged/%s", bad[i].name);

      g_test_add_data_func (path, &bad[i], test_bad);
    }
  g_test_add_func ("/core/csv/order", test_order);
  g_test_add_func ("/core/csv/round-trip", test_round_trip);
  g_test_add_func ("/core/csv/widest", test_widest);
  g_test_add_func ("/core/csv/fuzz", test_fuzz);
  return g_test_run ();
}
