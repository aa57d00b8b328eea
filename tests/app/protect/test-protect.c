/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own handwriting is encrypted in the window, locked at the next start, unlocked and
 * decrypted, by pointer and keyboard. */

#include <adwaita.h>
#include <string.h>

#include "numeral-hand-db.h"
#include "numeral-hand-file.h"
#include "numeral-protect-dialog.h"
#include "numeral-unlock-dialog.h"
#include "protect-scene.h"
#include "shown.h"
#include "wait.h"

#define PASSPHRASE "seven and nine"
#define WRONG "seven and four"

static const double seven[][2] = { { 300, 250 }, { 420, 245 }, { 560, 240 }, { 690, 245 },
                                   { 630, 350 }, { 570, 470 }, { 510, 600 }, { 460, 740 } };

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

/* Without a keyring the dialog says so, and goes on with a passphrase. Nothing is encrypted before
 * the person has the recovery key. */
static void
switch_on (Desk *desk)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);

  protect_scene_click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "The desktop has no keyring");
  protect_scene_type (desk, "seven");
  shown_wait (dialog, "3 more letters are needed.");
  protect_scene_type (desk, PASSPHRASE + strlen ("seven"));
  shown_wait (dialog, "The two are not the same yet.");
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "It is not shown again.");
  g_assert_cmpint (numeral_protector_get (protect_scene_get_protector (desk))->access, ==,
                   NUMERAL_HAND_PLAIN);
  g_assert_true (is_drawing_plain ());
  hand_key (desk->hand, GDK_KEY_space, 0);
  protect_scene_click (desk, dialog, "_Protect");
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);
  desk_wait_toast (desk, "Your handwriting is protected");
}

/* Who refuses the recovery key changes nothing. */
static void
cancel (Desk *desk)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);

  protect_scene_click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "The desktop has no keyring");
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "It is not shown again.");
  hand_key (desk->hand, GDK_KEY_Escape, 0);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  g_assert_cmpint (numeral_protector_get (protect_scene_get_protector (desk))->access, ==,
                   NUMERAL_HAND_PLAIN);
}

/* A wrong passphrase is told in the dialog, which stays. */
static void
unlock (Desk *desk)
{
  GtkWidget *dialog = protect_scene_take_dialog (desk, NUMERAL_TYPE_UNLOCK_DIALOG);

  protect_scene_type (desk, WRONG);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  shown_wait (dialog, "This is not the passphrase");
  g_assert_true (numeral_protector_is_locked (protect_scene_get_protector (desk)));
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_UNLOCK_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);
}

static void
switch_off (Desk *desk)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.unprotect", NUMERAL_TYPE_PROTECT_DIALOG);

  protect_scene_click (desk, dialog, "_Switch Off");
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_PLAIN);
}

static gboolean
is_drawn (gpointer desk)
{
  gboolean can_redo;

  g_object_get (((Desk *) desk)->canvas, "can-redo", &can_redo, NULL);
  return can_redo;
}

static gboolean
has_no_toast (gpointer desk)
{
  return !desk_find (GTK_WIDGET (((Desk *) desk)->window), g_type_from_name ("AdwToastWidget"),
                     NULL);
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
  protect_scene_wait_access (desk, NUMERAL_HAND_PLAIN);
  cancel (desk);
  switch_on (desk);
  g_assert_false (is_drawing_plain ());
  desk_free (desk);
  protect_scene_lock ();

  /* The drawing of last time is locked, too; drawing and reading go on. */
  desk = desk_reopen (960, 700);
  protect_scene_wait_access (desk, NUMERAL_HAND_LOCKED);
  desk_wait_toast (desk, "Handwriting is locked");
  g_assert_true (ink_drawing_is_empty (numeral_canvas_get_drawing (desk->canvas)));
  teach (desk);
  assert_soon (has_failed, desk);
  shown_wait (GTK_WIDGET (desk->pane), "Your handwriting is locked. Unlock it to keep this digit.");
  /* The message that it is locked, which was above it, goes long before its five seconds. */
  assert_soon (has_no_toast, desk);
  protect_scene_click (desk, GTK_WIDGET (desk->pane), "_Unlock…");
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
