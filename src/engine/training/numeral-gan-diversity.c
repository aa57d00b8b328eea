/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-gan-diversity.h"

#include <math.h>

#include "nn-lazy.h"

static double
distance (const float *a, const float *b, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) ((a[i] - b[i]) * (a[i] - b[i]));
  return sqrt (sum);
}

/* The mean distance between two of the @n vectors. */
static double
mean_distance (const float *vectors, guint n, guint size)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      sum += distance (vectors + (gsize) i * size, vectors + (gsize) j * size, size);
  return n > 1 ? sum / (n * (n - 1) / 2) : (double) NAN;
}

void
numeral_gan_diversity_of_data (const NnDataset *dataset, double *diversity)
{
  const guint size = dataset->n_features;
  g_autofree float *vectors = g_new (float, (gsize) NUMERAL_GAN_DIVERSITY_SAMPLES *size);

  for (guint c = 0; c < dataset->n_classes; c++)
    {
      guint n = 0;

      for (gsize i = 0; i < dataset->n && n < NUMERAL_GAN_DIVERSITY_SAMPLES; i++)
        if (dataset->labels[i] == c)
          {
            const guint32 index = (guint32) i;

            nn_lazy_write (dataset, &index, 1, NULL);
            nn_dataset_get (dataset, i, vectors + (gsize) n++ * size);
          }
      diversity[c] = mean_distance (vectors, n, size);
    }
}
