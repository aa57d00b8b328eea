/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawing in the whole window, with events out of the X server. */

#include <gdk/x11/gdkx.h>
#include <string.h>

#include "desk.h"
#include "numeral-bars.h"
#include "numeral-tensor-view.h"
#include "syncs.h"
#include "wait.h"

#define WIDTH 720
#define HEIGHT 640

static const double one[][2] = { { 500, 200 }, { 500, 300 }, { 500, 400 }, { 500, 500 },
                                 { 500, 600 }, { 500, 700 }, { 500, 800 } };
static const double bar[][2] = {
  { 350, 500 }, { 400, 500 }, { 500, 500 }, { 600, 500 }, { 650, 500 }
};

static InkDrawing *
drawing_of (Desk *desk)
{
  return numeral_canvas_get_drawing (desk->canvas);
}

/* @widget and all below it: what they name is there, in GTK, the theme or the program. */
static guint
check_icons (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  const char *name = GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : NULL;
  guint n_own = 0;

  if (name && !gtk_icon_theme_has_icon (theme, name))
    g_error ("there is no icon %s", name);
  n_own += name && g_str_has_prefix (name, "numeral-");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    n_own += check_icons (child);
  return n_own;
}

static void
test_icons (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

  g_assert_cmpuint (check_icons (GTK_WIDGET (desk->window)), >=, 1);
}

static void
draw_one (Desk *desk)
{
  hand_stroke (desk->hand, desk->canvas, one, G_N_ELEMENTS (one));
  desk_wait_strokes (desk, 1);
}

static void
draw_plus (Desk *desk)
{
  draw_one (desk);
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 2);
}

static gboolean
is_enabled (Desk *desk, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (desk->window), action);
}

static void
test_empty (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  static const char *const off[] = { "undo", "redo", "clear", "save", "copy" };

  g_assert_cmpstr (desk_says (desk), ==, "–");
  desk_assert_property (desk->answer, GTK_ACCESSIBLE_PROPERTY_LABEL, "Nothing to read yet");
  desk_assert_property (desk->canvas, GTK_ACCESSIBLE_PROPERTY_LABEL, "Drawing canvas");
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    g_assert_false (is_enabled (desk, off[i]));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (desk->canvas)));
}

static void
on_changed (NumeralCanvas *canvas, guint *count)
{
  ++*count;
}

static gboolean
has_ink_going (gpointer data)
{
  Desk *desk = data;
  float tensor[INK_TENSOR_SIZE];

  return numeral_canvas_get_tensor (desk->canvas, tensor);
}

typedef struct
{
  Desk *desk;
  guint64 generation;
} Newer;

static gboolean
is_newer (gpointer data)
{
  const Newer *newer = data;

  return numeral_recogniser_get_prediction (newer->desk->recogniser)->generation >
         newer->generation;
}

/* With the button still down there is an answer, and it changes as the stroke goes on. */
static void
test_mid_stroke (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  NumeralBars *bars = NUMERAL_BARS (desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_BARS, NULL));
  NumeralTensorView *view =
      NUMERAL_TENSOR_VIEW (desk_find (GTK_WIDGET (desk->pane), NUMERAL_TYPE_TENSOR_VIEW, NULL));
  g_autoptr (NumeralPrediction) before = NULL;
  Newer newer = { desk, 0 };
  guint changed = 0;

  g_signal_connect (desk->canvas, "changed", G_CALLBACK (on_changed), &changed);
  hand_move (desk->hand, desk->canvas, one[0][0], one[0][1]);
  hand_press (desk->hand, 1);
  for (guint i = 1; i < 4; i++)
    hand_move (desk->hand, desk->canvas, one[i][0], one[i][1]);
  assert_soon (has_ink_going, desk);
  desk_wait_read (desk);
  before =
      numeral_prediction_ref (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (bars)));
  g_assert_false (before->empty);
  g_assert_cmpuint (drawing_of (desk)->n_strokes, ==, 0);

  /* A hook to the left. */
  newer.generation = before->generation;
  for (guint i = 1; i < 8; i++)
    hand_move (desk->hand, desk->canvas, 500 - 40 * i, 500 + 10 * i);
  assert_soon (is_newer, &newer);
  desk_wait_read (desk);
  g_assert_true (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (bars)) ==
                 numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (view)));
  g_assert_false (memcmp (numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (bars))
                              ->digits[0]
                              .probabilities,
                          before->digits[0].probabilities,
                          sizeof before->digits[0].probabilities) == 0);
  g_assert_cmpuint (drawing_of (desk)->n_strokes, ==, 0);

  hand_release (desk->hand, 1);
  desk_wait_strokes (desk, 1);
  g_assert_cmpuint (changed, >=, 2);
}

/* Every place that the pointer passed is in the stroke, though several come with one frame. */
static void
test_history (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  double points[120][2];
  guint expected = 1;
  int last_x, last_y;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      points[i][0] = 120 + 6 * i;
      points[i][1] = i % 2 ? 300 : 700;
    }
  /* Places that round to the same pixel are one. */
  hand_locate (GTK_WIDGET (desk->canvas), points[0][0], points[0][1], &last_x, &last_y);
  for (guint i = 1; i < G_N_ELEMENTS (points); i++)
    {
      int x, y;

      hand_locate (GTK_WIDGET (desk->canvas), points[i][0], points[i][1], &x, &y);
      expected += x != last_x || y != last_y;
      last_x = x;
      last_y = y;
    }
  hand_stroke (desk->hand, desk->canvas, (const double (*)[2]) points, G_N_ELEMENTS (points));
  desk_wait_strokes (desk, 1);
  g_assert_cmpuint (drawing_of (desk)->strokes[0]->n_points, ==, expected);
  for (guint i = 1; i < expected; i++)
    g_assert_cmpfloat (drawing_of (desk)->strokes[0]->points[i].time, >=,
                       drawing_of (desk)->strokes[0]->points[i - 1].time);
}

/* The pointer draws where it is: in the units of the canvas, whatever its size. */
static void
test_places (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  const int side = gtk_widget_get_width (GTK_WIDGET (desk->canvas));
  const float pixel = (float) (NUMERAL_CANVAS_SIZE / side);
  const InkStroke *stroke;

  draw_one (desk);
  stroke = drawing_of (desk)->strokes[0];
  g_assert_cmpuint (stroke->n_points, ==, G_N_ELEMENTS (one));
  for (guint i = 0; i < stroke->n_points; i++)
    {
      g_assert_cmpfloat_with_epsilon (stroke->points[i].x, (float) one[i][0], pixel);
      g_assert_cmpfloat_with_epsilon (stroke->points[i].y, (float) one[i][1], pixel);
      g_assert_cmpfloat (stroke->points[i].pressure, ==, 0.5f);
    }
}

static void
test_undo (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

  draw_plus (desk);
  g_assert_true (is_enabled (desk, "undo"));
  g_assert_false (is_enabled (desk, "redo"));
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  g_assert_cmpstr (desk_says (desk), ==, "–");
  g_assert_false (is_enabled (desk, "undo"));
  g_assert_true (is_enabled (desk, "redo"));
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  desk_wait_strokes (desk, 2);
  /* A new stroke takes the place of what had been undone. */
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 2);
  g_assert_false (is_enabled (desk, "redo"));
}

static gboolean
erases (gpointer data)
{
  return numeral_canvas_get_tool (((Desk *) data)->canvas) == NUMERAL_TOOL_ERASER;
}

static gboolean
draws (gpointer data)
{
  return !erases (data);
}

static void
test_erase (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

  draw_one (desk);
  desk_key (desk, GDK_KEY_e, 0);
  assert_soon (erases, desk);
  /* Rubbing across the middle makes two of one, in one step to undo. */
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 2);
  /* Where there is nothing to erase, nothing has happened. */
  hand_move (desk->hand, desk->canvas, 900, 100);
  hand_press (desk->hand, 1);
  hand_release (desk->hand, 1);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  desk_key (desk, GDK_KEY_p, 0);
  assert_soon (draws, desk);
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 2);
}

static void
test_clear (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  GtkWidget *undo;

  draw_plus (desk);
  desk_key (desk, GDK_KEY_Delete, 0);
  desk_wait_strokes (desk, 0);
  desk_wait_toast (desk, "Drawing cleared");
  g_assert_false (is_enabled (desk, "clear"));

  /* What is drawn meanwhile is not lost when the toast brings the old drawing back. */
  draw_one (desk);
  wait_for (0.5);
  undo =
      desk_find (desk_find (GTK_WIDGET (desk->window), g_type_from_name ("AdwToastWidget"), NULL),
                 GTK_TYPE_BUTTON, "Undo");
  g_assert_nonnull (undo);
  hand_click (desk->hand, undo);
  desk_wait_strokes (desk, 2);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 1);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 2);

  desk_key (desk, GDK_KEY_n, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, 0);
}

static gboolean
is_thicker (gpointer data)
{
  return numeral_canvas_get_pen_width (((Desk *) data)->canvas) == NUMERAL_CANVAS_PEN_DEFAULT + 10;
}

static gboolean
is_thinnest (gpointer data)
{
  return numeral_canvas_get_pen_width (((Desk *) data)->canvas) == NUMERAL_CANVAS_PEN_MIN;
}

static void
test_pen_width (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  GtkRange *scale = GTK_RANGE (desk_find (GTK_WIDGET (desk->pane), GTK_TYPE_SCALE, NULL));

  desk_key (desk, GDK_KEY_bracketright, 0);
  assert_soon (is_thicker, desk);
  draw_one (desk);
  g_assert_cmpfloat (drawing_of (desk)->strokes[0]->width, ==,
                     (float) NUMERAL_CANVAS_PEN_DEFAULT + 10);
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, NUMERAL_CANVAS_PEN_DEFAULT + 10);
  for (guint i = 0; i < 12; i++)
    desk_key (desk, GDK_KEY_bracketleft, 0);
  assert_soon (is_thinnest, desk);
  gtk_range_set_value (scale, NUMERAL_CANVAS_PEN_DEFAULT + 10);
  g_assert_true (is_thicker (desk));
}

/* Another button neither draws nor ends what is drawn. */
static void
test_other_buttons (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

  for (guint button = 2; button <= 3; button++)
    {
      hand_move (desk->hand, desk->canvas, 300, 300);
      hand_press (desk->hand, button);
      hand_move (desk->hand, desk->canvas, 600, 600);
      hand_release (desk->hand, button);
    }
  wait_for (0.1);
  g_assert_true (ink_drawing_is_empty (drawing_of (desk)));
  g_assert_false (is_enabled (desk, "undo"));

  hand_move (desk->hand, desk->canvas, 500, 200);
  hand_press (desk->hand, 1);
  hand_move (desk->hand, desk->canvas, 500, 400);
  hand_press (desk->hand, 3);
  hand_release (desk->hand, 3);
  hand_move (desk->hand, desk->canvas, 500, 600);
  hand_release (desk->hand, 1);
  desk_wait_strokes (desk, 1);
  g_assert_cmpuint (drawing_of (desk)->strokes[0]->n_points, ==, 3);
}

static gboolean
can_redo (gpointer data)
{
  return is_enabled (data, "redo");
}

/* Undo in the middle of a stroke ends the stroke and takes it back; what the hand still does until
 * it lifts draws nothing. */
static void
test_undo_mid_stroke (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

  hand_move (desk->hand, desk->canvas, 500, 200);
  hand_press (desk->hand, 1);
  hand_move (desk->hand, desk->canvas, 500, 400);
  assert_soon (has_ink_going, desk);
  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_soon (can_redo, desk);
  hand_move (desk->hand, desk->canvas, 500, 600);
  hand_release (desk->hand, 1);
  desk_wait_strokes (desk, 0);
  g_assert_true (is_enabled (desk, "redo"));
  g_assert_false (is_enabled (desk, "undo"));
  draw_one (desk);
}

/* No pointer at all: a cross drawn with keys alone. */
static void
test_keyboard (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  const InkStroke *stroke;

  for (guint i = 0; i < 3; i++)
    desk_key (desk, GDK_KEY_Up, GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_space, 0);
  for (guint i = 0; i < 6; i++)
    desk_key (desk, GDK_KEY_Down, GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_Down, 0);
  desk_key (desk, GDK_KEY_space, 0);
  desk_wait_strokes (desk, 1);
  stroke = drawing_of (desk)->strokes[0];
  g_assert_cmpuint (stroke->n_points, ==, 8);
  g_assert_cmpfloat (stroke->points[0].x, ==, 500);
  g_assert_cmpfloat (stroke->points[0].y, ==, 200);
  g_assert_cmpfloat (stroke->points[7].y, ==, 825);
  g_assert_cmpstr (desk_says (desk), ==, "1");
  desk_assert_property (desk->canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                        "Pen up, 50 % from the left, 83 % from the top");

  /* Escape lifts the pen too, and the window stays. */
  desk_key (desk, GDK_KEY_Left, GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_space, 0);
  desk_key (desk, GDK_KEY_Right, GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_Escape, 0);
  desk_wait_strokes (desk, 2);
  /* The cursor stops at the edge. */
  for (guint i = 0; i < 12; i++)
    desk_key (desk, GDK_KEY_Right, GDK_SHIFT_MASK);
  desk_key (desk, GDK_KEY_space, 0);
  desk_key (desk, GDK_KEY_space, 0);
  desk_wait_strokes (desk, 3);
  g_assert_cmpfloat (drawing_of (desk)->strokes[2]->points[0].x, ==, 1000);
}

/* The drawing is the same, and is read the same, in a window of another size. */
static void
test_resize (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  g_autoptr (InkDrawing) before = NULL;
  const int side = gtk_widget_get_width (GTK_WIDGET (desk->canvas));

  draw_plus (desk);
  before = ink_drawing_ref (drawing_of (desk));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 360, 740);
  wait_for (0.5);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk->canvas)), !=, side);
  g_assert_true (drawing_of (desk) == before);
  desk_wait_read (desk);
  /* And drawing goes on in the right place. */
  hand_stroke (desk->hand, desk->canvas, bar, G_N_ELEMENTS (bar));
  desk_wait_strokes (desk, 3);
  g_assert_cmpfloat_with_epsilon (drawing_of (desk)->strokes[2]->points[0].x, 350.0f, 4.0f);
}

/* The last drawing is there again, and a window that was cleared is empty again. Closing the window
 * does not make the main thread wait for the disk. */
static void
test_kept (void)
{
  syncs_reset ();
  for (guint round = 0; round < 2; round++)
    {
      {
        g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);

        draw_plus (desk);
        if (round == 1)
          {
            desk_key (desk, GDK_KEY_Delete, 0);
            desk_wait_strokes (desk, 0);
          }
      }
      g_assert_cmpint (syncs_get_in_main_thread (), ==, 0);
      g_assert_cmpint (syncs_get (), >, 0);
      {
        g_autoptr (Desk) desk = desk_reopen (WIDTH, HEIGHT);

        desk_wait_strokes (desk, round == 0 ? 2 : 0);
        if (round == 0)
          g_assert_cmpfloat_with_epsilon (drawing_of (desk)->strokes[1]->points[0].x, 350.0f, 4.0f);
      }
    }
}

/* A request about a window that has gone, as GDK makes them too, is no reason to end. */
static void
test_x_error (void)
{
  g_autoptr (Desk) desk = desk_new (WIDTH, HEIGHT);
  Display *display =
      gdk_x11_display_get_xdisplay (gtk_widget_get_display (GTK_WIDGET (desk->window)));

  XMoveWindow (display, XAllocID (display), 0, 0);
  XSync (display, False);
  draw_plus (desk);
  desk_wait_strokes (desk, 2);
}

/* What GTK says of its own affairs does not end a test, and what it says of ours does. */
static void
test_gtk_log (void)
{
  g_autoptr (Desk) desk = NULL;

  if (g_test_subprocess ())
    {
      desk = desk_new (WIDTH, HEIGHT);
      g_log ("Gtk", G_LOG_LEVEL_WARNING, "this ends the test");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*this ends the test*");
  desk = desk_new (WIDTH, HEIGHT);
  g_log ("Gdk", G_LOG_LEVEL_CRITICAL,
         "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE (surface)' failed");
  wait_idle ();
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/window/empty", test_empty);
  g_test_add_func ("/app/window/icons", test_icons);
  g_test_add_func ("/app/window/mid-stroke", test_mid_stroke);
  g_test_add_func ("/app/window/history", test_history);
  g_test_add_func ("/app/window/places", test_places);
  g_test_add_func ("/app/window/undo", test_undo);
  g_test_add_func ("/app/window/erase", test_erase);
  g_test_add_func ("/app/window/clear", test_clear);
  g_test_add_func ("/app/window/pen-width", test_pen_width);
  g_test_add_func ("/app/window/other-buttons", test_other_buttons);
  g_test_add_func ("/app/window/undo-mid-stroke", test_undo_mid_stroke);
  g_test_add_func ("/app/window/keyboard", test_keyboard);
  g_test_add_func ("/app/window/resize", test_resize);
  g_test_add_func ("/app/window/kept", test_kept);
  g_test_add_func ("/app/window/x-error", test_x_error);
  g_test_add_func ("/app/window/gtk-log", test_gtk_log);
  return g_test_run ();
}
