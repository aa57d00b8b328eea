/* SPDX-License-Identifier: CC0-1.0 */

static void
numeral_softmax (const float *logits, size_t n, float *probabilities)
{
  float largest = logits[0], sum = 0;
  size_t i;

  for (i = 1; i < n; i++)
    largest = logits[i] > largest ? logits[i] : largest;
  for (i = 0; i < n; i++)
    sum += probabilities[i] = numeral_exp (logits[i] - largest);
  for (i = 0; i < n; i++)
    probabilities[i] /= sum;
}
