/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-xoshiro.h"

G_BEGIN_DECLS

/**
 * InkRandom:
 *
 * State of xoshiro256++, seeded through splitmix64. Plain data. Its numbers are doubles, because
 * strokes are drawn in double precision; core's NnRandom gives floats.
 */
typedef BaseXoshiro InkRandom;

/* An independent stream for each pair: (1, 2) and (2, 1) have nothing in common. */
void ink_random_init (InkRandom *random, guint64 seed, guint64 index);

/* Uniform in [0, 1). */
double ink_random_uniform (InkRandom *random);
/* Uniform in [low, high). */
double ink_random_range (InkRandom *random, double low, double high);
/* Normal, but never more than @limit deviations from the mean: real handwriting has no outliers
 * beyond it. */
double ink_random_normal (InkRandom *random, double mean, double deviation, double limit);
gboolean ink_random_chance (InkRandom *random, double probability);

G_END_DECLS
