/* SPDX-License-Identifier: GPL-3.0-or-later */

/* File choosers that are closed at once, while GTK still reads a folder for them. */

#include <string.h>

#include "desk.h"
#include "wait.h"

/* "-m thorough" tries as often as it takes to be sure. */
#define N_TIMES (g_test_thorough () ? 500 : 40)

static const double dash[][2] = { { 300, 500 }, { 500, 500 }, { 700, 500 } };

static guint
count_dialogs (Desk *desk)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      n += toplevel != GTK_WINDOW (desk->window) && gtk_widget_get_mapped (GTK_WIDGET (toplevel));
    }
  return n;
}

static GtkWindow *
dialog_of (Desk *desk)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWindow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != GTK_WINDOW (desk->window) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)) &&
          gtk_widget_get_sensitive (GTK_WIDGET (toplevel)))
        found = toplevel;
    }
  return found;
}

static gboolean
has_dialog (gpointer data)
{
  return dialog_of (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return count_dialogs (data) == 0;
}

static void
focus (Desk *desk, GtkWindow *window)
{
  hand_focus (desk->hand, window);
}

/* Opens a dialog, and closes it after @delay seconds. No other dialog comes, such as an error of
 * GTK, and nothing crashes. */
static void
open_and_escape (Desk *desk, guint key, double delay)
{
  GtkWindow *dialog;

  focus (desk, GTK_WINDOW (desk->window));
  desk_key (desk, key, GDK_CONTROL_MASK);
  if (delay < 0)
    {
      /* Both keys are on their way before there is a dialog. */
      desk_key (desk, GDK_KEY_Escape, 0);
      wait_for (-delay);
      if (!dialog_of (desk))
        return;
    }
  assert_soon (has_dialog, desk);
  dialog = dialog_of (desk);
  g_assert_true (GTK_IS_FILE_CHOOSER (dialog));
  focus (desk, dialog);
  wait_for (MAX (delay, 0));
  desk_key (desk, GDK_KEY_Escape, 0);
  assert_soon (has_no_dialog, desk);
}

static void
test_escape (gconstpointer key)
{
  g_autoptr (Desk) desk = desk_new (720, 640);

  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  for (int i = 0; i < N_TIMES; i++)
    open_and_escape (desk, GPOINTER_TO_UINT (key), g_test_rand_double_range (-0.02, 0.04));
  /* What came late would come now. */
  wait_for (0.5);
  g_assert_cmpuint (count_dialogs (desk), ==, 0);
}

/* A window has one chooser, whatever it is asked for. */
static void
test_second (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);
  GtkWindow *dialog;

  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.open", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.save", NULL));
  assert_soon (has_dialog, desk);
  dialog = dialog_of (desk);
  g_assert_cmpint (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)), ==,
                   GTK_FILE_CHOOSER_ACTION_OPEN);
  g_assert_cmpuint (count_dialogs (desk), ==, 1);
  gtk_window_close (dialog);
  /* The one that goes away is not in the way of the next one. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.save", NULL));
  assert_soon (has_dialog, desk);
  gtk_window_close (dialog_of (desk));
  assert_soon (has_no_dialog, desk);
}

static GtkWidget *
find_list (GtkWidget *root)
{
  return desk_find (root, GTK_TYPE_TREE_VIEW, NULL);
}

/* The context menu of the files is still to come when the dialog goes. */
static void
test_menu (void)
{
  g_autoptr (Desk) desk = desk_new (720, 640);

  for (int i = 0; i < N_TIMES / 4; i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.open", NULL));
      assert_soon (has_dialog, desk);
      focus (desk, dialog_of (desk));
      hand_click (desk->hand, find_list (GTK_WIDGET (dialog_of (desk))));
      hand_press (desk->hand, 3);
      desk_key (desk, GDK_KEY_Escape, 0);
      desk_key (desk, GDK_KEY_Escape, 0);
      hand_release (desk->hand, 3);
      wait_for (0.1);
      if (dialog_of (desk))
        gtk_window_close (dialog_of (desk));
      assert_soon (has_no_dialog, desk);
    }
}

/* The window goes while the chooser is open. */
static void
test_window (void)
{
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (Desk) desk = desk_new (720, 640);

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.open", NULL));
      wait_for (0.01 * i);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/file-chooser/open", GUINT_TO_POINTER (GDK_KEY_o), test_escape);
  g_test_add_data_func ("/app/file-chooser/save", GUINT_TO_POINTER (GDK_KEY_s), test_escape);
  g_test_add_func ("/app/file-chooser/second", test_second);
  g_test_add_func ("/app/file-chooser/menu", test_menu);
  g_test_add_func ("/app/file-chooser/window", test_window);
  return g_test_run ();
}
