/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of one's own handwriting in the window: the recovery key is saved and unlocks it, and
 * the passphrase and the recovery key are replaced. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ink-generator.h"
#include "numeral-hand-db.h"
#include "numeral-protect-dialog.h"
#include "numeral-protection.h"
#include "numeral-unlock-dialog.h"
#include "protect-scene.h"
#include "shown.h"
#include "wait.h"

#define FIRST "seven and nine"
#define SECOND "eight and nine"

static void
keep_sample (void)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (NumeralHandSample) sample = NULL;
  InkGenerator generator;

  ink_generator_init (&generator, 1, 1);
  drawing = ink_generator_digit (&generator, 7, NULL);
  sample = numeral_hand_sample_new (drawing, 7);
  g_assert_true (numeral_hand_db_add (db, &sample, 1, NULL, NULL));
}

static void
type_twice (Desk *desk, const char *passphrase)
{
  protect_scene_type (desk, passphrase);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  protect_scene_type (desk, passphrase);
  hand_key (desk->hand, GDK_KEY_Return, 0);
}

/* (transfer full): the recovery key that a dialog shows, on one line. */
static char *
read_shown (GtkWidget *dialog)
{
  g_auto (GStrv) lines = NULL;
  GtkWidget *label = NULL;

  shown_wait (dialog, "It is not shown again.");
  /* Above the button that copies it. */
  label = gtk_widget_get_prev_sibling (
      gtk_widget_get_parent (desk_find (dialog, GTK_TYPE_BUTTON, "C_opy")));
  label = desk_find (label, GTK_TYPE_LABEL, "-");
  g_assert_nonnull (label);
  lines = g_strsplit (gtk_label_get_text (GTK_LABEL (label)), "\n", -1);
  return g_strjoinv ("", lines);
}

/* The person has the key now. */
static void
accept (Desk *desk, GtkWidget *dialog, const char *label)
{
  hand_click (desk->hand, desk_find (dialog, GTK_TYPE_LABEL, "have this key on paper"));
  protect_scene_click (desk, dialog, label);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
}

static gboolean
has_file (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Saves the key that is shown: the file is the person's alone, and the key is in it. */
static void
save_key (Desk *desk, GtkWidget *dialog, const char *key)
{
  g_autofree char *folder = g_dir_make_tmp ("numeral-key-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "recovery-key.txt", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autofree char *text = NULL;
  GtkWidget *chooser;
  GStatBuf info;

  protect_scene_click (desk, dialog, "_Save…");
  chooser = protect_scene_take_dialog (desk, GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), place, NULL));
  protect_scene_click (desk, chooser, "_Save");
  assert_soon (has_file, path);
  shown_wait (dialog, "recovery-key.txt");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, key));
  g_assert_nonnull (strstr (text, "Keep it away from the computer"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  hand_focus (desk->hand, GTK_WINDOW (dialog));
}

/* (transfer full): the recovery key */
static char *
switch_on (Desk *desk)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);
  char *key;

  protect_scene_click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "The desktop has no keyring");
  type_twice (desk, FIRST);
  key = read_shown (dialog);
  save_key (desk, dialog, key);
  accept (desk, dialog, "_Protect");
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);
  return key;
}

static void
lock (Desk *desk)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.lock", NULL));
  protect_scene_wait_access (desk, NUMERAL_HAND_LOCKED);
}

/* Types a key into the dialog that unlocks, first one that is refused. @refused: (nullable) */
static void
unlock (Desk *desk, gboolean recovery, const char *refused, const char *message, const char *key)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.unlock", NUMERAL_TYPE_UNLOCK_DIALOG);

  if (recovery)
    protect_scene_click (desk, dialog, "Use the _Recovery Key");
  if (refused)
    {
      protect_scene_type (desk, refused);
      hand_key (desk->hand, GDK_KEY_Return, 0);
      shown_wait (dialog, message);
      g_assert_true (numeral_protector_is_locked (protect_scene_get_protector (desk)));
    }
  protect_scene_type (desk, key);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_UNLOCK_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);
}

static void
change_passphrase (Desk *desk)
{
  protect_scene_open (desk, "win.set-passphrase", NUMERAL_TYPE_PROTECT_DIALOG);
  type_twice (desk, SECOND);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  desk_wait_toast (desk, "The passphrase is set");
}

/* (transfer full) */
static char *
change_recovery (Desk *desk)
{
  GtkWidget *dialog =
      protect_scene_open (desk, "win.new-recovery-key", NUMERAL_TYPE_PROTECT_DIALOG);
  char *key;

  protect_scene_click (desk, dialog, "Con_tinue");
  key = read_shown (dialog);
  accept (desk, dialog, "_Use This Key");
  desk_wait_toast (desk, "The old recovery key opens nothing any more");
  return key;
}

static void
test_keys (void)
{
  g_autofree char *first = NULL, *second = NULL;
  Desk *desk;

  keep_sample ();
  desk = desk_new (960, 700);
  protect_scene_wait_access (desk, NUMERAL_HAND_PLAIN);
  first = switch_on (desk);

  lock (desk);
  unlock (desk, TRUE, "abcd", "letters", first);
  change_passphrase (desk);
  lock (desk);
  unlock (desk, FALSE, FIRST, "This is not the passphrase", SECOND);

  second = change_recovery (desk);
  g_assert_cmpstr (first, !=, second);
  lock (desk);
  unlock (desk, TRUE, first, "This is the recovery key of other handwriting, or an older one",
          second);
  desk_free (desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/protect/keys", test_keys);
  return g_test_run ();
}
