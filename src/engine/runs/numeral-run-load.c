/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-run-curve.h"
#include "numeral-run-private.h"
#include "numeral-run-snapshots.h"
#include "numeral-model-file.h"

/* Reads the files of a run in a thread. The tasks hold the record and not the run, because the
 * last reference of a run must not be dropped in another thread. */

typedef struct
{
  NumeralRunRecord *record;
  char *path; /* of a model */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_run_record_unref (job->record);
  g_free (job->path);
  g_free (job);
}

static void
load_history (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  NumeralHistory *history = numeral_curve_read_folder (job->record->folder, cancellable, &error);

  if (history != NULL)
    g_task_return_pointer (task, history, (GDestroyNotify) numeral_history_free);
  else
    g_task_return_error (task, error);
}

static void
load_model (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  GError *error = NULL;
  NumeralModel *model = numeral_model_load (file, cancellable, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

/* Takes ownership of @path. */
static void
run_task (NumeralRun *self,
          char *path,
          GTaskThreadFunc func,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  job->record = numeral_run_record_ref (numeral_run_get_record (self));
  job->path = path;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, func);
}

void
numeral_run_load_history_async (NumeralRun *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN (self));

  run_task (self, NULL, load_history, cancellable, callback, user_data);
}

NumeralHistory *
numeral_run_load_history_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
numeral_run_load_best_async (NumeralRun *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN (self));

  run_task (self, g_build_filename (numeral_run_get_record (self)->folder, NUMERAL_BEST_FILE, NULL),
            load_model, cancellable, callback, user_data);
}

void
numeral_run_load_snapshot_async (NumeralRun *self,
                                 guint64 step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN (self));

  run_task (self, numeral_snapshot_path (numeral_run_get_record (self)->folder, step), load_model,
            cancellable, callback, user_data);
}

NumeralModel *
numeral_run_load_model_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
