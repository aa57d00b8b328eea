/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-unlock.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-secret.h"
#include "numeral-protection.h"
#include "numeral-sealed-file.h"

/* Of the command line. */
static char *passphrase_file, *recovery_file;

static const GOptionEntry entries[] = {
  { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
    N_ ("Read the passphrase of your handwriting here; - is the standard input"), N_ ("FILE") },
  { "recovery-key-file", 0, 0, G_OPTION_ARG_FILENAME, &recovery_file,
    N_ ("Unlock your handwriting with the recovery key in this file"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry *
cli_unlock_entries (void)
{
  return entries;
}

gboolean
cli_unlock_is_given (void)
{
  return passphrase_file != NULL || recovery_file != NULL;
}

gboolean
cli_unlock_get_passphrase (char **text, GError **error)
{
  *text = passphrase_file != NULL ? cli_secret_read (passphrase_file, error) : NULL;
  return passphrase_file == NULL || *text != NULL;
}

static gboolean
run (NumeralHandDb *db, const char *passphrase, const char *recovery, GError **error)
{
  const NumeralProtectionRequest request = { .action = NUMERAL_PROTECTION_UNLOCK,
                                             .passphrase = passphrase,
                                             .recovery = recovery,
                                             .keyring = passphrase == NULL && recovery == NULL };
  g_auto (NumeralProtectionOutcome) outcome = { 0 };

  return numeral_protection_run (db, &request, &outcome, NULL, error);
}

/* What the options name. */
static gboolean
unlock_by_file (NumeralHandDb *db, GError **error)
{
  const gboolean is_passphrase = passphrase_file != NULL;
  char *text = cli_secret_read (is_passphrase ? passphrase_file : recovery_file, error);
  gboolean done;

  if (text == NULL)
    return FALSE;
  done = run (db, is_passphrase ? text : NULL, is_passphrase ? NULL : text, error);
  cli_secret_free (text);
  return done;
}

static gboolean
unlock_by_hand (NumeralHandDb *db, gboolean has_passphrase, GError **error)
{
  char *text = cli_secret_ask (has_passphrase ? _ ("Passphrase of your handwriting: ") :
                                                _ ("Recovery key of your handwriting: "),
                               error);
  gboolean done;

  if (text == NULL)
    return FALSE;
  done = run (db, has_passphrase ? text : NULL, has_passphrase ? NULL : text, error);
  cli_secret_free (text);
  return done;
}

gboolean
cli_unlock (NumeralHandDb *db, GError **error)
{
  NumeralHandProtection protection;

  if (!numeral_hand_db_get_protection (db, &protection, error))
    return FALSE;
  if (protection.access != NUMERAL_HAND_LOCKED)
    return TRUE;
  if (cli_unlock_is_given ())
    return unlock_by_file (db, error);
  /* Without one, the passphrase is asked for. */
  if (protection.has_keyring && run (db, NULL, NULL, NULL))
    return TRUE;
  if (cli_secret_can_ask ())
    return unlock_by_hand (db, protection.has_passphrase, error);
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                               _ ("your handwriting is encrypted; give --passphrase-file or "
                                  "--recovery-key-file"));
}

/* Of a file that is encrypted with the key of the handwriting. */
static gboolean
unlock_file (const guint8 *id, GError **error)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (NULL);
  NumeralHandProtection protection;

  if (!numeral_hand_db_get_protection (db, &protection, error))
    return FALSE;
  if (protection.access == NUMERAL_HAND_PLAIN ||
      memcmp (protection.id, id, sizeof protection.id) != 0)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_LOCKED,
                                 _ ("this file is encrypted with another key than your "
                                    "handwriting"));
  return cli_unlock (db, error);
}

void
cli_unlock_init (void)
{
  numeral_hand_db_set_unlocker (cli_unlock);
  numeral_sealed_file_set_unlocker (unlock_file);
}
