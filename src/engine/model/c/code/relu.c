/* SPDX-License-Identifier: CC0-1.0 */

static void
numeral_relu (float *x, size_t n)
{
  size_t i;

  for (i = 0; i < n; i++)
    x[i] = x[i] > 0 ? x[i] : 0;
}
