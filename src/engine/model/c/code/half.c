/* SPDX-License-Identifier: CC0-1.0 */

/* The value of a finite IEEE 754 binary16. Multiplying by 2^112 moves the exponent, also that of a
 * subnormal number. */
static float
numeral_half (uint16_t half)
{
  union
  {
    float f;
    uint32_t i;
  } bits;

  bits.i = (uint32_t) (half & 0x7fffu) << 13;
  bits.f *= 5.192296858534827629e33f;
  bits.i |= (uint32_t) (half & 0x8000u) << 16;
  return bits.f;
}
