/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"
#include "nn-pool.h"
#include "repeat.h"

/* No atomics here: the barrier alone must order what the workers do, and a sanitizer for threads
 * sees it where it does not. */

#define MAX_WORKERS 8

typedef struct
{
  NnPool *pool;
  guint n_phases;
  guint slots[MAX_WORKERS][16]; /* a cache line each */
  guint64 sums[MAX_WORKERS];
  gulong pause; /* microseconds of worker 0 in the first phase */
} Job;

/* In each phase everybody writes their own slot, waits, reads all others, and waits. */
static void
phases (guint worker, gpointer data)
{
  Job *job = data;
  guint n = nn_pool_get_n_workers (job->pool);

  for (guint phase = 1; phase <= job->n_phases; phase++)
    {
      if (worker == 0 && phase == 1 && job->pause > 0)
        g_usleep (job->pause);
      job->slots[worker][0] = phase * (worker + 1);
      nn_pool_barrier (job->pool);
      for (guint w = 0; w < n; w++)
        job->sums[worker] += job->slots[w][0];
      nn_pool_barrier (job->pool);
    }
}

static void
run_job (Job *job, guint n_workers)
{
  guint64 p = job->n_phases;
  guint64 expected = p * (p + 1) / 2 * ((guint64) n_workers * (n_workers + 1) / 2);

  for (guint w = 0; w < n_workers; w++)
    job->sums[w] = 0;
  nn_pool_run (job->pool, phases, job);
  for (guint w = 0; w < n_workers; w++)
    g_assert_cmpuint (job->sums[w], ==, expected);
}

static void
test_barrier (gconstpointer data)
{
  guint n_workers = GPOINTER_TO_UINT (data);
  g_autoptr (NnPool) pool = nn_pool_new (n_workers);
  Job job = { .pool = pool, .n_phases = n_workers > 2 ? 20 : 500 };

  g_assert_cmpuint (nn_pool_get_n_workers (pool), ==, n_workers);
  for (guint round = 0; round < REPEAT (20, 5); round++)
    run_job (&job, n_workers);
}

/* Waiting so long that the others have gone to sleep, inside a job and between two. */
static void
test_sleep (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (3);
  Job job = { .pool = pool, .n_phases = 3, .pause = 4000 };

  for (guint round = 0; round < 10; round++)
    {
      run_job (&job, 3);
      g_usleep (3000);
    }
}

/* A pool that is used once, or never, or forgotten at once. */
static void
test_many_pools (void)
{
  for (guint i = 0; i < 60; i++)
    {
      guint n_workers = 1 + i % 5;
      g_autoptr (NnPool) pool = nn_pool_new (n_workers);
      Job job = { .pool = pool, .n_phases = 2 };

      if (i % 3 == 0)
        continue;
      if (i % 7 == 0)
        g_usleep (2000);
      run_job (&job, n_workers);
    }
}

static gpointer
use_pool (gpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (2);
      Job job = { .pool = pool, .n_phases = 30 };

      run_job (&job, 2);
    }
  return NULL;
}

/* Pools of different owners at the same time. */
static void
test_side_by_side (void)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("owner", use_pool, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Shares are neighbours, cover everything, and differ by one at most. */
static void
test_share (void)
{
  static const gsize sizes[] = { 0, 1, 2, 7, 8, 9, 100, 60000 };

  for (guint n_workers = 1; n_workers <= 7; n_workers++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (n_workers);

      for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
        {
          gsize at = 0;

          for (guint w = 0; w < n_workers; w++)
            {
              gsize first, last;

              nn_pool_share (pool, w, sizes[s], &first, &last);
              g_assert_cmpuint (first, ==, at);
              g_assert_cmpuint (last - first, >=, sizes[s] / n_workers);
              g_assert_cmpuint (last - first, <=, sizes[s] / n_workers + 1);
              at = last;
            }
          g_assert_cmpuint (at, ==, sizes[s]);
        }
    }
}

static void
test_processors (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (0);

  g_assert_cmpuint (nn_pool_get_n_workers (pool), ==, g_get_num_processors ());
}

/* Inside a job the smallest numbers may be zero; the caller's own arithmetic stays as it was. */
static void
nothing (guint worker, gpointer data)
{
}

static void
test_caller_arithmetic (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  volatile float smallest = 1e-38f;

  nn_pool_run (pool, nothing, NULL);
  smallest *= 0.01f;
  g_assert_cmpfloat (smallest, >, 0);
}

int
main (int argc, char **argv)
{
  static const guint counts[] = { 1, 2, 3, 4, 8 };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/pool/barrier/%u-workers", counts[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (counts[i]), test_barrier);
    }
  g_test_add_func ("/core/pool/sleep", test_sleep);
  g_test_add_func ("/core/pool/many", test_many_pools);
  g_test_add_func ("/core/pool/side-by-side", test_side_by_side);
  g_test_add_func ("/core/pool/caller-arithmetic", test_caller_arithmetic);
  g_test_add_func ("/core/pool/share", test_share);
  g_test_add_func ("/core/pool/processors", test_processors);
  return g_test_run ();
}
