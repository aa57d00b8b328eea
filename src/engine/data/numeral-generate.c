/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-generate.h"

#include <glib/gi18n-lib.h>

#include "numeral-origin.h"

/* Samples that a thread takes at once: a few milliseconds of work. */
#define CHUNK ((gsize) 64)
#define MAX_THREADS 64

typedef enum
{
  WHAT_DIGITS,
  WHAT_NONDIGITS,
  WHAT_UNSEEN_NONDIGITS,
} What;

/**
 * Job:
 * @next: the first sample that no thread has taken; atomic, as @done is
 * @done: number of finished samples
 */
typedef struct
{
  NnDataset *dataset;
  What what;
  guint64 seed;
  GCancellable *cancellable;
  NumeralGenerateProgress progress;
  gpointer user_data;
  gsize next, done;
} Job;

static void
generate (Job *job, gsize i)
{
  guint8 *pixels = job->dataset->pixels + i * INK_TENSOR_SIZE;
  guint label;

  if (job->what == WHAT_DIGITS)
    {
      label = i % INK_GENERATOR_N_DIGITS;
      numeral_generate_digit (label, job->seed, i, pixels);
    }
  else
    {
      label = INK_NONDIGIT_LETTER + i % (INK_NONDIGIT_END - INK_NONDIGIT_LETTER);
      numeral_generate_nondigit (label, job->what == WHAT_UNSEEN_NONDIGITS, job->seed, i, pixels);
    }
  job->dataset->labels[i] = (guint8) label;
}

/* Makes the next chunk. Each sample is a pure function of its number and has its own row, so the
 * result does not depend on the thread. Returns whether there was a chunk. */
static gboolean
work_on_chunk (Job *job)
{
  const gsize n = job->dataset->n;
  const gsize begin = __atomic_fetch_add (&job->next, CHUNK, __ATOMIC_RELAXED);
  const gsize end = MIN (begin + CHUNK, n);

  if (begin >= n || g_cancellable_is_cancelled (job->cancellable))
    return FALSE;
  for (gsize i = begin; i < end; i++)
    generate (job, i);
  __atomic_fetch_add (&job->done, end - begin, __ATOMIC_RELAXED);
  return TRUE;
}

static gpointer
work (gpointer data)
{
  while (work_on_chunk (data))
    ;
  return NULL;
}

/* The part of the calling thread, which alone reports the progress. */
static void
work_and_tell (Job *job)
{
  const gsize n = job->dataset->n;

  while (work_on_chunk (job))
    {
      const gsize done = __atomic_load_n (&job->done, __ATOMIC_RELAXED);

      /* The end is reported after all threads have ended. */
      if (job->progress != NULL && done < n)
        job->progress (done, n, job->user_data);
    }
}

static void
add_origins (NnDataset *dataset)
{
  NnOrigin *origins[INK_GENERATOR_N_DIGITS];

  nn_dataset_add_origins (dataset);
  for (guint digit = 0; digit < INK_GENERATOR_N_DIGITS; digit++)
    origins[digit] = numeral_origin_new_generated (digit);
  for (gsize i = 0; i < dataset->n; i++)
    dataset->origins[i] = nn_origin_ref (origins[dataset->labels[i]]);
  for (guint digit = 0; digit < INK_GENERATOR_N_DIGITS; digit++)
    nn_origin_unref (origins[digit]);
}

static NnDataset *
generate_all (What what,
              gsize n,
              guint64 seed,
              guint n_threads,
              GCancellable *cancellable,
              NumeralGenerateProgress progress,
              gpointer user_data,
              GError **error)
{
  g_autoptr (NnDataset) dataset = NULL;
  GThread *threads[MAX_THREADS] = { NULL };
  Job job = { NULL, what, seed, cancellable, progress, user_data, 0, 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  dataset =
      nn_dataset_new_pixels (n, INK_TENSOR_SIDE, INK_TENSOR_SIDE, INK_GENERATOR_N_DIGITS, error);
  if (dataset == NULL)
    return NULL;
  job.dataset = dataset;
  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  n_threads = (guint) MIN (MIN (n_threads, MAX_THREADS), (n - 1) / CHUNK + 1);

  for (guint t = 1; t < n_threads; t++)
    threads[t] = g_thread_new ("numeral-generate", work, &job);
  work_and_tell (&job);
  for (guint t = 1; t < n_threads; t++)
    g_thread_join (threads[t]);

  /* A cancellation after the last sample is ignored. */
  if (job.done < n)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("making digits was cancelled"));
      return NULL;
    }
  if (what == WHAT_DIGITS)
    add_origins (dataset);
  if (progress != NULL)
    progress (n, n, user_data);
  return g_steal_pointer (&dataset);
}

NnDataset *
numeral_generate_digits (gsize n,
                         guint64 seed,
                         guint n_threads,
                         GCancellable *cancellable,
                         NumeralGenerateProgress progress,
                         gpointer user_data,
                         GError **error)
{
  return generate_all (WHAT_DIGITS, n, seed, n_threads, cancellable, progress, user_data, error);
}

NnDataset *
numeral_generate_nondigits (gsize n,
                            gboolean unseen,
                            guint64 seed,
                            guint n_threads,
                            GCancellable *cancellable,
                            GError **error)
{
  return generate_all (unseen ? WHAT_UNSEEN_NONDIGITS : WHAT_NONDIGITS, n, seed, n_threads,
                       cancellable, NULL, NULL, error);
}
