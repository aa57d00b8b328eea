/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-download-part.h"

G_BEGIN_DECLS

/* The remote side of a download, and the only file that uses libsoup. For one thread, which
 * blocks in it. */

typedef struct _NumeralDownloadHttp NumeralDownloadHttp;

/* FALSE if built without libsoup; every fetch then fails with _UNSUPPORTED. */
gboolean numeral_download_http_is_supported (void);

/* @cancellable may be cancelled from any thread. */
NumeralDownloadHttp *numeral_download_http_new (guint stall_ms, GCancellable *cancellable);
void numeral_download_http_free (NumeralDownloadHttp *http);

typedef void (*NumeralDownloadGrown) (const NumeralDownloadPart *part, gpointer user_data);

/**
 * numeral_download_http_fetch:
 * @part: the partial file, of which only the rest is requested; it starts again if the server
 *   does not support this or has another version
 * @grown: called in this thread when bytes have arrived
 *
 * Fetches until @part has all of its bytes. Does not check whether they are correct.
 *
 * Returns: _UNREACHABLE, _STALLED, _CUT, _REFUSED, _WRONG (size), _UNSUPPORTED: what the server
 *   did, as the rest of a sentence that starts with the server's name. _STORAGE,
 *   G_IO_ERROR_CANCELLED
 */
gboolean numeral_download_http_fetch (NumeralDownloadHttp *http,
                                      const char *url,
                                      NumeralDownloadPart *part,
                                      NumeralDownloadGrown grown,
                                      gpointer user_data,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDownloadHttp, numeral_download_http_free)

G_END_DECLS
