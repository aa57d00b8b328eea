/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dp-sgd.h"

#include <math.h>
#include <string.h>

#include "nn-random.h"

/* Two streams for each step. */
#define STREAM_SAMPLE(step) (2 * (step))
#define STREAM_NOISE(step) (2 * (step) + 1)

#define BLOCK 1024  /* elements whose noise is made together; even */
#define UNIFORMS 64 /* for gaps that are made together */

void
nn_dp_seeded_keystream (gconstpointer key, guint64 stream, guint32 block, guint8 *bytes, gsize n)
{
  NnRandom random;

  nn_random_init_stream (&random, *(const guint64 *) key, stream, block);
  for (gsize i = 0; i < n; i += sizeof (guint64))
    {
      const guint64 next = nn_random_next (&random);

      memcpy (bytes + i, &next, MIN (sizeof next, n - i));
    }
}

gsize
nn_dp_max_rows (gsize n, double rate)
{
  const double mean = rate * (double) n;

  return (gsize) MIN ((double) n, ceil (mean + 12 * sqrt (mean) + 64));
}

gsize
nn_dp_sample (
    NnKeystream keystream, gconstpointer key, guint64 step, gsize n, double rate, guint32 *indices)
{
  const gsize max_rows = nn_dp_max_rows (n, rate);
  const double log_left_out = log1p (-rate);
  guint64 uniforms[UNIFORMS];
  gsize n_taken = 0;
  double next = 0;

  for (guint32 block = 0; n_taken < max_rows; block++)
    {
      keystream (key, STREAM_SAMPLE (step), block, (guint8 *) uniforms, sizeof uniforms);
      for (guint i = 0; i < UNIFORMS && n_taken < max_rows; i++)
        {
          /* In (0, 1], of 53 bits. */
          const double uniform = ((double) (uniforms[i] >> 11) + 1) * 0x1p-53;

          next += rate < 1 ? floor (log (uniform) / log_left_out) : 0;
          if (next >= (double) n)
            return n_taken;
          indices[n_taken++] = (guint32) next++;
        }
    }
  return n_taken;
}

/* Two normal numbers of two whole numbers. */
static void
normal_pair (const guint32 bits[2], double pair[2])
{
  const double radius = sqrt (-2 * log (((double) bits[0] + 1) * 0x1p-32));
  const double angle = 2 * G_PI * (double) bits[1] * 0x1p-32;

  pair[0] = radius * cos (angle);
  pair[1] = radius * sin (angle);
}

void
nn_dp_add_noise (NnKeystream keystream,
                 gconstpointer key,
                 guint64 step,
                 double deviation,
                 float *gradient,
                 gsize first,
                 gsize last)
{
  guint32 bits[BLOCK];

  for (gsize block = first / BLOCK; block * BLOCK < last; block++)
    {
      const gsize start = block * BLOCK;

      keystream (key, STREAM_NOISE (step), (guint32) block, (guint8 *) bits, sizeof bits);
      for (gsize i = 0; i < BLOCK; i += 2)
        {
          double pair[2];

          if (start + i + 1 < first || start + i >= last)
            continue;
          normal_pair (bits + i, pair);
          for (gsize j = 0; j < 2; j++)
            if (start + i + j >= first && start + i + j < last)
              gradient[start + i + j] += (float) (deviation * pair[j]);
        }
    }
}
