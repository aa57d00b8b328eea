/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are damaged, newer, another program's or read-only, a full disk, damaged records, and
 * new versions of the tables: each is told, and nothing is overwritten. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "engine-test.h"
#include "hand-test.h"
#include "numeral-hand-schema.h"

#define N 12

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->folder = engine_test_folder ();
  f->path = g_build_filename (f->folder, "hand", "hand.db", NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  engine_test_remove (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

/* A whole file with N samples, and no log beside it. */
static void
make (Fixture *f)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);

  hand_test_fill (db, N);
}

static gsize
count (NumeralHandDb *db)
{
  g_autoptr (GError) error = NULL;
  NumeralHandCounts counts;

  numeral_hand_db_count (db, 0, &counts, &error);
  g_assert_no_error (error);
  return counts.n;
}

static GBytes *
contents (const char *path)
{
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

/* Reading and writing give this error, and leave the file as it is. */
static void
assert_unusable (Fixture *f, NumeralHandError code, const char *word)
{
  g_autoptr (GBytes) before = contents (f->path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  const NumeralHandQuery query = { -1, 0, 0, 100 };
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 id = 2;

  g_assert_null (numeral_hand_db_list (db, &query, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, (int) code, word);
  g_assert_false (numeral_hand_db_add (db, &sample, 1, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, (int) code, word);
  deleted = numeral_hand_db_delete (db, &id, 1, &error);
  g_assert_null (deleted);
  engine_test_error (&error, NUMERAL_HAND_ERROR, (int) code, word);
  numeral_hand_db_look (db);
  after = contents (f->path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_no_database (Fixture *f, gconstpointer unused)
{
  make (f);
  g_assert_true (g_file_set_contents (f->path, "1,2,3\n4,5,6\n", -1, NULL));
  assert_unusable (f, NUMERAL_HAND_ERROR_DAMAGED, "damaged");
}

static void
write_at (const char *path, goffset offset, const void *bytes, gsize size)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseeko (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* All pages but the first are lost: the header is right. */
static void
test_lost_pages (Fixture *f, gconstpointer unused)
{
  g_autofree char *junk = g_malloc (4096);
  GStatBuf info;

  make (f);
  memset (junk, 0xa5, 4096);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  for (goffset offset = 4096; offset < info.st_size; offset += 4096)
    write_at (f->path, offset, junk, 4096);
  assert_unusable (f, NUMERAL_HAND_ERROR_DAMAGED, "put back a copy");
}

static void
test_truncated (Fixture *f, gconstpointer unused)
{
  make (f);
  g_assert_cmpint (truncate (f->path, 4096), ==, 0);
  assert_unusable (f, NUMERAL_HAND_ERROR_DAMAGED, "damaged");
}

/* Our header, and other tables. */
static void
test_other_tables (Fixture *f, gconstpointer unused)
{
  make (f);
  hand_test_execute (f->path, "ALTER TABLE sample RENAME TO other");
  assert_unusable (f, NUMERAL_HAND_ERROR_DAMAGED, "damaged");
}

static void
test_other_program (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  hand_test_execute (f->path, "CREATE TABLE sample (id INTEGER PRIMARY KEY)");
  assert_unusable (f, NUMERAL_HAND_ERROR_DAMAGED, "another program");
}

static void
test_newer (Fixture *f, gconstpointer unused)
{
  make (f);
  hand_test_execute (f->path, "PRAGMA user_version = 1000");
  assert_unusable (f, NUMERAL_HAND_ERROR_NEWER, "newer version");
}

/* A database that was repaired is used again by a program that was told of the damage. */
static void
test_repaired (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *back = g_strdup_printf ("PRAGMA user_version = %u", numeral_hand_schema.n_steps);
  NumeralHandCounts counts;

  make (f);
  hand_test_execute (f->path, "PRAGMA user_version = 1000");
  g_assert_false (numeral_hand_db_count (db, 0, &counts, &error));
  g_clear_error (&error);
  hand_test_execute (f->path, back);
  g_assert_cmpuint (count (db), ==, N);
  hand_test_fill (db, 1);
}

static void
assert_read_only (Fixture *f)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (count (db), ==, N);
      g_assert_false (numeral_hand_db_add (db, &sample, 1, NULL, &error));
      engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_READ_ONLY, "read-only");
    }
  g_assert_cmpuint (count (db), ==, N);
}

static void
test_read_only_file (Fixture *f, gconstpointer unused)
{
  make (f);
  g_assert_cmpint (g_chmod (f->path, 0400), ==, 0);
  assert_read_only (f);
}

static void
test_read_only_folder (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  make (f);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  assert_read_only (f);
  g_assert_cmpint (g_chmod (f->path, 0400), ==, 0);
  assert_read_only (f);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

/* No file yet, and none may be made. */
static void
test_read_only_home (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (f->folder, 0500), ==, 0);
  g_assert_cmpuint (count (db), ==, 0);
  g_assert_false (numeral_hand_db_add (db, &sample, 1, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_READ_ONLY, "read-only");
  g_assert_cmpint (g_chmod (f->folder, 0700), ==, 0);
}

/* Bytes that still fit on the disk; negative for no bound. */
static gssize disk_left = -1;
static guint n_refused;

/* In the place of the system's, as SQLite calls it. A disk that is full takes a part. */
static ssize_t
full_pwrite (int fd, const void *data, size_t size, off_t offset)
{
  if (disk_left >= 0)
    {
      if (disk_left == 0)
        {
          n_refused++;
          errno = ENOSPC;
          return -1;
        }
      size = MIN (size, (size_t) disk_left);
      disk_left -= (gssize) size;
    }
  return pwrite (fd, data, size, offset);
}

static void
replace_pwrite (sqlite3_syscall_ptr function)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  g_assert_cmpint (vfs->iVersion, >=, 3);
  vfs->xSetSystemCall (vfs, "pwrite", function);
  vfs->xSetSystemCall (vfs, "pwrite64", function);
}

/* The disk is full after any number of bytes: what was confirmed is there, and nothing else. */
static void
test_full (Fixture *f, gconstpointer unused)
{
  gsize n = 0;
  guint n_full = 0;

  replace_pwrite ((sqlite3_syscall_ptr) full_pwrite);
  for (gssize left = 0; left < 40000; left += 1500)
    {
      g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
      g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
      g_autoptr (GError) error = NULL;
      g_autofree char *check = NULL;
      gboolean added;

      disk_left = left;
      added = numeral_hand_db_add (db, &sample, 1, NULL, &error);
      disk_left = -1;
      if (!added)
        engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_FULL, "full");
      n += added;
      n_full += !added;
      g_assert_cmpuint (count (db), ==, n);
      check = hand_test_query (f->path, "PRAGMA integrity_check");
      g_assert_cmpstr (check, ==, "ok");
    }
  replace_pwrite (NULL);
  g_assert_cmpuint (n_full, >, 3);
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (n_refused, >=, n_full);
}

/* The samples can be read when nothing can be written. */
static void
test_full_reading (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);

  make (f);
  replace_pwrite ((sqlite3_syscall_ptr) full_pwrite);
  disk_left = 0;
  g_assert_cmpuint (count (db), ==, N);
  disk_left = -1;
  replace_pwrite (NULL);
}

/* Another program does not finish: SQLite's own connection holds the lock. */
static void
test_busy (Fixture *f, gconstpointer unused)
{
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (NumeralHandSample) sample = hand_test_sample (1, 1, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  make (f);
  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpuint (count (db), ==, N);
  g_assert_false (numeral_hand_db_add (db, &sample, 1, NULL, &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_BUSY, "another program");
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (numeral_hand_db_add (db, &sample, 1, NULL, &error));
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
}

static GPtrArray *
list_all (NumeralHandDb *db)
{
  const NumeralHandQuery query = { -1, 0, 0, 100 };
  g_autoptr (GError) error = NULL;
  GPtrArray *all = numeral_hand_db_list (db, &query, &error);

  g_assert_no_error (error);
  return all;
}

/* Damaged records are listed among the others, can be relabelled, deleted, and put back. */
static void
test_damaged_records (Fixture *f, gconstpointer unused)
{
  static const char *const words[] = { NULL, "format", "early", "more ink", "label", "format" };
  const gint64 ids[] = { 1, 2, 3, 4, 5 };
  g_autoptr (NumeralHandDb) db = numeral_hand_db_new (f->path);
  g_autoptr (GPtrArray) all = NULL, deleted = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  const char *all_bytes = "SELECT group_concat(id || ':' || label || ':' || length(ink) || "
                          "':' || substr(hex(ink), 1, 200)) FROM sample WHERE id < 4";

  make (f);
  hand_test_execute (f->path,
                     "UPDATE sample SET ink = x'00' WHERE id = 1;"
                     "UPDATE sample SET ink = substr(ink, 1, length(ink) - 1) WHERE id = 2;"
                     "UPDATE sample SET ink = zeroblob(5000000) WHERE id = 3;"
                     "PRAGMA ignore_check_constraints = ON;"
                     "UPDATE sample SET label = 77 WHERE id = 4;"
                     "UPDATE sample SET ink = x'' WHERE id = 5;");
  before = hand_test_query (f->path, all_bytes);
  all = list_all (db);
  g_assert_cmpuint (all->len, ==, N);
  for (guint i = 0; i < N; i++)
    {
      const NumeralHandSample *sample = g_ptr_array_index (all, i);

      g_assert_cmpint (sample->id, ==, N - i);
      g_assert_true ((sample->damage != NULL) == (sample->id <= 5));
      if (sample->damage != NULL && strstr (sample->damage, words[sample->id]) == NULL)
        g_error ("%s", sample->damage);
    }
  g_assert_cmpuint (count (db), ==, N);
  deleted = numeral_hand_db_delete (db, ids, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (db), ==, N - 3);
  g_assert_true (
      numeral_hand_db_restore (db, (NumeralHandSample *const *) deleted->pdata, 3, &error));
  after = hand_test_query (f->path, all_bytes);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (numeral_hand_db_relabel (db, 4, 7, NULL, &error));
  again = list_all (db);
  g_assert_null (((NumeralHandSample *) g_ptr_array_index (again, N - 4))->damage);
}

static sqlite3 *
open_raw (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "raw.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static gint64
number (sqlite3 *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  numeral_hand_query_number (db, sql, "raw.db", &value, &error);
  g_assert_no_error (error);
  return value;
}

/* Steps are taken from any version, and each once. */
static void
test_migrations (Fixture *f, gconstpointer unused)
{
  static const char *const steps[] = {
    "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)",
    "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5",
    "UPDATE a SET y = y + x",
  };
  sqlite3 *db = open_raw (f);
  g_autoptr (GError) error = NULL;

  for (guint n = 1; n <= G_N_ELEMENTS (steps); n++)
    for (guint again = 0; again < 2; again++)
      {
        const NumeralHandSchema schema = { steps, n };

        g_assert_true (numeral_hand_schema_migrate (db, &schema, "raw.db", &error));
        g_assert_no_error (error);
        g_assert_cmpint (number (db, "PRAGMA user_version"), ==, n);
        g_assert_cmpint (number (db, "PRAGMA application_id"), ==, NUMERAL_HAND_APPLICATION_ID);
      }
  g_assert_cmpint (number (db, "SELECT y FROM a"), ==, 6);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* A step that fails leaves everything as it was. */
static void
test_migration_fails (Fixture *f, gconstpointer unused)
{
  static const char *const steps[] = {
    "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)",
    "UPDATE a SET x = 2; INSERT INTO missing VALUES (1)",
  };
  const NumeralHandSchema old = { steps, 1 }, new = { steps, 2 };
  sqlite3 *db = open_raw (f);
  g_autoptr (GError) error = NULL;

  g_assert_true (numeral_hand_schema_migrate (db, &old, "raw.db", &error));
  g_assert_false (numeral_hand_schema_migrate (db, &new, "raw.db", &error));
  engine_test_error (&error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_FAILED, "missing");
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number (db, "SELECT x FROM a"), ==, 1);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer unused);
  } tests[] = {
    { "/engine/hand/errors/no-database", test_no_database },
    { "/engine/hand/errors/lost-pages", test_lost_pages },
    { "/engine/hand/errors/truncated", test_truncated },
    { "/engine/hand/errors/other-tables", test_other_tables },
    { "/engine/hand/errors/other-program", test_other_program },
    { "/engine/hand/errors/newer", test_newer },
    { "/engine/hand/errors/repaired", test_repaired },
    { "/engine/hand/errors/read-only-file", test_read_only_file },
    { "/engine/hand/errors/read-only-folder", test_read_only_folder },
    { "/engine/hand/errors/read-only-home", test_read_only_home },
    { "/engine/hand/errors/full", test_full },
    { "/engine/hand/errors/full-reading", test_full_reading },
    { "/engine/hand/errors/busy", test_busy },
    { "/engine/hand/errors/damaged-records", test_damaged_records },
    { "/engine/hand/errors/migrations", test_migrations },
    { "/engine/hand/errors/migration-fails", test_migration_fails },
  };

  engine_test_drop_privileges ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
