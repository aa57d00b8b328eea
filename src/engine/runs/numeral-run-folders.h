/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* The folders inside the folder of a store: a run's is "run-NUMBER"; ".new-*" is one that is being
 * made, ".deleted-*" holds those that were deleted and can be brought back. The latter two are
 * locked by whoever they belong to; without that one, nobody can need them any more. */

gboolean numeral_run_folder_is_run (const char *name);
guint64 numeral_run_folder_number (const char *name);
/* Removes @name inside @store if it was left behind by a program that is gone. */
void numeral_run_folder_sweep (const char *store, const char *name);

/**
 * numeral_run_folder_begin:
 * @store: made where it is not there
 *
 * A new folder inside it, which no list shows. Returns its path and its lock in @lock, or %NULL;
 * G_IO_ERROR_*.
 */
char *numeral_run_folder_begin (const char *store, int *lock, GError **error);
/* Gives up what numeral_run_folder_begin() made. */
void numeral_run_folder_abandon (const char *path, int lock);
/**
 * numeral_run_folder_commit:
 * @record: all of it but run.json is in its folder, which numeral_run_folder_begin() made
 * @least: the number to begin with
 * @number_it: its name is to be "Run" and the number
 *
 * Writes run.json and gives the folder its name, in one step: there never is a run with half of its
 * files, though after a loss of power run.json may be empty until it is saved once more, as the
 * caller must: this waits for no disk. Closes the lock. Where it fails, the folder is gone.
 */
gboolean numeral_run_folder_commit (NumeralRunRecord *record,
                                    const char *store,
                                    guint64 least,
                                    gboolean number_it,
                                    int lock,
                                    GError **error);

/* A folder for what is deleted, and its lock. */
char *numeral_run_folder_make_aside (const char *store, int *lock, GError **error);
void numeral_run_folder_remove (const char *path);

G_END_DECLS
