/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "naive.h"
#include "nn-forward.h"
#include "nn-predictor.h"

static const guint shapes[][5] = {
  /* number of layers, widths */
  { 1, 20, 3 }, { 2, 70, 5, 2 }, { 2, 64, 128, 10 }, { 3, 130, 100, 17, 11 }, { 3, 33, 65, 16, 49 },
};

static NnNetwork *
make_network (const guint *shape, NnActivation activation, NnLoss loss)
{
  NnMlp mlp = { .n_layers = shape[0], .activation = activation, .loss = loss };
  NnNetwork *network;
  NnRandom random;

  for (guint l = 0; l <= shape[0]; l++)
    mlp.widths[l] = shape[l + 1];
  network = core_test_network (&mlp);
  nn_random_init (&random, 3);
  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = nn_random_range (&random, -0.4f, 0.4f);
  return network;
}

typedef struct
{
  NnActivation activation;
  NnLoss loss;
} Case;

/* One image at a time, a minibatch at a time, and by the book: the same answer. */
static void
test_agree (gconstpointer data)
{
  const Case *c = data;

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (NnNetwork) network = make_network (shapes[s], c->activation, c->loss);
      g_autoptr (NnPredictor) predictor = nn_predictor_new (network);
      g_autoptr (Naive) naive = naive_new (network);
      guint n_in = nn_architecture_n_inputs (&network->arch);
      guint k = nn_architecture_n_classes (&network->arch);
      const gsize n = 6;
      g_autofree float *x = g_new0 (float, n *n_in);
      g_autofree double *wide = g_new (double, n_in);
      g_autofree double *logits = g_new (double, k);
      g_autofree double *expected = g_new (double, k);
      g_autofree float *probabilities = g_new (float, k);
      g_autoptr (NnTape) tape = nn_tape_new (&network->arch, n);
      NnRandom random;
      const float *batch;

      g_assert_cmpuint (nn_predictor_n_classes (predictor), ==, k);

      /* The first is all ground, the next have more and more ink. */
      nn_random_init (&random, 4);
      for (gsize i = 0; i < n; i++)
        for (guint j = 0; j < n_in; j++)
          if (nn_random_below (&random, n - 1) < i)
            x[i * n_in + j] = nn_random_uniform (&random);
      batch = nn_forward (network, tape, x, n);

      for (gsize i = 0; i < n; i++)
        {
          double sum = 0;

          for (guint j = 0; j < n_in; j++)
            wide[j] = (double) x[i * n_in + j];
          naive_logits (&naive->mlp, naive->params, wide, logits);
          naive_probabilities (c->loss, logits, expected, k);
          nn_predictor_run (predictor, x + i * n_in, probabilities);
          for (guint j = 0; j < k; j++)
            {
              double z = (double) nn_predictor_logits (predictor)[j];

              g_assert_cmpfloat_with_epsilon (z, logits[j], 1e-5);
              g_assert_cmpfloat_with_epsilon ((double) batch[i * k + j], logits[j], 1e-5);
              g_assert_cmpfloat_with_epsilon ((double) probabilities[j], expected[j], 3e-6);
              sum += (double) probabilities[j];
            }
          g_assert_cmpfloat_with_epsilon (sum, 1, 2e-6);
        }
    }
}

/* The predictor has copied what it needs. */
static void
test_independent (void)
{
  NnNetwork *network = make_network (shapes[1], NN_ACTIVATION_RELU, NN_LOSS_CROSS_ENTROPY);
  g_autoptr (NnPredictor) predictor = nn_predictor_new (network);
  float x[70], before[2], after[2];

  for (guint j = 0; j < 70; j++)
    x[j] = (float) j / 70;
  nn_predictor_run (predictor, x, before);
  for (gsize i = 0; i < network->n_params; i++)
    network->params[i] = 1;
  nn_network_unref (network);
  nn_predictor_run (predictor, x, after);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
}

/* The trainer's measurement is that of nn_evaluate() with a snapshot, also after going on, and with
 * one data set and then another. */
static void
test_measure (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  gboolean sparse = which % 2;
  static const guint hidden[] = { 70, 33 };
  static const gsize sizes[] = { 1, 90, 255, 256, 257, 600 };
  NnTrainConfig config = core_test_config (which / 6, hidden, 20);
  g_autoptr (NnDataset) train =
      sparse ? core_test_pixels (90, 10, 7, 5, 0.3, 1) : core_test_values (90, 70, 5, 1);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;

  config.loss = which / 2 % 3;
  config.dropout = 0.5; /* of which nothing may be seen in measuring */
  config.label_smoothing = 0.1;
  config.weight_decay = 0.1;
  config.learning_rate = 0.1;
  config.threads = 3;
  trainer = core_test_trainer (&config, train);
  for (guint round = 0; round < 2; round++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (NnDataset) other = sparse ? core_test_pixels (sizes[s], 10, 7, 5, 0.4, s + 2) :
                                               core_test_values (sizes[s], 70, 5, s + 2);
        g_autoptr (NnNetwork) network = NULL;
        g_autoptr (NnEvaluation) evaluation = NULL;
        double loss, accuracy;
        NnStep step;

        nn_trainer_measure (trainer, other, &loss, &accuracy);
        nn_trainer_step (trainer, &step, &error);
        g_assert_no_error (error);
        nn_trainer_measure (trainer, other, &loss, &accuracy);
        network = nn_trainer_snapshot (trainer);
        evaluation = nn_evaluate (network, other, &error);
        g_assert_no_error (error);
        g_assert_cmpfloat_with_epsilon (loss, evaluation->loss, 1e-6);
        g_assert_cmpfloat (accuracy, ==, evaluation->accuracy);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint a = 0; a < NN_N_ACTIVATIONS; a++)
    for (guint l = 0; l < NN_N_LOSSES; l++)
      {
        Case *c = g_new (Case, 1);
        g_autofree char *path = g_strdup_printf ("/core/predictor/agrees/%s/%s",
                                                 nn_activation_name (a), nn_loss_name (l));

        *c = (Case){ a, l };
        g_test_add_data_func_full (path, c, test_agree, g_free);
      }
  g_test_add_func ("/core/predictor/independent", test_independent);
  for (guint i = 0; i < 18; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/core/trainer/measure/%u-hidden/%s/%s", i / 6, nn_loss_name (i / 2 % 3),
                           i % 2 ? "sparse" : "dense");

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_measure);
    }
  return g_test_run ();
}
