/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "nn-bulk.h"
#include "nn-calibrate.h"
#include "nn-evaluate.h"

#define N 600
#define K 5

typedef struct
{
  float logits[N * K];
  guint8 labels[N];
} Sample;

/* Labels drawn from softmax (logits / @truth), so that @truth is the temperature but for chance. */
static void
draw (Sample *sample, double truth, guint64 seed)
{
  NnRandom random;

  nn_random_init (&random, seed);
  for (guint i = 0; i < N; i++)
    {
      float *row = sample->logits + i * K;
      double total = 0, lot;
      guint j = 0;

      for (j = 0; j < K; j++)
        {
          row[j] = (float) (3 * truth * ((double) nn_random_uniform (&random) - 0.5) * 2);
          total += exp ((double) row[j] / truth);
        }
      lot = (double) nn_random_uniform (&random) * total;
      for (j = 0; j + 1 < K; j++)
        {
          lot -= exp ((double) row[j] / truth);
          if (lot < 0)
            break;
        }
      sample->labels[i] = (guint8) j;
    }
}

/* No temperature of a fine grid has less loss. */
static void
test_brute_force (void)
{
  static const double truths[] = { 0.3, 1, 1.7, 6 };
  g_autofree Sample *sample = g_new (Sample, 1);

  for (guint t = 0; t < G_N_ELEMENTS (truths); t++)
    {
      double found, least = INFINITY, best = 0;

      draw (sample, truths[t], 7 + t);
      found = nn_calibrate_temperature (sample->logits, sample->labels, N, K);
      for (double candidate = NN_TEMPERATURE_MIN; candidate < NN_TEMPERATURE_MAX; candidate *= 1.01)
        {
          double loss = nn_calibrate_nll (sample->logits, sample->labels, N, K, candidate);

          if (loss < least)
            {
              least = loss;
              best = candidate;
            }
        }
      g_assert_cmpfloat (nn_calibrate_nll (sample->logits, sample->labels, N, K, found), <=,
                         least + 1e-12);
      g_assert_cmpfloat_with_epsilon (found / best, 1, 0.011);
      g_assert_cmpfloat_with_epsilon (found / truths[t], 1, 0.25);
    }
}

/* By hand: two classes, logits 0 and 2, the second right three times in four: p = 3/4 where
 * 2 / T = log 3. */
static void
test_by_hand (void)
{
  static const float logits[] = { 0, 2, 0, 2, 0, 2, 0, 2 };
  static const guint8 labels[] = { 1, 1, 0, 1 };
  double found = nn_calibrate_temperature (logits, labels, 4, 2);

  g_assert_cmpfloat_with_epsilon (found, 2 / log (3), 1e-5);
  g_assert_cmpfloat_with_epsilon (nn_calibrate_nll (logits, labels, 4, 2, found),
                                  -(3 * log (0.75) + log (0.25)) / 4, 1e-9);
}

/* No samples, and samples that no temperature is too cold or too hot for. */
static void
test_bounds (void)
{
  static const float logits[] = { 0, 2, 0, 2 };
  static const guint8 right[] = { 1, 1 }, wrong[] = { 0, 0 };

  g_assert_cmpfloat (nn_calibrate_temperature (NULL, NULL, 0, 2), ==, 1);
  /* Below that the loss is 0 in double precision. */
  g_assert_cmpfloat (nn_calibrate_temperature (logits, right, 2, 2), <, 0.1);
  g_assert_cmpfloat_with_epsilon (nn_calibrate_temperature (logits, wrong, 2, 2),
                                  NN_TEMPERATURE_MAX, 1e-2);
}

/* The network that comes out says what the logits over the temperature say. */
static void
test_network (void)
{
  static const guint hidden[] = { 6 };
  NnTrainConfig config = core_test_config (1, hidden, 8);
  g_autoptr (NnDataset) dataset = core_test_values (300, 4, 3, 3);
  g_autoptr (NnTrainer) trainer = core_test_trainer (&config, dataset);
  g_autoptr (NnNetwork) network = nn_trainer_snapshot (trainer);
  g_autoptr (NnNetwork) calibrated = nn_calibrate_network (network, 2.5);
  g_autoptr (GError) error = NULL;
  g_autofree float *before = nn_bulk_logits (network, dataset, NULL, &error);
  g_autofree float *after = nn_bulk_logits (calibrated, dataset, NULL, &error);
  g_autoptr (NnEvaluation) evaluation = nn_evaluate (calibrated, dataset, &error);
  g_autoptr (NnDataset) narrow = core_test_values (10, 3, 3, 3);

  g_assert_no_error (error);
  for (gsize i = 0; i < dataset->n * 3; i++)
    g_assert_cmpfloat_with_epsilon (after[i], before[i] / 2.5f, 1e-5);
  g_assert_cmpfloat_with_epsilon (evaluation->loss,
                                  nn_calibrate_nll (before, dataset->labels, dataset->n, 3, 2.5),
                                  1e-5);
  g_assert_null (nn_bulk_logits (network, narrow, NULL, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/calibrate/brute-force", test_brute_force);
  g_test_add_func ("/core/calibrate/by-hand", test_by_hand);
  g_test_add_func ("/core/calibrate/bounds", test_bounds);
  g_test_add_func ("/core/calibrate/network", test_network);
  return g_test_run ();
}
