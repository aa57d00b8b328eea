/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-hand-error.h"
#include "numeral-last-drawing.h"
#include "numeral-toast.h"
#include "numeral-unsaved-bar.h"
#include "numeral-window-private.h"

/* Delay after the last stroke, in milliseconds. */
#define PAUSE 1500

static void save (NumeralWindow *self);

static void
act (gpointer window, NumeralUnsavedActions action, gpointer unused)
{
  if (action == NUMERAL_UNSAVED_UNLOCK)
    gtk_widget_activate_action (window, "win.unlock", NULL);
  else
    save (window);
}

static void
show_locked (NumeralWindow *self)
{
  const NumeralUnsaved unsaved = { .key = "drawing",
                                   .title = _ ("The drawing is not kept for next time"),
                                   .reason = _ ("Your handwriting is locked."),
                                   .actions = NUMERAL_UNSAVED_UNLOCK | NUMERAL_UNSAVED_DISMISS,
                                   .owner = self,
                                   .act = act };

  self->keep_pending = TRUE;
  numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
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
  if (g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED))
    show_locked (self);
  else
    {
      unsaved.reason = error->message;
      numeral_unsaved_bar_show (GTK_WIDGET (self->pane), &unsaved);
    }
}

/* A drawing that is not shown yet is not overwritten, and not removed. */
static void
save (NumeralWindow *self)
{
  gboolean empty;

  if (self->keep_locked)
    {
      g_object_get (self->canvas, "is-empty", &empty, NULL);
      if (!empty)
        show_locked (self);
      return;
    }
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
  if (self->keep_locked)
    return;
  /* The window may be gone before the drawing is written, so it cannot show an error. */
  numeral_last_drawing_save_async (numeral_canvas_get_drawing (self->canvas), NULL, NULL);
}

static void
on_show_last (NumeralWindow *self)
{
  numeral_canvas_redo (self->canvas);
}

/* A drawing made meanwhile stays, and that of last time is one Redo away. */
static void
offer_last (NumeralWindow *self, InkDrawing *drawing)
{
  AdwToast *toast = adw_toast_new (_ ("The drawing of last time is unlocked"));

  numeral_canvas_show_drawing (self->canvas, drawing);
  numeral_canvas_undo (self->canvas);
  adw_toast_set_button_label (toast, _ ("_Show"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_show_last), self,
                           G_CONNECT_SWAPPED);
  numeral_toast_present (self->toasts, toast);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = numeral_last_drawing_load_finish (result, &error);
  gboolean empty;

  if (!self->lab)
    return;
  g_object_get (self->canvas, "is-empty", &empty, NULL);
  if (error)
    numeral_window_show_error (self, _ ("The drawing of last time cannot be read"), error);
  else if (drawing && empty)
    numeral_canvas_show_drawing (self->canvas, drawing);
  else if (drawing)
    offer_last (self, drawing);
}

void
numeral_window_keep_unlocked (NumeralWindow *self)
{
  if (self->keep_locked)
    numeral_last_drawing_load_async (on_unlocked, g_object_ref (self));
  self->keep_locked = FALSE;
  if (self->keep_pending)
    save (self);
  self->keep_pending = FALSE;
}

void
numeral_window_keep_init (NumeralWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = numeral_last_drawing_load (&error);

  if (drawing)
    numeral_canvas_show_drawing (self->canvas, drawing);
  else if (g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED))
    self->keep_locked = TRUE;
  else if (error)
    numeral_window_show_error (self, _ ("The drawing of last time cannot be read"), error);
  g_signal_connect_object (self->canvas, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}
