/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protect-scene.h"

#include "numeral-protection.h"
#include "wait.h"

NumeralProtector *
protect_scene_get_protector (Desk *desk)
{
  return numeral_lab_get_protector (numeral_window_get_lab (desk->window));
}

typedef struct
{
  Desk *desk;
  NumeralHandAccess access;
} Wanted;

static gboolean
has_access (gpointer data)
{
  const Wanted *wanted = data;
  const NumeralHandProtection *now =
      numeral_protector_get (protect_scene_get_protector (wanted->desk));

  return now && now->access == wanted->access;
}

void
protect_scene_wait_access (Desk *desk, NumeralHandAccess access)
{
  Wanted wanted = { desk, access };

  assert_soon (has_access, &wanted);
}

/* (nullable) (transfer none): the dialog on the screen. */
static GtkWindow *
dialog_of (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type) &&
          gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return toplevel;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer type)
{
  return dialog_of (GPOINTER_TO_SIZE (type)) != NULL;
}

static gboolean
has_no_dialog (gpointer type)
{
  return dialog_of (GPOINTER_TO_SIZE (type)) == NULL;
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* Waits for the dialog, and gives it the keyboard. */
GtkWidget *
protect_scene_take_dialog (Desk *desk, GType type)
{
  GtkWindow *dialog;

  assert_soon (has_dialog, GSIZE_TO_POINTER (type));
  dialog = dialog_of (type);
  hand_focus (desk->hand, dialog);
  assert_soon (is_active, dialog);
  return GTK_WIDGET (dialog);
}

void
protect_scene_wait_closed (Desk *desk, GType type)
{
  assert_soon (has_no_dialog, GSIZE_TO_POINTER (type));
  hand_focus (desk->hand, GTK_WINDOW (desk->window));
  assert_soon (is_active, desk->window);
}

GtkWidget *
protect_scene_open (Desk *desk, const char *action, GType type)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
  return protect_scene_take_dialog (desk, type);
}

void
protect_scene_type (Desk *desk, const char *text)
{
  for (const char *c = text; *c; c++)
    hand_key (desk->hand, gdk_unicode_to_keyval ((guint32) *c), 0);
}

typedef struct
{
  GtkWidget *root;
  const char *label;
} Button;

static gboolean
is_sensitive (gpointer data)
{
  const Button *button = data;
  GtkWidget *found = desk_find (button->root, GTK_TYPE_BUTTON, button->label);

  return found && gtk_widget_get_mapped (found) && gtk_widget_is_sensitive (found);
}

/* Waits until a button can be pressed, and presses it. */
void
protect_scene_click (Desk *desk, GtkWidget *root, const char *label)
{
  Button button = { root, label };

  assert_soon (is_sensitive, &button);
  wait_for (0.1);
  hand_click (desk->hand, desk_find (root, GTK_TYPE_BUTTON, label));
}

/* As at the start of another process. */
void
protect_scene_lock (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  numeral_protection_run (db, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_LOCK },
                          &outcome, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.protection.access, ==, NUMERAL_HAND_LOCKED);
}
