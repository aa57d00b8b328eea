/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-blob.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAGIC "Ink1"
#define MAGIC_SIZE 4
#define WORD 4
#define POINT_SIZE (4 * WORD)

static void
append_word (GByteArray *array, guint32 word)
{
  const guint32 little = GUINT32_TO_LE (word);

  g_byte_array_append (array, (const guint8 *) &little, WORD);
}

static void
append_float (GByteArray *array, float value)
{
  guint32 word;

  memcpy (&word, &value, WORD);
  append_word (array, word);
}

GBytes *
ink_blob_format (const InkDrawing *drawing)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, (const guint8 *) MAGIC, MAGIC_SIZE);
  append_word (array, drawing->n_strokes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];

      append_word (array, stroke->n_points);
      append_float (array, stroke->width);
      for (guint j = 0; j < stroke->n_points; j++)
        {
          append_float (array, stroke->points[j].x);
          append_float (array, stroke->points[j].y);
          append_float (array, stroke->points[j].pressure);
          append_float (array, stroke->points[j].time);
        }
    }
  return g_byte_array_free_to_bytes (array);
}

typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

/* The caller has checked that there is a word left. */
static guint32
take_word (Reader *reader)
{
  guint32 word;

  memcpy (&word, reader->at, WORD);
  reader->at += WORD;
  reader->left -= WORD;
  return GUINT32_FROM_LE (word);
}

static float
take_float (Reader *reader)
{
  const guint32 word = take_word (reader);
  float value;

  memcpy (&value, &word, WORD);
  return value;
}

static InkStroke *
truncated (GError **error)
{
  g_set_error_literal (error, INK_ERROR, INK_ERROR_TRUNCATED, _ ("the ink ends too early"));
  return NULL;
}

/* @n_points: (inout): of all strokes */
static InkStroke *
take_stroke (Reader *reader, guint *n_points, GError **error)
{
  g_autoptr (InkStroke) stroke = NULL;
  guint n;

  if (reader->left < 2 * WORD)
    return truncated (error);
  n = take_word (reader);
  stroke = ink_stroke_new (take_float (reader));
  if (n == 0 || !isfinite (stroke->width) || stroke->width < 0.0f)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                           _ ("a stroke of the ink has no points or no width"));
      return NULL;
    }
  if (n > INK_MAX_POINTS - *n_points)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE, _ ("the ink has more than %d points"),
                   INK_MAX_POINTS);
      return NULL;
    }
  if (n > reader->left / POINT_SIZE)
    return truncated (error);
  *n_points += n;
  for (guint i = 0; i < n; i++)
    {
      InkPoint point;

      point.x = take_float (reader);
      point.y = take_float (reader);
      point.pressure = take_float (reader);
      point.time = take_float (reader);
      if (!isfinite (point.x) || !isfinite (point.y) || !isfinite (point.pressure) ||
          !isfinite (point.time))
        {
          g_set_error_literal (error, INK_ERROR, INK_ERROR_VALUE,
                               _ ("a coordinate of the ink is not a finite number"));
          return NULL;
        }
      ink_stroke_append (stroke, point);
    }
  return g_steal_pointer (&stroke);
}

InkDrawing *
ink_blob_parse (GBytes *bytes, GError **error)
{
  Reader reader;
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  guint n_strokes, n_points = 0;

  reader.at = g_bytes_get_data (bytes, &reader.left);
  if (reader.left < MAGIC_SIZE + WORD || memcmp (reader.at, MAGIC, MAGIC_SIZE) != 0)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT, _ ("the ink has no known format"));
      return NULL;
    }
  reader.at += MAGIC_SIZE;
  reader.left -= MAGIC_SIZE;
  n_strokes = take_word (&reader);
  if (n_strokes > INK_MAX_STROKES)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE, _ ("the ink has more than %d strokes"),
                   INK_MAX_STROKES);
      return NULL;
    }
  for (guint i = 0; i < n_strokes; i++)
    {
      InkStroke *stroke = take_stroke (&reader, &n_points, error);

      if (stroke == NULL)
        return NULL;
      g_ptr_array_add (strokes, stroke);
    }
  if (reader.left > 0)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                           _ ("there is something behind the end of the ink"));
      return NULL;
    }
  if (n_strokes == 0)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                           _ ("there are no strokes in the ink"));
      return NULL;
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, n_strokes);
}
