/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-fail.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (numeral - hand - error - quark, numeral_hand_error)

static gboolean
is_full (int code)
{
  return code == ENOSPC || code == EDQUOT;
}

static gboolean
is_forbidden (int code)
{
  return code == EACCES || code == EPERM || code == EROFS;
}

static NumeralHandError
kind_of (sqlite3 *db, int code)
{
  const int system = db != NULL ? sqlite3_system_errno (db) : 0;

  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return NUMERAL_HAND_ERROR_DAMAGED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return NUMERAL_HAND_ERROR_READ_ONLY;
    case SQLITE_FULL:
      return NUMERAL_HAND_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return NUMERAL_HAND_ERROR_BUSY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (is_full (system))
        return NUMERAL_HAND_ERROR_FULL;
      if (is_forbidden (system))
        return NUMERAL_HAND_ERROR_READ_ONLY;
      return NUMERAL_HAND_ERROR_FAILED;
    default:
      return NUMERAL_HAND_ERROR_FAILED;
    }
}

/* @reason: for errors of no other kind */
static gboolean
fail (GError **error, NumeralHandError kind, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  switch (kind)
    {
    case NUMERAL_HAND_ERROR_DAMAGED:
      g_set_error (error, NUMERAL_HAND_ERROR, (int) kind,
                   _ ("%s: the file with your handwriting is damaged, and was left as it is; put "
                      "back a copy, or move it to another folder to begin a new one"),
                   name);
      break;
    case NUMERAL_HAND_ERROR_READ_ONLY:
      g_set_error (error, NUMERAL_HAND_ERROR, (int) kind,
                   _ ("%s: your handwriting cannot be changed, because the file or its folder is "
                      "read-only; allow writing, and try again"),
                   name);
      break;
    case NUMERAL_HAND_ERROR_FULL:
      g_set_error (error, NUMERAL_HAND_ERROR, (int) kind,
                   _ ("%s: the disk is full, and nothing was changed; free some space, and try "
                      "again"),
                   name);
      break;
    case NUMERAL_HAND_ERROR_BUSY:
      g_set_error (error, NUMERAL_HAND_ERROR, (int) kind,
                   _ ("%s: another program is changing your handwriting; try again when it has "
                      "finished"),
                   name);
      break;
    default:
      g_set_error (error, NUMERAL_HAND_ERROR, (int) kind, "%s: %s", name, reason);
      break;
    }
  return FALSE;
}

gboolean
numeral_hand_fail (GError **error, sqlite3 *db, int code, const char *path)
{
  return fail (error, kind_of (db, code), path,
               db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (code));
}

gboolean
numeral_hand_fail_errno (GError **error, int code, const char *path)
{
  NumeralHandError kind = NUMERAL_HAND_ERROR_FAILED;

  if (is_full (code))
    kind = NUMERAL_HAND_ERROR_FULL;
  else if (is_forbidden (code))
    kind = NUMERAL_HAND_ERROR_READ_ONLY;
  return fail (error, kind, path, g_strerror (code));
}
