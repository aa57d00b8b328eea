/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* The folders inside the folder of a store: "run-NUMBER" is a run; ".new-*" is a run that is
 * being created; ".deleted-*" is a backup of deleted runs, for undo. The process that owns a
 * folder of the latter two kinds holds its lock. Without a lock the owner is gone and the folder
 * can be removed. */

gboolean numeral_run_folder_is_run (const char *name);
guint64 numeral_run_folder_number (const char *name);
/* Removes @name inside @store if the process that made it is gone. */
void numeral_run_folder_sweep (const char *store, const char *name);

/**
 * numeral_run_folder_begin:
 * @store: created if it does not exist
 *
 * Creates a folder inside @store that no list shows.
 *
 * Returns: its path, and its lock in @lock; %NULL with G_IO_ERROR_*
 */
char *numeral_run_folder_begin (const char *store, int *lock, GError **error);
/* Removes a folder that numeral_run_folder_begin() made. */
void numeral_run_folder_abandon (const char *path, int lock);
/**
 * numeral_run_folder_commit:
 * @record: a record whose folder, from numeral_run_folder_begin(), has all files but run.json
 * @least: the number to begin with
 * @number_it: whether to name the run "Run NUMBER"
 *
 * Writes run.json and renames the folder to its final name. The rename is atomic, so no run ever
 * has a part of its files. Does not sync: after a power failure run.json may be empty, so the
 * caller must save the record again. Closes the lock. On failure the folder is removed.
 */
gboolean numeral_run_folder_commit (NumeralRunRecord *record,
                                    const char *store,
                                    guint64 least,
                                    gboolean number_it,
                                    int lock,
                                    GError **error);

/* Creates a folder for deleted runs, and locks it. */
char *numeral_run_folder_make_backup (const char *store, int *lock, GError **error);
void numeral_run_folder_remove (const char *path);

G_END_DECLS
