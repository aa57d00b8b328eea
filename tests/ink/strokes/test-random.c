/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-random.h"

/* The state that a seed and an index give: splitmix64 of the seed, XOR the index, and the next
 * four outputs of splitmix64 from there. Seed 0 and index 0xe220a8397b1dcdaf (the first output from
 * 0) cancel, so that the state is the outputs from 0 again: the published reference values. */
static void
test_seeding (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (0xe220a8397b1dcdaf),
    G_GUINT64_CONSTANT (0x6e789e6aa1b965f4),
    G_GUINT64_CONSTANT (0x06c45d188009454f),
    G_GUINT64_CONSTANT (0xf88bb8a8724c81ec),
  };
  InkRandom random;

  ink_random_init (&random, 0, expected[0]);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (random.s[i], ==, expected[i]);
}

/* 53 bits of the outputs of the authors' xoshiro256plusplus.c from the state 1, 2, 3, 4. */
static void
test_uniform (void)
{
  static const guint64 outputs[] = {
    G_GUINT64_CONSTANT (41943041),
    G_GUINT64_CONSTANT (58720359),
    G_GUINT64_CONSTANT (3588806011781223),
    G_GUINT64_CONSTANT (3591011842654386),
    G_GUINT64_CONSTANT (9228616714210784205),
    G_GUINT64_CONSTANT (9973669472204895162),
  };
  InkRandom random = { { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    g_assert_cmpfloat (ink_random_uniform (&random), ==, (double) (outputs[i] >> 11) * 0x1p-53);
}

static void
test_distributions (void)
{
  InkRandom random;
  double sum = 0, squares = 0;
  guint n_heads = 0;
  const guint n = 20000;

  ink_random_init (&random, 3, 4);
  for (guint i = 0; i < n; i++)
    {
      const double z = ink_random_normal (&random, 5, 2, 2.5);
      const double u = ink_random_range (&random, -3, 1);

      g_assert_cmpfloat (fabs (z - 5), <=, 5);
      g_assert_true (u >= -3 && u < 1);
      sum += z;
      squares += (z - 5) * (z - 5);
      n_heads += ink_random_chance (&random, 0.25);
    }
  /* Four standard errors; the tails that are cut off take 4 % of the variance. */
  g_assert_cmpfloat_with_epsilon (sum / n, 5, 4 * 2 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (squares / n, 0.96 * 4, 0.2);
  g_assert_cmpfloat_with_epsilon ((double) n_heads / n, 0.25, 4 * sqrt (0.25 * 0.75 / n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/random/seeding", test_seeding);
  g_test_add_func ("/ink/random/uniform", test_uniform);
  g_test_add_func ("/ink/random/distributions", test_distributions);
  return g_test_run ();
}
