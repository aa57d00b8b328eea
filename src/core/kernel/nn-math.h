/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "nn-simd.h"

/* Private to core: elementary functions without branches or calls, so that loops over them
 * vectorise. Loops that call libm do not. */

/**
 * nn_expf:
 *
 * e^x to within 2 units in the last place for x from -87.3 to 88.3; outside, the value at the
 * nearer bound: about the smallest normal number below, a large finite number above. NaN stays
 * NaN. Cody and Waite's reduction x = n ln 2 + r, |r| <= ln 2 / 2, and the polynomial of Cephes'
 * expf for e^r.
 */
NN_INLINE float
nn_expf (float x)
{
  union
  {
    float f;
    guint32 i;
  } bits;
  float n, r, p;

  x = x < -87.3f ? -87.3f : x;
  x = x > 88.3f ? 88.3f : x;
  /* Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
  n = x * 1.44269504088896341f + 12582912.0f;
  bits.f = n;
  n -= 12582912.0f;
  r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  /* Unsigned, for the bits of NaN overflow; the product is NaN then. */
  bits.i = (bits.i << 23) + 0x3f800000u;
  return p * bits.f;
}

NN_INLINE float
nn_sigmoidf (float x)
{
  return 1.0f / (1.0f + nn_expf (-x));
}

/* tanh x = 1 - 2 / (e^2x + 1); near zero, where that cancels, x itself is closer. */
NN_INLINE float
nn_tanhf (float x)
{
  float t = 1.0f - 2.0f / (nn_expf (2.0f * x) + 1.0f);
  float s = x * (1.0f - x * x * (1.0f / 3.0f - x * x * (2.0f / 15.0f)));

  return x < 0.1f && x > -0.1f ? s : t;
}
