/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-row.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "numeral-hand-fail.h"
#include "numeral-hand-record.h"

/* Columns of NUMERAL_HAND_ROW_SELECT. */
enum
{
  ID,
  CREATED,
  LABEL,
  FIRST_LABEL,
  READ_LABEL,
  PROBABILITY,
  INK,
  INK_SIZE,
};

void
numeral_hand_row_bind (sqlite3_stmt *statement, const NumeralHandSample *sample, GBytes *bytes)
{
  gsize size;
  gconstpointer ink = g_bytes_get_data (bytes, &size);

  sqlite3_clear_bindings (statement);
  if (sample->id != 0)
    sqlite3_bind_int64 (statement, 1 + ID, sample->id);
  sqlite3_bind_int64 (statement, 1 + CREATED, sample->created);
  sqlite3_bind_int (statement, 1 + LABEL, sample->label);
  sqlite3_bind_int (statement, 1 + FIRST_LABEL, sample->first_label);
  if (sample->read != NUMERAL_HAND_UNREAD)
    {
      sqlite3_bind_int (statement, 1 + READ_LABEL, sample->read);
      sqlite3_bind_double (statement, 1 + PROBABILITY, sample->probability);
    }
  /* A pointer of NULL would be the value NULL. */
  sqlite3_bind_blob64 (statement, 1 + INK, size > 0 ? ink : "", size, SQLITE_STATIC);
}

/* -2 is neither a label nor NUMERAL_HAND_UNREAD. */
static int
column_label (sqlite3_stmt *statement, int column)
{
  const gint64 label = sqlite3_column_int64 (statement, column);

  return label >= G_MININT && label <= G_MAXINT ? (int) label : -2;
}

NumeralHandSample *
numeral_hand_row_read (sqlite3_stmt *statement)
{
  NumeralHandSample *sample = numeral_hand_sample_new (NULL, column_label (statement, LABEL));

  sample->id = sqlite3_column_int64 (statement, ID);
  sample->created = sqlite3_column_int64 (statement, CREATED);
  sample->first_label = column_label (statement, FIRST_LABEL);
  if (sqlite3_column_type (statement, READ_LABEL) != SQLITE_NULL)
    {
      sample->read = column_label (statement, READ_LABEL);
      sample->probability = sqlite3_column_double (statement, PROBABILITY);
    }
  if (sqlite3_column_type (statement, INK) == SQLITE_BLOB)
    {
      sample->ink = g_bytes_new (sqlite3_column_blob (statement, INK),
                                 (gsize) sqlite3_column_bytes (statement, INK));
      numeral_hand_sample_check (sample);
    }
  else
    sample->damage = sqlite3_column_int64 (statement, INK_SIZE) > 0 ?
                         g_strdup (_ ("there is more ink than a digit can have")) :
                         g_strdup (_ ("there is no ink"));
  return sample;
}

sqlite3_stmt *
numeral_hand_row_compile (sqlite3 *db, const char *path, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  const int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    return statement;
  /* A database whose header is right and whose tables are not. */
  numeral_hand_fail (error, db, code == SQLITE_ERROR ? SQLITE_CORRUPT : code, path);
  return NULL;
}

gboolean
numeral_hand_row_step (sqlite3_stmt *statement, sqlite3 *db, const char *path, GError **error)
{
  const int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  return code == SQLITE_DONE || numeral_hand_fail (error, db, code, path);
}

gboolean
numeral_hand_row_restore (sqlite3_stmt *statement,
                          sqlite3 *db,
                          const char *path,
                          const NumeralHandSample *sample,
                          GError **error)
{
  if (sample->ink == NULL)
    {
      g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID,
                   _ ("sample %" PRId64 " cannot be decrypted, and nothing was changed: %s; delete "
                      "it, or put back a copy of the database"),
                   sample->id, sample->damage);
      return FALSE;
    }
  numeral_hand_row_bind (statement, sample, sample->ink);
  return numeral_hand_row_step (statement, db, path, error);
}
