/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dropout.h"

#include "nn-random.h"
#include "nn-simd.h"

guint64
nn_dropout_key (guint64 seed, guint64 step, guint layer, gsize row)
{
  NnRandom random;

  nn_random_init_stream (&random, seed, step, (guint64) row << 8 | layer);
  return nn_random_next (&random);
}

NN_CLONES void
nn_dropout_mask (guint64 key, double probability, guint first, guint n, float *mask)
{
  guint32 low = (guint32) key, high = (guint32) (key >> 32);
  guint32 threshold = (guint32) (probability * 0x1p32);
  float keep = (float) (1 / (1 - probability));

  for (guint i = 0; i < n; i++)
    mask[i] = nn_mix (((first + i) * 0x9e3779b9u + low) ^ high) < threshold ? 0 : keep;
}
