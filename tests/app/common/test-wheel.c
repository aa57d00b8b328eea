/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wheel scrolls a page, and changes no value that is under the pointer. */

#include "desk.h"
#include "numeral-page-kind.h"
#include "numeral-wheel.h"
#include "numeral-workbench.h"
#include "reading.h"
#include "wait.h"

static gboolean
has_scrolled (gpointer adjustment)
{
  return gtk_adjustment_get_value (adjustment) > 0;
}

static void
test_scale (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 10, 1);
  GtkWidget *below = gtk_label_new ("below");
  g_autoptr (Hand) hand = hand_new ();
  GtkWindow *window;
  int x, y;

  numeral_wheel_ignore (scale);
  gtk_range_set_value (GTK_RANGE (scale), 5);
  gtk_widget_set_size_request (below, -1, 2000);
  gtk_box_append (GTK_BOX (box), scale);
  gtk_box_append (GTK_BOX (box), below);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  window = reading_show (scroller, 400, 300);
  hand_locate (scale, NUMERAL_CANVAS_SIZE / 2, NUMERAL_CANVAS_SIZE / 2, &x, &y);
  hand_move_to (hand, x, y);
  hand_press (hand, 5);
  hand_release (hand, 5);
  assert_soon (has_scrolled, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, 5);
  reading_hide (window, scroller);
}

static gboolean
takes_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller) &&
          gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_NONE)
        return TRUE;
    }
  return FALSE;
}

static guint
check (GtkWidget *widget)
{
  guint n = 0;

  if ((GTK_IS_SCALE (widget) || GTK_IS_SPIN_BUTTON (widget)) &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW))
    {
      if (takes_wheel (widget))
        g_error ("%s takes the wheel", gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    n += check (child);
  return n;
}

/* Each page of the window. */
static void
test_pages (void)
{
  g_autoptr (Desk) desk = desk_new (1200, 800);
  NumeralWorkbench *workbench =
      NUMERAL_WORKBENCH (desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL));
  guint n_kinds, n = 0;
  const NumeralPageKind *kinds = numeral_page_kinds_get (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    n += check (numeral_workbench_get_page (workbench, kinds[i].name));
  g_assert_cmpuint (n, >=, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/wheel/scale", test_scale);
  g_test_add_func ("/app/wheel/pages", test_pages);
  return g_test_run ();
}
