/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-random.h"

#include <math.h>

void
ink_random_init (InkRandom *random, guint64 seed, guint64 index)
{
  guint64 state = seed;

  /* Mix the seed before the index is added, so that seed and index cannot cancel. */
  state = base_splitmix64 (&state) ^ index;
  base_xoshiro_seed (random, state);
}

double
ink_random_uniform (InkRandom *random)
{
  return (double) (base_xoshiro_next (random) >> 11) * 0x1p-53;
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
