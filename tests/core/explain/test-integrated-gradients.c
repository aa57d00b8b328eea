/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-integrated-gradients.h"

#include <math.h>

#include "core-test.h"
#include "nn-expected-gradients.h"
#include "nn-random.h"

static float *
make_input (guint n, guint64 seed)
{
  float *x = g_new (float, n);
  NnRandom random;

  nn_random_init (&random, seed);
  for (guint j = 0; j < n; j++)
    x[j] = nn_random_uniform (&random);
  return x;
}

static const char *const networks[] = {
  "64-40-30-10",
  "8x8-conv3x3x6-pool2-12-10",
  "2x6x6-conv3x3x4-5",
};

/* The probe's gradient is the limit of differences of F, in a network of each kind. */
static void
test_gradient (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (networks); k++)
    {
      g_autoptr (NnNetwork) network = core_test_random_network (networks[k], k);
      g_autoptr (NnProbe) probe = nn_probe_new (network);
      const guint n = nn_probe_n_inputs (probe);
      g_autofree float *x = make_input (n, 7);
      g_autofree float *gradient = NULL;
      const NnContrast contrast = { 1, 3 };
      const float step = 1e-2f;

      nn_probe_value (probe, &contrast, x);
      gradient = g_memdup2 (nn_probe_gradient (probe, &contrast), n * sizeof (float));
      for (guint j = 0; j < n; j += 5)
        {
          const float was = x[j];
          double up, down;

          x[j] = was + step;
          up = nn_probe_value (probe, &contrast, x);
          x[j] = was - step;
          down = nn_probe_value (probe, &contrast, x);
          x[j] = was;
          /* A kink of ReLU within the step moves the difference; float32 rounds to 1e-5. */
          g_assert_cmpfloat_with_epsilon ((up - down) / (2 * (double) step), (double) gradient[j],
                                          0.1);
        }
    }
}

/* A linear function has the attributions w (x - x'), exactly, after the first round. */
static void
test_linear (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("20-4", 3);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  g_autofree float *x = make_input (20, 1), *baseline = make_input (20, 2);
  const NnExplainInput input = { { 2, 0 }, x, baseline };
  const NnWeights *w = &network->weights[0];
  g_auto (NnPathIntegral) integral = { 0 };
  float attribution[20];

  g_assert_true (nn_integrated_gradients (probe, &input, NULL, NULL, attribution, &integral));
  g_assert_cmpuint (integral.nodes->len, ==, nn_path_config_default.n_intervals + 1);
  for (guint j = 0; j < 20; j++)
    g_assert_cmpfloat_with_epsilon ((double) attribution[j],
                                    (double) ((w->weight[2 * 20 + j] - w->weight[j]) *
                                              (x[j] - baseline[j])),
                                    1e-5);
  g_assert_true (integral.complete);
}

/* Complete within 1 %, for one logit and for a difference of two. The weights of the path add up
 * to 1. */
static void
test_complete (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (networks); k++)
    for (int against = -1; against < 3; against++)
      {
        g_autoptr (NnNetwork) network = core_test_random_network (networks[k], k + 10);
        g_autoptr (NnProbe) probe = nn_probe_new (network);
        const guint n = nn_probe_n_inputs (probe);
        g_autofree float *x = make_input (n, 4), *baseline = g_new0 (float, n);
        g_autofree float *attribution = g_new (float, n);
        const NnExplainInput input = { { 3, against }, x, baseline };
        g_auto (NnPathIntegral) integral = { 0 };
        double sum = 0, weight = 0;

        g_assert_true (nn_integrated_gradients (probe, &input, NULL, NULL, attribution, &integral));
        for (guint j = 0; j < n; j++)
          sum += (double) attribution[j];
        for (guint i = 0; i < integral.nodes->len; i++)
          weight += g_array_index (integral.nodes, NnPathNode, i).weight;
        g_assert_cmpfloat_with_epsilon (weight, 1, 1e-12);
        g_assert_cmpfloat_with_epsilon (sum, integral.sum, 1e-6);
        g_assert_cmpfloat_with_epsilon (integral.difference,
                                        nn_probe_value (probe, &input.contrast, x) -
                                            nn_probe_value (probe, &input.contrast, baseline),
                                        1e-4);
        g_assert_true (integral.complete);
        g_assert_cmpfloat (fabs (sum - integral.difference), <=, 0.01 * fabs (integral.difference));
      }
}

/* The trapezoidal rule with many points gives the same as the refined one with few. */
static void
test_reference (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("64-40-30-10", 5);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  g_autofree float *x = make_input (64, 6), *baseline = make_input (64, 7);
  const NnExplainInput input = { { 1, 2 }, x, baseline };
  const NnPathConfig fine = { 1, 1024, 1025 };
  const NnPathConfig coarse = { 1e-4, 64, 1025 };
  g_auto (NnPathIntegral) many = { 0 }, few = { 0 };
  float expected[64], attribution[64];
  double worst = 0, total = 0;

  g_assert_true (nn_integrated_gradients (probe, &input, &fine, NULL, expected, &many));
  g_assert_true (nn_integrated_gradients (probe, &input, &coarse, NULL, attribution, &few));
  g_assert_cmpuint (few.nodes->len, <, many.nodes->len);
  for (guint j = 0; j < 64; j++)
    {
      worst = MAX (worst, fabs ((double) (attribution[j] - expected[j])));
      total += fabs ((double) expected[j]);
    }
  g_assert_cmpfloat (worst, <, 0.005 * total);
}

/* The attributions are the weighted sum of the gradients at the points that are reported, each
 * computed for itself at the input: the short way through the first layer changes nothing. */
static void
test_nodes (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (networks); k++)
    {
      g_autoptr (NnNetwork) network = core_test_random_network (networks[k], k + 20);
      g_autoptr (NnProbe) probe = nn_probe_new (network);
      const guint n = nn_probe_n_inputs (probe);
      g_autofree float *x = make_input (n, 8), *baseline = make_input (n, 9);
      g_autofree float *attribution = g_new (float, n), *point = g_new (float, n);
      g_autofree double *expected = g_new0 (double, n);
      const NnExplainInput input = { { 0, 4 }, x, baseline };
      g_auto (NnPathIntegral) integral = { 0 };

      g_assert_true (nn_integrated_gradients (probe, &input, NULL, NULL, attribution, &integral));
      for (guint i = 0; i < integral.nodes->len; i++)
        {
          const NnPathNode *node = &g_array_index (integral.nodes, NnPathNode, i);
          const float *gradient;

          for (guint j = 0; j < n; j++)
            point[j] = baseline[j] + (float) node->position * (x[j] - baseline[j]);
          nn_probe_value (probe, &input.contrast, point);
          gradient = nn_probe_gradient (probe, &input.contrast);
          for (guint j = 0; j < n; j++)
            expected[j] += node->weight * (double) (gradient[j] * (x[j] - baseline[j]));
        }
      /* Rounding may put a unit of ReLU on the other side of its kink at one point. */
      for (guint j = 0; j < n; j++)
        g_assert_cmpfloat_with_epsilon ((double) attribution[j], expected[j], 1e-3);
    }
}

/* Where x is the baseline nothing is attributed, and there is an end. */
static void
test_same (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("64-40-30-10", 5);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  g_autofree float *x = make_input (64, 6);
  const NnExplainInput input = { { 1, 2 }, x, x };
  g_auto (NnPathIntegral) integral = { 0 };
  float attribution[64];

  g_assert_true (nn_integrated_gradients (probe, &input, NULL, NULL, attribution, &integral));
  g_assert_cmpfloat_with_epsilon (integral.difference, 0, 1e-5);
  for (guint j = 0; j < 64; j++)
    g_assert_cmpfloat (attribution[j], ==, 0);
}

/* Expected gradients of a linear function are w (x - mean), and the seed decides the rest. */
static void
test_expected (void)
{
  g_autoptr (NnNetwork) linear = core_test_random_network ("20-4", 3);
  g_autoptr (NnProbe) probe = nn_probe_new (linear);
  g_autofree float *x = make_input (20, 1), *background = make_input (20 * 50, 2);
  const NnExplainInput input = { { 2, 0 }, x, NULL };
  const NnExpectedConfig config = { background, 50, 3, 1 };
  const NnWeights *w = &linear->weights[0];
  float attribution[20];
  double difference, sum = 0;

  g_assert_true (nn_expected_gradients (probe, &input, &config, NULL, attribution, &difference));
  for (guint j = 0; j < 20; j++)
    {
      double mean = 0;

      for (guint i = 0; i < 50; i++)
        mean += (double) background[i * 20 + j] / 50;
      g_assert_cmpfloat_with_epsilon ((double) attribution[j],
                                      (double) (w->weight[2 * 20 + j] - w->weight[j]) *
                                          ((double) x[j] - mean),
                                      1e-5);
      sum += (double) attribution[j];
    }
  g_assert_cmpfloat_with_epsilon (sum, difference, 1e-4);
}

/* In a deep network they add up to the difference in expectation: more draws come nearer. */
static void
test_expected_sum (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("20-30-30-4", 3);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  g_autofree float *x = make_input (20, 1), *background = make_input (20 * 100, 2);
  const NnExplainInput input = { { 2, 0 }, x, NULL };
  const NnExpectedConfig config = { background, 100, 40, 1 };
  float attribution[20], again[20];
  double difference, sum = 0;

  g_assert_true (nn_expected_gradients (probe, &input, &config, NULL, attribution, &difference));
  for (guint j = 0; j < 20; j++)
    sum += (double) attribution[j];
  g_assert_cmpfloat_with_epsilon (sum, difference, 0.02 * fabs (difference));
  g_assert_true (nn_expected_gradients (probe, &input, &config, NULL, again, &difference));
  g_assert_cmpmem (again, sizeof again, attribution, sizeof attribution);
}

static gboolean
stop_at_third (double share, gpointer data)
{
  guint *calls = data;

  g_assert_cmpfloat (share, >=, 0);
  g_assert_cmpfloat (share, <=, 1);
  return ++*calls < 3;
}

static void
test_stop (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("64-40-30-10", 5);
  g_autoptr (NnProbe) probe = nn_probe_new (network);
  g_autofree float *x = make_input (64, 6), *background = make_input (64 * 200, 7);
  const NnExplainInput input = { { 1, 2 }, x, background };
  const NnPathConfig endless = { 0, 16, 100000 };
  const NnExpectedConfig config = { background, 200, 4, 1 };
  guint calls = 0;
  const NnProgress progress = { stop_at_third, &calls };
  g_auto (NnPathIntegral) integral = { 0 };
  float attribution[64];
  double difference;

  g_assert_false (
      nn_integrated_gradients (probe, &input, &endless, &progress, attribution, &integral));
  g_assert_null (integral.nodes);
  g_assert_cmpuint (calls, ==, 3);
  calls = 0;
  g_assert_false (
      nn_expected_gradients (probe, &input, &config, &progress, attribution, &difference));
  g_assert_cmpuint (calls, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/integrated-gradients/gradient", test_gradient);
  g_test_add_func ("/core/integrated-gradients/linear", test_linear);
  g_test_add_func ("/core/integrated-gradients/complete", test_complete);
  g_test_add_func ("/core/integrated-gradients/reference", test_reference);
  g_test_add_func ("/core/integrated-gradients/nodes", test_nodes);
  g_test_add_func ("/core/integrated-gradients/same", test_same);
  g_test_add_func ("/core/expected-gradients/linear", test_expected);
  g_test_add_func ("/core/expected-gradients/sum", test_expected_sum);
  g_test_add_func ("/core/integrated-gradients/stop", test_stop);
  return g_test_run ();
}
