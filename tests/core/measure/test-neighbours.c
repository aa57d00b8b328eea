/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-neighbours.h"
#include "nn-random.h"

static double
cosine (const float *x, const float *y, guint n)
{
  double xy = 0, xx = 0, yy = 0;

  for (guint j = 0; j < n; j++)
    {
      xy += (double) x[j] * (double) y[j];
      xx += (double) x[j] * (double) x[j];
      yy += (double) y[j] * (double) y[j];
    }
  return xx > 0 && yy > 0 ? xy / sqrt (xx * yy) : 0;
}

/* Against all cosines in double, of sizes that are not multiples of a vector's length. */
static void
test_against_all (void)
{
  enum
  {
    N = 9000,
    D = 37,
    WANTED = 12
  };
  g_autofree float *vectors = g_new (float, N *D);
  g_autofree double *cosines = g_new (double, N);
  g_autoptr (NnNeighbours) neighbours = NULL;
  NnNeighbour found[WANTED], alone[WANTED];
  float x[D];
  NnRandom random;

  nn_random_init (&random, 1);
  for (guint j = 0; j < D; j++)
    x[j] = nn_random_normal (&random);
  for (gsize i = 0; i < N * D; i++)
    vectors[i] = nn_random_normal (&random) * (float) (1 + i / D % 50);
  for (gsize i = 0; i < N; i++)
    cosines[i] = cosine (vectors + i * D, x, D);
  neighbours = nn_neighbours_new (vectors, N, D);
  g_assert_cmpuint (nn_neighbours_find (neighbours, x, 3, found, WANTED), ==, WANTED);
  for (guint i = 0; i < WANTED; i++)
    {
      guint n_nearer = 0;

      g_assert_cmpfloat_with_epsilon (found[i].similarity, cosines[found[i].index], 1e-4);
      if (i > 0)
        g_assert_cmpfloat (found[i].similarity, <=, found[i - 1].similarity);
      /* None is left out but for the rounding of the cosines. */
      for (gsize s = 0; s < N; s++)
        n_nearer += cosines[s] > (double) found[i].similarity + 1e-4;
      g_assert_cmpuint (n_nearer, <=, i);
    }
  nn_neighbours_find (neighbours, x, 1, alone, WANTED);
  for (guint i = 0; i < WANTED; i++)
    {
      g_assert_cmpuint (alone[i].index, ==, found[i].index);
      g_assert_cmpfloat (alone[i].similarity, ==, found[i].similarity);
    }
}

static void
test_small (void)
{
  /* Length does not matter; equal ones stay in their order; zero is like nothing. */
  static const float vectors[] = { 0, 0, 1, 1, 0, 2, 3, 3, -1, -1 };
  static const float x[] = { 5, 5 }, zero[] = { 0, 0 };
  static const gsize order[] = { 1, 3, 2, 0, 4 };
  static const double cosines[] = { 1, 1, G_SQRT2 / 2, 0, -1 };
  g_autoptr (NnNeighbours) neighbours = nn_neighbours_new (vectors, 5, 2);
  g_autoptr (NnNeighbours) none = nn_neighbours_new (vectors, 0, 2);
  NnNeighbour found[8];

  g_assert_cmpuint (nn_neighbours_find (neighbours, x, 0, found, 8), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (found[i].index, ==, order[i]);
      g_assert_cmpfloat_with_epsilon (found[i].similarity, cosines[i], 1e-5);
    }
  g_assert_cmpuint (nn_neighbours_find (neighbours, zero, 0, found, 2), ==, 2);
  g_assert_cmpfloat (found[0].similarity, ==, 0);
  g_assert_cmpuint (found[1].index, ==, 1);
  g_assert_cmpuint (nn_neighbours_find (neighbours, x, 0, found, 0), ==, 0);
  g_assert_cmpuint (nn_neighbours_find (none, x, 0, found, 8), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbours/against-all", test_against_all);
  g_test_add_func ("/neighbours/small", test_small);
  return g_test_run ();
}
