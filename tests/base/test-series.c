/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base-series.h"

/* Several summaries of sixteen blocks, and no multiple of anything. */
#define LENGTH (BASE_BLOCK * 37 + 1234)

/* Values as in a run: a loss with gaps, an accuracy, a schedule in steps; and changes between
 * them, so that blocks of every form are next to each other. */
static float
make_value (GRand *random, gsize i)
{
  const int kind = g_rand_int_range (random, 0, 200);

  switch (i / 9000 % 4)
    {
    case 0:
      return kind == 0 ? NAN :
             kind == 1 ? INFINITY :
             kind == 2 ? -INFINITY :
                         (float) g_rand_double_range (random, -1, 5);
    case 1:
      return (float) g_rand_int_range (random, 0, 33) / 32.0f;
    case 2:
      return i / 3000 % 2 == 0 ? 0.001f : 0.0001f;
    default:
      return (float) (0.001 * (1 + cos (1e-6 * (double) i)));
    }
}

static void
assert_span (const BaseSeries *series, const float *values, gsize first, gsize end)
{
  BaseSpan expected = BASE_SPAN_INIT, span;

  base_span_add_values (&expected, values + first, end - first);
  base_series_span (series, first, end, &span);
  g_assert_cmpuint (span.count, ==, expected.count);
  g_assert_true (span.min == expected.min && span.max == expected.max);
  g_assert_true (span.min_positive == expected.min_positive);
  g_assert_cmpfloat_with_epsilon (span.sum, expected.sum, 1e-7);
}

/* All values one by one, some in ranges, and summaries of random ranges. */
static void
assert_same (const BaseSeries *series, const float *values, gsize n, GRand *random)
{
  g_autofree float *read = g_new (float, n + 1);

  g_assert_cmpuint (base_series_length (series), ==, n);
  base_series_read (series, 0, n, read);
  g_assert_cmpmem (read, n * sizeof *read, values, n * sizeof *values);
  for (guint i = 0; i < 40 && n > 0; i++)
    {
      const gsize a = (gsize) g_rand_int_range (random, 0, (gint32) n);
      const gsize b = (gsize) g_rand_int_range (random, 0, (gint32) n + 1);
      const gsize near = MIN (a + b % 300, n);
      const float value = base_series_get (series, a);

      g_assert_cmpmem (&value, sizeof value, &values[a], sizeof value);
      assert_span (series, values, MIN (a, b), MAX (a, b));
      assert_span (series, values, a, near);
      assert_span (series, values, a / BASE_BLOCK * BASE_BLOCK, n);
      base_series_read (series, a, near - a, read);
      g_assert_cmpmem (read, (near - a) * sizeof *read, values + a, (near - a) * sizeof *values);
    }
}

/* Grows in pieces, and is cut back in the middle of blocks and at their ends. */
static void
test_random (void)
{
  GRand *random = g_rand_new_with_seed (4);
  g_autofree float *values = g_new (float, LENGTH);
  g_autoptr (BaseSeries) series = base_series_new ();
  gsize n = 0;

  assert_same (series, values, 0, random);
  for (guint round = 0; n < LENGTH; round++)
    {
      const gint32 most = round % 3 == 0 ? 10 : round % 3 == 1 ? 500 : 9000;
      const gsize piece = MIN ((gsize) g_rand_int_range (random, 0, most), LENGTH - n);

      for (gsize i = n; i < n + piece; i++)
        values[i] = make_value (random, i);
      base_series_append (series, values + n, piece);
      n += piece;
      if (round % 7 == 3)
        {
          n -= MIN (n, (gsize) g_rand_int_range (random, 0, 6000));
          if (round % 2 == 0)
            n = n / BASE_BLOCK * BASE_BLOCK;
          base_series_truncate (series, n);
        }
      assert_same (series, values, n, random);
    }
  base_series_truncate (series, LENGTH + 5);
  assert_same (series, values, n, random);
  for (; n > 0; n = n / 3)
    {
      base_series_truncate (series, n);
      assert_same (series, values, n, random);
    }
  g_rand_free (random);
}

/* While it grows one by one, when most of the summaries are not complete yet. */
static void
test_growing (void)
{
  g_autoptr (BaseSeries) series = base_series_new ();
  BaseSpan span;
  double sum = 0;

  base_series_span (series, 0, 0, &span);
  g_assert_cmpuint (span.count, ==, 0);
  for (guint i = 0; i < 3 * BASE_BLOCK; i++)
    {
      const float value = (float) ((i * 7919) % 1000);

      base_series_append (series, &value, 1);
      sum += (double) value;
      base_series_span (series, 0, i + 1, &span);
      g_assert_cmpuint (span.count, ==, i + 1);
      g_assert_cmpfloat (span.sum, ==, sum);
    }
}

/* A copy keeps what was there, whatever becomes of the other. */
static void
test_copy (void)
{
  GRand *random = g_rand_new_with_seed (5);
  g_autofree float *values = g_new (float, LENGTH);
  g_autofree float *others = NULL;
  g_autoptr (BaseSeries) series = base_series_new ();
  g_autoptr (BaseSeries) copy = NULL;
  g_autoptr (BaseSeries) of_copy = NULL;
  const gsize n = LENGTH - 20000;

  for (gsize i = 0; i < LENGTH; i++)
    values[i] = make_value (random, i);
  others = g_memdup2 (values, LENGTH * sizeof *values);
  base_series_append (series, values, n);
  copy = base_series_copy (series);
  base_series_append (series, values + n, LENGTH - n);
  assert_same (copy, values, n, random);
  base_series_truncate (series, 5000);
  for (gsize i = 5000; i < LENGTH; i++)
    others[i] = -values[i];
  base_series_append (series, others + 5000, LENGTH - 5000);
  assert_same (copy, values, n, random);
  assert_same (series, others, LENGTH, random);
  of_copy = base_series_copy (copy);
  g_clear_pointer (&copy, base_series_unref);
  g_clear_pointer (&series, base_series_unref);
  base_series_append (of_copy, values + n, LENGTH - n);
  assert_same (of_copy, values, LENGTH, random);
  g_rand_free (random);
}

/* Any range of a million values: a bound on the number of reads, which is exact, unlike a time. */
static void
test_cost (void)
{
  const gsize length = 1000000;
  const guint levels = (guint) ceil (log ((double) length / BASE_BLOCK) / log (BASE_SERIES_FAN));
  g_autoptr (BaseSeries) series = base_series_new ();
  GRand *random = g_rand_new_with_seed (10);

  for (gsize i = 0; i < length; i++)
    {
      const float value = (float) (i * i % 9973);

      base_series_append (series, &value, 1);
    }
  for (guint i = 0; i < 5000; i++)
    {
      const gsize a = (gsize) g_rand_int_range (random, 0, (gint32) length);
      const gsize b = (gsize) g_rand_int_range (random, 0, (gint32) length);
      BaseSpan span;

      base_series_span (series, MIN (a, b), MAX (a, b), &span);
      g_assert_cmpuint (span.count, ==, MAX (a, b) - MIN (a, b));
      g_assert_cmpuint (span.visited, <=,
                        2 * (BASE_BLOCK_LEAF + 2 * BASE_BLOCK_FAN + BASE_SERIES_FAN * levels));
    }
  g_rand_free (random);
}

/* The size is that of the forms of the blocks, and of a pyramid of less than 0.3 bytes a value. */
static void
test_size (void)
{
  g_autoptr (BaseSeries) constant = base_series_new ();
  g_autoptr (BaseSeries) few = base_series_new ();
  g_autoptr (BaseSeries) any = base_series_new ();
  const double n = 1000000;
  GRand *random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 1000000; i++)
    {
      const float values[] = { 0.001f, (float) g_rand_int_range (random, 1, 33) / 32.0f,
                               (float) g_rand_double (random) + 0.01f };

      base_series_append (constant, &values[0], 1);
      base_series_append (few, &values[1], 1);
      base_series_append (any, &values[2], 1);
    }
  g_assert_cmpfloat ((double) base_series_size (constant) / n, <, 0.1);
  g_assert_cmpfloat ((double) base_series_size (few) / n, <, 1.4);
  g_assert_cmpfloat ((double) base_series_size (any) / n, <, 4.4);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/series/random", test_random);
  g_test_add_func ("/base/series/growing", test_growing);
  g_test_add_func ("/base/series/copy", test_copy);
  g_test_add_func ("/base/series/cost", test_cost);
  g_test_add_func ("/base/series/size", test_size);
  return g_test_run ();
}
