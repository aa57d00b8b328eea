/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-db.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ink-blob.h"
#include "numeral-hand-db-private.h"
#include "numeral-hand-finish.h"
#include "numeral-hand-protect.h"
#include "numeral-hand-schema.h"

/* Asks for a key when one is needed; for programs that do not ask before. */
static gboolean (*unlocker) (NumeralHandDb *db, GError **error);

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
  self->table.path = self->path;
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
  if (self->table.db == NULL)
    return;
  g_clear_pointer (&self->table.db, sqlite3_close);
  self->data_version = 0;
}

void
numeral_hand_db_unref (NumeralHandDb *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  close_file (self);
  g_clear_pointer (&self->table.index, g_array_unref);
  g_clear_pointer (&self->table.vault, numeral_vault_unref);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->path);
  g_free (self);
}

const char *
numeral_hand_db_get_path (NumeralHandDb *self)
{
  return self->path;
}

void
numeral_hand_db_set_unlocker (gboolean (*func) (NumeralHandDb *db, GError **error))
{
  unlocker = func;
}

/* Closes the file if it is no longer the one at the path. */
static void
check_place (NumeralHandDb *self)
{
  GStatBuf info;

  if (self->table.db == NULL)
    return;
  if (g_stat (self->path, &info) == 0 && info.st_dev == self->device && info.st_ino == self->inode)
    return;
  close_file (self);
  self->generation++;
}

/* Notes whether another connection has changed the file, and whether a key was given. */
static gboolean
check_version (NumeralHandDb *self, GError **error)
{
  const guint64 vaults = numeral_vault_get_generation ();
  gint64 version;

  if (!numeral_hand_query_number (self->table.db, "PRAGMA data_version", self->path, &version,
                                  error))
    return FALSE;
  if (version != self->data_version || vaults != self->vaults)
    self->generation++;
  self->data_version = version;
  self->vaults = vaults;
  return TRUE;
}

gboolean
numeral_hand_db_prepare (NumeralHandDb *self, gboolean write, GError **error)
{
  GStatBuf info;

  check_place (self);
  if (self->table.db != NULL && write && !self->writable)
    close_file (self);
  if (self->table.db != NULL)
    return TRUE;
  if (!numeral_hand_connect (self->path, write, &self->table.db, error))
    return FALSE;
  if (self->table.db == NULL)
    return TRUE;
  self->writable = write;
  if (g_stat (self->path, &info) == 0)
    {
      self->device = info.st_dev;
      self->inode = info.st_ino;
    }
  /* What a program that was killed has begun. Tried again when the file is opened the next time. */
  numeral_hand_finish (self->table.db, self->path, FALSE, NULL);
  return TRUE;
}

/* After an error the next call begins anew: the file may have been repaired. */
void
numeral_hand_db_settle (NumeralHandDb *self, gboolean done, const GError *error)
{
  if (done || self->table.db == NULL)
    return;
  if (!sqlite3_get_autocommit (self->table.db))
    sqlite3_exec (self->table.db, "ROLLBACK", NULL, NULL, NULL);
  if (!g_error_matches (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED))
    close_file (self);
}

static gboolean
fail_locked (NumeralHandDb *self, GError **error)
{
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED,
               _ ("your handwriting is encrypted and locked; unlock it with your passphrase, the "
                  "keyring or the recovery key"));
  return FALSE;
}

/* In a transaction: finds out how the samples are stored. */
static gboolean
take_vault (NumeralHandDb *self, GError **error)
{
  g_autoptr (NumeralVault) vault = NULL;
  NumeralHandLock lock;

  if (!check_version (self, error) ||
      !numeral_hand_lock_read (self->table.db, self->path, &lock, error))
    return FALSE;
  if (lock.state == NUMERAL_HAND_LOCK_ON)
    {
      vault = numeral_vault_find (lock.id);
      if (vault == NULL)
        return fail_locked (self, error);
    }
  if (vault != self->table.vault || self->index_generation != self->generation)
    g_clear_pointer (&self->table.index, g_array_unref);
  self->index_generation = self->generation;
  g_clear_pointer (&self->table.vault, numeral_vault_unref);
  self->table.vault = g_steal_pointer (&vault);
  return TRUE;
}

/* @work in a transaction that begins with @begin. */
static gboolean
run_inside (
    NumeralHandDb *self, const char *begin, NumeralHandWork work, gpointer data, GError **error)
{
  return numeral_hand_execute (self->table.db, begin, self->path, error) &&
         take_vault (self, error) && work (self, data, error) &&
         numeral_hand_execute (self->table.db, "COMMIT", self->path, error);
}

static gboolean
change_once (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error)
{
  GError *local = NULL;
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = numeral_hand_db_prepare (self, TRUE, &local) &&
         run_inside (self, "BEGIN IMMEDIATE", work, data, &local);
  /* The index, too, is of an earlier generation. */
  if (done)
    self->generation++;
  numeral_hand_db_settle (self, done, local);
  pthread_mutex_unlock (&self->mutex);
  if (local != NULL)
    g_propagate_error (error, local);
  return done;
}

static gboolean
look_up_once (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error)
{
  GError *local = NULL;
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = numeral_hand_db_prepare (self, FALSE, &local) &&
         (self->table.db == NULL || run_inside (self, "BEGIN", work, data, &local));
  numeral_hand_db_settle (self, done, local);
  pthread_mutex_unlock (&self->mutex);
  if (local != NULL)
    g_propagate_error (error, local);
  return done;
}

typedef gboolean (*Run) (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error);

/* Asks for the key, if there is somebody to ask, and tries again. */
static gboolean
run_unlocked (NumeralHandDb *self, Run run, NumeralHandWork work, gpointer data, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (run (self, work, data, &local))
    return TRUE;
  if (unlocker != NULL && g_error_matches (local, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_LOCKED))
    return unlocker (self, error) && run (self, work, data, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
numeral_hand_db_change (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error)
{
  return run_unlocked (self, change_once, work, data, error);
}

gboolean
numeral_hand_db_look_up (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error)
{
  return run_unlocked (self, look_up_once, work, data, error);
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
  gboolean done;

  pthread_mutex_lock (&self->mutex);
  done = numeral_hand_db_prepare (self, FALSE, NULL) &&
         (self->table.db == NULL || check_version (self, NULL));
  numeral_hand_db_settle (self, done, NULL);
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

static GPtrArray *
new_samples (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
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

  return numeral_hand_table_insert (&self->table, call->samples, call->inks, call->n, call->new_ids,
                                    error);
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
  return n == 0 || numeral_hand_db_change (self, add, &call, error);
}

static gboolean
restore (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return numeral_hand_table_restore (&self->table, call->samples, call->n, error);
}

gboolean
numeral_hand_db_restore (NumeralHandDb *self,
                         NumeralHandSample *const *samples,
                         guint n,
                         GError **error)
{
  Call call = { .samples = samples, .n = n };

  for (guint i = 0; i < n; i++)
    if (samples[i]->id < 1 || (samples[i]->ink == NULL && samples[i]->sealed == NULL))
      return fail_invalid (error, _ ("it was never kept"));
  return n == 0 || numeral_hand_db_change (self, restore, &call, error);
}

static gboolean
relabel (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return numeral_hand_table_relabel (&self->table, call->id, call->label, &call->before, error);
}

gboolean
numeral_hand_db_relabel (NumeralHandDb *self, gint64 id, int label, int *before, GError **error)
{
  Call call = { .id = id, .label = label };

  if (!numeral_hand_is_label (label))
    return fail_invalid (error, _ ("its label is none of the ten digits, nor “not a digit”"));
  if (!numeral_hand_db_change (self, relabel, &call, error))
    return FALSE;
  if (before != NULL)
    *before = call.before;
  return TRUE;
}

static gboolean delete (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return numeral_hand_table_delete (&self->table, call->ids, call->n, call->found, error);
}

GPtrArray *
numeral_hand_db_delete (NumeralHandDb *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .ids = ids, .n = n, .found = found };

  if (n > 0 && !numeral_hand_db_change (self, delete, &call, error))
    return NULL;
  return g_steal_pointer (&found);
}

static gboolean
count (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return numeral_hand_table_count (&self->table, call->id, call->counts, error);
}

gboolean
numeral_hand_db_count (NumeralHandDb *self, gint64 after, NumeralHandCounts *counts, GError **error)
{
  Call call = { .id = after, .counts = counts };

  *counts = (NumeralHandCounts){ .n = 0 };
  return numeral_hand_db_look_up (self, count, &call, error);
}

static gboolean
list (NumeralHandDb *self, gpointer data, GError **error)
{
  Call *call = data;

  return numeral_hand_table_list (&self->table, call->query, call->found, error);
}

GPtrArray *
numeral_hand_db_list (NumeralHandDb *self, const NumeralHandQuery *query, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .query = query, .found = found };

  return numeral_hand_db_look_up (self, list, &call, error) ? g_steal_pointer (&found) : NULL;
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

  return numeral_hand_table_find (&self->table, call->id, NUMERAL_HAND_MAX_INK, call->found, error);
}

NumeralHandSample *
numeral_hand_db_get (NumeralHandDb *self, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) found = new_samples ();
  Call call = { .id = id, .found = found };

  if (!numeral_hand_db_look_up (self, get, &call, error))
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  numeral_hand_table_fail_not_found (error, id);
  return NULL;
}
