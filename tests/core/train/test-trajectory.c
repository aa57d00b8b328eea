/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core-test.h"
#include "naive.h"

/* Ten steps of every optimiser, parameter for parameter, beside the naive reference. */
#define N_STEPS 10

typedef struct
{
  const char *name;
  NnOptimizerKind optimizer;
  double learning_rate;
} Optimizer;

static const Optimizer optimizers[] = {
  { "sgd", NN_OPTIMIZER_SGD, 0.5 },           { "momentum", NN_OPTIMIZER_MOMENTUM, 0.1 },
  { "rmsprop", NN_OPTIMIZER_RMSPROP, 0.002 }, { "adam", NN_OPTIMIZER_ADAM, 0.02 },
  { "adamw", NN_OPTIMIZER_ADAMW, 0.02 },
};

typedef struct
{
  const char *name;
  NnSchedule schedule;
  double warmup_epochs, decay, dropout, smoothing;
} Setting;

static const Setting settings[] = {
  { "constant", NN_SCHEDULE_CONSTANT, 0, 0, 0, 0 },
  { "decay", NN_SCHEDULE_CONSTANT, 0, 0.1, 0, 0 },
  { "cosine", NN_SCHEDULE_COSINE, 0, 0, 0, 0 },
  { "step", NN_SCHEDULE_STEP, 0, 0, 0, 0 },
  { "warmup-cosine", NN_SCHEDULE_COSINE, 0.6, 0.02, 0, 0 },
  { "warmup-step-everything", NN_SCHEDULE_STEP, 1.5, 0.02, 0.2, 0.1 },
};

typedef struct
{
  const Optimizer *optimizer;
  const Setting *setting;
  gboolean sparse;
} Case;

static void
test_trajectory (gconstpointer data)
{
  static const guint hidden[] = { 70, 19 };
  const Case *c = data;
  NnTrainConfig config = core_test_config (2, hidden, 8);
  /* 37 samples: five steps in an epoch, the last of five samples. */
  g_autoptr (NnDataset) dataset =
      c->sparse ? core_test_pixels (37, 7, 5, 3, 0.3, 9) : core_test_values (37, 35, 3, 9);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (NnNetwork) start = NULL;
  g_autoptr (NnNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Naive) naive = NULL;
  double way = 0, worst = 0;

  /* Pixels that are ground in all images: no gradient, but decay. */
  for (gsize i = 0; c->sparse && i < dataset->n; i++)
    dataset->pixels[i * 35] = dataset->pixels[i * 35 + 17] = 0;

  config.optimizer = c->optimizer->optimizer;
  config.learning_rate = c->optimizer->learning_rate;
  config.schedule = c->setting->schedule;
  config.warmup_epochs = c->setting->warmup_epochs;
  config.weight_decay = c->setting->decay;
  config.dropout = c->setting->dropout;
  config.label_smoothing = c->setting->smoothing;
  config.step_epochs = 1;
  config.step_factor = 0.25;
  /* Not 1e-8: where a gradient is nothing but rounding, its sign would decide a whole step. */
  config.epsilon = 1e-3;
  config.threads = 2;
  config.seed = 5;

  trainer = core_test_trainer (&config, dataset);
  g_assert_cmpuint (nn_trainer_get_steps_per_epoch (trainer), ==, 5);
  start = nn_trainer_snapshot (trainer);
  naive = naive_new (start);

  for (guint64 s = 0; s < N_STEPS; s++)
    {
      NnStep step;
      double loss, rate = naive_learning_rate (&config, s, 5);

      g_assert_cmpuint (nn_trainer_get_step (trainer), ==, s);
      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (step.step, ==, s);
      g_assert_cmpuint (step.epoch, ==, s / 5);
      g_assert_cmpint (step.epoch_done, ==, s % 5 == 4);
      g_assert_false (step.run_done); /* of three epochs */
      g_assert_cmpuint (step.n, ==, s % 5 == 4 ? 5 : 8);
      g_assert_cmpfloat_with_epsilon (step.learning_rate, rate, 1e-12);
      loss = naive_step (naive, &config, dataset);
      g_assert_cmpfloat_with_epsilon (step.loss, loss, 1e-5);
    }

  network = nn_trainer_snapshot (trainer);
  for (gsize i = 0; i < network->n_params; i++)
    {
      way = fmax (way, fabs (naive->params[i] - (double) start->params[i]));
      worst = fmax (worst, fabs (naive->params[i] - (double) network->params[i]));
    }
  g_test_message ("farthest way %g, worst difference %g, %.1e of it", way, worst, worst / way);
  g_assert_cmpfloat (way, >, 0.01);
  g_assert_cmpfloat (worst, <, 4e-6 * way);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint o = 0; o < G_N_ELEMENTS (optimizers); o++)
    for (guint s = 0; s < G_N_ELEMENTS (settings); s++)
      for (guint sparse = 0; sparse < 2; sparse++)
        {
          Case *c = g_new (Case, 1);
          g_autofree char *path =
              g_strdup_printf ("/core/trainer/trajectory/%s/%s/%s", optimizers[o].name,
                               settings[s].name, sparse ? "sparse" : "dense");

          *c = (Case){ &optimizers[o], &settings[s], sparse != 0 };
          g_test_add_data_func_full (path, c, test_trajectory, g_free);
        }
  return g_test_run ();
}
