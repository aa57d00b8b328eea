/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn-random.h"
#include "nn-roc.h"

/* Every pair, one by one. */
static double
auc_by_pairs (const double *found, gsize n_found, const double *rest, gsize n_rest)
{
  double sum = 0;

  for (gsize i = 0; i < n_found; i++)
    for (gsize j = 0; j < n_rest; j++)
      sum += found[i] > rest[j] ? 1 : found[i] == rest[j] ? 0.5 : 0;
  return sum / (double) (n_found * n_rest);
}

static void
test_auc (void)
{
  static const double high[] = { 3, 4 }, low[] = { 1, 2, 2.5 }, same[] = { 2, 2 };
  NnRandom random;

  g_assert_cmpfloat (nn_roc_auc (high, 2, low, 3), ==, 1);
  g_assert_cmpfloat (nn_roc_auc (low, 3, high, 2), ==, 0);
  g_assert_cmpfloat (nn_roc_auc (same, 2, same, 2), ==, 0.5);
  g_assert_cmpfloat (nn_roc_auc (NULL, 0, high, 2), ==, 0.5);
  nn_random_init (&random, 5);
  for (guint round = 0; round < 50; round++)
    {
      double found[40], rest[60];

      /* Of few values, so that many are the same. */
      for (guint i = 0; i < 40; i++)
        found[i] = floor ((double) nn_random_uniform (&random) * 12) + 2;
      for (guint i = 0; i < 60; i++)
        rest[i] = floor ((double) nn_random_uniform (&random) * 12);
      g_assert_cmpfloat_with_epsilon (nn_roc_auc (found, 40, rest, 60),
                                      auc_by_pairs (found, 40, rest, 60), 1e-12);
    }
}

/* Never more than the share is above it, and with the next lower score it would be. */
static void
test_threshold (void)
{
  static const double shares[] = { 0, 0.001, 0.01, 0.1, 0.5, 0.99 };
  double scores[200];
  NnRandom random;

  nn_random_init (&random, 6);
  for (guint i = 0; i < 200; i++)
    scores[i] = (double) nn_random_uniform (&random);
  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    {
      const double threshold = nn_roc_threshold (scores, 200, shares[s]);
      const double above = nn_roc_share_above (scores, 200, threshold);

      g_assert_cmpfloat (above, <=, shares[s] + 1e-12);
      g_assert_cmpfloat (above + 1.0 / 200, >, shares[s]);
    }
  g_assert_true (isinf (nn_roc_threshold (scores, 200, 1)));
  g_assert_true (isinf (nn_roc_threshold (scores, 0, 0.1)));
  g_assert_cmpfloat (nn_roc_share_above (scores, 0, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/roc/auc", test_auc);
  g_test_add_func ("/core/roc/threshold", test_threshold);
  return g_test_run ();
}
