/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-chart-private.h"

#define WHEEL_STEP 1.25
#define KEY_ZOOM 1.5
#define KEY_PAN 0.1
/* Minimum step of an arrow key, in pixels. */
#define CURSOR_STEP 2

static void
zoom_at (NumeralChart *self, double at_x, double at_y, double factor, gboolean vertical)
{
  PictureAxis x, y, limits_x, limits_y;
  PictureChartHit hit;

  numeral_chart_hit (self, at_x, at_y, &hit);
  numeral_chart_get_view (self, &x, &y);
  numeral_chart_get_limits (self, &limits_x, &limits_y);
  if (vertical)
    y = picture_axis_zoom (y, CLAMP (hit.place_y, 0, 1), factor, &limits_y);
  else
    {
      x = picture_axis_zoom (x, CLAMP (hit.place_x, 0, 1), factor, &limits_x);
      if (isnan (self->y.min))
        y = limits_y;
    }
  numeral_chart_set_view (self, &x, &y);
}

static void
pan (NumeralChart *self, const PictureAxis *from_x, const PictureAxis *from_y, double dx, double dy)
{
  PictureAxis limits_x, limits_y, x, y;

  numeral_chart_get_limits (self, &limits_x, &limits_y);
  x = picture_axis_pan (*from_x, dx, &limits_x);
  /* An axis that fits itself to the data cannot be panned. */
  y = isnan (self->y.min) ? limits_y : picture_axis_pan (*from_y, dy, &limits_y);
  numeral_chart_set_view (self, &x, &y);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, NumeralChart *self)
{
  PictureChartHit hit;

  self->pointer_x = x;
  self->pointer_y = y;
  numeral_chart_hit (self, x, y, &hit);
  numeral_chart_set_cursor (self, hit.part == PICTURE_CHART_PLOT ? hit.x : (double) NAN);
}

static void
on_leave (GtkEventControllerMotion *motion, NumeralChart *self)
{
  numeral_chart_set_cursor (self, (double) NAN);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, NumeralChart *self)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  /* Otherwise let the page scroll: a chart under the pointer must not stop it. */
  if (!(state & GDK_CONTROL_MASK) && !gtk_widget_has_focus (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  /* With Shift some systems turn vertical scrolling into horizontal scrolling. */
  zoom_at (self, self->pointer_x, self->pointer_y, pow (WHEEL_STEP, -(dx + dy)),
           (state & GDK_SHIFT_MASK) != 0);
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, NumeralChart *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!self->zoomed)
    {
      /* The chart cannot be panned: let a moving finger scroll the page. */
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  numeral_chart_get_view (self, &self->began_x, &self->began_y);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, NumeralChart *self)
{
  PictureChartHit hit;

  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  numeral_chart_hit (self, 0, 0, &hit);
  if (hit.plot.width > 0 && hit.plot.height > 0)
    pan (self, &self->began_x, &self->began_y, -dx / hit.plot.width, dy / hit.plot.height);
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, NumeralChart *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    numeral_chart_reset_view (self);
}

void
numeral_chart_begin_pinch (NumeralChart *self, double x, double y)
{
  PictureChartHit hit;

  numeral_chart_get_view (self, &self->began_x, &self->began_y);
  numeral_chart_hit (self, x, y, &hit);
  self->began_place = CLAMP (hit.place_x, 0, 1);
}

static void
on_pinch_begin (GtkGesture *pinch, GdkEventSequence *sequence, NumeralChart *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (pinch, &x, &y))
    numeral_chart_begin_pinch (self, x, y);
  gtk_gesture_set_state (pinch, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *pinch, double scale, NumeralChart *self)
{
  PictureAxis limits_x, limits_y, x;

  numeral_chart_get_limits (self, &limits_x, &limits_y);
  x = picture_axis_zoom (self->began_x, self->began_place, scale, &limits_x);
  numeral_chart_set_view (self, &x, isnan (self->y.min) ? &limits_y : &self->y);
}

static gboolean
on_move_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  NumeralChart *self = NUMERAL_CHART (widget);
  const gboolean forward = g_variant_get_int32 (args) > 0;
  g_auto (NumeralChartScene) scene = { 0 };
  PictureAxis x;
  PictureChartHit hit;
  double from = self->cursor;

  numeral_chart_scene_init (self, &scene, NULL);
  x = picture_chart_resolve_x (&scene.chart);
  numeral_chart_hit (self, 0, 0, &hit);
  if (isnan (from))
    from = forward ? x.min : x.max;
  numeral_chart_set_cursor (self,
                            picture_chart_step_cursor (&scene.chart, &x, from,
                                                       (guint) MAX (hit.plot.width / CURSOR_STEP,
                                                                    1),
                                                       forward));
  return GDK_EVENT_STOP;
}

static gboolean
on_pan (GtkWidget *widget, GVariant *args, gpointer data)
{
  NumeralChart *self = NUMERAL_CHART (widget);
  PictureAxis x, y;
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  numeral_chart_get_view (self, &x, &y);
  pan (self, &x, &y, dx * KEY_PAN, dy * KEY_PAN);
  return GDK_EVENT_STOP;
}

static gboolean
on_zoom (GtkWidget *widget, GVariant *args, gpointer data)
{
  numeral_chart_zoom (NUMERAL_CHART (widget),
                      g_variant_get_int32 (args) > 0 ? KEY_ZOOM : 1 / KEY_ZOOM);
  return GDK_EVENT_STOP;
}

static gboolean
on_reset (GtkWidget *widget, GVariant *args, gpointer data)
{
  numeral_chart_reset_view (NUMERAL_CHART (widget));
  return GDK_EVENT_STOP;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  NumeralChart *self = NUMERAL_CHART (widget);

  if (isnan (self->cursor))
    return GDK_EVENT_PROPAGATE;
  numeral_chart_set_cursor (self, (double) NAN);
  return GDK_EVENT_STOP;
}

void
numeral_chart_input_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int by;
  } zooms[] = { { GDK_KEY_plus, 1 },
                { GDK_KEY_equal, 1 },
                { GDK_KEY_KP_Add, 1 },
                { GDK_KEY_minus, -1 },
                { GDK_KEY_KP_Subtract, -1 } };
  static const struct
  {
    guint key;
    int dx, dy;
  } arrows[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, 1 }, { GDK_KEY_Down, 0, -1 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (widget_class, zooms[i].key, 0, on_zoom, "i", zooms[i].by);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_plus, GDK_SHIFT_MASK, on_zoom, "i", 1);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, GDK_SHIFT_MASK, on_pan, "(ii)",
                                    arrows[i].dx, arrows[i].dy);
      if (arrows[i].dx != 0)
        gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, on_move_cursor, "i",
                                      arrows[i].dx);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_reset, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

void
numeral_chart_input_init (NumeralChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
