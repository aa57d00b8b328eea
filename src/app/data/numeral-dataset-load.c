/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-dataset-load.h"

#include <glib/gi18n.h>

#include "ink-generator.h"
#include "ink-tensor.h"

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

/* The data that can be shown besides those of the next run. */
static const struct
{
  NumeralSourceKind kind;
  NumeralSplit split;
} browsed[] = {
  [NUMERAL_BROWSE_MNIST_TRAIN] = { NUMERAL_SOURCE_MNIST, NUMERAL_SPLIT_TRAIN },
  [NUMERAL_BROWSE_MNIST_TEST] = { NUMERAL_SOURCE_MNIST, NUMERAL_SPLIT_TEST },
  [NUMERAL_BROWSE_GENERATED] = { NUMERAL_SOURCE_GENERATED, NUMERAL_SPLIT_TRAIN },
  [NUMERAL_BROWSE_PATH] = { NUMERAL_SOURCE_PATH, NUMERAL_SPLIT_TRAIN },
  [NUMERAL_BROWSE_TEST_PATH] = { NUMERAL_SOURCE_PATH, NUMERAL_SPLIT_TEST },
  [NUMERAL_BROWSE_HANDWRITING] = { NUMERAL_SOURCE_HANDWRITING, NUMERAL_SPLIT_TRAIN },
};

/* Whether the data is that of a run with the settings. */
static gboolean
is_of_run (NumeralBrowse what)
{
  return what == NUMERAL_BROWSE_NEXT_RUN || what == NUMERAL_BROWSE_VALIDATION;
}

G_DEFINE_QUARK (numeral - dataset - error - quark, numeral_dataset_error)

static gboolean
check_mnist (const Job *job, GError **error)
{
  const NumeralSourceKind kind =
      is_of_run (job->what) ? job->config->source : browsed[job->what].kind;
  const NumeralSourceOptions options = { 0 };
  g_autoptr (NumeralSource) mnist = numeral_source_new (NUMERAL_SOURCE_MNIST, &options);
  g_autoptr (GError) local = NULL;

  if (kind != NUMERAL_SOURCE_MNIST || numeral_source_find (mnist, &local))
    return TRUE;
  g_set_error_literal (error, NUMERAL_DATASET_ERROR, NUMERAL_DATASET_ERROR_NO_MNIST,
                       local->message);
  return FALSE;
}

typedef struct
{
  NnDataset *dataset;
  GString *remarks;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->dataset, nn_dataset_unref);
  g_string_free (loaded->remarks, TRUE);
  g_free (loaded);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loaded, loaded_free)

static void
add_remarks (GString *text, const NumeralDataReport *report)
{
  g_autoptr (GPtrArray) lines = numeral_data_report_lines (report);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", (char *) lines->pdata[i]);
}

static NnDataset *
load_source (const Job *job, GString *remarks, GCancellable *cancellable, GError **error)
{
  const NumeralSourceOptions options = { .path = job->path,
                                         .generated = N_GENERATED,
                                         .generator = INK_GENERATOR_VERSION,
                                         .seed = GENERATED_SEED };
  g_autoptr (NumeralSource) source = numeral_source_new (browsed[job->what].kind, &options);
  g_autoptr (NumeralDataReport) report = numeral_data_report_new ();
  const NumeralSourceRequest request = { .split = browsed[job->what].split,
                                         .cancellable = cancellable,
                                         .report = report };
  NnDataset *dataset = numeral_upright_load (source, &request, NULL, error);

  add_remarks (remarks, report);
  return dataset;
}

static NnDataset *
load_run (const Job *job, GString *remarks, GCancellable *cancellable, GError **error)
{
  const NumeralSourceRequest request = { .cancellable = cancellable };
  g_autoptr (NumeralRunData) data = numeral_run_data_load (job->config, &request, error);

  if (!data)
    return NULL;
  for (guint i = 0; i < data->parts->len; i++)
    add_remarks (remarks, ((const NumeralRunPart *) data->parts->pdata[i])->report);
  if (job->what == NUMERAL_BROWSE_NEXT_RUN)
    return nn_dataset_ref (data->train);
  if (data->validation)
    return nn_dataset_ref (data->validation);
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE,
                       _ ("The run keeps no samples for validation"));
  return NULL;
}

static NnDataset *
load (const Job *job, GString *remarks, GCancellable *cancellable, GError **error)
{
  if (!check_mnist (job, error))
    return NULL;
  return is_of_run (job->what) ? load_run (job, remarks, cancellable, error) :
                                 load_source (job, remarks, cancellable, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (Loaded) loaded = g_new0 (Loaded, 1);
  GError *error = NULL;

  loaded->remarks = g_string_new (NULL);
  loaded->dataset = load (job, loaded->remarks, cancellable, &error);
  if (!loaded->dataset)
    g_task_return_error (task, error);
  else if (loaded->dataset->n_features != INK_TENSOR_SIZE)
    g_task_return_new_error (task, NN_ERROR, NN_ERROR_SHAPE,
                             _ ("The samples have %u values each and are no images of 28 × 28 "
                                "pixels"),
                             loaded->dataset->n_features);
  else
    g_task_return_pointer (task, g_steal_pointer (&loaded), loaded_free);
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
numeral_dataset_load_finish (GAsyncResult *result, char **remarks, GError **error)
{
  g_autoptr (Loaded) loaded = g_task_propagate_pointer (G_TASK (result), error);

  *remarks = NULL;
  if (!loaded)
    return NULL;
  if (loaded->remarks->len > 0)
    *remarks = g_strdup (loaded->remarks->str);
  return g_steal_pointer (&loaded->dataset);
}
