/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-error.h"

G_BEGIN_DECLS

/* Private to hand: the tables of the database, and how a connection is made. */

/* "NumH", so that file(1) and others tell the database from others. */
#define NUMERAL_HAND_APPLICATION_ID 0x4e756d48
/* From this version on there are the tables of numeral-hand-lock.h. */
#define NUMERAL_HAND_LOCK_VERSION 2

/* The time that another program gets to finish its transaction. */
#define NUMERAL_HAND_BUSY_MS 5000

/**
 * NumeralHandSchema:
 * @steps: [n_steps]: step i brings a database of version i to version i + 1
 *
 * Versions of the tables. A step is never changed after a release; a new one is added.
 */
typedef struct
{
  const char *const *steps;
  guint n_steps;
} NumeralHandSchema;

extern const NumeralHandSchema numeral_hand_schema;

/* Brings the database to the newest version, in one transaction: after an error it is as before.
 * NUMERAL_HAND_ERROR_NEWER, NUMERAL_HAND_ERROR_DAMAGED if it is another program's, others. */
gboolean numeral_hand_schema_migrate (sqlite3 *db,
                                      const NumeralHandSchema *schema,
                                      const char *path,
                                      GError **error);

/**
 * numeral_hand_connect:
 * @path: absolute
 * @write: whether the file is created if there is none, with its folder
 * @db: (out) (nullable): %NULL without an error if there is nothing to read yet
 *
 * Opens the file: WAL, and a sync of the disk with every transaction. Without @write it is also
 * read where nothing may be written, and a database of an earlier version stays as it is. Blocks.
 */
gboolean numeral_hand_connect (const char *path, gboolean write, sqlite3 **db, GError **error);

/* Executes statements without results. */
gboolean numeral_hand_execute (sqlite3 *db, const char *sql, const char *path, GError **error);
/* The one number that a statement gives. */
gboolean numeral_hand_query_number (
    sqlite3 *db, const char *sql, const char *path, gint64 *number, GError **error);

G_END_DECLS
