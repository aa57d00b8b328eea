/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-order.h"

#include <string.h>

#include "nn-random.h"

/* The purpose of the random stream, besides those of nn-trainer.c. */
#define STREAM_ORDER 2

static void
sort_by_class (NnOrder *order, const NnDataset *dataset)
{
  g_autofree gsize *next = g_new0 (gsize, dataset->n_classes);
  gsize smallest = G_MAXSIZE, largest = 0;
  guint n_present = 0;

  order->class_start = g_new0 (gsize, dataset->n_classes + 1);
  nn_dataset_count_classes (dataset, next);
  for (guint c = 0; c < dataset->n_classes; c++)
    {
      gsize count = next[c];

      order->class_start[c + 1] = order->class_start[c] + count;
      next[c] = order->class_start[c];
      if (count == 0)
        continue; /* a class that is not there cannot be balanced */
      n_present++;
      smallest = MIN (smallest, count);
      largest = MAX (largest, count);
    }
  order->by_class = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    order->by_class[next[dataset->labels[i]]++] = (guint32) i;
  order->shuffled = g_new (guint32, largest);
  order->per_class = order->balance == NN_BALANCE_OVERSAMPLE ? largest : smallest;
  order->n = order->per_class * n_present;
}

NnOrder *
nn_order_new (const NnDataset *dataset, NnBalance balance, guint64 seed)
{
  NnOrder *order = g_new0 (NnOrder, 1);

  order->seed = seed;
  order->balance = balance;
  order->n_classes = dataset->n_classes;
  order->n_samples = dataset->n;
  order->n = dataset->n;
  order->epoch = G_MAXUINT64;
  if (balance == NN_BALANCE_OVERSAMPLE || balance == NN_BALANCE_UNDERSAMPLE)
    sort_by_class (order, dataset);
  order->indices = g_new (guint32, order->n);
  return order;
}

void
nn_order_free (NnOrder *order)
{
  g_free (order->indices);
  g_free (order->class_start);
  g_free (order->by_class);
  g_free (order->shuffled);
  g_free (order);
}

void
nn_order_set_epoch (NnOrder *order, guint64 epoch)
{
  NnRandom random;
  gsize k = 0;

  if (order->epoch == epoch)
    return;
  nn_random_init_stream (&random, order->seed, STREAM_ORDER, epoch);
  if (order->by_class == NULL)
    for (gsize i = 0; i < order->n; i++)
      order->indices[i] = (guint32) i;
  else
    for (guint c = 0; c < order->n_classes; c++)
      {
        gsize count = order->class_start[c + 1] - order->class_start[c];

        if (count == 0)
          continue;
        /* Whole rounds through the class, and chance for what is left of the last: no sample is
         * taken twice before every one has been taken once. */
        memcpy (order->shuffled, order->by_class + order->class_start[c], count * sizeof (guint32));
        nn_random_shuffle (&random, order->shuffled, count);
        for (gsize i = 0; i < order->per_class; i++)
          order->indices[k++] = order->shuffled[i % count];
      }
  nn_random_shuffle (&random, order->indices, order->n);
  order->epoch = epoch;
}

float *
nn_order_class_weights (const NnDataset *dataset)
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
