/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-sealed.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "numeral-hand-fail.h"
#include "numeral-hand-record.h"
#include "numeral-hand-row.h"
#include "numeral-hand-schema.h"

#define KIND "sample/1"

/* (transfer full): the sample of a record, perhaps a damaged one. */
static NumeralHandSample *
open_record (NumeralHandTable *self, gint64 id, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = numeral_vault_open (self->vault, KIND, id, data, size, &error);
  NumeralHandSample *sample;

  if (record != NULL)
    return numeral_hand_record_parse (id, record);
  sample = numeral_hand_sample_new (NULL, -2);
  sample->id = id;
  sample->sealed = g_bytes_new (data, size);
  sample->damage = g_strdup (error->message);
  return sample;
}

static NumeralHandSample *
read_row (NumeralHandTable *self, sqlite3_stmt *statement)
{
  return open_record (self, sqlite3_column_int64 (statement, 0), sqlite3_column_blob (statement, 1),
                      (gsize) sqlite3_column_bytes (statement, 1));
}

/* Executes @sql with a number and a record. */
static gboolean
put (NumeralHandTable *self, const char *sql, gint64 id, GBytes *record, GError **error)
{
  sqlite3_stmt *statement = numeral_hand_row_compile (self->db, self->path, sql, error);
  gsize size;
  gconstpointer data = g_bytes_get_data (record, &size);
  gboolean done;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_blob64 (statement, 2, size > 0 ? data : "", size, SQLITE_STATIC);
  done = numeral_hand_row_step (statement, self->db, self->path, error);
  sqlite3_finalize (statement);
  return done;
}

static GBytes *
seal (NumeralHandTable *self, gint64 id, const NumeralHandSample *sample, GBytes *ink)
{
  g_autoptr (GBytes) record = numeral_hand_record_format (sample, ink);
  gsize size;
  gconstpointer data = g_bytes_get_data (record, &size);

  return numeral_vault_seal (self->vault, KIND, id, data, size);
}

gboolean
numeral_hand_sealed_insert (NumeralHandTable *self,
                            const NumeralHandSample *sample,
                            GBytes *ink,
                            gint64 *id,
                            GError **error)
{
  g_autoptr (GBytes) sealed = NULL;
  gint64 last;

  /* The number is a part of what is authenticated, so it is needed before the row is there. */
  if (!numeral_hand_query_number (self->db,
                                  "SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
                                  " WHERE name = 'sealed_sample'",
                                  self->path, &last, error))
    return FALSE;
  if (last < 0 || last == G_MAXINT64)
    return numeral_hand_fail (error, NULL, SQLITE_CORRUPT, self->path);
  *id = last + 1;
  sealed = seal (self, *id, sample, ink);
  return put (self, "INSERT INTO sealed_sample (id, record) VALUES (?1, ?2)", *id, sealed, error);
}

gboolean
numeral_hand_sealed_restore (NumeralHandTable *self,
                             NumeralHandSample *const *samples,
                             guint n,
                             GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const NumeralHandSample *sample = samples[i];
      g_autoptr (GBytes) sealed = sample->sealed != NULL ?
                                      g_bytes_ref (sample->sealed) :
                                      seal (self, sample->id, sample, sample->ink);

      if (!put (self,
                "INSERT INTO sealed_sample (id, record) VALUES (?1, ?2)"
                " ON CONFLICT (id) DO NOTHING",
                sample->id, sealed, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
numeral_hand_sealed_find (NumeralHandTable *self, gint64 id, GPtrArray *found, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (self->db, self->path,
                                "SELECT id, record FROM sealed_sample WHERE id = ?1", error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (found, read_row (self, statement));
  if (code != SQLITE_DONE)
    numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
numeral_hand_sealed_relabel (NumeralHandTable *self,
                             const NumeralHandSample *sample,
                             int label,
                             GError **error)
{
  NumeralHandSample changed = *sample;
  g_autoptr (GBytes) sealed = NULL;

  if (sample->ink == NULL)
    {
      g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_INVALID,
                   _ ("sample %" PRId64 " cannot be changed: %s"), sample->id, sample->damage);
      return FALSE;
    }
  changed.label = label;
  sealed = seal (self, sample->id, &changed, sample->ink);
  return put (self, "UPDATE sealed_sample SET record = ?2 WHERE id = ?1", sample->id, sealed,
              error);
}

/* All labels by number, read once. */
static gboolean
make_index (NumeralHandTable *self, GError **error)
{
  sqlite3_stmt *statement;
  GArray *index;
  int code;

  if (self->index != NULL)
    return TRUE;
  statement = numeral_hand_row_compile (self->db, self->path,
                                        "SELECT id, record FROM sealed_sample ORDER BY id", error);
  if (statement == NULL)
    return FALSE;
  index = g_array_new (FALSE, FALSE, sizeof (NumeralHandEntry));
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autoptr (NumeralHandSample) sample = read_row (self, statement);
      const NumeralHandEntry entry = { sample->id, sample->label,
                                       numeral_hand_sample_is_corrected (sample) };

      g_array_append_val (index, entry);
    }
  if (code == SQLITE_DONE)
    self->index = index;
  else
    {
      numeral_hand_fail (error, self->db, code, self->path);
      g_array_unref (index);
    }
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
numeral_hand_sealed_count (NumeralHandTable *self,
                           gint64 after,
                           NumeralHandCounts *counts,
                           GError **error)
{
  if (!make_index (self, error))
    return FALSE;
  for (guint i = 0; i < self->index->len; i++)
    {
      const NumeralHandEntry *entry = &g_array_index (self->index, NumeralHandEntry, i);

      if (entry->id <= after)
        continue;
      counts->n++;
      counts->n_corrected += entry->corrected;
      counts->newest = MAX (counts->newest, entry->id);
      if (numeral_hand_is_label (entry->label))
        counts->labels[entry->label]++;
    }
  return TRUE;
}

gboolean
numeral_hand_sealed_list (NumeralHandTable *self,
                          const NumeralHandQuery *query,
                          GPtrArray *found,
                          GError **error)
{
  const gint64 before = query->before > 0 ? query->before : G_MAXINT64;
  const guint limit = MIN (query->limit, NUMERAL_HAND_MAX_PAGE);
  guint skip = query->skip, n = 0;

  if (!make_index (self, error))
    return FALSE;
  for (guint i = self->index->len; i > 0 && n < limit; i--)
    {
      const NumeralHandEntry *entry = &g_array_index (self->index, NumeralHandEntry, i - 1);

      if (entry->id >= before || (query->label >= 0 && entry->label != query->label))
        continue;
      if (skip > 0)
        {
          skip--;
          continue;
        }
      if (!numeral_hand_sealed_find (self, entry->id, found, error))
        return FALSE;
      n++;
    }
  return TRUE;
}

/* The numbers that the other table has used are not used again by this one. */
static gboolean
keep_numbers (NumeralHandTable *self, const char *from, const char *to, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM sqlite_sequence WHERE name = '%s';"
                                          "INSERT INTO sqlite_sequence (name, seq) SELECT '%s', "
                                          "seq FROM sqlite_sequence"
                                          " WHERE name = '%s';"
                                          "DELETE FROM sqlite_sequence WHERE name = '%s';",
                                          to, to, from, from);

  return numeral_hand_execute (self->db, sql, self->path, error);
}

gboolean
numeral_hand_sealed_take (NumeralHandTable *self, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_SELECT "ORDER BY id", error);
  gboolean done = statement != NULL;
  int code = SQLITE_DONE;

  if (done)
    sqlite3_bind_int (statement, 1, G_MAXINT);
  while (done && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autoptr (NumeralHandSample) sample = numeral_hand_row_read (statement);
      NumeralHandSample *const samples[] = { sample };

      if (sample->ink == NULL)
        sample->ink = g_bytes_new (NULL, 0);
      done = numeral_hand_sealed_restore (self, samples, 1, error);
    }
  if (done && code != SQLITE_DONE)
    done = numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return done && numeral_hand_execute (self->db, "DELETE FROM sample", self->path, error) &&
         keep_numbers (self, "sample", "sealed_sample", error);
}

gboolean
numeral_hand_sealed_give (NumeralHandTable *self, GError **error)
{
  sqlite3_stmt *sealed =
      numeral_hand_row_compile (self->db, self->path,
                                "SELECT id, record FROM sealed_sample ORDER BY id", error);
  sqlite3_stmt *plain =
      sealed != NULL ?
          numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_RESTORE, error) :
          NULL;
  gboolean done = plain != NULL;
  int code = SQLITE_DONE;

  while (done && (code = sqlite3_step (sealed)) == SQLITE_ROW)
    {
      g_autoptr (NumeralHandSample) sample = read_row (self, sealed);

      done = numeral_hand_row_restore (plain, self->db, self->path, sample, error);
    }
  if (done && code != SQLITE_DONE)
    done = numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (sealed);
  sqlite3_finalize (plain);
  return done && numeral_hand_execute (self->db, "DELETE FROM sealed_sample", self->path, error) &&
         keep_numbers (self, "sealed_sample", "sample", error);
}
