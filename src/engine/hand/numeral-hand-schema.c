/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "numeral-hand-fail.h"
#include "numeral-private.h"

#define FILE_MODE 0600
/* Larger values in a file are not read. */
#define MAX_VALUE_BYTES (64 << 20)

static const char *const steps[] = {
  /* AUTOINCREMENT, so that the number of a deleted sample is not used again before it is restored.
   * Times are microseconds since 1970, in UTC. */
  "CREATE TABLE sample ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  created INTEGER NOT NULL,"
  "  label INTEGER NOT NULL CHECK (label BETWEEN 0 AND 10),"
  "  first_label INTEGER NOT NULL CHECK (first_label BETWEEN 0 AND 10),"
  "  read_label INTEGER CHECK (read_label BETWEEN 0 AND 10),"
  "  probability REAL CHECK (probability BETWEEN 0 AND 1),"
  "  ink BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX sample_by_label ON sample (label, id);",
  /* Encryption: numeral-hand-lock.h. While it is on, all samples are in the table of the encrypted
   * ones, otherwise none. */
  "CREATE TABLE protection ("
  "  one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1),"
  "  vault BLOB NOT NULL CHECK (length (vault) = 16),"
  "  state INTEGER NOT NULL,"
  "  to_do INTEGER NOT NULL,"
  "  open_key BLOB"
  ") STRICT;"
  "CREATE TABLE key_slot (kind INTEGER PRIMARY KEY, slot BLOB NOT NULL) STRICT;"
  "CREATE TABLE sealed_sample (id INTEGER PRIMARY KEY AUTOINCREMENT, record BLOB NOT NULL) STRICT;",
};

const NumeralHandSchema numeral_hand_schema = { steps, G_N_ELEMENTS (steps) };

gboolean
numeral_hand_execute (sqlite3 *db, const char *sql, const char *path, GError **error)
{
  const int code = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || numeral_hand_fail (error, db, code, path);
}

gboolean
numeral_hand_query_number (
    sqlite3 *db, const char *sql, const char *path, gint64 *number, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  else
    numeral_hand_fail (error, db, code, path);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW;
}

/* In one transaction, or inside the one that is open: another program may make the tables between
 * two queries. */
static gboolean
read_numbers (
    sqlite3 *db, const char *path, gint64 *id, gint64 *version, gint64 *n_tables, GError **error)
{
  gboolean done;

  if (!numeral_hand_execute (db, "SAVEPOINT numbers", path, error))
    return FALSE;
  done =
      numeral_hand_query_number (db, "PRAGMA application_id", path, id, error) &&
      numeral_hand_query_number (db, "PRAGMA user_version", path, version, error) &&
      numeral_hand_query_number (db, "SELECT count(*) FROM sqlite_master", path, n_tables, error);
  sqlite3_exec (db, "RELEASE numbers", NULL, NULL, NULL);
  return done;
}

/* The version of the tables; 0 if there are none. */
static gboolean
read_version (
    sqlite3 *db, const NumeralHandSchema *schema, const char *path, gint64 *version, GError **error)
{
  gint64 id, n_tables;
  g_autofree char *name = NULL;

  if (!read_numbers (db, path, &id, version, &n_tables, error))
    return FALSE;
  if (id == 0 && *version == 0 && n_tables == 0)
    return TRUE;
  name = g_filename_display_name (path);
  if (id != NUMERAL_HAND_APPLICATION_ID || *version < 1)
    {
      g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_DAMAGED,
                   _ ("%s: this is the database of another program, and was left as it is; move it "
                      "to another folder to keep your handwriting here"),
                   name);
      return FALSE;
    }
  if (*version > schema->n_steps)
    {
      g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NEWER,
                   _ ("%s: a newer version of Numeral wrote this file, and it was left as it is; "
                      "install that version to use your handwriting"),
                   name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_steps (sqlite3 *db, const NumeralHandSchema *schema, const char *path, GError **error)
{
  g_autofree char *ids = NULL;
  gint64 version;

  /* Another program may have taken them since. */
  if (!read_version (db, schema, path, &version, error))
    return FALSE;
  for (gint64 i = version; i < schema->n_steps; i++)
    if (!numeral_hand_execute (db, schema->steps[i], path, error))
      return FALSE;
  ids = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u;",
                         NUMERAL_HAND_APPLICATION_ID, schema->n_steps);
  return numeral_hand_execute (db, ids, path, error);
}

gboolean
numeral_hand_schema_migrate (sqlite3 *db,
                             const NumeralHandSchema *schema,
                             const char *path,
                             GError **error)
{
  gint64 version;

  if (!read_version (db, schema, path, &version, error))
    return FALSE;
  if (version == schema->n_steps)
    return TRUE;
  if (!numeral_hand_execute (db, "BEGIN IMMEDIATE", path, error))
    return FALSE;
  if (take_steps (db, schema, path, error) && numeral_hand_execute (db, "COMMIT", path, error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* The folder's entry in its parent survives a power failure. */
static void
sync_folder (const char *folder)
{
  const int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  g_close (fd, NULL);
}

/* SQLite would give the file the permissions of the umask; its other files get those of this. A
 * file that is there is not opened here: to close it would release the locks that other connections
 * of this process have on it (https://www.sqlite.org/howtocorrupt.html, 2.2). */
static gboolean
make_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *parent = g_path_get_dirname (folder);
  gboolean is_new;
  int fd;

  if (access (path, R_OK | W_OK) == 0)
    return TRUE;
  if (errno != ENOENT)
    return numeral_hand_fail_errno (error, errno, path);
  is_new = !g_file_test (folder, G_FILE_TEST_IS_DIR);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return numeral_hand_fail_errno (error, errno, folder);
  if (is_new)
    sync_folder (parent);
  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
  if (fd < 0)
    /* Another program has made it since. */
    return errno == EEXIST || numeral_hand_fail_errno (error, errno, path);
  g_close (fd, NULL);
  return TRUE;
}

/* Functions, views and triggers of an untrusted file cannot do harm, and its tables cannot be
 * overwritten behind SQLite's back. */
static int
protect (sqlite3 *db)
{
  sqlite3_extended_result_codes (db, 1);
  sqlite3_busy_timeout (db, NUMERAL_HAND_BUSY_MS);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* Nothing goes into temporary files: VACUUM would write samples there. */
  return sqlite3_exec (db,
                       "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
                       "PRAGMA temp_store = MEMORY;",
                       NULL, NULL, NULL);
}

/* @unlocked: opens a file that no program writes, in a folder where no file can be made */
static gboolean
open_file (const char *path, gboolean unlocked, sqlite3 **db, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  int code;

  /* A file that may not be written is opened for reading alone. */
  code = sqlite3_open_v2 (unlocked ? immutable : uri, db,
                          (unlocked ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                              SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
                          NULL);
  if (code == SQLITE_OK)
    code = protect (*db);
  if (code == SQLITE_OK)
    return TRUE;
  numeral_hand_fail (error, *db, code, path);
  g_clear_pointer (db, sqlite3_close);
  return FALSE;
}

/* A file in WAL mode is read with the help of files beside it. Where they cannot be made, the file
 * is whole without them, unless there is a log that a program left. */
static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (log, &info) == 0 && info.st_size > 0;
}

static gboolean
connect_for_reading (const char *path, gboolean unlocked, sqlite3 **db, GError **error)
{
  gint64 version;

  if (!open_file (path, unlocked, db, error))
    return FALSE;
  if (!read_version (*db, &numeral_hand_schema, path, &version, error))
    {
      g_clear_pointer (db, sqlite3_close);
      return FALSE;
    }
  if (version == 0)
    g_clear_pointer (db, sqlite3_close);
  return TRUE;
}

/* SQLite waits with its own timeout for a lock, but not where two programs change a new file to WAL
 * at once: one of them is told at once that it is busy. */
static gboolean
use_log (sqlite3 *db, const char *path, GError **error)
{
  const gint64 end = g_get_monotonic_time () + NUMERAL_HAND_BUSY_MS * (G_USEC_PER_SEC / 1000);
  int code;

  while (((code = sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", NULL,
                                NULL, NULL)) &
          0xff) == SQLITE_BUSY &&
         g_get_monotonic_time () < end)
    g_usleep (2000);
  return code == SQLITE_OK || numeral_hand_fail (error, db, code, path);
}

static gboolean
connect_for_writing (const char *path, sqlite3 **db, GError **error)
{
  gint64 version;

  if (!make_file (path, error) || !open_file (path, FALSE, db, error))
    return FALSE;
  /* Before anything is written into a file that is not ours. */
  if (read_version (*db, &numeral_hand_schema, path, &version, error) &&
      use_log (*db, path, error) &&
      numeral_hand_schema_migrate (*db, &numeral_hand_schema, path, error))
    return TRUE;
  g_clear_pointer (db, sqlite3_close);
  return FALSE;
}

gboolean
numeral_hand_connect (const char *path, gboolean write, sqlite3 **db, GError **error)
{
  g_autoptr (GError) first = NULL;
  GStatBuf info;

  *db = NULL;
  if (write)
    return connect_for_writing (path, db, error);
  if (g_stat (path, &info) != 0)
    return errno == ENOENT || numeral_hand_fail_errno (error, errno, path);
  if (info.st_size == 0 && !has_log (path))
    return TRUE;
  if (connect_for_reading (path, FALSE, db, &first))
    return TRUE;
  if (!g_error_matches (first, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_DAMAGED) &&
      !g_error_matches (first, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NEWER) &&
      !g_error_matches (first, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_BUSY) && !has_log (path) &&
      connect_for_reading (path, TRUE, db, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
