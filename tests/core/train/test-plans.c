/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "repeat.h"

/* The two plans of the trainer say the same, and what only the plain one can do. */

#define N_STEPS REPEAT (10, 3)

typedef struct
{
  NnOptimizerKind optimizer;
  NnLoss loss;
  double dropout;
  NnBalance balance;
  gboolean sparse;
} Case;

static NnTrainConfig
config_of (const Case *c)
{
  static const guint hidden[] = { 37, 20 };
  static const double rates[NN_N_OPTIMIZERS] = { 0.1, 0.03, 0.002, 0.01, 0.01 };
  NnTrainConfig config = core_test_config (2, hidden, 24);

  config.optimizer = c->optimizer;
  config.learning_rate = rates[c->optimizer];
  config.loss = c->loss;
  config.dropout = c->dropout;
  config.balance = c->balance;
  config.weight_decay = 0.01;
  config.label_smoothing = 0.1;
  /* Not 1e-8: a gradient that is nothing but rounding would decide a whole step by its sign. */
  config.epsilon = 1e-3;
  config.threads = 2;
  return config;
}

/* 61 samples, so that the last minibatch of an epoch is smaller; classes of different sizes. */
static NnDataset *
dataset_of (gboolean sparse)
{
  NnDataset *dataset =
      sparse ? core_test_pixels (61, 7, 6, 4, 0.3, 2) : core_test_values (61, 42, 4, 2);

  for (gsize i = 0; i < 20; i++)
    dataset->labels[i] = 0;
  return dataset;
}

static NnTrainer *
trainer_of (const NnTrainConfig *config, NnDataset *dataset, const NnTrainerOptions *options)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new_with_options (config, dataset, options, &error);

  g_assert_no_error (error);
  return trainer;
}

static void
step (NnTrainer *trainer, NnStep *at)
{
  g_autoptr (GError) error = NULL;

  nn_trainer_step (trainer, at, &error);
  g_assert_no_error (error);
}

/* The largest difference of any parameter, as a share of the farthest that one went. */
static double
difference (const NnNetwork *start, const NnNetwork *a, const NnNetwork *b)
{
  double worst = 0, way = 0;

  for (gsize i = 0; i < a->n_params; i++)
    {
      worst = fmax (worst, fabs ((double) a->params[i] - (double) b->params[i]));
      way = fmax (way, fabs ((double) a->params[i] - (double) start->params[i]));
    }
  g_assert_cmpfloat (way, >, 1e-3);
  return worst / way;
}

static void
test_same (gconstpointer data)
{
  const Case *c = data;
  const NnTrainConfig config = config_of (c);
  const NnTrainerOptions plain = { .plan = NN_PLAN_PLAIN };
  g_autoptr (NnDataset) dataset = dataset_of (c->sparse);
  g_autoptr (NnTrainer) a = trainer_of (&config, dataset, NULL);
  g_autoptr (NnTrainer) b = trainer_of (&config, dataset, &plain);
  g_autoptr (NnNetwork) start = nn_trainer_snapshot (a);
  g_autoptr (NnNetwork) first = NULL, second = NULL;
  double loss_a, loss_b, accuracy_a, accuracy_b;

  g_assert_cmpstr (nn_trainer_get_plan_name (a), ==, "fused");
  g_assert_cmpstr (nn_trainer_get_plan_name (b), ==, "plain");
  second = nn_trainer_snapshot (b);
  g_assert_true (core_test_same (start, second));
  g_clear_pointer (&second, nn_network_unref);
  for (guint s = 0; s < N_STEPS; s++)
    {
      NnStep at_a, at_b;

      step (a, &at_a);
      step (b, &at_b);
      g_assert_cmpfloat_with_epsilon (at_a.loss, at_b.loss, 1e-5 * fmax (1, at_a.loss));
      g_assert_cmpuint (at_a.n, ==, at_b.n);
      g_assert_cmpuint (at_a.n_correct, ==, at_b.n_correct);
      g_assert_cmpint (at_a.epoch_done, ==, at_b.epoch_done);
    }
  first = nn_trainer_snapshot (a);
  second = nn_trainer_snapshot (b);
  g_assert_cmpfloat (difference (start, first, second), <, 2e-5);
  nn_trainer_measure (a, dataset, &loss_a, &accuracy_a);
  nn_trainer_measure (b, dataset, &loss_b, &accuracy_b);
  g_assert_cmpfloat_with_epsilon (loss_a, loss_b, 1e-5 * fmax (1, loss_a));
  g_assert_cmpfloat_with_epsilon (accuracy_a, accuracy_b, 1e-9);
}

/* Images of stripes: even labels across, odd labels down, at one of two places. */
static NnDataset *
stripes (gsize n)
{
  g_autoptr (GError) error = NULL;
  NnDataset *dataset = nn_dataset_new_pixels (n, 10, 10, 4, &error);
  NnRandom random;

  g_assert_no_error (error);
  nn_random_init (&random, 8);
  for (gsize i = 0; i < n; i++)
    {
      const guint label = (guint) (i % 4);
      const guint at = (label < 2 ? 1 : 6) + nn_random_below (&random, 3);

      dataset->labels[i] = (guint8) label;
      for (guint j = 0; j < 10; j++)
        dataset->pixels[i * 100 + (label % 2 == 0 ? at * 10 + j : j * 10 + at)] =
            (guint8) (128 + nn_random_below (&random, 128));
      for (guint k = 0; k < 6; k++)
        dataset->pixels[i * 100 + nn_random_below (&random, 100)] = 90;
    }
  return dataset;
}

#define CNN "10x10-conv3x3x6-pool2-conv2x2x8p1-dropout0.1-4"

static NnTrainConfig
cnn_config (guint threads)
{
  NnTrainConfig config;

  nn_train_config_init (&config);
  g_strlcpy (config.network, CNN, sizeof config.network);
  config.batch_size = 30;
  config.learning_rate = 0.01;
  config.epochs = 20;
  config.threads = threads;
  return config;
}

static void
test_cnn_learns (void)
{
  const NnTrainConfig config = cnn_config (2);
  g_autoptr (NnDataset) dataset = stripes (400);
  g_autoptr (NnTrainer) trainer = trainer_of (&config, dataset, NULL);
  double before, after, accuracy;
  g_autofree char *text = NULL;
  NnStep at;

  g_assert_cmpstr (nn_trainer_get_plan_name (trainer), ==, "plain");
  text = nn_architecture_to_string (nn_trainer_get_architecture (trainer));
  g_assert_cmpstr (text, ==, "10x10-conv3x3x6-pool2-conv2x2x8p1-4"); /* without dropout */
  nn_trainer_measure (trainer, dataset, &before, &accuracy);
  g_assert_cmpfloat (accuracy, <, 0.6);
  do
    step (trainer, &at);
  while (!at.run_done);
  nn_trainer_measure (trainer, dataset, &after, &accuracy);
  g_assert_cmpfloat (accuracy, >, 0.98);
  g_assert_cmpfloat (after, <, 0.1 * before);
}

/* The same bits whatever the number of workers, and after a state was saved and restored. */
static void
test_cnn_deterministic (void)
{
  g_autoptr (NnDataset) dataset = stripes (101);
  g_autoptr (NnNetwork) expected = NULL;

  for (guint threads = 1; threads <= 5; threads++)
    {
      const NnTrainConfig config = cnn_config (threads);
      g_autoptr (NnTrainer) trainer = trainer_of (&config, dataset, NULL);
      g_autoptr (NnTrainer) resumed = trainer_of (&config, dataset, NULL);
      g_autoptr (NnNetwork) network = NULL, again = NULL;
      g_autoptr (GBytes) state = NULL;
      g_autoptr (GError) error = NULL;
      NnStep at;

      for (guint s = 0; s < 5; s++)
        step (trainer, &at);
      state = core_test_save_state (trainer);
      g_assert_true (nn_trainer_restore_state (resumed, state, &error));
      g_assert_no_error (error);
      for (guint s = 0; s < 5; s++)
        {
          step (trainer, &at);
          step (resumed, &at);
        }
      network = nn_trainer_snapshot (trainer);
      again = nn_trainer_snapshot (resumed);
      g_assert_true (core_test_same (network, again));
      if (expected == NULL)
        expected = nn_network_ref (network);
      g_assert_true (core_test_same (network, expected));
    }
}

/* A state belongs to the network that wrote it. */
static void
test_cnn_state (void)
{
  NnTrainConfig config = cnn_config (1);
  g_autoptr (NnDataset) dataset = stripes (40);
  g_autoptr (NnTrainer) trainer = trainer_of (&config, dataset, NULL);
  g_autoptr (NnTrainer) other = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;

  state = core_test_save_state (trainer);
  g_strlcpy (config.network, "10x10-conv3x3x6-avgpool2-conv2x2x8p1-dropout0.1-4",
             sizeof config.network);
  other = trainer_of (&config, dataset, NULL);
  g_assert_false (nn_trainer_restore_state (other, state, &error));
  core_test_error (&error, NN_ERROR_SHAPE);
}

/* Cross-entropy as an objective of one's own. */
static double
objective (gpointer data, const NnObjectiveRows *rows, const float *logits, guint k, float *dlogits)
{
  const NnDataset *dataset = data;
  double total = 0;

  for (gsize i = 0; i < rows->n; i++)
    {
      const guint label = dataset->labels[rows->indices[i]];
      g_autofree float *x = g_new (float, dataset->n_features);
      double sum = 0;

      nn_dataset_get (dataset, rows->indices[i], x);
      g_assert_cmpmem (x, dataset->n_features * sizeof *x, rows->x + i * dataset->n_features,
                       dataset->n_features * sizeof *x);
      g_assert_cmpuint (rows->labels[i], ==, label);
      g_assert_cmpuint (rows->worker, <, 8);
      for (guint j = 0; j < k; j++)
        sum += exp ((double) logits[i * k + j]);
      total += log (sum) - (double) logits[i * k + label];
      for (guint j = 0; j < k; j++)
        dlogits[i * k + j] =
            (float) (exp ((double) logits[i * k + j]) / sum - (j == label ? 1 : 0));
    }
  return total;
}

static void
test_objective (void)
{
  const Case c = { NN_OPTIMIZER_ADAM, NN_LOSS_CROSS_ENTROPY, 0, NN_BALANCE_NONE, FALSE };
  NnTrainConfig config = config_of (&c);
  g_autoptr (NnDataset) dataset = dataset_of (FALSE);
  const NnTrainerOptions options = { .objective = objective, .objective_data = dataset };
  g_autoptr (NnTrainer) a = NULL, b = NULL;
  g_autoptr (NnNetwork) start = NULL, first = NULL, second = NULL;

  config.label_smoothing = 0;
  a = trainer_of (&config, dataset, NULL);
  b = trainer_of (&config, dataset, &options);
  g_assert_cmpstr (nn_trainer_get_plan_name (b), ==, "plain");
  start = nn_trainer_snapshot (a);
  for (guint s = 0; s < N_STEPS; s++)
    {
      NnStep at_a, at_b;

      step (a, &at_a);
      step (b, &at_b);
      g_assert_cmpfloat_with_epsilon (at_a.loss, at_b.loss, 1e-5);
      g_assert_cmpuint (at_a.n_correct, ==, at_b.n_correct);
    }
  first = nn_trainer_snapshot (a);
  second = nn_trainer_snapshot (b);
  g_assert_cmpfloat (difference (start, first, second), <, 2e-5);
}

typedef struct
{
  guint n_calls;
  gsize n_params;
  double scale;
  double norm; /* of the last gradient, before it was scaled */
  gboolean refuse;
} Hook;

static gboolean
scale_gradient (gpointer data, float *gradient, gsize n_params, guint64 step_number, GError **error)
{
  Hook *hook = data;

  if (hook->refuse)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_VALUE, "the hook refuses this gradient");
      return FALSE;
    }
  g_assert_cmpuint (step_number, ==, hook->n_calls);
  hook->n_calls++;
  hook->n_params = n_params;
  hook->norm = 0;
  for (gsize i = 0; i < n_params; i++)
    {
      hook->norm += (double) gradient[i] * (double) gradient[i];
      gradient[i] *= (float) hook->scale;
    }
  return TRUE;
}

/* What the hook leaves is what is applied: half a gradient is half a learning rate. */
static void
test_hook (void)
{
  const Case c = { NN_OPTIMIZER_SGD, NN_LOSS_CROSS_ENTROPY, 0, NN_BALANCE_NONE, TRUE };
  NnTrainConfig config = config_of (&c);
  g_autoptr (NnDataset) dataset = dataset_of (TRUE);
  Hook hook = { .scale = 0.5 };
  const NnTrainerOptions options = { .hook = scale_gradient, .hook_data = &hook };
  g_autoptr (NnTrainer) hooked = NULL, slower = NULL;
  g_autoptr (NnNetwork) start = NULL, first = NULL, second = NULL;
  NnStep at;

  config.weight_decay = 0;
  hooked = trainer_of (&config, dataset, &options);
  start = nn_trainer_snapshot (hooked);
  config.learning_rate /= 2;
  slower = trainer_of (&config, dataset, NULL);
  for (guint s = 0; s < N_STEPS; s++)
    {
      step (hooked, &at);
      step (slower, &at);
    }
  g_assert_cmpuint (hook.n_calls, ==, N_STEPS);
  first = nn_trainer_snapshot (hooked);
  second = nn_trainer_snapshot (slower);
  g_assert_cmpuint (hook.n_params, ==, first->n_params);
  g_assert_cmpfloat (hook.norm, >, 1e-6);
  g_assert_cmpfloat (difference (start, first, second), <, 2e-5);
}

/* An error of the hook ends the step before the update, and the step can be tried again. */
static void
test_hook_error (void)
{
  const Case c = { NN_OPTIMIZER_ADAM, NN_LOSS_MSE, 0, NN_BALANCE_NONE, FALSE };
  const NnTrainConfig config = config_of (&c);
  g_autoptr (NnDataset) dataset = dataset_of (FALSE);
  Hook hook = { .scale = 1, .refuse = TRUE };
  const NnTrainerOptions options = { .hook = scale_gradient, .hook_data = &hook };
  g_autoptr (NnTrainer) trainer = trainer_of (&config, dataset, &options);
  g_autoptr (NnNetwork) before = nn_trainer_snapshot (trainer), after = NULL;
  g_autoptr (GError) error = NULL;
  NnStep at;

  g_assert_false (nn_trainer_step (trainer, &at, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  after = nn_trainer_snapshot (trainer);
  g_assert_true (core_test_same (before, after));
  hook.refuse = FALSE;
  step (trainer, &at);
  g_assert_cmpuint (at.step, ==, 0);
}

/* The text of a network is held against the samples. */
static void
test_network_text (void)
{
  static const struct
  {
    const char *text;
    NnError code;
  } bad[] = {
    { "784-10-4", NN_ERROR_SHAPE },
    { "10x10-conv3x3x4-5", NN_ERROR_SHAPE },
    { "10x10-conv30x3x4-4", NN_ERROR_SHAPE },
    { "10x10-what-4", NN_ERROR_CONFIG },
  };
  g_autoptr (NnDataset) dataset = stripes (40);
  NnTrainConfig config = cnn_config (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) dense = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_strlcpy (config.network, bad[i].text, sizeof config.network);
      g_assert_null (nn_trainer_new (&config, dataset, &error));
      core_test_error (&error, bad[i].code);
    }
  /* A picture that a dense layer reads first is a vector, and the fused plan knows it. */
  g_strlcpy (config.network, "10x10-12-4", sizeof config.network);
  config.dropout = 0.25;
  dense = trainer_of (&config, dataset, NULL);
  g_assert_cmpstr (nn_trainer_get_plan_name (dense), ==, "fused");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint o = 0; o < NN_N_OPTIMIZERS; o++)
    for (guint l = 0; l < NN_N_LOSSES; l++)
      for (guint d = 0; d < 2; d++)
        for (guint b = 0; b < NN_N_BALANCES; b++)
          for (guint sparse = 0; sparse < 2; sparse++)
            {
              Case *c = g_new (Case, 1);
              g_autofree char *path =
                  g_strdup_printf ("/core/trainer/plans/%s/%s/%s/%s/%s", nn_optimizer_name (o),
                                   nn_loss_name (l), d == 0 ? "all-units" : "dropout",
                                   nn_balance_name (b), sparse ? "sparse" : "dense");

              *c = (Case){ o, l, d == 0 ? 0 : 0.3, b, sparse != 0 };
              g_test_add_data_func_full (path, c, test_same, g_free);
            }
  g_test_add_func ("/core/trainer/cnn/learns", test_cnn_learns);
  g_test_add_func ("/core/trainer/cnn/deterministic", test_cnn_deterministic);
  g_test_add_func ("/core/trainer/cnn/state", test_cnn_state);
  g_test_add_func ("/core/trainer/objective", test_objective);
  g_test_add_func ("/core/trainer/hook", test_hook);
  g_test_add_func ("/core/trainer/hook-error", test_hook_error);
  g_test_add_func ("/core/trainer/network-text", test_network_text);
  return g_test_run ();
}
