/* SPDX-License-Identifier: CC0-1.0 */

static void
numeral_sigmoid (float *x, size_t n)
{
  size_t i;

  for (i = 0; i < n; i++)
    x[i] = 1.0f / (1.0f + numeral_exp (-x[i]));
}
