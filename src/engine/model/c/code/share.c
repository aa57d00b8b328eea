/* SPDX-License-Identifier: CC0-1.0 */

/* Each output is a sigmoid of its own; the probabilities are their shares. */
static void
numeral_share (const float *logits, size_t n, float *probabilities)
{
  float sum = 0;
  size_t i;

  for (i = 0; i < n; i++)
    sum += probabilities[i] = 1.0f / (1.0f + numeral_exp (-logits[i]));
  /* All may be so small that nothing can be told. */
  for (i = 0; i < n; i++)
    probabilities[i] = sum > 1e-30f ? probabilities[i] / sum : 1.0f / (float) n;
}
