/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas-private.h"

/* How often "changed" may be emitted within a frame. */
#define CHANGES_MAX 4

enum
{
  CHANGED,
  EDITED,
  MARK_ACTIVATED,
  NUMBER_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
numeral_canvas_state_class_init (NumeralCanvasClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[MARK_ACTIVATED] =
      g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[NUMBER_ACTIVATED] =
      g_signal_new ("number-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

InkDrawing *
numeral_canvas_get_shown (NumeralCanvas *self)
{
  return self->rubbed ? self->rubbed : ink_history_current (self->history);
}

InkDrawing *
numeral_canvas_get_drawing (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), NULL);

  return ink_history_current (self->history);
}

gboolean
numeral_canvas_is_empty (NumeralCanvas *self)
{
  return !self->stroke && ink_drawing_is_empty (numeral_canvas_get_shown (self)) &&
         !numeral_canvas_get_image (self);
}

/* During a stroke "is-empty" is notified once, when the canvas stops being empty, and not for
 * each point. */
static void
update_empty (NumeralCanvas *self)
{
  const gboolean empty = numeral_canvas_is_empty (self);

  if (empty == self->was_empty)
    return;
  self->was_empty = empty;
  g_object_notify (G_OBJECT (self), "is-empty");
  /* The first stroke can be undone before it ends. */
  g_object_notify (G_OBJECT (self), "can-undo");
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NumeralCanvas *self = NUMERAL_CANVAS (widget);

  self->tick = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
numeral_canvas_mark_changed (NumeralCanvas *self)
{
  update_empty (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->tick)
    return;
  /* An unmapped widget gets no frames. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

void
numeral_canvas_notify_changed (NumeralCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  const gint64 frame = clock ? gdk_frame_clock_get_frame_counter (clock) : 0;

  if (!self->tick)
    return;
  if (frame != self->changes_frame)
    self->n_changes = 0;
  self->changes_frame = frame;
  /* Some tablets and touch screens report many events in a frame. */
  if (self->n_changes++ >= CHANGES_MAX)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
numeral_canvas_is_zoomed (NumeralCanvas *self)
{
  const NumeralCanvasImage *image = self->stroke ? NULL : numeral_canvas_get_image (self);

  return image && image->view.zoom > 1;
}

void
numeral_canvas_update_cursor (NumeralCanvas *self)
{
  const char *name = self->tool == NUMERAL_TOOL_ERASER ? "none" : "crosshair";

  /* The eraser shows its own size. */
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   numeral_canvas_is_zoomed (self) ? "grab" : name);
}

void
numeral_canvas_state_changed (NumeralCanvas *self)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  g_object_notify (object, "can-undo");
  g_object_notify (object, "can-redo");
  g_object_notify (object, "has-ink");
  g_object_notify (object, "has-picture");
  numeral_canvas_update_cursor (self);
  numeral_canvas_mark_changed (self);
  g_object_thaw_notify (object);
  g_signal_emit (self, signals[EDITED], 0);
}

/* Drops the images of states that the history no longer has. To list its states one has to walk
 * through the history, which is cheap enough when an image is added. */
static void
prune_images (NumeralCanvas *self)
{
  g_autoptr (GHashTable) alive = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer state;
  guint back = 0;

  while (ink_history_redo (self->history))
    back++;
  do
    g_hash_table_add (alive, ink_history_current (self->history));
  while (ink_history_undo (self->history));
  for (guint n = g_hash_table_size (alive) - 1; n > back; n--)
    ink_history_redo (self->history);

  g_hash_table_iter_init (&iter, self->images);
  while (g_hash_table_iter_next (&iter, &state, NULL))
    if (!g_hash_table_contains (alive, state))
      g_hash_table_iter_remove (&iter);
}

/* Only the pictures of two states keep all of their pixels. */
static void
forget_pixels (NumeralCanvas *self, InkDrawing *before)
{
  GHashTableIter iter;
  gpointer state, value;

  g_hash_table_iter_init (&iter, self->images);
  while (g_hash_table_iter_next (&iter, &state, &value))
    {
      NumeralCanvasImage *image = value;

      if (state == before || state == ink_history_current (self->history) || !image->picture)
        continue;
      image->view = (NumeralCanvasView){ 1, 0, 0 };
      g_clear_object (&image->full);
      g_clear_object (&image->part);
      numeral_picture_forget_full (image->picture);
    }
}

NumeralCanvasImage *
numeral_canvas_get_image (NumeralCanvas *self)
{
  return g_hash_table_lookup (self->images, ink_history_current (self->history));
}

void
numeral_canvas_push (NumeralCanvas *self, InkDrawing *drawing, NumeralCanvasImage *image)
{
  g_autoptr (InkDrawing) before = ink_drawing_ref (ink_history_current (self->history));

  if (drawing == before)
    return;
  ink_history_push (self->history, drawing);
  if (image)
    {
      g_hash_table_insert (self->images, ink_drawing_ref (drawing), image);
      prune_images (self);
      forget_pixels (self, before);
    }
  numeral_canvas_state_changed (self);
}

void
numeral_canvas_activate_mark (NumeralCanvas *self, guint place)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, place);
}

void
numeral_canvas_activate_number (NumeralCanvas *self, guint index)
{
  g_signal_emit (self, signals[NUMBER_ACTIVATED], 0, index);
}

NumeralPicture *
numeral_canvas_get_picture (NumeralCanvas *self)
{
  const NumeralCanvasImage *image;

  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), NULL);

  image = self->stroke ? NULL : numeral_canvas_get_image (self);
  return image ? image->picture : NULL;
}
