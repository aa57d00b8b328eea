/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What opens on top of the window: it comes, and it goes without a warning. */

#include "desk.h"
#include "wait.h"

#ifdef __SANITIZE_ADDRESS__
/* No leaks are looked for here: GTK's file chooser asks libcloudproviders, which leaks, and its
 * many types outgrow GLib's table of quarks, which is left behind on purpose. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static const double dash[][2] = { { 300, 500 }, { 500, 500 }, { 700, 500 } };

static const char *const dialogs[] = { "win.open", "win.save", "win.show-help-overlay",
                                       "app.about" };

/* (nullable) (transfer none): a window on the screen that is not the program's own. */
static GtkWindow *
dialog_of (Desk *desk)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != GTK_WINDOW (desk->window) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return toplevel;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return dialog_of (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return dialog_of (data) == NULL;
}

/* The dialogs come and go. */
static void
test_dialogs (gconstpointer action)
{
  g_autoptr (Desk) desk = desk_new (720, 640);

  /* There is something to save. */
  hand_stroke (desk->hand, desk->canvas, dash, G_N_ELEMENTS (dash));
  desk_wait_strokes (desk, 1);
  g_assert_null (dialog_of (desk));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
  assert_soon (has_dialog, desk);
  wait_for (0.2);
  gtk_window_close (dialog_of (desk));
  assert_soon (has_no_dialog, desk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/dialogs/%s", dialogs[i]);

      g_test_add_data_func (path, dialogs[i], test_dialogs);
    }
  return g_test_run ();
}
