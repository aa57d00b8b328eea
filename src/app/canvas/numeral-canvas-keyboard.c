/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "numeral-canvas-private.h"

#define NO_PRESSURE 0.5

/* Tells assistive technology where the cursor is and whether it draws. */
static void
describe (NumeralCanvas *self)
{
  const int x = (int) lround (self->cursor_x * 100 / NUMERAL_CANVAS_SIZE);
  const int y = (int) lround (self->cursor_y * 100 / NUMERAL_CANVAS_SIZE);
  g_autofree char *text = NULL;

  if (!self->cursor_down)
    /* Translators: where the drawing cursor is on the canvas */
    text = g_strdup_printf (_ ("Pen up, %d %% from the left, %d %% from the top"), x, y);
  else if (self->tool == NUMERAL_TOOL_ERASER)
    text = g_strdup_printf (_ ("Erasing, %d %% from the left, %d %% from the top"), x, y);
  else
    text = g_strdup_printf (_ ("Pen down, %d %% from the left, %d %% from the top"), x, y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
numeral_canvas_keyboard_lift (NumeralCanvas *self)
{
  if (!self->cursor_down)
    return;
  self->cursor_down = FALSE;
  numeral_canvas_end (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
put_down (NumeralCanvas *self)
{
  self->cursor_down = TRUE;
  numeral_canvas_begin (self, self->cursor_x, self->cursor_y, NO_PRESSURE, g_get_monotonic_time (),
                        self->tool == NUMERAL_TOOL_ERASER);
}

static void
move (NumeralCanvas *self, double dx, double dy)
{
  self->cursor_x = CLAMP (self->cursor_x + dx, 0, NUMERAL_CANVAS_SIZE);
  self->cursor_y = CLAMP (self->cursor_y + dy, 0, NUMERAL_CANVAS_SIZE);
  if (self->cursor_down)
    numeral_canvas_extend (self, self->cursor_x, self->cursor_y, NO_PRESSURE,
                           g_get_monotonic_time ());
}

/* On a page the keys go from number to number. Space does not begin a drawing, which would replace
 * the page. */
static gboolean
choose (NumeralCanvas *self, guint key)
{
  const guint index = numeral_canvas_next_box (self, key);

  if (index < self->sheet->n_numbers)
    numeral_canvas_activate_number (self, index);
  return index < self->sheet->n_numbers || key == GDK_KEY_space || key == GDK_KEY_KP_Space;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        NumeralCanvas *self)
{
  const double step = state & GDK_SHIFT_MASK ? NUMERAL_CANVAS_LARGE_STEP : NUMERAL_CANVAS_STEP;

  /* Keys do nothing while the pointer draws. */
  if (self->device || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (numeral_canvas_has_boxes (self) && !self->cursor_down)
    return choose (self, key);
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move (self, -step, 0);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move (self, step, 0);
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, 0, -step);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 0, step);
      break;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      if (self->cursor_down)
        numeral_canvas_keyboard_lift (self);
      else
        put_down (self);
      break;
    case GDK_KEY_Escape:
      if (!self->cursor_down && !self->cursor_shown)
        return FALSE;
      numeral_canvas_keyboard_lift (self);
      self->cursor_shown = FALSE;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return TRUE;
    default:
      return FALSE;
    }
  self->cursor_shown = TRUE;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static void
on_focus_out (GtkEventControllerFocus *controller, NumeralCanvas *self)
{
  numeral_canvas_keyboard_lift (self);
  self->cursor_shown = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_canvas_keyboard_init (NumeralCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_out), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Arrow keys move a cursor, Space puts the pen down and lifts "
                                     "it"),
                                  -1);
}
