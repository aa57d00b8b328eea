/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-protection.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "numeral-keyring.h"
#include "numeral-recovery-text.h"

void
numeral_protection_outcome_clear (NumeralProtectionOutcome *outcome)
{
  g_clear_pointer (&outcome->recovery, numeral_recovery_text_free);
}

/* What an action works with. */
typedef struct
{
  NumeralHandDb *db;
  const NumeralProtectionRequest *request;
  NumeralProtectionOutcome *outcome;
  GCancellable *cancellable;
} Call;

/* Makes a recovery key, and shows it to those who keep it. */
static NumeralKey *
make_recovery (const Call *call, GError **error)
{
  const NumeralProtectionRequest *request = call->request;
  g_autoptr (NumeralKey) key = numeral_key_new_recovery (error);

  if (key == NULL)
    return NULL;
  call->outcome->recovery = numeral_key_dup_recovery_text (key);
  if (request->keep_recovery != NULL &&
      !request->keep_recovery (call->outcome->recovery, request->data, error))
    return NULL;
  return g_steal_pointer (&key);
}

/* Makes a key for the keyring, and keeps it there. */
static NumeralKey *
store_keyring (const Call *call, const guint8 *id, GError **error)
{
  g_autoptr (NumeralKey) key = numeral_key_new_keyring (error);

  return key != NULL && numeral_keyring_store (id, key, NUMERAL_KEYRING_TIMEOUT, call->cancellable,
                                               error) ?
             g_steal_pointer (&key) :
             NULL;
}

/* The keys of a new protection: (transfer full). */
static gboolean
make_keys (const Call *call, NumeralVault *vault, GPtrArray *keys, GError **error)
{
  const NumeralProtectionRequest *request = call->request;
  NumeralKey *key;

  if (request->passphrase == NULL && !request->keyring)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                                 _ ("give a passphrase, or use the keyring"));
  if (request->passphrase != NULL)
    {
      key = numeral_key_new_passphrase (request->passphrase, error);
      if (key == NULL)
        return FALSE;
      g_ptr_array_add (keys, key);
    }
  if (request->keyring)
    {
      key = store_keyring (call, numeral_vault_get_id (vault), error);
      if (key == NULL)
        return FALSE;
      g_ptr_array_add (keys, key);
    }
  /* The last one, so that no key is written down for nothing. */
  key = make_recovery (call, error);
  if (key == NULL)
    return FALSE;
  g_ptr_array_add (keys, key);
  return TRUE;
}

/* Whether there is one of this kind. */
static gboolean
has_key (GPtrArray *keys, NumeralKeyKind kind)
{
  for (guint i = 0; i < keys->len; i++)
    if (numeral_key_get_kind (g_ptr_array_index (keys, i)) == kind)
      return TRUE;
  return FALSE;
}

static gboolean
switch_on (const Call *call, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_key_unref);
  g_autoptr (NumeralVault) vault = NULL;
  NumeralHandProtection before;

  if (!numeral_hand_db_get_protection (call->db, &before, error))
    return FALSE;
  /* Before a key goes into the keyring for nothing. */
  if (before.access != NUMERAL_HAND_PLAIN)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                 _ ("your handwriting is encrypted already"));
  vault = numeral_vault_new (error);
  if (vault == NULL)
    return FALSE;
  if (make_keys (call, vault, keys, error) &&
      numeral_hand_db_protect (call->db, vault, (NumeralKey *const *) keys->pdata, keys->len,
                               call->request->limits, error))
    return TRUE;
  if (has_key (keys, NUMERAL_KEY_KEYRING))
    numeral_keyring_remove (numeral_vault_get_id (vault), NUMERAL_KEYRING_TIMEOUT, NULL, NULL);
  return FALSE;
}

/* The key does not open anything any more, so an error does no harm. */
static void
clean_keyring (const Call *call, const NumeralHandProtection *before)
{
  g_autoptr (GError) error = NULL;

  if (before->has_keyring &&
      !numeral_keyring_remove (before->id, NUMERAL_KEYRING_TIMEOUT, call->cancellable, &error))
    g_message ("A worthless key stays in the keyring: %s", error->message);
}

static gboolean
switch_off (const Call *call, GError **error)
{
  NumeralHandProtection before;

  if (!numeral_hand_db_get_protection (call->db, &before, error) ||
      !numeral_hand_db_unprotect (call->db, error))
    return FALSE;
  clean_keyring (call, &before);
  return TRUE;
}

static NumeralKey *
get_key (const Call *call, GError **error)
{
  const NumeralProtectionRequest *request = call->request;
  NumeralHandProtection protection;

  if (request->passphrase != NULL)
    return numeral_key_new_passphrase (request->passphrase, error);
  if (request->recovery != NULL)
    return numeral_key_parse_recovery (request->recovery, error);
  if (!numeral_hand_db_get_protection (call->db, &protection, error))
    return NULL;
  if (protection.access == NUMERAL_HAND_PLAIN)
    {
      numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                            _ ("your handwriting is not encrypted"));
      return NULL;
    }
  return numeral_keyring_load (protection.id, NUMERAL_KEYRING_TIMEOUT, call->cancellable, error);
}

static gboolean
unlock (const Call *call, GError **error)
{
  g_autoptr (NumeralKey) key = get_key (call, error);

  return key != NULL && numeral_hand_db_unlock (call->db, key, error);
}

static gboolean
lock (const Call *call, GError **error)
{
  return numeral_hand_db_lock (call->db, error);
}

static gboolean
look (const Call *call, GError **error)
{
  return TRUE;
}

static gboolean
set_passphrase (const Call *call, GError **error)
{
  const char *text = call->request->passphrase;
  g_autoptr (NumeralKey) key = numeral_key_new_passphrase (text != NULL ? text : "", error);

  return key != NULL && numeral_hand_db_set_key (call->db, key, call->request->limits, error);
}

static gboolean
remove_passphrase (const Call *call, GError **error)
{
  return numeral_hand_db_remove_key (call->db, NUMERAL_KEY_PASSPHRASE, error);
}

/* For actions that write down a key before they use it. */
static gboolean
check_unlocked (const Call *call, NumeralHandProtection *protection, GError **error)
{
  if (!numeral_hand_db_get_protection (call->db, protection, error))
    return FALSE;
  if (protection->access == NUMERAL_HAND_PLAIN)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                 _ ("your handwriting is not encrypted"));
  if (protection->access == NUMERAL_HAND_UNLOCKED)
    return TRUE;
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED,
               _ ("unlock your handwriting first"));
  return FALSE;
}

static gboolean
new_recovery (const Call *call, GError **error)
{
  g_autoptr (NumeralKey) key = NULL;
  NumeralHandProtection protection;

  if (!check_unlocked (call, &protection, error))
    return FALSE;
  key = make_recovery (call, error);
  return key != NULL && numeral_hand_db_set_key (call->db, key, NULL, error);
}

static gboolean
add_keyring (const Call *call, GError **error)
{
  g_autoptr (NumeralKey) key = NULL;
  NumeralHandProtection protection;

  if (!check_unlocked (call, &protection, error))
    return FALSE;
  key = store_keyring (call, protection.id, error);
  return key != NULL && numeral_hand_db_set_key (call->db, key, NULL, error);
}

static gboolean
remove_keyring (const Call *call, GError **error)
{
  NumeralHandProtection before;

  if (!check_unlocked (call, &before, error) ||
      !numeral_hand_db_remove_key (call->db, NUMERAL_KEY_KEYRING, error))
    return FALSE;
  clean_keyring (call, &before);
  return TRUE;
}

gboolean
numeral_protection_run (NumeralHandDb *db,
                        const NumeralProtectionRequest *request,
                        NumeralProtectionOutcome *outcome,
                        GCancellable *cancellable,
                        GError **error)
{
  static gboolean (*const actions[]) (const Call *call, GError **error) = {
    [NUMERAL_PROTECTION_LOOK] = look,
    [NUMERAL_PROTECTION_ON] = switch_on,
    [NUMERAL_PROTECTION_OFF] = switch_off,
    [NUMERAL_PROTECTION_UNLOCK] = unlock,
    [NUMERAL_PROTECTION_LOCK] = lock,
    [NUMERAL_PROTECTION_SET_PASSPHRASE] = set_passphrase,
    [NUMERAL_PROTECTION_REMOVE_PASSPHRASE] = remove_passphrase,
    [NUMERAL_PROTECTION_NEW_RECOVERY] = new_recovery,
    [NUMERAL_PROTECTION_ADD_KEYRING] = add_keyring,
    [NUMERAL_PROTECTION_REMOVE_KEYRING] = remove_keyring,
  };
  const Call call = { db, request, outcome, cancellable };

  *outcome = (NumeralProtectionOutcome){ 0 };
  if (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
      actions[request->action](&call, error) &&
      numeral_hand_db_get_protection (db, &outcome->protection, error))
    return TRUE;
  numeral_protection_outcome_clear (outcome);
  return FALSE;
}

/* A call in a thread. */
typedef struct
{
  NumeralHandDb *db;
  NumeralProtectionRequest request;
  char *passphrase, *recovery;
  NumeralProtectionOutcome outcome;
} Job;

static void
wipe (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_hand_db_unref (job->db);
  wipe (job->passphrase);
  wipe (job->recovery);
  numeral_protection_outcome_clear (&job->outcome);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (numeral_protection_run (job->db, &job->request, &job->outcome, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
numeral_protection_run_async (NumeralHandDb *db,
                              const NumeralProtectionRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, numeral_protection_run_async);
  /* A switch that has been made is reported, even if somebody has cancelled since. */
  g_task_set_check_cancellable (task, FALSE);
  job->db = numeral_hand_db_ref (db);
  job->request = *request;
  job->request.passphrase = job->passphrase = g_strdup (request->passphrase);
  job->request.recovery = job->recovery = g_strdup (request->recovery);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

gboolean
numeral_protection_run_finish (GAsyncResult *result,
                               NumeralProtectionOutcome *outcome,
                               GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  *outcome = (NumeralProtectionOutcome){ 0 };
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  outcome->protection = job->outcome.protection;
  outcome->recovery = g_steal_pointer (&job->outcome.recovery);
  return TRUE;
}
