/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-xournal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_BYTES (256u << 20)
#define MAX_PAGES 1000
/* The width where the file gives none: a fine pen, in points. */
#define DEFAULT_WIDTH 1.41

typedef struct
{
  GPtrArray *pages;   /* of InkDrawing */
  GPtrArray *strokes; /* of InkStroke: of the open page */
  gboolean any_root, in_stroke;
  char *width; /* the attribute of the open stroke */
  GString *text;
  guint n_strokes, n_points;
} Reader;

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static void
on_start (GMarkupParseContext *markup,
          const char *name,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reader *reader = data;
  const char *tool = attribute (names, values, "tool");

  reader->any_root = reader->any_root || g_str_equal (name, "xournal");
  if (!g_str_equal (name, "stroke") || reader->in_stroke ||
      (tool != NULL && !g_str_equal (tool, "pen")))
    return;
  reader->in_stroke = TRUE;
  reader->width = g_strdup (attribute (names, values, "width"));
  g_string_truncate (reader->text, 0);
}

static void
on_text (GMarkupParseContext *markup, const char *text, gsize length, gpointer data, GError **error)
{
  Reader *reader = data;

  if (reader->in_stroke)
    g_string_append_len (reader->text, text, (gssize) length);
}

/* The next number of a list that is separated by spaces; @text moves behind it. %FALSE at the end,
 * or where there is no number. */
static gboolean
next_number (const char **text, double *number)
{
  char *end;

  while (g_ascii_isspace (**text))
    (*text)++;
  if (**text == '\0')
    return FALSE;
  *number = g_ascii_strtod (*text, &end);
  if (end == *text || !isfinite ((float) *number))
    return FALSE;
  *text = end;
  return TRUE;
}

/* ink_stroke_width_at(): the width is half of the pen's at pressure 0, and 1.5 times at 1. */
static float
pressure_of (double width, double pen)
{
  return (float) CLAMP (width / pen - 0.5, 0, 1);
}

static InkStroke *
parse_points (Reader *reader, const char *text, GError **error)
{
  const char *widths = reader->width != NULL ? reader->width : "";
  double pen, x, y, width;
  g_autoptr (InkStroke) stroke = NULL;

  if (!next_number (&widths, &pen) || !(pen > 0))
    pen = DEFAULT_WIDTH;
  width = pen;
  stroke = ink_stroke_new ((float) pen);
  while (next_number (&text, &x))
    {
      if (!next_number (&text, &y))
        break;
      if (++reader->n_points > INK_MAX_POINTS)
        {
          g_set_error_literal (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                               _ ("the Xournal file has too many points"));
          return NULL;
        }
      /* A point has the width of the segment behind it; the last one that of the segment before. */
      next_number (&widths, &width);
      ink_stroke_append (stroke, (InkPoint){ (float) x, (float) y, pressure_of (width, pen), 0 });
    }
  if (*text == '\0')
    return g_steal_pointer (&stroke);
  g_set_error_literal (error, INK_ERROR, INK_ERROR_VALUE,
                       _ ("a stroke of the Xournal file is not a list of points"));
  return NULL;
}

static void
end_stroke (Reader *reader, GError **error)
{
  InkStroke *stroke;

  reader->in_stroke = FALSE;
  if (++reader->n_strokes > INK_MAX_STROKES)
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                           _ ("the Xournal file has too many strokes"));
      return;
    }
  stroke = parse_points (reader, reader->text->str, error);
  g_clear_pointer (&reader->width, g_free);
  if (stroke == NULL)
    return;
  if (stroke->n_points > 0)
    g_ptr_array_add (reader->strokes, stroke);
  else
    ink_stroke_unref (stroke);
}

static void
end_page (Reader *reader)
{
  if (reader->strokes->len > 0 && reader->pages->len < MAX_PAGES)
    g_ptr_array_add (reader->pages,
                     ink_drawing_new ((InkStroke **) reader->strokes->pdata, reader->strokes->len));
  g_ptr_array_set_size (reader->strokes, 0);
}

static void
on_end (GMarkupParseContext *markup, const char *name, gpointer data, GError **error)
{
  Reader *reader = data;

  if (g_str_equal (name, "stroke") && reader->in_stroke)
    end_stroke (reader, error);
  else if (g_str_equal (name, "page"))
    end_page (reader);
}

static gboolean
parse_markup (Reader *reader, const char *text, gsize size, GError **error)
{
  static const GMarkupParser callbacks = {
    .start_element = on_start,
    .end_element = on_end,
    .text = on_text,
  };
  g_autoptr (GMarkupParseContext) markup =
      g_markup_parse_context_new (&callbacks, G_MARKUP_TREAT_CDATA_AS_TEXT, reader, NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char *reason = NULL;
  const gboolean whole = g_markup_parse_context_parse (markup, text, (gssize) size, &local);

  if (whole && g_markup_parse_context_end_parse (markup, &local))
    return TRUE;
  if (local->domain == INK_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* GMarkup quotes the invalid bytes in its message. */
  reason = g_utf8_make_valid (local->message, -1);
  if (whole)
    g_set_error (error, INK_ERROR, INK_ERROR_TRUNCATED, _ ("the Xournal file ends too early: %s"),
                 reason);
  else
    g_set_error (error, INK_ERROR, INK_ERROR_FORMAT, _ ("not a Xournal file: %s"), reason);
  return FALSE;
}

/* GMarkup reports invalid UTF-8 twice, once in the log, and needs text. */
static gboolean
check_bytes (const char *text, gsize size, GError **error)
{
  if (size > MAX_BYTES)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                         _ ("the Xournal file is larger than 256 MiB"));
  else if (size == 0 || memchr (text, '\0', size) != NULL ||
           !g_utf8_validate_len (text, size, NULL))
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("not a Xournal file: it is not UTF-8 text"));
  else if (g_strstr_len (text, (gssize) size, "<!DOCTYPE") != NULL)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("the Xournal file has a document type declaration, which is not read"));
  else
    return TRUE;
  return FALSE;
}

GPtrArray *
ink_xournal_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_drawing_unref);
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  Reader reader = { .pages = pages, .strokes = strokes };
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gboolean parsed;

  if (!check_bytes (text, size, error))
    return NULL;
  reader.text = g_string_new (NULL);
  parsed = parse_markup (&reader, text, size, error);
  g_string_free (reader.text, TRUE);
  g_free (reader.width);
  if (!parsed)
    return NULL;
  if (!reader.any_root)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("not a Xournal file: it has no <xournal> element"));
  else if (pages->len == 0)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                         _ ("the Xournal file holds no strokes of a pen"));
  else
    return g_steal_pointer (&pages);
  return NULL;
}
