/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-half.h"
#include "nn-simd.h"

#include <string.h>

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static float
float_of (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Without branches, so that the compiler makes vectors of a loop over it. */
static inline float
to_float (guint16 half)
{
  const guint32 sign = (guint32) (half & 0x8000) << 16;
  const guint32 exponent = (half >> 10) & 0x1f;
  const guint32 fraction = half & 0x3ff;
  /* Zero, subnormal: fraction * 2^-24, exact in a float. */
  const guint32 subnormal = bits_of ((float) (gint32) fraction * 0x1p-24f);
  /* The bias is 15 here and 127 there. */
  const guint32 normal = (exponent + 112) << 23 | fraction << 13;
  const guint32 not_finite = 0x7f800000 | fraction << 13;

  return float_of (sign | (exponent == 0 ? subnormal : exponent == 0x1f ? not_finite : normal));
}

float
nn_half_to_float (guint16 half)
{
  return to_float (half);
}

NN_CLONES gboolean
nn_half_read (gconstpointer data, gsize n, float *out)
{
  const guint8 *bytes = data;
  guint32 largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint16 half;

      memcpy (&half, bytes + i * sizeof half, sizeof half);
      half = GUINT16_FROM_LE (half);
      largest = MAX (largest, (guint32) (half & 0x7fff));
      out[i] = to_float (half);
    }
  return largest < 0x7c00;
}

guint16
nn_half_from_float (float value)
{
  guint32 bits = bits_of (value);
  guint16 sign = (guint16) (bits >> 16 & 0x8000);
  guint32 magnitude = bits & 0x7fffffff;
  guint32 significand, rest, middle, result;
  guint shift;

  if (magnitude > 0x7f800000) /* quiet NaN, with the top bits of the payload */
    return (guint16) (sign | 0x7e00 | (magnitude >> 13 & 0x3ff));
  if (magnitude >= 0x477ff000) /* 65520 is halfway between 65504 and 2^16 */
    return sign | 0x7c00;
  if (magnitude <
      0x33000000) /* below 2^-25, which is halfway between 0 and the smallest subnormal */
    return sign;

  if (magnitude >= 0x38800000) /* 2^-14 and above: normal */
    {
      shift = 13;
      significand = magnitude - (112u << 23);
    }
  else /* subnormal: the significand, its leading one explicit, in units of 2^-24 */
    {
      shift = 126 - (magnitude >> 23);
      significand = (magnitude & 0x7fffff) | 0x800000;
    }
  result = significand >> shift;
  rest = significand & ((1u << shift) - 1);
  middle = 1u << (shift - 1);
  /* A carry out of the fraction correctly increments the exponent. */
  if (rest > middle || (rest == middle && (result & 1) != 0))
    result++;
  return (guint16) (sign | result);
}
