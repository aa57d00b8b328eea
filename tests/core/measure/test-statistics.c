/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-statistics.h"

/* The ends of the interval are the shares from which the measured one is z deviations away. */
static void
test_wilson (void)
{
  static const struct
  {
    gsize n_found, n;
  } cases[] = { { 1, 3 }, { 9956, 10000 }, { 5, 10 }, { 99, 100 }, { 1, 60000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const double n = (double) cases[i].n, share = (double) cases[i].n_found / n;
      const NnInterval interval = nn_interval_wilson (cases[i].n_found, cases[i].n, NN_INTERVAL_95);

      g_assert_cmpfloat (interval.low, <, share);
      g_assert_cmpfloat (interval.high, >, share);
      g_assert_cmpfloat_with_epsilon ((share - interval.low) /
                                          sqrt (interval.low * (1 - interval.low) / n),
                                      NN_INTERVAL_95, 1e-6);
      g_assert_cmpfloat_with_epsilon ((interval.high - share) /
                                          sqrt (interval.high * (1 - interval.high) / n),
                                      NN_INTERVAL_95, 1e-6);
    }
}

static void
test_wilson_ends (void)
{
  NnInterval interval = nn_interval_wilson (0, 0, NN_INTERVAL_95);

  g_assert_cmpfloat (interval.low, ==, 0);
  g_assert_cmpfloat (interval.high, ==, 1);
  /* z^2 / (n + z^2) */
  interval = nn_interval_wilson (0, 10, NN_INTERVAL_95);
  g_assert_cmpfloat (interval.low, ==, 0);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.277533, 1e-6);
  interval = nn_interval_wilson (10, 10, NN_INTERVAL_95);
  g_assert_cmpfloat_with_epsilon (interval.low, 1 - 0.277533, 1e-6);
  g_assert_cmpfloat (interval.high, ==, 1);
}

/* Every outcome of n coins that is at most as even as the one that was seen. */
static double
by_counting (guint n_first, guint n_second)
{
  const guint n = n_first + n_second, fewer = MIN (n_first, n_second);
  double choose = 1, sum = 0;

  for (guint k = 0; k <= fewer; k++)
    {
      sum += choose;
      choose = choose * (n - k) / (k + 1);
    }
  return MIN (2 * sum / pow (2, n), 1);
}

static void
test_mcnemar (void)
{
  for (guint a = 0; a < 20; a++)
    for (guint b = 0; b < 20; b++)
      g_assert_cmpfloat_with_epsilon (nn_mcnemar_exact (a, b), by_counting (a, b), 1e-12);
  g_assert_cmpfloat (nn_mcnemar_exact (0, 0), ==, 1);
  /* Too many for factorials. */
  g_assert_cmpfloat (nn_mcnemar_exact (500000, 500000), ==, 1);
  g_assert_cmpfloat_with_epsilon (nn_mcnemar_exact (5000, 5200), 0.0488, 0.0005);
  g_assert_cmpfloat (nn_mcnemar_exact (0, 5000), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/wilson", test_wilson);
  g_test_add_func ("/statistics/wilson-ends", test_wilson_ends);
  g_test_add_func ("/statistics/mcnemar", test_mcnemar);
  return g_test_run ();
}
