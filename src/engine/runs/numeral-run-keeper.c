/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-keeper.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "numeral-run-snapshots.h"

/* Nobody writes a file for so many seconds. */
#define STALE 60

struct _NumeralKeeper
{
  NumeralRunRecord *record;
  NumeralCurve *curve;
  void (*wake) (gpointer data);
  gpointer wake_data;
  GThread *thread;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  /* Under the mutex. */
  NumeralKeepJob *job; /* until it is done */
  GError *error;
  gboolean quit;
  /* Of the thread. */
  NumeralKeepJob *backlog; /* what earlier jobs could not write */
};

NumeralKeepJob *
numeral_keep_job_new (void)
{
  NumeralKeepJob *job = g_new0 (NumeralKeepJob, 1);

  job->points = g_array_new (FALSE, FALSE, sizeof (NumeralStepPoint));
  job->epochs = g_string_new (NULL);
  job->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) nn_network_unref);
  job->snapshot_steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  return job;
}

void
numeral_keep_job_free (NumeralKeepJob *job)
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
  g_free (job);
}

/* Puts what @backlog still has before what @job has. */
static void
merge (NumeralKeepJob *backlog, NumeralKeepJob *job)
{
  g_array_prepend_vals (job->points, backlog->points->data, backlog->points->len);
  g_string_prepend_len (job->epochs, backlog->epochs->str, (gssize) backlog->epochs->len);
  for (guint i = 0; i < backlog->snapshots->len; i++)
    g_ptr_array_insert (job->snapshots, (int) i,
                        nn_network_ref (g_ptr_array_index (backlog->snapshots, i)));
  g_array_prepend_vals (job->snapshot_steps, backlog->snapshot_steps->data,
                        backlog->snapshot_steps->len);
  if (job->best == NULL)
    job->best = g_steal_pointer (&backlog->best);
}

static gboolean
write_model (NumeralKeeper *keeper,
             const NumeralKeepJob *job,
             NnNetwork *network,
             GFile *file,
             gboolean half,
             GError **error)
{
  g_autoptr (NumeralModel) model = numeral_model_new (network, job->card);

  return numeral_model_save (model, file, half, NULL, error);
}

static gboolean
write_named (NumeralKeeper *keeper,
             const NumeralKeepJob *job,
             NnNetwork *network,
             const char *name,
             GError **error)
{
  g_autoptr (GFile) file = numeral_run_record_get_file (keeper->record, name);

  return write_model (keeper, job, network, file, FALSE, error);
}

static gboolean
write_snapshots (NumeralKeeper *keeper, NumeralKeepJob *job, GError **error)
{
  g_autofree char *folder =
      g_build_filename (keeper->record->folder, NUMERAL_SNAPSHOTS_FOLDER, NULL);

  if (job->snapshots->len > 0 && g_mkdir (folder, 0777) != 0 && errno != EEXIST)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  while (job->snapshots->len > 0)
    {
      g_autofree char *path =
          numeral_snapshot_path (keeper->record->folder,
                                 g_array_index (job->snapshot_steps, guint64, 0));
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (!write_model (keeper, job, g_ptr_array_index (job->snapshots, 0), file, TRUE, error))
        return FALSE;
      g_ptr_array_remove_index (job->snapshots, 0);
      g_array_remove_index (job->snapshot_steps, 0);
    }
  return TRUE;
}

/* Whatever is written is taken out of @job; the rest is for the next try. */
static gboolean
write_job (NumeralKeeper *keeper, NumeralKeepJob *job, GError **error)
{
  if (!numeral_curve_append (keeper->curve, job->points, job->epochs, error))
    return FALSE;
  g_array_set_size (job->points, 0);
  g_string_truncate (job->epochs, 0);
  if (job->best != NULL && !write_named (keeper, job, job->best, NUMERAL_BEST_FILE, error))
    return FALSE;
  g_clear_pointer (&job->best, nn_network_unref);
  if (!write_snapshots (keeper, job, error))
    return FALSE;
  if (job->state_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&job->state_error));
      return FALSE;
    }
  return job->state == NULL || (numeral_draft_commit (job->state, NULL, error) &&
                                write_named (keeper, job, job->last, NUMERAL_LAST_FILE, error) &&
                                numeral_run_record_save (keeper->record, error));
}

static gpointer
keep (gpointer data)
{
  NumeralKeeper *keeper = data;

  pthread_mutex_lock (&keeper->mutex);
  for (;;)
    {
      NumeralKeepJob *job;
      GError *error = NULL;

      while (keeper->job == NULL && !keeper->quit)
        pthread_cond_wait (&keeper->cond, &keeper->mutex);
      job = keeper->job;
      if (job == NULL)
        break;
      pthread_mutex_unlock (&keeper->mutex);

      if (keeper->backlog != NULL)
        merge (keeper->backlog, job);
      g_clear_pointer (&keeper->backlog, numeral_keep_job_free);
      if (!write_job (keeper, job, &error))
        keeper->backlog = job;
      else
        numeral_keep_job_free (job);

      pthread_mutex_lock (&keeper->mutex);
      keeper->job = NULL;
      g_clear_error (&keeper->error);
      keeper->error = error;
      pthread_cond_broadcast (&keeper->cond);
      pthread_mutex_unlock (&keeper->mutex);
      keeper->wake (keeper->wake_data);
      pthread_mutex_lock (&keeper->mutex);
    }
  pthread_mutex_unlock (&keeper->mutex);
  return NULL;
}

/* What a program that was killed left half-written; not what somebody is writing just now, such as
 * a new name. */
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

NumeralKeeper *
numeral_keeper_new (NumeralRunRecord *record,
                    const NumeralHistory *history,
                    void (*wake) (gpointer data),
                    gpointer data,
                    GError **error)
{
  NumeralCurve *curve = numeral_curve_open (record->folder, history, error);
  NumeralKeeper *keeper;

  if (curve == NULL)
    return NULL;
  remove_stale_drafts (record->folder);
  numeral_snapshots_cut (record->folder, history->steps->len);
  keeper = g_new0 (NumeralKeeper, 1);
  keeper->record = numeral_run_record_ref (record);
  keeper->curve = curve;
  keeper->wake = wake;
  keeper->wake_data = data;
  pthread_mutex_init (&keeper->mutex, NULL);
  pthread_cond_init (&keeper->cond, NULL);
  keeper->thread = g_thread_new ("numeral-keeper", keep, keeper);
  return keeper;
}

void
numeral_keeper_free (NumeralKeeper *keeper)
{
  pthread_mutex_lock (&keeper->mutex);
  keeper->quit = TRUE;
  pthread_cond_broadcast (&keeper->cond);
  pthread_mutex_unlock (&keeper->mutex);
  g_thread_join (keeper->thread);
  g_clear_pointer (&keeper->backlog, numeral_keep_job_free);
  g_clear_error (&keeper->error);
  numeral_curve_free (keeper->curve);
  numeral_run_record_unref (keeper->record);
  pthread_cond_destroy (&keeper->cond);
  pthread_mutex_destroy (&keeper->mutex);
  g_free (keeper);
}

gboolean
numeral_keeper_is_idle (NumeralKeeper *keeper)
{
  gboolean idle;

  pthread_mutex_lock (&keeper->mutex);
  idle = keeper->job == NULL;
  pthread_mutex_unlock (&keeper->mutex);
  return idle;
}

void
numeral_keeper_put (NumeralKeeper *keeper, NumeralKeepJob *job)
{
  pthread_mutex_lock (&keeper->mutex);
  g_assert (keeper->job == NULL);
  keeper->job = job;
  pthread_cond_broadcast (&keeper->cond);
  pthread_mutex_unlock (&keeper->mutex);
}

void
numeral_keeper_wait (NumeralKeeper *keeper)
{
  pthread_mutex_lock (&keeper->mutex);
  while (keeper->job != NULL)
    pthread_cond_wait (&keeper->cond, &keeper->mutex);
  pthread_mutex_unlock (&keeper->mutex);
}

GError *
numeral_keeper_take_error (NumeralKeeper *keeper)
{
  GError *error;

  pthread_mutex_lock (&keeper->mutex);
  error = g_steal_pointer (&keeper->error);
  pthread_mutex_unlock (&keeper->mutex);
  return error;
}
