/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-write-queue.h"

#include <pthread.h>

typedef struct _Job Job;

struct _Job
{
  GTask *task;
  NumeralWriteFunc func;
  gpointer data;
  GError *error;   /* (nullable): what @func gave; protected by the mutex */
  GSource *source; /* in the task's context, becomes ready when @func has returned */
  Job *next;
};

/* A source that carries its job. */
typedef struct
{
  GSource parent;
  Job *job;
} JobSource;

typedef struct
{
  const char *name; /* of its thread */
  Job *first;
  Job **last;
  gboolean started;
} Queue;

/* POSIX and not GLib's thread pool, whose order ThreadSanitizer cannot see. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
/* Protected by the mutex. */
static Queue queues[] = {
  [NUMERAL_WRITE_FILES] = { .name = "write-queue", .last = &queues[NUMERAL_WRITE_FILES].first },
  [NUMERAL_WRITE_HAND] = { .name = "hand-queue", .last = &queues[NUMERAL_WRITE_HAND].first },
};
static guint n_waiting; /* jobs of all queues that are not done */

static Job *
take (Queue *queue)
{
  Job *job;

  pthread_mutex_lock (&mutex);
  while (queue->first == NULL)
    pthread_cond_wait (&cond, &mutex);
  job = queue->first;
  queue->first = job->next;
  if (queue->first == NULL)
    queue->last = &queue->first;
  pthread_mutex_unlock (&mutex);
  return job;
}

/* Runs the jobs of a queue in order until the program ends. */
static gpointer
run_jobs (gpointer queue)
{
  while (TRUE)
    {
      Job *job = take (queue);
      GError *error = NULL;

      job->func (job->data, &error);
      pthread_mutex_lock (&mutex);
      job->error = error;
      /* From the unlock on, the job belongs to the thread of the source. */
      g_source_set_ready_time (job->source, 0);
      n_waiting--;
      pthread_cond_broadcast (&cond);
      pthread_mutex_unlock (&mutex);
    }
  return NULL;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Job *job = ((JobSource *) source)->job;
  GError *error;

  pthread_mutex_lock (&mutex);
  error = job->error;
  pthread_mutex_unlock (&mutex);
  if (error == NULL)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_error (job->task, error);
  return G_SOURCE_REMOVE;
}

static void
finalize (GSource *source)
{
  Job *job = ((JobSource *) source)->job;

  g_object_unref (job->task);
  g_free (job);
}

void
numeral_write_queue_run_in (NumeralWriteQueue name, GTask *task, NumeralWriteFunc func)
{
  static GSourceFuncs funcs = { .dispatch = dispatch, .finalize = finalize };
  Queue *queue = &queues[name];
  Job *job;

  g_return_if_fail (G_IS_TASK (task));

  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  job->data = g_task_get_task_data (task);
  job->source = g_source_new (&funcs, sizeof (JobSource));
  ((JobSource *) job->source)->job = job;
  g_source_set_ready_time (job->source, -1);
  g_source_attach (job->source, g_task_get_context (task));
  g_source_unref (job->source);

  pthread_mutex_lock (&mutex);
  *queue->last = job;
  queue->last = &job->next;
  n_waiting++;
  if (!queue->started)
    g_thread_unref (g_thread_new (queue->name, run_jobs, queue));
  queue->started = TRUE;
  pthread_cond_broadcast (&cond);
  pthread_mutex_unlock (&mutex);
}

void
numeral_write_queue_run (GTask *task, NumeralWriteFunc func)
{
  numeral_write_queue_run_in (NUMERAL_WRITE_FILES, task, func);
}

void
numeral_write_queue_flush (void)
{
  pthread_mutex_lock (&mutex);
  while (n_waiting > 0)
    pthread_cond_wait (&cond, &mutex);
  pthread_mutex_unlock (&mutex);
}
