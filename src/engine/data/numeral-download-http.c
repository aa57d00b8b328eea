/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-download-http.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "numeral-config.h"

#define CHUNK ((gsize) 64 << 10)

/**
 * NumeralDownloadHttp:
 * @context: main context of this thread; replies, the timeout and the cancellation all arrive
 *   there, so that the thread waits for all of them at once
 * @cancellable: the caller's
 * @stop: (nullable): ends the current request, when @cancellable is cancelled or when it stalls
 * @alarm: woken by @cancellable, from any thread
 * @alarm_id: id of the signal handler; 0 without a @cancellable
 * @clock: timeout that expires @stall_ms after the last activity
 */
struct _NumeralDownloadHttp
{
  GMainContext *context;
  SoupSession *session;
  guint stall_ms;
  GCancellable *cancellable;
  GCancellable *stop;
  GSource *alarm;
  gulong alarm_id;
  GSource *clock;
  gboolean stalled;
  guint8 *chunk;
};

/* How to use a reply to a request for the rest of a file. */
typedef enum
{
  REPLY_FAILED,
  REPLY_WHOLE,
  REPLY_REST,
  REPLY_ANEW,
} Reply;

gboolean
numeral_download_http_is_supported (void)
{
  return TRUE;
}

/* In the thread that cancels. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_source_set_ready_time (user_data, 0);
}

static gboolean
on_alarm (gpointer user_data)
{
  NumeralDownloadHttp *http = user_data;

  if (http->stop != NULL)
    g_cancellable_cancel (http->stop);
  g_source_set_ready_time (http->alarm, -1);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_clock (gpointer user_data)
{
  NumeralDownloadHttp *http = user_data;

  http->stalled = TRUE;
  if (http->stop != NULL)
    g_cancellable_cancel (http->stop);
  g_source_set_ready_time (http->clock, -1);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_sleeper (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/* A source that is ready when any thread sets its ready time. */
static GSourceFuncs sleeper_funcs = { .dispatch = dispatch_sleeper };

static GSource *
sleeper_new (NumeralDownloadHttp *http, GSourceFunc callback)
{
  GSource *source = g_source_new (&sleeper_funcs, sizeof (GSource));

  g_source_set_callback (source, callback, http, NULL);
  g_source_attach (source, http->context);
  return source;
}

static void
sleeper_free (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

NumeralDownloadHttp *
numeral_download_http_new (guint stall_ms, GCancellable *cancellable)
{
  NumeralDownloadHttp *http = g_new0 (NumeralDownloadHttp, 1);

  http->stall_ms = stall_ms;
  http->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  http->chunk = g_malloc (CHUNK);
  http->context = g_main_context_new ();
  g_main_context_push_thread_default (http->context);

  /* This timeout covers cases that the session's own one does not: slow name lookups, and
   * replies that arrive byte by byte. */
  http->session =
      soup_session_new_with_options ("user-agent", "Numeral/" PACKAGE_VERSION, "timeout", 0, NULL);
  /* The checksums are those of the archives. Without this, libsoup would unpack a .gz file that
   * a server declares as encoded. */
  soup_session_remove_feature_by_type (http->session, SOUP_TYPE_CONTENT_DECODER);

  http->clock = sleeper_new (http, on_clock);
  http->alarm = sleeper_new (http, on_alarm);
  /* g_cancellable_source_new() leaks if it is destroyed in one thread while another is returning
   * from g_cancellable_cancel(). */
  if (cancellable != NULL)
    http->alarm_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), http->alarm, NULL);
  return http;
}

void
numeral_download_http_free (NumeralDownloadHttp *http)
{
  soup_session_abort (http->session);
  g_clear_object (&http->session);
  /* Waits for a handler that is running in another thread. */
  g_cancellable_disconnect (http->cancellable, http->alarm_id);
  sleeper_free (http->alarm);
  sleeper_free (http->clock);
  /* Let the session finish its cleanup. */
  while (g_main_context_iteration (http->context, FALSE))
    continue;
  g_main_context_pop_thread_default (http->context);
  g_main_context_unref (http->context);
  g_clear_object (&http->stop);
  g_clear_object (&http->cancellable);
  g_free (http->chunk);
  g_free (http);
}

static void
sign_of_life (NumeralDownloadHttp *http)
{
  g_source_set_ready_time (http->clock, g_get_monotonic_time () + (gint64) http->stall_ms * 1000);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/* Every call ends: when it is done, or through @stop. */
static void
wait_for (NumeralDownloadHttp *http, GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (http->context, TRUE);
}

/* Converts the error of a failed connection. Once a server has @begun to send, any error means
 * that the file was cut off. */
static void
set_failed (NumeralDownloadHttp *http, const GError *reason, gboolean begun, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (http->cancellable, error))
    return;
  if (http->stalled)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STALLED,
                 _ ("sent nothing for %.3g s"), http->stall_ms / 1000.0);
  else if (begun || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
           g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_CUT,
                         _ ("broke off before the file was complete"));
  else if (g_error_matches (reason, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_TOO_MANY_REDIRECTS) ||
           g_error_matches (reason, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_TOO_MANY_RESTARTS))
    g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                         _ ("sends from one address to another without end"));
  else if (reason->domain == SOUP_SESSION_ERROR)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                 _ ("gives an answer that cannot be understood: %s"), reason->message);
  else
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_UNREACHABLE,
                 _ ("cannot be reached: %s"), reason->message);
}

static gboolean
refuse_status (guint status, GError **error)
{
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                 _ ("does not have the file (%u)"), status);
  else if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                 _ ("does not give the file to everybody (%u)"), status);
  else if (status >= 500 && status < 600)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                 _ ("has trouble of its own (%u)"), status);
  else
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                 _ ("answers with something else than the file (%u)"), status);
  return FALSE;
}

/* Checks whether a reply with the whole file can be the right file. */
static gboolean
check_whole (SoupMessageHeaders *headers, guint64 size, GError **error)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (g_strcmp0 (type, "text/html") == 0 || g_strcmp0 (type, "application/xhtml+xml") == 0)
    {
      g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_REFUSED,
                           _ ("sends a web page in the place of the file, as networks do where one "
                              "has to sign in first"));
      return FALSE;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      (guint64) soup_message_headers_get_content_length (headers) != size)
    {
      g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_WRONG,
                   _ ("offers a file of %" PRId64 " bytes; the published one has "
                      "%" PRIu64),
                   soup_message_headers_get_content_length (headers), size);
      return FALSE;
    }
  return TRUE;
}

static Reply
judge (SoupMessage *message, const NumeralDownloadPart *part, const char *tag, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint64 size = numeral_download_part_get_file (part)->size;
  guint64 offset = numeral_download_part_get_offset (part);
  guint status = soup_message_get_status (message);
  const char *new_tag = soup_message_headers_get_one (headers, "ETag");
  goffset start, end, total;

  if (status == SOUP_STATUS_OK)
    return check_whole (headers, size, error) ? REPLY_WHOLE : REPLY_FAILED;
  if (offset == 0 || (status != SOUP_STATUS_PARTIAL_CONTENT &&
                      status != SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE))
    {
      refuse_status (status, error);
      return REPLY_FAILED;
    }
  /* Reject a reply that does not start at our offset. */
  if (status == SOUP_STATUS_PARTIAL_CONTENT &&
      soup_message_headers_get_content_range (headers, &start, &end, &total) && start >= 0 &&
      (guint64) start == offset && (total < 0 || (guint64) total == size) &&
      (tag == NULL || new_tag == NULL || strcmp (tag, new_tag) == 0))
    return REPLY_REST;
  return REPLY_ANEW;
}

static gboolean
read_body (NumeralDownloadHttp *http,
           GInputStream *stream,
           NumeralDownloadPart *part,
           NumeralDownloadGrown grown,
           gpointer user_data,
           GError **error)
{
  guint64 size = numeral_download_part_get_file (part)->size;
  guint64 offset;

  while ((offset = numeral_download_part_get_offset (part)) < size)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) local = NULL;
      gssize n;

      /* Read no more than the missing bytes. */
      g_input_stream_read_async (stream, http->chunk, (gsize) MIN (CHUNK, size - offset),
                                 G_PRIORITY_DEFAULT, http->stop, on_ready, &result);
      wait_for (http, &result);
      n = g_input_stream_read_finish (stream, result, &local);
      if (n <= 0)
        {
          set_failed (http, local, TRUE, error);
          return FALSE;
        }
      sign_of_life (http);
      if (!numeral_download_part_append (part, http->chunk, (gsize) n, error))
        return FALSE;
      grown (part, user_data);
      if (g_cancellable_set_error_if_cancelled (http->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Keeps the connection for the next file if the reply is known to be complete. Otherwise closes
 * it, because libsoup would read the reply to its end. */
static void
close_body (NumeralDownloadHttp *http, GInputStream *stream, gboolean over)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!over)
    g_cancellable_cancel (http->stop);
  g_input_stream_close_async (stream, G_PRIORITY_DEFAULT, http->stop, on_ready, &result);
  wait_for (http, &result);
  g_input_stream_close_finish (stream, result, NULL);
}

static SoupMessage *
ask (const char *url, const NumeralDownloadPart *part, const char *tag)
{
  guint64 offset = numeral_download_part_get_offset (part);
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (offset > 0)
    {
      soup_message_headers_set_range (headers, (goffset) offset, -1);
      if (tag != NULL)
        soup_message_headers_replace (headers, "If-Range", tag);
    }
  return message;
}

static Reply
exchange (NumeralDownloadHttp *http,
          const char *url,
          NumeralDownloadPart *part,
          NumeralDownloadGrown grown,
          gpointer user_data,
          GError **error)
{
  const char *tag = numeral_download_part_get_tag (part, url);
  g_autoptr (SoupMessage) message = ask (url, part, tag);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  SoupMessageHeaders *headers;
  gboolean done = FALSE;
  Reply reply;

  if (message == NULL)
    {
      g_set_error_literal (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_UNREACHABLE,
                           _ ("has no valid address"));
      return REPLY_FAILED;
    }

  http->stalled = FALSE;
  g_set_object (&http->stop, NULL);
  http->stop = g_cancellable_new ();
  if (g_cancellable_set_error_if_cancelled (http->cancellable, error))
    return REPLY_FAILED;
  sign_of_life (http);
  soup_session_send_async (http->session, message, G_PRIORITY_DEFAULT, http->stop, on_ready,
                           &result);
  wait_for (http, &result);
  stream = soup_session_send_finish (http->session, result, &local);
  if (stream == NULL)
    {
      set_failed (http, local, FALSE, error);
      return REPLY_FAILED;
    }

  sign_of_life (http);
  headers = soup_message_get_response_headers (message);
  reply = judge (message, part, tag, error);
  if (reply == REPLY_WHOLE &&
      !numeral_download_part_restart (part, url, soup_message_headers_get_one (headers, "ETag"),
                                      error))
    reply = REPLY_FAILED;
  if (reply == REPLY_WHOLE || reply == REPLY_REST)
    {
      grown (part, user_data);
      done = read_body (http, stream, part, grown, user_data, error);
      if (!done)
        reply = REPLY_FAILED;
    }
  close_body (http, stream,
              done && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH);
  g_source_set_ready_time (http->clock, -1);
  return reply;
}

gboolean
numeral_download_http_fetch (NumeralDownloadHttp *http,
                             const char *url,
                             NumeralDownloadPart *part,
                             NumeralDownloadGrown grown,
                             gpointer user_data,
                             GError **error)
{
  Reply reply = exchange (http, url, part, grown, user_data, error);

  /* Without a partial file, a server can only send the whole file. */
  if (reply == REPLY_ANEW)
    {
      if (!numeral_download_part_restart (part, url, NULL, error))
        return FALSE;
      reply = exchange (http, url, part, grown, user_data, error);
    }
  return reply != REPLY_FAILED;
}
