/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An anonymous export: nothing of what is not shape and label is in the bytes of its files. */

#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "hand-test.h"
#include "ink-inkml.h"
#include "ink-random.h"
#include "ink-unipen.h"
#include "numeral-hand-transfer.h"

#define N 44 /* four of each label */

/* Values that are found in a file if they are in it. */
#define TIME 7531.25f
#define PRESSURE 0.8125f
#define WIDTH 23.375f
#define PLACE 31337.0f
#define CREATED G_GINT64_CONSTANT (1234567890123456) /* 2009-02-13 */
#define PROBABILITY 0.140625

typedef struct
{
  char *folder, *out;
  NumeralHandDb *db, *other;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autofree char *first = NULL, *second = NULL;

  f->folder = engine_test_folder ();
  f->out = g_build_filename (f->folder, "out", NULL);
  first = g_build_filename (f->folder, "first", "hand.db", NULL);
  second = g_build_filename (f->folder, "second", "hand.db", NULL);
  f->db = numeral_hand_db_new (first);
  f->other = numeral_hand_db_new (second);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  numeral_hand_db_unref (f->db);
  numeral_hand_db_unref (f->other);
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->out);
}

/* Two strokes with whole coordinates. A @strange hand draws the same shape elsewhere, larger, with
 * another pen, and the strokes in the other order and direction. */
static InkDrawing *
draw (guint seed, gboolean strange)
{
  InkStroke *strokes[2];
  InkDrawing *drawing;
  InkRandom random;

  ink_random_init (&random, 11, seed);
  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    {
      InkPoint points[9];
      InkStroke *stroke = ink_stroke_new (strange ? WIDTH : 3);

      for (guint j = 0; j < G_N_ELEMENTS (points); j++)
        {
          const float x = (float) floor (ink_random_range (&random, 0, 200));
          const float y = (float) floor (ink_random_range (&random, 0, 300));

          points[j] = strange ? (InkPoint){ PLACE + 4 * x, PLACE + 4 * y, PRESSURE, TIME + j } :
                                (InkPoint){ x, y, 0.5f, 0 };
        }
      for (guint j = 0; j < G_N_ELEMENTS (points); j++)
        ink_stroke_append (stroke, points[strange ? G_N_ELEMENTS (points) - 1 - j : j]);
      strokes[strange ? 1 - i : i] = stroke;
    }
  drawing = ink_drawing_new (strokes, G_N_ELEMENTS (strokes));
  ink_stroke_unref (strokes[0]);
  ink_stroke_unref (strokes[1]);
  return drawing;
}

/* All else that a strange sample has differs too: number, date, order, and what was read. */
static void
fill (NumeralHandDb *db, gboolean strange)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N; i++)
    {
      const guint seed = strange ? N - 1 - i : i;
      g_autoptr (InkDrawing) drawing = draw (seed, strange);
      NumeralHandSample *sample =
          numeral_hand_sample_new (drawing, (int) (seed % NUMERAL_HAND_N_LABELS));

      if (strange)
        {
          sample->created = CREATED + (gint64) i * G_USEC_PER_SEC;
          sample->read = 7;
          sample->probability = PROBABILITY;
        }
      g_ptr_array_add (samples, sample);
    }
  numeral_hand_db_add (db, (NumeralHandSample *const *) samples->pdata, N, NULL, &error);
  g_assert_no_error (error);
  if (strange)
    hand_test_execute (numeral_hand_db_get_path (db), "UPDATE sample SET id = id + 4710");
}

/* Writes to "out" of the fixture, in place of what was there. */
static void
write_out (Fixture *f, NumeralHandDb *db, NumeralHandFormat format, gboolean anonymous)
{
  const NumeralHandExport how = { format, anonymous };
  const NumeralHandTransfer transfer = { 0 };
  const gboolean all = format == NUMERAL_HAND_INKML;
  g_autoptr (GError) error = NULL;
  gsize written, left_out;

  if (g_file_test (f->out, G_FILE_TEST_IS_DIR))
    engine_test_remove (f->out);
  numeral_hand_export (db, &how, f->out, &transfer, &written, &left_out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written, ==, all ? N : N / 11 * 10);
  g_assert_cmpuint (left_out, ==, N - written);
}

/* Adds the name and the bytes of each file below @path. */
static void
add_files (const char *path, const char *name, GPtrArray *names, GPtrArray *contents)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  const char *inside;
  char *data;
  gsize size;

  if (dir == NULL)
    {
      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (names, g_strdup (name));
      g_ptr_array_add (contents, g_bytes_new_take (data, size));
      return;
    }
  while ((inside = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, inside, NULL);
      g_autofree char *relative = g_build_filename (name, inside, NULL);

      add_files (below, relative, names, contents);
    }
}

/* The files of the export. @names: (out) */
static GPtrArray *
read_out (Fixture *f, GPtrArray **names)
{
  GPtrArray *contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  *names = g_ptr_array_new_with_free_func (g_free);
  add_files (f->out, "", *names, contents);
  return contents;
}

static int
compare_bytes (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

/* The digits of IDX: each label before its pixels. */
static void
split_idx (GPtrArray *names, GPtrArray *contents, GPtrArray *digits)
{
  const guint images = strstr (names->pdata[0], "images") != NULL ? 0 : 1;
  gsize n_pixels, n_labels;
  const guint8 *pixels = g_bytes_get_data (contents->pdata[images], &n_pixels);
  const guint8 *labels = g_bytes_get_data (contents->pdata[1 - images], &n_labels);
  const gsize n = n_labels - 8;

  g_assert_cmpuint (contents->len, ==, 2);
  g_assert_cmpuint (n_pixels, ==, 16 + n * 784);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GByteArray) digit = g_byte_array_new ();

      g_byte_array_append (digit, labels + 8 + i, 1);
      g_byte_array_append (digit, pixels + 16 + i * 784, 784);
      g_ptr_array_add (digits, g_byte_array_free_to_bytes (g_steal_pointer (&digit)));
    }
}

/* The segments of a file of UNIPEN. */
static void
split_unipen (GBytes *bytes, GPtrArray *digits)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) segments = g_strsplit (text, ".SEGMENT", -1);

  g_assert_cmpstr (segments[0], ==, ".VERSION 1.0\n.COORD X Y\n");
  for (guint i = 1; segments[i] != NULL; i++)
    g_ptr_array_add (digits, g_bytes_new (segments[i], strlen (segments[i])));
}

/* The digits of an export as they are in its bytes, with their label, in the order of the file; of
 * a format with a file for each, in no order. */
static GPtrArray *
list_digits (Fixture *f, NumeralHandFormat format)
{
  GPtrArray *digits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) contents = read_out (f, &names);

  if (format == NUMERAL_HAND_IDX)
    split_idx (names, contents, digits);
  else if (format == NUMERAL_HAND_UNIPEN)
    split_unipen (contents->pdata[0], digits);
  else
    for (guint i = 0; i < contents->len; i++)
      {
        g_autoptr (GByteArray) digit = g_byte_array_new ();
        gsize size;
        const guint8 *data = g_bytes_get_data (contents->pdata[i], &size);

        /* The folder is the label of a picture. */
        if (format == NUMERAL_HAND_PNG)
          g_byte_array_append (digit, names->pdata[i], 1);
        g_byte_array_append (digit, data, (guint) size);
        g_ptr_array_add (digits, g_byte_array_free_to_bytes (g_steal_pointer (&digit)));
      }
  return digits;
}

/* Two persons who differ only in what is left out give the same set of digits. */
static void
test_same_digits (Fixture *f, gconstpointer unused)
{
  fill (f->db, FALSE);
  fill (f->other, TRUE);
  for (NumeralHandFormat format = 0; format < NUMERAL_HAND_N_FORMATS; format++)
    {
      g_autoptr (GPtrArray) first = NULL, second = NULL;

      write_out (f, f->db, format, TRUE);
      first = list_digits (f, format);
      write_out (f, f->other, format, TRUE);
      second = list_digits (f, format);
      g_assert_cmpuint (first->len, ==, format == NUMERAL_HAND_INKML ? N : N / 11 * 10);
      g_assert_cmpuint (first->len, ==, second->len);
      g_ptr_array_sort (first, compare_bytes);
      g_ptr_array_sort (second, compare_bytes);
      for (guint i = 0; i < first->len; i++)
        g_assert_true (g_bytes_equal (first->pdata[i], second->pdata[i]));
    }
}

/* Each export has an order of its own: that of 40 samples is the same once in 40!. */
static void
test_shuffled (Fixture *f, gconstpointer unused)
{
  static const NumeralHandFormat formats[] = { NUMERAL_HAND_IDX, NUMERAL_HAND_UNIPEN };

  fill (f->db, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GPtrArray) first = NULL, second = NULL;
      guint n_moved = 0;

      write_out (f, f->db, formats[i], TRUE);
      first = list_digits (f, formats[i]);
      write_out (f, f->db, formats[i], TRUE);
      second = list_digits (f, formats[i]);
      for (guint j = 0; j < first->len; j++)
        n_moved += !g_bytes_equal (first->pdata[j], second->pdata[j]);
      g_assert_cmpuint (n_moved, >, 0);
    }
}

static gboolean
has_text (GPtrArray *contents, const char *text)
{
  for (guint i = 0; i < contents->len; i++)
    {
      gsize size;
      const char *data = g_bytes_get_data (contents->pdata[i], &size);

      if (g_strstr_len (data, (gssize) size, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The particular values as text: the plain export has those of the ink, the anonymous one none. */
static void
test_text (Fixture *f, gconstpointer unused)
{
  static const NumeralHandFormat formats[] = { NUMERAL_HAND_INKML, NUMERAL_HAND_UNIPEN };
  static const char *const of_ink[] = { "7531250", "0.8125", "31337" };
  static const char *const others[] = { "23.375", "4711",    "2009", "1234567", "0.14",
                                        "14.06",  "Numeral", "0.1.", "rite",    "date",
                                        "DATE",   " id=",    "time", "\"T\"",   "P T" };

  fill (f->other, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GPtrArray) plain_names = NULL, plain = NULL, names = NULL, contents = NULL;

      write_out (f, f->other, formats[i], FALSE);
      plain = read_out (f, &plain_names);
      write_out (f, f->other, formats[i], TRUE);
      contents = read_out (f, &names);
      for (guint j = 0; j < G_N_ELEMENTS (of_ink); j++)
        {
          g_assert_true (has_text (plain, of_ink[j]));
          g_assert_false (has_text (contents, of_ink[j]));
        }
      for (guint j = 0; j < G_N_ELEMENTS (others); j++)
        g_assert_false (has_text (contents, others[j]));
    }
}

/* What a program reads that knows the formats. */
static void
assert_shape (const InkDrawing *drawing, float width)
{
  g_assert_cmpuint (drawing->n_strokes, ==, 2);
  g_assert_false (ink_drawing_has_motion (drawing));
  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];

      if (width > 0)
        g_assert_cmpfloat (stroke->width, ==, width);
      for (guint j = 0; j < stroke->n_points; j++)
        {
          g_assert_true (stroke->points[j].x >= 0 && stroke->points[j].x <= 1000);
          g_assert_true (fabsf (stroke->points[j].y) <= 1000);
        }
    }
}

static void
test_parsed (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) names = NULL, files = NULL, unipen_names = NULL, unipen = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  float width = 0;

  fill (f->other, TRUE);
  write_out (f, f->other, NUMERAL_HAND_INKML, TRUE);
  files = read_out (f, &names);
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (InkDrawing) drawing = ink_inkml_parse (files->pdata[i], &error);

      g_assert_no_error (error);
      if (i == 0)
        width = drawing->strokes[0]->width;
      assert_shape (drawing, width);
    }
  write_out (f, f->other, NUMERAL_HAND_UNIPEN, TRUE);
  unipen = read_out (f, &unipen_names);
  samples = ink_unipen_parse (unipen->pdata[0], NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = samples->pdata[i];

      g_assert_cmpuint (sample->writer, ==, 0);
      assert_shape (sample->drawing, 0);
    }
}

/* A file is numbered by its place in the shuffled order, without gaps. */
static void
test_names (Fixture *f, gconstpointer unused)
{
  fill (f->other, TRUE);
  for (NumeralHandFormat format = NUMERAL_HAND_INKML; format <= NUMERAL_HAND_PNG; format++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      g_autoptr (GPtrArray) names = NULL, contents = NULL;

      write_out (f, f->other, format, TRUE);
      contents = read_out (f, &names);
      for (guint i = 0; i < names->len; i++)
        {
          g_autofree char *base = g_path_get_basename (names->pdata[i]);
          const guint64 number = g_ascii_strtoull (base, NULL, 10);

          g_assert_true (number >= 1 && number <= names->len);
          g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER ((guint) number)));
        }
    }
}

/* A picture has its pixels, how many bits of them count, and nothing else: no text, no time, no
 * program. */
static void
test_chunks (Fixture *f, gconstpointer unused)
{
  static const char *const chunks[] = { "IHDR", "sBIT", "IDAT", "IEND", NULL };
  g_autoptr (GPtrArray) names = NULL, contents = NULL;

  fill (f->other, TRUE);
  write_out (f, f->other, NUMERAL_HAND_PNG, TRUE);
  contents = read_out (f, &names);
  for (guint i = 0; i < contents->len; i++)
    {
      gsize size, at = 8;
      const guint8 *data = g_bytes_get_data (contents->pdata[i], &size);

      while (at < size)
        {
          const guint32 length = (guint32) data[at] << 24 | (guint32) data[at + 1] << 16 |
                                 (guint32) data[at + 2] << 8 | data[at + 3];
          g_autofree char *kind = g_strndup ((const char *) data + at + 4, 4);

          if (!g_strv_contains (chunks, kind))
            g_error ("%s has a chunk %s", (const char *) names->pdata[i], kind);
          at += 12 + (gsize) length;
        }
      g_assert_cmpuint (at, ==, size);
    }
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static void
test_async (Fixture *f, gconstpointer unused)
{
  const NumeralHandExport how = { NUMERAL_HAND_UNIPEN, TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) digits = NULL;
  g_autoptr (GError) error = NULL;
  gsize written, left_out;

  fill (f->other, TRUE);
  numeral_hand_export_async (f->other, &how, f->out, NULL, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  numeral_hand_transfer_finish (result, &written, &left_out, &error);
  g_assert_no_error (error);
  digits = list_digits (f, NUMERAL_HAND_UNIPEN);
  g_assert_cmpuint (digits->len, ==, written);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/engine/hand/anonymous/same-digits", test_same_digits },
    { "/engine/hand/anonymous/shuffled", test_shuffled },
    { "/engine/hand/anonymous/text", test_text },
    { "/engine/hand/anonymous/parsed", test_parsed },
    { "/engine/hand/anonymous/names", test_names },
    { "/engine/hand/anonymous/chunks", test_chunks },
    { "/engine/hand/anonymous/async", test_async },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
