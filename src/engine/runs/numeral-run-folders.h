/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/* The folders inside the folder of a store: "run-NUMBER" is a run; ".new-*" is a run that is
 * being created; ".deleted-*" is a backup of deleted runs, for undo. The process that owns a
 * folder of the latter two kinds holds its lock. Without a lock the owner is gone and the folder
 * can be removed. */

gboolean numeral_run_folder_is_run (const char *name);
/* 0 without a number, or with one that is not ours. */
guint64 numeral_run_folder_number (const char *name);
/* (transfer full): the name of the folder of run @number */
char *numeral_run_folder_id (guint64 number);
/* Orders the names of folders: newest first, which is the order of the numbers, because a clock may
 * be set back. Folders without a number, which somebody copied, are last. */
int numeral_run_folder_compare (const char *a, const char *b);
/* The highest number of the runs in @store; 0 if there is none. Blocks. */
guint64 numeral_run_folder_highest (const char *store);
/* Whether there is anything at @path. Symbolic links are not followed. Blocks. */
gboolean numeral_run_folder_exists (const char *path);
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
typedef enum
{
  NUMERAL_RUN_COMMITTED,
  NUMERAL_RUN_TAKEN,     /* there is a run with this number */
  NUMERAL_RUN_ABANDONED, /* failed, and the folder is removed */
} NumeralRunTaken;

/* Tries to rename the folder of @record to that of run @number, as numeral_run_root_commit() does.
 */
NumeralRunTaken numeral_run_folder_commit (
    NumeralRunRecord *record, const char *store, guint64 number, int lock, GError **error);

/* Creates a folder for deleted runs, and locks it. */
char *numeral_run_folder_make_backup (const char *store, int *lock, GError **error);
void numeral_run_folder_remove (const char *path);

G_END_DECLS
