/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-last-drawing.h"
#include "numeral-unsaved-bar.h"
#include "numeral-window-private.h"

/* Delay after the last stroke, in milliseconds. */
#define PAUSE 1500

static void save (NumeralWindow *self);

static void
act (gpointer window, NumeralUnsavedActions action, gpointer unused)
{
  save (window);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  g_autoptr (GError) error = NULL;
  NumeralUnsaved unsaved = { .key = "drawing",
                             .title = _ ("The drawing is not kept for next time"),
                             .actions = NUMERAL_UNSAVED_AGAIN | NUMERAL_UNSAVED_DISMISS,
                             .automatic = TRUE,
                             .owner = self,
                             .act = act };

  if (numeral_last_drawing_save_finish (result, &error))
    {
      numeral_unsaved_bar_hide (GTK_WIDGET (self->pane), unsaved.key);
      return;
    }
  unsaved.reason = error->message;
  numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
}

static void
save (NumeralWindow *self)
{
  numeral_last_drawing_save_async (numeral_canvas_get_drawing (self->canvas), on_saved,
                                   g_object_ref (self));
}

static gboolean
on_pause (gpointer data)
{
  NumeralWindow *self = data;

  self->keeping = 0;
  save (self);
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
