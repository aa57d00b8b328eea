/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-dataset-load.h"

#include <glib/gi18n.h>

#include "ink-tensor.h"
#include "numeral-data.h"
#include "numeral-generate.h"

/* Enough to scroll through, and fast to generate. */
#define N_GENERATED 5000
#define GENERATED_SEED 1

typedef struct
{
  NumeralBrowse what;
  NumeralRunConfig *config;
  char *path;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  numeral_run_config_free (job->config);
  g_free (job->path);
  g_free (job);
}

gboolean
numeral_dataset_lacks_mnist (NumeralBrowse what, const NumeralRunConfig *config)
{
  g_autofree char *path = NULL;

  if (what == NUMERAL_BROWSE_GENERATED || what == NUMERAL_BROWSE_PATH ||
      (what == NUMERAL_BROWSE_NEXT_RUN && config->source != NUMERAL_SOURCE_MNIST))
    return FALSE;
  path = numeral_data_find_mnist ();
  return !path;
}

static NnDataset *
load_mnist (NumeralSplit split, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = numeral_data_find_mnist ();

  if (path)
    return numeral_data_load (path, split, NULL, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("MNIST is not there any more"));
  return NULL;
}

static NnDataset *
load (const Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (NumeralRunData) data = NULL;

  switch (job->what)
    {
    case NUMERAL_BROWSE_MNIST_TRAIN:
      return load_mnist (NUMERAL_SPLIT_TRAIN, cancellable, error);
    case NUMERAL_BROWSE_MNIST_TEST:
      return load_mnist (NUMERAL_SPLIT_TEST, cancellable, error);
    case NUMERAL_BROWSE_GENERATED:
      return numeral_generate_digits (N_GENERATED, GENERATED_SEED, 0, cancellable, NULL, NULL,
                                      error);
    case NUMERAL_BROWSE_PATH:
      return numeral_data_load (job->path, NUMERAL_SPLIT_TRAIN, NULL, cancellable, error);
    case NUMERAL_BROWSE_NEXT_RUN:
    default:
      data = numeral_run_data_load (job->config, cancellable, NULL, NULL, error);
      return data ? nn_dataset_ref (data->train) : NULL;
    }
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (NnDataset) dataset = load (data, cancellable, &error);

  if (!dataset)
    g_task_return_error (task, error);
  else if (dataset->n_features != INK_TENSOR_SIZE)
    g_task_return_new_error (task, NN_ERROR, NN_ERROR_SHAPE,
                             _ ("The samples have %u values each and are no images of 28 × 28 "
                                "pixels"),
                             dataset->n_features);
  else
    g_task_return_pointer (task, g_steal_pointer (&dataset), (GDestroyNotify) nn_dataset_unref);
}

void
numeral_dataset_load_async (NumeralBrowse what,
                            const NumeralRunConfig *config,
                            const char *path,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  job->what = what;
  job->config = numeral_run_config_copy (config);
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, load_in_thread);
}

NnDataset *
numeral_dataset_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
