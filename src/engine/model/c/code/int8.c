/* SPDX-License-Identifier: CC0-1.0 */

/* How the sums of a layer become numbers of 8 bits: multiplied, limited, rounded to nearest, and,
 * if there is a table, looked up in it. */
typedef struct
{
  const float *multiplier;
  float low, high;
  int32_t offset;
  const uint8_t *table;
} NumeralScaling;

static uint8_t
numeral_scale_int8 (const NumeralScaling *scaling, uint32_t sum, float multiplier)
{
  /* Adding 1.5 * 2^23 leaves the nearest integer; volatile, so that it is not left out. */
  volatile float rounded;
  float t = (float) (int32_t) sum * multiplier;
  int32_t place;

  t = t < scaling->low ? scaling->low : t;
  t = t > scaling->high ? scaling->high : t;
  rounded = t + 12582912.0f;
  place = (int32_t) (rounded - 12582912.0f) + scaling->offset;
  return scaling->table != NULL ? scaling->table[place] : (uint8_t) place;
}

/* The sums of n outputs, distance apart: numbers of 8 bits, or, if there are logits, those. */
static void
numeral_give (const uint32_t *sums,
              const NumeralScaling *scaling,
              size_t n,
              size_t distance,
              uint8_t *y,
              float *logits)
{
  size_t o;

  for (o = 0; o < n; o++)
    if (logits != NULL)
      logits[o * distance] = (float) (int32_t) sums[o] * scaling->multiplier[o];
    else
      y[o * distance] = numeral_scale_int8 (scaling, sums[o], scaling->multiplier[o]);
}

/* Adds one input times its weights. The sums are those of int32_t, but may wrap on the way. */
static void
numeral_add_int8 (uint8_t x, const int8_t *weight, size_t n_out, uint32_t *sums)
{
  size_t o;

  if (x != 0)
    for (o = 0; o < n_out; o++)
      sums[o] += (uint32_t) ((int32_t) x * weight[o]);
}
