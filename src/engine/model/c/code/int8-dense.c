/* SPDX-License-Identifier: CC0-1.0 */

/* weight: [n_in, n_out]; sums: [n_out] of working memory. */
static void
numeral_dense_int8 (const uint8_t *x,
                    size_t n_in,
                    const int8_t *weight,
                    const int32_t *bias,
                    size_t n_out,
                    uint32_t *sums)
{
  size_t i;

  for (i = 0; i < n_out; i++)
    sums[i] = (uint32_t) bias[i];
  for (i = 0; i < n_in; i++)
    numeral_add_int8 (x[i], weight + i * n_out, n_out, sums);
}
