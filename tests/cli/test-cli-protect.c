/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Encrypted handwriting: each test continues where the one before it ends. */

static char *
secret_file (const char *name, const char *text)
{
  g_autofree char *path = g_strdup (cli_path (name));

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&path);
}

static void
test_off (void)
{
  g_autoptr (CliRun) status = cli_run ("protect", "status", NULL);
  g_autoptr (CliRun) off = cli_run ("protect", "off", NULL);
  g_autoptr (CliRun) check = cli_run ("protect", "check", NULL);
  g_autoptr (CliRun) nothing = cli_run ("protect", NULL);
  g_autoptr (CliRun) two = cli_run ("protect", "on", "off", NULL);
  g_autoptr (CliRun) wrong = cli_run ("protect", "open", NULL);
  g_autoptr (CliRun) json = cli_run ("protect", "check", "--json", NULL);

  cli_assert_ok (status);
  g_assert_nonnull (strstr (status->out, "not encrypted"));
  cli_assert_error (off, 1, "not encrypted");
  cli_assert_error (check, 1, "not encrypted");
  cli_assert_error (nothing, 2, "say one thing");
  cli_assert_error (two, 2, "say one thing");
  cli_assert_error (wrong, 2, "none of");
  cli_assert_error (json, 2, "does not take");
}

static void
test_on (void)
{
  g_autofree char *ink = g_build_filename (g_getenv ("NUMERAL_SAMPLES"), "digit-4.inkml", NULL);
  g_autofree char *secret = secret_file ("secret", "correct horse\n");
  g_autofree char *weak = secret_file ("weak", "horse\n");
  g_autofree char *recovery = g_strdup (cli_path ("recovery"));
  g_autoptr (CliRun) add = cli_run ("handwriting", "add", "--label", "4", ink, NULL);
  g_autoptr (CliRun) too_short = cli_run ("protect", "on", "--passphrase-file", weak, NULL);
  g_autoptr (CliRun) taken =
      cli_run ("protect", "on", "--passphrase-file", secret, "--recovery-out", weak, NULL);
  g_autoptr (CliRun) missing =
      cli_run ("protect", "on", "--passphrase-file", cli_path ("nowhere"), NULL);
  g_autoptr (CliRun) plain = cli_run ("handwriting", "count", NULL);
  g_autoptr (CliRun) on = NULL, again = NULL, status = NULL;
  GStatBuf info;

  cli_assert_ok (add);
  cli_assert_error (too_short, 1, "at least 8");
  cli_assert_error (taken, 1, "could not be written");
  cli_assert_error (missing, 1, "nowhere");
  cli_assert_ok (plain);
  on = cli_run ("protect", "on", "--passphrase-file", secret, "--recovery-out", recovery, NULL);
  cli_assert_ok (on);
  g_assert_cmpint (g_stat (recovery, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  again = cli_run ("protect", "on", "--passphrase-file", secret, NULL);
  cli_assert_error (again, 1, "already");
  status = cli_run ("protect", "status", "--json", NULL);
  cli_assert_ok (status);
  g_assert_cmpstr (status->out, ==,
                   "{\"encrypted\":true,\"passphrase\":true,\"recovery_key\":true,"
                   "\"keyring\":false,\"unfinished\":false}\n");
}

/* Every verb takes the key in the same way. */
static void
test_key (void)
{
  const char *secret = cli_path ("secret"), *recovery = cli_path ("recovery");
  g_autofree char *wrong = secret_file ("wrong", "wrong horse\n");
  g_autofree char *slip = secret_file ("slip", "7K2QH\n");
  g_autofree char *folder = g_strdup (cli_path ("exported"));
  g_autoptr (CliRun) locked = cli_run ("handwriting", "count", NULL);
  g_autoptr (CliRun) no = cli_run ("handwriting", "count", "--passphrase-file", wrong, NULL);
  g_autoptr (CliRun) typed = cli_run ("handwriting", "list", "--recovery-key-file", slip, NULL);
  g_autoptr (CliRun) list = cli_run ("handwriting", "list", "--passphrase-file", secret, NULL);
  g_autoptr (CliRun) data =
      cli_run ("evaluate", "handwriting", "--recovery-key-file", recovery, NULL);
  g_autoptr (CliRun) data_locked = cli_run ("evaluate", "handwriting", NULL);
  g_autoptr (CliRun) export =
      cli_run ("handwriting", "export", "--passphrase-file", secret, "--out", folder, NULL);

  cli_assert_error (locked, 1, "--passphrase-file");
  cli_assert_error (no, 1, "not the passphrase");
  cli_assert_error (typed, 1, "35");
  cli_assert_ok (list);
  g_assert_nonnull (strstr (list->out, "  4 "));
  cli_assert_ok (data);
  cli_assert_error (data_locked, 1, "--passphrase-file");
  cli_assert_ok (export);
  g_assert_nonnull (strstr (export->out, "not encrypted"));
}

static void
test_change (void)
{
  const char *secret = cli_path ("secret"), *recovery = cli_path ("recovery");
  g_autofree char *newer = secret_file ("newer", "another horse\n");
  g_autofree char *key = g_strdup (cli_path ("recovery-2"));
  g_autoptr (CliRun) set = cli_run ("protect", "passphrase", "--passphrase-file", secret,
                                    "--new-passphrase-file", newer, NULL);
  g_autoptr (CliRun) old = cli_run ("protect", "check", "--passphrase-file", secret, NULL);
  g_autoptr (CliRun) check = cli_run ("protect", "check", "--passphrase-file", newer, NULL);
  g_autoptr (CliRun) make = cli_run ("protect", "recovery-key", "--recovery-key-file", recovery,
                                     "--recovery-out", key, NULL);
  g_autoptr (CliRun) old_key = cli_run ("protect", "check", "--recovery-key-file", recovery, NULL);
  g_autoptr (CliRun) new_key = cli_run ("protect", "check", "--recovery-key-file", key, NULL);
  g_autoptr (CliRun) off = cli_run ("protect", "off", "--recovery-key-file", key, NULL);
  g_autoptr (CliRun) count = cli_run ("handwriting", "count", NULL);

  cli_assert_ok (set);
  cli_assert_error (old, 1, "not the passphrase");
  cli_assert_ok (check);
  cli_assert_ok (make);
  cli_assert_error (old_key, 1, "older");
  cli_assert_ok (new_key);
  cli_assert_ok (off);
  cli_assert_ok (count);
  g_assert_nonnull (strstr (count->out, "together: 1"));
}

int
main (int argc, char **argv)
{
  int terminal;

  cli_fixture_begin (&argc, &argv);
  g_setenv ("XDG_DATA_HOME", cli_path ("home"), TRUE);
  /* Nobody is asked for a passphrase. */
  terminal = g_open ("/dev/tty", O_RDWR | O_CLOEXEC, 0);
  if (terminal >= 0)
    {
      ioctl (terminal, TIOCNOTTY);
      close (terminal);
    }
  /* No bus is started for a test, and no keyring of the person who runs it is asked. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_add_func ("/cli/protect/off", test_off);
  g_test_add_func ("/cli/protect/on", test_on);
  g_test_add_func ("/cli/protect/key", test_key);
  g_test_add_func ("/cli/protect/change", test_change);
  return cli_fixture_end ();
}
