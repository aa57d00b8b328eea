/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-random.h"

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
ink_random_init (InkRandom *random, guint64 seed, guint64 index)
{
  guint64 state = seed;

  /* The seed goes through the mixer before the index is added. */
  state = splitmix64 (&state) ^ index;
  for (guint i = 0; i < G_N_ELEMENTS (random->s); i++)
    random->s[i] = splitmix64 (&state);
}

static guint64
next (InkRandom *random)
{
  guint64 *s = random->s;
  const guint64 result = rotate_left (s[0] + s[3], 23) + s[0];
  const guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

double
ink_random_uniform (InkRandom *random)
{
  return (double) (next (random) >> 11) * 0x1p-53;
}

double
ink_random_range (InkRandom *random, double low, double high)
{
  return low + (high - low) * ink_random_uniform (random);
}

double
ink_random_normal (InkRandom *random, double mean, double deviation, double limit)
{
  /* Box and Muller; the first argument is never 0. */
  const double radius = sqrt (-2 * log (1 - ink_random_uniform (random)));
  const double z = radius * cos (2 * G_PI * ink_random_uniform (random));

  return mean + deviation * CLAMP (z, -limit, limit);
}

gboolean
ink_random_chance (InkRandom *random, double probability)
{
  return ink_random_uniform (random) < probability;
}
