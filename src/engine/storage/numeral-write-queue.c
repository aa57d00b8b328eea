/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-write-queue.h"

#include <pthread.h>

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Job;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static guint n_waiting; /* jobs that are not done; protected by the mutex */

static void
run_job (gpointer data, gpointer unused)
{
  g_autofree Job *job = data;

  job->func (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
             g_task_get_cancellable (job->task));
  g_object_unref (job->task);
  pthread_mutex_lock (&mutex);
  n_waiting--;
  pthread_cond_broadcast (&cond);
  pthread_mutex_unlock (&mutex);
}

/* A pool of one thread runs the jobs in order. */
static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (run_job, NULL, 1, FALSE, NULL));
  return pool;
}

void
numeral_write_queue_run (GTask *task, GTaskThreadFunc func)
{
  Job *job = g_new (Job, 1);

  g_return_if_fail (G_IS_TASK (task));

  job->task = g_object_ref (task);
  job->func = func;
  pthread_mutex_lock (&mutex);
  n_waiting++;
  pthread_mutex_unlock (&mutex);
  g_thread_pool_push (get_pool (), job, NULL);
}

void
numeral_write_queue_flush (void)
{
  pthread_mutex_lock (&mutex);
  while (n_waiting > 0)
    pthread_cond_wait (&cond, &mutex);
  pthread_mutex_unlock (&mutex);
}
