/* SPDX-License-Identifier: CC0-1.0 */

/* Whether all values are numbers: infinity minus itself is none. */
static int
numeral_are_finite (const float *x, size_t n)
{
  size_t i;

  for (i = 0; i < n; i++)
    if (!(x[i] - x[i] == 0))
      return 0;
  return 1;
}
