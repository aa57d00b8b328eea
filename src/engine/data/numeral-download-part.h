/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-download.h"

G_BEGIN_DECLS

/* The local side of a download: a file NAME.part that grows. Its checksum is updated with each
 * write, and it gets its final name only if the checksum is the expected one. All functions
 * block; used by one thread at a time. */

typedef struct _NumeralDownloadPart NumeralDownloadPart;

/* Whether the folder has the complete file already, with the expected checksum.
 * G_IO_ERROR_CANCELLED is the only error; a file that cannot be read does not count. */
gboolean numeral_download_part_is_there (const char *folder,
                                         const NumeralDownloadFile *file,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * numeral_download_part_open:
 *
 * Opens the partial file, or creates an empty one, and locks it against other processes. Bytes
 * beyond the size of the file are discarded.
 *
 * Returns: (transfer full): numeral_download_part_close() it. _STORAGE, _BUSY or
 * G_IO_ERROR_CANCELLED; the message names the file
 */
NumeralDownloadPart *numeral_download_part_open (const char *folder,
                                                 const NumeralDownloadFile *file,
                                                 GCancellable *cancellable,
                                                 GError **error);

/* The number of bytes in the file. */
guint64 numeral_download_part_get_offset (const NumeralDownloadPart *part);
const NumeralDownloadFile *numeral_download_part_get_file (const NumeralDownloadPart *part);

/* The strong ETag of the partial file, if it is from this address; NULL for another address, or
 * if the server gave none. */
const char *numeral_download_part_get_tag (const NumeralDownloadPart *part, const char *url);

/* Empties the file, and saves the version of the bytes that follow. @tag: (nullable): a weak or
 * invalid tag is not saved. */
gboolean numeral_download_part_restart (NumeralDownloadPart *part,
                                        const char *url,
                                        const char *tag,
                                        GError **error);

/* Appends at most the missing bytes. */
gboolean numeral_download_part_append (NumeralDownloadPart *part,
                                       const guint8 *data,
                                       gsize size,
                                       GError **error);

/* Call it when all bytes are there. If the checksum is right, syncs the file and renames it;
 * otherwise empties it, with _WRONG. */
gboolean numeral_download_part_finish (NumeralDownloadPart *part, GError **error);

void numeral_download_part_close (NumeralDownloadPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDownloadPart, numeral_download_part_close)

G_END_DECLS
