/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "numeral-hand-error.h"
#include "numeral-hand-sample.h"

G_BEGIN_DECLS

/* Samples of one page at most. */
#define NUMERAL_HAND_MAX_PAGE 1000
/* Bytes of ink that a sample may have; a digit has a few thousand. */
#define NUMERAL_HAND_MAX_INK (4 << 20)

/**
 * NumeralHandDb:
 *
 * The database of a person's handwriting. All functions may be called in any thread; they block,
 * so the window uses NumeralHandStore. A function that changes the database does so in one
 * transaction, and what it confirmed survives a crash and a power failure. Several programs may use
 * the file at once. The file is opened when it is needed, and created with the first sample. Where
 * the samples are encrypted (numeral-hand-protect.h), each function but numeral_hand_db_look()
 * fails with NUMERAL_HAND_ERROR_LOCKED until the database is unlocked in this process.
 * NUMERAL_HAND_ERROR_*. Reference-counted (atomic).
 */
typedef struct _NumeralHandDb NumeralHandDb;

/* (transfer full): numeral/handwriting/handwriting.db in the user's data folder. */
char *numeral_hand_default_path (void);

/* @path: (nullable): the default path. Does not touch the disk. */
NumeralHandDb *numeral_hand_db_new (const char *path);
NumeralHandDb *numeral_hand_db_ref (NumeralHandDb *self);
void numeral_hand_db_unref (NumeralHandDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralHandDb, numeral_hand_db_unref)

const char *numeral_hand_db_get_path (NumeralHandDb *self);

/* A number that grows with each change that was made or seen. */
guint64 numeral_hand_db_get_generation (NumeralHandDb *self);
/* The same, after a look at what other programs changed. Reports no error. */
guint64 numeral_hand_db_look (NumeralHandDb *self);

/* Keeps new samples, all or none. @ids: (out) (optional): [n] their numbers, in order */
gboolean numeral_hand_db_add (
    NumeralHandDb *self, NumeralHandSample *const *samples, guint n, gint64 *ids, GError **error);

/* Gives a sample another label. @before: (out) (optional): the label that it had, for an undo */
gboolean
numeral_hand_db_relabel (NumeralHandDb *self, gint64 id, int label, int *before, GError **error);

/* Deletes samples, all or none; a number that is not there is passed over. (transfer full)
 * (element-type NumeralHandSample): those deleted, for numeral_hand_db_restore() */
GPtrArray *numeral_hand_db_delete (NumeralHandDb *self, const gint64 *ids, guint n, GError **error);

/* Puts back deleted samples with their numbers, and so in their places, all or none. One that is
 * there again is passed over. */
gboolean numeral_hand_db_restore (NumeralHandDb *self,
                                  NumeralHandSample *const *samples,
                                  guint n,
                                  GError **error);

/**
 * NumeralHandCounts:
 * @labels: number of samples of each digit, then of those that are not a digit
 * @n: number of samples; damaged ones may have no label
 * @n_corrected: see numeral_hand_sample_is_corrected()
 * @newest: the highest number of a sample; 0 if there are none
 */
typedef struct
{
  gsize labels[NUMERAL_HAND_N_LABELS];
  gsize n, n_corrected;
  gint64 newest;
} NumeralHandCounts;

/* @after: only samples with higher numbers, such as those that no model has learned; 0 for all */
gboolean numeral_hand_db_count (NumeralHandDb *self,
                                gint64 after,
                                NumeralHandCounts *counts,
                                GError **error);

/**
 * NumeralHandQuery:
 * @label: only samples of this label; -1 for all
 * @before: only samples with lower numbers: the last one of the page before; 0 to begin
 * @skip: number of samples to leave out first
 * @limit: number of samples, at most NUMERAL_HAND_MAX_PAGE
 *
 * A page of samples, newest first.
 */
typedef struct
{
  int label;
  gint64 before;
  guint skip, limit;
} NumeralHandQuery;

/* (transfer full) (element-type NumeralHandSample): damaged records too, each with its reason. */
GPtrArray *
numeral_hand_db_list (NumeralHandDb *self, const NumeralHandQuery *query, GError **error);

/* (transfer full) (element-type NumeralHandSample): all samples, oldest first, damaged ones too,
 * for an export or a training. G_IO_ERROR_CANCELLED */
GPtrArray *
numeral_hand_db_read_all (NumeralHandDb *self, GCancellable *cancellable, GError **error);

/* (transfer full) (nullable): NUMERAL_HAND_ERROR_NOT_FOUND */
NumeralHandSample *numeral_hand_db_get (NumeralHandDb *self, gint64 id, GError **error);

G_END_DECLS
