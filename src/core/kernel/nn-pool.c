/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "nn-simd.h"

/* About 50 microseconds: longer than a worker waits inside a step, much shorter than the time
 * between jobs. */
#define SPINS 40000

typedef struct
{
  NnPool *pool;
  guint worker;
  GThread *thread;
} Member;

struct _NnPool
{
  guint n_workers;
  Member *members; /* [n_workers], the first has no thread */

  NnPoolFunc func; /* of the current job, written before its first barrier */
  gpointer data;
  gboolean quit;

  /* A sense-reversing barrier. The counter has a cache line of its own. */
  guint arrived __attribute__ ((aligned (64)));
  guint generation __attribute__ ((aligned (64)));
  guint n_sleeping;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
};

/* Waits a moment between two checks. Does not use the "pause" instruction: a virtual machine may
 * react to many of them by scheduling another guest, which takes ten times as long as the wait. */
static inline void
relax (void)
{
  for (guint i = 0; i < 8; i++)
    __asm__ volatile("nop");
}

void
nn_pool_barrier (NnPool *pool)
{
  guint generation;

  if (pool->n_workers == 1)
    return;

  generation = __atomic_load_n (&pool->generation, __ATOMIC_ACQUIRE);
  if (__atomic_add_fetch (&pool->arrived, 1, __ATOMIC_ACQ_REL) == pool->n_workers)
    {
      __atomic_store_n (&pool->arrived, 0, __ATOMIC_RELAXED);
      /* Sequentially consistent with the sleeper's count and check below: either
       * this thread sees the sleeper, or the sleeper sees the new generation. */
      __atomic_store_n (&pool->generation, generation + 1, __ATOMIC_SEQ_CST);
      if (__atomic_load_n (&pool->n_sleeping, __ATOMIC_SEQ_CST) > 0)
        {
          pthread_mutex_lock (&pool->mutex);
          pthread_cond_broadcast (&pool->cond);
          pthread_mutex_unlock (&pool->mutex);
        }
      return;
    }

  for (guint i = 0; i < SPINS; i++)
    {
      if (__atomic_load_n (&pool->generation, __ATOMIC_ACQUIRE) != generation)
        return;
      relax ();
    }

  pthread_mutex_lock (&pool->mutex);
  __atomic_add_fetch (&pool->n_sleeping, 1, __ATOMIC_SEQ_CST);
  while (__atomic_load_n (&pool->generation, __ATOMIC_SEQ_CST) == generation)
    pthread_cond_wait (&pool->cond, &pool->mutex);
  __atomic_sub_fetch (&pool->n_sleeping, 1, __ATOMIC_SEQ_CST);
  pthread_mutex_unlock (&pool->mutex);
}

static gpointer
member_main (gpointer data)
{
  Member *member = data;
  NnPool *pool = member->pool;

  nn_float_mode_flush ();
  while (TRUE)
    {
      nn_pool_barrier (pool); /* start of a job */
      if (pool->quit)
        return NULL;
      pool->func (member->worker, pool->data);
      nn_pool_barrier (pool); /* end of the job */
    }
}

NnPool *
nn_pool_new (guint n_workers)
{
  NnPool *pool = NULL;

  if (posix_memalign ((void **) &pool, 64, sizeof *pool) != 0)
    g_error ("out of memory");
  *pool = (NnPool){ .n_workers = n_workers > 0 ? n_workers : g_get_num_processors () };
  pthread_mutex_init (&pool->mutex, NULL);
  pthread_cond_init (&pool->cond, NULL);
  pool->members = g_new0 (Member, pool->n_workers);
  for (guint i = 1; i < pool->n_workers; i++)
    {
      pool->members[i].pool = pool;
      pool->members[i].worker = i;
      pool->members[i].thread = g_thread_new ("nn-worker", member_main, &pool->members[i]);
    }
  return pool;
}

void
nn_pool_free (NnPool *pool)
{
  if (pool->n_workers > 1)
    {
      pool->quit = TRUE;
      nn_pool_barrier (pool);
      for (guint i = 1; i < pool->n_workers; i++)
        g_thread_join (pool->members[i].thread);
    }
  g_free (pool->members);
  pthread_cond_destroy (&pool->cond);
  pthread_mutex_destroy (&pool->mutex);
  free (pool);
}

guint
nn_pool_get_n_workers (const NnPool *pool)
{
  return pool->n_workers;
}

void
nn_pool_run (NnPool *pool, NnPoolFunc func, gpointer data)
{
  /* All workers use the same floating-point mode; the caller's mode is restored. */
  const guint64 mode = nn_float_mode_flush ();

  pool->func = func;
  pool->data = data;
  nn_pool_barrier (pool);
  func (0, data);
  nn_pool_barrier (pool);
  nn_float_mode_restore (mode);
}

void
nn_pool_share (const NnPool *pool, guint worker, gsize n, gsize *first, gsize *last)
{
  *first = n * worker / pool->n_workers;
  *last = n * (worker + 1) / pool->n_workers;
}
