/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "numeral-hand-fail.h"
#include "numeral-hand-row.h"

gboolean
numeral_hand_table_fail_not_found (GError **error, gint64 id)
{
  g_set_error (error, NUMERAL_HAND_ERROR, NUMERAL_HAND_ERROR_NOT_FOUND,
               _ ("there is no sample number %" PRId64 " in your handwriting"), id);
  return FALSE;
}

/* The rows of a statement, which is freed. */
static gboolean
collect (NumeralHandTable *self, sqlite3_stmt *statement, GPtrArray *found, GError **error)
{
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (found, numeral_hand_row_read (statement));
  if (code != SQLITE_DONE)
    numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
numeral_hand_table_insert (NumeralHandTable *self,
                           NumeralHandSample *const *samples,
                           GBytes *const *inks,
                           guint n,
                           gint64 *ids,
                           GError **error)
{
  const gint64 now = g_get_real_time ();
  sqlite3_stmt *statement = NULL;
  gboolean done = TRUE;

  if (self->vault == NULL)
    {
      statement = numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_ADD, error);
      done = statement != NULL;
    }
  for (guint i = 0; done && i < n; i++)
    {
      NumeralHandSample row = *samples[i];
      gint64 id = 0;

      row.id = 0;
      if (row.created == 0)
        row.created = now;
      if (self->vault != NULL)
        done = numeral_hand_sealed_insert (self, &row, inks[i], &id, error);
      else
        {
          numeral_hand_row_bind (statement, &row, inks[i]);
          done = numeral_hand_row_step (statement, self->db, self->path, error);
          id = sqlite3_last_insert_rowid (self->db);
        }
      if (ids != NULL)
        ids[i] = id;
    }
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_table_restore (NumeralHandTable *self,
                            NumeralHandSample *const *samples,
                            guint n,
                            GError **error)
{
  sqlite3_stmt *statement;
  gboolean done;

  if (self->vault != NULL)
    return numeral_hand_sealed_restore (self, samples, n, error);
  statement = numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_RESTORE, error);
  done = statement != NULL;
  for (guint i = 0; done && i < n; i++)
    done = numeral_hand_row_restore (statement, self->db, self->path, samples[i], error);
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_table_find (
    NumeralHandTable *self, gint64 id, int max_ink, GPtrArray *found, GError **error)
{
  sqlite3_stmt *statement;

  if (self->vault != NULL)
    return numeral_hand_sealed_find (self, id, found, error);
  statement = numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_GET, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, max_ink);
  sqlite3_bind_int64 (statement, 2, id);
  return collect (self, statement, found, error);
}

gboolean
numeral_hand_table_relabel (
    NumeralHandTable *self, gint64 id, int label, int *before, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_hand_sample_unref);
  sqlite3_stmt *statement;
  gboolean done;

  if (!numeral_hand_table_find (self, id, 0, found, error))
    return FALSE;
  if (found->len == 0)
    return numeral_hand_table_fail_not_found (error, id);
  *before = ((NumeralHandSample *) found->pdata[0])->label;
  if (self->vault != NULL)
    return numeral_hand_sealed_relabel (self, found->pdata[0], label, error);
  statement = numeral_hand_row_compile (self->db, self->path,
                                        "UPDATE sample SET label = ?1 WHERE id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, label);
  sqlite3_bind_int64 (statement, 2, id);
  done = numeral_hand_row_step (statement, self->db, self->path, error);
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_table_delete (
    NumeralHandTable *self, const gint64 *ids, guint n, GPtrArray *found, GError **error)
{
  sqlite3_stmt *statement =
      numeral_hand_row_compile (self->db, self->path,
                                self->vault != NULL ? "DELETE FROM sealed_sample WHERE id = ?1" :
                                                      "DELETE FROM sample WHERE id = ?1",
                                error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < n; i++)
    {
      sqlite3_bind_int64 (statement, 1, ids[i]);
      /* All of it, so that a damaged one can be put back too. */
      done = numeral_hand_table_find (self, ids[i], G_MAXINT, found, error) &&
             numeral_hand_row_step (statement, self->db, self->path, error);
    }
  sqlite3_finalize (statement);
  return done;
}

gboolean
numeral_hand_table_count (NumeralHandTable *self,
                          gint64 after,
                          NumeralHandCounts *counts,
                          GError **error)
{
  sqlite3_stmt *statement;
  int code;

  if (self->vault != NULL)
    return numeral_hand_sealed_count (self, after, counts, error);
  statement = numeral_hand_row_compile (self->db, self->path, NUMERAL_HAND_ROW_COUNT, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, after);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const gint64 label = sqlite3_column_int64 (statement, 0);
      const gsize n = (gsize) sqlite3_column_int64 (statement, 1);

      counts->n += n;
      counts->n_corrected += (gsize) sqlite3_column_int64 (statement, 2);
      counts->newest = MAX (counts->newest, sqlite3_column_int64 (statement, 3));
      if (numeral_hand_is_label (label))
        counts->labels[label] += n;
    }
  if (code != SQLITE_DONE)
    numeral_hand_fail (error, self->db, code, self->path);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

gboolean
numeral_hand_table_list (NumeralHandTable *self,
                         const NumeralHandQuery *query,
                         GPtrArray *found,
                         GError **error)
{
  sqlite3_stmt *statement;

  if (self->vault != NULL)
    return numeral_hand_sealed_list (self, query, found, error);
  statement = numeral_hand_row_compile (self->db, self->path,
                                        query->label < 0 ? NUMERAL_HAND_ROW_LIST :
                                                           NUMERAL_HAND_ROW_LIST_LABEL,
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, NUMERAL_HAND_MAX_INK);
  sqlite3_bind_int64 (statement, 2, query->before > 0 ? query->before : G_MAXINT64);
  sqlite3_bind_int64 (statement, 3, MIN (query->limit, NUMERAL_HAND_MAX_PAGE));
  sqlite3_bind_int64 (statement, 4, query->skip);
  if (query->label >= 0)
    sqlite3_bind_int (statement, 5, query->label);
  return collect (self, statement, found, error);
}
