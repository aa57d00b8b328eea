/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hand.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>
#include <math.h>

#include "wait.h"

struct _Hand
{
  /* A connection of its own, as another program would have. */
  Display *display;
};

Hand *
hand_new (void)
{
  Hand *hand = g_new0 (Hand, 1);
  int event, error, major, minor;

  hand->display = XOpenDisplay (NULL);
  g_assert_nonnull (hand->display);
  g_assert_true (XTestQueryExtension (hand->display, &event, &error, &major, &minor));
  return hand;
}

void
hand_free (Hand *hand)
{
  XCloseDisplay (hand->display);
  g_free (hand);
}

void
hand_focus (Hand *hand, GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  XSetInputFocus (hand->display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XSync (hand->display, False);
}

static void
to_screen (GtkWidget *widget, double x, double y, int *screen_x, int *screen_y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  double surface_x, surface_y;
  int left, top;
  Window child;
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &point, &point));
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface), DefaultRootWindow (display), 0,
                         0, &left, &top, &child);
  *screen_x = left + (int) lround ((double) point.x + surface_x);
  *screen_y = top + (int) lround ((double) point.y + surface_y);
}

void
hand_locate (GtkWidget *canvas, double x, double y, int *screen_x, int *screen_y)
{
  const int width = gtk_widget_get_width (canvas);
  const int height = gtk_widget_get_height (canvas);
  const int side = MIN (width, height);

  to_screen (canvas, (width - side) / 2.0 + x * side / NUMERAL_CANVAS_SIZE,
             (height - side) / 2.0 + y * side / NUMERAL_CANVAS_SIZE, screen_x, screen_y);
}

void
hand_move_to (Hand *hand, int screen_x, int screen_y)
{
  XTestFakeMotionEvent (hand->display, -1, screen_x, screen_y, CurrentTime);
  XSync (hand->display, False);
}

void
hand_move (Hand *hand, NumeralCanvas *canvas, double x, double y)
{
  int screen_x, screen_y;

  hand_locate (GTK_WIDGET (canvas), x, y, &screen_x, &screen_y);
  hand_move_to (hand, screen_x, screen_y);
}

void
hand_press (Hand *hand, guint button)
{
  XTestFakeButtonEvent (hand->display, button, True, CurrentTime);
  XSync (hand->display, False);
}

void
hand_release (Hand *hand, guint button)
{
  XTestFakeButtonEvent (hand->display, button, False, CurrentTime);
  XSync (hand->display, False);
}

void
hand_stroke (Hand *hand, NumeralCanvas *canvas, const double (*points)[2], guint n)
{
  hand_move (hand, canvas, points[0][0], points[0][1]);
  hand_press (hand, 1);
  for (guint i = 1; i < n; i++)
    hand_move (hand, canvas, points[i][0], points[i][1]);
  hand_release (hand, 1);
}

static gboolean
has_place (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0 && gtk_widget_get_height (widget) > 0;
}

static void
middle_on_screen (GtkWidget *widget, int *x, int *y)
{
  to_screen (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0, x,
             y);
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer n_frames)
{
  ++*(guint *) n_frames;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_frames (gpointer n_frames)
{
  return *(guint *) n_frames >= 2;
}

/* Between two frames the widgets are laid out, however long a frame takes: time alone would not
 * tell that nothing moves any more. */
static void
wait_layout (GtkWidget *widget)
{
  guint n_frames = 0;
  const guint tick = gtk_widget_add_tick_callback (widget, count_frame, &n_frames, NULL);

  assert_soon (has_frames, &n_frames);
  gtk_widget_remove_tick_callback (widget, tick);
}

void
hand_click (Hand *hand, GtkWidget *widget)
{
  int x, y, last_x, last_y;

  /* What has just been made gets its place with the next frame, however late that comes; and a
   * person clicks where a widget has come to rest: pages that fill, and what opens, move it. */
  assert_soon (has_place, widget);
  middle_on_screen (widget, &x, &y);
  for (guint n_still = 0, n = 0; n_still < 3 && n < 200; n++)
    {
      last_x = x;
      last_y = y;
      wait_layout (widget);
      wait_for (0.04);
      middle_on_screen (widget, &x, &y);
      n_still = x == last_x && y == last_y ? n_still + 1 : 0;
    }
  XTestFakeMotionEvent (hand->display, -1, x, y, CurrentTime);
  hand_press (hand, 1);
  hand_release (hand, 1);
}

static void
send_key (Hand *hand, KeySym symbol, gboolean down)
{
  const KeyCode code = XKeysymToKeycode (hand->display, symbol);

  g_assert_cmpuint (code, !=, 0);
  XTestFakeKeyEvent (hand->display, code, down, CurrentTime);
}

void
hand_key (Hand *hand, guint keyval, GdkModifierType modifiers)
{
  if (modifiers & GDK_CONTROL_MASK)
    send_key (hand, XK_Control_L, TRUE);
  if (modifiers & GDK_SHIFT_MASK)
    send_key (hand, XK_Shift_L, TRUE);
  if (modifiers & GDK_ALT_MASK)
    send_key (hand, XK_Alt_L, TRUE);
  /* GDK's key values are X's. */
  send_key (hand, keyval, TRUE);
  send_key (hand, keyval, FALSE);
  if (modifiers & GDK_ALT_MASK)
    send_key (hand, XK_Alt_L, FALSE);
  if (modifiers & GDK_SHIFT_MASK)
    send_key (hand, XK_Shift_L, FALSE);
  if (modifiers & GDK_CONTROL_MASK)
    send_key (hand, XK_Control_L, FALSE);
  XSync (hand->display, False);
}
