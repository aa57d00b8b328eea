/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-random.h"

#include <math.h>

void
nn_random_init (NnRandom *random, guint64 seed)
{
  base_xoshiro_seed (random, seed);
}

void
nn_random_init_stream (NnRandom *random, guint64 seed, guint64 a, guint64 b)
{
  guint64 state = seed;
  guint64 mixed = base_splitmix64 (&state);

  /* Mix each word before the next one is added, so that (1, 2) and (2, 1) give unrelated
   * streams. */
  state = mixed ^ a;
  mixed = base_splitmix64 (&state);
  state = mixed ^ b;
  mixed = base_splitmix64 (&state);
  nn_random_init (random, mixed);
}

guint64
nn_random_next (NnRandom *random)
{
  return base_xoshiro_next (random);
}

float
nn_random_uniform (NnRandom *random)
{
  /* A float has 24 bits of precision; with more, a value could round up to 1. */
  return (float) (nn_random_next (random) >> 40) * 0x1p-24f;
}

float
nn_random_range (NnRandom *random, float low, float high)
{
  return low + (high - low) * nn_random_uniform (random);
}

guint32
nn_random_below (NnRandom *random, guint32 n)
{
  /* Lemire 2019: a multiplication instead of a division. The few draws that would favour small
   * numbers are rejected. */
  guint64 product = (nn_random_next (random) >> 32) * n;

  if ((guint32) product < n)
    {
      guint32 threshold = -n % n;

      while ((guint32) product < threshold)
        product = (nn_random_next (random) >> 32) * n;
    }
  return product >> 32;
}

float
nn_random_normal (NnRandom *random)
{
  float u = 1 - nn_random_uniform (random); /* (0, 1] */
  float v = nn_random_uniform (random);

  return sqrtf (-2 * logf (u)) * cosf (2 * (float) G_PI * v);
}

void
nn_random_shuffle (NnRandom *random, guint32 *items, gsize n)
{
  for (gsize i = n; i > 1; i--)
    {
      gsize j = nn_random_below (random, (guint32) i);
      guint32 swap = items[i - 1];

      items[i - 1] = items[j];
      items[j] = swap;
    }
}
