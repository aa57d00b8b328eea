/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * numeral_file_read:
 * @max_bytes: more than this, before or after decompression, is an error
 *
 * Reads a whole file, decrypts it if it is one of numeral-sealed-file.h whose vault is unlocked,
 * and gunzips it if its first bytes are those of gzip. Errors name the file. A gzip stream that
 * ends early is an error, and so is a pipe or a device, unless it is a file that is open already,
 * such as /dev/stdin, and what numeral_file_kind_check() refuses. Blocks.
 *
 * Returns: (transfer full): G_IO_ERROR_*, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE, NN_ERROR_FORMAT,
 *   NUMERAL_PROTECT_ERROR_LOCKED, NUMERAL_PROTECT_ERROR_DAMAGED, NUMERAL_PROTECT_ERROR_NEWER
 */
GBytes *numeral_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error);

/* (transfer full): the bytes as they are on the disk. G_IO_ERROR_*, NN_ERROR_TOO_LARGE. Blocks. */
GBytes *
numeral_file_read_stored (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error);

/* The same for bytes in memory: gunzips them if they are gzipped, otherwise returns a new
 * reference to @bytes. The error names no file. */
GBytes *numeral_bytes_gunzip (GBytes *bytes, gsize max_bytes, GError **error);

/* Writes a file atomically: temporary file, fsync, rename, as NumeralDraft does. On any failure
 * the old file stays and no temporary file remains. Follows a symbolic link and keeps the
 * permissions of an existing file. Blocks. G_IO_ERROR_*; the message names the file. */
gboolean numeral_file_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
