/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaseXoshiro:
 *
 * State of the random number generator xoshiro256++ (Blackman and Vigna,
 * "Scrambled linear pseudorandom number generators", 2021). Plain data: copy it
 * to save it. NnRandom draws floats from it and InkRandom doubles.
 */
typedef struct
{
  guint64 s[4];
} BaseXoshiro;

/* The next output of splitmix64, by the authors of xoshiro, which seeds it. */
static inline guint64
base_splitmix64 (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Any seed is good, 0 included. */
static inline void
base_xoshiro_seed (BaseXoshiro *xoshiro, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (xoshiro->s); i++)
    xoshiro->s[i] = base_splitmix64 (&seed);
}

static inline guint64
base_xoshiro_rotate (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

/* The next 64 random bits. */
static inline guint64
base_xoshiro_next (BaseXoshiro *xoshiro)
{
  guint64 *s = xoshiro->s;
  const guint64 result = base_xoshiro_rotate (s[0] + s[3], 23) + s[0];
  const guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = base_xoshiro_rotate (s[3], 45);
  return result;
}

G_END_DECLS
