/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numeral-canvas-private.h"

/* Factor of a step of the wheel. */
#define WHEEL 1.2

/* Pixels that a step of a wheel moves the picture by. */
#define SCROLL 60.0

void
numeral_canvas_zoom (NumeralCanvas *self, double factor)
{
  const double middle = NUMERAL_CANVAS_SIZE / 2;
  InkBox box;

  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  if (!numeral_canvas_has_boxes (self))
    {
      numeral_canvas_zoom_at (self, factor, middle, middle);
      return;
    }
  /* Towards the number that the keys chose. */
  box = numeral_canvas_image_map (numeral_canvas_get_image (self),
                                  self->sheet->numbers[self->chosen_number].box);
  numeral_canvas_zoom_at (self, factor,
                          CLAMP (((double) box.x0 + box.x1) / 2, 0, NUMERAL_CANVAS_SIZE),
                          CLAMP (((double) box.y0 + box.y1) / 2, 0, NUMERAL_CANVAS_SIZE));
}

/* Units of the canvas for a pixel of the widget. */
static double
units (NumeralCanvas *self)
{
  double x, y, side;

  numeral_canvas_get_square (self, &x, &y, &side);
  return NUMERAL_CANVAS_SIZE / MAX (side, 1);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, NumeralCanvas *self)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (!numeral_canvas_get_picture (self) || self->device)
    return FALSE;
  if (state & GDK_CONTROL_MASK)
    {
      numeral_canvas_zoom_at (self, pow (WHEEL, -dy), self->hover_x, self->hover_y);
      return TRUE;
    }
  /* Otherwise the page around the canvas scrolls. */
  if (!numeral_canvas_is_zoomed (self))
    return FALSE;
  if (state & GDK_SHIFT_MASK && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  numeral_canvas_pan (self, -dx * SCROLL * units (self), -dy * SCROLL * units (self));
  return TRUE;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, NumeralCanvas *self)
{
  if (!numeral_canvas_get_picture (self))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  /* The first finger waits whether it becomes a tap. */
  numeral_canvas_pointer_release (self);
  self->pinched = 1;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, NumeralCanvas *self)
{
  double left, top, side, x, y;

  if (!numeral_canvas_get_picture (self) || !(scale > 0) ||
      !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  numeral_canvas_get_square (self, &left, &top, &side);
  numeral_canvas_zoom_at (self, scale / self->pinched, (x - left) * units (self),
                          (y - top) * units (self));
  self->pinched = scale;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, NumeralCanvas *self)
{
  const guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  self->dragged_x = self->dragged_y = 0;
  if (!numeral_canvas_is_zoomed (self) || (button != 0 && button > GDK_BUTTON_MIDDLE))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else if (button == GDK_BUTTON_MIDDLE)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag (GtkGestureDrag *gesture, double x, double y, NumeralCanvas *self)
{
  GdkEventSequence *sequence =
      gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture));

  if (gtk_gesture_get_sequence_state (GTK_GESTURE (gesture), sequence) !=
      GTK_EVENT_SEQUENCE_CLAIMED)
    {
      /* Until then it may be a tap on a number. */
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y))
        return;
      numeral_canvas_pointer_release (self);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  numeral_canvas_pan (self, (x - self->dragged_x) * units (self),
                      (y - self->dragged_y) * units (self));
  self->dragged_x = x;
  self->dragged_y = y;
}

void
numeral_canvas_zoom_init (NumeralCanvas *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new (), *drag = gtk_gesture_drag_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);

  /* Before the pointer's events begin a stroke. */
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pinch), GTK_PHASE_CAPTURE);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
