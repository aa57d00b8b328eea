/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-frechet.h"
#include "nn-random.h"

#define N 4000
#define K 6

/* Normal vectors that are mixed, scaled by @scale and moved by @shift in each feature. */
static float *
make (guint64 seed, float scale, float shift)
{
  float *x = g_new (float, N *K);
  NnRandom random;

  nn_random_init (&random, seed);
  for (guint i = 0; i < N; i++)
    {
      float last = 0;

      for (guint j = 0; j < K; j++)
        {
          last = 0.5f * last + nn_random_normal (&random);
          x[i * K + j] = scale * last + shift;
        }
    }
  return x;
}

static double
distance (guint64 seed, float scale, float shift)
{
  g_autofree float *a = make (1, 1, 0);
  g_autofree float *b = make (seed, scale, shift);

  return nn_frechet_distance (a, N, b, N, K);
}

/* Of the same vectors, moved or scaled, it is known: Σ_b = s² Σ_a gives (1 - s)² tr Σ_a. */
static void
test_known (void)
{
  g_autofree float *a = make (1, 1, 0);
  double trace = 0, square = 0, means[K] = { 0 };

  for (guint i = 0; i < N * K; i++)
    means[i % K] += (double) a[i] / N;
  for (guint i = 0; i < N * K; i++)
    trace += pow ((double) a[i] - means[i % K], 2) / (N - 1);
  for (guint j = 0; j < K; j++)
    square += means[j] * means[j];
  g_assert_cmpfloat_with_epsilon (distance (1, 1, 0), 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (distance (1, 1, 2), 4 * K, 1e-3);
  g_assert_cmpfloat_with_epsilon (distance (1, 3, 0), 4 * (trace + square), 0.01);
  g_assert_cmpfloat_with_epsilon (distance (1, 0, 0), trace + square, 0.01);
}

/* Other vectors of the same distribution are near, and those of another are far. */
static void
test_order (void)
{
  const double same = distance (2, 1, 0), near = distance (2, 1, 0.1f), far = distance (2, 2, 0);

  g_assert_cmpfloat (same, <, 0.02);
  g_assert_cmpfloat (near, >, same);
  g_assert_cmpfloat (far, >, near);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/frechet/known", test_known);
  g_test_add_func ("/core/frechet/order", test_order);
  return g_test_run ();
}
