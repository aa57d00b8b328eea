/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-unipen.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_BYTES (1u << 30)
#define MAX_COLUMNS 16

/* UNIPEN has no pen width. This part of the sample's extent is about the width of a ball pen on
 * paper. */
#define WIDTH_OF_EXTENT 0.04f

typedef struct
{
  GPtrArray *samples; /* InkSample */
  guint n_rejected;
  GError *first_damage; /* the reason for the first rejected segment */
  gboolean any_keyword;

  /* .COORD: the column of each value, -1 if there is none. */
  int x_column, y_column, time_column, pressure_column;
  guint n_columns;
  double points_per_second; /* 0 if the file has none */

  /* The segment being read. */
  gboolean in_segment;
  gboolean damaged;
  int label;
  guint writer;
  GPtrArray *strokes; /* InkStroke */
  guint n_points;
  double clock; /* seconds since the segment began */

  gboolean pen_down;
  InkStroke *stroke;
  guint line;
} Parser;

void
ink_sample_free (InkSample *sample)
{
  if (sample == NULL)
    return;
  g_clear_pointer (&sample->drawing, ink_drawing_unref);
  g_free (sample);
}

/* Rejects the segment. The first reason is kept for the error message of a file without valid
 * segments.
 */
G_GNUC_PRINTF (3, 4)
static void
damage (Parser *parser, InkError code, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  parser->damaged = TRUE;
  if (parser->first_damage != NULL)
    return;
  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  parser->first_damage =
      g_error_new (INK_ERROR, code, _ ("the UNIPEN file is damaged in line %u: %s"), parser->line,
                   reason);
}

static void
lift_pen (Parser *parser)
{
  if (parser->stroke != NULL && parser->stroke->n_points > 0)
    g_ptr_array_add (parser->strokes, g_steal_pointer (&parser->stroke));
  g_clear_pointer (&parser->stroke, ink_stroke_unref);
  parser->pen_down = FALSE;
}

/* Makes a drawing with the y axis downwards and a stroke width. */
static InkDrawing *
take_drawing (Parser *parser)
{
  InkStroke **strokes = (InkStroke **) parser->strokes->pdata;
  const guint n_strokes = parser->strokes->len;
  InkBox box;
  float width;
  InkDrawing *drawing;

  for (guint i = 0; i < n_strokes; i++)
    for (guint j = 0; j < strokes[i]->n_points; j++)
      strokes[i]->points[j].y = -strokes[i]->points[j].y;
  drawing = ink_drawing_new (strokes, n_strokes);
  box = ink_drawing_box (drawing);
  width = WIDTH_OF_EXTENT * MAX (box.x1 - box.x0, box.y1 - box.y0);
  for (guint i = 0; i < n_strokes; i++)
    strokes[i]->width = width > 0.0f && isfinite (width) ? width : 1.0f;
  return drawing;
}

static void
finish_segment (Parser *parser)
{
  if (parser->pen_down)
    damage (parser, INK_ERROR_FORMAT,
            _ ("a segment begins while the pen of the previous one is down"));
  lift_pen (parser);

  if (parser->strokes->len > 0 && !parser->damaged)
    {
      InkSample *sample = g_new0 (InkSample, 1);

      sample->drawing = take_drawing (parser);
      sample->label = parser->label;
      sample->writer = parser->writer;
      g_ptr_array_add (parser->samples, sample);
    }
  else if (parser->in_segment || parser->damaged)
    parser->n_rejected++;

  g_ptr_array_set_size (parser->strokes, 0);
  parser->in_segment = FALSE;
  parser->damaged = FALSE;
  parser->label = INK_LABEL_NONE;
  parser->writer = 0;
  parser->n_points = 0;
  parser->clock = 0.0;
}

/* Parses a number at *@p and advances *@p. The text need not end in a zero byte. */
static gboolean
read_number (const char **p, const char *end, double *value)
{
  const char *start = *p, *stop;
  char text[64];
  char *rest;

  while (start < end && g_ascii_isspace (*start))
    start++;
  for (stop = start; stop < end && !g_ascii_isspace (*stop);)
    stop++;
  if (stop == start || (gsize) (stop - start) >= sizeof text)
    return FALSE;
  memcpy (text, start, (gsize) (stop - start));
  text[stop - start] = '\0';
  *value = g_ascii_strtod (text, &rest);
  if (*rest != '\0')
    return FALSE;
  *p = stop;
  return TRUE;
}

static gboolean
rest_is_blank (const char *p, const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;
  return p == end;
}

static void
read_coordinates (Parser *parser, const char *p, const char *end)
{
  double values[MAX_COLUMNS];
  InkPoint point = { .pressure = 0.5f };

  if (!parser->pen_down || parser->damaged)
    return;
  for (guint i = 0; i < parser->n_columns; i++)
    {
      if (!read_number (&p, end, &values[i]))
        {
          damage (parser, INK_ERROR_FORMAT, _ ("a point of %u numbers was expected"),
                  parser->n_columns);
          return;
        }
      if (!isfinite ((float) values[i]))
        {
          damage (parser, INK_ERROR_VALUE, _ ("a coordinate is not a finite number"));
          return;
        }
    }
  if (!rest_is_blank (p, end))
    {
      damage (parser, INK_ERROR_FORMAT, _ ("a point of %u numbers was expected, and there is more"),
              parser->n_columns);
      return;
    }
  if (++parser->n_points > INK_MAX_POINTS)
    {
      damage (parser, INK_ERROR_TOO_LARGE, _ ("a segment of more than %d points"), INK_MAX_POINTS);
      return;
    }

  point.x = (float) values[parser->x_column];
  point.y = (float) values[parser->y_column];
  if (parser->time_column >= 0)
    point.time = (float) (values[parser->time_column] / 1000.0);
  else if (parser->points_per_second > 0.0)
    {
      point.time = (float) parser->clock;
      parser->clock += 1.0 / parser->points_per_second;
    }
  if (parser->pressure_column >= 0)
    point.pressure = (float) values[parser->pressure_column];
  ink_stroke_append (parser->stroke, point);
}

static void
put_pen_down (Parser *parser)
{
  if (parser->pen_down)
    damage (parser, INK_ERROR_FORMAT, _ ("the pen goes down twice"));
  lift_pen (parser);
  if (parser->strokes->len >= INK_MAX_STROKES)
    damage (parser, INK_ERROR_TOO_LARGE, _ ("a segment of more than %d strokes"), INK_MAX_STROKES);
  parser->pen_down = TRUE;
  parser->stroke = ink_stroke_new (1.0f);
}

/* The label is in quotes: .SEGMENT DIGIT 0 ? "8". A question mark means that it is not known. */
static int
read_label (const char *p, const char *end)
{
  const char *quote = memchr (p, '"', (gsize) (end - p));
  const char *stop = quote != NULL ? memchr (quote + 1, '"', (gsize) (end - quote - 1)) : NULL;

  if (stop == NULL || stop == quote + 1)
    return INK_LABEL_NONE;
  if (stop > quote + 2)
    return INK_LABEL_OTHER;
  if (quote[1] == '?')
    return INK_LABEL_NONE;
  return g_ascii_isdigit (quote[1]) ? quote[1] - '0' : INK_LABEL_OTHER;
}

/* The pen digits give the writer in a comment after the segment: "label writer index". Other
 * comments are ignored. */
static void
read_comment (Parser *parser, const char *p, const char *end)
{
  double label, writer, number;

  if (!parser->in_segment || !read_number (&p, end, &label) || !read_number (&p, end, &writer) ||
      !read_number (&p, end, &number) || !rest_is_blank (p, end))
    return;
  if (label >= 0 && label <= 9 && writer >= 1 && writer <= 1e6 && writer == floor (writer))
    parser->writer = (guint) writer;
}

/* .COORD X Y T P: the order of the columns; columns with other names are ignored. */
static void
read_columns (Parser *parser, const char *p, const char *end)
{
  int x = -1, y = -1, time = -1, pressure = -1;
  int n = 0;

  while (!rest_is_blank (p, end) && n < MAX_COLUMNS)
    {
      const char *stop;

      while (g_ascii_isspace (*p))
        p++;
      for (stop = p; stop < end && !g_ascii_isspace (*stop);)
        stop++;
      if (stop - p == 1)
        switch (g_ascii_toupper (*p))
          {
          case 'X':
            x = n;
            break;
          case 'Y':
            y = n;
            break;
          case 'T':
            time = n;
            break;
          case 'P':
            pressure = n;
            break;
          default:
            break;
          }
      n++;
      p = stop;
    }
  if (x < 0 || y < 0 || !rest_is_blank (p, end))
    {
      damage (parser, INK_ERROR_FORMAT, _ (".COORD names no X and Y, or too many columns"));
      return;
    }
  parser->x_column = x;
  parser->y_column = y;
  parser->time_column = time;
  parser->pressure_column = pressure;
  parser->n_columns = (guint) n;
}

static gboolean
word_is (const char *p, const char *end, const char *word)
{
  const gsize length = strlen (word);

  return (gsize) (end - p) == length && memcmp (p, word, length) == 0;
}

static void
read_keyword (Parser *parser, const char *p, const char *end)
{
  const char *stop = p;
  double number;

  while (stop < end && !g_ascii_isspace (*stop))
    stop++;
  for (const char *c = p + 1; c < stop; c++)
    if (!g_ascii_isupper (*c) && *c != '_')
      {
        damage (parser, INK_ERROR_FORMAT,
                _ ("a key word with a character other than A to Z and _"));
        return;
      }
  parser->any_keyword = TRUE;

  if (word_is (p, stop, ".SEGMENT"))
    {
      finish_segment (parser);
      parser->in_segment = TRUE;
      parser->label = read_label (stop, end);
    }
  else if (word_is (p, stop, ".PEN_DOWN"))
    put_pen_down (parser);
  else if (word_is (p, stop, ".PEN_UP"))
    lift_pen (parser);
  else if (word_is (p, stop, ".COMMENT"))
    read_comment (parser, stop, end);
  else if (word_is (p, stop, ".COORD"))
    read_columns (parser, stop, end);
  else if (word_is (p, stop, ".POINTS_PER_SECOND"))
    {
      if (read_number (&stop, end, &number) && number > 0.0 && number < 1e6)
        parser->points_per_second = number;
    }
  else if (word_is (p, stop, ".DT"))
    {
      /* Milliseconds until the pen comes down again. */
      if (read_number (&stop, end, &number) && number >= 0.0 && number < 1e9)
        parser->clock += number / 1000.0;
    }
}

static gboolean
check_bytes (const char *text, gsize size, GError **error)
{
  if (size == 0)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_TRUNCATED, _ ("the UNIPEN file is empty"));
  else if (size > MAX_BYTES)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                         _ ("the UNIPEN file is larger than 1 GiB: split it"));
  else if (memchr (text, '\0', size) != NULL)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("not a UNIPEN file: it holds bytes that are not text"));
  else
    return TRUE;
  return FALSE;
}

/* Sets the error for a file that was parsed to its end without a sample. */
static gboolean
check_result (Parser *parser, GError **error)
{
  if (!parser->any_keyword)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("not a UNIPEN file: no line begins with a key word such as .PEN_DOWN"));
  else if (parser->samples->len > 0)
    return TRUE;
  else if (parser->first_damage != NULL)
    g_propagate_error (error, g_steal_pointer (&parser->first_damage));
  else
    g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                         _ ("the UNIPEN file holds no ink: no .PEN_DOWN is followed by points"));
  return FALSE;
}

GPtrArray *
ink_unipen_parse (GBytes *bytes, guint *n_rejected, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  const char *end;
  gboolean good;
  Parser parser = {
    .x_column = 0,
    .y_column = 1,
    .time_column = -1,
    .pressure_column = -1,
    .n_columns = 2,
    .label = INK_LABEL_NONE,
  };

  if (n_rejected != NULL)
    *n_rejected = 0;
  if (!check_bytes (text, size, error))
    return NULL;
  /* Not before: without a byte there is no text to add to. */
  end = text + size;
  parser.samples = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_sample_free);
  parser.strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);

  for (const char *p = text; p < end;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;
      const char *first = p;

      parser.line++;
      while (first < stop && g_ascii_isspace (*first))
        first++;
      if (first < stop && *first == '.' && first + 1 < stop && g_ascii_isalpha (first[1]))
        read_keyword (&parser, first, stop);
      else if (first < stop)
        read_coordinates (&parser, first, stop);
      p = newline != NULL ? newline + 1 : end;
    }
  if (parser.pen_down)
    damage (&parser, INK_ERROR_TRUNCATED, _ ("the file ends while the pen is down"));
  lift_pen (&parser);
  finish_segment (&parser);

  good = check_result (&parser, error);
  if (n_rejected != NULL)
    *n_rejected = parser.n_rejected;
  g_clear_error (&parser.first_damage);
  g_ptr_array_unref (parser.strokes);
  if (!good)
    g_clear_pointer (&parser.samples, g_ptr_array_unref);
  return parser.samples;
}
