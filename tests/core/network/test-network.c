/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"

typedef struct
{
  NnMlp mlp;
  NnError code;
} Bad;

/* Checks a multilayer perceptron as an architecture. */
static gboolean
validate (const NnMlp *mlp, GError **error)
{
  NnArchitecture arch;

  return nn_architecture_from_mlp (mlp, &arch, error) && nn_architecture_validate (&arch, error);
}

static void
test_validate (void)
{
  static const Bad table[] = {
    { { .n_layers = 0, .widths = { 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 18, .widths = { 5, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = G_MAXUINT, .widths = { 5, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 0, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 65537, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 5, 1 } }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 5, 257 } }, NN_ERROR_CONFIG },
    { { .n_layers = 2, .widths = { 5, 0, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 2, .widths = { 5, 65537, 5 } }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 5, 5 }, .activation = NN_N_ACTIVATIONS }, NN_ERROR_CONFIG },
    { { .n_layers = 1, .widths = { 5, 5 }, .loss = NN_N_LOSSES }, NN_ERROR_CONFIG },
    { { .n_layers = 2, .widths = { 1024, 65536, 10 } }, NN_ERROR_TOO_LARGE },
    { { .n_layers = 3, .widths = { 65536, 65536, 65536, 10 } }, NN_ERROR_TOO_LARGE },
  };
  static const NnMlp good[] = {
    { .n_layers = 1, .widths = { 1, 2 } },
    { .n_layers = 1, .widths = { 65536, 256 } },
    { .n_layers = 17, .widths = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 } },
  };
  g_autoptr (GError) error = NULL;

  for (guint t = 0; t < G_N_ELEMENTS (table); t++)
    {
      NnArchitecture arch;

      g_assert_false (validate (&table[t].mlp, &error));
      core_test_error (&error, table[t].code);
      if (!nn_architecture_from_mlp (&table[t].mlp, &arch, NULL))
        continue;
      g_assert_null (nn_network_new (&arch, &error));
      core_test_error (&error, table[t].code);
    }
  for (guint t = 0; t < G_N_ELEMENTS (good); t++)
    {
      g_assert_true (validate (&good[t], &error));
      g_assert_no_error (error);
    }
}

static void
test_layout (void)
{
  const NnMlp mlp = { .n_layers = 3, .widths = { 4, 3, 7, 2 } };
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autofree char *name = nn_architecture_to_string (&network->arch);
  static const gsize weights[] = { 0, 15, 43 }, biases[] = { 12, 36, 57 };

  g_assert_cmpstr (name, ==, "4-3-7-2");
  g_assert_cmpuint (network->n_params, ==, 59);
  g_assert_cmpuint (nn_architecture_n_params (&network->arch), ==, 59);
  g_assert_cmpuint (nn_architecture_n_inputs (&network->arch), ==, 4);
  g_assert_cmpuint (nn_architecture_n_classes (&network->arch), ==, 2);
  for (guint l = 0; l < 3; l++)
    {
      g_assert_true (network->weights[l].weight == network->params + weights[l]);
      g_assert_true (network->weights[l].bias == network->params + biases[l]);
      g_assert_cmpuint (network->weights[l].n_in, ==, mlp.widths[l]);
      g_assert_cmpuint (network->weights[l].n_out, ==, mlp.widths[l + 1]);
    }
  for (gsize i = 0; i < network->n_params; i++)
    g_assert_cmpfloat (network->params[i], ==, 0);
}

static void
test_equal (void)
{
  const NnMlp mlp = { .n_layers = 2, .widths = { 4, 3, 2 } };
  NnArchitecture base, same;
  NnArchitecture others[5];

  g_assert_true (nn_architecture_from_mlp (&mlp, &base, NULL));
  same = others[0] = others[1] = others[2] = others[3] = others[4] = base;
  same.layers[3].units = 99; /* beyond its layers */
  g_assert_true (nn_architecture_equal (&base, &same));
  others[0].layers[0].units++;
  others[1].layers[1].kind = NN_LAYER_TANH;
  others[2].loss = NN_LOSS_MSE;
  others[3].n_layers = 1;
  others[4].input.channels++;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (nn_architecture_equal (&base, &others[i]));
}

/* Spread and range of the weights as the papers have them; biases zero. */
static void
test_init (gconstpointer data)
{
  NnInit init = GPOINTER_TO_UINT (data);
  const NnMlp mlp = { .n_layers = 2, .widths = { 300, 200, 100 } };
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autoptr (NnNetwork) again = core_test_network (&mlp);
  NnRandom random;

  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = 5;
  nn_random_init (&random, 1);
  nn_network_init (network, init, &random);
  nn_random_init (&random, 1);
  nn_network_init (again, init, &random);
  g_assert_true (core_test_same (network, again));

  for (guint l = 0; l < 2; l++)
    {
      const NnWeights *layer = &network->weights[l];
      guint n = layer->n_in * layer->n_out;
      double variance = 0, mean = 0, expected = 0, most = 0;

      for (guint i = 0; i < n; i++)
        {
          mean += (double) layer->weight[i] / n;
          variance += pow ((double) layer->weight[i], 2) / n;
          most = fmax (most, fabs ((double) layer->weight[i]));
        }
      for (guint i = 0; i < layer->n_out; i++)
        g_assert_cmpfloat (layer->bias[i], ==, 0);
      if (init == NN_INIT_GAUSSIAN)
        expected = 1e-4;
      else if (init == NN_INIT_HE)
        expected = 2.0 / layer->n_in;
      else if (init == NN_INIT_XAVIER)
        {
          expected = 2.0 / (layer->n_in + layer->n_out);
          g_assert_cmpfloat (most, <=, sqrt (3 * expected) * (1 + 1e-6));
        }
      g_assert_cmpfloat_with_epsilon (variance, expected, 0.04 * expected + 1e-12);
      g_assert_cmpfloat_with_epsilon (mean, 0, 0.04 * sqrt (expected) + 1e-12);
    }
}

static void
test_copy (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { 4, 3 } };
  NnNetwork *network = core_test_network (&mlp);
  g_autoptr (NnNetwork) copy = NULL;
  g_autoptr (NnNetwork) held = NULL;

  network->params[5] = 2;
  copy = nn_network_copy (network);
  held = nn_network_ref (network);
  g_assert_true (core_test_same (copy, network));
  copy->weights[0].weight[5] = 3;
  g_assert_cmpfloat (network->params[5], ==, 2);
  nn_network_unref (network);
  g_assert_cmpfloat (held->params[5], ==, 2);
}

/* The mean of three, of which one counts twice; networks of another form have none. */
static void
test_mean (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { 4, 3 } },
              other = { .n_layers = 1, .widths = { 3, 3 } };
  g_autoptr (NnNetwork) a = core_test_network (&mlp);
  g_autoptr (NnNetwork) b = nn_network_copy (a);
  g_autoptr (NnNetwork) wrong = core_test_network (&other);
  NnNetwork *const all[] = { a, b, b, a, b }, *const unlike[] = { a, wrong };
  g_autoptr (NnNetwork) mean = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < a->n_params; i++)
    {
      a->params[i] = (float) i;
      b->params[i] = -10;
    }
  mean = nn_network_mean (all, G_N_ELEMENTS (all), &error);
  g_assert_no_error (error);
  g_assert_true (nn_architecture_equal (&mean->arch, &a->arch));
  for (gsize i = 0; i < mean->n_params; i++)
    g_assert_cmpfloat_with_epsilon (mean->params[i], 0.4 * (double) i - 6, 1e-6);
  g_assert_null (nn_network_mean (unlike, 2, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

static void
test_finite (void)
{
  const NnMlp mlp = { .n_layers = 1, .widths = { 4, 3 } };
  const float bad[] = { NAN, INFINITY, -INFINITY };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = core_test_network (&mlp);

  g_assert_true (nn_network_check_finite (network, &error));
  g_assert_no_error (error);
  for (guint b = 0; b < 3; b++)
    for (gsize i = 0; i < network->n_params; i++)
      {
        network->params[i] = bad[b];
        g_assert_false (nn_network_check_finite (network, &error));
        core_test_error (&error, NN_ERROR_VALUE);
        network->params[i] = 0;
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/network/validate", test_validate);
  g_test_add_func ("/core/network/layout", test_layout);
  g_test_add_func ("/core/network/equal", test_equal);
  for (guint i = 0; i < NN_N_INITS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/network/init/%s", nn_init_name (i));

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_init);
    }
  g_test_add_func ("/core/network/copy", test_copy);
  g_test_add_func ("/core/network/mean", test_mean);
  g_test_add_func ("/core/network/finite", test_finite);
  return g_test_run ();
}
