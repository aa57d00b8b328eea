/* SPDX-License-Identifier: CC0-1.0 */

/* e^x to within 2 units in the last place, without a library; x is limited to -87.3 to 88.3. Cody
 * and Waite's reduction x = n ln 2 + r, and the polynomial of Cephes for e^r. */
static float
numeral_exp (float x)
{
  union
  {
    float f;
    uint32_t i;
  } bits;
  float n, r, p;

  x = x < -87.3f ? -87.3f : x;
  x = x > 88.3f ? 88.3f : x;
  /* Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
  bits.f = x * 1.44269504088896341f + 12582912.0f;
  n = bits.f - 12582912.0f;
  r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  bits.i = (bits.i << 23) + 0x3f800000u;
  return p * bits.f;
}
