/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-sampler.h"

#include <string.h>

#include "nn-names.h"
#include "nn-random.h"

/* Number of the sampler's random stream; nn-trainer.c uses the others. */
#define STREAM_SAMPLER 2

static const char *const balance_names[NN_N_BALANCES] = { "none", "weights", "oversample",
                                                          "undersample" };

NN_DEFINE_NAMES (NnBalance, nn_balance, balance_names, "class balancing")

static void
sort_by_class (NnSampler *sampler, const NnDataset *dataset)
{
  g_autofree gsize *next = g_new0 (gsize, dataset->n_classes);
  gsize smallest = G_MAXSIZE, largest = 0;
  guint n_present = 0;

  sampler->class_start = g_new0 (gsize, dataset->n_classes + 1);
  nn_dataset_count_classes (dataset, next);
  for (guint c = 0; c < dataset->n_classes; c++)
    {
      gsize count = next[c];

      sampler->class_start[c + 1] = sampler->class_start[c] + count;
      next[c] = sampler->class_start[c];
      if (count == 0)
        continue; /* a class without samples cannot be balanced */
      n_present++;
      smallest = MIN (smallest, count);
      largest = MAX (largest, count);
    }
  sampler->by_class = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    sampler->by_class[next[dataset->labels[i]]++] = (guint32) i;
  sampler->shuffled = g_new (guint32, largest);
  sampler->per_class = sampler->balance == NN_BALANCE_OVERSAMPLE ? largest : smallest;
  sampler->n = sampler->per_class * n_present;
}

NnSampler *
nn_sampler_new (const NnDataset *dataset, NnBalance balance, guint64 seed)
{
  NnSampler *sampler = g_new0 (NnSampler, 1);

  sampler->seed = seed;
  sampler->balance = balance;
  sampler->n_classes = dataset->n_classes;
  sampler->n_samples = dataset->n;
  sampler->n = dataset->n;
  sampler->epoch = G_MAXUINT64;
  if (balance == NN_BALANCE_OVERSAMPLE || balance == NN_BALANCE_UNDERSAMPLE)
    sort_by_class (sampler, dataset);
  sampler->indices = g_new (guint32, sampler->n);
  return sampler;
}

void
nn_sampler_free (NnSampler *sampler)
{
  g_free (sampler->indices);
  g_free (sampler->class_start);
  g_free (sampler->by_class);
  g_free (sampler->shuffled);
  g_free (sampler);
}

void
nn_sampler_set_epoch (NnSampler *sampler, guint64 epoch)
{
  NnRandom random;
  gsize k = 0;

  if (sampler->epoch == epoch)
    return;
  nn_random_init_stream (&random, sampler->seed, STREAM_SAMPLER, epoch);
  if (sampler->by_class == NULL)
    for (gsize i = 0; i < sampler->n; i++)
      sampler->indices[i] = (guint32) i;
  else
    for (guint c = 0; c < sampler->n_classes; c++)
      {
        gsize count = sampler->class_start[c + 1] - sampler->class_start[c];

        if (count == 0)
          continue;
        /* Take whole passes through the class, then a random part of it, so that no sample is
         * used twice before every sample was used once. */
        memcpy (sampler->shuffled, sampler->by_class + sampler->class_start[c],
                count * sizeof (guint32));
        nn_random_shuffle (&random, sampler->shuffled, count);
        for (gsize i = 0; i < sampler->per_class; i++)
          sampler->indices[k++] = sampler->shuffled[i % count];
      }
  nn_random_shuffle (&random, sampler->indices, sampler->n);
  sampler->epoch = epoch;
}

float *
nn_sampler_class_weights (const NnDataset *dataset)
{
  g_autofree gsize *counts = g_new0 (gsize, dataset->n_classes);
  float *weights = g_new0 (float, dataset->n_classes);
  guint n_present = 0;

  nn_dataset_count_classes (dataset, counts);
  for (guint c = 0; c < dataset->n_classes; c++)
    n_present += counts[c] > 0;
  for (guint c = 0; c < dataset->n_classes; c++)
    if (counts[c] > 0)
      weights[c] = (float) ((double) dataset->n / ((double) n_present * (double) counts[c]));
  return weights;
}
