/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-error.h"
#include "numeral-key.h"

G_BEGIN_DECLS

/* Private to hand: the tables that say whether the samples are encrypted, and with which keys. */

/**
 * NumeralHandLockState:
 * @NUMERAL_HAND_LOCK_NONE: all is plain
 * @NUMERAL_HAND_LOCK_ON: the samples are encrypted, and the files beside will be
 * @NUMERAL_HAND_LOCK_LEAVING: the samples are plain; files beside may be encrypted, and the key is
 *   stored plainly until none is
 */
typedef enum
{
  NUMERAL_HAND_LOCK_LEAVING = 0,
  NUMERAL_HAND_LOCK_ON = 1,
  NUMERAL_HAND_LOCK_NONE = 2,
} NumeralHandLockState;

/* The work that is left after a switch. */
#define NUMERAL_HAND_TO_TIDY 1    /* remove what the old records left in the file */
#define NUMERAL_HAND_TO_CONVERT 2 /* the files beside */

typedef struct
{
  NumeralHandLockState state;
  guint8 id[NUMERAL_VAULT_ID_SIZE]; /* of the vault, unless all is plain */
  int to_do;
} NumeralHandLock;

/* All in a transaction. */

gboolean
numeral_hand_lock_read (sqlite3 *db, const char *path, NumeralHandLock *lock, GError **error);

/* Writes the state and the number of a new vault. */
gboolean
numeral_hand_lock_begin (sqlite3 *db, const char *path, NumeralVault *vault, GError **error);
/* Removes the keys, and stores that of the vault plainly. */
gboolean
numeral_hand_lock_leave (sqlite3 *db, const char *path, NumeralVault *vault, GError **error);
/* The vault of NUMERAL_HAND_LOCK_LEAVING. */
NumeralVault *numeral_hand_lock_get_open (sqlite3 *db,
                                          const char *path,
                                          const NumeralHandLock *lock,
                                          GError **error);
/* One thing is done; after the last one of NUMERAL_HAND_LOCK_LEAVING all is plain. */
gboolean numeral_hand_lock_did (
    sqlite3 *db, const char *path, const NumeralHandLock *lock, int what, GError **error);

/* A slot in the place of an older one of its kind. */
gboolean numeral_hand_lock_put_slot (
    sqlite3 *db, const char *path, NumeralKeyKind kind, GBytes *slot, GError **error);
gboolean
numeral_hand_lock_remove_slot (sqlite3 *db, const char *path, NumeralKeyKind kind, GError **error);
/* @slot: (out) (nullable): %NULL if there is none */
gboolean numeral_hand_lock_get_slot (
    sqlite3 *db, const char *path, NumeralKeyKind kind, GBytes **slot, GError **error);

G_END_DECLS
