/* SPDX-License-Identifier: CC0-1.0 */

/* y [n_out] = W x + b. weight: [n_in, n_out], so that a pixel of the background costs nothing. */
static void
numeral_dense (const float *x,
               size_t n_in,
               const NumeralWeight *weight,
               const NumeralWeight *bias,
               size_t n_out,
               float *y)
{
  size_t i, o;

  for (o = 0; o < n_out; o++)
    y[o] = NUMERAL_VALUE (bias[o]);
  for (i = 0; i < n_in; i++, weight += n_out)
    {
      const float value = x[i];

      if (value != 0)
        for (o = 0; o < n_out; o++)
          y[o] += value * NUMERAL_VALUE (weight[o]);
    }
}
