/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-finish.h"

#include <string.h>

#include "numeral-hand-convert.h"
#include "numeral-hand-fail.h"
#include "numeral-hand-lock.h"
#include "numeral-hand-schema.h"

/* What the old records left: in the log, which the checkpoint empties, and in free pages, which
 * SQLite has overwritten with zeros. */
static gboolean
tidy (sqlite3 *db, const char *path, GError **error)
{
  static const char *const steps[] = { NULL, "VACUUM", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const int code =
          steps[i] != NULL ?
              sqlite3_exec (db, steps[i], NULL, NULL, NULL) :
              sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

      if (code != SQLITE_OK)
        return numeral_hand_fail (error, db, code, path);
    }
  return TRUE;
}

/* Unless another program has switched in the meantime. */
static gboolean
note_done (sqlite3 *db, const char *path, const NumeralHandLock *before, int what, GError **error)
{
  NumeralHandLock lock;

  if (numeral_hand_execute (db, "BEGIN IMMEDIATE", path, error) &&
      numeral_hand_lock_read (db, path, &lock, error) &&
      (lock.state != before->state || memcmp (lock.id, before->id, sizeof lock.id) != 0 ||
       numeral_hand_lock_did (db, path, &lock, what, error)) &&
      numeral_hand_execute (db, "COMMIT", path, error))
    return TRUE;
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* The vault for the files, if its key is known. While protection is left the key is stored, and is
 * kept for whoever reads a file that is not converted yet. */
static NumeralVault *
find_vault (sqlite3 *db, const char *path, const NumeralHandLock *lock, GError **error)
{
  NumeralVault *vault = numeral_vault_find (lock->id);

  if (vault != NULL || lock->state != NUMERAL_HAND_LOCK_LEAVING)
    return vault;
  vault = numeral_hand_lock_get_open (db, path, lock, error);
  if (vault != NULL)
    numeral_vault_keep (vault);
  return vault;
}

static gboolean
convert_files (
    sqlite3 *db, const char *path, const NumeralHandLock *lock, gboolean has_lock, GError **error)
{
  g_autoptr (NumeralVault) vault = find_vault (db, path, lock, error);
  gboolean done;
  int fd = -1;

  /* Locked: later. */
  if (vault == NULL)
    return TRUE;
  if (!has_lock && !numeral_hand_convert_lock (path, FALSE, &fd))
    return TRUE;
  done = numeral_hand_convert_files (path, vault, lock->state == NUMERAL_HAND_LOCK_ON, error) &&
         note_done (db, path, lock, NUMERAL_HAND_TO_CONVERT, error);
  numeral_hand_convert_unlock (fd);
  return done;
}

/* A program that was killed while it decrypted may have left plain samples in the log, in a
 * transaction that never was. Others are not waited for: they empty the log in their turn. */
static void
empty_log (sqlite3 *db)
{
  sqlite3_busy_timeout (db, 0);
  sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (db, NUMERAL_HAND_BUSY_MS);
}

gboolean
numeral_hand_finish (sqlite3 *db, const char *path, gboolean has_lock, GError **error)
{
  NumeralHandLock lock;

  if (!numeral_hand_lock_read (db, path, &lock, error))
    return FALSE;
  if (lock.state == NUMERAL_HAND_LOCK_NONE)
    return TRUE;
  if ((lock.to_do & NUMERAL_HAND_TO_CONVERT) != 0 &&
      !convert_files (db, path, &lock, has_lock, error))
    return FALSE;
  if (!numeral_hand_lock_read (db, path, &lock, error))
    return FALSE;
  if (lock.state != NUMERAL_HAND_LOCK_NONE && (lock.to_do & NUMERAL_HAND_TO_TIDY) != 0 &&
      (!tidy (db, path, error) || !note_done (db, path, &lock, NUMERAL_HAND_TO_TIDY, error)))
    return FALSE;
  /* Also because of the plain key of a protection that was left. */
  empty_log (db);
  return TRUE;
}
