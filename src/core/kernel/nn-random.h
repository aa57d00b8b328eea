/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base-xoshiro.h"

G_BEGIN_DECLS

/**
 * NnRandom:
 *
 * State of xoshiro256++, seeded through splitmix64. Plain data: copy it to save
 * it. Every function that draws random numbers takes one explicitly.
 */
typedef BaseXoshiro NnRandom;

/* Seeds the generator; any seed is good, 0 included. */
void nn_random_init (NnRandom *random, guint64 seed);

/* An independent stream, e.g. for (seed, epoch, sample). The same arguments give the same stream
 * in every thread. */
void nn_random_init_stream (NnRandom *random, guint64 seed, guint64 a, guint64 b);

guint64 nn_random_next (NnRandom *random);
/* Uniform in [0, 1). */
float nn_random_uniform (NnRandom *random);
/* Uniform in [low, high). */
float nn_random_range (NnRandom *random, float low, float high);
/* Uniform integer in [0, n), without modulo bias. n > 0. */
guint32 nn_random_below (NnRandom *random, guint32 n);
/* Standard normal (Box-Muller). */
float nn_random_normal (NnRandom *random);
/* Fisher-Yates. */
void nn_random_shuffle (NnRandom *random, guint32 *items, gsize n);

G_END_DECLS
