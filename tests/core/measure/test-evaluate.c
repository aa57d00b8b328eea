/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"

/* Evaluates a network that answers with @p, [n, k]: its logits are the logarithms. */
static NnEvaluation *
evaluate (const float *p, const guint8 *labels, gsize n, guint k)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { 3, k } };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autoptr (NnDataset) dataset = core_test_values (n, 3, k, 1);
  g_autofree float *logits = g_new (float, n *k);
  NnEvaluation *evaluation;

  memcpy (dataset->labels, labels, n);
  for (gsize i = 0; i < n * k; i++)
    logits[i] = logf (MAX (p[i], 1e-30f));
  evaluation = nn_evaluate_logits (network, dataset, logits, &error);
  g_assert_no_error (error);
  return evaluation;
}

/* Six answers worked out by hand; nobody has or is taken for class 3. */
static void
test_by_hand (void)
{
  const float p[] = {
    0.82f, 0.10f, 0.08f, 0, /* 0: right */
    0.30f, 0.62f, 0.08f, 0, /* 0: taken for 1 */
    0.10f, 0.82f, 0.08f, 0, /* 1: right */
    0.20f, 0.50f, 0.30f, 0, /* 1: right */
    0.10f, 0.08f, 0.82f, 0, /* 2: right */
    0.70f, 0.20f, 0.10f, 0, /* 2: taken for 0 */
  };
  const guint8 labels[] = { 0, 0, 1, 1, 2, 2 };
  const gsize confusion[] = { 1, 1, 0, 0, 0, 2, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0 };
  const gsize support[] = { 2, 2, 2, 0 };
  const double precision[] = { 0.5, 2 / 3.0, 1, 0 };
  const double recall[] = { 0.5, 1, 0.5, 0 };
  const double f1[] = { 0.5, 0.8, 2 / 3.0, 0 };
  g_autoptr (NnEvaluation) e = evaluate (p, labels, 6, 4);

  g_assert_cmpuint (e->count, ==, 6);
  g_assert_cmpuint (e->n_classes, ==, 4);
  g_assert_cmpmem (e->confusion, 16 * sizeof (gsize), confusion, sizeof confusion);
  g_assert_cmpmem (e->support, 4 * sizeof (gsize), support, sizeof support);
  for (guint c = 0; c < 4; c++)
    {
      g_assert_cmpfloat_with_epsilon (e->precision[c], precision[c], 1e-12);
      g_assert_cmpfloat_with_epsilon (e->recall[c], recall[c], 1e-12);
      g_assert_cmpfloat_with_epsilon (e->f1[c], f1[c], 1e-12);
    }
  g_assert_cmpfloat_with_epsilon (e->accuracy, 4 / 6.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (e->loss,
                                  -(3 * log (0.82) + log (0.3) + log (0.5) + log (0.1)) / 6, 1e-6);
  /* Bins: three at 0.82 all right, 0.62 wrong, 0.5 right, 0.7 wrong. */
  g_assert_cmpfloat_with_epsilon (e->ece, ((3 - 3 * 0.82) + 0.62 + (1 - 0.5) + 0.7) / 6, 1e-6);
  g_assert_cmpfloat (e->interval.low, ==, nn_interval_wilson (4, 6, NN_INTERVAL_95).low);
  g_assert_cmpfloat (e->interval.high, ==, nn_interval_wilson (4, 6, NN_INTERVAL_95).high);
}

/* Within a bin errors cancel, between neighbours they do not; the topmost two. */
static void
test_bins (void)
{
  const float apart[] = { 0.95f, 0.05f, 0.10f, 0.90f }, together[] = { 0.94f, 0.06f, 0.04f, 0.96f };
  const guint8 labels[] = { 1, 1 };
  g_autoptr (NnEvaluation) two = evaluate (apart, labels, 2, 2);
  g_autoptr (NnEvaluation) one = evaluate (together, labels, 2, 2);

  g_assert_cmpfloat_with_epsilon (two->ece, (0.95 + 0.10) / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (one->ece, (0.94 + 0.96 - 1) / 2, 1e-6);
  g_assert_cmpuint (two->reliability[13].count, ==, 1);
  g_assert_cmpuint (two->reliability[14].count, ==, 1);
  g_assert_cmpuint (one->reliability[13].count, ==, 0);
  g_assert_cmpfloat (one->reliability[13].confidence, ==, 0);
  g_assert_cmpfloat (one->reliability[13].interval.high, ==, 1);
  g_assert_cmpuint (one->reliability[14].count, ==, 2);
  g_assert_cmpfloat_with_epsilon (one->reliability[14].confidence, 0.95, 1e-6);
  g_assert_cmpfloat (one->reliability[14].accuracy, ==, 0.5);
  g_assert_cmpfloat (one->reliability[14].interval.low, ==,
                     nn_interval_wilson (1, 2, NN_INTERVAL_95).low);
}

/* Sure of everything: right gives 0 and wrong 1, and a probability of 0 costs much, not infinity.
 */
static void
test_extremes (void)
{
  const float p[] = { 1, 0, 0, 1 };
  const guint8 right[] = { 0, 1 }, wrong[] = { 1, 0 };
  g_autoptr (NnEvaluation) good = evaluate (p, right, 2, 2);
  g_autoptr (NnEvaluation) bad = evaluate (p, wrong, 2, 2);

  g_assert_cmpfloat (good->accuracy, ==, 1);
  g_assert_cmpfloat (good->ece, ==, 0);
  g_assert_cmpfloat (good->loss, ==, 0);
  g_assert_cmpfloat (bad->accuracy, ==, 0);
  g_assert_cmpfloat (bad->ece, ==, 1);
  g_assert_true (isfinite (bad->loss));
  g_assert_cmpfloat (bad->loss, >, 50);
}

/* A network of zeros knows nothing; its losses are known. */
static void
test_zero_network (void)
{
  const double expected[] = { log (5), 5 * log (2), 0.5 * 5 * 0.25 };

  for (guint l = 0; l < NN_N_LOSSES; l++)
    {
      const NnMlp mlp = { .n_layers = 2, .widths = { 12, 7, 5 }, .loss = l };
      g_autoptr (GError) error = NULL;
      g_autoptr (NnNetwork) network = core_test_network (&mlp);
      g_autoptr (NnDataset) dataset = core_test_values (515, 12, 5, 1);
      g_autoptr (NnEvaluation) e = nn_evaluate (network, dataset, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (e->count, ==, 515);
      g_assert_cmpfloat_with_epsilon (e->loss, expected[l], 1e-6);
      g_assert_cmpfloat_with_epsilon (e->accuracy, 0.2, 1e-12); /* the first of equals */
      g_assert_cmpfloat_with_epsilon (e->recall[0], 1, 1e-12);
      g_assert_cmpfloat_with_epsilon (e->precision[0], 0.2, 1e-12);
      g_assert_cmpfloat_with_epsilon (e->ece, 0, 1e-6);
    }
}

static void
test_shape_errors (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { 12, 5 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autoptr (NnDataset) wide = core_test_values (10, 13, 5, 1);
  g_autoptr (NnDataset) more = core_test_values (10, 12, 6, 1);
  g_autoptr (NnDataset) unused = core_test_values (5, 12, 6, 1);

  g_assert_null (nn_evaluate (network, wide, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
  g_assert_null (nn_evaluate (network, more, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
  /* Six classes are declared, but no label is above those that the network knows. */
  {
    g_autoptr (NnEvaluation) e = nn_evaluate (network, unused, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (e->n_classes, ==, 5);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/evaluate/by-hand", test_by_hand);
  g_test_add_func ("/core/evaluate/bins", test_bins);
  g_test_add_func ("/core/evaluate/extremes", test_extremes);
  g_test_add_func ("/core/evaluate/zero-network", test_zero_network);
  g_test_add_func ("/core/evaluate/shape-errors", test_shape_errors);
  return g_test_run ();
}
