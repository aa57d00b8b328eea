/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"
#include "nn-bulk.h"
#include "nn-evaluate.h"
#include "nn-forward.h"
#include "nn-predictor.h"
#include "repeat.h"

#define N_INPUTS 70
#define N_CLASSES 5

static NnNetwork *
make_network (void)
{
  const NnMlp mlp = { .n_layers = 3, .widths = { N_INPUTS, 33, 17, N_CLASSES } };
  NnNetwork *network = core_test_network (&mlp);
  NnRandom random;

  nn_random_init (&random, 1);
  nn_network_init (network, NN_INIT_HE, &random);
  return network;
}

/* Every sample's logits, in its place, and not a bit of difference by the number of workers. */
static void
test_workers (void)
{
  static const gsize sizes[] = { 1, 63, 64, 65, 1100, 3000 };
  static const guint workers[] = { 2, 3, 7, 0 };
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      const gsize n = sizes[s];
      g_autoptr (NnDataset) dataset = core_test_pixels (n, 10, 7, N_CLASSES, 0.4, s + 1);
      const NnBulk alone = { .n_workers = 1 };
      g_autoptr (GError) error = NULL;
      g_autofree float *logits = nn_bulk_logits (network, dataset, &alone, &error);
      g_autofree float *plain = nn_bulk_logits (network, dataset, NULL, &error);
      float x[N_INPUTS], probabilities[N_CLASSES];

      g_assert_no_error (error);
      g_assert_cmpmem (plain, n * N_CLASSES * sizeof (float), logits,
                       n * N_CLASSES * sizeof (float));
      for (guint w = 0; w < G_N_ELEMENTS (workers); w++)
        {
          const NnBulk bulk = { .n_workers = workers[w] };
          g_autofree float *same = nn_bulk_logits (network, dataset, &bulk, &error);

          g_assert_no_error (error);
          g_assert_cmpmem (same, n * N_CLASSES * sizeof (float), logits,
                           n * N_CLASSES * sizeof (float));
        }
      for (gsize i = 0; i < n; i++)
        {
          nn_dataset_get (dataset, i, x);
          nn_predictor_run (predictor, x, probabilities);
          for (guint j = 0; j < N_CLASSES; j++)
            g_assert_cmpfloat_with_epsilon ((double) logits[i * N_CLASSES + j],
                                            (double) nn_predictor_logits (predictor)[j], 1e-5);
        }
    }
}

/* Every row of @values [n, size] is what nn_forward() says of the layer. */
static void
check_layer (const NnNetwork *network, const NnDataset *dataset, guint layer, const float *values)
{
  const gsize size = nn_shape_size (&network->shapes[layer + 1]);
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, 1);
  g_autofree float *x = g_new (float, dataset->n_features);

  for (gsize i = 0; i < dataset->n; i++)
    {
      const float *expected;
      float largest = 0;

      nn_dataset_get (dataset, i, x);
      nn_forward (network, tape, x, 1);
      expected = nn_tape_get (tape, layer);
      for (gsize j = 0; j < size; j++)
        largest = MAX (largest, ABS (expected[j]));
      for (gsize j = 0; j < size; j++)
        g_assert_cmpfloat_with_epsilon ((double) values[i * size + j], (double) expected[j],
                                        1e-5 * (double) MAX (largest, 1));
    }
}

/* What every layer of a network gives, by one worker and by three. */
static void
check_network (const NnNetwork *network, const NnDataset *dataset)
{
  const NnBulk alone = { .n_workers = 1 }, three = { .n_workers = 3 };
  g_autoptr (GError) error = NULL;

  for (guint layer = 0; layer < network->arch.n_layers; layer++)
    {
      const gsize size = dataset->n * nn_shape_size (&network->shapes[layer + 1]) * sizeof (float);
      g_autofree float *a = nn_bulk_activations (network, dataset, layer, &alone, &error);
      g_autofree float *b = nn_bulk_activations (network, dataset, layer, &three, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (a, size, b, size);
      check_layer (network, dataset, layer, a);
    }
}

/* All ways through a network: many samples and few, with little ink and much, of any activation,
 * and hidden units that are seldom on, as those of a trained network are. */
static void
test_forward (void)
{
  static const gsize sizes[] = { 1, 255, 256, 257, 1061 };
  static const double inks[] = { 0, 0.2, 0.9 };
  NnRandom random;

  nn_random_init (&random, 3);
  for (guint s = 0; s < REPEAT (G_N_ELEMENTS (sizes), 4); s++)
    for (guint k = 0; k < G_N_ELEMENTS (inks); k++)
      for (NnActivation activation = 0; activation < NN_N_ACTIVATIONS; activation++)
        for (NnLoss loss = 0; loss < NN_N_LOSSES; loss++)
          {
            NnMlp mlp = { .n_layers = 1 + (s + k + activation + loss) % 4,
                          .widths = { N_INPUTS, 1 + 67 * (loss % 2), 129, 31, N_CLASSES },
                          .activation = activation,
                          .dropout = loss % 2 == 0 ? 0.5 : 0,
                          .loss = loss };
            g_autoptr (NnNetwork) network = NULL;
            g_autoptr (NnDataset) dataset =
                core_test_pixels (sizes[s], 10, 7, N_CLASSES, inks[k], s + 1);

            mlp.widths[mlp.n_layers] = N_CLASSES;
            network = core_test_network (&mlp);
            nn_network_init (network, NN_INIT_HE, &random);
            for (guint w = 0; w < network->n_weights; w++)
              for (guint u = 0; u < network->weights[w].n_out; u++)
                network->weights[w].bias[u] = nn_random_range (&random, -2, 0.5f * (float) (k % 2));
            check_network (network, dataset);
          }
}

/* Layers so wide that their inputs take several blocks, a block that is no multiple of a word, and
 * a layer that is read densely: of its inputs, most are not zero. */
static void
test_wide (void)
{
  const NnMlp mlp = { .n_layers = 4, .widths = { 1000, 905, 431, 130, N_CLASSES } };
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autoptr (NnDataset) dataset = core_test_pixels (REPEAT (300, 60), 40, 25, N_CLASSES, 0.2, 1);
  NnRandom random;

  nn_random_init (&random, 5);
  nn_network_init (network, NN_INIT_HE, &random);
  for (guint u = 0; u < network->weights[0].n_out; u++)
    network->weights[0].bias[u] = nn_random_range (&random, -2, 0);
  for (guint u = 0; u < network->weights[1].n_out; u++)
    network->weights[1].bias[u] = 1;
  check_network (network, dataset);
}

/* Networks that are no multilayer perceptron, and data that are no pixels. */
static void
test_other (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnDataset) values = core_test_values (300, N_INPUTS, N_CLASSES, 1);
  g_autoptr (NnDataset) pixels = core_test_pixels (300, 10, 7, N_CLASSES, 0.2, 1);
  const char *const texts[] = { "7x10-conv3x3x4-pool2-5", "70-20-tanh-9-5" };

  check_network (network, values);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      NnArchitecture arch;
      g_autoptr (NnNetwork) other = NULL;
      NnRandom random;

      nn_architecture_from_string (texts[i], NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY, &arch,
                                   &error);
      g_assert_no_error (error);
      other = nn_network_new (&arch, &error);
      g_assert_no_error (error);
      nn_random_init (&random, 1);
      nn_network_init (other, NN_INIT_HE, &random);
      check_network (other, pixels);
    }
}

/* Figures too are the same whatever the number of workers. */
static void
test_evaluate (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnDataset) dataset = core_test_pixels (2000, 10, 7, N_CLASSES, 0.4, 1);
  const NnBulk alone = { .n_workers = 1 }, three = { .n_workers = 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnEvaluation) a = nn_evaluate_in_bulk (network, dataset, &alone, &error);
  g_autoptr (NnEvaluation) b = nn_evaluate_in_bulk (network, dataset, &three, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (&a->loss, sizeof a->loss, &b->loss, sizeof b->loss);
  g_assert_cmpmem (&a->ece, sizeof a->ece, &b->ece, sizeof b->ece);
  g_assert_cmpmem (a->confusion, N_CLASSES * N_CLASSES * sizeof (gsize), b->confusion,
                   N_CLASSES * N_CLASSES * sizeof (gsize));
}

typedef struct
{
  GThread *thread;
  guint n_calls, stop_at; /* 0: never */
  gsize last, n;
} Watch;

static gboolean
on_progress (gsize n_done, gsize n, gpointer data, GError **error)
{
  Watch *watch = data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_cmpuint (n_done, >=, watch->last);
  g_assert_cmpuint (n_done, <=, n);
  watch->last = n_done;
  watch->n = n;
  if (++watch->n_calls != watch->stop_at)
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE, "stopped by the test");
  return FALSE;
}

static void
test_progress (gconstpointer data)
{
  const guint n_workers = GPOINTER_TO_UINT (data);
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnDataset) dataset = core_test_pixels (1000, 10, 7, N_CLASSES, 0.4, 1);
  Watch watch = { .thread = g_thread_self () };
  const NnBulk bulk = { .n_workers = n_workers, .progress = on_progress, .data = &watch };
  g_autoptr (GError) error = NULL;
  g_autofree float *logits = nn_bulk_logits (network, dataset, &bulk, &error);

  g_assert_no_error (error);
  g_assert_nonnull (logits);
  g_assert_cmpuint (watch.n_calls, >=, 1);
  g_assert_cmpuint (watch.last, ==, 1000);
  g_assert_cmpuint (watch.n, ==, 1000);

  /* A stop is honoured within a minibatch, and is no result. */
  watch = (Watch){ .thread = g_thread_self (), .stop_at = 1 };
  g_assert_null (nn_bulk_logits (network, dataset, &bulk, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  g_assert_cmpuint (watch.n_calls, ==, 1);
  if (n_workers == 1)
    g_assert_cmpuint (watch.last, <, 100);
}

typedef struct
{
  GThread *thread;
  float *logits;          /* [n, N_CLASSES] */
  gsize n_given, n_first; /* samples in all, and at first */
} Parts;

static void
on_part (gsize first, gsize n, const float *values, gpointer data)
{
  Parts *parts = data;

  g_assert_true (g_thread_self () == parts->thread);
  memcpy (parts->logits + first * N_CLASSES, values, n * N_CLASSES * sizeof (float));
  if (parts->n_given == 0)
    parts->n_first = n;
  parts->n_given += n;
}

/* Each sample's values are given once, with the samples of the other workers. */
static void
test_parts (void)
{
  /* From 3072 on, the first minibatches are smaller than the others. */
  static const gsize sizes[] = { 1, 65, 3000, 3072, 9001 };
  g_autoptr (NnNetwork) network = make_network ();

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint n_workers = 1; n_workers <= 3; n_workers++)
      {
        const gsize size = sizes[s] * N_CLASSES * sizeof (float);
        g_autoptr (NnDataset) dataset = core_test_pixels (sizes[s], 10, 7, N_CLASSES, 0.4, 1);
        g_autofree float *given = g_malloc0 (size), *logits = NULL;
        Parts parts = { g_thread_self (), given, 0, 0 };
        const NnBulk bulk = { .n_workers = n_workers, .part = on_part, .data = &parts };
        g_autoptr (GError) error = NULL;

        logits = nn_bulk_logits (network, dataset, &bulk, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (parts.n_given, ==, sizes[s]);
        if (n_workers == 1)
          g_assert_cmpuint (parts.n_first, <=, 128);
        g_assert_cmpmem (given, size, logits, size);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/bulk/parts", test_parts);
  g_test_add_func ("/core/bulk/workers", test_workers);
  g_test_add_func ("/core/bulk/forward", test_forward);
  g_test_add_func ("/core/bulk/wide", test_wide);
  g_test_add_func ("/core/bulk/other", test_other);
  g_test_add_func ("/core/bulk/evaluate", test_evaluate);
  g_test_add_data_func ("/core/bulk/progress/alone", GUINT_TO_POINTER (1), test_progress);
  g_test_add_data_func ("/core/bulk/progress/three", GUINT_TO_POINTER (3), test_progress);
  return g_test_run ();
}
