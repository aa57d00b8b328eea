/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-hand-db.h"
#include "numeral-key.h"
#include "numeral-slot.h"

G_BEGIN_DECLS

/**
 * Encryption of a person's handwriting on the disk: the samples of a database, and the files of
 * numeral-hand-file.h beside it. numeral-protection.h has all of it for a window, with the keyring.
 *
 * - A database is plain, locked or unlocked. Unlocking is for the whole process: each
 *   NumeralHandDb of the same file, and numeral_file_read(), then find the key.
 * - While it is locked nothing is read and nothing is added: NUMERAL_HAND_ERROR_LOCKED.
 * - Switching on or off is one transaction of the database. The files are converted after it, each
 *   atomically; if the program is killed before the last one, the next one that opens the database
 *   converts the rest. Readers accept both forms.
 * - A wrong key changes nothing.
 *
 * All functions block, for up to a second for a passphrase: not in the main thread. Errors are
 * NUMERAL_PROTECT_ERROR_* and NUMERAL_HAND_ERROR_*.
 */

typedef enum
{
  NUMERAL_HAND_PLAIN,
  NUMERAL_HAND_LOCKED,
  NUMERAL_HAND_UNLOCKED,
} NumeralHandAccess;

/**
 * NumeralHandProtection:
 * @has_passphrase: @has_recovery: @has_keyring: what opens it
 * @unfinished: whether something is still to be converted after a switch
 * @id: [NUMERAL_VAULT_ID_SIZE]: number of the vault, unless all is plain
 */
typedef struct
{
  NumeralHandAccess access;
  gboolean has_passphrase, has_recovery, has_keyring;
  gboolean unfinished;
  guint8 id[NUMERAL_VAULT_ID_SIZE];
} NumeralHandProtection;

/* How the database is stored now. */
gboolean numeral_hand_db_get_protection (NumeralHandDb *self,
                                         NumeralHandProtection *protection,
                                         GError **error);

/**
 * numeral_hand_db_protect:
 * @vault: a new one
 * @keys: at most one of each kind; one at least is a passphrase or a recovery key, as a keyring can
 *   be lost
 * @limits: (nullable): of the passphrase; %NULL for numeral_slot_limits
 *
 * Encrypts everything; afterwards it is unlocked. The database is made if there is none.
 * NUMERAL_PROTECT_ERROR_STATE if it is on already.
 */
gboolean numeral_hand_db_protect (NumeralHandDb *self,
                                  NumeralVault *vault,
                                  NumeralKey *const *keys,
                                  guint n_keys,
                                  const NumeralSlotLimits *limits,
                                  GError **error);

/* Decrypts everything, if it is unlocked; the keys are worthless afterwards. A sample that is
 * damaged is told, and nothing is changed. NUMERAL_PROTECT_ERROR_STATE if it is off already. */
gboolean numeral_hand_db_unprotect (NumeralHandDb *self, GError **error);

/* Unlocks it for this process, and finishes a conversion. NUMERAL_PROTECT_ERROR_WRONG_KEY, _NO_KEY,
 * _DAMAGED, _NEWER, _STATE if it is plain. */
gboolean numeral_hand_db_unlock (NumeralHandDb *self, NumeralKey *key, GError **error);
/* Forgets the key in this process. No error if it is plain or locked. */
gboolean numeral_hand_db_lock (NumeralHandDb *self, GError **error);

/* Adds a key to an unlocked database, in the place of an older one of its kind. */
gboolean numeral_hand_db_set_key (NumeralHandDb *self,
                                  NumeralKey *key,
                                  const NumeralSlotLimits *limits,
                                  GError **error);
/* Removes the key of a kind from an unlocked database. NUMERAL_PROTECT_ERROR_NO_KEY if there is
 * none, or if neither a passphrase nor a recovery key would be left. */
gboolean numeral_hand_db_remove_key (NumeralHandDb *self, NumeralKeyKind kind, GError **error);

/* @func: called in the thread of a call that found the database locked, outside of any transaction;
 * unlocks it, or fails. For programs that ask for a key when it is needed, such as the command
 * line. %NULL: nobody is asked. Set it before there are threads. */
void numeral_hand_db_set_unlocker (gboolean (*func) (NumeralHandDb *db, GError **error));

G_END_DECLS
