/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-bench-measure.h"

#include <time.h>

#include "ink-tensor.h"
#include "nn-blas.h"
#include "nn-evaluate.h"
#include "nn-predictor.h"
#include "nn-trainer.h"

#define SGEMM_SIDE 1024
/* Number of images that are converted to floats before the measurement: more than branch predictors
 * can learn. */
#define MAX_FORWARD_IMAGES 1000
#define MAX_BULK_IMAGES 10000
#define MAX_RUNS 1000000

/* In nanoseconds: a forward pass takes about 2,000. */
static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static gint64
ns (double seconds)
{
  return (gint64) (seconds * 1e9);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static CliTimes
summarise (GArray *times)
{
  CliTimes summary = { .runs = times->len };

  g_array_sort (times, compare);
  summary.p50 = g_array_index (times, gint64, times->len / 2);
  summary.p99 = g_array_index (times, gint64, (guint64) times->len * 99 / 100);
  return summary;
}

/* The best run of one thread, in nanoseconds. */
static gpointer
sgemm_thread (gpointer data)
{
  const gsize n = SGEMM_SIDE;
  const double seconds = *(const double *) data;
  g_autofree float *a = g_new (float, n *n);
  g_autofree float *b = g_new (float, n *n);
  g_autofree float *c = g_new0 (float, n *n);
  gint64 best = G_MAXINT64, end;
  NnRandom random;

  nn_random_init (&random, 1);
  for (gsize i = 0; i < n * n; i++)
    {
      a[i] = nn_random_range (&random, -1, 1);
      b[i] = nn_random_range (&random, -1, 1);
    }
  end = now_ns () + ns (seconds);
  do
    {
      gint64 start = now_ns ();

      nn_sgemm (FALSE, FALSE, n, n, n, 1, a, n, b, n, 0, c, n);
      best = MIN (best, now_ns () - start);
    }
  while (now_ns () < end);
  return GINT_TO_POINTER ((int) MIN (best, G_MAXINT));
}

double
cli_bench_sgemm (double seconds, guint threads)
{
  const double flops = 2.0 * SGEMM_SIDE * SGEMM_SIDE * SGEMM_SIDE;
  g_autofree GThread **others = g_new (GThread *, threads);
  double rate = 0;

  for (guint i = 1; i < threads; i++)
    others[i] = g_thread_new ("sgemm", sgemm_thread, &seconds);
  rate = flops / (1e-9 * GPOINTER_TO_INT (sgemm_thread (&seconds)));
  for (guint i = 1; i < threads; i++)
    rate += flops / (1e-9 * GPOINTER_TO_INT (g_thread_join (others[i])));
  return rate;
}

CliTimes
cli_bench_forward (const NnNetwork *network, const NnDataset *images, double seconds)
{
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n = MIN (images->n, MAX_FORWARD_IMAGES);
  g_autofree float *x = g_new (float, n * images->n_features); /* [n, 784] */
  float probabilities[NN_MAX_CLASSES];
  gint64 end;

  for (gsize i = 0; i < n; i++)
    nn_dataset_get (images, i, x + i * images->n_features);
  /* Warm up, so that the first access to the weights is not measured. */
  for (gsize i = 0; i < n; i++)
    nn_predictor_run (predictor, x + i * images->n_features, probabilities);

  end = now_ns () + ns (seconds);
  do
    {
      const float *image = x + (times->len % n) * images->n_features;
      gint64 start = now_ns (), took;

      nn_predictor_run (predictor, image, probabilities);
      took = now_ns () - start;
      g_array_append_val (times, took);
    }
  while (times->len < MAX_RUNS && now_ns () < end);
  return summarise (times);
}

double
cli_bench_bulk (const NnNetwork *network, const NnDataset *images, double seconds, GError **error)
{
  gsize n = MIN (images->n, MAX_BULK_IMAGES);
  g_autofree guint32 *first = g_new (guint32, n);
  g_autoptr (NnDataset) some = NULL;
  gint64 best = G_MAXINT64, end;

  for (guint32 i = 0; i < n; i++)
    first[i] = i;
  some = nn_dataset_subset (images, first, n);
  end = now_ns () + ns (seconds);
  do
    {
      gint64 start = now_ns ();
      g_autoptr (NnEvaluation) evaluation = nn_evaluate (network, some, error);

      if (evaluation == NULL)
        return 0;
      best = MIN (best, now_ns () - start);
    }
  while (now_ns () < end);
  return (double) n / (1e-9 * (double) best);
}

double
cli_bench_epoch (
    const NnTrainConfig *base, NnDataset *images, guint threads, double seconds, GError **error)
{
  g_autoptr (NnTrainer) trainer = NULL;
  NnTrainConfig config = *base;
  gint64 best = G_MAXINT64, end;

  config.threads = threads;
  trainer = nn_trainer_new (&config, images, error);
  if (trainer == NULL)
    return 0;
  end = now_ns () + ns (seconds);
  do
    {
      gint64 start = now_ns ();
      NnStep step;

      do
        if (!nn_trainer_step (trainer, &step, error))
          return 0;
      while (!step.epoch_done);
      best = MIN (best, now_ns () - start);
    }
  while (now_ns () < end);
  return 1e-9 * (double) best;
}

CliTimes
cli_bench_ink (const GPtrArray *drawings, double seconds)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 end = now_ns () + ns (seconds);

  do
    {
      const InkDrawing *drawing = g_ptr_array_index (drawings, times->len % drawings->len);
      float tensor[INK_TENSOR_SIZE];
      gint64 start = now_ns (), took;

      ink_tensor_from_drawing (drawing, NULL, tensor);
      took = now_ns () - start;
      g_array_append_val (times, took);
    }
  while (times->len < MAX_RUNS && now_ns () < end);
  return summarise (times);
}
