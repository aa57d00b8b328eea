/* SPDX-License-Identifier: CC0-1.0 */

static void
numeral_tanh (float *x, size_t n)
{
  size_t i;

  for (i = 0; i < n; i++)
    x[i] = numeral_tanh_value (x[i]);
}
