/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>

#include "numeral-run-curve.h"
#include "numeral-run-private.h"
#include "numeral-run-snapshots.h"
#include "numeral-model-file.h"

/* Added to the niceness of a thread that reads a curve: a long one keeps a processor busy for a
 * quarter of a second, and the frames of the window come first. */
#define NICENESS 5

/* Reads the files of a run in a thread. The tasks hold the record and not the run, because the
 * last reference of a run must not be dropped in another thread. */

typedef struct
{
  NumeralRunRecord *record;
  gboolean best;
  guint64 step; /* of the snapshot, unless @best */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_run_record_unref (job->record);
  g_free (job);
}

static gpointer
load_history (gpointer data)
{
  g_autoptr (GTask) task = data;
  const Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  NumeralHistory *history = NULL;

  /* On Linux it is a thread's own. */
  (void) setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + NICENESS);
  if (numeral_run_record_make (job->record, &error))
    history =
        numeral_curve_read_folder (job->record->folder, g_task_get_cancellable (task), &error);
  if (history != NULL)
    g_task_return_pointer (task, history, (GDestroyNotify) numeral_history_free);
  else
    g_task_return_error (task, error);
  return NULL;
}

/* (transfer full) (nullable): the file of the model. */
static GFile *
model_file (const Job *job, GError **error)
{
  g_autofree char *path = NULL;

  if (!numeral_run_record_make (job->record, error))
    return NULL;
  path = job->best ? g_build_filename (job->record->folder, NUMERAL_BEST_FILE, NULL) :
                     numeral_snapshot_path (job->record->folder, job->step);
  return g_file_new_for_path (path);
}

static void
load_model (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFile) file = model_file (data, &error);
  NumeralModel *model = file != NULL ? numeral_model_load (file, cancellable, &error) : NULL;

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

/* A run without a folder has none yet. */
static void
list_snapshots (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GArray *steps = numeral_run_record_is_made (job->record) ?
                      numeral_snapshots_list (job->record->folder) :
                      g_array_new (FALSE, FALSE, sizeof (guint64));

  g_task_return_pointer (task, steps, (GDestroyNotify) g_array_unref);
}

/* (transfer full): @what: its record is that of @self */
static GTask *
new_task (NumeralRun *self,
          const Job *what,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = *what;
  job->record = numeral_run_record_ref (numeral_run_get_record (self));
  g_task_set_task_data (task, job, job_free);
  return task;
}

void
numeral_run_load_history_async (NumeralRun *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (NUMERAL_IS_RUN (self));

  /* Not in GLib's pool of threads, which keep their niceness. */
  g_thread_unref (g_thread_new ("numeral-curve", load_history,
                                new_task (self, &(Job){ 0 }, cancellable, callback, user_data)));
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
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NUMERAL_IS_RUN (self));

  task = new_task (self, &(Job){ .best = TRUE }, cancellable, callback, user_data);
  g_task_run_in_thread (task, load_model);
}

void
numeral_run_load_snapshot_async (NumeralRun *self,
                                 guint64 step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NUMERAL_IS_RUN (self));

  task = new_task (self, &(Job){ .step = step }, cancellable, callback, user_data);
  g_task_run_in_thread (task, load_model);
}

NumeralModel *
numeral_run_load_model_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
numeral_run_list_snapshots_async (NumeralRun *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NUMERAL_IS_RUN (self));

  task = new_task (self, &(Job){ 0 }, cancellable, callback, user_data);
  g_task_run_in_thread (task, list_snapshots);
}

GArray *
numeral_run_list_snapshots_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
