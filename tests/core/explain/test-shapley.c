/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-shapley.h"

#include <math.h>

#include "nn-random.h"

/* Rounding of sums of 4096 values near 1. */
#define ROUNDING 1e-12

static void
random_game (guint n, guint64 seed, double *values)
{
  NnRandom random;

  nn_random_init (&random, seed);
  for (guint c = 0; c < 1u << n; c++)
    values[c] = (double) nn_random_normal (&random);
}

/* The definition: the mean over all orders, each walked through one by one. @order is a permutation
 * of the players, of which the first @fixed are chosen. Returns the number of orders. */
static guint
walk_orders (const double *values, guint n, guint *order, guint fixed, double *sum)
{
  guint orders = 0, coalition = 0;

  if (fixed == n)
    {
      for (guint k = 0; k < n; k++)
        {
          sum[order[k]] += values[coalition | 1u << order[k]] - values[coalition];
          coalition |= 1u << order[k];
        }
      return 1;
    }
  for (guint k = fixed; k < n; k++)
    {
      const guint chosen = order[k];

      order[k] = order[fixed];
      order[fixed] = chosen;
      orders += walk_orders (values, n, order, fixed + 1, sum);
      order[fixed] = order[k];
      order[k] = chosen;
    }
  return orders;
}

static void
by_orders (const double *values, guint n, double *shapley)
{
  guint order[NN_SHAPLEY_MAX_PLAYERS], orders;

  for (guint i = 0; i < n; i++)
    {
      shapley[i] = 0;
      order[i] = i;
    }
  orders = walk_orders (values, n, order, 0, shapley);
  for (guint i = 0; i < n; i++)
    shapley[i] /= orders;
}

static void
test_permutations (void)
{
  for (guint n = 1; n <= 6; n++)
    {
      double values[64], shapley[6], expected[6];

      random_game (n, n, values);
      nn_shapley (values, n, shapley);
      by_orders (values, n, expected);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (shapley[i], expected[i], ROUNDING);
    }
}

/* The glove game of the textbooks: one left glove and two right ones; a pair is worth 1. */
static void
test_gloves (void)
{
  const double values[8] = { 0, 0, 0, 1, 0, 1, 0, 1 };
  double shapley[3];

  nn_shapley (values, 3, shapley);
  g_assert_cmpfloat_with_epsilon (shapley[0], 2.0 / 3, ROUNDING);
  g_assert_cmpfloat_with_epsilon (shapley[1], 1.0 / 6, ROUNDING);
  g_assert_cmpfloat_with_epsilon (shapley[2], 1.0 / 6, ROUNDING);
}

static void
test_efficiency (void)
{
  for (guint n = 0; n <= NN_SHAPLEY_MAX_PLAYERS; n++)
    {
      g_autofree double *values = g_new (double, (gsize) 1 << n);
      double shapley[NN_SHAPLEY_MAX_PLAYERS], sum = 0;

      random_game (n, n + 100, values);
      nn_shapley (values, n, shapley);
      for (guint i = 0; i < n; i++)
        sum += shapley[i];
      g_assert_cmpfloat_with_epsilon (sum, values[(1u << n) - 1] - values[0], ROUNDING);
    }
}

/* Players 2 and 7 are made interchangeable, and player 4 adds nothing. */
static void
test_symmetry_and_dummy (void)
{
  const guint n = 10, a = 1 << 2, b = 1 << 7, dummy = 1 << 4;
  g_autofree double *values = g_new (double, (gsize) 1 << n);
  double shapley[NN_SHAPLEY_MAX_PLAYERS];

  random_game (n, 9, values);
  for (guint c = 0; c < 1u << n; c++)
    if (c & a && !(c & b))
      values[c] = values[(c & ~a) | b];
  for (guint c = 0; c < 1u << n; c++)
    values[c] = values[c & ~dummy];
  nn_shapley (values, n, shapley);
  g_assert_cmpfloat_with_epsilon (shapley[2], shapley[7], ROUNDING);
  g_assert_cmpfloat (fabs (shapley[2]), >, 0.001);
  g_assert_cmpfloat_with_epsilon (shapley[4], 0, ROUNDING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/shapley/permutations", test_permutations);
  g_test_add_func ("/core/shapley/gloves", test_gloves);
  g_test_add_func ("/core/shapley/efficiency", test_efficiency);
  g_test_add_func ("/core/shapley/symmetry-and-dummy", test_symmetry_and_dummy);
  return g_test_run ();
}
