/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-writer.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "numeral-fail.h"
#include "numeral-run-snapshots.h"
#include "numeral-model-file.h"

/* In seconds. A temporary file that is older is not being written any more. */
#define STALE 60

struct _NumeralRunWriter
{
  const NumeralRunFiles *files;
  NumeralCurve *curve; /* or NULL if no curve is written */
  void (*wake) (gpointer data);
  gpointer wake_data;
  GThread *thread;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  /* Protected by the mutex. */
  NumeralWriteJob *job; /* until it is done */
  GError *error;
  gboolean quit;
  /* Used by the thread alone. */
  NumeralWriteJob *backlog; /* the parts that earlier jobs could not write */
};

NumeralWriteJob *
numeral_write_job_new (void)
{
  NumeralWriteJob *job = g_new0 (NumeralWriteJob, 1);

  job->points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  job->epochs = g_string_new (NULL);
  job->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_network_unref);
  job->snapshot_steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  return job;
}

void
numeral_write_job_free (NumeralWriteJob *job)
{
  g_array_unref (job->points);
  g_string_free (job->epochs, TRUE);
  g_ptr_array_unref (job->snapshots);
  g_array_unref (job->snapshot_steps);
  g_clear_pointer (&job->state, numeral_draft_free);
  g_clear_error (&job->state_error);
  g_clear_pointer (&job->last, nn_network_unref);
  g_clear_pointer (&job->best, nn_network_unref);
  g_clear_pointer (&job->card, g_hash_table_unref);
  g_clear_pointer (&job->best_card, g_hash_table_unref);
  g_free (job);
}

/* Puts the rest of @backlog in front of the contents of @job. */
static void
merge (NumeralWriteJob *backlog, NumeralWriteJob *job)
{
  g_array_prepend_vals (job->points, backlog->points->data, backlog->points->len);
  g_string_prepend_len (job->epochs, backlog->epochs->str, (gssize) backlog->epochs->len);
  for (guint i = 0; i < backlog->snapshots->len; i++)
    g_ptr_array_insert (job->snapshots, (int) i,
                        nn_network_ref (g_ptr_array_index (backlog->snapshots, i)));
  g_array_prepend_vals (job->snapshot_steps, backlog->snapshot_steps->data,
                        backlog->snapshot_steps->len);
  if (job->best == NULL && backlog->best != NULL)
    {
      job->best = g_steal_pointer (&backlog->best);
      g_clear_pointer (&job->best_card, g_hash_table_unref);
      job->best_card = g_steal_pointer (&backlog->best_card);
    }
}

static gboolean
write_model (NnNetwork *network, GHashTable *card, GFile *file, gboolean half, GError **error)
{
  g_autoptr (NumeralModel) model = numeral_model_new (network, NULL, card);

  return numeral_model_save (model, file, half ? NUMERAL_SAVE_HALF : NUMERAL_SAVE_DEFAULT, NULL,
                             error);
}

static gboolean
write_snapshots (NumeralRunWriter *writer, NumeralWriteJob *job, GError **error)
{
  g_autoptr (GFile) folder = NULL;

  if (job->snapshots->len == 0)
    return TRUE;
  folder = numeral_run_files_get (writer->files, NUMERAL_SNAPSHOTS_FOLDER);
  if (g_mkdir (g_file_peek_path (folder), 0700) != 0 && errno != EEXIST)
    return numeral_fail_errno (error, errno, "%s", g_file_peek_path (folder));
  while (job->snapshots->len > 0)
    {
      g_autofree char *path =
          numeral_snapshot_path (writer->files->record->folder,
                                 g_array_index (job->snapshot_steps, guint64, 0));
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (!write_model (g_ptr_array_index (job->snapshots, 0), job->card, file, TRUE, error))
        return FALSE;
      g_ptr_array_remove_index (job->snapshots, 0);
      g_array_remove_index (job->snapshot_steps, 0);
    }
  return TRUE;
}

static gboolean
write_curve (NumeralRunWriter *writer, NumeralWriteJob *job, GError **error)
{
  if (writer->curve != NULL &&
      !numeral_curve_append (writer->curve, job->points, job->epochs, error))
    return FALSE;
  g_array_set_size (job->points, 0);
  g_string_truncate (job->epochs, 0);
  return TRUE;
}

static gboolean
write_best (NumeralRunWriter *writer, NumeralWriteJob *job, GError **error)
{
  g_autoptr (GFile) file = numeral_run_files_get (writer->files, NUMERAL_BEST_FILE);

  if (job->best != NULL && !write_model (job->best, job->best_card, file, FALSE, error))
    return FALSE;
  g_clear_pointer (&job->best, nn_network_unref);
  return TRUE;
}

/* Writes the models that go with the state, after the state itself. */
static gboolean
write_record (NumeralRunWriter *writer, NumeralWriteJob *job, GError **error)
{
  g_autoptr (GFile) file = numeral_run_files_get (writer->files, NUMERAL_LAST_FILE);

  return writer->files->record == NULL || (write_model (job->last, job->card, file, FALSE, error) &&
                                           numeral_run_record_save (writer->files->record, error));
}

/* Removes the parts that were written from @job; the rest is for the next try. */
static gboolean
write_job (NumeralRunWriter *writer, NumeralWriteJob *job, GError **error)
{
  if (!write_curve (writer, job, error) || !write_best (writer, job, error) ||
      !write_snapshots (writer, job, error))
    return FALSE;
  if (job->state_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&job->state_error));
      return FALSE;
    }
  return job->state == NULL ||
         (numeral_draft_commit (job->state, NULL, error) && write_record (writer, job, error));
}

static gpointer
write_jobs (gpointer data)
{
  NumeralRunWriter *writer = data;

  pthread_mutex_lock (&writer->mutex);
  for (;;)
    {
      NumeralWriteJob *job;
      GError *error = NULL;

      while (writer->job == NULL && !writer->quit)
        pthread_cond_wait (&writer->cond, &writer->mutex);
      job = writer->job;
      if (job == NULL)
        break;
      pthread_mutex_unlock (&writer->mutex);

      if (writer->backlog != NULL)
        merge (writer->backlog, job);
      g_clear_pointer (&writer->backlog, numeral_write_job_free);
      if (!write_job (writer, job, &error))
        writer->backlog = job;
      else
        numeral_write_job_free (job);

      pthread_mutex_lock (&writer->mutex);
      writer->job = NULL;
      g_clear_error (&writer->error);
      writer->error = error;
      pthread_cond_broadcast (&writer->cond);
      pthread_mutex_unlock (&writer->mutex);
      if (writer->wake != NULL)
        writer->wake (writer->wake_data);
      pthread_mutex_lock (&writer->mutex);
    }
  pthread_mutex_unlock (&writer->mutex);
  return NULL;
}

/* Removes the temporary files of a program that was killed, but not a file that is being written
 * now, such as run.json with a new name. */
static void
remove_stale_drafts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, NUMERAL_DRAFT_PREFIX))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        GStatBuf info;

        if (g_stat (path, &info) == 0 && now - info.st_mtime > STALE)
          g_unlink (path);
      }
}

NumeralRunWriter *
numeral_run_writer_new (const NumeralRunFiles *files,
                        const NumeralHistory *history,
                        void (*wake) (gpointer data),
                        gpointer data,
                        GError **error)
{
  NumeralCurve *curve = NULL;
  NumeralRunWriter *writer;

  if (files->has_curve)
    {
      curve = numeral_curve_open (files->prefix, history, error);
      if (curve == NULL)
        return NULL;
    }
  if (files->record != NULL)
    {
      remove_stale_drafts (files->record->folder);
      numeral_snapshots_cut (files->record->folder, numeral_history_get_n_steps (history));
    }
  writer = g_new0 (NumeralRunWriter, 1);
  writer->files = files;
  writer->curve = curve;
  writer->wake = wake;
  writer->wake_data = data;
  pthread_mutex_init (&writer->mutex, NULL);
  pthread_cond_init (&writer->cond, NULL);
  writer->thread = g_thread_new ("numeral-writer", write_jobs, writer);
  return writer;
}

void
numeral_run_writer_free (NumeralRunWriter *writer)
{
  pthread_mutex_lock (&writer->mutex);
  writer->quit = TRUE;
  pthread_cond_broadcast (&writer->cond);
  pthread_mutex_unlock (&writer->mutex);
  g_thread_join (writer->thread);
  g_clear_pointer (&writer->backlog, numeral_write_job_free);
  g_clear_error (&writer->error);
  g_clear_pointer (&writer->curve, numeral_curve_free);
  pthread_cond_destroy (&writer->cond);
  pthread_mutex_destroy (&writer->mutex);
  g_free (writer);
}

gboolean
numeral_run_writer_is_idle (NumeralRunWriter *writer)
{
  gboolean idle;

  pthread_mutex_lock (&writer->mutex);
  idle = writer->job == NULL;
  pthread_mutex_unlock (&writer->mutex);
  return idle;
}

void
numeral_run_writer_put (NumeralRunWriter *writer, NumeralWriteJob *job)
{
  pthread_mutex_lock (&writer->mutex);
  g_assert (writer->job == NULL);
  writer->job = job;
  pthread_cond_broadcast (&writer->cond);
  pthread_mutex_unlock (&writer->mutex);
}

void
numeral_run_writer_wait (NumeralRunWriter *writer)
{
  pthread_mutex_lock (&writer->mutex);
  while (writer->job != NULL)
    pthread_cond_wait (&writer->cond, &writer->mutex);
  pthread_mutex_unlock (&writer->mutex);
}

GError *
numeral_run_writer_take_error (NumeralRunWriter *writer)
{
  GError *error;

  pthread_mutex_lock (&writer->mutex);
  error = g_steal_pointer (&writer->error);
  pthread_mutex_unlock (&writer->mutex);
  return error;
}
