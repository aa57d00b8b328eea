/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-half.h"

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

float
numeral_half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;

  if (exponent == 0x1f) /* infinity, NaN */
    return float_of (sign | 0x7f800000 | fraction << 13);
  if (exponent == 0) /* zero, subnormal: fraction * 2^-24, exact in a float */
    return float_of (sign | bits_of ((float) fraction * 0x1p-24f));
  /* The bias is 15 here and 127 there. */
  return float_of (sign | (exponent + 112) << 23 | fraction << 13);
}

guint16
numeral_half_from_float (float value)
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
