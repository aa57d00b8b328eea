/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own handwriting is protected by the keyring of the desktop: a real one, on the bus of the
 * test. Skipped where there is no gnome-keyring-daemon. */

#include <adwaita.h>

#include "numeral-protect-dialog.h"
#include "numeral-unlock-dialog.h"
#include "protect-scene.h"
#include "shown.h"
#include "wait.h"

#define PASSPHRASE "seven and nine"

static gboolean
has_keyring (gpointer bus)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", "org.freedesktop.secrets"),
                                   G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = FALSE;

  if (reply)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* (transfer full) (nullable): a keyring that is open, in the folders of the test. */
static GSubprocess *
start_keyring (void)
{
  static const char password[] = "secret";
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *keyring;
  GOutputStream *input;

  if (!program)
    return NULL;
  launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  /* It is not what is tested. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  keyring = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--unlock",
                                         "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (keyring);
  g_output_stream_write_all (input, password, sizeof password - 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  assert_soon (has_keyring, bus);
  return keyring;
}

static const NumeralHandProtection *
look (Desk *desk)
{
  return numeral_protector_get (protect_scene_get_protector (desk));
}

/* The person chooses nothing but to go on, and keeps the recovery key. */
static void
switch_on (Desk *desk)
{
  GtkWidget *dialog = protect_scene_open (desk, "win.protect", NUMERAL_TYPE_PROTECT_DIALOG);

  protect_scene_click (desk, dialog, "Con_tinue");
  shown_wait (dialog, "It is not shown again.");
  hand_click (desk->hand, desk_find (dialog, GTK_TYPE_LABEL, "have this key on paper"));
  protect_scene_click (desk, dialog, "_Protect");
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);
  g_assert_true (look (desk)->has_keyring);
  g_assert_false (look (desk)->has_passphrase);
}

static void
set_passphrase (Desk *desk)
{
  protect_scene_open (desk, "win.set-passphrase", NUMERAL_TYPE_PROTECT_DIALOG);
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  hand_key (desk->hand, GDK_KEY_Tab, 0);
  protect_scene_type (desk, PASSPHRASE);
  hand_key (desk->hand, GDK_KEY_Return, 0);
  protect_scene_wait_closed (desk, NUMERAL_TYPE_PROTECT_DIALOG);
  desk_wait_toast (desk, "The passphrase is set");
}

static void
test_keyring (void)
{
  g_autoptr (GSubprocess) keyring = start_keyring ();
  GtkWidget *dialog;
  Desk *desk;

  if (!keyring)
    {
      g_test_skip ("there is no gnome-keyring-daemon");
      return;
    }
  desk = desk_new (960, 700);
  protect_scene_wait_access (desk, NUMERAL_HAND_PLAIN);
  switch_on (desk);
  desk_free (desk);
  protect_scene_lock ();

  /* At the next start the keyring unlocks it, and nothing is asked. */
  desk = desk_reopen (960, 700);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);

  /* After a lock by hand it is unlocked by the keyring when the person says so. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.lock", NULL));
  protect_scene_wait_access (desk, NUMERAL_HAND_LOCKED);
  dialog = protect_scene_open (desk, "win.unlock", NUMERAL_TYPE_UNLOCK_DIALOG);
  protect_scene_click (desk, dialog, "Try the _Keyring");
  protect_scene_wait_closed (desk, NUMERAL_TYPE_UNLOCK_DIALOG);
  protect_scene_wait_access (desk, NUMERAL_HAND_UNLOCKED);

  /* A passphrase takes its place. */
  set_passphrase (desk);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.remove-keyring", NULL));
  desk_wait_toast (desk, "The keyring opens nothing any more");
  g_assert_false (look (desk)->has_keyring);
  desk_free (desk);
  protect_scene_lock ();
  desk = desk_reopen (960, 700);
  protect_scene_wait_access (desk, NUMERAL_HAND_LOCKED);
  desk_free (desk);
  g_subprocess_force_exit (keyring);
  g_subprocess_wait (keyring, NULL, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/protect/keyring", test_keyring);
  return g_test_run ();
}
