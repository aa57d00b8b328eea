/* SPDX-License-Identifier: CC0-1.0 */

/* z/2 (1 + tanh (sqrt (2/pi) (z + 0.044715 z^3))) */
static void
numeral_gelu (float *x, size_t n)
{
  size_t i;

  for (i = 0; i < n; i++)
    {
      const float z = x[i];

      x[i] = 0.5f * z * (1 + numeral_tanh_value (0.7978845608f * (z + 0.044715f * z * z * z)));
    }
}
