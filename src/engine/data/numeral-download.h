/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Downloads files of known size and SHA-256 from public servers. Servers are not trusted: a file
 * gets its name only when all of its bytes have the expected checksum. */

#define NUMERAL_DOWNLOAD_ERROR (numeral_download_error_quark ())
GQuark numeral_download_error_quark (void);

/**
 * NumeralDownloadError:
 * @NUMERAL_DOWNLOAD_ERROR_UNREACHABLE: no network, no such server, no connection to it
 * @NUMERAL_DOWNLOAD_ERROR_STALLED: no data arrived for too long
 * @NUMERAL_DOWNLOAD_ERROR_CUT: the connection ended before the file did
 * @NUMERAL_DOWNLOAD_ERROR_REFUSED: the server's reply is not a file
 * @NUMERAL_DOWNLOAD_ERROR_WRONG: the file has another size or checksum
 * @NUMERAL_DOWNLOAD_ERROR_STORAGE: the folder cannot be written, or the disk is full
 * @NUMERAL_DOWNLOAD_ERROR_BUSY: another process is fetching the same file to the same place
 * @NUMERAL_DOWNLOAD_ERROR_UNSUPPORTED: built without libsoup
 *
 * The message tells what the user can do.
 */
typedef enum
{
  NUMERAL_DOWNLOAD_ERROR_UNREACHABLE,
  NUMERAL_DOWNLOAD_ERROR_STALLED,
  NUMERAL_DOWNLOAD_ERROR_CUT,
  NUMERAL_DOWNLOAD_ERROR_REFUSED,
  NUMERAL_DOWNLOAD_ERROR_WRONG,
  NUMERAL_DOWNLOAD_ERROR_STORAGE,
  NUMERAL_DOWNLOAD_ERROR_BUSY,
  NUMERAL_DOWNLOAD_ERROR_UNSUPPORTED,
} NumeralDownloadError;

/**
 * NumeralDownloadFile:
 * @name: name in the folder; it is also appended to the mirror's address
 * @size: size in bytes; never more are read from a server
 * @sha256: of the whole file, 64 lower-case hexadecimal digits
 */
typedef struct
{
  const char *name;
  guint64 size;
  const char *sha256;
} NumeralDownloadFile;

/**
 * NumeralDownloadPlan:
 * @files: @n_files: fetched in this order
 * @mirrors: (array zero-terminated=1): addresses that end in a slash, tried in turn for each file
 * @stall_ms: timeout of a server that sends nothing; must be above 0
 *
 * The plan is borrowed: it must outlive the download.
 */
typedef struct
{
  const NumeralDownloadFile *files;
  gsize n_files;
  const char *const *mirrors;
  guint stall_ms;
} NumeralDownloadPlan;

/* @done of @total bytes of all files of the plan are downloaded. @done decreases if a file is
 *   found to be wrong. */
typedef void (*NumeralDownloadProgress) (guint64 done, guint64 total, gpointer user_data);

/**
 * numeral_download_async:
 * @folder: created if it does not exist
 * @progress: (nullable): called in the caller's main context, never after @callback
 *
 * Downloads the missing files of a plan in a thread of its own. A file with the expected
 * checksum is not downloaded again. An incomplete file is called NAME.part (and NAME.part.tag
 * has the server's version of it). If a download ends early for any reason, the next one
 * continues from there.
 */
void numeral_download_async (const NumeralDownloadPlan *plan,
                             const char *folder,
                             GCancellable *cancellable,
                             NumeralDownloadProgress progress,
                             gpointer progress_data,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* TRUE if every file of the plan is in the folder with the expected checksum.
 * NUMERAL_DOWNLOAD_ERROR_* or G_IO_ERROR_CANCELLED. */
gboolean numeral_download_finish (GAsyncResult *result, GError **error);

G_END_DECLS
