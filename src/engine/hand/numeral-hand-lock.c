/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-lock.h"

#include <string.h>

#include "numeral-hand-fail.h"
#include "numeral-hand-row.h"
#include "numeral-hand-schema.h"

/* A slot has 124 bytes; those of newer versions may have more. */
#define MAX_SLOT 4096

/* Executes a statement without rows, and frees it. */
static gboolean
finish (sqlite3 *db, const char *path, sqlite3_stmt *statement, GError **error)
{
  const int code = sqlite3_step (statement);
  const gboolean done = code == SQLITE_DONE || numeral_hand_fail (error, db, code, path);

  sqlite3_finalize (statement);
  return done;
}

static gboolean
is_blob (sqlite3_stmt *statement, int column, int size)
{
  return sqlite3_column_type (statement, column) == SQLITE_BLOB &&
         sqlite3_column_bytes (statement, column) == size;
}

static gboolean
read_row (sqlite3_stmt *statement, NumeralHandLock *lock)
{
  const int state = sqlite3_column_int (statement, 1);

  if (!is_blob (statement, 0, NUMERAL_VAULT_ID_SIZE) ||
      (state != NUMERAL_HAND_LOCK_ON && state != NUMERAL_HAND_LOCK_LEAVING))
    return FALSE;
  memcpy (lock->id, sqlite3_column_blob (statement, 0), NUMERAL_VAULT_ID_SIZE);
  lock->state = (NumeralHandLockState) state;
  lock->to_do = sqlite3_column_int (statement, 2);
  return TRUE;
}

gboolean
numeral_hand_lock_read (sqlite3 *db, const char *path, NumeralHandLock *lock, GError **error)
{
  sqlite3_stmt *statement;
  gint64 version;
  int code;

  *lock = (NumeralHandLock){ .state = NUMERAL_HAND_LOCK_NONE };
  /* A database of version 1 is read as it is. */
  if (!numeral_hand_query_number (db, "PRAGMA user_version", path, &version, error))
    return FALSE;
  if (version < NUMERAL_HAND_LOCK_VERSION)
    return TRUE;
  statement =
      numeral_hand_row_compile (db, path, "SELECT vault, state, to_do FROM protection", error);
  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW && !read_row (statement, lock))
    code = SQLITE_CORRUPT;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    numeral_hand_fail (error, code == SQLITE_CORRUPT ? NULL : db, code, path);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

gboolean
numeral_hand_lock_begin (sqlite3 *db, const char *path, NumeralVault *vault, GError **error)
{
  sqlite3_stmt *statement;

  /* What an earlier vault may have left. */
  if (!numeral_hand_execute (db, "DELETE FROM protection; DELETE FROM key_slot", path, error))
    return FALSE;
  statement =
      numeral_hand_row_compile (db, path,
                                "INSERT INTO protection (vault, state, to_do) VALUES (?1, ?2, ?3)",
                                error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_blob (statement, 1, numeral_vault_get_id (vault), NUMERAL_VAULT_ID_SIZE,
                     SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, NUMERAL_HAND_LOCK_ON);
  sqlite3_bind_int (statement, 3, NUMERAL_HAND_TO_TIDY | NUMERAL_HAND_TO_CONVERT);
  return finish (db, path, statement, error);
}

gboolean
numeral_hand_lock_leave (sqlite3 *db, const char *path, NumeralVault *vault, GError **error)
{
  sqlite3_stmt *statement;

  if (!numeral_hand_execute (db, "DELETE FROM key_slot", path, error))
    return FALSE;
  statement =
      numeral_hand_row_compile (db, path,
                                "UPDATE protection SET state = ?1, to_do = ?2, open_key = ?3",
                                error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, NUMERAL_HAND_LOCK_LEAVING);
  sqlite3_bind_int (statement, 2, NUMERAL_HAND_TO_TIDY | NUMERAL_HAND_TO_CONVERT);
  sqlite3_bind_blob (statement, 3, numeral_vault_get_key (vault), NUMERAL_VAULT_KEY_SIZE,
                     SQLITE_STATIC);
  return finish (db, path, statement, error);
}

NumeralVault *
numeral_hand_lock_get_open (sqlite3 *db,
                            const char *path,
                            const NumeralHandLock *lock,
                            GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (db, path, "SELECT open_key FROM protection", error);
  NumeralVault *vault = NULL;

  if (statement == NULL)
    return NULL;
  if (sqlite3_step (statement) == SQLITE_ROW && is_blob (statement, 0, NUMERAL_VAULT_KEY_SIZE))
    vault = numeral_vault_new_from_key (lock->id, sqlite3_column_blob (statement, 0), error);
  else
    numeral_hand_fail (error, NULL, SQLITE_CORRUPT, path);
  sqlite3_finalize (statement);
  return vault;
}

gboolean
numeral_hand_lock_did (
    sqlite3 *db, const char *path, const NumeralHandLock *lock, int what, GError **error)
{
  sqlite3_stmt *statement;

  if (lock->state == NUMERAL_HAND_LOCK_LEAVING && (lock->to_do & ~what) == 0)
    return numeral_hand_execute (db, "DELETE FROM protection", path, error);
  statement =
      numeral_hand_row_compile (db, path, "UPDATE protection SET to_do = to_do & ~?1", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, what);
  return finish (db, path, statement, error);
}

gboolean
numeral_hand_lock_put_slot (
    sqlite3 *db, const char *path, NumeralKeyKind kind, GBytes *slot, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (db, path,
                                "INSERT OR REPLACE INTO key_slot (kind, slot) VALUES (?1, ?2)",
                                error);
  gsize size;
  gconstpointer data = g_bytes_get_data (slot, &size);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, (int) kind);
  sqlite3_bind_blob64 (statement, 2, data, size, SQLITE_STATIC);
  return finish (db, path, statement, error);
}

gboolean
numeral_hand_lock_remove_slot (sqlite3 *db, const char *path, NumeralKeyKind kind, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (db, path, "DELETE FROM key_slot WHERE kind = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, (int) kind);
  return finish (db, path, statement, error);
}

gboolean
numeral_hand_lock_get_slot (
    sqlite3 *db, const char *path, NumeralKeyKind kind, GBytes **slot, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (db, path, "SELECT slot FROM key_slot WHERE kind = ?1", error);
  int code;

  *slot = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, (int) kind);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *slot = g_bytes_new (sqlite3_column_blob (statement, 0),
                         (gsize) MIN (sqlite3_column_bytes (statement, 0), MAX_SLOT));
  else if (code != SQLITE_DONE)
    numeral_hand_fail (error, db, code, path);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}
