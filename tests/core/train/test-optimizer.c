/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-backward.h"
#include "nn-forward.h"
#include "nn-loss.h"
#include "nn-optimizer.h"

/* nn_optimizer_apply() against its equations and against the trainer. */

#define N_STEPS 10
#define N_SAMPLES 61
#define N_FEATURES 42
#define N_CLASSES 4
/* The plain plan cuts minibatches of 16 samples and more, and then adds up in another order. */
#define BATCH 12

static const double rates[NN_N_OPTIMIZERS] = { 0.1, 0.03, 0.002, 0.01, 0.01 };

typedef struct
{
  NnOptimizerKind kind;
  const char *network; /* text form */
  NnSchedule schedule;
} Case;

static NnTrainConfig
config_of (const Case *c)
{
  NnTrainConfig config = core_test_config (0, NULL, BATCH);

  g_strlcpy (config.network, c->network, sizeof config.network);
  config.optimizer = c->kind;
  config.learning_rate = rates[c->kind];
  config.schedule = c->schedule;
  config.warmup_epochs = c->schedule == NN_SCHEDULE_CONSTANT ? 0 : 0.5;
  config.weight_decay = 0.02;
  config.label_smoothing = 0.1;
  config.dropout = 0.2;
  config.threads = 2;
  return config;
}

/* What a person outside the trainer writes: a loop of forward, loss, backward, apply. */
typedef struct
{
  const NnTrainConfig *config;
  const NnDataset *dataset;
  NnSampler *sampler;
  NnNetwork *network;
  NnTape *tape;
  NnOptimizer *optimizer;
  float *gradient;
} Loop;

static void
loop_init (Loop *loop, const NnTrainConfig *config, const NnDataset *dataset, const NnNetwork *from)
{
  g_autofree NnArchitecture *arch = g_new0 (NnArchitecture, 1);
  const NnShape input = { N_FEATURES, 1, 1 };
  g_autoptr (GError) error = NULL;

  *loop = (Loop){ .config = config, .dataset = dataset };
  nn_train_config_architecture (config, input, N_CLASSES, arch, &error);
  g_assert_no_error (error);
  loop->network = nn_network_new (arch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loop->network->n_params, ==, from->n_params);
  memcpy (loop->network->params, from->params, from->n_params * sizeof (float));
  loop->sampler = nn_sampler_new (dataset, config->balance, config->seed);
  loop->tape = nn_tape_new_fused (arch, BATCH); /* as the trainer */
  loop->optimizer = nn_optimizer_new (config, arch);
  loop->gradient = g_new (float, from->n_params);
}

static void
loop_clear (Loop *loop)
{
  nn_network_unref (loop->network);
  nn_sampler_free (loop->sampler);
  nn_tape_free (loop->tape);
  nn_optimizer_free (loop->optimizer);
  g_free (loop->gradient);
}

static void
loop_step (Loop *loop, guint64 step)
{
  const guint64 per_epoch = (N_SAMPLES + BATCH - 1) / BATCH;
  const gsize first = step % per_epoch * BATCH, n = MIN (BATCH, N_SAMPLES - first);
  const NnTrainConfig *config = loop->config;
  float x[BATCH * N_FEATURES], dlogits[BATCH * N_CLASSES];
  guint8 labels[BATCH];
  const float *logits;

  nn_sampler_set_epoch (loop->sampler, step / per_epoch);
  nn_dataset_gather (loop->dataset, loop->sampler->indices + first, n, x, labels);
  nn_tape_set_training (loop->tape, config->seed, step, 0);
  nn_optimizer_set_learning_rate (loop->optimizer,
                                  nn_train_config_learning_rate (config, step, per_epoch));
  logits = nn_forward (loop->network, loop->tape, x, n);
  nn_loss_forward_backward (config->loss, logits, labels, NULL, (float) config->label_smoothing,
                            dlogits, n, N_CLASSES, NULL);
  memset (loop->gradient, 0, loop->network->n_params * sizeof (float));
  nn_backward (loop->network, loop->tape, dlogits, loop->gradient, NULL);
  nn_optimizer_apply (loop->optimizer, loop->network->params, loop->gradient);
}

/* Ten steps of the loop are ten steps of the trainer's plain plan, bit for bit. */
static void
test_plain (gconstpointer data)
{
  const Case *c = data;
  const NnTrainConfig config = config_of (c);
  const NnTrainerOptions plain = { .plan = NN_PLAN_PLAIN };
  g_autoptr (NnDataset) dataset = core_test_values (N_SAMPLES, N_FEATURES, N_CLASSES, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTrainer) trainer = nn_trainer_new_with_options (&config, dataset, &plain, &error);
  g_autoptr (NnNetwork) start = NULL;
  double way = 0;
  Loop loop;

  g_assert_no_error (error);
  g_assert_cmpstr (nn_trainer_get_plan_name (trainer), ==, "plain");
  start = nn_trainer_snapshot (trainer);
  loop_init (&loop, &config, dataset, start);
  for (guint64 s = 0; s < N_STEPS; s++)
    {
      g_autoptr (NnNetwork) expected = NULL;
      NnStep step;

      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
      loop_step (&loop, s);
      expected = nn_trainer_snapshot (trainer);
      g_assert_cmpmem (loop.network->params, loop.network->n_params * sizeof (float),
                       expected->params, expected->n_params * sizeof (float));
    }
  for (gsize i = 0; i < start->n_params; i++)
    way = fmax (way, fabs ((double) loop.network->params[i] - (double) start->params[i]));
  g_assert_cmpfloat (way, >, 1e-3);
  loop_clear (&loop);
}

/* The equations of nn-optimizer.h for one parameter, in double precision. */
static double
equation (const NnTrainConfig *c, double w, double g, double *m, double *v, double decay, guint t)
{
  const double rate = c->learning_rate;
  const double h = c->optimizer == NN_OPTIMIZER_ADAMW ? g : g + decay * w;

  switch (c->optimizer)
    {
    case NN_OPTIMIZER_SGD:
      return w - rate * h;
    case NN_OPTIMIZER_MOMENTUM:
      *m = c->momentum * *m + h;
      return w - rate * *m;
    case NN_OPTIMIZER_RMSPROP:
      *v = c->beta2 * *v + (1 - c->beta2) * h * h;
      return w - rate * h / (sqrt (*v) + c->epsilon);
    case NN_OPTIMIZER_ADAM:
    case NN_OPTIMIZER_ADAMW:
      *m = c->beta1 * *m + (1 - c->beta1) * h;
      *v = c->beta2 * *v + (1 - c->beta2) * h * h;
      if (c->optimizer == NN_OPTIMIZER_ADAMW)
        w *= 1 - rate * decay;
      return w - rate * (*m / (1 - pow (c->beta1, t))) /
                     (sqrt (*v / (1 - pow (c->beta2, t))) + c->epsilon);
    case NN_N_OPTIMIZERS:
    default:
      g_assert_not_reached ();
    }
}

static void
test_equations (gconstpointer data)
{
  const Case *c = data;
  NnTrainConfig config = config_of (c);
  const NnMlp mlp = { .n_layers = 2, .widths = { 5, 3, 2 } };
  g_autoptr (NnNetwork) network = core_test_network (&mlp);
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (&config, &network->arch);
  double w[26], m[26] = { 0 }, v[26] = { 0 };
  float gradient[26];
  NnRandom random;

  g_assert_cmpuint (network->n_params, ==, G_N_ELEMENTS (w));
  nn_random_init (&random, 7);
  for (guint i = 0; i < G_N_ELEMENTS (w); i++)
    w[i] = (double) (network->params[i] = nn_random_range (&random, -1, 1));
  for (guint t = 1; t <= 50; t++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (w); i++)
        gradient[i] = nn_random_range (&random, -1, 1);
      nn_optimizer_apply (optimizer, network->params, gradient);
      for (guint i = 0; i < G_N_ELEMENTS (w); i++)
        {
          /* weight [3, 5], bias [3], weight [2, 3], bias [2] */
          const gboolean bias = (i >= 15 && i < 18) || i >= 24;

          w[i] = equation (&config, w[i], (double) gradient[i], &m[i], &v[i],
                           bias ? 0 : config.weight_decay, t);
          g_assert_cmpfloat_with_epsilon ((double) network->params[i], w[i], 1e-5);
        }
    }
}

int
main (int argc, char **argv)
{
  /* The last one has a dense layer whose gradient is one product over all tiles. */
  static const char *const networks[] = { "42-37-20-4", "6x7-conv3x3x5-pool2-9-4",
                                          "6x7-conv3x3x5-pool2-150-170-4" };
  static const NnSchedule schedules[] = { NN_SCHEDULE_CONSTANT, NN_SCHEDULE_COSINE };

  g_test_init (&argc, &argv, NULL);
  for (NnOptimizerKind kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      g_autofree char *equations =
          g_strdup_printf ("/core/optimizer/equations/%s", nn_optimizer_name (kind));
      Case *once = g_new (Case, 1);

      *once = (Case){ kind, networks[0], NN_SCHEDULE_CONSTANT };
      g_test_add_data_func_full (equations, once, test_equations, g_free);
      for (guint n = 0; n < G_N_ELEMENTS (networks); n++)
        for (guint s = 0; s < G_N_ELEMENTS (schedules); s++)
          {
            g_autofree char *path =
                g_strdup_printf ("/core/optimizer/plain/%s/%s/%s", nn_optimizer_name (kind),
                                 networks[n], nn_schedule_name (schedules[s]));
            Case *c = g_new (Case, 1);

            *c = (Case){ kind, networks[n], schedules[s] };
            g_test_add_data_func_full (path, c, test_plain, g_free);
          }
    }
  return g_test_run ();
}
