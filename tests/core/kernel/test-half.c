/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-random.h"
#include "nn-half.h"

/* The value of a half by the definition of IEEE 754, in double. */
static double
value_of (guint16 half)
{
  double sign = half & 0x8000 ? -1 : 1;
  int exponent = half >> 10 & 0x1f, fraction = half & 0x3ff;

  if (exponent == 0)
    return sign * ldexp (fraction, -24);
  return sign * ldexp (1024 + fraction, exponent - 25);
}

static void
test_all (void)
{
  for (guint i = 0; i <= 0xffff; i++)
    {
      guint16 half = (guint16) i, back;
      float value = nn_half_to_float (half);

      back = nn_half_from_float (value);
      if ((half & 0x7c00) == 0x7c00 && (half & 0x3ff) != 0)
        {
          g_assert_true (isnan (value));
          /* Only the quiet bit may be added. */
          g_assert_cmphex (back, ==, half | 0x200);
          continue;
        }
      if ((half & 0x7c00) == 0x7c00)
        g_assert_true (isinf (value));
      else
        g_assert_cmpfloat ((double) value, ==, value_of (half));
      g_assert_cmpint (signbit (value) != 0, ==, (half & 0x8000) != 0);
      g_assert_cmphex (back, ==, half);
    }
}

/* A whole tensor at once, at an odd address, is the same bits as one half after the other. */
static void
test_read (void)
{
  g_autofree guint8 *bytes = g_malloc (1 + 2 * 0x10000);
  g_autofree float *values = g_new (float, 0x10000);
  float expected;

  for (guint i = 0; i <= 0xffff; i++)
    {
      bytes[1 + 2 * i] = (guint8) i;
      bytes[2 + 2 * i] = (guint8) (i >> 8);
    }
  g_assert_false (nn_half_read (bytes + 1, 0x10000, values));
  for (guint i = 0; i <= 0xffff; i++)
    {
      expected = nn_half_to_float ((guint16) i);
      g_assert_cmpmem (&values[i], sizeof values[i], &expected, sizeof expected);
    }

  /* The largest is finite, the next is not. */
  g_assert_true (nn_half_read (bytes + 1, 0x7c00, values));
  g_assert_false (nn_half_read (bytes + 1, 0x7c01, values));
  g_assert_true (nn_half_read (bytes + 1 + 2 * 0x8000, 0x7c00, values));
  g_assert_false (nn_half_read (bytes + 1 + 2 * 0xfc00, 1, values));
}

/* Between every two neighbours: the middle goes to the even one, what is next to the middle to the
 * nearer one. */
static void
test_ties (void)
{
  for (guint i = 0; i < 0x7c00; i++)
    {
      guint16 low = (guint16) i, high = (guint16) (i + 1);
      /* Past the largest half, what the next would be if there were one. */
      double above = high == 0x7c00 ? 65536 : value_of (high);
      float middle = (float) ((value_of (low) + above) / 2);

      g_assert_cmpfloat ((double) middle * 2, ==, value_of (low) + above);
      g_assert_cmphex (nn_half_from_float (middle), ==, low % 2 == 0 ? low : high);
      g_assert_cmphex (nn_half_from_float (nextafterf (middle, 0)), ==, low);
      g_assert_cmphex (nn_half_from_float (nextafterf (middle, INFINITY)), ==, high);
      g_assert_cmphex (nn_half_from_float (-middle), ==, 0x8000 | (low % 2 == 0 ? low : high));
    }
  g_assert_cmphex (nn_half_from_float (INFINITY), ==, 0x7c00);
  g_assert_cmphex (nn_half_from_float (-1e30f), ==, 0xfc00);
  g_assert_cmphex (nn_half_from_float (1e-30f), ==, 0);
}

/* Any float at all against a search for the nearest half. */
static void
test_random (void)
{
  NnRandom random;

  nn_random_init (&random, 7);
  for (guint i = 0; i < 200000; i++)
    {
      guint32 bits = (guint32) nn_random_next (&random);
      float value;
      guint16 half;
      double difference;

      memcpy (&value, &bits, sizeof value);
      if (!(fabsf (value) < 65504))
        continue;
      half = nn_half_from_float (value);
      difference = fabs (value_of (half) - (double) value);
      if ((half & 0x7fff) > 0)
        g_assert_cmpfloat (difference, <=, fabs (value_of (half - 1) - (double) value));
      if ((half & 0x7fff) < 0x7bff)
        g_assert_cmpfloat (difference, <=, fabs (value_of (half + 1) - (double) value));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/half/read", test_read);
  g_test_add_func ("/half/all", test_all);
  g_test_add_func ("/half/ties", test_ties);
  g_test_add_func ("/half/random", test_random);
  return g_test_run ();
}
