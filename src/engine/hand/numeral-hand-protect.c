/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-protect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-hand-convert.h"
#include "numeral-hand-db-private.h"
#include "numeral-hand-finish.h"
#include "numeral-hand-schema.h"
#include "numeral-hand-sealed.h"

static const NumeralKeyKind kinds[] = { NUMERAL_KEY_PASSPHRASE, NUMERAL_KEY_RECOVERY,
                                        NUMERAL_KEY_KEYRING };

typedef gboolean (*Work) (NumeralHandDb *self,
                          const NumeralHandLock *lock,
                          gpointer data,
                          GError **error);

/* @work in a transaction, with the mutex held, whether the database is locked or not. */
static gboolean
run_inside (NumeralHandDb *self, const char *begin, Work work, gpointer data, GError **error)
{
  NumeralHandLock lock;

  return numeral_hand_execute (self->table.db, begin, self->path, error) &&
         numeral_hand_lock_read (self->table.db, self->path, &lock, error) &&
         work (self, &lock, data, error) &&
         numeral_hand_execute (self->table.db, "COMMIT", self->path, error);
}

/* Ends a call: without the mutex, with @local as its error. */
static gboolean
end (NumeralHandDb *self, gboolean done, GError *local, GError **error)
{
  numeral_hand_db_settle (self, done, local);
  pthread_mutex_unlock (&self->mutex);
  if (local != NULL)
    g_propagate_error (error, local);
  return done;
}

static gboolean
run (NumeralHandDb *self, gboolean write, Work work, gpointer data, GError **error)
{
  const char *begin = write ? "BEGIN IMMEDIATE" : "BEGIN";
  GError *local = NULL;
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = numeral_hand_db_prepare (self, write, &local) &&
         (self->table.db == NULL || run_inside (self, begin, work, data, &local));
  if (write && done)
    self->generation++;
  return end (self, done, local, error);
}

static gboolean
get_protection (NumeralHandDb *self, const NumeralHandLock *lock, gpointer data, GError **error)
{
  NumeralHandProtection *protection = data;
  gboolean *const has[] = { &protection->has_passphrase, &protection->has_recovery,
                            &protection->has_keyring };
  g_autoptr (NumeralVault) vault = NULL;

  protection->unfinished = lock->to_do != 0;
  if (lock->state == NUMERAL_HAND_LOCK_NONE)
    return TRUE;
  memcpy (protection->id, lock->id, sizeof lock->id);
  if (lock->state == NUMERAL_HAND_LOCK_LEAVING)
    return TRUE;
  vault = numeral_vault_find (lock->id);
  protection->access = vault != NULL ? NUMERAL_HAND_UNLOCKED : NUMERAL_HAND_LOCKED;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) slot = NULL;

      if (!numeral_hand_lock_get_slot (self->table.db, self->path, kinds[i], &slot, error))
        return FALSE;
      *has[i] = slot != NULL;
    }
  return TRUE;
}

gboolean
numeral_hand_db_get_protection (NumeralHandDb *self,
                                NumeralHandProtection *protection,
                                GError **error)
{
  *protection = (NumeralHandProtection){ .access = NUMERAL_HAND_PLAIN };
  return run (self, FALSE, get_protection, protection, error);
}

/* @slots: [n]: of @keys. */
typedef struct
{
  NumeralVault *vault;
  NumeralKey *const *keys;
  GBytes **slots;
  guint n;
} Begin;

static gboolean
begin_protection (NumeralHandDb *self, const NumeralHandLock *lock, gpointer data, GError **error)
{
  const Begin *begin = data;
  NumeralHandTable table = { self->table.db, self->path, begin->vault, NULL };

  if (lock->state == NUMERAL_HAND_LOCK_ON)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                 _ ("your handwriting is encrypted already"));
  if (lock->state == NUMERAL_HAND_LOCK_LEAVING)
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                                 _ ("your handwriting is still being decrypted; try again"));
  if (!numeral_hand_lock_begin (self->table.db, self->path, begin->vault, error))
    return FALSE;
  for (guint i = 0; i < begin->n; i++)
    if (!numeral_hand_lock_put_slot (self->table.db, self->path,
                                     numeral_key_get_kind (begin->keys[i]), begin->slots[i], error))
      return FALSE;
  return numeral_hand_sealed_take (&table, error);
}

/* Runs a switch, and then what is left to do. A file that cannot be converted now is converted
 * later; the switch has been made. */
static gboolean
switch_over (NumeralHandDb *self, Work work, gpointer data, GError **error)
{
  g_autoptr (GError) later = NULL;
  GError *local = NULL;
  gboolean done;
  int fd = -1;

  pthread_mutex_lock (&self->mutex);
  done = numeral_hand_db_prepare (self, TRUE, &local);
  if (done)
    {
      numeral_hand_convert_lock (self->path, TRUE, &fd);
      done = numeral_hand_convert_check (self->path, &local) &&
             run_inside (self, "BEGIN IMMEDIATE", work, data, &local);
      if (done && !numeral_hand_finish (self->table.db, self->path, TRUE, &later))
        g_message ("A part of the switch is left for later: %s", later->message);
      numeral_hand_convert_unlock (fd);
    }
  if (done)
    self->generation++;
  return end (self, done, local, error);
}

static gboolean
check_keys (NumeralKey *const *keys, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (numeral_key_get_kind (keys[i]) != NUMERAL_KEY_KEYRING)
      return TRUE;
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                               _ ("a passphrase or a recovery key is needed, because a keyring can "
                                  "be lost"));
}

gboolean
numeral_hand_db_protect (NumeralHandDb *self,
                         NumeralVault *vault,
                         NumeralKey *const *keys,
                         guint n_keys,
                         const NumeralSlotLimits *limits,
                         GError **error)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Begin begin = { .vault = vault, .keys = keys, .n = n_keys };

  if (!check_keys (keys, n_keys, error))
    return FALSE;
  for (guint i = 0; i < n_keys; i++)
    {
      GBytes *slot = numeral_slot_new (vault, keys[i], limits, error);

      if (slot == NULL)
        return FALSE;
      g_ptr_array_add (slots, slot);
    }
  begin.slots = (GBytes **) slots->pdata;
  /* Before the transaction, so that no other thread finds the database locked. */
  numeral_vault_keep (vault);
  if (switch_over (self, begin_protection, &begin, error))
    return TRUE;
  numeral_vault_forget (numeral_vault_get_id (vault));
  return FALSE;
}

static gboolean
fail_locked (GError **error)
{
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED,
               _ ("unlock your handwriting first"));
  return FALSE;
}

static gboolean
fail_plain (GError **error)
{
  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_STATE,
                               _ ("your handwriting is not encrypted"));
}

static gboolean
end_protection (NumeralHandDb *self, const NumeralHandLock *lock, gpointer unused, GError **error)
{
  NumeralHandTable table = { self->table.db, self->path, NULL, NULL };
  gboolean done;

  if (lock->state != NUMERAL_HAND_LOCK_ON)
    return fail_plain (error);
  table.vault = numeral_vault_find (lock->id);
  if (table.vault == NULL)
    return fail_locked (error);
  done = numeral_hand_sealed_give (&table, error) &&
         numeral_hand_lock_leave (self->table.db, self->path, table.vault, error);
  numeral_vault_unref (table.vault);
  return done;
}

gboolean
numeral_hand_db_unprotect (NumeralHandDb *self, GError **error)
{
  return switch_over (self, end_protection, NULL, error);
}

typedef struct
{
  NumeralHandLock lock;
  NumeralKeyKind kind;
  GBytes *slot;
} Slot;

static gboolean
get_slot (NumeralHandDb *self, const NumeralHandLock *lock, gpointer data, GError **error)
{
  Slot *slot = data;

  slot->lock = *lock;
  return lock->state != NUMERAL_HAND_LOCK_ON ||
         numeral_hand_lock_get_slot (self->table.db, self->path, slot->kind, &slot->slot, error);
}

static gboolean
fail_no_key (NumeralKeyKind kind, GError **error)
{
  const char *messages[] = {
    [NUMERAL_KEY_PASSPHRASE] = _ ("your handwriting has no passphrase; use the recovery key"),
    [NUMERAL_KEY_RECOVERY] = _ ("your handwriting has no recovery key; use the passphrase"),
    [NUMERAL_KEY_KEYRING] = _ ("the keyring does not open your handwriting; use the passphrase or "
                               "the recovery key"),
  };

  return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY, "%s", messages[kind]);
}

gboolean
numeral_hand_db_unlock (NumeralHandDb *self, NumeralKey *key, GError **error)
{
  g_autoptr (NumeralVault) vault = NULL;
  Slot slot = { .lock.state = NUMERAL_HAND_LOCK_NONE, .kind = numeral_key_get_kind (key) };

  if (!run (self, FALSE, get_slot, &slot, error))
    return FALSE;
  if (slot.lock.state != NUMERAL_HAND_LOCK_ON)
    return fail_plain (error);
  if (slot.slot == NULL)
    return fail_no_key (slot.kind, error);
  /* Without the mutex: a passphrase takes its time. */
  vault = numeral_slot_open (slot.slot, slot.lock.id, key, error);
  g_bytes_unref (slot.slot);
  if (vault == NULL)
    return FALSE;
  numeral_vault_keep (vault);
  pthread_mutex_lock (&self->mutex);
  if (numeral_hand_db_prepare (self, FALSE, NULL) && self->table.db != NULL)
    numeral_hand_finish (self->table.db, self->path, FALSE, NULL);
  pthread_mutex_unlock (&self->mutex);
  return TRUE;
}

gboolean
numeral_hand_db_lock (NumeralHandDb *self, GError **error)
{
  NumeralHandProtection protection;

  if (!numeral_hand_db_get_protection (self, &protection, error))
    return FALSE;
  if (protection.access != NUMERAL_HAND_UNLOCKED)
    return TRUE;
  numeral_vault_forget (protection.id);
  pthread_mutex_lock (&self->mutex);
  g_clear_pointer (&self->table.vault, numeral_vault_unref);
  g_clear_pointer (&self->table.index, g_array_unref);
  pthread_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
put_slot (NumeralHandDb *self, const NumeralHandLock *lock, gpointer data, GError **error)
{
  const Slot *slot = data;

  if (lock->state != NUMERAL_HAND_LOCK_ON || memcmp (lock->id, slot->lock.id, sizeof lock->id) != 0)
    return fail_plain (error);
  return numeral_hand_lock_put_slot (self->table.db, self->path, slot->kind, slot->slot, error);
}

gboolean
numeral_hand_db_set_key (NumeralHandDb *self,
                         NumeralKey *key,
                         const NumeralSlotLimits *limits,
                         GError **error)
{
  g_autoptr (NumeralVault) vault = NULL;
  NumeralHandProtection protection;
  Slot slot = { .kind = numeral_key_get_kind (key) };
  gboolean done;

  if (!numeral_hand_db_get_protection (self, &protection, error))
    return FALSE;
  if (protection.access == NUMERAL_HAND_PLAIN)
    return fail_plain (error);
  vault = numeral_vault_find (protection.id);
  if (vault == NULL)
    return fail_locked (error);
  memcpy (slot.lock.id, protection.id, sizeof protection.id);
  slot.slot = numeral_slot_new (vault, key, limits, error);
  if (slot.slot == NULL)
    return FALSE;
  done = run (self, TRUE, put_slot, &slot, error);
  g_bytes_unref (slot.slot);
  return done;
}

/* Only with the key, so that nobody who sits down at the desk takes one away. */
static gboolean
remove_slot (NumeralHandDb *self, const NumeralHandLock *lock, gpointer data, GError **error)
{
  const NumeralKeyKind kind = *(const NumeralKeyKind *) data;
  NumeralHandProtection protection = { .access = NUMERAL_HAND_PLAIN };

  if (!get_protection (self, lock, &protection, error))
    return FALSE;
  if (protection.access == NUMERAL_HAND_PLAIN)
    return fail_plain (error);
  if (protection.access == NUMERAL_HAND_LOCKED)
    return fail_locked (error);
  if (!(kind == NUMERAL_KEY_PASSPHRASE ? protection.has_passphrase :
        kind == NUMERAL_KEY_RECOVERY   ? protection.has_recovery :
                                         protection.has_keyring))
    return fail_no_key (kind, error);
  if (!(kind != NUMERAL_KEY_PASSPHRASE && protection.has_passphrase) &&
      !(kind != NUMERAL_KEY_RECOVERY && protection.has_recovery))
    return numeral_protect_fail (error, NUMERAL_PROTECT_ERROR_NO_KEY,
                                 _ ("a passphrase or a recovery key must stay, because a keyring "
                                    "can be lost"));
  return numeral_hand_lock_remove_slot (self->table.db, self->path, kind, error);
}

gboolean
numeral_hand_db_remove_key (NumeralHandDb *self, NumeralKeyKind kind, GError **error)
{
  return run (self, TRUE, remove_slot, &kind, error);
}
