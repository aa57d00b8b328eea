/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * numeral_file_read:
 * @max_bytes: more than this, before or after decompression, is an error
 *
 * Reads a whole file, and gunzips it where its first bytes say that it is
 * gzipped. A directory, a missing file or one without permission is an error
 * that names it. A gzip stream that ends early is an error. Blocks.
 *
 * Returns: (transfer full): G_IO_ERROR_*, NN_ERROR_TRUNCATED, NN_ERROR_TOO_LARGE
 */
GBytes *numeral_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error);

/* The same for bytes that are already in memory: gunzips them where they are gzipped, otherwise
 * gives a new reference to @bytes. The error names no file. */
GBytes *numeral_bytes_gunzip (GBytes *bytes, gsize max_bytes, GError **error);

/* Atomic: a temporary file beside it, fsync, rename; whatever fails, what was there before stays
 * and no temporary file is left behind. A symbolic link is followed, the permissions of an existing
 * file are kept. Blocks. G_IO_ERROR_*; the message names the file. */
gboolean numeral_file_write (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
