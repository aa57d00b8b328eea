/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InkRandom:
 *
 * State of xoshiro256++ (Blackman and Vigna 2021), seeded through splitmix64. Ink stands on no
 * other part of Numeral, so it brings its own. Plain data.
 */
typedef struct
{
  guint64 s[4];
} InkRandom;

/* A stream for each pair: (1, 2) and (2, 1) have nothing in common. */
void ink_random_init (InkRandom *random, guint64 seed, guint64 index);

/* Uniform in [0, 1). */
double ink_random_uniform (InkRandom *random);
/* Uniform in [low, high). */
double ink_random_range (InkRandom *random, double low, double high);
/* Normal, but never more than @limit deviations from the mean: people are not that odd. */
double ink_random_normal (InkRandom *random, double mean, double deviation, double limit);
gboolean ink_random_chance (InkRandom *random, double probability);

G_END_DECLS
