/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-lime.h"

#include <math.h>

#include "core-test.h"
#include "nn-random.h"
#include "nn-ridge.h"

/* y = 3 + 2 a - b, whatever the weights are. */
static void
test_ridge_exact (void)
{
  const double features[] = { 0, 0, 1, 0, 0, 1, 1, 1, 2, -1 };
  const double weights[] = { 1, 0.5, 2, 0.1, 3 };
  double values[5], coefficients[2], intercept;
  const NnRidgeData data = { 5, 2, features, values, weights, 0 };

  for (guint i = 0; i < 5; i++)
    values[i] = 3 + 2 * features[2 * i] - features[2 * i + 1];
  g_assert_cmpfloat_with_epsilon (nn_ridge (&data, coefficients, &intercept), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (coefficients[0], 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (coefficients[1], -1, 1e-12);
  g_assert_cmpfloat_with_epsilon (intercept, 3, 1e-12);
}

/* One feature: b = sum w x y / (sum w x² + l) for centred x and y, worked out by hand. */
static void
test_ridge_one_feature (void)
{
  const double features[] = { 0, 1, 2, 3 }, values[] = { 1, 3, 2, 6 }, weights[] = { 1, 2, 1, 0.5 };
  const NnRidgeData data = { 4, 1, features, values, weights, 0.25 };
  double weight = 0, mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0, residual = 0;
  double coefficient, intercept, r2, expected;

  for (guint i = 0; i < 4; i++)
    {
      weight += weights[i];
      mean_x += weights[i] * features[i];
      mean_y += weights[i] * values[i];
    }
  mean_x /= weight;
  mean_y /= weight;
  for (guint i = 0; i < 4; i++)
    {
      xx += weights[i] * (features[i] - mean_x) * (features[i] - mean_x);
      xy += weights[i] * (features[i] - mean_x) * (values[i] - mean_y);
      yy += weights[i] * (values[i] - mean_y) * (values[i] - mean_y);
    }
  expected = xy / (xx + 0.25 * xx);
  for (guint i = 0; i < 4; i++)
    {
      const double error = values[i] - mean_y - expected * (features[i] - mean_x);

      residual += weights[i] * error * error;
    }
  r2 = nn_ridge (&data, &coefficient, &intercept);
  g_assert_cmpfloat_with_epsilon (coefficient, expected, 1e-12);
  g_assert_cmpfloat_with_epsilon (intercept, mean_y - expected * mean_x, 1e-12);
  g_assert_cmpfloat_with_epsilon (r2, 1 - residual / yy, 1e-12);
}

/* The gradient of the penalised error is zero at the result, for many features. */
static void
test_ridge_optimal (void)
{
  enum
  {
    N = 60,
    K = 12
  };
  double features[N * K], values[N], weights[N], coefficients[K], intercept, trace = 0;
  const NnRidgeData data = { N, K, features, values, weights, 0.1 };
  double means[K] = { 0 }, weight = 0, gradient[K] = { 0 };
  NnRandom random;

  nn_random_init (&random, 5);
  for (guint i = 0; i < N * K; i++)
    features[i] = (double) nn_random_normal (&random);
  for (guint i = 0; i < N; i++)
    {
      values[i] = (double) nn_random_normal (&random);
      weights[i] = (double) nn_random_uniform (&random);
      weight += weights[i];
      for (guint j = 0; j < K; j++)
        means[j] += weights[i] * features[i * K + j];
    }
  nn_ridge (&data, coefficients, &intercept);
  for (guint i = 0; i < N; i++)
    {
      double residual = values[i] - intercept;

      for (guint j = 0; j < K; j++)
        residual -= coefficients[j] * features[i * K + j];
      for (guint j = 0; j < K; j++)
        {
          const double centred = features[i * K + j] - means[j] / weight;

          gradient[j] -= weights[i] * features[i * K + j] * residual;
          trace += weights[i] * centred * centred;
        }
    }
  for (guint j = 0; j < K; j++)
    g_assert_cmpfloat_with_epsilon (gradient[j] + 0.1 * trace / K * coefficients[j], 0, 1e-10);
}

/* Features that do not vary, or repeat another one, do no harm. */
static void
test_ridge_singular (void)
{
  const double features[] = { 1, 0, 0, 1, 1, 1, 1, 2, 2, 1, 3, 3 };
  const double values[] = { 0, 2, 4, 6 }, weights[] = { 1, 1, 1, 1 };
  const NnRidgeData data = { 4, 3, features, values, weights, 0 };
  double coefficients[3], intercept;

  g_assert_cmpfloat_with_epsilon (nn_ridge (&data, coefficients, &intercept), 1, 1e-12);
  g_assert_cmpfloat (coefficients[0], ==, 0);
  g_assert_cmpfloat_with_epsilon (coefficients[1] + coefficients[2], 2, 1e-12);
}

/* Of a game in which each player adds its own value, whoever is there, the coefficients are these
 * values, but for what the penalty takes. */
static void
test_coalitions (void)
{
  const double worth[] = { 3, -2, 0.5, 0, 1 };
  double values[32], coefficients[5];
  NnLimeFit fit;

  for (guint c = 0; c < 32; c++)
    {
      values[c] = 7;
      for (guint i = 0; i < 5; i++)
        values[c] += c >> i & 1 ? worth[i] : 0;
    }
  nn_lime_coalitions (values, 5, coefficients, &fit);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (coefficients[i], worth[i], 0.05);
  g_assert_cmpfloat (fit.r2, >, 0.999);
  g_assert_cmpfloat (fit.r2, <, 1);
  g_assert_cmpfloat_with_epsilon (fit.intercept, 7, 0.1);
}

static void
test_weight (void)
{
  g_assert_cmpfloat (nn_lime_weight (10, 10), ==, 1);
  g_assert_cmpfloat_with_epsilon (nn_lime_weight (0, 10), exp (-16), 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_lime_weight (9, 16), exp (-1), 1e-12);
}

/* Of a linear network a cell's coefficient is the sum of w x over the cell. */
static void
test_grid_linear (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("36-3", 2);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  const NnLimeConfig config = { 6, 6, 2, 400, 1 };
  const float *w = network->weights[0].weight;
  const float baseline[36] = { 0 };
  float x[36], attribution[36];
  const NnExplainInput input = { { 1, 0 }, x, baseline };
  double cells[9] = { 0 }, sums[9] = { 0 };
  NnLimeFit fit;

  for (guint j = 0; j < 36; j++)
    {
      /* The last cell is blank, and so is a part of the first. */
      x[j] = j == 0 || (j / 6 >= 4 && j % 6 >= 4) ? 0 : 0.1f + 0.02f * (float) j;
      cells[j / 6 / 2 * 3 + j % 6 / 2] += (double) ((w[36 + j] - w[j]) * x[j]);
    }
  g_assert_true (nn_lime_grid (probe, &input, &config, NULL, attribution, &fit));
  for (guint j = 0; j < 36; j++)
    {
      sums[j / 6 / 2 * 3 + j % 6 / 2] += (double) attribution[j];
      if (x[j] == 0)
        g_assert_cmpfloat (attribution[j], ==, 0);
    }
  for (guint c = 0; c < 9; c++)
    g_assert_cmpfloat_with_epsilon (sums[c], cells[c], 0.03 * fabs (cells[c]) + 0.01);
  g_assert_cmpfloat (fit.r2, >, 0.999);
}

/* A blank image has no cells. */
static void
test_grid_blank (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("36-20-3", 2);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  const NnLimeConfig config = { 6, 6, 4, 10, 1 };
  const float x[36] = { 0 };
  const NnExplainInput input = { { 1, -1 }, x, x };
  float attribution[36];
  NnLimeFit fit;

  g_assert_true (nn_lime_grid (probe, &input, &config, NULL, attribution, &fit));
  for (guint j = 0; j < 36; j++)
    g_assert_cmpfloat (attribution[j], ==, 0);
  g_assert_cmpfloat_with_epsilon (fit.intercept, nn_probe_value (probe, &input.contrast, x), 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/ridge/exact", test_ridge_exact);
  g_test_add_func ("/core/ridge/one-feature", test_ridge_one_feature);
  g_test_add_func ("/core/ridge/optimal", test_ridge_optimal);
  g_test_add_func ("/core/ridge/singular", test_ridge_singular);
  g_test_add_func ("/core/lime/coalitions", test_coalitions);
  g_test_add_func ("/core/lime/weight", test_weight);
  g_test_add_func ("/core/lime/grid-linear", test_grid_linear);
  g_test_add_func ("/core/lime/grid-blank", test_grid_blank);
  return g_test_run ();
}
