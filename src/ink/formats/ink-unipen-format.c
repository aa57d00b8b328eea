/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-unipen.h"

/* Nine significant digits distinguish any two floats. */
static void
append_number (GString *text, double number, char end)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.9g", number));
  g_string_append_c (text, end);
}

/* @motion: whether pressure and time are written */
static void
append_stroke (GString *text, const InkStroke *stroke, gboolean motion)
{
  g_string_append (text, ".PEN_DOWN\n");
  for (guint i = 0; i < stroke->n_points; i++)
    {
      const InkPoint *point = &stroke->points[i];

      append_number (text, point->x, ' ');
      append_number (text, -point->y, motion ? ' ' : '\n');
      if (!motion)
        continue;
      append_number (text, point->pressure, ' ');
      append_number (text, point->time * 1000.0, '\n');
    }
  g_string_append (text, ".PEN_UP\n");
}

GBytes *
ink_unipen_format (InkSample *const *samples, guint n)
{
  GString *text = g_string_new (".VERSION 1.0\n.COORD X Y");
  gboolean motion = FALSE;

  for (guint i = 0; i < n && !motion; i++)
    motion = ink_drawing_has_motion (samples[i]->drawing);
  g_string_append (text, motion ? " P T\n" : "\n");
  for (guint i = 0; i < n; i++)
    {
      const InkDrawing *drawing = samples[i]->drawing;

      g_string_append_printf (text, ".SEGMENT DIGIT 0-%u OK \"%d\"\n", drawing->n_strokes - 1,
                              samples[i]->label);
      for (guint s = 0; s < drawing->n_strokes; s++)
        append_stroke (text, drawing->strokes[s], motion);
    }
  return g_string_free_to_bytes (text);
}
