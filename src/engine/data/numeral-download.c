/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-download.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pthread.h>

#include "numeral-download-http.h"

G_DEFINE_QUARK (numeral - download - error - quark, numeral_download_error)

/**
 * Job:
 * @before: bytes of the complete files; used by the thread alone
 * @mutex: protects the members below
 * @done: bytes that are downloaded
 * @source: (nullable): the pending source that reports @done to the caller; one at a time,
 *   because only the newest value matters
 * @error: (nullable): how the thread ended
 */
typedef struct
{
  const NumeralDownloadPlan *plan;
  char *folder;
  GCancellable *cancellable;
  NumeralDownloadProgress progress;
  gpointer progress_data;
  GMainContext *context;
  GThread *thread;
  guint64 total;
  guint64 before;

  pthread_mutex_t mutex;
  guint64 done;
  GSource *source;
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_clear_object (&job->cancellable);
  g_main_context_unref (job->context);
  pthread_mutex_destroy (&job->mutex);
  g_clear_error (&job->error);
  g_free (job);
}

/* In the caller's context. */
static gboolean
tell (gpointer user_data)
{
  Job *job = user_data;
  guint64 done;

  pthread_mutex_lock (&job->mutex);
  done = job->done;
  g_clear_pointer (&job->source, g_source_unref);
  pthread_mutex_unlock (&job->mutex);
  job->progress (done, job->total, job->progress_data);
  return G_SOURCE_REMOVE;
}

/* In the thread. */
static void
set_done (Job *job, guint64 done)
{
  if (job->progress == NULL)
    return;
  pthread_mutex_lock (&job->mutex);
  job->done = done;
  if (job->source == NULL)
    {
      job->source = g_idle_source_new ();
      g_source_set_priority (job->source, G_PRIORITY_DEFAULT);
      g_source_set_callback (job->source, tell, job, NULL);
      g_source_attach (job->source, job->context);
    }
  pthread_mutex_unlock (&job->mutex);
}

static void
on_grown (const NumeralDownloadPart *part, gpointer user_data)
{
  Job *job = user_data;

  set_done (job, job->before + numeral_download_part_get_offset (part));
}

/* A sentence with advice for the user. */
static const char *
way_out (gint code)
{
  switch ((NumeralDownloadError) code)
    {
    case NUMERAL_DOWNLOAD_ERROR_UNREACHABLE:
      return _ ("Check the network connection and try again; what has come is kept.");
    case NUMERAL_DOWNLOAD_ERROR_STALLED:
    case NUMERAL_DOWNLOAD_ERROR_CUT:
      return _ ("Try again; it goes on from where it stopped.");
    case NUMERAL_DOWNLOAD_ERROR_REFUSED:
    case NUMERAL_DOWNLOAD_ERROR_WRONG:
      return _ (
          "Try again later or in another network, or get the file in another way and open its "
          "folder.");
    case NUMERAL_DOWNLOAD_ERROR_STORAGE:
      return _ ("Make room on the disk or choose a folder that you may write to, then try again.");
    case NUMERAL_DOWNLOAD_ERROR_BUSY:
      return _ ("Wait until it is done.");
    case NUMERAL_DOWNLOAD_ERROR_UNSUPPORTED:
      return _ ("Get the file in another way and open its folder.");
    }
  g_return_val_if_reached ("");
}

/* Fetches one file from one mirror. @server: whether the server failed, so that another mirror
 * may succeed. */
static gboolean
try_mirror (Job *job,
            NumeralDownloadHttp *http,
            const char *url,
            NumeralDownloadPart *part,
            gboolean *server,
            GError **error)
{
  for (;;)
    {
      guint64 old = numeral_download_part_get_offset (part);
      g_autoptr (GError) local = NULL;

      if ((old == numeral_download_part_get_file (part)->size ||
           numeral_download_http_fetch (http, url, part, on_grown, job, &local)) &&
          numeral_download_part_finish (part, &local))
        return TRUE;
      on_grown (part, job);

      /* The wrong bytes may be from an earlier download: then try this server again. */
      if (g_error_matches (local, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_WRONG) &&
          old > 0 && numeral_download_part_get_offset (part) == 0)
        continue;
      *server =
          local->domain == NUMERAL_DOWNLOAD_ERROR && local->code != NUMERAL_DOWNLOAD_ERROR_STORAGE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

static gboolean
fetch_file (Job *job, NumeralDownloadHttp *http, const NumeralDownloadFile *file, GError **error)
{
  g_autoptr (NumeralDownloadPart) part = NULL;
  g_autoptr (GString) reasons = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  gint code = NUMERAL_DOWNLOAD_ERROR_UNREACHABLE;

  if (numeral_download_part_is_there (job->folder, file, job->cancellable, &local))
    return TRUE;
  if (local == NULL)
    part = numeral_download_part_open (job->folder, file, job->cancellable, &local);
  if (part != NULL)
    on_grown (part, job);

  for (const char *const *mirror = job->plan->mirrors; local == NULL && *mirror != NULL; mirror++)
    {
      g_autofree char *url = g_strconcat (*mirror, file->name, NULL);
      g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
      const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
      g_autoptr (GError) reason = NULL;
      gboolean server = FALSE;

      if (try_mirror (job, http, url, part, &server, &reason))
        return TRUE;
      if (!server)
        {
          local = g_steal_pointer (&reason);
          break;
        }
      /* The advice is for the first mirror's error, because that is the preferred one. */
      if (reasons->len == 0)
        code = reason->code;
      g_string_append_printf (reasons, "%s%s %s", reasons->len > 0 ? "; " : "",
                              host != NULL ? host : *mirror, reason->message);
    }

  if (local == NULL)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, code, _ ("%s could not be downloaded: %s. %s"),
                 file->name, reasons->str, way_out (code));
  else if (local->domain == NUMERAL_DOWNLOAD_ERROR)
    g_set_error (error, NUMERAL_DOWNLOAD_ERROR, local->code, "%s. %s", local->message,
                 way_out (local->code));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
fetch_all (Job *job, GError **error)
{
  g_autoptr (NumeralDownloadHttp) http = NULL;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  if (g_mkdir_with_parents (job->folder, 0755) != 0)
    {
      int code = errno;
      g_autofree char *name = g_filename_display_name (job->folder);

      g_set_error (error, NUMERAL_DOWNLOAD_ERROR, NUMERAL_DOWNLOAD_ERROR_STORAGE,
                   _ ("The folder %s could not be made: %s. %s"), name, g_strerror (code),
                   way_out (NUMERAL_DOWNLOAD_ERROR_STORAGE));
      return FALSE;
    }
  http = numeral_download_http_new (job->plan->stall_ms, job->cancellable);
  for (gsize i = 0; i < job->plan->n_files; i++)
    {
      if (!fetch_file (job, http, &job->plan->files[i], error))
        return FALSE;
      job->before += job->plan->files[i].size;
      set_done (job, job->before);
    }
  return TRUE;
}

/* Runs in the caller's context, after all other messages of the thread. */
static gboolean
end (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  g_thread_join (g_steal_pointer (&job->thread));
  if (job->source != NULL)
    {
      g_source_destroy (job->source);
      tell (job);
    }
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* Holds no reference: the task lives until end(), which runs later. */
static gpointer
run (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_idle_source_new ();

  fetch_all (job, &job->error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, end, task, NULL);
  g_source_attach (source, job->context);
  return NULL;
}

void
numeral_download_async (const NumeralDownloadPlan *plan,
                        const char *folder,
                        GCancellable *cancellable,
                        NumeralDownloadProgress progress,
                        gpointer progress_data,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, numeral_download_async);
  g_task_set_task_data (task, job, job_free);
  /* The thread decides whether it was cancelled in time. */
  g_task_set_check_cancellable (task, FALSE);

  job->plan = plan;
  job->folder = g_strdup (folder);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->progress = progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref_thread_default ();
  for (gsize i = 0; i < plan->n_files; i++)
    job->total += plan->files[i].size;
  pthread_mutex_init (&job->mutex, NULL);
  job->thread = g_thread_new ("download", run, task);
}

gboolean
numeral_download_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
