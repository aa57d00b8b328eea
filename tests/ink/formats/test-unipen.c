/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>
#include <string.h>

#include "ink-unipen.h"

static GPtrArray *
parse (const char *text, guint *n_rejected, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return ink_unipen_parse (bytes, n_rejected, error);
}

static void
test_segments (void)
{
  guint n_rejected;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = parse (".VERSION 1.0\n"
                                         ".LEXICON \"0\" \"1\"\n"
                                         "\n"
                                         ".SEGMENT DIGIT 0 ? \"8\"\n"
                                         ".COMMENT 8 12  224\n"
                                         ".PEN_DOWN\n"
                                         " 267  333\n"
                                         "\t268.5\t-336e0\r\n"
                                         ".PEN_UP\n"
                                         ".DT 100\n"
                                         ".PEN_DOWN\n"
                                         "10 20\n"
                                         ".PEN_UP\n"
                                         ".SEGMENT DIGIT 1 ? \"0\"\n"
                                         ".PEN_DOWN\n"
                                         "1 2\n"
                                         ".PEN_UP",
                                         &n_rejected, &error);
  const InkSample *sample;

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 2);
  g_assert_cmpuint (n_rejected, ==, 0);
  sample = g_ptr_array_index (samples, 0);
  g_assert_cmpint (sample->label, ==, 8);
  g_assert_cmpuint (sample->writer, ==, 12);
  g_assert_cmpuint (sample->drawing->n_strokes, ==, 2);
  g_assert_cmpuint (sample->drawing->strokes[0]->n_points, ==, 2);
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[0].x, ==, 267);
  /* y upwards there, downwards here. */
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[0].y, ==, -333);
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[0].pressure, ==, 0.5f);
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[0].time, ==, 0);
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[1].x, ==, 268.5f);
  g_assert_cmpfloat (sample->drawing->strokes[0]->points[1].y, ==, 336);
  g_assert_cmpfloat (sample->drawing->strokes[0]->width, >, 0);
  sample = g_ptr_array_index (samples, 1);
  g_assert_cmpint (sample->label, ==, 0);
  g_assert_cmpuint (sample->writer, ==, 0);
}

static void
test_labels (void)
{
  const struct
  {
    const char *segment;
    int label;
  } cases[] = {
    { ".SEGMENT DIGIT 0 ? \"7\"", 7 },
    { ".SEGMENT CHARACTER 0-1 GOOD \"3\"", 3 },
    { ".SEGMENT DIGIT 0 ?", INK_LABEL_NONE },
    { ".SEGMENT", INK_LABEL_NONE },
    { ".SEGMENT DIGIT 0 ? \"?\"", INK_LABEL_NONE },
    { ".SEGMENT DIGIT 0 ? \"a\"", INK_LABEL_OTHER },
    { ".SEGMENT WORD 0 ? \"12\"", INK_LABEL_OTHER },
    { ".SEGMENT DIGIT 0 ? \"7", INK_LABEL_NONE },
    { ".SEGMENT DIGIT 0 ? \"\"", INK_LABEL_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s\n.PEN_DOWN\n1 2\n.PEN_UP\n", cases[i].segment);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) samples = parse (text, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (samples->len, ==, 1);
      g_assert_cmpint (((InkSample *) samples->pdata[0])->label, ==, cases[i].label);
    }
}

static void
test_comments (void)
{
  const struct
  {
    const char *comment;
    guint writer;
  } cases[] = {
    { ".COMMENT 8 12 224", 12 },
    { ".COMMENT 8 0 224", 0 },
    { ".COMMENT 8 -3 224", 0 },
    { ".COMMENT 8 12", 0 },
    { ".COMMENT 8 12 224 9", 0 },
    { ".COMMENT 11 12 224", 0 },
    { ".COMMENT written in haste", 0 },
    { ".COMMENT 8 1.5 224", 0 },
    { ".COMMENT 8 1e99 224", 0 },
    { ".COMMENT 8 nan 224", 0 },
    { ".COMMENT", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf (".SEGMENT DIGIT 0 ? \"8\"\n%s\n.PEN_DOWN\n1 2\n.PEN_UP\n",
                           cases[i].comment);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) samples = parse (text, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (((InkSample *) samples->pdata[0])->writer, ==, cases[i].writer);
    }
}

/* Ink without any segment is one sample without a label. */
static void
test_no_segment (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples =
      parse (".PEN_DOWN\n1 2\n3 4\n.PEN_UP\n.PEN_DOWN\n5 6\n.PEN_UP\n", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_cmpint (((InkSample *) samples->pdata[0])->label, ==, -1);
  g_assert_cmpuint (((InkSample *) samples->pdata[0])->drawing->n_strokes, ==, 2);
}

static void
test_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = parse (".COORD P Z Y T X\n"
                                         ".PEN_DOWN\n"
                                         "0.25 9 20 1500 10\n"
                                         ".PEN_UP\n",
                                         NULL, &error);
  const InkPoint *point;

  g_assert_no_error (error);
  point = &((InkSample *) samples->pdata[0])->drawing->strokes[0]->points[0];
  g_assert_cmpfloat (point->x, ==, 10);
  g_assert_cmpfloat (point->y, ==, -20);
  g_assert_cmpfloat (point->pressure, ==, 0.25f);
  g_assert_cmpfloat (point->time, ==, 1.5f);
}

static void
test_rate (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = parse (".POINTS_PER_SECOND 100\n"
                                         ".PEN_DOWN\n1 1\n2 2\n3 3\n.PEN_UP\n"
                                         ".DT 500\n"
                                         ".PEN_DOWN\n4 4\n.PEN_UP\n",
                                         NULL, &error);
  const InkDrawing *drawing;

  g_assert_no_error (error);
  drawing = ((InkSample *) samples->pdata[0])->drawing;
  g_assert_cmpfloat_with_epsilon (drawing->strokes[0]->points[2].time, 0.02, 1e-6);
  g_assert_cmpfloat_with_epsilon (drawing->strokes[1]->points[0].time, 0.53, 1e-6);
}

/* A file with nothing else gives a clear error. */
static void
test_damaged (void)
{
  const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", INK_ERROR_TRUNCATED },
    { "\n\n", INK_ERROR_FORMAT },
    { "hello\nworld\n", INK_ERROR_FORMAT },
    { "\x89PNG\r\n\x1a\n", INK_ERROR_FORMAT },
    { "1 2\n3 4\n", INK_ERROR_FORMAT },
    { "...\n", INK_ERROR_FORMAT },
    { ".\n", INK_ERROR_FORMAT },
    { ".VERSION 1.0\n", INK_ERROR_EMPTY },
    { ".SEGMENT DIGIT 0 ? \"8\"\n", INK_ERROR_EMPTY },
    { ".SEGMENT DIGIT 0 ? \"8\"\n.PEN_DOWN\n.PEN_UP\n", INK_ERROR_EMPTY },
    { ".SEGMENT DIGIT 0 ? \"8\"\n.PEN_UP\n.PEN_UP\n", INK_ERROR_EMPTY },
    { "1 2\n.SEGMENT DIGIT 0 ? \"8\"\n3 4\n", INK_ERROR_EMPTY },
    { ".PEN_DOWN\n", INK_ERROR_TRUNCATED },
    { ".PEN_DOWN\n1 2\n", INK_ERROR_TRUNCATED },
    { ".PEN_DOWN\n1 2\n3", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 2\n.PEN_U", INK_ERROR_TRUNCATED },
    { ".PEN_DOWN\n1\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 2 3\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 two\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 2x\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 --2\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\nnan 2\n.PEN_UP\n", INK_ERROR_VALUE },
    { ".PEN_DOWN\n1 inf\n.PEN_UP\n", INK_ERROR_VALUE },
    { ".PEN_DOWN\n1 -INFINITY\n.PEN_UP\n", INK_ERROR_VALUE },
    { ".PEN_DOWN\n1 1e39\n.PEN_UP\n", INK_ERROR_VALUE },
    { ".PEN_DOWN\n1 1e999\n.PEN_UP\n", INK_ERROR_VALUE },
    { ".PEN_DOWN\n1 "
      "99999999999999999999999999999999999999999999999999999999999999999999999999999999\n.PEN_UP\n",
      INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 2\n.PEN_DOWN\n3 4\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".SEGMENT A\n.PEN_DOWN\n1 2\n.SEGMENT B\n", INK_ERROR_FORMAT },
    { ".PEN_DOWN\n1 2\n.PeN_UP\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".COORD X X X\n.PEN_DOWN\n1 2 3\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".COORD\n.PEN_DOWN\n1 2\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".COORD X Y a b c d e f g h i j k l m n o p\n.PEN_DOWN\n1 2\n.PEN_UP\n", INK_ERROR_FORMAT },
    { ".COORD X Y T\n.PEN_DOWN\n1 2 nan\n.PEN_UP\n", INK_ERROR_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_rejected = 77;
      g_autoptr (GError) error = NULL;
      GPtrArray *samples = parse (cases[i].text, &n_rejected, &error);

      g_test_message ("case %u: %s", i, error != NULL ? error->message : "no error");
      g_assert_null (samples);
      g_assert_error (error, INK_ERROR, cases[i].code);
      g_assert_cmpuint (strlen (error->message), >, 10);
      g_assert_cmpuint (n_rejected, <=, 2);
    }
}

static void
test_bytes_that_are_not_text (void)
{
  static const char bytes[] = ".PEN_DOWN\n1 2\n\0.PEN_UP\n";
  g_autoptr (GBytes) input = g_bytes_new_static (bytes, sizeof bytes - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (ink_unipen_parse (input, NULL, &error));
  g_assert_error (error, INK_ERROR, INK_ERROR_FORMAT);
}

/* One damaged segment among good ones is left out and counted; the others are read. */
static void
test_rejected (void)
{
  const char *const damaged[] = {
    ".PEN_DOWN\nnan 2\n.PEN_UP\n",
    ".PEN_DOWN\n1 2\n",
    ".PEN_DOWN\n1 x\n.PEN_UP\n",
    ".PEN_DOWN\n1 2\n.PEN_UP\n.PEN_DOWN\n1\n.PEN_UP\n",
    ".PEN_DOWN\n1 2\n.PEN_DOWN\n1 2\n.PEN_UP\n",
    ".PEN_DOWN\n.PEN_UP\n",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *text = g_strdup_printf (".SEGMENT DIGIT 0 ? \"1\"\n"
                                               ".PEN_DOWN\n1 2\n.PEN_UP\n"
                                               ".SEGMENT DIGIT 1 ? \"2\"\n"
                                               ".COMMENT 2 5 1\n"
                                               "%s"
                                               ".SEGMENT DIGIT 2 ? \"3\"\n"
                                               ".PEN_DOWN\n3 4\n.PEN_UP\n",
                                               damaged[i]);
      guint n_rejected;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) samples = parse (text, &n_rejected, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (samples->len, ==, 2);
      g_assert_cmpuint (n_rejected, ==, 1);
      g_assert_cmpint (((InkSample *) samples->pdata[0])->label, ==, 1);
      g_assert_cmpint (((InkSample *) samples->pdata[1])->label, ==, 3);
      g_assert_cmpuint (((InkSample *) samples->pdata[1])->writer, ==, 0);
    }
}

static void
test_too_large (void)
{
  GString *points = g_string_new (".PEN_DOWN\n");
  GString *strokes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= INK_MAX_POINTS; i++)
    g_string_append (points, i % 2 == 0 ? "0 0\n" : "1 1\n");
  g_string_append (points, ".PEN_UP\n");
  g_assert_null (parse (points->str, NULL, &error));
  g_assert_error (error, INK_ERROR, INK_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i <= INK_MAX_STROKES; i++)
    g_string_append (strokes, ".PEN_DOWN\n0 0\n.PEN_UP\n");
  g_assert_null (parse (strokes->str, NULL, &error));
  g_assert_error (error, INK_ERROR, INK_ERROR_TOO_LARGE);
  g_string_free (points, TRUE);
  g_string_free (strokes, TRUE);
}

static void
test_sample_file (void)
{
  g_autoptr (GBytes) bytes = ink_test_sample ("digits.unipen");
  guint n_rejected, counts[10] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = ink_unipen_parse (bytes, &n_rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rejected, ==, 0);
  g_assert_cmpuint (samples->len, ==, 30);
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);

      g_assert_cmpuint (sample->writer, ==, 1 + i / 10);
      counts[sample->label]++;
    }
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (counts[i], ==, 3);
}

/* A file that is cut anywhere gives the samples before the cut, or an error, but no invented
 * sample.
 */
static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = ink_test_sample ("digits.unipen");
  const gsize size = g_bytes_get_size (bytes);
  guint before = 0;

  for (gsize length = 0; length < size; length += 97)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) samples = ink_unipen_parse (part, NULL, &error);

      g_assert_true ((samples == NULL) == (error != NULL));
      if (samples == NULL)
        {
          g_assert_cmpuint (before, <=, 1);
          continue;
        }
      g_assert_cmpuint (samples->len, <=, 30);
      /* The last sample may be missing, while one of its strokes is incomplete. */
      g_assert_cmpuint (samples->len + 1, >=, before);
      before = samples->len;
    }
  g_assert_cmpuint (before, >=, 29);
}

static void
test_pen_digits (void)
{
  g_autoptr (GBytes) bytes = ink_test_data ("pendigits/pendigits-orig.tra.unipen.gz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  guint n_rejected, labels[10] = { 0 }, writers[31] = { 0 };
  /* As UCI's own pendigits.tra counts them. */
  const guint expected[10] = { 780, 779, 780, 719, 780, 720, 720, 778, 719, 719 };

  if (bytes == NULL)
    return;
  samples = ink_unipen_parse (bytes, &n_rejected, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 7494);
  g_assert_cmpuint (n_rejected, ==, 0);
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);
      const InkBox box = ink_drawing_box (sample->drawing);

      g_assert_cmpint (sample->label, >=, 0);
      g_assert_cmpint (sample->label, <=, 9);
      g_assert_cmpuint (sample->writer, >=, 1);
      g_assert_cmpuint (sample->writer, <=, 30);
      g_assert_cmpuint (sample->drawing->n_strokes, >, 0);
      /* The tablet's 500 by 500. */
      g_assert_cmpfloat (box.x0, >=, 0);
      g_assert_cmpfloat (box.x1, <=, 500);
      g_assert_cmpfloat (box.y0, >=, -500);
      g_assert_cmpfloat (box.y1, <=, 0);
      labels[sample->label]++;
      writers[sample->writer]++;
    }
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (labels[i], ==, expected[i]);
  for (guint i = 1; i <= 30; i++)
    g_assert_cmpuint (writers[i], >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/unipen/segments", test_segments);
  g_test_add_func ("/ink/unipen/labels", test_labels);
  g_test_add_func ("/ink/unipen/comments", test_comments);
  g_test_add_func ("/ink/unipen/no-segment", test_no_segment);
  g_test_add_func ("/ink/unipen/columns", test_columns);
  g_test_add_func ("/ink/unipen/rate", test_rate);
  g_test_add_func ("/ink/unipen/damaged", test_damaged);
  g_test_add_func ("/ink/unipen/bytes-that-are-not-text", test_bytes_that_are_not_text);
  g_test_add_func ("/ink/unipen/rejected", test_rejected);
  g_test_add_func ("/ink/unipen/too-large", test_too_large);
  g_test_add_func ("/ink/unipen/sample-file", test_sample_file);
  g_test_add_func ("/ink/unipen/truncated", test_truncated);
  g_test_add_func ("/ink/unipen/pen-digits", test_pen_digits);
  return g_test_run ();
}
