/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base-block.h"

/* In bytes: the summaries, with and without what they need for values that are not positive, and
 * the structure itself. */
#define SUMMARIES (16 * (BASE_BLOCK_N_LEAVES + BASE_BLOCK_N_BRANCHES))
#define RESTS (8 * (BASE_BLOCK_N_LEAVES + BASE_BLOCK_N_BRANCHES))
#define STRUCTURE 128

static BaseBlock *
make_block (const float *values)
{
  BaseSpan leaves[BASE_BLOCK_N_LEAVES], branches[BASE_BLOCK_N_BRANCHES];

  for (guint i = 0; i < BASE_BLOCK_N_BRANCHES; i++)
    branches[i] = (BaseSpan) BASE_SPAN_INIT;
  for (guint i = 0; i < BASE_BLOCK_N_LEAVES; i++)
    {
      leaves[i] = (BaseSpan) BASE_SPAN_INIT;
      base_span_add_values (&leaves[i], &values[i * BASE_BLOCK_LEAF], BASE_BLOCK_LEAF);
      base_span_merge (&branches[i / BASE_BLOCK_FAN], &leaves[i]);
    }
  return base_block_new (values, leaves, branches);
}

static void
assert_span (const BaseBlock *block, const float *values, guint first, guint end)
{
  BaseSpan expected = BASE_SPAN_INIT, span = BASE_SPAN_INIT;
  double scale = 0;

  base_span_add_values (&expected, values + first, end - first);
  base_block_span (block, first, end, &span);
  for (guint i = first; i < end; i++)
    scale += isfinite (values[i]) ? fabs ((double) values[i]) : 0;
  g_assert_cmpuint (span.count, ==, expected.count);
  g_assert_true (span.min == expected.min && span.max == expected.max);
  g_assert_true (span.min_positive == expected.min_positive);
  g_assert_cmpfloat (fabs (span.sum - expected.sum), <=, 1e-12 * scale);
  g_assert_cmpuint (span.visited, <=, 2 * (BASE_BLOCK_LEAF + 2 * BASE_BLOCK_FAN));
}

/* Bit for bit, every value by itself and in any range; and in at most @most bytes. */
static void
assert_kept (const float *values, gsize most)
{
  BaseBlock *block = make_block (values);
  GRand *random = g_rand_new_with_seed (1);
  float read[BASE_BLOCK];

  base_block_read (block, 0, BASE_BLOCK, read);
  g_assert_cmpmem (read, sizeof read, values, BASE_BLOCK * sizeof *values);
  for (guint i = 0; i < BASE_BLOCK; i++)
    {
      const float value = base_block_get (block, i);

      g_assert_cmpmem (&value, sizeof value, &values[i], sizeof value);
    }
  for (guint i = 0; i < 500; i++)
    {
      const guint a = (guint) g_rand_int_range (random, 0, BASE_BLOCK + 1);
      const guint b = (guint) g_rand_int_range (random, 0, BASE_BLOCK + 1);
      const guint near = MIN (a + b % 100, BASE_BLOCK);

      assert_span (block, values, MIN (a, b), MAX (a, b));
      assert_span (block, values, a, near);
      base_block_read (block, a, near - a, read);
      g_assert_cmpmem (read, (near - a) * sizeof *read, values + a, (near - a) * sizeof *values);
    }
  assert_span (block, values, 0, BASE_BLOCK);
  g_assert_cmpuint (base_block_size (block), <=, most + STRUCTURE);
  base_block_unref (block);
  g_rand_free (random);
}

static void
test_equal (void)
{
  static const guint32 bits[] = { 0,           0x80000000u, 0x3a83126fu, 0x7fc00000u, 0x7fc12345u,
                                  0xffc00000u, 0x7f800000u, 0xff800000u, 0x00000001u };
  float values[BASE_BLOCK];

  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      for (guint k = 0; k < BASE_BLOCK; k++)
        memcpy (&values[k], &bits[i], sizeof *values);
      assert_kept (values, 0);
    }
}

/* Accuracies of minibatches: k of 32; the two zeros differ. */
static void
test_few_values (void)
{
  GRand *random = g_rand_new_with_seed (2);
  float values[BASE_BLOCK];

  for (guint k = 0; k < BASE_BLOCK; k++)
    values[k] = (float) g_rand_int_range (random, 1, 33) / 32.0f;
  assert_kept (values, BASE_BLOCK + SUMMARIES + 33 * sizeof (float));
  for (guint k = 0; k < BASE_BLOCK; k++)
    values[k] = k % 50 == 0 ? -0.0f : (float) g_rand_int_range (random, 0, 33) / 32.0f;
  assert_kept (values, BASE_BLOCK + SUMMARIES + RESTS + 34 * sizeof (float));
  /* As many as a byte can tell, and one more. */
  for (guint k = 0; k < BASE_BLOCK; k++)
    values[k] = (float) (k * 7 % 256) * 1.37f + 1;
  assert_kept (values, BASE_BLOCK + SUMMARIES + 256 * sizeof (float));
  values[BASE_BLOCK - 1] = 1e6f;
  assert_kept (values, 4 * BASE_BLOCK + SUMMARIES);
  g_rand_free (random);
}

/* A cosine schedule over ten million minibatches, at its beginning, in its middle, where the
 * exponent of the floats changes, and at its end; and over fewer. */
static void
test_schedule (void)
{
  static const struct
  {
    double steps, first;
    guint bytes;
  } cases[] = {
    { 1e7, 0, 1 },       { 1e7, 1e6, 1 },   { 1e7, 3.33e6, 1 }, { 1e7, 5e6, 1 },
    { 1e7, 5.073e6, 2 }, { 1e7, 9.7e6, 2 }, { 1e6, 3.1e5, 1 },  { 4e5, 1e5, 2 },
    { 1e7, 9.995e6, 4 }, { 1e5, 4e4, 4 },   { 5000, 100, 4 },
  };
  float values[BASE_BLOCK];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint k = 0; k < BASE_BLOCK; k++)
        values[k] =
            (float) (0.0005 * (1 + cos (G_PI * (cases[i].first + k) / cases[i].steps)) + 1e-9);
      assert_kept (values, cases[i].bytes * BASE_BLOCK + SUMMARIES);
    }
  /* Through 0, upwards and downwards. */
  for (guint k = 0; k < BASE_BLOCK; k++)
    values[k] = 1e-42f * ((float) k - 2000);
  assert_kept (values, 2 * BASE_BLOCK + SUMMARIES + RESTS);
  for (guint k = 0; k < BASE_BLOCK; k++)
    values[k] = -values[k];
  assert_kept (values, 2 * BASE_BLOCK + SUMMARIES + RESTS);
}

/* Any bits at all: NaN with payloads, infinities, the smallest and the largest. */
static void
test_any (void)
{
  GRand *random = g_rand_new_with_seed (3);
  float values[BASE_BLOCK];

  for (guint i = 0; i < 20; i++)
    {
      for (guint k = 0; k < BASE_BLOCK; k++)
        {
          const guint32 bits = g_rand_int (random);

          memcpy (&values[k], &bits, sizeof bits);
          /* A sum of values near 1e38 says nothing about the others. */
          if (i % 2 == 0 && isfinite (values[k]))
            values[k] = (float) g_rand_double_range (random, i % 4 == 0 ? -3 : 0.1, 3);
        }
      assert_kept (values, 4 * BASE_BLOCK + SUMMARIES + RESTS);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/block/equal", test_equal);
  g_test_add_func ("/base/block/few-values", test_few_values);
  g_test_add_func ("/base/block/schedule", test_schedule);
  g_test_add_func ("/base/block/any", test_any);
  return g_test_run ();
}
