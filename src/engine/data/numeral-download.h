/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files whose size and SHA-256 are known beforehand, fetched from public servers. What a server
 * says is never believed: a file gets its name only once all of its bytes have the pinned sum. */

#define NUMERAL_DOWNLOAD_ERROR (numeral_download_error_quark ())
GQuark numeral_download_error_quark (void);

/**
 * NumeralDownloadError:
 * @NUMERAL_DOWNLOAD_ERROR_UNREACHABLE: no network, no such server, no connection to it
 * @NUMERAL_DOWNLOAD_ERROR_STALLED: nothing came for too long
 * @NUMERAL_DOWNLOAD_ERROR_CUT: the connection ended before the file did
 * @NUMERAL_DOWNLOAD_ERROR_REFUSED: the server answers with something else than a file
 * @NUMERAL_DOWNLOAD_ERROR_WRONG: a file of another size or with other bytes than the pinned ones
 * @NUMERAL_DOWNLOAD_ERROR_STORAGE: the folder cannot be written, or the disk is full
 * @NUMERAL_DOWNLOAD_ERROR_BUSY: another process is fetching the same file to the same place
 * @NUMERAL_DOWNLOAD_ERROR_UNSUPPORTED: built without the library that fetches
 *
 * What a person can do about it is in the message.
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
 * @name: in the folder, and what is appended to a mirror's address
 * @size: bytes; not one more is ever taken from a server
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
 * @stall_ms: a server that sends nothing for so long is given up; must be above 0
 *
 * Borrowed: it must outlive the download.
 */
typedef struct
{
  const NumeralDownloadFile *files;
  gsize n_files;
  const char *const *mirrors;
  guint stall_ms;
} NumeralDownloadPlan;

/* @done of @total bytes of all files of the plan are there; @done falls where something that had
 * come turned out to be wrong. */
typedef void (*NumeralDownloadProgress) (guint64 done, guint64 total, gpointer user_data);

/**
 * numeral_download_async:
 * @folder: made where it is missing
 * @progress: (nullable): called in the caller's main context, never after @callback
 *
 * Fetches what is missing of a plan's files, in a thread of its own. A file that is there already
 * with the pinned sum is left as it is. One that is not complete is called NAME.part (and
 * NAME.part.tag names the version of it that the server had); whenever the download ends early, for
 * whatever reason, the next one goes on from there.
 */
void numeral_download_async (const NumeralDownloadPlan *plan,
                             const char *folder,
                             GCancellable *cancellable,
                             NumeralDownloadProgress progress,
                             gpointer progress_data,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* TRUE: every file of the plan is in the folder, with the pinned sum. NUMERAL_DOWNLOAD_ERROR_* or
 * G_IO_ERROR_CANCELLED. */
gboolean numeral_download_finish (GAsyncResult *result, GError **error);

G_END_DECLS
