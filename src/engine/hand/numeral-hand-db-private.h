/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>

#include "numeral-hand-lock.h"
#include "numeral-hand-table.h"

G_BEGIN_DECLS

/* Private to hand: what the files of numeral-hand-db.h share. */

struct _NumeralHandDb
{
  char *path;
  pthread_mutex_t mutex;
  /* Protected by the mutex. */
  NumeralHandTable table; /* its db is NULL if the file is not open */
  guint64 index_generation;
  gboolean writable;
  dev_t device; /* of the open file, which somebody may move away */
  ino_t inode;
  gint64 data_version; /* SQLite's number of the last change by another connection */
  guint64 vaults;      /* numeral_vault_get_generation() of the last look */
  guint64 generation;
  int ref_count;
};

typedef gboolean (*NumeralHandWork) (NumeralHandDb *self, gpointer data, GError **error);

/* Calls @work in a transaction, with the mutex held; then there is a vault in the table if the
 * samples are encrypted. NUMERAL_HAND_ERROR_LOCKED */
gboolean
numeral_hand_db_change (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error);
/* The same for a work that only reads; @work is not called if there is no file. */
gboolean
numeral_hand_db_look_up (NumeralHandDb *self, NumeralHandWork work, gpointer data, GError **error);

/* With the mutex held: opens the file if need be. To read, the db stays %NULL if there is none. */
gboolean numeral_hand_db_prepare (NumeralHandDb *self, gboolean write, GError **error);
/* With the mutex held: ends a transaction that failed. */
void numeral_hand_db_settle (NumeralHandDb *self, gboolean done, const GError *error);

G_END_DECLS
