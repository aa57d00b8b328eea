/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"

/* The same seed gives the same bits, whatever the number of threads. */

static const guint thread_counts[] = { 1, 2, 3, 4, 7 };

typedef struct
{
  const char *name;
  gboolean sparse;
  guint n_hidden, hidden[3];
  guint batch_size;
  NnOptimizerKind optimizer;
  NnActivation activation;
  double dropout, decay;
  const char *augment;
  const char *network; /* in place of the hidden layers; for images of 28 x 28 */
} Case;

static const Case cases[] = {
  { "sparse-sgd", TRUE, 1, { 128 }, 32, NN_OPTIMIZER_SGD, NN_ACTIVATION_RELU, 0, 0, NULL, NULL },
  { "sparse-wide-adam",
    TRUE,
    2,
    { 300, 200 },
    32,
    NN_OPTIMIZER_ADAM,
    NN_ACTIVATION_RELU,
    0,
    0,
    NULL,
    NULL },
  { "sparse-dropout-adamw",
    TRUE,
    2,
    { 130, 70 },
    33,
    NN_OPTIMIZER_ADAMW,
    NN_ACTIVATION_GELU,
    0.3,
    0.01,
    NULL,
    NULL },
  { "sparse-without-hidden",
    TRUE,
    0,
    { 0 },
    64,
    NN_OPTIMIZER_MOMENTUM,
    NN_ACTIVATION_RELU,
    0,
    0.01,
    NULL,
    NULL },
  { "dense-wide-adam",
    FALSE,
    2,
    { 300, 200 },
    32,
    NN_OPTIMIZER_ADAM,
    NN_ACTIVATION_TANH,
    0,
    0,
    NULL,
    NULL },
  { "dense-dropout-rmsprop",
    FALSE,
    3,
    { 100, 17, 130 },
    50,
    NN_OPTIMIZER_RMSPROP,
    NN_ACTIVATION_SIGMOID,
    0.2,
    0,
    NULL,
    NULL },
  { "sparse-augmented",
    TRUE,
    1,
    { 130 },
    33,
    NN_OPTIMIZER_ADAM,
    NN_ACTIVATION_RELU,
    0,
    0,
    "strong",
    NULL },
  { "dense-one-sample",
    FALSE,
    1,
    { 100 },
    1,
    NN_OPTIMIZER_SGD,
    NN_ACTIVATION_LEAKY_RELU,
    0,
    0,
    NULL,
    NULL },
  { .name = "convolutions",
    .batch_size = 64,
    .optimizer = NN_OPTIMIZER_ADAM,
    .network = "28x28-conv5x5x8-pool2-conv5x5x16-pool3-10" },
  { .name = "convolutions-wide-augmented",
    .batch_size = 33,
    .optimizer = NN_OPTIMIZER_ADAM,
    .augment = "strong",
    .network = "28x28-conv3x3x32-pool2-conv3x3x64-pool2-226-10" },
  { .name = "convolutions-dropout",
    .batch_size = 50,
    .optimizer = NN_OPTIMIZER_MOMENTUM,
    .dropout = 0.2,
    .network = "28x28-conv3x3x4s2p1-conv3x3x6-pool2-20-10" },
};

#define N_SAMPLES 150
#define N_STEPS 9

static NnDataset *
make_data (const Case *c)
{
  if (c->network != NULL)
    return core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, 1);
  return c->sparse ? core_test_pixels (N_SAMPLES, 14, 14, 10, 0.2, 1) :
                     core_test_values (N_SAMPLES, 90, 10, 1);
}

static NnTrainConfig
make_config (const Case *c, guint threads)
{
  NnTrainConfig config = core_test_config (c->n_hidden, c->hidden, c->batch_size);

  if (c->network != NULL)
    g_strlcpy (config.network, c->network, sizeof config.network);
  config.optimizer = c->optimizer;
  config.activation = c->activation;
  config.dropout = c->dropout;
  config.weight_decay = c->decay;
  config.learning_rate = c->optimizer == NN_OPTIMIZER_SGD ? 0.1 : 0.002;
  config.threads = threads;
  if (c->augment != NULL)
    g_assert_true (nn_augment_from_string (c->augment, &config.augment, NULL));
  return config;
}

/* Trains steps and writes down their losses and hits. */
static void
train (NnTrainer *trainer, guint n_steps, double *losses, guint *correct)
{
  g_autoptr (GError) error = NULL;

  for (guint s = 0; s < n_steps; s++)
    {
      NnStep step;

      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
      losses[s] = step.loss;
      correct[s] = step.n_correct;
      g_assert_cmpuint (step.n_correct, <=, step.n);
    }
}

static void
test_threads (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (NnDataset) dataset = make_data (c);
  g_autoptr (NnNetwork) expected = NULL;
  double expected_losses[N_STEPS], expected_loss = 0, expected_accuracy = 0;
  guint expected_correct[N_STEPS];

  for (guint t = 0; t < G_N_ELEMENTS (thread_counts); t++)
    {
      NnTrainConfig config = make_config (c, thread_counts[t]);
      g_autoptr (NnTrainer) trainer = core_test_trainer (&config, dataset);
      g_autoptr (NnNetwork) start = nn_trainer_snapshot (trainer);
      g_autoptr (NnNetwork) network = NULL;
      double losses[N_STEPS], loss, accuracy;
      guint correct[N_STEPS];

      train (trainer, N_STEPS, losses, correct);
      nn_trainer_measure (trainer, dataset, &loss, &accuracy);
      network = nn_trainer_snapshot (trainer);
      g_assert_false (core_test_same (start, network));
      if (t == 0)
        {
          memcpy (expected_losses, losses, sizeof losses);
          memcpy (expected_correct, correct, sizeof correct);
          expected_loss = loss;
          expected_accuracy = accuracy;
          expected = g_steal_pointer (&network);
          g_assert_cmpfloat (losses[0], !=, losses[N_STEPS - 1]);
          continue;
        }
      g_assert_cmpmem (losses, sizeof losses, expected_losses, sizeof losses);
      g_assert_cmpmem (correct, sizeof correct, expected_correct, sizeof correct);
      g_assert_cmpmem (&loss, sizeof loss, &expected_loss, sizeof loss);
      g_assert_cmpmem (&accuracy, sizeof accuracy, &expected_accuracy, sizeof accuracy);
      g_assert_true (core_test_same (network, expected));
    }
}

/* Another seed: another start, another order. */
static void
test_seed (void)
{
  g_autoptr (NnDataset) dataset = make_data (&cases[0]);
  double losses[2][N_STEPS];
  guint correct[N_STEPS];
  NnNetwork *starts[2], *ends[2];

  for (guint i = 0; i < 2; i++)
    {
      NnTrainConfig config = make_config (&cases[0], 1);
      g_autoptr (NnTrainer) trainer = NULL;

      config.seed = 1 + i;
      trainer = core_test_trainer (&config, dataset);
      starts[i] = nn_trainer_snapshot (trainer);
      train (trainer, N_STEPS, losses[i], correct);
      ends[i] = nn_trainer_snapshot (trainer);
    }
  g_assert_false (core_test_same (starts[0], starts[1]));
  g_assert_false (core_test_same (ends[0], ends[1]));
  for (guint s = 0; s < N_STEPS; s++)
    g_assert_cmpfloat (losses[0][s], !=, losses[1][s]);
  for (guint i = 0; i < 2; i++)
    {
      nn_network_unref (starts[i]);
      nn_network_unref (ends[i]);
    }
}

/* A snapshot stays what it was while training goes on, and after the trainer is gone. */
static void
test_snapshot (void)
{
  g_autoptr (NnDataset) dataset = make_data (&cases[1]);
  NnTrainConfig config = make_config (&cases[1], 2);
  NnTrainer *trainer = core_test_trainer (&config, dataset);
  g_autoptr (NnNetwork) snapshot = nn_trainer_snapshot (trainer);
  g_autoptr (NnNetwork) copy = nn_network_copy (snapshot);
  double losses[N_STEPS];
  guint correct[N_STEPS];

  train (trainer, N_STEPS, losses, correct);
  g_assert_true (core_test_same (snapshot, copy));
  nn_trainer_free (trainer);
  g_assert_true (core_test_same (snapshot, copy));
}

/* Every epoch has as many samples as there are, and flags mark its end and that of the run. */
static void
test_epoch_covers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) dataset = make_data (&cases[4]);
  NnTrainConfig config = make_config (&cases[4], 2);
  g_autoptr (NnTrainer) trainer = NULL;
  gsize n = 0;

  config.batch_size = 40;
  config.epochs = 2;
  trainer = core_test_trainer (&config, dataset);
  g_assert_cmpuint (nn_trainer_get_steps_per_epoch (trainer), ==, 4);
  for (guint s = 0; s < 12; s++) /* an epoch past the last */
    {
      NnStep step;

      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
      n += step.n;
      g_assert_cmpuint (step.epoch, ==, s / 4);
      g_assert_cmpint (step.epoch_done, ==, s % 4 == 3);
      g_assert_cmpint (step.run_done, ==, s == 7);
      if (step.epoch_done)
        g_assert_cmpuint (n, ==, N_SAMPLES * (step.epoch + 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/trainer/threads/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_threads);
    }
  g_test_add_func ("/core/trainer/seed", test_seed);
  g_test_add_func ("/core/trainer/snapshot", test_snapshot);
  g_test_add_func ("/core/trainer/epochs", test_epoch_covers);
  return g_test_run ();
}
