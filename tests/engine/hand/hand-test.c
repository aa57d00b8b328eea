/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hand-test.h"

#include <sqlite3.h>

#include "ink-random.h"

InkDrawing *
hand_test_drawing (guint seed)
{
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  InkRandom random;
  guint n_strokes;

  ink_random_init (&random, 7, seed);
  n_strokes = 1 + (guint) (ink_random_uniform (&random) * 3);
  for (guint i = 0; i < n_strokes; i++)
    {
      InkStroke *stroke = ink_stroke_new ((float) ink_random_range (&random, 5, 40));

      for (guint j = 0; j < 20; j++)
        {
          const InkPoint point = { (float) ink_random_range (&random, 0, 500),
                                   (float) ink_random_range (&random, 0, 500),
                                   (float) ink_random_uniform (&random), (float) (i + 0.013 * j) };

          ink_stroke_append (stroke, point);
        }
      g_ptr_array_add (strokes, stroke);
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

NumeralHandSample *
hand_test_sample (guint seed, int label, int read)
{
  g_autoptr (InkDrawing) drawing = hand_test_drawing (seed);
  NumeralHandSample *sample = numeral_hand_sample_new (drawing, label);

  sample->read = read;
  sample->probability = read == NUMERAL_HAND_UNREAD ? 0 : 0.75;
  return sample;
}

void
hand_test_fill (NumeralHandDb *db, guint n)
{
  g_autoptr (GPtrArray) samples =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (samples,
                     hand_test_sample (i, (int) (i % NUMERAL_HAND_N_LABELS), NUMERAL_HAND_UNREAD));
  numeral_hand_db_add (db, (NumeralHandSample *const *) samples->pdata, n, NULL, &error);
  g_assert_no_error (error);
}

void
hand_test_same_drawing (const InkDrawing *a, const InkDrawing *b)
{
  g_assert_cmpuint (a->n_strokes, ==, b->n_strokes);
  for (guint i = 0; i < a->n_strokes; i++)
    {
      g_assert_cmpmem (&a->strokes[i]->width, sizeof (float), &b->strokes[i]->width,
                       sizeof (float));
      g_assert_cmpmem (a->strokes[i]->points, a->strokes[i]->n_points * sizeof (InkPoint),
                       b->strokes[i]->points, b->strokes[i]->n_points * sizeof (InkPoint));
    }
}

void
hand_test_same (const NumeralHandSample *a, const NumeralHandSample *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->created, ==, b->created);
  g_assert_cmpint (a->label, ==, b->label);
  g_assert_cmpint (a->first_label, ==, b->first_label);
  g_assert_cmpint (a->read, ==, b->read);
  g_assert_cmpfloat (a->probability, ==, b->probability);
  g_assert_cmpstr (a->damage, ==, b->damage);
  g_assert_true ((a->drawing == NULL) == (b->drawing == NULL));
  if (a->drawing != NULL)
    hand_test_same_drawing (a->drawing, b->drawing);
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  return db;
}

void
hand_test_execute (const char *path, const char *sql)
{
  sqlite3 *db = open_file (path);
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

char *
hand_test_query (const char *path, const char *sql)
{
  sqlite3 *db = open_file (path);
  sqlite3_stmt *statement;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return text;
}
