/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-test-samples.h"

typedef struct
{
  NumeralRunConfig *config;
  guint n;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_run_config_free (job->config);
  g_free (job);
}

static void
load_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TEST, .cancellable = cancellable };
  g_autoptr (NumeralSource) source = numeral_run_config_create_source (job->config);
  g_autofree guint32 *indices = g_new (guint32, job->n);
  g_autoptr (NnDataset) dataset = NULL;
  GError *error = NULL;

  if (!numeral_source_has_test (source))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  dataset = numeral_upright_load (source, &request, NULL, &error);
  if (!dataset)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < job->n; i++)
    indices[i] = i;
  g_task_return_pointer (task, nn_dataset_subset (dataset, indices, MIN (job->n, dataset->n)),
                         (GDestroyNotify) nn_dataset_unref);
}

void
numeral_test_samples_load_async (const NumeralRunConfig *config,
                                 guint n,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  job->config = numeral_run_config_copy (config);
  job->n = n;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, load_in_thread);
}

NnDataset *
numeral_test_samples_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
