/* SPDX-License-Identifier: CC0-1.0 */

static void
numeral_table_int8 (uint8_t *x, size_t n, const uint8_t *table)
{
  size_t i;

  for (i = 0; i < n; i++)
    x[i] = table[x[i]];
}
