/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-in-order.h"

#include <pthread.h>

/* Items for each thread that may be begun before the oldest result is taken. */
#define AHEAD 4

typedef struct
{
  const CliInOrder *order;
  gpointer data;
  guint n, n_ahead;
  /* POSIX, because ThreadSanitizer cannot see into GLib's. */
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  /* Under the mutex. */
  guint next, n_taken;
  gboolean stopped;
  gpointer *results; /* [n] */
  gboolean *done;    /* [n] */
} Queue;

/* The next item that nobody has begun; %FALSE when there is none. */
static gboolean
queue_begin (Queue *queue, guint *item)
{
  gboolean found;

  pthread_mutex_lock (&queue->mutex);
  while (!queue->stopped && queue->next < queue->n &&
         queue->next - queue->n_taken >= queue->n_ahead)
    pthread_cond_wait (&queue->changed, &queue->mutex);
  found = !queue->stopped && queue->next < queue->n;
  if (found)
    *item = queue->next++;
  pthread_mutex_unlock (&queue->mutex);
  return found;
}

static void
queue_end (Queue *queue, guint item, gpointer result)
{
  pthread_mutex_lock (&queue->mutex);
  queue->results[item] = result;
  queue->done[item] = TRUE;
  pthread_cond_broadcast (&queue->changed);
  pthread_mutex_unlock (&queue->mutex);
}

/* Waits for the result of item @n_taken. */
static gpointer
queue_take (Queue *queue)
{
  gpointer result;

  pthread_mutex_lock (&queue->mutex);
  while (!queue->done[queue->n_taken])
    pthread_cond_wait (&queue->changed, &queue->mutex);
  result = g_steal_pointer (&queue->results[queue->n_taken++]);
  pthread_cond_broadcast (&queue->changed);
  pthread_mutex_unlock (&queue->mutex);
  return result;
}

static void
queue_stop (Queue *queue)
{
  pthread_mutex_lock (&queue->mutex);
  queue->stopped = TRUE;
  pthread_cond_broadcast (&queue->changed);
  pthread_mutex_unlock (&queue->mutex);
}

static gpointer
run_thread (gpointer data)
{
  Queue *queue = data;
  const CliInOrder *order = queue->order;
  gpointer worker = order->worker_new (queue->data);
  guint item;

  while (queue_begin (queue, &item))
    queue_end (queue, item, order->work (worker, item, queue->data));
  order->worker_free (worker);
  return NULL;
}

static void
run_here (const CliInOrder *order, guint n, gpointer data)
{
  gpointer worker = order->worker_new (data);

  for (guint i = 0; i < n && order->take (order->work (worker, i, data), data); i++)
    ;
  order->worker_free (worker);
}

void
cli_in_order (const CliInOrder *order, guint n, gpointer data)
{
  const guint n_threads = MIN (n, g_get_num_processors ());
  Queue queue = { .order = order, .data = data, .n = n, .n_ahead = AHEAD * n_threads };
  g_autofree GThread **threads = g_new (GThread *, MAX (n_threads, 1));

  if (n_threads <= 1)
    {
      run_here (order, n, data);
      return;
    }
  queue.results = g_new0 (gpointer, n);
  queue.done = g_new0 (gboolean, n);
  pthread_mutex_init (&queue.mutex, NULL);
  pthread_cond_init (&queue.changed, NULL);
  for (guint t = 0; t < n_threads; t++)
    threads[t] = g_thread_new ("cli-worker", run_thread, &queue);
  for (guint i = 0; i < n && order->take (queue_take (&queue), data); i++)
    ;
  queue_stop (&queue);
  for (guint t = 0; t < n_threads; t++)
    g_thread_join (threads[t]);
  for (guint i = 0; i < n; i++)
    if (queue.results[i] != NULL)
      order->result_free (queue.results[i]);
  pthread_cond_destroy (&queue.changed);
  pthread_mutex_destroy (&queue.mutex);
  g_free (queue.results);
  g_free (queue.done);
}
