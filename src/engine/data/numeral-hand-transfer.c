/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-transfer.h"

/* @n_done: @n_left_out: (out): written by the thread before the task returns */
typedef struct
{
  NumeralHandDb *db;
  char *path;
  gboolean import;
  int label;
  NumeralHandExport how;
  int *percent; /* (nullable) */
  gsize n_done, n_left_out;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_hand_db_unref (job->db);
  g_free (job->path);
  g_free (job);
}

/* In the thread. */
static void
tell (double share, gpointer data)
{
  g_atomic_int_set (((const Job *) data)->percent, (int) (100 * share));
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const NumeralHandTransfer transfer = { cancellable, job->percent != NULL ? tell : NULL, job };
  GError *error = NULL;
  const gboolean done = job->import ?
                            numeral_hand_import (job->db, job->path, job->label, &transfer,
                                                 &job->n_done, &job->n_left_out, &error) :
                            numeral_hand_export (job->db, &job->how, job->path, &transfer,
                                                 &job->n_done, &job->n_left_out, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @values: all but the database and the path */
static void
start (NumeralHandDb *db,
       const char *path,
       const Job *values,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_memdup2 (values, sizeof *values);

  job->db = numeral_hand_db_ref (db);
  job->path = g_strdup (path);
  /* A finished transfer is reported, also if it is cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

void
numeral_hand_import_async (NumeralHandDb *db,
                           const char *path,
                           int label,
                           int *percent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const Job values = { .import = TRUE, .label = label, .percent = percent };

  start (db, path, &values, cancellable, callback, user_data);
}

void
numeral_hand_export_async (NumeralHandDb *db,
                           const NumeralHandExport *how,
                           const char *path,
                           int *percent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const Job values = { .how = *how, .percent = percent };

  start (db, path, &values, cancellable, callback, user_data);
}

gboolean
numeral_hand_transfer_finish (GAsyncResult *result,
                              gsize *n_done,
                              gsize *n_left_out,
                              GError **error)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *n_done = job->n_done;
  *n_left_out = job->n_left_out;
  return TRUE;
}
