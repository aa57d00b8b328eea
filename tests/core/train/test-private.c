/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-backward.h"
#include "nn-forward.h"

/* Private training against its definition, one sample after the other. */

#define N_SAMPLES 300
#define MLP "784-30-17-10"
#define CONVOLUTIONS "28x28-conv5x5x3-pool4-conv3x3x4-12-10"

/* The gradient that a run gives its update, with next to no noise. */
typedef struct
{
  gsize n;
  float *gradient;
} Seen;

static gboolean
look (gpointer data, float *gradient, gsize n_params, guint64 step, GError **error)
{
  Seen *seen = data;

  g_free (seen->gradient);
  seen->gradient = g_memdup2 (gradient, n_params * sizeof (float));
  seen->n = n_params;
  return TRUE;
}

static NnTrainConfig
private_config (const char *network, double noise, double clip)
{
  NnTrainConfig config;

  nn_train_config_init (&config);
  g_strlcpy (config.network, network, sizeof config.network);
  config.optimizer = NN_OPTIMIZER_SGD;
  config.batch_size = 40;
  config.epochs = 3;
  config.dp_noise = noise;
  config.dp_clip = clip;
  return config;
}

static NnTrainer *
private_trainer (const NnTrainConfig *config, NnDataset *dataset, Seen *seen)
{
  const NnTrainerOptions options = { .hook = look, .hook_data = seen };
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new_with_options (config, dataset, &options, &error);

  g_assert_no_error (error);
  return trainer;
}

static void
take_step (NnTrainer *trainer, NnStep *step)
{
  g_autoptr (GError) error = NULL;

  nn_trainer_step (trainer, step, &error);
  g_assert_no_error (error);
}

/* The gradient of one sample's loss. */
static void
sample_gradient (const NnNetwork *network, const NnDataset *dataset, guint32 i, float *gradient)
{
  g_autoptr (NnTape) tape = nn_tape_new (&network->arch, 1);
  g_autofree float *x = g_new (float, dataset->n_features);
  const float *logits;
  float dlogits[10];
  guint8 label;

  nn_dataset_gather (dataset, &i, 1, x, &label);
  logits = nn_forward (network, tape, x, 1);
  nn_loss_forward_backward (network->arch.loss, logits, &label, NULL, 0, dlogits, 1, 10, NULL);
  memset (gradient, 0, network->n_params * sizeof (float));
  nn_backward (network, tape, dlogits, gradient, NULL);
}

static double
length_of (const float *values, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) values[i] * (double) values[i];
  return sqrt (sum);
}

/* The sum of the clipped gradients of the samples that the step takes, over the mean number of
 * samples of a step. @n_clipped: (out): how many were too long */
static double *
naive_gradient (const NnNetwork *network,
                const NnDataset *dataset,
                const NnTrainConfig *config,
                guint64 step,
                gsize *n_taken,
                gsize *n_clipped)
{
  const double rate = (double) config->batch_size / N_SAMPLES;
  g_autofree guint32 *indices = g_new (guint32, nn_dp_max_rows (N_SAMPLES, rate));
  g_autofree float *one = g_new (float, network->n_params);
  double *sum = g_new0 (double, network->n_params);

  *n_taken = nn_dp_sample (nn_dp_seeded_keystream, &config->seed, step, N_SAMPLES, rate, indices);
  *n_clipped = 0;
  for (gsize r = 0; r < *n_taken; r++)
    {
      double length;

      sample_gradient (network, dataset, indices[r], one);
      length = length_of (one, network->n_params);
      *n_clipped += length > config->dp_clip;
      for (gsize i = 0; i < network->n_params; i++)
        sum[i] += (double) one[i] * MIN (1, config->dp_clip / length) / config->batch_size;
    }
  return sum;
}

static void
test_clipping (gconstpointer network)
{
  const NnTrainConfig config = private_config (network, 1e-9, 6);
  g_autoptr (NnDataset) dataset = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, 3);
  Seen seen = { 0 };
  g_autoptr (NnTrainer) trainer = private_trainer (&config, dataset, &seen);
  gsize all_clipped = 0, all_taken = 0;

  for (guint64 s = 0; s < 4; s++)
    {
      g_autoptr (NnNetwork) before = nn_trainer_snapshot (trainer);
      gsize n_taken, n_clipped;
      g_autofree double *naive = naive_gradient (before, dataset, &config, s, &n_taken, &n_clipped);
      double largest = 0;
      NnStep step;

      take_step (trainer, &step);
      g_assert_cmpuint (step.n, ==, n_taken);
      for (gsize i = 0; i < seen.n; i++)
        largest = MAX (largest, fabs (naive[i]));
      for (gsize i = 0; i < seen.n; i++)
        g_assert_cmpfloat_with_epsilon ((double) seen.gradient[i], naive[i], 2e-5 * largest);
      all_clipped += n_clipped;
      all_taken += n_taken;
    }
  /* Some are clipped and some are not. */
  g_assert_cmpuint (all_clipped, >, 0);
  g_assert_cmpuint (all_clipped, <, all_taken);
  g_free (seen.gradient);
}

/* No sample moves the gradient by more than the norm, not even one of extreme pixels with a wrong
 * label. */
static void
test_bound (gconstpointer network)
{
  const NnTrainConfig config = private_config (network, 1e-9, 0.7);

  for (guint64 s = 0; s < 5; s++)
    {
      g_autoptr (NnDataset) dataset = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, s);
      Seen with = { 0 }, other = { 0 };
      g_autoptr (NnTrainer) trainer = private_trainer (&config, dataset, &with);
      g_autoptr (NnDataset) changed = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, s);
      g_autoptr (NnTrainer) second = NULL;
      guint32 indices[N_SAMPLES];
      NnStep step;

      g_assert_cmpuint (nn_dp_sample (nn_dp_seeded_keystream, &config.seed, 0, N_SAMPLES,
                                      (double) config.batch_size / N_SAMPLES, indices),
                        >, 0);
      for (guint p = 0; p < 784; p++)
        changed->pixels[(gsize) indices[0] * 784 + p] = s % 2 == 0 ? 255 : (guint8) (p * 37);
      changed->labels[indices[0]] = (guint8) ((changed->labels[indices[0]] + 1 + s) % 10);
      second = private_trainer (&config, changed, &other);
      take_step (trainer, &step);
      take_step (second, &step);
      for (gsize i = 0; i < with.n; i++)
        with.gradient[i] -= other.gradient[i];
      /* One sample goes and another comes. */
      g_assert_cmpfloat (length_of (with.gradient, with.n), <=,
                         2 * config.dp_clip / config.batch_size * (1 + 1e-4));
      g_free (with.gradient);
      g_free (other.gradient);
    }
}

/* The same bits with any number of workers, noise included. */
static void
test_workers (gconstpointer network)
{
  g_autoptr (NnDataset) dataset = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, 5);
  g_autoptr (NnNetwork) first = NULL;

  for (guint threads = 1; threads <= 4; threads++)
    {
      NnTrainConfig config = private_config (network, 1.1, 1);
      g_autoptr (NnTrainer) trainer = NULL;
      g_autoptr (NnNetwork) now = NULL;
      NnStep step;

      config.threads = threads;
      config.optimizer = NN_OPTIMIZER_ADAM;
      trainer = core_test_trainer (&config, dataset);
      for (guint s = 0; s < 4; s++)
        take_step (trainer, &step);
      now = nn_trainer_snapshot (trainer);
      if (first == NULL)
        first = g_steal_pointer (&now);
      else
        g_assert_true (core_test_same (first, now));
    }
}

/* Each sample is taken with the same probability, whatever the others do. */
static void
test_sampling (void)
{
  enum
  {
    N = 200,
    STEPS = 4000
  };
  static const double rates[] = { 0.01, 0.3, 1 };
  const guint64 seed = 11;

  for (guint q = 0; q < G_N_ELEMENTS (rates); q++)
    {
      const double rate = rates[q], deviation = sqrt (STEPS * rate * (1 - rate));
      guint32 indices[N];
      guint count[N] = { 0 }, both = 0;
      double sum = 0, squares = 0;

      for (guint64 s = 0; s < STEPS; s++)
        {
          const gsize n = nn_dp_sample (nn_dp_seeded_keystream, &seed, s, N, rate, indices);

          for (gsize i = 0; i < n; i++)
            {
              g_assert_cmpuint (indices[i], <, N);
              g_assert_true (i == 0 || indices[i] > indices[i - 1]);
              count[indices[i]]++;
              both += i > 0 && indices[i] == 1 && indices[i - 1] == 0;
            }
          sum += (double) n;
          squares += (double) n * (double) n;
        }
      for (guint i = 0; i < N; i++)
        g_assert_cmpfloat_with_epsilon ((double) count[i], STEPS * rate, 5 * deviation + 1e-9);
      g_assert_cmpfloat_with_epsilon ((double) both, STEPS * rate * rate,
                                      5 * sqrt (STEPS * rate * rate) * (rate < 1) + 1e-9);
      /* Binomial: the variance of the number, within a tenth. */
      g_assert_cmpfloat_with_epsilon (squares / STEPS - pow (sum / STEPS, 2), N * rate * (1 - rate),
                                      0.1 * N * rate * (1 - rate) + 1e-9);
    }
}

/* Normal numbers of the deviation that was asked for, the same wherever a range begins. */
static void
test_noise (void)
{
  enum
  {
    N = 100003
  };
  g_autofree float *whole = g_new0 (float, N), *parts = g_new0 (float, N);
  const guint64 seed = 3;
  double moments[5] = { 0 };

  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 7, 2.5, whole, 0, N);
  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 7, 2.5, parts, 0, 1);
  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 7, 2.5, parts, 1, 1500);
  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 7, 2.5, parts, 1500, 2049);
  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 7, 2.5, parts, 2049, N);
  g_assert_cmpmem (whole, N * sizeof (float), parts, N * sizeof (float));
  for (guint i = 0; i < N; i++)
    for (guint k = 1; k <= 4; k++)
      moments[k] += pow ((double) whole[i] / 2.5, k) / N;
  g_assert_cmpfloat_with_epsilon (moments[1], 0, 0.016);
  g_assert_cmpfloat_with_epsilon (moments[2], 1, 0.025);
  g_assert_cmpfloat_with_epsilon (moments[3], 0, 0.06);
  g_assert_cmpfloat_with_epsilon (moments[4], 3, 0.2);
  nn_dp_add_noise (nn_dp_seeded_keystream, &seed, 8, 2.5, parts, 0, N);
  g_assert_cmpfloat (fabs ((double) (parts[0] - 2 * whole[0])), >, 1e-6);
}

/* The run ends with the last epoch that keeps the budget, and knows what it has spent. */
static void
test_budget (void)
{
  NnTrainConfig config = private_config (MLP, 1.5, 1);
  g_autoptr (NnDataset) dataset = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, 3);
  g_autoptr (NnTrainer) trainer = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  guint64 per_epoch;
  guint epochs;

  config.epochs = 1000;
  config.dp_epsilon = 12;
  trainer = core_test_trainer (&config, dataset);
  epochs = nn_trainer_get_config (trainer)->epochs;
  per_epoch = nn_trainer_get_steps_per_epoch (trainer);
  g_assert_cmpuint (epochs, >=, 1);
  g_assert_cmpuint (epochs, <, 1000);
  g_assert_cmpfloat (nn_trainer_get_spent (trainer, epochs * per_epoch, NN_CONVERSION_CLASSICAL)
                         .epsilon,
                     <=, 12);
  g_assert_cmpfloat (nn_trainer_get_spent (trainer, (epochs + 1) * per_epoch,
                                           NN_CONVERSION_CLASSICAL)
                         .epsilon,
                     >, 12);
  config.dp_epsilon = 0.01;
  none = nn_trainer_new (&config, dataset, &error);
  g_assert_null (none);
  core_test_error (&error, NN_ERROR_CONFIG);
}

/* What differential privacy does not allow, and a saved state that spent something else. */
static void
test_refused (void)
{
  NnTrainConfig config = private_config (MLP, 1, 1), balanced = config, reduced = config;
  g_autoptr (NnDataset) dataset = core_test_pixels (N_SAMPLES, 28, 28, 10, 0.2, 3);
  g_autoptr (NnTrainer) trainer = core_test_trainer (&config, dataset), louder = NULL, same = NULL;
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  NnStep step;

  balanced.balance = NN_BALANCE_WEIGHTS;
  g_assert_true (nn_train_config_find_problem (&balanced, &error) == nn_train_setting ("balance"));
  core_test_error (&error, NN_ERROR_CONFIG);
  reduced.pca = 10;
  g_assert_true (nn_train_config_find_problem (&reduced, &error) == nn_train_setting ("pca"));
  core_test_error (&error, NN_ERROR_CONFIG);

  take_step (trainer, &step);
  state = core_test_save_state (trainer);
  same = core_test_trainer (&config, dataset);
  g_assert_true (nn_trainer_restore_state (same, state, &error));
  g_assert_cmpuint (nn_trainer_get_step (same), ==, 1);
  config.dp_noise = 1.01;
  louder = core_test_trainer (&config, dataset);
  g_assert_false (nn_trainer_restore_state (louder, state, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/core/private/clipping/dense", MLP, test_clipping);
  g_test_add_data_func ("/core/private/clipping/convolutions", CONVOLUTIONS, test_clipping);
  g_test_add_data_func ("/core/private/bound/dense", MLP, test_bound);
  g_test_add_data_func ("/core/private/bound/convolutions", CONVOLUTIONS, test_bound);
  g_test_add_data_func ("/core/private/workers/dense", MLP, test_workers);
  g_test_add_data_func ("/core/private/workers/convolutions", CONVOLUTIONS, test_workers);
  g_test_add_func ("/core/private/sampling", test_sampling);
  g_test_add_func ("/core/private/noise", test_noise);
  g_test_add_func ("/core/private/budget", test_budget);
  g_test_add_func ("/core/private/refused", test_refused);
  return g_test_run ();
}
