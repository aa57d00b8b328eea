/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-run-record.h"

G_BEGIN_DECLS

/**
 * NumeralRunRoot:
 * @folder: constant
 *
 * The folder of a store, shared by the store and the threads that work for it: the numbers of its
 * runs, and the backup of deleted runs. Reference-counted (atomic).
 */
typedef struct
{
  char *folder;
  /*< private >*/
  pthread_mutex_t mutex;
  guint64 highest;  /* highest number of a run, deleted ones included */
  gboolean counted; /* whether the runs on the disk were counted */
  guint64 on_disk;  /* their highest number at that time */
  GHashTable *own;  /* set of char *: ids of the runs that this process creates */
  char *backup;     /* backup folder; NULL until a run is deleted; for the write queue's thread */
  int backup_lock;
  int ref_count;
} NumeralRunRoot;

NumeralRunRoot *numeral_run_root_new (const char *folder);
NumeralRunRoot *numeral_run_root_ref (NumeralRunRoot *root);
void numeral_run_root_unref (NumeralRunRoot *root);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralRunRoot, numeral_run_root_unref)

/* Takes the next number. @counted: (out): whether the runs on the disk were counted; otherwise
 * the number is only a guess. Does not block. */
guint64 numeral_run_root_take_number (NumeralRunRoot *root, gboolean *counted);
/* The runs on the disk have numbers up to @highest. */
void numeral_run_root_count (NumeralRunRoot *root, guint64 highest);
/* (transfer full): the name of a run with this number */
char *numeral_run_root_name (guint64 number);
/* Whether this process creates or created the run. */
gboolean numeral_run_root_is_own (NumeralRunRoot *root, const char *id);

/* Before the first file of a new run is written: if the run learns from the handwriting, and that
 * is encrypted, then its files are. @hand: (out): for numeral_run_root_end(), after the commit;
 * also after an error. NUMERAL_HAND_ERROR_LOCKED, G_IO_ERROR_*. Blocks. */
gboolean
numeral_run_root_begin (NumeralRunRoot *root, NumeralRunRecord *record, int *hand, GError **error);
void numeral_run_root_end (int hand);

/* Has the run listed again when the folder is read. */
void numeral_run_root_disown (NumeralRunRoot *root, const char *id);

/**
 * numeral_run_root_commit:
 * @record: a record whose folder, from numeral_run_folder_begin(), has all files but run.json
 * @number: the number to begin with, from numeral_run_root_take_number(); the next free one is
 *   taken. 0: take a number
 * @name: (nullable): the name that the number gave the run. If the run still has it, it gets that
 *   of the final number.
 *
 * Writes run.json and renames the folder to its final name. The rename is atomic, so no run ever
 * has a part of its files. Does not sync: after a power failure run.json may be empty, so the
 * caller must save the record again. Closes the lock. On failure the folder is removed. Blocks.
 */
gboolean numeral_run_root_commit (NumeralRunRoot *root,
                                  NumeralRunRecord *record,
                                  guint64 number,
                                  const char *name,
                                  int lock,
                                  GError **error);

/* The following are called by jobs of numeral_write_queue_run(), in order. */

/* Moves the folder of a run to the backup. G_IO_ERROR_BUSY if it is being trained. */
gboolean numeral_run_root_delete (NumeralRunRoot *root, NumeralRunRecord *record, GError **error);
/* Moves it back. Does nothing if it was not moved. */
gboolean numeral_run_root_undelete (NumeralRunRoot *root, NumeralRunRecord *record, GError **error);
/* Removes the backup for good. */
void numeral_run_root_remove_backup (NumeralRunRoot *root);

G_END_DECLS
