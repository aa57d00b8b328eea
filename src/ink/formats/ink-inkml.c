/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-inkml.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ink-inkml-document.h"

#define MAX_BYTES (256u << 20)

/* The pen's width if the file does not give it, as a part of the extent of the drawing. */
#define WIDTH_OF_EXTENT 0.04

/* Larger times, in seconds, count from some epoch and not from the beginning of the drawing.
 * Subtract the first one: single precision cannot hold them. */
#define EPOCH_TIME 1e5

static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
on_start (GMarkupParseContext *markup,
          const char *name,
          const char **names,
          const char **values,
          gpointer document,
          GError **error)
{
  inkml_document_start_element (document, local_name (name), names, values, error);
}

static void
on_end (GMarkupParseContext *markup, const char *name, gpointer document, GError **error)
{
  inkml_document_end_element (document, local_name (name), error);
}

static void
on_text (
    GMarkupParseContext *markup, const char *text, gsize length, gpointer document, GError **error)
{
  inkml_document_add_text (document, text, length);
}

/* The end of the item at @p if it begins with @begin, otherwise @p. */
static const char *
skip (const char *p, const char *end, const char *begin, const char *stop)
{
  const gsize length = strlen (begin);
  const char *found;

  if ((gsize) (end - p) < length || memcmp (p, begin, length) != 0)
    return p;
  found = g_strstr_len (p, end - p, stop);
  return found != NULL ? found + strlen (stop) : end;
}

/* GMarkup does not support document type declarations, which entity bombs need, and does not find
 * their end: reject them before parsing. */
static gboolean
has_document_type (const char *p, const char *end)
{
  const char *before;

  do
    {
      before = p;
      while (p < end && g_ascii_isspace (*p))
        p++;
      p = skip (p, end, "<?", "?>");
      p = skip (p, end, "<!--", "-->");
    }
  while (p != before);
  return end - p >= 9 && g_ascii_strncasecmp (p, "<!DOCTYPE", 9) == 0;
}

/* Whether the XML declaration names an encoding that GMarkup does not support. */
static gboolean
is_in_other_encoding (const char *text, const char *end)
{
  const char *stop = skip (text, end, "<?xml ", "?>");
  g_autofree char *declaration = g_ascii_strdown (text, MIN (stop - text, 200));
  const char *encoding = strstr (declaration, "encoding");

  if (encoding == NULL)
    return FALSE;
  encoding += strcspn (encoding, "\"'");
  return *encoding != '\0' && !g_str_has_prefix (encoding + 1, "utf-8") &&
         !g_str_has_prefix (encoding + 1, "us-ascii");
}

static gboolean
parse_markup (InkmlDocument *document, const char *text, gsize size, GError **error)
{
  static const GMarkupParser callbacks = {
    .start_element = on_start,
    .end_element = on_end,
    .text = on_text,
  };
  GMarkupParseContext *markup =
      g_markup_parse_context_new (&callbacks, G_MARKUP_TREAT_CDATA_AS_TEXT, document, NULL);
  g_autoptr (GError) local = NULL;
  gboolean at_end = FALSE;
  gboolean good = g_markup_parse_context_parse (markup, text, (gssize) size, &local);

  if (good)
    {
      at_end = TRUE;
      good = g_markup_parse_context_end_parse (markup, &local);
    }
  g_markup_parse_context_free (markup);
  if (good)
    return TRUE;
  if (local->domain == INK_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    {
      /* GMarkup quotes the invalid bytes in its message. */
      g_autofree char *reason = g_utf8_make_valid (local->message, -1);

      if (at_end)
        g_set_error (error, INK_ERROR, INK_ERROR_TRUNCATED, _ ("the InkML file ends too early: %s"),
                     reason);
      else
        g_set_error (error, INK_ERROR, INK_ERROR_FORMAT, _ ("not an InkML file: %s"), reason);
    }
  return FALSE;
}

/* Values that depend on the whole document. */
typedef struct
{
  double force; /* to divide by */
  double time;  /* to subtract */
  float width;  /* the default pen width */
} Whole;

static Whole
measure (const InkmlDocument *document)
{
  Whole whole = { .force = 1.0, .time = INFINITY };
  double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
  float width;

  for (guint i = 0; i < document->points->len; i++)
    {
      const InkmlPoint *p = &g_array_index (document->points, InkmlPoint, i);

      whole.force = MAX (whole.force, p->force);
      whole.time = MIN (whole.time, p->time);
      x0 = MIN (x0, p->x);
      x1 = MAX (x1, p->x);
      y0 = MIN (y0, p->y);
      y1 = MAX (y1, p->y);
    }
  if (!(whole.time > EPOCH_TIME))
    whole.time = 0.0;
  width = (float) (WIDTH_OF_EXTENT * MAX (x1 - x0, y1 - y0));
  whole.width = width > 0.0f && isfinite (width) ? width : 1.0f;
  return whole;
}

static InkDrawing *
build_drawing (const InkmlDocument *document)
{
  const Whole whole = measure (document);
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  guint j = 0;

  for (guint i = 0; i < document->traces->len; i++)
    {
      const InkmlTrace *trace = &g_array_index (document->traces, InkmlTrace, i);
      const float width = (float) trace->width;
      InkStroke *stroke = ink_stroke_new (width > 0.0f && isfinite (width) ? width : whole.width);

      g_ptr_array_add (strokes, stroke);
      for (; j < trace->end; j++)
        {
          const InkmlPoint *p = &g_array_index (document->points, InkmlPoint, j);

          ink_stroke_append (stroke,
                             (InkPoint){
                                 .x = (float) p->x,
                                 .y = (float) p->y,
                                 .pressure =
                                     p->force < 0.0 ? 0.5f : (float) (p->force / whole.force),
                                 .time = (float) (p->time - whole.time),
                             });
        }
    }
  return ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
}

/* Whether GMarkup can parse this text. */
static gboolean
check_bytes (const char *text, gsize size, GError **error)
{
  if (size == 0)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_TRUNCATED, _ ("the InkML file is empty"));
  else if (size > MAX_BYTES)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                         _ ("the InkML file is larger than 256 MiB"));
  else if (size >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("the InkML file is in UTF-16: save it in UTF-8"));
  else if (memchr (text, '\0', size) != NULL)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("not an InkML file: it holds bytes that are not text"));
  /* GMarkup goes on after invalid UTF-8 in a CDATA section, and sets the next error over the first
   * one. */
  else if (is_in_other_encoding (text, text + size) || !g_utf8_validate_len (text, size, NULL))
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("the InkML file is not in UTF-8: save it in that encoding"));
  else if (has_document_type (text, text + size))
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("the InkML file has a document type declaration, which is not read: "
                            "remove the <!DOCTYPE …>"));
  else
    return TRUE;
  return FALSE;
}

int
ink_inkml_truth_digit (const char *truth)
{
  static const char *const marks[][2] = { { "$", "$" }, { "\\(", "\\)" }, { "{", "}" } };
  g_autofree char *text = g_strstrip (g_strdup (truth));

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    while (g_str_has_prefix (text, marks[i][0]) && g_str_has_suffix (text, marks[i][1]) &&
           strlen (text) > strlen (marks[i][0]) + strlen (marks[i][1]))
      {
        memmove (text, text + strlen (marks[i][0]), strlen (text) - strlen (marks[i][0]) + 1);
        text[strlen (text) - strlen (marks[i][1])] = '\0';
        g_strstrip (text);
      }
  return g_ascii_isdigit (text[0]) && text[1] == '\0' ? text[0] - '0' : -1;
}

InkDrawing *
ink_inkml_parse (GBytes *bytes, GError **error)
{
  return ink_inkml_parse_labelled (bytes, NULL, error);
}

InkDrawing *
ink_inkml_parse_labelled (GBytes *bytes, char **truth, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  InkmlDocument document = { 0 };
  InkDrawing *drawing = NULL;

  if (truth != NULL)
    *truth = NULL;
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (!check_bytes (text, size, error))
    return NULL;

  inkml_document_init (&document);
  if (parse_markup (&document, text, size, error))
    {
      if (!document.any_ink)
        g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                             _ ("not an InkML file: it has no <ink> element"));
      else if (document.traces->len == 0)
        g_set_error_literal (error, INK_ERROR, INK_ERROR_EMPTY,
                             _ ("the InkML file holds no ink: it has no trace with points"));
      else
        drawing = build_drawing (&document);
    }
  if (drawing != NULL && truth != NULL && document.truth != NULL)
    *truth = g_strstrip (g_strdup (document.truth->str));
  inkml_document_clear (&document);
  return drawing;
}
