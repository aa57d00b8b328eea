/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "numeral-hand-db.h"
#include "numeral-vault.h"

G_BEGIN_DECLS

/* Private to hand: the encrypted samples of a table with a vault. Each is a record of
 * numeral-hand-record.h that only opens with its number; nothing else of it is in the file. */

/* Of an encrypted sample, so that it is found by its label without opening all. */
typedef struct
{
  gint64 id;
  int label; /* -2: it is damaged */
  gboolean corrected;
} NumeralHandEntry;

/**
 * NumeralHandTable:
 * @vault: (nullable): %NULL if the samples are plain
 * @index: (nullable) (element-type NumeralHandEntry): the encrypted samples by number, made when it
 *   is needed; the owner drops it when the samples may have changed
 *
 * All functions are called in a transaction. Errors are NUMERAL_HAND_ERROR_*.
 */
typedef struct
{
  sqlite3 *db;
  const char *path;
  NumeralVault *vault;
  GArray *index;
} NumeralHandTable;

gboolean numeral_hand_sealed_insert (NumeralHandTable *self,
                                     const NumeralHandSample *sample,
                                     GBytes *ink,
                                     gint64 *id,
                                     GError **error);
gboolean numeral_hand_sealed_restore (NumeralHandTable *self,
                                      NumeralHandSample *const *samples,
                                      guint n,
                                      GError **error);
gboolean
numeral_hand_sealed_find (NumeralHandTable *self, gint64 id, GPtrArray *found, GError **error);
/* @sample: as it is. NUMERAL_HAND_ERROR_INVALID if it cannot be opened. */
gboolean numeral_hand_sealed_relabel (NumeralHandTable *self,
                                      const NumeralHandSample *sample,
                                      int label,
                                      GError **error);
gboolean numeral_hand_sealed_count (NumeralHandTable *self,
                                    gint64 after,
                                    NumeralHandCounts *counts,
                                    GError **error);
gboolean numeral_hand_sealed_list (NumeralHandTable *self,
                                   const NumeralHandQuery *query,
                                   GPtrArray *found,
                                   GError **error);

/* Encrypts all plain samples, and empties their table. */
gboolean numeral_hand_sealed_take (NumeralHandTable *self, GError **error);
/* Decrypts all, and empties the table of the encrypted ones; fails if one cannot be opened. */
gboolean numeral_hand_sealed_give (NumeralHandTable *self, GError **error);

G_END_DECLS
