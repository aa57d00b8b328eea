/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "naive.h"

/* The loss alone: one row of @logits, in double. */
static double
row_loss (NnLoss loss, const double *z, guint label, double smoothing, guint k)
{
  double max = z[0], sum = 0, total = 0;

  for (guint j = 1; j < k; j++)
    max = fmax (max, z[j]);
  for (guint j = 0; j < k; j++)
    sum += exp (z[j] - max);
  for (guint j = 0; j < k; j++)
    {
      double t = (j == label ? 1 - smoothing : 0) + smoothing / k, s = 1 / (1 + exp (-z[j]));

      if (loss == NN_LOSS_CROSS_ENTROPY)
        total -= t * (z[j] - max - log (sum));
      else if (loss == NN_LOSS_BINARY_CROSS_ENTROPY)
        total -= t * log (s) + (1 - t) * log (1 / (1 + exp (z[j])));
      else
        total += 0.5 * (s - t) * (s - t);
    }
  return total;
}

typedef struct
{
  NnLoss loss;
  guint k;
} Case;

#define N 13

/* Value, gradient by differences, weights of samples, smoothing, hits. */
static void
test_gradient (gconstpointer data)
{
  const Case *c = data;
  const float smoothing = 0.1f;
  guint k = c->k;
  g_autofree float *logits = g_new (float, N *k);
  g_autofree float *dlogits = g_new (float, N *k);
  g_autofree double *z = g_new (double, k);
  float weights[N];
  guint8 labels[N];
  NnRandom random;
  double total = 0, expected = 0;
  gsize correct = 0, expected_correct = 0;

  nn_random_init (&random, k);
  for (guint i = 0; i < N * k; i++)
    logits[i] = nn_random_range (&random, -4, 4);
  for (guint i = 0; i < N; i++)
    {
      labels[i] = (guint8) nn_random_below (&random, k);
      weights[i] = i == 3 ? 0 : nn_random_range (&random, 0.5f, 2);
    }
  total = nn_loss_forward_backward (c->loss, logits, labels, weights, smoothing, dlogits, N, k,
                                    &correct);

  for (guint i = 0; i < N; i++)
    {
      double w = (double) weights[i];
      guint best = 0;

      for (guint j = 0; j < k; j++)
        {
          z[j] = (double) logits[i * k + j];
          best = z[j] > z[best] ? j : best;
        }
      expected_correct += best == labels[i];
      expected += w * row_loss (c->loss, z, labels[i], (double) smoothing, k);
      for (guint j = 0; j < k; j++)
        {
          const double h = 1e-5;
          double at = z[j], above, below;

          z[j] = at + h;
          above = row_loss (c->loss, z, labels[i], (double) smoothing, k);
          z[j] = at - h;
          below = row_loss (c->loss, z, labels[i], (double) smoothing, k);
          z[j] = at;
          g_assert_cmpfloat_with_epsilon ((double) dlogits[i * k + j],
                                          w / N * (above - below) / (2 * h), 3e-8);
        }
    }
  g_assert_cmpfloat_with_epsilon (total, expected, 1e-6 * fmax (1, fabs (expected)));
  g_assert_cmpuint (correct, ==, expected_correct);

  /* In place, and without what may be left out. */
  g_assert_cmpfloat (nn_loss_forward_backward (c->loss, logits, labels, weights, smoothing, NULL, N,
                                               k, NULL),
                     ==, total);
  nn_loss_forward_backward (c->loss, logits, labels, weights, smoothing, logits, N, k, NULL);
  g_assert_cmpmem (logits, N * k * sizeof (float), dlogits, N * k * sizeof (float));
}

/* Without weights all are 1. */
static void
test_weights (void)
{
  const float logits[] = { 1, -2, 0.5f, 3, 0, -1 }, ones[] = { 1, 1 };
  const guint8 labels[] = { 2, 0 };

  for (guint l = 0; l < NN_N_LOSSES; l++)
    {
      float a[6], b[6];
      double with = nn_loss_forward_backward (l, logits, labels, ones, 0, a, 2, 3, NULL);
      double without = nn_loss_forward_backward (l, logits, labels, NULL, 0, b, 2, 3, NULL);

      g_assert_cmpfloat (with, ==, without);
      g_assert_cmpmem (a, sizeof a, b, sizeof b);
    }
}

/* Logits so large that e^z is not a number any more. */
static void
test_huge (void)
{
  static const float sizes[] = { 50, 100, 1e4f, 1e30f };

  for (guint l = 0; l < NN_N_LOSSES; l++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        float z[] = { sizes[s], -sizes[s], 0, -sizes[s], sizes[s], 0 }, d[6], p[6];
        const guint8 right[] = { 0, 1 }, wrong[] = { 1, 0 };
        double good = nn_loss_forward_backward (l, z, right, NULL, 0, d, 2, 3, NULL);
        double bad;

        for (guint i = 0; i < 6; i++)
          g_assert_true (isfinite (d[i]));
        bad = nn_loss_forward_backward (l, z, wrong, NULL, 0, d, 2, 3, NULL);
        for (guint i = 0; i < 6; i++)
          g_assert_true (isfinite (d[i]));
        g_assert_true (isfinite (good) && isfinite (bad));
        g_assert_cmpfloat (bad, >, good);
        if (l == NN_LOSS_CROSS_ENTROPY)
          {
            g_assert_cmpfloat_with_epsilon (good, 0, 1e-6);
            g_assert_cmpfloat_with_epsilon (bad / (4 * (double) sizes[s]), 1, 1e-6);
          }
        nn_loss_outputs (l, z, p, 2, 3);
        nn_loss_probabilities (l, p, p, 2, 3);
        g_assert_cmpfloat (p[0], >, 0.6f);
        g_assert_cmpfloat (p[4], >, 0.6f);
      }
}

static void
test_not_a_number (void)
{
  const float bad[] = { NAN, INFINITY };
  const guint8 label = 1;

  for (guint l = 0; l < NN_N_LOSSES; l++)
    {
      const float z[] = { 1, bad[0], 2 };

      g_assert_true (isnan (nn_loss_forward_backward (l, z, &label, NULL, 0, NULL, 1, 3, NULL)));
    }
  {
    const float z[] = { 1, 2, bad[1] };

    g_assert_false (isfinite (
        nn_loss_forward_backward (NN_LOSS_CROSS_ENTROPY, z, &label, NULL, 0, NULL, 1, 3, NULL)));
  }
}

static void
test_outputs (gconstpointer data)
{
  const Case *c = data;
  guint k = c->k;
  g_autofree float *z = g_new (float, N *k);
  g_autofree float *shifted = g_new (float, N *k);
  g_autofree float *p = g_new (float, N *k);
  g_autofree double *wide = g_new (double, k);
  g_autofree double *expected = g_new (double, k);
  NnRandom random;

  nn_random_init (&random, k + 1);
  for (guint i = 0; i < N * k; i++)
    {
      z[i] = nn_random_range (&random, -6, 6);
      shifted[i] = z[i] + 64;
    }
  nn_loss_outputs (c->loss, z, p, N, k);
  nn_loss_probabilities (c->loss, p, p, N, k);
  for (guint i = 0; i < N; i++)
    {
      double sum = 0;

      for (guint j = 0; j < k; j++)
        wide[j] = (double) z[i * k + j];
      naive_probabilities (c->loss, wide, expected, k);
      for (guint j = 0; j < k; j++)
        {
          g_assert_cmpfloat_with_epsilon ((double) p[i * k + j], expected[j], 1e-6);
          sum += (double) p[i * k + j];
        }
      g_assert_cmpfloat_with_epsilon (sum, 1, 3e-6);
    }
  if (c->loss != NN_LOSS_CROSS_ENTROPY)
    return;
  /* Softmax knows differences only. */
  nn_loss_outputs (c->loss, shifted, shifted, N, k);
  for (guint i = 0; i < N * k; i++)
    g_assert_cmpfloat_with_epsilon ((double) shifted[i], (double) p[i], 1e-5);
}

/* Sigmoids that all say no: nothing is told, and nothing divided by zero. */
static void
test_all_no (void)
{
  const float z[] = { -1e9f, -1e9f, -1e9f, -1e9f };
  float p[4];

  nn_loss_outputs (NN_LOSS_MSE, z, p, 1, 4);
  nn_loss_probabilities (NN_LOSS_MSE, p, p, 1, 4);
  for (guint j = 0; j < 4; j++)
    g_assert_cmpfloat_with_epsilon ((double) p[j], 0.25, 1e-6);
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 2, 3, 10, 17, 256 };

  g_test_init (&argc, &argv, NULL);
  for (guint l = 0; l < NN_N_LOSSES; l++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        Case *c = g_new (Case, 1);
        Case *again = g_new (Case, 1);
        g_autofree char *gradient =
            g_strdup_printf ("/core/loss/gradient/%s/%u", nn_loss_name (l), sizes[s]);
        g_autofree char *outputs =
            g_strdup_printf ("/core/loss/outputs/%s/%u", nn_loss_name (l), sizes[s]);

        *c = *again = (Case){ l, sizes[s] };
        g_test_add_data_func_full (gradient, c, test_gradient, g_free);
        g_test_add_data_func_full (outputs, again, test_outputs, g_free);
      }
  g_test_add_func ("/core/loss/weights", test_weights);
  g_test_add_func ("/core/loss/huge", test_huge);
  g_test_add_func ("/core/loss/not-a-number", test_not_a_number);
  g_test_add_func ("/core/loss/all-no", test_all_no);
  return g_test_run ();
}
