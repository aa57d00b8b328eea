/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-random.h"

#include <math.h>

static guint64
splitmix64 (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static inline guint64
rotate_left (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

void
nn_random_init (NnRandom *random, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (random->s); i++)
    random->s[i] = splitmix64 (&seed);
}

void
nn_random_init_stream (NnRandom *random, guint64 seed, guint64 a, guint64 b)
{
  guint64 state = seed;
  guint64 mixed = splitmix64 (&state);

  /* Each word goes through the mixer before the next is added, so that
   * (1, 2) and (2, 1) have nothing in common. */
  state = mixed ^ a;
  mixed = splitmix64 (&state);
  state = mixed ^ b;
  mixed = splitmix64 (&state);
  nn_random_init (random, mixed);
}

guint64
nn_random_next (NnRandom *random)
{
  guint64 *s = random->s;
  guint64 result = rotate_left (s[0] + s[3], 23) + s[0];
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

float
nn_random_uniform (NnRandom *random)
{
  /* 24 bits are what a float can hold without rounding up to 1. */
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
  /* Lemire 2019: a multiplication in place of a division, with the few draws
   * that would favour small numbers thrown away. */
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
