/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Replaces numeral-download-http.c in a build without libsoup. */

#include <glib/gi18n-lib.h>

#include "numeral-download-http.h"

gboolean
numeral_download_http_is_supported (void)
{
  return FALSE;
}

NumeralDownloadHttp *
numeral_download_http_new (guint stall_ms, GCancellable *cancellable)
{
  return NULL;
}

void
numeral_download_http_free (NumeralDownloadHttp *http)
{
}

gboolean
numeral_download_http_fetch (NumeralDownloadHttp *http,
                             const char *url,
                             NumeralDownloadPart *part,
                             NumeralDownloadGrown grown,
                             gpointer user_data,
                             GError **error)
{
  g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_UNSUPPORTED,
                       _ ("cannot be asked: this Numeral was built without downloads"));
  return FALSE;
}
