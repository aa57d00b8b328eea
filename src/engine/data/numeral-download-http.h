/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-download-part.h"

G_BEGIN_DECLS

/* The far side of a download, and the only place that knows the library that speaks HTTP. For one
 * thread, which blocks in it. */

typedef struct _NumeralDownloadHttp NumeralDownloadHttp;

/* FALSE: built without libsoup; every fetch fails with _UNSUPPORTED. */
gboolean numeral_download_http_is_supported (void);

/* @cancellable may be cancelled from any thread. */
NumeralDownloadHttp *numeral_download_http_new (guint stall_ms, GCancellable *cancellable);
void numeral_download_http_free (NumeralDownloadHttp *http);

typedef void (*NumeralDownloadGrown) (const NumeralDownloadPart *part, gpointer user_data);

/**
 * numeral_download_http_fetch:
 * @part: what there is of it is asked for no more; it starts anew where the server cannot go on, or
 *   has another version by now
 * @grown: called in this thread whenever bytes have come
 *
 * Fetches until @part has all of its bytes; whether they are the right ones is not looked at.
 *
 * Returns: _UNREACHABLE, _STALLED, _CUT, _REFUSED, _WRONG (size), _UNSUPPORTED: what the server
 * did, as the rest of a sentence that starts with its name. _STORAGE, G_IO_ERROR_CANCELLED
 */
gboolean numeral_download_http_fetch (NumeralDownloadHttp *http,
                                      const char *url,
                                      NumeralDownloadPart *part,
                                      NumeralDownloadGrown grown,
                                      gpointer user_data,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumeralDownloadHttp, numeral_download_http_free)

G_END_DECLS
