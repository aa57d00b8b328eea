/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-bulk.h"
#include "nn-prune.h"

/* The smallest weights of each layer become zero, and no other value changes. */
static void
test_weights (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("10x7-conv3x3x6-pool2-flatten-9-5", 3);
  g_autoptr (NnNetwork) pruned = nn_network_copy (network);
  g_autofree guint8 *keep = nn_prune_weights (pruned, 0.75);
  g_autofree guint8 *again = NULL;

  for (guint w = 0; w < network->n_weights; w++)
    {
      const NnWeights *was = &network->weights[w], *is = &pruned->weights[w];
      const gsize n = (gsize) was->n_out * was->n_in;
      const guint8 *kept = keep + (was->weight - network->params);
      gsize n_zero = 0;
      float largest = 0, smallest = INFINITY;

      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (is->weight[i], ==, kept[i] ? was->weight[i] : 0);
          n_zero += !kept[i];
          if (kept[i])
            smallest = MIN (smallest, fabsf (was->weight[i]));
          else
            largest = MAX (largest, fabsf (was->weight[i]));
        }
      g_assert_cmpuint (n_zero, ==, (gsize) (0.75 * (double) n));
      g_assert_cmpfloat (largest, <=, smallest);
      for (guint o = 0; o < was->n_out; o++)
        {
          g_assert_cmpfloat (is->bias[o], ==, was->bias[o]);
          g_assert_cmpuint (kept[n + o], ==, 1);
        }
    }
  /* Zeros count. */
  again = nn_prune_weights (pruned, 0.75);
  g_assert_cmpmem (again, pruned->n_params, keep, pruned->n_params);
}

/* Units that give nothing, or from which nothing leads on, are left out without a change. */
static void
test_dead_units (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-8-6-5", 3);
  g_autoptr (NnDataset) dataset = core_test_pixels (100, 10, 7, 5, 0.4, 1);
  g_autoptr (NnNetwork) smaller = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree float *is = NULL, *was = NULL;

  for (guint u = 1; u < 8; u += 4) /* two of eight give nothing */
    {
      memset (network->weights[0].weight + u * 70, 0, 70 * sizeof (float));
      network->weights[0].bias[u] = -1;
    }
  for (guint o = 0; o < 5; o++) /* from two of six nothing leads on */
    network->weights[2].weight[o * 6] = network->weights[2].weight[o * 6 + 5] = 0;
  smaller = nn_prune_units (network, network, dataset, 0.25, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (smaller->weights[0].n_out, ==, 6);
  g_assert_cmpuint (smaller->weights[1].n_out, ==, 4);
  g_assert_cmpuint (smaller->weights[2].n_in, ==, 4);
  was = nn_bulk_logits (network, dataset, NULL, NULL);
  is = nn_bulk_logits (smaller, dataset, NULL, NULL);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpfloat_with_epsilon ((double) is[i], (double) was[i], 1e-5);
}

/* Channels are followed through pooling, flattening and other convolutions. */
static void
test_channels (void)
{
  g_autoptr (NnNetwork) network =
      core_test_random_network ("10x7-conv3x3x4-conv2x2x6-pool2-flatten-9-5", 3);
  g_autoptr (NnDataset) dataset = core_test_pixels (100, 10, 7, 5, 0.4, 1);
  g_autoptr (NnNetwork) smaller = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree float *is = NULL, *was = NULL;
  g_autofree char *text = NULL;
  const NnWeights *second = &network->weights[1], *third = &network->weights[2];

  for (guint o = 0; o < second->n_out; o++) /* nothing reads channel 2 of four */
    memset (second->weight + o * second->n_in + 2 * 4, 0, 4 * sizeof (float));
  for (guint o = 0; o < third->n_out; o++) /* nor channels 0 and 4 of six */
    for (guint j = 0; j < third->n_in / 6; j++)
      third->weight[o * third->n_in + j] =
          third->weight[o * third->n_in + 4 * third->n_in / 6 + j] = 0;
  for (guint o = 0; o < 5; o++) /* nor units 1 and 8 of nine */
    network->weights[3].weight[o * 9 + 1] = network->weights[3].weight[o * 9 + 8] = 0;
  smaller = nn_prune_units (network, network, dataset, 0.25, &error);
  g_assert_no_error (error);
  text = nn_architecture_to_string (&smaller->arch);
  g_assert_cmpstr (text, ==, "10x7-conv3x3x3-conv2x2x4-pool2-7-5");
  was = nn_bulk_logits (network, dataset, NULL, NULL);
  is = nn_bulk_logits (smaller, dataset, NULL, NULL);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpfloat_with_epsilon ((double) is[i], (double) was[i], 1e-5);
}

static void
test_bounds (void)
{
  g_autoptr (NnNetwork) network = core_test_random_network ("70-3-5", 3);
  g_autoptr (NnDataset) dataset = core_test_pixels (10, 10, 7, 5, 0.4, 1);
  g_autoptr (NnDataset) other = core_test_pixels (10, 3, 3, 5, 0.4, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) one = nn_prune_units (network, network, dataset, 0.99, &error);
  g_autoptr (NnNetwork) all = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (one->weights[0].n_out, ==, 1);
  all = nn_prune_units (network, network, dataset, 0, &error);
  g_assert_no_error (error);
  g_assert_true (core_test_same (all, network));
  g_assert_null (nn_prune_units (network, network, other, 0.5, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/prune/weights", test_weights);
  g_test_add_func ("/core/prune/dead-units", test_dead_units);
  g_test_add_func ("/core/prune/channels", test_channels);
  g_test_add_func ("/core/prune/bounds", test_bounds);
  return g_test_run ();
}
