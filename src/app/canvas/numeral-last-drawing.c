/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-last-drawing.h"

#include <pthread.h>

#include "ink-inkml.h"
#include "numeral-file.h"

/* Far more than a person draws. */
#define MAX_BYTES ((gsize) 64 << 20)

typedef struct
{
  InkDrawing *drawing;
  guint64 generation;
} Job;

/* Held while the file is written. */
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;
static guint64 written;
/* Number of the last call; used in the main thread alone. */
static guint64 newest;

static GFile *
get_file (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "numeral", "last-drawing.inkml", NULL);
}

static gboolean
write_file (InkDrawing *drawing, GError **error)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;

  if (ink_drawing_is_empty (drawing))
    {
      if (g_file_delete (file, NULL, &local_error) ||
          g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!g_file_make_directory_with_parents (folder, NULL, &local_error) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  bytes = ink_inkml_format (drawing);
  return numeral_file_write (file, bytes, NULL, error);
}

static gboolean
run (const Job *job, GError **error)
{
  gboolean done = TRUE;

  pthread_mutex_lock (&writing);
  if (job->generation > written)
    {
      written = job->generation;
      done = write_file (job->drawing, error);
    }
  pthread_mutex_unlock (&writing);
  return done;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  ink_drawing_unref (job->drawing);
  g_free (job);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

InkDrawing *
numeral_last_drawing_load (GError **error)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_query_exists (file, NULL))
    return NULL;
  bytes = numeral_file_read (file, MAX_BYTES, NULL, error);
  return bytes ? ink_inkml_parse (bytes, error) : NULL;
}

gboolean
numeral_last_drawing_save (InkDrawing *drawing, GError **error)
{
  const Job job = { drawing, ++newest };

  return run (&job, error);
}

void
numeral_last_drawing_save_async (InkDrawing *drawing,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new (Job, 1);

  job->drawing = ink_drawing_ref (drawing);
  job->generation = ++newest;
  g_task_set_source_tag (task, numeral_last_drawing_save_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
numeral_last_drawing_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
