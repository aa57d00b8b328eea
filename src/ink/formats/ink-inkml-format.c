/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-inkml.h"

/* Nine significant digits distinguish any two floats. */
static void
append_number (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.9g", number));
}

/* Brushes are named by their index; @brushes maps the width of a stroke to it, compared bit by bit.
 */
static guint
brush_of (GHashTable *brushes, const InkStroke *stroke)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (brushes, &stroke->width));
}

/* @motion: whether force and time are written */
static void
append_definitions (GString *text, const InkDrawing *drawing, gboolean motion, GHashTable *brushes)
{
  g_string_append (text, "  <definitions>\n"
                         "    <context xml:id=\"pen\">\n"
                         "      <inkSource xml:id=\"source\">\n"
                         "        <traceFormat>\n"
                         "          <channel name=\"X\" type=\"decimal\"/>\n"
                         "          <channel name=\"Y\" type=\"decimal\"/>\n");
  if (motion)
    g_string_append (text, "          <channel name=\"F\" type=\"decimal\" min=\"0\" max=\"1\"/>\n"
                           "          <channel name=\"T\" type=\"decimal\" units=\"ms\"/>\n");
  g_string_append (text, "        </traceFormat>\n"
                         "      </inkSource>\n"
                         "    </context>\n");
  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];
      guint index;

      if (g_hash_table_contains (brushes, &stroke->width))
        continue;
      index = g_hash_table_size (brushes);
      g_hash_table_insert (brushes, (gpointer) &stroke->width, GUINT_TO_POINTER (index));
      g_string_append_printf (text,
                              "    <brush xml:id=\"brush%u\">\n"
                              "      <brushProperty name=\"width\" value=\"",
                              index);
      append_number (text, stroke->width);
      g_string_append (text, "\"/>\n    </brush>\n");
    }
  g_string_append (text, "  </definitions>\n");
}

static void
append_trace (GString *text, const InkStroke *stroke, gboolean motion, guint brush)
{
  g_string_append_printf (text, "  <trace contextRef=\"#pen\" brushRef=\"#brush%u\">\n", brush);
  for (guint i = 0; i < stroke->n_points; i++)
    {
      const InkPoint *point = &stroke->points[i];

      g_string_append (text, i == 0 ? "    " : ",\n    ");
      append_number (text, point->x);
      g_string_append_c (text, ' ');
      append_number (text, point->y);
      if (!motion)
        continue;
      g_string_append_c (text, ' ');
      append_number (text, point->pressure);
      g_string_append_c (text, ' ');
      append_number (text, point->time * 1000.0);
    }
  g_string_append (text, "\n  </trace>\n");
}

GBytes *
ink_inkml_format_labelled (const InkDrawing *drawing, const char *truth)
{
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<ink xmlns=\"http://www.w3.org/2003/InkML\">\n");
  g_autoptr (GHashTable) brushes = g_hash_table_new (g_int_hash, g_int_equal);
  const gboolean motion = ink_drawing_has_motion (drawing);

  if (truth != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (truth, -1);

      g_string_append_printf (text, "  <annotation type=\"truth\">%s</annotation>\n", escaped);
    }
  append_definitions (text, drawing, motion, brushes);
  for (guint i = 0; i < drawing->n_strokes; i++)
    append_trace (text, drawing->strokes[i], motion, brush_of (brushes, drawing->strokes[i]));
  g_string_append (text, "</ink>\n");
  return g_string_free_to_bytes (text);
}

GBytes *
ink_inkml_format (const InkDrawing *drawing)
{
  return ink_inkml_format_labelled (drawing, NULL);
}
