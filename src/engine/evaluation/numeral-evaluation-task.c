/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-evaluation-task.h"

#include <pthread.h>

#include "numeral-suspects.h"

/**
 * Job:
 * @watch: of the caller
 * @context: of the caller
 * @ended: whether the result was taken; used in @context alone
 * @share: @found: (element-type NumeralMistake): what the caller is to be told next
 * @pending: whether it will be told
 *
 * One task, shared with the source that tells its progress. Reference-counted (atomic).
 */
typedef struct
{
  NumeralModel *model; /* (nullable) */
  NnDataset *dataset;
  GCancellable *cancellable; /* (nullable) */
  NumeralEvaluationWatch watch;
  GMainContext *context;
  gboolean ended;
  pthread_mutex_t mutex; /* protects the three below */
  double share;
  GArray *found;
  gboolean pending;
} Job;

static GArray *
mistakes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (NumeralMistake));
}

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->model, numeral_model_unref);
  nn_dataset_unref (job->dataset);
  g_clear_object (&job->cancellable);
  g_main_context_unref (job->context);
  g_array_unref (job->found);
  pthread_mutex_destroy (&job->mutex);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

/* In the caller's context. */
static gboolean
tell (gpointer data)
{
  Job *job = data;
  const NumeralEvaluationWatch *watch = &job->watch;
  g_autoptr (GArray) found = NULL;
  double share;

  pthread_mutex_lock (&job->mutex);
  found = g_steal_pointer (&job->found);
  job->found = mistakes_new ();
  share = job->share;
  job->pending = FALSE;
  pthread_mutex_unlock (&job->mutex);
  if (!job->ended && found->len > 0 && !g_cancellable_is_cancelled (job->cancellable))
    watch->found ((const NumeralMistake *) (gpointer) found->data, found->len, watch->data);
  if (!job->ended && watch->progress != NULL && !g_cancellable_is_cancelled (job->cancellable))
    watch->progress (share, watch->data);
  return G_SOURCE_REMOVE;
}

/* In the thread of the task: has the caller told the news. @mistakes: (nullable) [n] */
static void
add_news (Job *job, double share, const NumeralMistake *mistakes, guint n)
{
  g_autoptr (GSource) source = NULL;

  pthread_mutex_lock (&job->mutex);
  job->share = MAX (share, job->share);
  if (n > 0)
    g_array_append_vals (job->found, mistakes, n);
  if (!job->pending)
    source = g_idle_source_new ();
  job->pending = TRUE;
  pthread_mutex_unlock (&job->mutex);
  if (source == NULL)
    return;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, g_atomic_rc_box_acquire (job), job_unref);
  g_source_attach (source, job->context);
}

static void
on_progress (double share, gpointer job)
{
  add_news (job, share, NULL, 0);
}

static void
on_found (const NumeralMistake *mistakes, guint n, gpointer job)
{
  add_news (job, 0, mistakes, n);
}

static gboolean
on_bulk_progress (gsize n_done, gsize n, gpointer data, GError **error)
{
  Job *job = data;

  add_news (job, (double) n_done / (double) MAX (n, 1), NULL, 0);
  return !g_cancellable_set_error_if_cancelled (job->cancellable, error);
}

static void
evaluate_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const NumeralEvaluationWatch watch = { on_progress, job->watch.found ? on_found : NULL, job };
  GError *error = NULL;
  NumeralEvaluation *evaluation =
      numeral_evaluation_new (job->model, job->dataset, &watch, cancellable, &error);

  if (evaluation != NULL)
    g_task_return_pointer (task, evaluation, (GDestroyNotify) numeral_evaluation_unref);
  else
    g_task_return_error (task, error);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const NnBulk bulk = { .progress = on_bulk_progress, .data = data };
  GError *error = NULL;
  GArray *suspects = numeral_suspects_find (((Job *) data)->dataset, &bulk, &error);

  if (suspects != NULL)
    g_task_return_pointer (task, suspects, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/* (transfer full) */
static GTask *
task_new (NumeralModel *model,
          NnDataset *dataset,
          const NumeralEvaluationWatch *watch,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_atomic_rc_box_new0 (Job);

  job->model = model != NULL ? numeral_model_ref (model) : NULL;
  job->dataset = nn_dataset_ref (dataset);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (watch != NULL)
    job->watch = *watch;
  job->context = g_main_context_ref_thread_default ();
  job->found = mistakes_new ();
  pthread_mutex_init (&job->mutex, NULL);
  g_task_set_task_data (task, job, job_unref);
  return task;
}

static gpointer
task_end (GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  job->ended = TRUE;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
numeral_evaluation_run_async (NumeralModel *model,
                              NnDataset *dataset,
                              const NumeralEvaluationWatch *watch,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = task_new (model, dataset, watch, cancellable, callback, user_data);

  g_task_run_in_thread (task, evaluate_in_thread);
}

NumeralEvaluation *
numeral_evaluation_run_finish (GAsyncResult *result, GError **error)
{
  return task_end (result, error);
}

void
numeral_evaluation_suspects_async (NnDataset *dataset,
                                   const NumeralEvaluationWatch *watch,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = task_new (NULL, dataset, watch, cancellable, callback, user_data);

  g_task_run_in_thread (task, find_in_thread);
}

GArray *
numeral_evaluation_suspects_finish (GAsyncResult *result, GError **error)
{
  return task_end (result, error);
}
