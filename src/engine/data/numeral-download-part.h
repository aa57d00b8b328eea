/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-download.h"

G_BEGIN_DECLS

/* The local side of a download: a file that grows under the name NAME.part, is summed up as it
 * grows, and gets its own name only with the pinned sum. All of it blocks; one thread at a time. */

typedef struct _NumeralDownloadPart NumeralDownloadPart;

/* Whether the folder has the whole file already, with the pinned sum. G_IO_ERROR_CANCELLED is the
 * only error; a file that cannot be read does not count. */
gboolean numeral_download_part_is_there (const char *folder,
                                         const NumeralDownloadFile *file,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * numeral_download_part_open:
 *
 * Opens what has come so far, or starts with nothing, and keeps other processes from it. More bytes
 * than the file has are thrown away.
 *
 * Returns: (transfer full): numeral_download_part_close() it. _STORAGE, _BUSY or
 * G_IO_ERROR_CANCELLED; the message names the file
 */
NumeralDownloadPart *numeral_download_part_open (const char *folder,
                                                 const NumeralDownloadFile *file,
                                                 GCancellable *cancellable,
                                                 GError **error);

/* How many bytes there are. */
guint64 numeral_download_part_get_offset (const NumeralDownloadPart *part);
const NumeralDownloadFile *numeral_download_part_get_file (const NumeralDownloadPart *part);

/* The strong ETag of the version that was begun at this address, or NULL: another address, or a
 * server that gives none. */
const char *numeral_download_part_get_tag (const NumeralDownloadPart *part, const char *url);

/* Throws away what there is, and remembers which version of the file follows. @tag may be NULL; one
 * that is weak or not well-formed is not remembered. */
gboolean numeral_download_part_restart (NumeralDownloadPart *part,
                                        const char *url,
                                        const char *tag,
                                        GError **error);

/* At most as many bytes as are missing. */
gboolean numeral_download_part_append (NumeralDownloadPart *part,
                                       const guint8 *data,
                                       gsize size,
                                       GError **error);

/* All bytes are there: syncs the file and gives it its name, if the sum is right. Otherwise it is
 * emptied, with _WRONG. */
gboolean numeral_download_part_finish (NumeralDownloadPart *part, GError **error);

void numeral_download_part_close (NumeralDownloadPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDownloadPart, numeral_download_part_close)

G_END_DECLS
