/* SPDX-License-Identifier: CC0-1.0 */

/* The odds that this is no digit: the sum of e^z of all classes but the first, the digit, over that
 * of the digit. */
static float
numeral_odds (const float *logits, size_t n)
{
  float sum = 0;
  size_t i;

  for (i = 1; i < n; i++)
    sum += numeral_exp (logits[i] - logits[0]);
  return sum;
}
