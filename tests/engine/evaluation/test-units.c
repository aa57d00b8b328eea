/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "nn-forward.h"
#include "numeral-units-off.h"
#include "numeral-units.h"

#define N_SAMPLES 230
#define SIDE 6
#define N_FEATURES (SIDE * SIDE)

static NnDataset *
make_dataset (void)
{
  NnDataset *dataset = nn_dataset_new_pixels (N_SAMPLES, SIDE, SIDE, 3, NULL);
  NnRandom random;

  nn_random_init (&random, 3);
  for (gsize i = 0; i < N_SAMPLES * N_FEATURES; i++)
    dataset->pixels[i] = (guint8) nn_random_below (&random, 256);
  for (gsize i = 0; i < N_SAMPLES; i++)
    dataset->labels[i] = (guint8) nn_random_below (&random, 3);
  return dataset;
}

static NnNetwork *
make_network (const char *text)
{
  NnArchitecture arch;
  NnNetwork *network;
  NnRandom random;

  g_assert_true (
      nn_architecture_from_string (text, NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch, NULL));
  network = nn_network_new (&arch, NULL);
  nn_random_init (&random, 5);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

static const char *const architectures[] = {
  "36-7-3",
  "36-7-tanh-5-3",
  "6x6-conv3x3x4-pool2-5-3",
  "6x6-conv3x3x4p1-conv3x3x2-3",
};

/* The activations of all samples in a layer of the architecture, straight from the tape. */
static float *
get_activations (const NnNetwork *network, const NnDataset *dataset, guint layer)
{
  const gsize size = nn_shape_size (&network->shapes[layer + 1]);
  float *activations = g_new (float, dataset->n *size);
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, 1);

  for (gsize i = 0; i < dataset->n; i++)
    {
      float x[N_FEATURES];

      nn_dataset_get (dataset, i, x);
      nn_forward (network, tape, x, 1);
      memcpy (activations + i * size, nn_tape_get (tape, layer), size * sizeof (float));
    }
  return activations;
}

/* Mean, largest value, weighted mean input and the samples of unit @u against loops that say what
 * they are. @all: [N_SAMPLES, n, map] */
static void
assert_unit (const NumeralUnits *units, guint u, const float *all)
{
  const gsize map = (gsize) units->map_height * units->map_width;
  double sum = 0, weight = 0, weighted[N_FEATURES] = { 0 };
  float activations[N_SAMPLES], largest = -INFINITY;

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      float x[N_FEATURES], a = -INFINITY;

      for (gsize j = 0; j < map; j++)
        a = MAX (a, all[(i * units->n + u) * map + j]);
      activations[i] = a;
      largest = MAX (largest, a);
      sum += (double) a;
      nn_dataset_get (units->dataset, i, x);
      for (guint j = 0; j < N_FEATURES && a > 0; j++)
        weighted[j] += (double) a * (double) x[j];
      weight += MAX ((double) a, 0);
    }
  g_assert_cmpfloat_with_epsilon (units->mean[u], sum / N_SAMPLES, 1e-4);
  g_assert_cmpfloat_with_epsilon (units->largest[u], largest, 1e-4);
  for (guint j = 0; j < N_FEATURES && weight > 0; j++)
    g_assert_cmpfloat_with_epsilon (units->exciting[u * N_FEATURES + j], weighted[j] / weight,
                                    1e-4);
  for (guint t = 0; t < units->n_top; t++)
    {
      const float a = units->top_activation[u * units->n_top + t];
      guint n_above = 0;

      g_assert_cmpfloat_with_epsilon (a, activations[units->top[u * units->n_top + t]], 1e-4);
      for (gsize i = 0; i < N_SAMPLES; i++)
        n_above += activations[i] > a + 1e-4F ? 1 : 0;
      g_assert_cmpuint (n_above, <=, t);
    }
}

static void
test_figures (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();

  for (guint a = 0; a < G_N_ELEMENTS (architectures); a++)
    {
      g_autoptr (NnNetwork) network = make_network (architectures[a]);

      for (guint layer = 0; layer < network->n_weights; layer++)
        {
          g_autoptr (NumeralUnits) units =
              numeral_units_new (network, dataset, layer, 10000, NULL, NULL);
          g_autofree float *all = get_activations (network, dataset, units->site);
          double accuracy;

          g_assert_cmpuint (units->n, ==, network->weights[layer].n_out);
          g_assert_cmpuint (units->n_samples, ==, N_SAMPLES);
          g_assert_cmpuint (units->n_top, ==, NUMERAL_UNITS_TOP);
          g_assert_cmpuint ((gsize) units->n * units->map_height * units->map_width, ==,
                            nn_shape_size (&network->shapes[units->site + 1]));
          for (guint u = 0; u < units->n; u++)
            assert_unit (units, u, all);
          g_assert_true (numeral_units_accuracy (network, dataset, 10000, &accuracy, NULL, NULL));
          g_assert_cmpfloat (accuracy, ==, units->accuracy);
        }
    }
}

/* All samples are read if that many are wanted; otherwise each once, and those of a class that
 * comes every tenth time about every tenth time. */
static void
test_pick (void)
{
  guint counts[10] = { 0 };
  gsize last = 0;

  for (gsize i = 0; i < N_SAMPLES; i++)
    g_assert_cmpuint (numeral_units_pick (N_SAMPLES, N_SAMPLES, i), ==, i);
  for (gsize i = 0; i < 1000; i++)
    {
      const gsize sample = numeral_units_pick (5000, 1000, i);

      g_assert_cmpuint (sample, <, 5000);
      g_assert_true (i == 0 || sample > last);
      last = sample;
      counts[sample % 10]++;
    }
  for (guint k = 0; k < 10; k++)
    {
      g_assert_cmpuint (counts[k], >, 60);
      g_assert_cmpuint (counts[k], <, 140);
    }
}

/* The activation behind a layer is what its units give. */
static void
test_site (void)
{
  g_autoptr (NnNetwork) dense = make_network ("36-7-tanh-5-3");
  g_autoptr (NnNetwork) conv = make_network ("6x6-conv3x3x4-pool2-5-3");
  g_autoptr (NnNetwork) linear = make_network ("36-7-linear-3");

  g_assert_cmpuint (dense->arch.layers[numeral_units_site (dense, 0)].kind, ==, NN_LAYER_TANH);
  g_assert_cmpuint (dense->arch.layers[numeral_units_site (dense, 1)].kind, ==, NN_LAYER_RELU);
  g_assert_cmpuint (numeral_units_site (dense, 2), ==, dense->arch.n_layers - 1);
  g_assert_cmpuint (conv->arch.layers[numeral_units_site (conv, 0)].kind, ==, NN_LAYER_RELU);
  g_assert_cmpuint (linear->arch.layers[numeral_units_site (linear, 0)].kind, ==, NN_LAYER_DENSE);
}

/* A unit with a bias so low that no input reaches 0 is dead, but not with tanh. */
static void
test_dead (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();

  for (guint tanh = 0; tanh < 2; tanh++)
    {
      g_autoptr (NnNetwork) network = make_network (tanh ? "36-7-tanh-3" : "36-7-3");
      g_autoptr (NumeralUnits) units = NULL;

      for (guint u = 0; u < 7; u++)
        network->weights[0].bias[u] = u == 2 || u == 5 ? -1000 : 20;
      units = numeral_units_new (network, dataset, 0, 10000, NULL, NULL);
      g_assert_true (units->may_die == !tanh);
      g_assert_cmpuint (units->n_dead, ==, tanh ? 0 : 2);
      for (guint u = 0; u < 7; u++)
        g_assert_true (units->dead[u] == (!tanh && (u == 2 || u == 5)));
      /* Nothing excites it more than anything else. */
      for (guint j = 0; j < N_FEATURES; j++)
        g_assert_cmpfloat (units->exciting[2 * N_FEATURES + j], ==, units->input[j]);
    }
}

/* Behind the last hidden layer a unit speaks with its weights; before, as central differences of
 * the logits at its activation say, on the mean. */
static void
test_voice (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network ("36-7-5-3");
  g_autoptr (NumeralUnits) last = numeral_units_new (network, dataset, 1, 100, NULL, NULL);
  g_autoptr (NumeralUnits) first = numeral_units_new (network, dataset, 0, 100, NULL, NULL);
  g_autoptr (NumeralUnits) logits = numeral_units_new (network, dataset, 2, 100, NULL, NULL);
  const NnWeights *out = &network->weights[2], *middle = &network->weights[1];

  g_assert_null (logits->voice);
  for (guint u = 0; u < 5; u++)
    for (guint k = 0; k < 3; k++)
      g_assert_cmpfloat_with_epsilon (last->voice[u * 3 + k], out->weight[k * 5 + u], 1e-5);
  for (guint u = 0; u < 7; u++)
    for (guint k = 0; k < 3; k++)
      {
        double sum = 0;
        g_autofree float *all = get_activations (network, dataset, numeral_units_site (network, 1));

        for (gsize i = 0; i < 100; i++)
          for (guint m = 0; m < 5; m++)
            if (all[numeral_units_pick (N_SAMPLES, 100, i) * 5 + m] > 0)
              sum += (double) middle->weight[m * 7 + u] * (double) out->weight[k * 5 + m];
        g_assert_cmpfloat_with_epsilon (first->voice[u * 3 + k], sum / 100, 1e-4);
      }
}

/* Units that are switched off no longer matter: the logits are those of a network whose
 * activations are set to 0 by hand. */
static void
test_off (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network ("36-7-5-3");
  const NumeralUnit units[] = { { 0, 3 }, { 1, 0 }, { 1, 4 }, { 2, 1 }, { 0, 7 } };
  g_autoptr (NnNetwork) off = numeral_units_switch_off (network, units, G_N_ELEMENTS (units));
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, 1);

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      float x[N_FEATURES];
      double a[7], b[5];
      const float *logits;

      nn_dataset_get (dataset, i, x);
      for (guint u = 0; u < 7; u++)
        {
          a[u] = (double) network->weights[0].bias[u];
          for (guint j = 0; j < N_FEATURES; j++)
            a[u] += (double) network->weights[0].weight[u * N_FEATURES + j] * (double) x[j];
          a[u] = u == 3 ? 0 : MAX (a[u], 0);
        }
      for (guint u = 0; u < 5; u++)
        {
          b[u] = (double) network->weights[1].bias[u];
          for (guint j = 0; j < 7; j++)
            b[u] += (double) network->weights[1].weight[u * 7 + j] * a[j];
          b[u] = u == 0 || u == 4 ? 0 : MAX (b[u], 0);
        }
      logits = nn_forward (off, tape, x, 1);
      for (guint k = 0; k < 3; k++)
        {
          double expected = (double) network->weights[2].bias[k];

          for (guint j = 0; j < 5; j++)
            expected += (double) network->weights[2].weight[k * 5 + j] * b[j];
          g_assert_cmpfloat_with_epsilon (logits[k], expected, 1e-4);
        }
    }
}

/* A channel whose filter no longer says anything is the same as one that is switched off, whether a
 * convolution or a dense layer follows. */
static void
test_off_channels (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();

  for (guint a = 2; a < 4; a++)
    {
      g_autoptr (NnNetwork) network = make_network (architectures[a]);
      const NumeralUnit unit = { 0, 1 };
      g_autoptr (NnNetwork) off = numeral_units_switch_off (network, &unit, 1);
      g_autoptr (NnNetwork) silent = nn_network_copy (network);
      const guint last = network->arch.n_layers - 1;
      g_autofree float *expected = NULL;
      g_autofree float *logits = get_activations (off, dataset, last);

      memset (silent->weights[0].weight + 9, 0, 9 * sizeof (float));
      silent->weights[0].bias[1] = 0;
      expected = get_activations (silent, dataset, last);
      for (guint i = 0; i < N_SAMPLES * 3; i++)
        g_assert_cmpfloat_with_epsilon (logits[i], expected[i], 1e-5);
    }
}

static void
test_measure (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) network = make_network ("6x6-conv3x3x4-pool2-5-3");
  g_autoptr (NumeralUnits) units = numeral_units_new (network, dataset, 0, 10, NULL, NULL);
  g_autofree float *all = get_activations (network, dataset, units->site);
  float x[N_FEATURES], activations[4], maps[4 * 16];

  g_assert_cmpuint (units->map_height, ==, 4);
  g_assert_cmpuint (units->map_width, ==, 4);
  nn_dataset_get (dataset, 17, x);
  numeral_units_measure (units, NULL, x, activations, maps);
  for (guint u = 0; u < 4; u++)
    {
      float most = -INFINITY;

      for (guint j = 0; j < 16; j++)
        {
          g_assert_cmpfloat (maps[u * 16 + j], ==, all[(17 * 4 + u) * 16 + j]);
          most = MAX (most, maps[u * 16 + j]);
        }
      g_assert_cmpfloat (activations[u], ==, most);
    }
}

/* Weights are a picture of the input, or a filter. */
static void
test_weights (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnNetwork) dense = make_network ("36-7-5-3");
  g_autoptr (NnNetwork) conv = make_network ("6x6-conv3x3x4p1-conv3x3x2-3");
  g_autoptr (NumeralUnits) first = numeral_units_new (dense, dataset, 0, 10, NULL, NULL);
  g_autoptr (NumeralUnits) second = numeral_units_new (dense, dataset, 1, 10, NULL, NULL);
  g_autoptr (NumeralUnits) filters = numeral_units_new (conv, dataset, 1, 10, NULL, NULL);
  guint height, width;
  g_autofree float *picture = numeral_units_weights (first, 4, &height, &width);
  g_autofree float *filter = NULL;

  g_assert_cmpuint (height, ==, SIDE);
  g_assert_cmpuint (width, ==, SIDE);
  g_assert_cmpmem (picture, N_FEATURES * sizeof (float), dense->weights[0].weight + 4 * N_FEATURES,
                   N_FEATURES * sizeof (float));
  g_assert_null (numeral_units_weights (second, 0, &height, &width));
  filter = numeral_units_weights (filters, 1, &height, &width);
  g_assert_cmpuint (height, ==, 3);
  for (guint j = 0; j < 9; j++)
    {
      float sum = 0;

      for (guint c = 0; c < 4; c++)
        sum += conv->weights[1].weight[(1 * 4 + c) * 9 + j];
      g_assert_cmpfloat_with_epsilon (filter[j], sum, 1e-6);
    }
}

static void
test_errors (void)
{
  g_autoptr (NnDataset) dataset = make_dataset ();
  g_autoptr (NnDataset) other = nn_dataset_new_pixels (5, 4, 4, 3, NULL);
  g_autoptr (NnNetwork) network = make_network ("36-7-3");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  double accuracy;

  g_assert_null (numeral_units_new (network, dataset, 2, 10, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_CONFIG, "no layer 3");
  g_assert_null (numeral_units_new (network, other, 0, 10, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "does not read");
  g_assert_false (numeral_units_accuracy (network, other, 10, &accuracy, NULL, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_SHAPE, "does not read");
  g_cancellable_cancel (cancellable);
  g_assert_null (numeral_units_new (network, dataset, 0, 10, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (numeral_units_accuracy (network, dataset, 10, &accuracy, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/units/figures", test_figures);
  g_test_add_func ("/engine/units/pick", test_pick);
  g_test_add_func ("/engine/units/site", test_site);
  g_test_add_func ("/engine/units/dead", test_dead);
  g_test_add_func ("/engine/units/voice", test_voice);
  g_test_add_func ("/engine/units/off", test_off);
  g_test_add_func ("/engine/units/off-channels", test_off_channels);
  g_test_add_func ("/engine/units/measure", test_measure);
  g_test_add_func ("/engine/units/weights", test_weights);
  g_test_add_func ("/engine/units/errors", test_errors);
  return g_test_run ();
}
