/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas-private.h"

/* Pressure of a device that reports none. */
#define NO_PRESSURE 0.5

/* Converts surface coordinates to units of the drawing. */
static gboolean
to_drawing (NumeralCanvas *self, double *x, double *y)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double left, top, side, surface_x, surface_y;
  graphene_point_t point;

  if (!native)
    return FALSE;
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  point = GRAPHENE_POINT_INIT ((float) (*x - surface_x), (float) (*y - surface_y));
  if (!gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self), &point, &point))
    return FALSE;
  numeral_canvas_get_square (self, &left, &top, &side);
  if (side <= 0)
    return FALSE;
  *x = ((double) point.x - left) * NUMERAL_CANVAS_SIZE / side;
  *y = ((double) point.y - top) * NUMERAL_CANVAS_SIZE / side;
  return TRUE;
}

static gboolean
is_pen (GdkEvent *event)
{
  GdkDeviceTool *tool = gdk_event_get_device_tool (event);

  return tool && (gdk_device_tool_get_axes (tool) & GDK_AXIS_FLAG_PRESSURE) != 0;
}

static gboolean
is_far_end (GdkEvent *event)
{
  GdkDeviceTool *tool = gdk_event_get_device_tool (event);

  return tool && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER;
}

static double
pressure_of (GdkEvent *event)
{
  double pressure;

  return is_pen (event) && gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure) ? pressure :
                                                                                      NO_PRESSURE;
}

/* Event times are milliseconds of an unknown clock; only their differences are used. */
static gint64
time_of (guint32 event_time, guint32 now_event, gint64 now)
{
  return now - (gint64) (now_event - event_time) * 1000;
}

static gboolean
is_ours (NumeralCanvas *self, GdkEvent *event)
{
  return self->device && gdk_event_get_device (event) == self->device &&
         gdk_event_get_event_sequence (event) == self->sequence;
}

void
numeral_canvas_pointer_release (NumeralCanvas *self)
{
  self->device = NULL;
  self->sequence = NULL;
  self->waiting = FALSE;
}

/* GTK marks a pressed widget and its ancestors as active, which restyles the whole window twice
 * with each stroke. The canvas has no pressed style, so clear the state at once. */
static void
clear_active_state (NumeralCanvas *self)
{
  for (GtkWidget *widget = GTK_WIDGET (self); widget; widget = gtk_widget_get_parent (widget))
    gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_ACTIVE);
}

static gboolean
press (NumeralCanvas *self, GdkEvent *event)
{
  const gboolean erasing = self->tool == NUMERAL_TOOL_ERASER || is_far_end (event);
  double x, y;

  clear_active_state (self);
  /* A second finger, or the palm beside the pen, does not draw. */
  if (self->device || !gdk_event_get_position (event, &x, &y) || !to_drawing (self, &x, &y))
    return TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  numeral_canvas_keyboard_lift (self);
  self->cursor_shown = FALSE;
  self->device = gdk_event_get_device (event);
  self->sequence = gdk_event_get_event_sequence (event);
  self->hover_x = x;
  self->hover_y = y;
  self->pressed_mark = numeral_canvas_find_mark (self, x, y);
  /* A finger on a picture may be the first of two that zoom. */
  if (numeral_canvas_has_boxes (self) || numeral_canvas_is_zoomed (self) ||
      (numeral_canvas_get_picture (self) &&
       (self->sequence || (!erasing && self->pressed_mark < self->n_marks))))
    {
      self->waiting = TRUE;
      self->pressed_x = x;
      self->pressed_y = y;
    }
  else
    numeral_canvas_begin (self, x, y, pressure_of (event), g_get_monotonic_time (), erasing);
  return TRUE;
}

/* Whether a press on a picture can still become a tap; otherwise begins a stroke. */
static gboolean
still_waiting (NumeralCanvas *self, GdkEvent *event, gint64 now)
{
  double x, y;

  if (!self->waiting)
    return FALSE;
  /* What moves a part of a picture does not draw. */
  if (numeral_canvas_is_zoomed (self) || !gdk_event_get_position (event, &x, &y) ||
      !to_drawing (self, &x, &y) ||
      numeral_canvas_is_tap (x - self->pressed_x, y - self->pressed_y))
    return TRUE;
  self->waiting = FALSE;
  numeral_canvas_begin (self, self->pressed_x, self->pressed_y, pressure_of (event), now,
                        self->tool == NUMERAL_TOOL_ERASER || is_far_end (event));
  return FALSE;
}

/* Adds the positions of the pointer since the last event, so that a fast curve stays smooth when
 * frames are slow. */
static void
extend_by_history (NumeralCanvas *self, GdkEvent *event, gint64 now)
{
  const gboolean pen = is_pen (event);
  g_autofree GdkTimeCoord *coords = NULL;
  guint n = 0;

  /* The movements of a finger arrive one by one and have no history. */
  if (gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY)
    coords = gdk_event_get_history (event, &n);
  for (guint i = 0; coords && i < n; i++)
    {
      double x = coords[i].axes[GDK_AXIS_X];
      double y = coords[i].axes[GDK_AXIS_Y];

      if (to_drawing (self, &x, &y))
        numeral_canvas_extend (self, x, y, pen ? coords[i].axes[GDK_AXIS_PRESSURE] : NO_PRESSURE,
                               time_of (coords[i].time, gdk_event_get_time (event), now));
    }
}

static gboolean
motion (NumeralCanvas *self, GdkEvent *event)
{
  const gint64 now = g_get_monotonic_time ();
  double x, y;

  if (!is_ours (self, event))
    return FALSE;
  if (still_waiting (self, event, now))
    return TRUE;
  extend_by_history (self, event, now);
  if (gdk_event_get_position (event, &x, &y) && to_drawing (self, &x, &y))
    {
      self->hover_x = x;
      self->hover_y = y;
      numeral_canvas_extend (self, x, y, pressure_of (event), now);
    }
  return TRUE;
}

/* A press on a picture that was released without moving. */
static void
tap (NumeralCanvas *self)
{
  guint index;

  if (!numeral_canvas_has_boxes (self))
    {
      if (self->pressed_mark < self->n_marks)
        numeral_canvas_activate_mark (self, self->pressed_mark);
      return;
    }
  index = numeral_canvas_find_box (self, self->pressed_x, self->pressed_y);
  if (index < self->sheet->n_numbers)
    numeral_canvas_activate_number (self, index);
}

static gboolean
lift (NumeralCanvas *self, GdkEvent *event)
{
  double x, y;

  if (!is_ours (self, event))
    return FALSE;
  if (still_waiting (self, event, g_get_monotonic_time ()))
    {
      numeral_canvas_pointer_release (self);
      tap (self);
      return TRUE;
    }
  /* The position where the pen is lifted belongs to the stroke; its pressure of zero does not. */
  if (gdk_event_get_position (event, &x, &y) && to_drawing (self, &x, &y))
    {
      const InkStroke *stroke = self->stroke;

      numeral_canvas_extend (self, x, y,
                             stroke ? (double) stroke->points[stroke->n_points - 1].pressure :
                                      NO_PRESSURE,
                             g_get_monotonic_time ());
    }
  numeral_canvas_pointer_release (self);
  if (!numeral_canvas_tap_mark (self))
    numeral_canvas_end (self);
  return TRUE;
}

static gboolean
handle (NumeralCanvas *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
      if (gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY)
        return press (self, event);
      return self->device != NULL;

    case GDK_BUTTON_RELEASE:
      if (gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY)
        return lift (self, event);
      return self->device != NULL;

    case GDK_TOUCH_BEGIN:
      return press (self, event);

    case GDK_MOTION_NOTIFY:
    case GDK_TOUCH_UPDATE:
      return motion (self, event);

    case GDK_TOUCH_END:
      return lift (self, event);

    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      /* Keep the unfinished stroke: a person can undo it, but could not bring it back. */
      if (self->device)
        {
          numeral_canvas_pointer_release (self);
          numeral_canvas_end (self);
        }
      return FALSE;

    default:
      return FALSE;
    }
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, NumeralCanvas *self)
{
  const gboolean handled = handle (self, event);

  /* GTK delivers events just before the next frame, so their answer can still be drawn in it. */
  numeral_canvas_notify_changed (self);
  return handled;
}

static void
on_hover (GtkEventControllerMotion *controller, double x, double y, NumeralCanvas *self)
{
  double left, top, side;

  numeral_canvas_get_square (self, &left, &top, &side);
  if (side <= 0)
    return;
  self->hovering = TRUE;
  self->hover_x = (x - left) * NUMERAL_CANVAS_SIZE / side;
  self->hover_y = (y - top) * NUMERAL_CANVAS_SIZE / side;
  if (self->tool == NUMERAL_TOOL_ERASER)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventControllerMotion *controller, NumeralCanvas *self)
{
  self->hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
numeral_canvas_pointer_init (NumeralCanvas *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *hover = gtk_event_controller_motion_new ();

  /* Use raw events: a gesture waits for a threshold, so that a stroke would begin late. */
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);

  g_signal_connect (hover, "enter", G_CALLBACK (on_hover), self);
  g_signal_connect (hover, "motion", G_CALLBACK (on_hover), self);
  g_signal_connect (hover, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), hover);
  numeral_canvas_update_cursor (self);
}
