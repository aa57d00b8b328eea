/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that hold something of a person's hand, such as the model that learned it. All of them are
 * read and written here, so that they are encrypted when the database is. */

/* (transfer full): the path of a file of this name beside the default database. */
char *numeral_hand_file_path (const char *name);
/* (transfer full): the path of the last drawing on the canvas. */
char *numeral_hand_file_last_drawing (void);

/* (transfer full) (nullable): the errors of numeral_file_read(); G_IO_ERROR_NOT_FOUND if there is
 * no such file; NUMERAL_HAND_ERROR_LOCKED if it is encrypted and the database is locked. Plain
 * files are read at any time. Blocks. */
GBytes *numeral_hand_file_read (const char *path,
                                gsize max_bytes,
                                GCancellable *cancellable,
                                GError **error);

/* Replaces the file atomically; it is 0600, and its folder 0700. It is encrypted if the default
 * database is; NUMERAL_HAND_ERROR_LOCKED if that is locked, and the old file stays.
 * NUMERAL_HAND_ERROR_*, G_IO_ERROR_*. Blocks. */
gboolean numeral_hand_file_write (const char *path, GBytes *bytes, GError **error);

/**
 * numeral_hand_file_begin_run:
 * @store: the folder of the runs; only those of the user's data folder are encrypted
 * @folder: a new, empty folder for a run that learns from the handwriting
 * @lock: (out): for numeral_hand_file_end_run(), when the folder has its final name; also after an
 *   error
 *
 * Has all that is written into the folder encrypted if the default database is, and keeps others
 * from switching meanwhile. NUMERAL_HAND_ERROR_LOCKED, G_IO_ERROR_*. Blocks.
 */
gboolean
numeral_hand_file_begin_run (const char *store, const char *folder, int *lock, GError **error);
void numeral_hand_file_end_run (int lock);

/* A file that is not there is deleted already. G_IO_ERROR_*. Blocks. */
gboolean numeral_hand_file_delete (const char *path, GError **error);

G_END_DECLS
