/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-last-drawing.h"
#include "numeral-window-private.h"

/* Delay after the last stroke, in milliseconds. */
#define PAUSE 1500

/* Shows the error once: it would otherwise appear with every stroke. */
static void
cannot_keep (NumeralWindow *self, const GError *error)
{
  if (self->cannot_keep)
    return;
  self->cannot_keep = TRUE;
  numeral_window_show_error (self, _ ("The drawing will not be kept for next time"), error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!numeral_last_drawing_save_finish (result, &error))
    cannot_keep (self, error);
}

static gboolean
on_pause (gpointer data)
{
  NumeralWindow *self = data;

  self->keeping = 0;
  numeral_last_drawing_save_async (numeral_canvas_get_drawing (self->canvas), on_saved,
                                   g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_edited (NumeralWindow *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  self->keeping = g_timeout_add (PAUSE, on_pause, self);
}

void
numeral_window_keep_now (NumeralWindow *self)
{
  if (!self->keeping)
    return;
  g_clear_handle_id (&self->keeping, g_source_remove);
  /* The window may be gone before the drawing is written, so it cannot show an error. */
  numeral_last_drawing_save_async (numeral_canvas_get_drawing (self->canvas), NULL, NULL);
}

void
numeral_window_keep_init (NumeralWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = numeral_last_drawing_load (&error);

  if (drawing)
    numeral_canvas_show_drawing (self->canvas, drawing);
  else if (error)
    numeral_window_show_error (self, _ ("The drawing of last time cannot be read"), error);
  g_signal_connect_object (self->canvas, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}
