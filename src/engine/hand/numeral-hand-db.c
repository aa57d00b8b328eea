/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-db.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <pthread.h>

#include "ink-blob.h"
#include "numeral-hand-fail.h"
#include "numeral-hand-row.h"
#include "numeral-hand-schema.h"

struct _NumeralHandDb
{
  char *path;
  pthread_mutex_t mutex;
  /* Protected by the mutex. */
  sqlite3 *db; /* NULL if it is not open */
  gboolean writable;
  dev_t device; /* of the open file, which somebody may move away */
  ino_t inode;
  gint64 data_version; /* SQLite's number of the last change by another connection */
  guint64 generation;
  int ref_count;
};

char *
numeral_hand_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "numeral", "handwriting", "handwriting.db",
                           NULL);
}

NumeralHandDb *
numeral_hand_db_new (const char *path)
{
  NumeralHandDb *self = g_new0 (NumeralHandDb, 1);

  self->path = path != NULL ? g_canonicalize_filename (path, NULL) : numeral_hand_default_path ();
  self->generation = 1;
  self->ref_count = 1;
  pthread_mutex_init (&self->mutex, NULL);
  return self;
}

NumeralHandDb *
numeral_hand_db_ref (NumeralHandDb *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
close_file (NumeralHandDb *self)
{
  if (self->db == NULL)
    return;
  g_clear_pointer (&self->db, sqlite3_close);
  self->data_version = 0;
}

void
numeral_hand_db_unref (NumeralHandDb *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  close_file (self);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->path);
  g_free (self);
}

const char *
numeral_hand_db_get_path (NumeralHandDb *self)
{
  return self->path;
}

/* Closes the file if it is no longer the one at the path. */
static void
check_place (NumeralHandDb *self)
{
  GStatBuf info;

  if (self->db == NULL)
    return;
  if (g_stat (self->path, &info) == 0 && info.st_dev == self->device && info.st_ino == self->inode)
    return;
  close_file (self);
  self->generation++;
}

/* Notes whether another connection has changed the file. */
static gboolean
check_version (NumeralHandDb *self, GError **error)
{
  gint64 version;

  if (!numeral_hand_query_number (self->db, "PRAGMA data_version", self->path, &version, error))
    return FALSE;
  if (version != self->data_version)
    self->generation++;
  self->data_version = version;
  return TRUE;
}

/* Opens the file if need be. To read, @db stays %NULL if there is no file. */
static gboolean
prepare (NumeralHandDb *self, gboolean write, GError **error)
{
  GStatBuf info;

  check_place (self);
  if (self->db != NULL && write && !self->writable)
    close_file (self);
  if (self->db == NULL)
    {
      if (!numeral_hand_connect (self->path, write, &self->db, error))
        return FALSE;
      if (self->db == NULL)
        return TRUE;
      self->writable = write;
      if (g_stat (self->path, &info) == 0)
        {
          self->device = info.st_dev;
          self->inode = info.st_ino;
        }
    }
  return check_version (self, error);
}

/* After an error the next call begins anew: the file may have been repaired. */
static void
settle (NumeralHandDb *self, gboolean done)
{
  if (done || self->db == NULL)
    return;
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  close_file (self);
}

typedef gboolean (*Work) (NumeralHandDb *self, gpointer data, GError **error);

/* Calls @work in a transaction, with the mutex held. */
static gboolean
change (NumeralHandDb *self, Work work, gpointer data, GError **error)
{
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = prepare (self, TRUE, error) &&
         numeral_hand_execute (self->db, "BEGIN IMMEDIATE", self->path, error) &&
         work (self, data, error) && numeral_hand_execute (self->db, "COMMIT", self->path, error);
  if (done)
    self->generation++;
  settle (self, done);
  pthread_mutex_unlock (&self->mutex);
  return done;
}

/* Calls @work with the mutex held, unless there is no file. */
static gboolean
look_up (NumeralHandDb *self, Work work, gpointer data, GError **error)
{
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = prepare (self, FALSE, error) && (self->db == NULL || work (self, data, error));
  settle (self, done);
  pthread_mutex_unlock (&self->mutex);
  return done;
}

guint64
numeral_hand_db_get_generation (NumeralHandDb *self)
{
  guint64 generation;

  pthread_mutex_lock (&self->mutex);
  generation = self->generation;
  pthread_mutex_unlock (&self->mutex);
  return generation;
}

guint64
numeral_hand_db_look (NumeralHandDb *self)
{
  guint64 generation;

  pthread_mutex_lock (&self->mutex);
  settle (self, prepare (self, FALSE, NULL));
  generation = self->generation;
  pthread_mutex_unlock (&self->mutex);
  return generation;
}

/* What the functions below pass to their work. */
typedef struct
{
  NumeralHandSample *const *samples;
  GBytes **inks;
  guint n;
  gint64 *new_ids;
  const gint64 *ids;
  gint64 id;
  int label, before;
  const NumeralHandQuery *query;
  NumeralHandCounts *counts;
  GPtrArray *found;
} Call;

/* Executes a statement of numeral-hand-row.h that gives no rows. */
static gboolean
step (NumeralHandDb *self, sqlite3_stmt *statement, GError **error)
{
  const int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  return code == SQLITE_DONE || numeral_hand_fail (error, self->db, code, self->path);
}

static sqlite3_stmt *
compile (NumeralHandDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  const int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    return statement;
  /* A database whose header is right and whose tables are not. */
  numeral_hand_fail (error, self->db, code == SQLITE_ERROR ? SQLITE_CORRUPT : code, self->path);
  return NULL;
}

static GPtrArray *
new_samples (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
}

/* The rows of a statement, which is freed. */
static gboolean
collect (NumeralHandDb *self, sqlite3_stmt *statement, GPtrArray *found, GError **error)
{
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (found, numeral_hand_row_read (statement));
  if (code != SQLITE_DONE)
    numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

static gboolean
fail_invalid (GError **error, const char *reason)
{
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID,
               _ ("the sample cannot be kept: %s"), reason);
  return FALSE;
}

/* (transfer full) (nullable): the bytes of a sample that may be kept. */
static GBytes *
check_new (const NumeralHandSample *sample, GError **error)
{
  GBytes *ink;

  if (!numeral_hand_is_label (sample->label) || !numeral_hand_is_label (sample->first_label) ||
      (sample->read != NUMERAL_HAND_UNREAD && !numeral_hand_is_label (sample->read)) ||
      !(sample->probability >= 0 && sample->probability <= 1))
    {
      fail_invalid (error, _ ("its label is none of the ten digits, nor “not a digit”"));
      return NULL;
    }
  if (sample->drawing == NULL || ink_drawing_is_empty (sample->drawing))
    {
      fail_invalid (error, _ ("there is no ink"));
      return NULL;
    }
  ink = ink_blob_format (sample->drawing);
  if (g_bytes_get_size (ink) <= NUMERAL_HAND_MAX_INK)
    return ink;
  fail_invalid (error, _ ("there is more ink than a digit can have"));
  g_bytes_unref (ink);
  return NULL;
}

static gboolean
add (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  const gint64 now = g_get_real_time ();
  sqlite3_stmt *statement = compile (self, NUMERAL_HAND_ROW_ADD, error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < call->n; i++)
    {
      NumeralHandSample row = *call->samples[i];

      row.id = 0;
      row.ink = call->inks[i];
      if (row.created == 0)
        row.created = now;
      numeral_hand_row_bind (statement, &row);
      done = step (self, statement, error);
      if (done && call->new_ids != NULL)
        call->new_ids[i] = sqlite3_last_insert_rowid (self->db);
    }
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_db_add (
    NumeralHandDb *self, NumeralHandSample *const *samples, guint n, gint64 *ids, GError **error)
{
  g_autoptr (GPtrArray) inks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Call call = { .samples = samples, .n = n, .new_ids = ids };

  for (guint i = 0; i < n; i++)
    {
      GBytes *ink = check_new (samples[i], error);

      if (ink == NULL)
        return FALSE;
      g_ptr_array_add (inks, ink);
    }
  call.inks = (GBytes **) inks->pdata;
  return n == 0 || change (self, add, &call, error);
}

static gboolean
restore (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  sqlite3_stmt *statement = compile (self, NUMERAL_HAND_ROW_RESTORE, error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < call->n; i++)
    {
      numeral_hand_row_bind (statement, call->samples[i]);
      done = step (self, statement, error);
    }
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_db_restore (NumeralHandDb *self,
                         NumeralHandSample *const *samples,
                         guint n,
                         GError **error)
{
  Call call = { .samples = samples, .n = n };

  for (guint i = 0; i < n; i++)
    if (samples[i]->id < 1 || samples[i]->ink == NULL)
      return fail_invalid (error, _ ("it was never kept"));
  return n == 0 || change (self, restore, &call, error);
}

/* @max_ink: bytes; more is not read */
static gboolean
find (NumeralHandDb *self, gint64 id, int max_ink, GPtrArray *found, GError **error)
{
  sqlite3_stmt *statement = compile (self, NUMERAL_HAND_ROW_GET, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, max_ink);
  sqlite3_bind_int64 (statement, 2, id);
  return collect (self, statement, found, error);
}

static gboolean
fail_not_found (GError **error, gint64 id)
{
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND,
               _ ("there is no sample number %" PRId64 " in your handwriting"), id);
  return FALSE;
}

static gboolean
relabel (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  g_autoptr (GPtrArray) found = new_samples ();
  sqlite3_stmt *statement;
  gboolean done;

  if (!find (self, call->id, 0, found, error))
    return FALSE;
  if (found->len == 0)
    return fail_not_found (error, call->id);
  call->before = ((NumeralHandSample *) g_ptr_array_index (found, 0))->label;
  statement = compile (self, "UPDATE sample SET label = ?1 WHERE id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, call->label);
  sqlite3_bind_int64 (statement, 2, call->id);
  done = step (self, statement, error);
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_db_relabel (NumeralHandDb *self, gint64 id, int label, int *before, GError **error)
{
  Call call = { .id = id, .label = label };

  if (!numeral_hand_is_label (label))
    return fail_invalid (error, _ ("its label is none of the ten digits, nor “not a digit”"));
  if (!change (self, relabel, &call, error))
    return FALSE;
  if (before != NULL)
    *before = call.before;
  return TRUE;
}

static gboolean delete (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  sqlite3_stmt *statement = compile (self, "DELETE FROM sample WHERE id = ?1", error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < call->n; i++)
    {
      sqlite3_bind_int64 (statement, 1, call->ids[i]);
      /* All of it, so that a damaged one can be put back too. */
      done =
          find (self, call->ids[i], G_MAXINT, call->found, error) && step (self, statement, error);
    }
  sqlite3_finalize (statement);
  return done;
}

GPtrArray *
numeral_hand_db_delete (NumeralHandDb *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .ids = ids, .n = n, .found = found };

  if (n > 0 && !change (self, delete, &call, error))
    return NULL;
  return g_steal_pointer (&found);
}

static gboolean
count (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  sqlite3_stmt *statement = compile (self, NUMERAL_HAND_ROW_COUNT, error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, call->id);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const gint64 label = sqlite3_column_int64 (statement, 0);
      const gsize n = (gsize) sqlite3_column_int64 (statement, 1);

      call->counts->n += n;
      call->counts->n_corrected += (gsize) sqlite3_column_int64 (statement, 2);
      call->counts->newest = MAX (call->counts->newest, sqlite3_column_int64 (statement, 3));
      if (numeral_hand_is_label (label))
        call->counts->labels[label] += n;
    }
  if (code != SQLITE_DONE)
    numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
numeral_hand_db_count (NumeralHandDb *self, gint64 after, NumeralHandCounts *counts, GError **error)
{
  Call call = { .id = after, .counts = counts };

  *counts = (NumeralHandCounts){ .n = 0 };
  return look_up (self, count, &call, error);
}

static gboolean
list (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;
  const NumeralHandQuery *query = call->query;
  sqlite3_stmt *statement =
      compile (self, query->label < 0 ? NUMERAL_HAND_ROW_LIST : NUMERAL_HAND_ROW_LIST_LABEL, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, NUMERAL_HAND_MAX_INK);
  sqlite3_bind_int64 (statement, 2, query->before > 0 ? query->before : G_MAXINT64);
  sqlite3_bind_int64 (statement, 3, MIN (query->limit, NUMERAL_HAND_MAX_PAGE));
  sqlite3_bind_int64 (statement, 4, query->skip);
  if (query->label >= 0)
    sqlite3_bind_int (statement, 5, query->label);
  return collect (self, statement, call->found, error);
}

GPtrArray *
numeral_hand_db_list (NumeralHandDb *self, const NumeralHandQuery *query, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .query = query, .found = found };

  return look_up (self, list, &call, error) ? g_steal_pointer (&found) : NULL;
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0, j = array->len; i + 1 < j; i++)
    {
      const gpointer last = array->pdata[--j];

      array->pdata[j] = array->pdata[i];
      array->pdata[i] = last;
    }
}

GPtrArray *
numeral_hand_db_read_all (NumeralHandDb *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) all = new_samples ();
  NumeralHandQuery query = { .label = -1, .limit = NUMERAL_HAND_MAX_PAGE };

  for (;;)
    {
      g_autoptr (GPtrArray) page = NULL;
      guint n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      page = numeral_hand_db_list (self, &query, error);
      if (page == NULL)
        return NULL;
      n = page->len;
      if (n > 0)
        query.before = ((NumeralHandSample *) g_ptr_array_index (page, n - 1))->id;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&page));
      if (n < query.limit)
        break;
    }
  reverse (all);
  return g_steal_pointer (&all);
}

static gboolean
get (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return find (self, call->id, NUMERAL_HAND_MAX_INK, call->found, error);
}

NumeralHandSample *
numeral_hand_db_get (NumeralHandDb *self, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .id = id, .found = found };

  if (!look_up (self, get, &call, error))
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  fail_not_found (error, id);
  return NULL;
}
