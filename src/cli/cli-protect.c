/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli-json.h"
#include "cli-options.h"
#include "cli-output.h"
#include "cli-secret.h"
#include "cli-unlock.h"
#include "cli-verbs.h"
#include "numeral-protection.h"

typedef struct
{
  char **words;
  char *new_passphrase_file, *recovery_out;
  gboolean keyring, json;
} Options;

static void
options_clear (Options *o)
{
  g_strfreev (o->words);
  g_free (o->new_passphrase_file);
  g_free (o->recovery_out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Before it is used, so that there is no encryption with a key that nobody has. */
static gboolean
keep_recovery (const char *text, gpointer data, GError **error)
{
  const Options *o = data;

  if (o->recovery_out != NULL)
    return cli_secret_write (o->recovery_out, text, error);
  cli_print (_ ("Recovery key: %s\n"), text);
  cli_print (_ ("Write it down, and keep it elsewhere: it opens your handwriting when nothing else "
                "does. It is not shown again.\n"));
  if (cli_output_finish (CLI_OK) == CLI_OK)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("the recovery key could not be printed, and nothing was changed"));
  return FALSE;
}

static gboolean
run_request (NumeralHandDb *db, NumeralProtectionRequest request, const Options *o, GError **error)
{
  g_auto (NumeralProtectionOutcome) outcome = { 0 };

  request.keep_recovery = keep_recovery;
  request.data = (gpointer) o;
  return numeral_protection_run (db, &request, &outcome, NULL, error);
}

static gboolean
run_action (NumeralHandDb *db, NumeralProtectionAction action, const Options *o, GError **error)
{
  return run_request (db, (NumeralProtectionRequest){ .action = action }, o, error);
}

/* A new passphrase, typed twice. */
static char *
ask_new (GError **error)
{
  char *first, *second;

  if (!cli_secret_can_ask ())
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                            _ ("there is no terminal to ask for a passphrase; read it from a "
                               "file"));
      return NULL;
    }
  first = cli_secret_ask (_ ("New passphrase: "), error);
  second = first != NULL ? cli_secret_ask (_ ("The same again: "), error) : NULL;
  if (second != NULL && !g_str_equal (first, second))
    numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_WRONG_KEY,
                          _ ("the two passphrases differ, and nothing was changed"));
  else if (second != NULL)
    {
      cli_secret_free (second);
      return first;
    }
  cli_secret_free (first);
  cli_secret_free (second);
  return NULL;
}

static gboolean
run_on (NumeralHandDb *db, const Options *o, GError **error)
{
  NumeralProtectionRequest request = { .action = NUMERAL_PROTECTION_ON, .keyring = o->keyring };
  char *passphrase = NULL;
  gboolean done;

  if (!cli_unlock_get_passphrase (&passphrase, error))
    return FALSE;
  if (passphrase == NULL && !o->keyring)
    {
      passphrase = ask_new (error);
      if (passphrase == NULL)
        return FALSE;
    }
  request.passphrase = passphrase;
  done = run_request (db, request, o, error);
  cli_secret_free (passphrase);
  if (done)
    cli_print (
        _ ("Your handwriting is encrypted now. Copies that you have made before are not.\n"));
  return done;
}

static gboolean
run_off (NumeralHandDb *db, const Options *o, GError **error)
{
  if (!cli_unlock (db, error) || !run_action (db, NUMERAL_PROTECTION_OFF, o, error))
    return FALSE;
  cli_print (_ ("Your handwriting is not encrypted any more.\n"));
  return TRUE;
}

static void
print_json (const NumeralHandProtection *protection)
{
  g_auto (CliJson) json = { 0 };

  cli_json_init (&json);
  cli_json_begin_object (&json);
  cli_json_key (&json, "encrypted");
  cli_json_boolean (&json, protection->access != NUMERAL_HAND_PLAIN);
  cli_json_key (&json, "passphrase");
  cli_json_boolean (&json, protection->has_passphrase);
  cli_json_key (&json, "recovery_key");
  cli_json_boolean (&json, protection->has_recovery);
  cli_json_key (&json, "keyring");
  cli_json_boolean (&json, protection->has_keyring);
  cli_json_key (&json, "unfinished");
  cli_json_boolean (&json, protection->unfinished);
  cli_json_end_object (&json);
  cli_json_print_line (&json);
}

static gboolean
run_status (NumeralHandDb *db, const Options *o, GError **error)
{
  NumeralHandProtection protection;

  if (!numeral_hand_db_get_protection (db, &protection, error))
    return FALSE;
  if (o->json)
    {
      print_json (&protection);
      return TRUE;
    }
  if (protection.access == NUMERAL_HAND_PLAIN)
    cli_print (_ ("Your handwriting is not encrypted.\n"));
  else
    cli_print (_ ("Your handwriting is encrypted. It opens with:\n"));
  if (protection.has_passphrase)
    cli_print (_ ("  the passphrase\n"));
  if (protection.has_recovery)
    cli_print (_ ("  the recovery key\n"));
  if (protection.has_keyring)
    cli_print (_ ("  the keyring of the desktop\n"));
  if (protection.unfinished)
    cli_print (_ ("Some files are still to be converted; that is done when it is unlocked.\n"));
  return TRUE;
}

static gboolean
run_check (NumeralHandDb *db, const Options *o, GError **error)
{
  NumeralHandProtection protection;

  if (!numeral_hand_db_get_protection (db, &protection, error))
    return FALSE;
  if (protection.access == NUMERAL_HAND_PLAIN)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                 _ ("your handwriting is not encrypted"));
  if (!cli_unlock (db, error))
    return FALSE;
  cli_print (_ ("The key is right.\n"));
  return TRUE;
}

static gboolean
run_passphrase (NumeralHandDb *db, const Options *o, GError **error)
{
  NumeralProtectionRequest request = { .action = NUMERAL_PROTECTION_SET_PASSPHRASE };
  char *passphrase;
  gboolean done;

  if (!cli_unlock (db, error))
    return FALSE;
  passphrase = o->new_passphrase_file != NULL ? cli_secret_read (o->new_passphrase_file, error) :
                                                ask_new (error);
  if (passphrase == NULL)
    return FALSE;
  request.passphrase = passphrase;
  done = run_request (db, request, o, error);
  cli_secret_free (passphrase);
  if (done)
    cli_print (_ ("The passphrase is set.\n"));
  return done;
}

static gboolean
run_recovery (NumeralHandDb *db, const Options *o, GError **error)
{
  if (!cli_unlock (db, error) || !run_action (db, NUMERAL_PROTECTION_NEW_RECOVERY, o, error))
    return FALSE;
  cli_print (_ ("The old recovery key opens nothing any more.\n"));
  return TRUE;
}

static gboolean
run_keyring (NumeralHandDb *db, const Options *o, GError **error)
{
  if (!cli_unlock (db, error) || !run_action (db, NUMERAL_PROTECTION_ADD_KEYRING, o, error))
    return FALSE;
  cli_print (_ ("The keyring opens your handwriting now.\n"));
  return TRUE;
}

static gboolean
run_no_keyring (NumeralHandDb *db, const Options *o, GError **error)
{
  if (!cli_unlock (db, error) || !run_action (db, NUMERAL_PROTECTION_REMOVE_KEYRING, o, error))
    return FALSE;
  cli_print (_ ("The keyring does not open your handwriting any more.\n"));
  return TRUE;
}

typedef struct
{
  const char *name;
  gboolean takes_keyring, takes_json, takes_new, takes_out;
  gboolean (*run) (NumeralHandDb *db, const Options *o, GError **error);
} Action;

static const Action actions[] = {
  { "on", TRUE, FALSE, FALSE, TRUE, run_on },
  { "off", FALSE, FALSE, FALSE, FALSE, run_off },
  { "status", FALSE, TRUE, FALSE, FALSE, run_status },
  { "check", FALSE, FALSE, FALSE, FALSE, run_check },
  { "passphrase", FALSE, FALSE, TRUE, FALSE, run_passphrase },
  { "recovery-key", FALSE, FALSE, FALSE, TRUE, run_recovery },
  { "keyring", FALSE, FALSE, FALSE, FALSE, run_keyring },
  { "no-keyring", FALSE, FALSE, FALSE, FALSE, run_no_keyring },
};

static int
check (const Options *o, const Action **action, const char *verb)
{
  *action = NULL;
  if (o->words == NULL || o->words[0] == NULL || o->words[1] != NULL)
    return cli_usage_error (verb, _ ("say one thing to do: on, off, status, check, passphrase, "
                                     "recovery-key, keyring or no-keyring"));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (o->words[0], actions[i].name))
      *action = &actions[i];
  if (*action == NULL)
    return cli_usage_error (verb,
                            _ ("“%s” is none of on, off, status, check, passphrase, recovery-key, "
                               "keyring and no-keyring"),
                            o->words[0]);
  if ((o->keyring && !(*action)->takes_keyring) || (o->json && !(*action)->takes_json) ||
      (o->new_passphrase_file != NULL && !(*action)->takes_new) ||
      (o->recovery_out != NULL && !(*action)->takes_out))
    return cli_usage_error (verb, _ ("%s does not take one of these options"), o->words[0]);
  return CLI_OK;
}

int
cli_protect (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  const GOptionEntry entries[] = {
    { "keyring", 0, 0, G_OPTION_ARG_NONE, &o.keyring,
      N_ ("Keep a key in the keyring of the desktop: on"), NULL },
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &o.new_passphrase_file,
      N_ ("Read the new passphrase here and not from the terminal: passphrase"), N_ ("FILE") },
    { "recovery-out", 0, 0, G_OPTION_ARG_FILENAME, &o.recovery_out,
      N_ ("Write the recovery key into this new file: on and recovery-key"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print JSON: status"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.words, NULL, N_ ("ACTION") },
    G_OPTION_ENTRY_NULL,
  };
  const CliOptions options = {
    "protect",
    _ ("Encrypts the samples of your handwriting, the last drawing, the model that has learned "
       "your hand, and the runs of the window that learn from it."),
    _ ("Actions:\n"
       "  on            Encrypt; with a passphrase, the keyring, or both\n"
       "  off           Decrypt\n"
       "  status        Say whether it is on, and what opens it\n"
       "  check         Say whether the key is right\n"
       "  passphrase    Set another passphrase\n"
       "  recovery-key  Make another recovery key\n"
       "  keyring       Keep a key in the keyring\n"
       "  no-keyring    Take it out of the keyring"),
    entries,
    NULL,
  };
  g_autoptr (NumeralHandDb) db = NULL;
  g_autoptr (GError) error = NULL;
  const Action *action;
  int status;

  if (!cli_options_parse (&options, argc, argv, &status))
    return status;
  status = check (&o, &action, options.verb);
  if (status != CLI_OK)
    return status;
  db = numeral_hand_db_new (NULL);
  if (action->run (db, &o, &error))
    return CLI_OK;
  cli_error ("%s", error->message);
  return CLI_FAILED;
}
