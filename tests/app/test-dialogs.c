/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What opens on top of the window: it comes, and it goes without a warning. */

#include "desk.h"
#include "wait.h"

#ifdef __SANITIZE_ADDRESS__
/* GLib's table of quarks is made when the library is loaded, and when the many types of a dialog
 * outgrow it, it is left behind on purpose, because other threads may be reading it. */
const char *
__asan_default_options (void);
const char *
__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:_dl_init\n";
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
