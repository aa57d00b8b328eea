/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own handwriting is encrypted in the window, locked at the next start, unlocked and
 * decrypted, by pointer and keyboard. */

#include <adwaita.h>
#include <string.h>

#include "desk.h"
#include "numeral-hand-db.h"
#include "numeral-hand-file.h"
#include "numeral-protect-dialog.h"
#include "numeral-protection.h"
#include "numeral-unlock-dialog.h"
#include "shown.h"
#include "wait.h"

#define PASSPHRASE "seven and nine"
#define WRONG "seven and four"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };

static NumeralProtector *
protector_of (Desk *desk)
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
  const NumeralHandProtection *now = numeral_protector_get (protector_of (wanted->desk));

  return now && now->access == wanted->access;
}

static void
wait_access (Desk *desk, NumeralHandAccess access)
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
static GtkWidget *
take_dialog (Desk *desk, GType type)
{
  GtkWindow *dialog;

  assert_soon (has_dialog, GSIZE_TO_POINTER (type));
  dialog = dialog_of (type);
  hand_focus (desk->hand, dialog);
  assert_soon (is_active, dialog);
  return GTK_WIDGET (dialog);
}

static void
wait_closed (Desk *desk, GType type)
{
  assert_soon (has_no_dialog, GSIZE_TO_POINTER (type));
  hand_focus (desk->hand, GTK_WINDOW (desk->window));
  assert_soon (is_active, desk->window);
}

static GtkWidget *
open_dialog (Desk *desk, const char *action, GType type)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
  return take_dialog (desk, type);
}

static void
type_text (Desk *desk, const char *text)
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
static void
click (Desk *desk, GtkWidget *root, const char *label)
{
  Button button = { root, label };

  assert_soon (is_sensitive, &button);
  wait_for (0.1);
  hand_click (desk->hand, desk_find (root, GTK_TYPE_BUTTON, label));
}

static gboolean
has_state (Desk *desk, NumeralTeachState state)
{
  return numeral_teach_get_state (numeral_reading_pane_get_teach (desk->pane)) == state;
}

static gboolean
is_asked (gpointer desk)
{
  return has_state (desk, NUMERAL_TEACH_ASKING);
}

static gboolean
is_kept (gpointer desk)
{
  return has_state (desk, NUMERAL_TEACH_KEPT);
}

static gboolean
has_failed (gpointer desk)
{
  return has_state (desk, NUMERAL_TEACH_FAILED);
}

/* Draws a digit, and says that it was read right. */
static void
teach (Desk *desk)
{
  hand_stroke (desk->hand, desk->canvas, seven, G_N_ELEMENTS (seven));
  desk_wait_strokes (desk, 1);
  g_assert_cmpstr (desk_says (desk), ==, "7");
  assert_soon (is_asked, desk);
  desk_key (desk, GDK_KEY_Return, GDK_CONTROL_MASK);
}

static gsize
count_samples (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts = { 0 };

  numeral_hand_db_count (db, 0, &counts, &error);
  g_assert_no_error (error);
  return counts.n;
}

/* Whether the last drawing on the disk is XML. */
static gboolean
is_drawing_plain (void)
{
  g_autofree char *path = numeral_hand_file_last_drawing ();
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  return size > 0 && contents[0] == '<';
}

/* As at the start of another process. */
static void
lock (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  numeral_protection_run (db, &(NumeralProtectionRequest){ .action = NUMERAL_PROTECTION_LOCK },
                          &outcome, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome.protection.access, ==, NUMERAL_HAND_LOCKED);
}

/* Without a keyring the dialog says so, and goes on with a passphrase. Nothing is encrypted before
 * the person has the recovery key. */
static void
switch_on (Desk *desk)
{
  GtkWidget *dialog = open_dialog (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);

  click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "The desktop has no keyring");
  type_text (desk, "seven");
  shown_wait (dialog, "3 more letters are needed.");
  type_text (desk, PASSPHRASE + strlen ("seven"));
  shown_wait (dialog, "The two are not the same yet.");
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  type_text (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "It is not shown again.");
  g_assert_cmpint (numeral_protector_get (protector_of (desk))->access, ==, NUMERAL_HAND_PLAIN);
  g_assert_true (is_drawing_plain ());
  hand_key (desk->hand, GDK_KEY_space, 0);
  click (desk, dialog, "_Protect");
  wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  wait_access (desk, NUMERAL_HAND_UNLOCKED);
  desk_wait_toast (desk, "Your handwriting is protected");
}

/* Who refuses the recovery key changes nothing. */
static void
cancel (Desk *desk)
{
  GtkWidget *dialog = open_dialog (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);

  click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "The desktop has no keyring");
  type_text (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  type_text (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "It is not shown again.");
  hand_key (desk->hand, GDK_KEY_Escape, 0);
  wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  g_assert_cmpint (numeral_protector_get (protector_of (desk))->access, ==, NUMERAL_HAND_PLAIN);
}

/* A wrong passphrase is told in the dialog, which stays. */
static void
unlock (Desk *desk)
{
  GtkWidget *dialog = take_dialog (desk, NUMERAL_TYPE_UNLOCK_DIALOG);

  type_text (desk, WRONG);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "This is not the passphrase");
  g_assert_true (numeral_protector_is_locked (protector_of (desk)));
  type_text (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  wait_closed (desk, NUMERAL_TYPE_UNLOCK_DIALOG);
  wait_access (desk, NUMERAL_HAND_UNLOCKED);
}

static void
switch_off (Desk *desk)
{
  GtkWidget *dialog = open_dialog (desk, "win.unprotect", NUMERAL_TYPE_PROTECT_DIALOG);

  click (desk, dialog, "_Switch Off");
  wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  wait_access (desk, NUMERAL_HAND_PLAIN);
}

static gboolean
is_drawn (gpointer desk)
{
  gboolean can_redo;

  g_object_get (((Desk *) desk)->canvas, "can-redo", &can_redo, NULL);
  return can_redo;
}

static void
test_protect (void)
{
  Desk *desk = desk_new (960, 700);

  teach (desk);
  assert_soon (is_kept, desk);
  desk_free (desk);
  g_assert_true (is_drawing_plain ());

  desk = desk_reopen (960, 700);
  wait_access (desk, NUMERAL_HAND_PLAIN);
  cancel (desk);
  switch_on (desk);
  g_assert_false (is_drawing_plain ());
  desk_free (desk);
  lock ();

  /* The drawing of last time is locked, too; drawing and reading go on. */
  desk = desk_reopen (960, 700);
  wait_access (desk, NUMERAL_HAND_LOCKED);
  desk_wait_toast (desk, "Handwriting is locked");
  g_assert_true (ink_drawing_is_empty (numeral_canvas_get_drawing (desk->canvas)));
  teach (desk);
  assert_soon (has_failed, desk);
  shown_wait (GTK_WIDGET (desk->pane), "Your handwriting is locked. Unlock it to keep this digit.");
  /* By the keyboard: the message may be above it. */
  g_assert_true (
      gtk_widget_activate (desk_find (GTK_WIDGET (desk->pane), GTK_TYPE_BUTTON, "_Unlock…")));
  unlock (desk);
  assert_soon (is_kept, desk);
  desk_wait_toast (desk, "The drawing of last time is unlocked");
  assert_soon (is_drawn, desk);
  g_assert_cmpuint (count_samples (), ==, 2);
  switch_off (desk);
  g_assert_cmpuint (count_samples (), ==, 2);
  desk_free (desk);
  g_assert_true (is_drawing_plain ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/protect/passphrase", test_protect);
  return g_test_run ();
}
