/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encryption with a keyring: a real secret service, on a bus of its own, with a keyring of its own.
 * Skipped where there is no gnome-keyring-daemon; what happens without a keyring is tested always.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-keyring.h"
#include "numeral-protection.h"
#include "numeral-recovery-text.h"

#define N 3
#define OPTION "--keyring"

static char *program;

static gboolean
run (NumeralHandDb *db,
     const NumeralProtectionRequest *request,
     NumeralProtectionOutcome *outcome,
     GError **error)
{
  NumeralProtectionRequest copy = *request;

  copy.limits = &numeral_slot_limits_least;
  return numeral_protection_run (db, &copy, outcome, NULL, error);
}

static void
run_well (NumeralHandDb *db,
          const NumeralProtectionRequest *request,
          NumeralProtectionOutcome *outcome)
{
  g_autoptr (GError) error = NULL;

  run (db, request, outcome, &error);
  g_assert_no_error (error);
}

static void
act (NumeralHandDb *db, NumeralProtectionAction action, NumeralHandAccess access)
{
  const NumeralProtectionRequest request = { .action = action };
  g_auto (NumeralProtectionOutcome) outcome = { 0 };

  run_well (db, &request, &outcome);
  g_assert_cmpint (outcome.protection.access, ==, access);
}

/* Nothing changes, and a passphrase serves. */
static void
test_no_keyring (void)
{
  const NumeralProtectionRequest by_keyring = { .action = NUMERAL_PROTECTION_ON, .keyring = TRUE };
  const NumeralProtectionRequest by_nothing = { .action = NUMERAL_PROTECTION_ON };
  const NumeralProtectionRequest by_secret = { .action = NUMERAL_PROTECTION_ON,
                                               .passphrase = "correct horse" };
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  hand_test_fill (db, N);
  g_assert_false (run (db, &by_keyring, &outcome, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_KEYRING, "passphrase");
  g_assert_null (outcome.recovery);
  g_assert_false (run (db, &by_nothing, &outcome, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_NO_KEY, "keyring");
  act (db, NUMERAL_PROTECTION_LOOK, NUMERAL_HAND_PLAIN);
  run_well (db, &by_secret, &outcome);
  g_assert_true (outcome.protection.has_passphrase && outcome.protection.has_recovery);
  g_assert_false (outcome.protection.has_keyring);
  act (db, NUMERAL_PROTECTION_LOCK, NUMERAL_HAND_LOCKED);
  {
    const NumeralProtectionRequest typed = { .action = NUMERAL_PROTECTION_UNLOCK,
                                             .recovery = outcome.recovery };
    g_auto (NumeralProtectionOutcome) opened = { 0 };

    run_well (db, &typed, &opened);
    g_assert_cmpint (opened.protection.access, ==, NUMERAL_HAND_UNLOCKED);
  }
  act (db, NUMERAL_PROTECTION_OFF, NUMERAL_HAND_PLAIN);
}

static gboolean
refuse (const char *text, gpointer data, GError **error)
{
  *(gboolean *) data = strlen (text) == 41;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no paper");
  return FALSE;
}

/* A recovery key that cannot be written down: nothing is encrypted. */
static void
test_not_kept (void)
{
  gboolean asked = FALSE;
  const NumeralProtectionRequest request = { .action = NUMERAL_PROTECTION_ON,
                                             .passphrase = "correct horse",
                                             .keep_recovery = refuse,
                                             .data = &asked };
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (run (db, &request, &outcome, &error));
  engine_test_error (&error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "paper");
  g_assert_true (asked);
  g_assert_null (outcome.recovery);
  act (db, NUMERAL_PROTECTION_LOOK, NUMERAL_HAND_PLAIN);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
wait_for (GAsyncResult **result, NumeralProtectionOutcome *outcome, GError **error)
{
  gboolean done;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = numeral_protection_run_finish (*result, outcome, error);
  g_clear_object (result);
  return done;
}

static void
test_async (void)
{
  char secret[] = "correct horse";
  const NumeralProtectionRequest on = { .action = NUMERAL_PROTECTION_ON,
                                        .passphrase = secret,
                                        .limits = &numeral_slot_limits_least };
  const NumeralProtectionRequest wrong = { .action = NUMERAL_PROTECTION_UNLOCK,
                                           .passphrase = "wrong horse" };
  const NumeralProtectionRequest off = { .action = NUMERAL_PROTECTION_OFF };
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  numeral_protection_run_async (db, &on, NULL, on_done, &result);
  /* It has a copy. */
  memset (secret, 'x', sizeof secret - 1);
  g_assert_true (wait_for (&result, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (outcome.recovery), ==, 41);
  act (db, NUMERAL_PROTECTION_LOCK, NUMERAL_HAND_LOCKED);
  numeral_protection_outcome_clear (&outcome);
  numeral_protection_run_async (db, &wrong, NULL, on_done, &result);
  g_assert_false (wait_for (&result, &outcome, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_WRONG_KEY, "passphrase");
  g_cancellable_cancel (cancellable);
  numeral_protection_run_async (db, &off, cancellable, on_done, &result);
  g_assert_false (wait_for (&result, &outcome, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  {
    const NumeralProtectionRequest right = { .action = NUMERAL_PROTECTION_UNLOCK,
                                             .passphrase = "correct horse" };

    run_well (db, &right, &outcome);
  }
  act (db, NUMERAL_PROTECTION_OFF, NUMERAL_HAND_PLAIN);
}

/* In a process on the bus of the test: the keyring is asked for the vault of each action. */
static void
use_keyring (void)
{
  const NumeralProtectionRequest on = { .action = NUMERAL_PROTECTION_ON, .keyring = TRUE };
  const NumeralProtectionRequest unlock = { .action = NUMERAL_PROTECTION_UNLOCK, .keyring = TRUE };
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  g_auto (NumeralProtectionOutcome) outcome = { 0 };
  g_autoptr (NumeralKey) gone = NULL;
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  hand_test_fill (db, N);
  run_well (db, &on, &outcome);
  g_assert_true (outcome.protection.has_keyring && outcome.protection.has_recovery);
  g_assert_false (outcome.protection.has_passphrase);
  for (guint i = 0; i < 2; i++)
    {
      act (db, NUMERAL_PROTECTION_LOCK, NUMERAL_HAND_LOCKED);
      numeral_protection_outcome_clear (&outcome);
      run_well (db, &unlock, &outcome);
      g_assert_cmpint (outcome.protection.access, ==, NUMERAL_HAND_UNLOCKED);
      g_assert_true (numeral_hand_db_count (db, 0, &counts, NULL));
      g_assert_cmpuint (counts.n, >=, N);
    }
  act (db, NUMERAL_PROTECTION_REMOVE_KEYRING, NUMERAL_HAND_UNLOCKED);
  act (db, NUMERAL_PROTECTION_LOCK, NUMERAL_HAND_LOCKED);
  g_assert_false (run (db, &unlock, &outcome, &error));
  engine_test_error (&error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_NO_KEY, "keyring");
}

/* Runs use_keyring() under dbus-run-session with a new keyring. */
static void
test_service (void)
{
  static const char script[] =
      "printf secret | gnome-keyring-daemon --foreground --unlock --components=secrets &\n"
      "trap \"kill $!\" EXIT\n"
      "gdbus wait --session --timeout 60 org.freedesktop.secrets && \"$0\" " OPTION;
  g_autofree char *runner = g_find_program_in_path ("dbus-run-session");
  g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *home = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  if (runner == NULL || daemon == NULL)
    {
      g_test_skip ("there is no gnome-keyring-daemon, or no dbus-run-session");
      return;
    }
  home = engine_test_folder ();
  g_chmod (home, 0700);
  launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  /* The daemon and the bus are not those that are tested. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  /* libsecret 0.20 loses the messages of some answers of the service. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "detect_leaks=0:abort_on_error=1", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, runner, "--", "bash", "-c", script,
                                         program, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", out);
  g_assert_true (g_subprocess_get_successful (process));
  engine_test_remove (home);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  int status;

  if (argc == 2 && g_str_equal (argv[1], OPTION))
    {
      use_keyring ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  home = engine_test_folder ();
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  /* The keyring of the person who runs this is not asked. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_add_func ("/engine/protection/no-keyring", test_no_keyring);
  g_test_add_func ("/engine/protection/not-kept", test_not_kept);
  g_test_add_func ("/engine/protection/async", test_async);
  g_test_add_func ("/engine/protection/service", test_service);
  status = g_test_run ();
  engine_test_remove (home);
  return status;
}
