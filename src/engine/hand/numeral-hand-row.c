/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-row.h"

#include <glib/gi18n-lib.h>

#include "ink-blob.h"

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
numeral_hand_row_bind (sqlite3_stmt *statement, const NumeralHandSample *sample)
{
  gsize size;
  gconstpointer ink = g_bytes_get_data (sample->ink, &size);

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

static void
read_ink (sqlite3_stmt *statement, NumeralHandSample *sample)
{
  const gint64 size = sqlite3_column_int64 (statement, INK_SIZE);
  g_autoptr (GError) error = NULL;

  if (sqlite3_column_type (statement, INK) != SQLITE_BLOB)
    {
      sample->damage = size > 0 ? g_strdup (_ ("there is more ink than a digit can have")) :
                                  g_strdup (_ ("there is no ink"));
      return;
    }
  sample->ink = g_bytes_new (sqlite3_column_blob (statement, INK),
                             (gsize) sqlite3_column_bytes (statement, INK));
  sample->drawing = ink_blob_parse (sample->ink, &error);
  if (sample->drawing == NULL)
    sample->damage = g_strdup (error->message);
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
  read_ink (statement, sample);
  if (sample->damage == NULL &&
      (!numeral_hand_is_label (sample->label) || !numeral_hand_is_label (sample->first_label) ||
       (sample->read != NUMERAL_HAND_UNREAD && !numeral_hand_is_label (sample->read)) ||
       !(sample->probability >= 0 && sample->probability <= 1)))
    sample->damage = g_strdup (_ ("its label is none of the ten digits, nor “not a digit”"));
  return sample;
}
