/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dp-sgd.h"

#include <math.h>
#include <string.h>

#include "nn-random.h"
#include "nn-simd.h"

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

/* ln x for a normal x above 0, to within 2e-7 of the larger of 1 and its own size:
 * 2 artanh ((m - 1) / (m + 1)) for the significand m in [sqrt (1/2), sqrt (2)). */
NN_INLINE float
fast_log (float x)
{
  union
  {
    float f;
    gint32 i;
  } bits = { x };
  /* The bits of sqrt (1/2) become those of exponent 0. */
  const gint32 shifted = bits.i - 0x3f3504f3;
  const float exponent = (float) (shifted >> 23);
  float s, z;

  bits.i = (shifted & 0x7fffff) + 0x3f3504f3;
  s = (bits.f - 1) / (bits.f + 1);
  z = s * s;
  return exponent * 0.693147180559945f +
         2 * s * (1 + z * (1 / 3.0f + z * (1 / 5.0f + z * (1 / 7.0f + z * (1 / 9.0f)))));
}

/* cos and sin of an angle between -pi/4 and pi/4, by their Taylor series: to 3e-7. */
NN_INLINE float
fast_cos (float x)
{
  const float z = x * x;

  return 1 - z * (1 / 2.0f - z * (1 / 24.0f - z * (1 / 720.0f - z * (1 / 40320.0f))));
}

NN_INLINE float
fast_sin (float x)
{
  const float z = x * x;

  return x * (1 - z * (1 / 6.0f - z * (1 / 120.0f - z * (1 / 5040.0f))));
}

/* Normal numbers of whole ones, the two of each pair half a block apart (Box, Muller 1958). One
 * function for all elements of a block, so that the result does not depend on who needs which. */
NN_CLONES static void
fill_normals (const guint32 bits[BLOCK], float normals[BLOCK])
{
  for (guint i = 0; i < BLOCK / 2; i++)
    {
      const float uniform = ((float) (bits[i] >> 1) + 0.5f) * 0x1p-31f;
      const float radius = __builtin_sqrtf (-2 * fast_log (uniform < 1 ? uniform : 1));
      /* The upper bits tell the quadrant, the others the angle in it, from its middle. */
      const guint32 quadrant = bits[BLOCK / 2 + i] >> 30;
      const float angle = ((float) (gint32) (bits[BLOCK / 2 + i] & 0x3fffffff) * 0x1p-30f - 0.5f) *
                          (float) (G_PI / 2);
      const float c = fast_cos (angle), s = fast_sin (angle);

      normals[i] = radius * (quadrant == 0 ? c : quadrant == 1 ? s : quadrant == 2 ? -c : -s);
      normals[BLOCK / 2 + i] = radius * (quadrant == 0 ? s :
                                         quadrant == 1 ? -c :
                                         quadrant == 2 ? -s :
                                                         c);
    }
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
  float normals[BLOCK];

  for (gsize block = first / BLOCK; block * BLOCK < last; block++)
    {
      const gsize start = block * BLOCK, from = MAX (first, start), to = MIN (last, start + BLOCK);

      keystream (key, STREAM_NOISE (step), (guint32) block, (guint8 *) bits, sizeof bits);
      fill_normals (bits, normals);
      for (gsize i = from; i < to; i++)
        gradient[i] += (float) deviation * normals[i - start];
    }
}
