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

/* A file that is not there is deleted already. G_IO_ERROR_*. Blocks. */
gboolean numeral_hand_file_delete (const char *path, GError **error);

G_END_DECLS
